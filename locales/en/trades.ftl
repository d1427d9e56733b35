### Names of trades, by the key of the trade.

trade-plumbing = plumbing
trade-electricity = electrical work
trade-air_conditioning = air conditioning
trade-locksmith = locksmith services
trade-appliances = appliance repair
trade-handyman = handyman work
trade-painting = painting
trade-carpentry = carpentry
trade-cleaning = cleaning
trade-gardening = gardening
trade-moving = moving
trade-pest_control = pest control
trade-renovation = renovation
trade-gas = gas
trade-solar_heater = water heaters
trade-aluminium = aluminium and glass
trade-electronics = electronics and computers
trade-other = other work
