### Days, dates, times and prices. Numbers and clock times come from code; their order and words are here.

weekday-sunday = الأحد
weekday-monday = الاثنين
weekday-tuesday = الثلاثاء
weekday-wednesday = الأربعاء
weekday-thursday = الخميس
weekday-friday = الجمعة
weekday-saturday = السبت

month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

day-part-morning = صباحًا
day-part-noon = ظهرًا
day-part-afternoon = بعد الظهر
day-part-evening = مساءً
day-part-night = ليلًا

day-today = اليوم
day-tomorrow = غدًا
day-after-tomorrow = بعد غد

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
# $day is one of day-today, day-tomorrow.
slot-day-time = { $day } الساعة { $time }
slot-range = { $from } حتى { $to }

# A length of time, as in: wait three minutes.
duration-minutes = { $minutes ->
    [zero] { $minutes } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
    }

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
