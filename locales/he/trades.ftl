### Names of trades, by the key of the trade.

trade-plumbing = אינסטלציה
trade-electricity = חשמל
trade-air_conditioning = מיזוג אוויר
trade-locksmith = מנעולנות
trade-appliances = תיקון מכשירי חשמל
trade-handyman = הנדימן
trade-painting = צביעה
trade-carpentry = נגרות
trade-cleaning = ניקיון
trade-gardening = גינון
trade-moving = הובלות
trade-pest_control = הדברה
trade-renovation = שיפוצים
trade-gas = גז
trade-solar_heater = דודי שמש וחשמל
trade-aluminium = אלומיניום וזגגות
trade-electronics = אלקטרוניקה ומחשבים
trade-other = עבודה אחרת
