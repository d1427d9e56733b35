### Days, dates, times and prices. Numbers and clock times come from code; their order and words are here.

weekday-sunday = Sunday
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday

day-today = today
day-tomorrow = tomorrow

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
