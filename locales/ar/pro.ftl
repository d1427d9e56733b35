### What a professional reads. See the Hebrew file for the meaning of variables.

## Leads and offers

pro-new-lead =
    فُتح لديكم الطلب { $lead }: { $issue }، { $city }.
    لا حاجة إلى فعل شيء الآن. سنخبركم عند تحديد موعد.
pro-offer =
    عمل جديد { $lead } 🔔
    العطل: { $issue }
    الزبون: { $name }
    العنوان: { $address }
    الموعد: { $slot }
    السعر الذي ذُكر: { $price }
    الملاحة: { $link }
    للرد: *قبول* أو *رفض* (أو *1* / *2*). عند وجود عدة عروض: قبول { $lead }.
pro-offer-address-changed = الطلب { $lead }: تغيّر العنوان إلى { $address }.
pro-offer-moved = انتقل العمل { $lead } إلى مهني آخر لأن الرد لم يصل في الوقت المحدد. لا حاجة إلى الرد.
pro-approved =
    ممتاز، تم حجز العمل { $lead } ✅
    { $name }، { $phone }
    { $address }
    { $slot }
pro-rejected = وصلنا، أُزيل العمل { $lead } من قائمتكم.
pro-slot-taken = موعد العمل { $lead } محجوز مسبقًا في تقويمكم، لذلك لم يُحجز.
pro-no-open-offers = لا توجد حاليًا عروض تنتظر ردّكم.
pro-no-such-offer = لا يوجد عرض مفتوح بالرقم { $lead }.
pro-emergency = 🚨 طلب عاجل { $lead }: { $issue }. المكان: { $address }.

## Jobs

pro-done = سُجّل العمل { $lead } كمنتهٍ. أحسنتم!
pro-ask-price = كم دُفع في النهاية مقابل العمل { $lead }؟ أرقام فقط.
pro-price-saved = حُفظ: العمل { $lead }، { $price }.
pro-price-invalid = لم نتمكّن من قراءة المبلغ. رقم فقط، مثلًا 450.
pro-which-job-header = أي عمل تقصدون؟ اكتبوا رقمه:
pro-no-open-jobs = لا توجد لديكم أعمال مفتوحة.
pro-customer-cancelled = أُلغي العمل { $lead } بطلب من الزبون: { $address }، { $slot }. أصبح الموعد متاحًا.
pro-customer-rescheduled = نُقل العمل { $lead } بطلب من الزبون: من { $previous } إلى { $slot }.
pro-customer-needs-human = طلب زبون العمل { $lead } التحدث مع شخص: { $name }، { $phone }.
pro-customer-added = العمل { $lead }، أضاف الزبون: { $added }.

## Menu and state

pro-menu-header = مرحبًا { $name }، هذا هو الوضع:
pro-menu-offers = { $count ->
    [zero] لا عروض تنتظر ردّكم
    [one] عرض واحد ينتظر ردّكم
    [two] عرضان ينتظران ردّكم
    [few] { $count } عروض تنتظر ردّكم
    [many] { $count } عرضًا ينتظر ردّكم
   *[other] { $count } عرض ينتظر ردّكم
    }
pro-menu-jobs = { $count ->
    [zero] لا أعمال محجوزة
    [one] عمل واحد محجوز
    [two] عملان محجوزان
    [few] { $count } أعمال محجوزة
    [many] { $count } عملًا محجوزًا
   *[other] { $count } عمل محجوز
    }
pro-menu-rating = التقييم: { $rating } (عدد الآراء: { $count })
pro-menu-state-available = 🟢 تصلكم أعمال جديدة
pro-menu-state-vacation = 🔴 لا تصلكم أعمال جديدة
pro-menu-commands = *قبول* · *رفض* · *انتهيت* · *إجازة* · *متاح* · *إيقاف مؤقت* · *استئناف* · *زبون*
pro-vacation = تم التسجيل: لن تُرسل إليكم أعمال جديدة. للعودة: *متاح*.
pro-available = أهلًا بعودتكم! ستصلكم أعمال جديدة.
pro-paused = المساعد صامت في المحادثة مع { $name }. لإعادته: *استئناف*.
pro-resumed = عاد المساعد إلى المحادثة مع { $name }.
pro-booked-notice =
    حُجز لك العمل { $lead } ✅
    العطل: { $issue }
    الزبون: { $name }، { $phone }
    العنوان: { $address }
    الموعد: { $slot }
    السعر الذي ذُكر: { $price }
    الملاحة: { $link }
pro-media-count =
    { $count ->
        [zero] لا ملفات من الزبون
        [one] ملف واحد من الزبون
        [two] ملفان من الزبون
        [few] { $count } ملفات من الزبون
        [many] { $count } ملفًا من الزبون
       *[other] { $count } ملف من الزبون
    }
pro-offer-gone = هذا العرض لم يعد مفتوحًا، ولم يتغير شيء.
pro-which-line = { $lead }: { $issue }
button-approve = قبول
button-reject = رفض
pro-menu-no-rating = لا تقييم بعد
