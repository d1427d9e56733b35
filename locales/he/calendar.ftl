### Days, dates, times and prices. Numbers and clock times come from code; their order and words are here.

weekday-sunday = יום ראשון
weekday-monday = יום שני
weekday-tuesday = יום שלישי
weekday-wednesday = יום רביעי
weekday-thursday = יום חמישי
weekday-friday = יום שישי
weekday-saturday = שבת

month-1 = ינואר
month-2 = פברואר
month-3 = מרץ
month-4 = אפריל
month-5 = מאי
month-6 = יוני
month-7 = יולי
month-8 = אוגוסט
month-9 = ספטמבר
month-10 = אוקטובר
month-11 = נובמבר
month-12 = דצמבר

day-part-morning = בבוקר
day-part-noon = בצהריים
day-part-afternoon = אחרי הצהריים
day-part-evening = בערב
day-part-night = בלילה

day-today = היום
day-tomorrow = מחר
day-after-tomorrow = מחרתיים

# $day and $month are numbers.
date-day-month = { $day }.{ $month }
slot-weekday-date-time = { $weekday } { $date } בשעה { $time }
# $day is one of day-today, day-tomorrow.
slot-day-time = { $day } בשעה { $time }
slot-range = { $from } עד { $to }

# A length of time, as in: wait three minutes.
duration-minutes = { $minutes ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $minutes } דקות
    }

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
