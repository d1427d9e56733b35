### The words of the demo's page. See the Hebrew file.

## The page

demo-title = Fixi: هاتفان
demo-tagline = ما يكتبه الزبون، وما يصل إلى المهني، وما يحدث بينهما
demo-language = لغة الصفحة
demo-views = ما الذي يُعرض
demo-tab-customer = الزبون
demo-tab-inside = ما يحدث
demo-tab-pro = المهني
demo-offline = انقطع الاتصال، نحاول مجددًا…
demo-not-sent = لم تُرسل الرسالة. حاولوا مرة أخرى.

## The phones

demo-phone-customer = هاتف الزبون
demo-phone-pro = هاتف المهني
demo-choose-customer = أي زبون
demo-choose-pro = أي مهني
demo-new-customer = زبون جديد
demo-new-customer-hint = البدء من جديد مع زبون جديد
demo-new-names = ليلى حداد, سامر خوري, رنا ناصر, كريم عودة, هبة سلامة, وسيم زعبي
demo-stranger = زبون { $number }
demo-messages = المحادثة مع Fixi
demo-online = متاح دائمًا
demo-typing = يكتب…
demo-write = اكتبوا رسالة
demo-send = إرسال
demo-replies = ردود سريعة
demo-suggestions = رسائل مقترحة
demo-suggest-customer = عندي تسريب ماء في المطبخ; المكيف لا يبرد، أنا في حيفا; الباب مقفل وأنا في الخارج; كم يكلف تغيير حنفية؟
demo-suggest-pro = قائمة; متاح; إجازة
demo-empty-customer = اكتبوا هنا كما يكتب الزبون.
demo-empty-pro = هنا تظهر عروض العمل.
demo-unread = رسائل غير مقروءة: { $count }
demo-elsewhere = رسالة جديدة عند { $name }
demo-quote = الرد على الرسالة
demo-stop-quoting = إلغاء الرد
demo-tick-sent = أُرسلت
demo-tick-delivered = وصلت
demo-tick-read = قُرئت
demo-tick-failed = لم تصل
demo-today = اليوم

## What happened inside

demo-inside = ما حدث في الداخل
demo-inside-hint = كل رسالة تمر بالخطوات نفسها. كل سطر يُفتح.
demo-strip-empty = لم يُكتب شيء بعد. أرسلوا رسالة من هاتف الزبون وتابعوها هنا.
demo-turn-lead = طلب { $number }
demo-turn-customer = رسالة من زبون
demo-turn-pro = رسالة من مهني
demo-turn-timer = مؤقّت داخلي
demo-milliseconds = { $count } مللي ثانية
demo-seconds = { $count } ثانية
demo-step-received = وصل
demo-step-understood = فُهم
demo-step-routed = وُجّه
demo-step-decided = تقرّر
demo-step-committed = حُفظ
demo-step-delivered = سُلّم
demo-step-failed = لم ينجح
demo-step-note = حدث
demo-received-customer = رسائل من الزبون: { $count }
demo-received-pro = رسائل من المهني: { $count }
demo-decided-line = ردود: { $replies }، مؤقّتات: { $timers }
demo-committed-line = كُتب كله دفعة واحدة، أو لا شيء
demo-committed-again = كُتب في المحاولة { $attempts } بعد إعادة الفحص
demo-delivered-customer = إلى الزبون
demo-delivered-pro = إلى المهني
demo-routed-line = وقع الاختيار على { $pro }
demo-routed-nobody = لم يُعثر على مناسب
demo-ruled-out = غير مناسب
demo-conversation = محادثة
demo-at = الوقت

## Facts, by key

demo-fact-trade = المجال
demo-fact-city = المدينة
demo-fact-intent = القصد
demo-fact-by = القارئ
demo-fact-address = يوجد عنوان
demo-fact-name = يوجد اسم
demo-fact-emergency = حالة طارئة
demo-fact-pro = المهني
demo-fact-number = الرقم
demo-fact-round = الجولة
demo-fact-why = السبب
demo-fact-reason = السبب
demo-fact-stars = النجوم
demo-fact-count = العدد
demo-fact-from = من
demo-fact-to = إلى
demo-fact-state = الحالة
demo-fact-replies = ردود
demo-fact-timers = مؤقّتات
demo-fact-attempts = محاولات
demo-fact-key = الحدث
demo-fact-slots = المواعيد
demo-fact-attempt = محاولة
demo-value-customer = زبون
demo-value-pro = مهني
demo-value-rules = قواعد
demo-value-model = نموذج
demo-value-auto = تلقائي
demo-value-sent = أُرسل
demo-value-delivered = وصل
demo-value-read = قُرئ
demo-value-failed = فشل
demo-value-asked_for_human = طُلب التحدث مع شخص
demo-value-no_pro_in_area = لا مهني في المنطقة
demo-value-no_pro_left = لم يبق مهني
demo-value-no_free_slots = لا مواعيد متاحة
demo-value-not_understood = لم يُفهم
demo-intent-service_request = طلب خدمة
demo-intent-booking_change = تغيير الموعد
demo-intent-cancellation = إلغاء
demo-intent-status = استفسار عن الحالة
demo-intent-human = التحدث مع شخص
demo-intent-question = سؤال
demo-intent-complaint = شكوى
demo-intent-small_talk = دردشة
demo-intent-off_topic = خارج الموضوع
demo-note-opted_out = طُلب إيقاف الرسائل
demo-note-opted_in = عودة إلى تلقي الرسائل
demo-note-consented = وافقوا على المتابعة
demo-note-reviewed = أعطوا تقييمًا
demo-note-review_words = كتبوا مراجعة
demo-note-needs_human = يلزم تدخل شخص
demo-note-emergency = اعتُبر حالة طارئة
demo-note-lead_opened = فُتح طلب
demo-note-address_changed = عُدّل العنوان
demo-note-rescheduled = نُقل الموعد
demo-note-persona_refused = رُفضت صياغة النموذج واستُخدمت صياغة آمنة
demo-note-offered = سُئل المهني
demo-note-booked = حُجز الموعد
demo-note-completed = أُنجز العمل
demo-note-cancelled = أُلغي الطلب
demo-note-declined = رفض المهني
demo-note-slot_taken = الموعد محجوز

## Leads

demo-leads = الطلبات
demo-leads-empty = لا طلبات بعد.
demo-lead-number = الرقم
demo-lead-status = الحالة
demo-lead-slot = الموعد
demo-lead-pro = المهني
demo-status-contacted = قيد المحادثة
demo-status-new = بانتظار الموافقة
demo-status-booked = محجوز
demo-status-completed = مُنجز
demo-status-closed = مغلق
demo-status-rejected = مرفوض
demo-status-cancelled = ملغى
demo-status-pending_admin_review = لدى موظف
