### Names of trades, by the key of the trade.

trade-plumbing = сантехника
trade-electricity = электрика
trade-air_conditioning = кондиционеры
trade-locksmith = замки и двери
trade-appliances = ремонт бытовой техники
trade-handyman = мелкий домашний ремонт
trade-painting = малярные работы
trade-carpentry = столярные работы
trade-cleaning = уборка
trade-gardening = садовые работы
trade-moving = переезды
trade-pest_control = дезинсекция
trade-renovation = ремонт
trade-gas = газ
trade-solar_heater = солнечные и электрические бойлеры
trade-aluminium = алюминий и стекло
trade-electronics = электроника и компьютеры
trade-other = другие работы
