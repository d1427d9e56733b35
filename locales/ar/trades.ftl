### Names of trades, by the key of the trade.

trade-plumbing = سباكة
trade-electricity = كهرباء
trade-air_conditioning = تكييف
trade-locksmith = أقفال ومفاتيح
trade-appliances = تصليح أجهزة منزلية
trade-handyman = أعمال صيانة منزلية
trade-painting = دهان
trade-carpentry = نجارة
trade-cleaning = تنظيف
trade-gardening = بستنة
trade-moving = نقل أثاث
trade-pest_control = مكافحة حشرات
trade-renovation = ترميم
trade-gas = غاز
trade-solar_heater = سخانات شمسية وكهربائية
trade-aluminium = ألمنيوم وزجاج
trade-electronics = إلكترونيات وحواسيب
trade-other = عمل آخر
