### Days, dates, times and prices. Numbers and clock times come from code; their order and words are here.

weekday-sunday = יום ראשון
weekday-monday = יום שני
weekday-tuesday = יום שלישי
weekday-wednesday = יום רביעי
weekday-thursday = יום חמישי
weekday-friday = יום שישי
weekday-saturday = שבת

day-today = היום
day-tomorrow = מחר

# $day and $month are numbers.
date-day-month = { $day }.{ $month }
slot-weekday-date-time = { $weekday } { $date } בשעה { $time }

# Amounts are finished strings, made from the price list.
price-exact = { $amount } { $currency }
price-range = { $min } עד { $max } { $currency }
currency-ils = ש״ח

## Parts of an address as one line, ratings, what is not known
address-floor = קומה { $value }
address-apartment = דירה { $value }
address-entrance = כניסה { $value }
address-private-house = בית פרטי
rating-line = { $rating } ★ ({ $count ->
    [one] ביקורת אחת
    [two] שתי ביקורות
   *[other] { $count } ביקורות
    })
price-after-visit = אחרי בדיקה במקום
unknown = לא ידוע
