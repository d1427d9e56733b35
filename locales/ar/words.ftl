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

## A customer

word-status = الحالة | حالة | ما الوضع | شو الوضع | وين وصلنا
word-human = مندوب | ممثل | موظف | إنسان | انسان | شخص | أريد التحدث مع شخص
word-cancel = إلغاء | الغاء | ألغ | الغ | إلغاء الموعد | الغاء الموعد
word-reschedule = تغيير | تغيير الموعد | موعد آخر | موعد اخر | تأجيل
word-reset = من جديد | البدء من جديد | إعادة | اعادة
word-help = مساعدة | معلومات

## Everybody

word-stop = إلغاء الاشتراك | الغاء الاشتراك | توقف | أوقف | اوقف | أوقفوا الرسائل | اوقفوا الرسائل
word-start = ابدأ | ابدا | اشتراك | بدء
word-yes = نعم | أجل | اجل | أكيد | اكيد | طبعا | طبعًا | تمام | موافق | موافقة | نعم من فضلك
word-no = لا | لا شكرا | لا شكرًا | كلا | لا أوافق | لا اوافق
