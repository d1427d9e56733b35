### Days, dates, times and prices. Numbers and clock times come from code; their order and words are here.

weekday-sunday = Sunday
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

day-part-morning = in the morning
day-part-noon = at noon
day-part-afternoon = in the afternoon
day-part-evening = in the evening
day-part-night = at night

day-today = today
day-tomorrow = tomorrow
day-after-tomorrow = the day after tomorrow

# $day and $month are numbers.
date-day-month = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
    }
slot-weekday-date-time = { $weekday }, { $date } at { $time }
# $day is one of day-today, day-tomorrow.
slot-day-time = { $day } at { $time }
slot-range = { $from } to { $to }

# A length of time, as in: wait three minutes.
duration-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }

# Amounts are finished strings, made from the price list.
price-exact = { $amount } { $currency }
price-range = { $min } to { $max } { $currency }
currency-ils = ILS

## Parts of an address as one line, ratings, what is not known
address-floor = floor { $value }
address-apartment = apt { $value }
address-entrance = entrance { $value }
address-private-house = house
rating-line = { $rating } ★ ({ $count ->
    [one] { $count } review
   *[other] { $count } reviews
    })
price-after-visit = after a look on site
unknown = not known
