### Days, dates, times and prices. Numbers and clock times come from code; their order and words are here.

weekday-sunday = الأحد
weekday-monday = الاثنين
weekday-tuesday = الثلاثاء
weekday-wednesday = الأربعاء
weekday-thursday = الخميس
weekday-friday = الجمعة
weekday-saturday = السبت

day-today = اليوم
day-tomorrow = غدًا

# $day and $month are numbers.
date-day-month = { $day } { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
    }
slot-weekday-date-time = { $weekday } { $date } الساعة { $time }

# Amounts are finished strings, made from the price list.
price-exact = { $amount } { $currency }
price-range = { $min } إلى { $max } { $currency }
currency-ils = شيكل

## Parts of an address as one line, ratings, what is not known
address-floor = الطابق { $value }
address-apartment = شقة { $value }
address-entrance = مدخل { $value }
address-private-house = بيت مستقل
rating-line = { $rating } ★ ({ $count ->
    [one] تقييم واحد
    [two] تقييمان
    [few] { $count } تقييمات
    [many] { $count } تقييمًا
   *[other] { $count } تقييم
    })
price-after-visit = بعد المعاينة
unknown = غير معروف
