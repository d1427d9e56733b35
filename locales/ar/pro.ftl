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
pro-approve-blocked = العمل { $lead } ({ $slot }) يقع في وقت حجبته في تقويمك: { $time }. الموعد محفوظ الآن. ضغطة واحدة تحرر الوقت وتوافق؛ أو اكتب *إلغاء الحجب* ثم *قبول { $lead }*، أو *رفض { $lead }*.
pro-approve-blocked-by-business = العمل { $lead } ({ $slot }) يقع في وقت حجبته الشركة في تقويمك: { $time }. الموعد محفوظ الآن. اطلب من الشركة تحريره ثم اكتب *قبول { $lead }*؛ وإلا *رفض { $lead }*.
pro-approve-closed = العمل { $lead } ({ $slot }) لم يعد ضمن ساعات عملك. الموعد محفوظ الآن. للتغيير اكتب *ساعات* ثم *قبول { $lead }*؛ وإلا *رفض { $lead }*.
pro-approve-day-full = في يوم العمل { $lead } ({ $slot }) لديك أقصى عدد من الزيارات. الموعد محفوظ الآن. إذا أُلغيت زيارة اكتب *قبول { $lead }*؛ وإلا *رفض { $lead }*.
pro-approve-too-near = العمل { $lead } ({ $slot }) قريب جدًا من زيارة أخرى: لا وقت للاستراحة أو للطريق. الموعد محفوظ الآن. إذا نُقلت الزيارة الأخرى اكتب *قبول { $lead }*؛ وإلا *رفض { $lead }*.
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
pro-menu-commands = *قبول* · *رفض* · *انتهيت* · *عروض* · *اليوم* · *أعمال* · *نقل* · *إلغاء* · *لم يكن* · *السجل* · *إحصاءات* · *تقييمات* · *ساعات* · *احجب* · *ابحث* · *إجازة* · *متاح* · *إيقاف مؤقت* · *استئناف* · *زبون*
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
button-free-and-approve = تحرير وموافقة
pro-menu-no-rating = لا تقييم بعد

## At the desk

pro-left-as-it-was = حسنًا، لم يتغير شيء.
pro-ask-intent = هل تحتاج إلى مهني لنفسك؟ *1*: نعم، افتح طلبًا. *2*: لا، ابقَ في وضع المهني.
pro-ask-intent-again = لم أفهم. *1*: طلب لك كزبون. *2*: البقاء في وضع المهني.
pro-stays-pro = حسنًا، نتابع كالمعتاد. كل الأوامر: *قائمة*.
pro-customer-mode = نخدمك الآن كأي زبون. ما الذي يحتاج إلى إصلاح وأين؟ للعودة: *انتهيت*.
pro-back-at-desk = عدت إلى وضع المهني.
pro-no-begun-jobs = لا يوجد عمل محجوز حان موعده.
pro-ask-cancel-reason = إلغاء العمل { $lead } ({ $slot })؟ ما السبب؟ سنبلغ الزبون به. بلا سبب: *تخطي*. للإبقاء: *لا*.
pro-job-cancelled = أُلغي العمل { $lead } وتحرر الموعد. أُبلغ الزبون وسيحصل على عرض آخر.
pro-no-other-times = لا يوجد في تقويمك موعد آخر للعمل { $lead }. يبقى الموعد كما هو.
pro-move-header = إلى أي موعد ننقل العمل { $lead }؟ أرسل رقمه، أو *لا* للإبقاء.
pro-job-moved = نُقل العمل { $lead } إلى { $slot }. أُبلغ الزبون.
pro-find-wait = يمكنك البحث مجددًا بعد { $minutes } د.
pro-found-lead = وجدنا لك: الطلب { $lead }، { $issue }. الزبون يختار الآن موعدًا من تقويمك.
pro-found-nothing = لا يوجد الآن طلب ينتظر في مجالك ومنطقتك.
pro-today-none = ليس لديك زيارات اليوم.
pro-today-header = زياراتك اليوم: { $count }
pro-today-visit =
    { $time } · العمل { $lead }: { $issue }
    { $name }، { $phone }
    { $address }
    { $link }
pro-history-none = لا توجد أعمال منتهية بعد.
pro-history-header = آخر الأعمال:
pro-history-done = اكتمل
pro-history-cancelled = أُلغي
pro-history-closed = أُغلق
pro-stats-header = أرقامك:
pro-stats-this-month = هذا الشهر
pro-stats-last-month = الشهر الماضي
pro-stats-month = { $month }: أعمال منجزة { $count }، الدخل: { $revenue }، العمولة: { $commission }
pro-stats-acceptance = العروض المقبولة: { $percent }%
pro-stats-no-offers = لا عروض بعد.
pro-stats-no-shows = زبائن لم يكونوا في المكان: { $count }
pro-reviews-none = لا توجد تقييمات بعد.
pro-hours-header = ساعات عملك:
pro-hours-how = للتغيير اكتب مثلًا: الأحد-الخميس 08:00-18:00, الجمعة مغلق
pro-hours-closed = مغلق
pro-hours-confirm = هذه ستكون ساعاتك. نحفظها؟ *نعم* أو *لا*.
pro-hours-saved = حُفظت الساعات. الزيارات المحجوزة تبقى.
pro-block-unclear = لم أفهم متى. مثلًا: احجب غدا 10-12، أو احجب 24.12
pro-blocked = محجوب في تقويمك: { $time }. لن تُحدد زيارات جديدة فيه.
pro-blocked-visit = انتبه: العمل { $lead } محدد في ذلك الوقت ({ $slot }) ويبقى.
pro-blocked-header = محجوب في تقويمك:
pro-block-how = للحجب اكتب مثلًا: احجب غدا 10-12. للتحرير: *إلغاء الحجب*.
pro-nothing-blocked = لا يوجد وقت محجوب لتحريره.
pro-unblocked = أوقات محجوبة حُررت: { $count }
pro-sign-up-approved = تهانينا! وافقت { $business } على انضمامك. ستصلك الأعمال هنا. كل الأوامر: *قائمة*.
pro-sign-up-declined = شكرًا لطلبك. لا تستطيع { $business } ضمك حاليًا.

## What their customers read

customer-reason = السبب: { $reason }
customer-pro-cancelled = للأسف أُلغيت زيارة { $pro } ({ $slot }). نبحث لكم عن حل آخر.
customer-pro-moved = نُقلت زيارة { $pro }: بدلًا من { $previous }، { $slot }. لا يناسبكم؟ اكتبوا *تغيير*.
customer-found-pro-times = وجدنا لكم مهنيًا: { $pro }، السعر: { $price }. المواعيد المتاحة:
customer-closed-by-team = للأسف لم نجد من يعالج الطلب فأُغلق. يمكنكم دائمًا مراسلتنا مجددًا.
