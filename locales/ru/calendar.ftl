### Days, dates, times and prices. Numbers and clock times come from code; their order and words are here.

weekday-sunday = воскресенье
weekday-monday = понедельник
weekday-tuesday = вторник
weekday-wednesday = среда
weekday-thursday = четверг
weekday-friday = пятница
weekday-saturday = суббота

month-1 = январь
month-2 = февраль
month-3 = март
month-4 = апрель
month-5 = май
month-6 = июнь
month-7 = июль
month-8 = август
month-9 = сентябрь
month-10 = октябрь
month-11 = ноябрь
month-12 = декабрь

day-part-morning = утром
day-part-noon = в полдень
day-part-afternoon = днём
day-part-evening = вечером
day-part-night = ночью

day-today = сегодня
day-tomorrow = завтра
day-after-tomorrow = послезавтра

# $day and $month are numbers.
date-day-month = { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
    }
slot-weekday-date-time = { $weekday }, { $date }, { $time }
# $day is one of day-today, day-tomorrow.
slot-day-time = { $day } в { $time }
slot-range = с { $from } до { $to }

# A length of time, as in: wait three minutes.
duration-minutes = { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
    }

# Amounts are finished strings, made from the price list.
price-exact = { $amount } { $currency }
price-range = от { $min } до { $max } { $currency }
currency-ils = ₪

## Parts of an address as one line, ratings, what is not known
address-floor = этаж { $value }
address-apartment = кв. { $value }
address-entrance = подъезд { $value }
address-private-house = частный дом
rating-line = { $rating } ★ ({ $count ->
    [one] { $count } отзыв
    [few] { $count } отзыва
    [many] { $count } отзывов
   *[other] { $count } отзыва
    })
price-after-visit = после осмотра на месте
unknown = неизвестно
