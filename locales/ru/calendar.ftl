### Days, dates, times and prices. Numbers and clock times come from code; their order and words are here.

weekday-sunday = воскресенье
weekday-monday = понедельник
weekday-tuesday = вторник
weekday-wednesday = среда
weekday-thursday = четверг
weekday-friday = пятница
weekday-saturday = суббота

day-today = сегодня
day-tomorrow = завтра

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
