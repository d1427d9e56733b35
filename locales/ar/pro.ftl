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
pro-offer-media = صور وتسجيلات من الزبون: { $link }
pro-offer-address-changed = الطلب { $lead }: تغيّر العنوان إلى { $address }.
pro-nudge = { $minutes ->
    [one] تذكير: العمل { $lead } ينتظر ردّكم منذ دقيقة. *قبول* أم *رفض*؟
    [two] تذكير: العمل { $lead } ينتظر ردّكم منذ دقيقتين. *قبول* أم *رفض*؟
    [few] تذكير: العمل { $lead } ينتظر ردّكم منذ { $minutes } دقائق. *قبول* أم *رفض*؟
    [many] تذكير: العمل { $lead } ينتظر ردّكم منذ { $minutes } دقيقة. *قبول* أم *رفض*؟
   *[other] تذكير: العمل { $lead } ينتظر ردّكم منذ { $minutes } دقيقة. *قبول* أم *رفض*؟
    }
pro-offer-moved = انتقل العمل { $lead } إلى مهني آخر لأن الرد لم يصل في الوقت المحدد. لا حاجة إلى الرد.
pro-approved =
    ممتاز، تم حجز العمل { $lead } ✅
    { $name }، { $phone }
    { $address }
    { $slot }
pro-rejected = وصلنا، أُزيل العمل { $lead } من قائمتكم.
pro-slot-taken = موعد العمل { $lead } محجوز مسبقًا في تقويمكم، لذلك لم يُحجز.
pro-which-offer-header = لديكم عدة عروض مفتوحة. أيّها تقصدون؟ اكتبوا مثلًا: قبول { $lead }
pro-offer-line = { $lead }: { $issue }، { $city }، { $slot }
pro-no-open-offers = لا توجد حاليًا عروض تنتظر ردّكم.
pro-no-such-offer = لا يوجد عرض مفتوح بالرقم { $lead }.
pro-emergency = 🚨 طلب عاجل { $lead }: { $issue }. المكان: { $address }.

## Jobs

pro-done = سُجّل العمل { $lead } كمنتهٍ. أحسنتم!
pro-ask-price = كم دُفع في النهاية مقابل العمل { $lead }؟ أرقام فقط.
pro-price-saved = حُفظ: العمل { $lead }، { $price }.
pro-price-saved-commission = حُفظ: العمل { $lead }، { $price }. العمولة: { $commission }.
pro-price-invalid = لم نتمكّن من قراءة المبلغ. رقم فقط، مثلًا 450.
pro-which-job-header = أي عمل تقصدون؟ اكتبوا رقمه:
pro-job-line = { $number }. { $name }، { $address }، { $slot }
pro-no-open-jobs = لا توجد لديكم أعمال مفتوحة.
pro-cancel-question = هل نلغي العمل لدى { $name } ({ $slot })؟ *نعم* أو *لا*.
pro-cancelled = أُلغي العمل لدى { $name } وتم إبلاغ الزبون.
pro-customer-cancelled = أُلغي العمل { $lead } بطلب من الزبون: { $address }، { $slot }. أصبح الموعد متاحًا.
pro-customer-rescheduled = نُقل العمل { $lead } بطلب من الزبون: من { $previous } إلى { $slot }.
pro-customer-needs-human = طلب زبون العمل { $lead } التحدث مع شخص: { $name }، { $phone }.

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
pro-menu-completed = { $count ->
    [zero] لم يكتمل أي عمل هذا الشهر
    [one] اكتمل عمل واحد هذا الشهر
    [two] اكتمل عملان هذا الشهر
    [few] اكتملت { $count } أعمال هذا الشهر
    [many] اكتمل { $count } عملًا هذا الشهر
   *[other] اكتمل { $count } عمل هذا الشهر
    }
pro-menu-rating = التقييم: { $rating } (عدد الآراء: { $count })
pro-menu-state-available = 🟢 تصلكم أعمال جديدة
pro-menu-state-vacation = 🔴 لا تصلكم أعمال جديدة
pro-menu-commands = *قبول* · *رفض* · *انتهيت* · *إجازة* · *متاح* · *إيقاف مؤقت* · *استئناف* · *زبون*
pro-vacation = تم التسجيل: لن تُرسل إليكم أعمال جديدة. للعودة: *متاح*.
pro-available = أهلًا بعودتكم! ستصلكم أعمال جديدة.
pro-paused = المساعد صامت في المحادثة مع { $name }. لإعادته: *استئناف*.
pro-resumed = عاد المساعد إلى المحادثة مع { $name }.
pro-which-chat = أي محادثة تقصدون؟ اكتبوا رقم الطلب:
pro-no-chat = لا توجد حاليًا محادثة مفتوحة مع زبون.
pro-customer-mode = من الآن نخدمكم كزبائن. للعودة: *انتهيت*.
pro-mode = عدتم إلى وضع المهني.
pro-intent-question =
    هل تحتاجون إلى مهني لأنفسكم؟
    1. نعم، أحتاج إلى خدمة
    2. لا
pro-not-understood = لم أفهم. اكتبوا *قائمة* لرؤية ما يمكن فعله.
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
