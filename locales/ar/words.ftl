### What people may type as a whole message, separated by `|`. See the Hebrew file for the rules.

## A professional

word-approve = قبول | موافق على العمل | أقبل | اقبل | تأكيد | أؤكد
word-reject = رفض | أرفض | ارفض
word-done = انتهيت | أنهيت | انهيت | خلصت | تم العمل
word-pause = إيقاف مؤقت | ايقاف مؤقت
word-resume = استئناف | استمرار | متابعة
word-vacation = إجازة | اجازة | عطلة | استراحة | غير متاح
word-available = متاح | متاحة | رجعت | متوفر
word-menu = قائمة | القائمة
word-customer-mode = زبون | زبونة | عميل | وضع الزبون
word-offers = عروض | العروض
word-today = اليوم | جدول اليوم
word-jobs = أعمال | اعمال | أعمالي | اعمالي
word-cancel-job = إلغاء | الغاء | إلغاء العمل | الغاء العمل
word-move-job = نقل | نقل الموعد | تغيير الموعد | موعد آخر | موعد اخر
word-no-show = لم يكن | لم يكن هناك أحد | الزبون لم يكن
word-history = السجل | أعمال سابقة | اعمال سابقة
word-stats = إحصاءات | احصاءات | إحصائيات | احصائيات
word-reviews = تقييمات | تقييماتي
word-find = ابحث | بحث | جد لي عملا
word-hours = ساعات | ساعات العمل | ساعاتي
word-block = احجب | حجب
word-unblock = إلغاء الحجب | الغاء الحجب

## A customer

word-status = الحالة | حالة | ما الوضع | شو الوضع | وين وصلنا
word-human = مندوب | ممثل | موظف | إنسان | انسان | شخص | أريد التحدث مع شخص
word-cancel = إلغاء | الغاء | ألغ | الغ | إلغاء الموعد | الغاء الموعد
word-reschedule = تغيير | تغيير الموعد | موعد آخر | موعد اخر | تأجيل
word-reset = من جديد | البدء من جديد | إعادة | اعادة
word-help = مساعدة | معلومات
word-sign-up = أنا مهني | انا مهني | الانضمام كمهني | تسجيل المهنيين

## An owner

word-office = المكتب | أوامر | اوامر
word-office-today = العمل اليوم | اليوم في المصلحة
word-tomorrow = غدا | غدًا | بكرا
word-stuck = عالقة | طلبات عالقة
word-manage = إدارة | ادارة
word-applicants = المتقدمون | طلبات الانضمام
word-week = أرقام | ارقام | الأسبوع | الاسبوع | تقرير
word-pause-bot = أوقف البوت | اوقف البوت | إيقاف البوت
word-resume-bot = شغل البوت | تشغيل البوت

## Everybody

word-stop = إلغاء الاشتراك | الغاء الاشتراك | توقف | أوقف | اوقف | أوقفوا الرسائل | اوقفوا الرسائل
word-start = ابدأ | ابدا | اشتراك | بدء
word-yes = نعم | أجل | اجل | أكيد | اكيد | طبعا | طبعًا | تمام | موافق | موافقة | نعم من فضلك
word-no = لا | لا شكرا | لا شكرًا | كلا | لا أوافق | لا اوافق
word-skip = تخطي | تخط
