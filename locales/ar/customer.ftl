### What a customer reads. Plural forms of address, so that nobody is addressed as a man or a woman.

## First contact and consent

customer-disclosure = مرحبًا 👋 معكم المساعد الرقمي لـ{ $business }. للتحدث مع شخص يمكنكم كتابة *مندوب* في أي وقت.
customer-greeting = مرحبًا بكم في { $business } 👋 كيف يمكننا مساعدتكم؟
customer-consent-request =
    مرحبًا، معكم المساعد الرقمي لـ{ $business }.
    لمعالجة طلبكم نحفظ ما تكتبونه هنا وننقله إلى المهني. هل توافقون؟ اكتبوا *نعم* أو *لا*.
    للتحدث مع شخص: *مندوب*.
customer-consent-refused = لا بأس، لن نحفظ شيئًا ولن نتابع. إذا رغبتم لاحقًا فاكتبوا لنا.
customer-help =
    هنا { $business }: اكتبوا ما العطل وأين، ونحن ننسّق لكم مهنيًا.
    يمكنكم أيضًا كتابة: *الحالة* لمعرفة الوضع، *تغيير* لموعد آخر، *إلغاء* للإلغاء، *مندوب* للتحدث مع شخص، *توقف* لإيقاف الرسائل.

## Questions

customer-ask-issue = ما المشكلة؟ يمكنكم الكتابة أو إرسال تسجيل صوتي أو صورة.
customer-ask-issue-again = لم أفهم بعد ما الذي يحتاج إلى تصليح. مثلًا: «تسريب تحت المغسلة» أو «المكيّف لا يبرّد».
customer-ask-city = في أي مدينة أو بلدة؟
customer-ask-city-again = لم أتعرّف على البلدة. ما اسمها الكامل؟
customer-ask-address = ما العنوان؟ الشارع ورقم البيت والطابق والشقة.
customer-ask-address-again = حتى نصل إليكم نحتاج إلى الشارع ورقم البيت. مثلًا: هرتسل 10، طابق 2، شقة 5.
customer-ask-address-missing = بقي القليل. ينقص فقط: { $missing }.
customer-ask-street-number = ما رقم البيت في شارع { $street }؟
customer-ask-floor-apartment = في أي طابق وأي شقة؟ إذا كان بيتًا مستقلًا فاكتبوا «بيت مستقل».
customer-confirm-address = هل نأتي مرة أخرى إلى { $address }؟ اكتبوا *نعم* أو العنوان الجديد.
customer-ask-name = باسم مَن نسجّل الطلب؟
customer-ask-name-again = ما الاسم؟ يكفي الاسم الأول.
customer-ask-time = متى يناسبكم؟ مثلًا «غدًا بعد الظهر».
customer-ask-time-again = لم أفهم الموعد. في أي يوم وفي أي ساعة تقريبًا؟

## Names of the parts of an address, for lists

part-floor = الطابق
part-apartment = الشقة

## Slots and prices

customer-slots-header = هذه هي المواعيد المتاحة لدى { $pro }:
customer-slot-line = { $number }. { $slot }
customer-slots-footer = اكتبوا رقم الموعد، أو موعدًا آخر يناسبكم.
customer-slot-number-invalid = من فضلكم اكتبوا أحد الأرقام الموجودة في القائمة.
customer-no-slots = لا يوجد حاليًا موعد قريب متاح. نقلنا طلبكم إلى فريقنا وسنعود إليكم.
customer-price-quote = { $item }: { $price }. يُحدَّد السعر النهائي في المكان.
customer-price-after-visit = لهذا النوع من العمل يُعطى السعر فقط بعد الفحص في المكان.

## Waiting, booking, moving on

customer-waiting-for-pro = { $minutes ->
    [one] ممتاز! أرسلنا طلبكم إلى { $pro } للموعد { $slot }. يصلكم الجواب خلال دقيقة.
    [two] ممتاز! أرسلنا طلبكم إلى { $pro } للموعد { $slot }. يصلكم الجواب خلال دقيقتين.
    [few] ممتاز! أرسلنا طلبكم إلى { $pro } للموعد { $slot }. يصلكم الجواب خلال { $minutes } دقائق على الأكثر.
    [many] ممتاز! أرسلنا طلبكم إلى { $pro } للموعد { $slot }. يصلكم الجواب خلال { $minutes } دقيقة على الأكثر.
   *[other] ممتاز! أرسلنا طلبكم إلى { $pro } للموعد { $slot }. يصلكم الجواب خلال { $minutes } دقيقة على الأكثر.
    }
customer-still-waiting = ما زلنا ننتظر جواب { $pro }. سنخبركم فور وصوله.
customer-booked =
    تم الحجز! ✅
    { $pro }، { $trade }
    الموعد: { $slot }
    العنوان: { $address }
    السعر: { $price }
    الهاتف: { $phone }
customer-next-pro = وجدنا لكم شخصًا آخر: { $pro } في الموعد نفسه: { $slot }. السعر: { $price }. سنكتب لكم فور وصول الجواب. لا يناسبكم؟ اكتبوا *إلغاء*.
customer-no-pro-left = لم نجد بعد مهنيًا متاحًا. أحد أفراد الفريق يتابع طلبكم وسيعود إليكم.
customer-still-checking = ما زال فريقنا يتابع طلبكم. سنخبركم حالما يستجدّ شيء.
customer-confirmed = شكرًا، تم التأكيد: { $slot }.
customer-nothing-to-confirm = لم نجد موعدًا ينتظر التأكيد. كيف يمكننا مساعدتكم؟

## Status

customer-status-none = لا يوجد طلب مفتوح حاليًا. كيف يمكننا مساعدتكم؟
customer-status-contacted = الطلب «{ $issue }» مفتوح، وتنقص بعض التفاصيل لتحديد موعد.
customer-status-new = الطلب لدى { $pro } وينتظر الموافقة على الموعد { $slot }.
customer-status-booked = لديكم موعد مع { $pro }: { $slot }. الهاتف: { $phone }.
customer-status-completed = اكتمل العمل «{ $issue }». شكرًا لكم!
customer-status-closed = أُغلق الطلب «{ $issue }». لطلب جديد اكتبوا ما تحتاجون إليه.
customer-status-rejected = المهني غير متاح، ونبحث لكم عن شخص آخر.
customer-status-cancelled = أُلغي الطلب «{ $issue }».
customer-status-pending-admin-review = أحد أفراد الفريق يتابع طلبكم وسيعود إليكم.

## Changing and cancelling

customer-cancel-question = هل نلغي الموعد ({ $slot })؟ اكتبوا *نعم* أو *لا*.
customer-cancel-request-question = هل نلغي الطلب «{ $issue }»؟ اكتبوا *نعم* أو *لا*.
customer-cancelled = تم الإلغاء. نحن هنا إذا احتجتم إلى شيء.
customer-already-cancelled = هذا ملغى من قبل.
customer-nothing-to-cancel = لا يوجد حاليًا موعد أو طلب للإلغاء.
customer-kept = حسنًا، يبقى موعدكم كما هو: { $slot }.
customer-request-kept = حسنًا، نواصل العمل على طلبكم.
customer-reschedule-header = موعدكم الحالي { $slot }. يمكن نقله إلى أحد هذه المواعيد:
customer-reschedule-none = لا يوجد حاليًا موعد آخر متاح. يبقى موعدكم كما هو وسيعود إليكم فريقنا.
customer-nothing-to-reschedule = لا يوجد حاليًا موعد يمكن نقله.

## Rating

customer-rating-question = كيف كانت الخدمة مع { $pro }؟ قيّموا من 1 إلى 5.
customer-rating-thanks = شكرًا على التقييم: { $rating } من 5!
customer-review-question = هل تودّون إضافة بضع كلمات؟ يمكنكم أيضًا كتابة *لا*.
customer-review-thanks = شكرًا، هذا يساعدنا كثيرًا!

## People, limits, trouble

customer-human = ننقلكم إلى شخص من الفريق. وصلت رسالتكم وسنجيب قريبًا.
customer-stopped = أُلغي اشتراككم. لن نرسل إليكم رسائل بمبادرة منا. للعودة: *ابدأ*.
customer-started = أهلًا بعودتكم. كيف يمكننا مساعدتكم؟
customer-reset-done = بدأنا من جديد. كيف يمكننا مساعدتكم؟
customer-apology = نعتذر، حدث خلل لدينا. حُفظت رسالتكم وسنعود إليكم. في حالة الطوارئ اتصلوا على { $number }.
customer-emergency = تنبيه: لا يمكننا استدعاء خدمات الطوارئ. إذا كان هناك خطر فاتصلوا فورًا على { $number }.
customer-emergency-handled = سجّلنا طلبكم كعاجل وأبلغنا المهني فورًا.
customer-please-write-text = لم أتمكّن من الفهم. ما الذي يحتاج إلى تصليح؟ يمكنكم الكتابة أو إرسال تسجيل صوتي.
customer-media-received = وصلنا، شكرًا. ماذا يظهر هنا وما الذي يحتاج إلى تصليح؟
customer-off-topic = لا يمكنني المساعدة في هذا، لكن يسعدني أن أنسّق لكم مهنيًا. ما الذي يحتاج إلى تصليح؟
customer-area-not-served = لا يوجد لدينا بعد مهني في { $city }. فريقنا يتحقق وسيعود إليكم.
customer-ask-name-and-issue = ما اسمكم، وماذا يجب أن نصلح؟
customer-address-updated = تم تحديث العنوان إلى { $address } وأبلغنا المهني به.
customer-anything-else = هل هناك شيء آخر يجب أن نعرفه؟
customer-area-served = نعم، لدينا مهنيون في { $city }.
customer-human-will-look = طلبنا أيضًا من شخص من الفريق أن يطّلع على الطلب.
customer-later = لا مشكلة، لم نحجز شيئًا. عندما تريدون المتابعة اكتبوا لنا.
customer-media-added = وصلنا، أضفناه إلى الطلب.
customer-next-pro-times = المهني السابق لا يستطيع القدوم. { $pro } يستطيع، السعر: { $price }. هذه المواعيد متاحة:
customer-slot-single = { $pro } متاح في هذا الموعد. هل نحجز؟
customer-slot-which = ممتاز. أي موعد؟ اكتبوا الرقم.
customer-slots-instead = الموعد الذي طلبتموه غير متاح لدى { $pro }. هذه أقرب المواعيد:
customer-slots-taken = نأسف، حُجز هذا الموعد للتو. هذه المواعيد المتاحة لدى { $pro }:
persona-introduction = وجدنا لكم { $pro }.
persona-introduction-rated = وجدنا لكم { $pro }، { $rating }.
customer-request-understood = فهمنا: { $issue }. يسعدنا أن نساعد.
customer-request-received = فهمنا، يسعدنا أن نساعد.
customer-nice-to-meet = تشرفنا، { $name }!
customer-ask-floor-apartment-again = حتى لا يبحثوا عنكم: في أي طابق وأي شقة؟ مثلًا «طابق 3، شقة 12» أو «بيت مستقل».
customer-ask-address-for-times = حتى نبحث عن موعد نحتاج إلى العنوان: الشارع ورقم البيت.
customer-slot-noted = ممتاز، { $slot }.
customer-agreed-price = السعر الذي ذُكر لكم: { $price }. يُحدَّد السعر النهائي في المكان.
customer-you-are-welcome = على الرحب والسعة! نحن هنا إذا احتجتم إلى شيء آخر.
customer-you-are-welcome-waiting = على الرحب والسعة! سنخبركم فور وصول جواب { $pro }.
customer-voice-unheard = لم نتمكن من سماع التسجيل. هل يمكنكم كتابة ما يجب إصلاحه؟
customer-location-received = وصلنا موقعكم، شكرًا. ماذا يجب أن نصلح، وفي أي مدينة؟
customer-what-we-do = { $business } ينسّق لكم مهنيين: { $trades }. اكتبوا ما العطل وأين، ونحن نجد من يأتي وبأي سعر. ماذا يجب أن نصلح؟
customer-trade-not-served = للأسف ليس لدينا بعد مهني في هذا المجال ({ $trade }). الفريق يفحص الأمر وسيعود إليكم.
customer-issue-added = سجّلنا هذا أيضًا.
customer-area-not-yet = ليس لدينا بعد مهني في { $city }.
customer-emergency-understood = فهمنا، نعالج الأمر فورًا.
customer-price-depends = السعر يتوقف على العمل، ونخبركم به فور معرفة المطلوب.
customer-i-am-an-assistant = نعم، هنا مساعد رقمي 🙂 للتحدث مع شخص اكتبوا *مندوب*.
customer-ask-the-pro = الأفضل أن تسألوا { $pro } مباشرة عن هذا: يصلكم رقم الهاتف عند تأكيد الموعد.

## Choices between few answers

customer-slow-down = لحظة، وصلتنا رسائل كثيرة معًا 🙂 نكمل بعد دقيقة. ما كتبتموه محفوظ.
customer-new-or-existing =
    لديكم زيارة محددة بخصوص «{ $issue }». عمّ تتحدثون؟
    1. عطل جديد
    2. الزيارة المحددة
customer-new-or-existing-again = أرسلوا *1* لعطل جديد أو *2* للزيارة المحددة.
customer-added-to-visit = أضفناه إلى الزيارة وأبلغنا { $pro }.
customer-same-pro =
    { $pro } مرة أخرى، مثل المرة السابقة؟
    1. نعم
    2. مهني آخر
customer-same-pro-again = أرسلوا *1* للمهني نفسه أو *2* لآخر.
customer-emergency-question = هل هذه حالة طارئة لا تحتمل الانتظار؟ اكتبوا *نعم* أو *لا*.
customer-another-pro-again = أرسلوا *1* لننقل الطلب إلى مهني آخر، أو *2* لمواصلة الانتظار.
customer-call-again = هل نتصل بكم؟ اكتبوا *نعم* أو *لا*.
customer-call-noted = سجّلنا ذلك، سيتصلون بكم. يمكنكم الكتابة هنا في هذه الأثناء.
customer-call-declined = حسنًا، نكمل هنا. كيف نساعدكم؟
customer-complaint = نأسف لسماع ذلك. سيفحص شخص من فريقنا الأمر ويعود إليكم.
customer-no-change = موعدكم محدد أصلًا في هذا الوقت، { $slot }. لا تغيير.
customer-rating-invalid = أرسلوا رقمًا من 1 إلى 5.
customer-person-will-read = شكرًا لك، سيقرأ أحد من فريقنا رسالتك ويرد عليك. يمكنك في هذه الأثناء كتابة العطل والمدينة والعنوان.
