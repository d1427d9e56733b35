### What operators read in the console. Kept short: most of it stands in a line of a terminal.

## Time, shortly
console-seconds = { $count }ث
console-minutes = { $count }د
console-hours = { $count }س
console-days = { $count }ي

## Screens
console-screen-dashboard = اللوحة
console-screen-leads = الطلبات
console-screen-conversations = المحادثات
console-screen-pros = المهنيون
console-screen-schedule = الجدول
console-screen-contacts = جهات الاتصال
console-screen-jobs = المهام
console-screen-templates = القوالب
console-screen-settings = الإعدادات
console-screen-users = المستخدمون
console-screen-audit = سجل التغييرات
console-screen-analytics = الإحصاءات

## Roles
console-role-system_admin = مدير النظام
console-role-owner = المالك
console-role-admin = مدير
console-role-agent = موظف

## Keys that are the same everywhere
console-key-help = مساعدة
console-key-palette = أمر
console-key-filter = تصفية
console-key-undo = تراجع
console-key-next-screen = الشاشة التالية
console-key-previous-screen = الشاشة السابقة
console-key-refresh = تحديث
console-key-back = رجوع
console-key-quit = خروج
console-key-down = أسفل
console-key-up = أعلى
console-key-yes = نعم
console-key-no = لا
console-key-take = اختيار
console-key-close = إغلاق
console-key-digits = الشاشة بهذا الرقم

## Words of the `:` line
console-word-lang = لغة الواجهة: he en ar ru
console-word-theme = الألوان: dark light mono
console-word-bidi = من يرتب النص من اليمين: app terminal
console-word-readonly = رفض كل تغيير من الآن
console-word-business = عمل آخر
console-word-signout = تسجيل الخروج
console-no-such-word = لا يوجد أمر كهذا أو توجد عدة أوامر: { $word }
console-no-such-value = { $word }: أحد { $values }
console-no-such-screen = هذه الشاشة غير متاحة لهذا المستخدم
console-nothing-to-undo = لا شيء للتراجع عنه
console-nothing = لا شيء هنا
console-too-small = النافذة صغيرة جدا
console-opening = لحظة…
console-help = مساعدة
console-help-everywhere = في كل مكان

## Signing in
console-sign-in = تسجيل الدخول
console-sign-in-name = الاسم
console-sign-in-password = كلمة المرور
console-sign-in-hint = للدخول Enter، للخروج Esc
console-session-not-kept = لا يمكن حفظ الجلسة في ملف

## Asking first
console-confirm = هل أنت متأكد؟
console-confirm-word = للتأكيد اكتب: { $word }
console-conflict = سبقك شخص آخر
console-conflict-lead = تغير هذا منذ رأيته. هل تبقيه كما هو الآن أم تغيره رغم ذلك؟
console-conflict-keep = إبقاؤه
console-conflict-mine = تغييره رغم ذلك
console-readonly = للقراءة فقط
console-readonly-refused = للقراءة فقط: لم يتغير شيء
console-forbidden = لا يحق لهذا المستخدم ذلك
console-copied = تم النسخ
console-browsing = فتح في المتصفح
console-no-opener = لا يمكن تشغيل { $about }
console-saved = تم الحفظ: { $about }
console-not-saved = لم يحفظ (ربما الملف موجود): { $about }

## The server
console-link-lost = انقطع الخادم منذ { $span }
console-link-again = عاد الاتصال بالخادم
console-failure-address = هذا ليس عنوان خادم؛ العنوان يبدو هكذا: https://bot.example.com
console-failure-insecure = استعمال http إلى جهاز آخر يكشف الجلسة؛ استعمل https أو نفق ssh
console-failure-no-certificates = لا يمكن تحميل شهادات هذا الجهاز
console-failure-certificate = شهادة الخادم غير موثوقة هنا؛ تحقق من العنوان والساعة
console-failure-no-tls = الخادم هناك لا يتحدث https؛ تحقق من المنفذ
console-failure-unreachable = لا جواب من هذا العنوان؛ هل البوت يعمل؟
console-failure-timeout = لا جواب في الوقت
console-failure-lost = انقطع الاتصال
console-failure-not-fixi = ما يجيب هناك ({ $status }) ليس بوتا له واجهة؛ تحقق من العنوان أو حدث البوت
console-failure-old = البوت بإصدار { $version } أقدم من هذه الواجهة؛ حدث البوت
console-failure-unreadable = جواب لا يمكن قراءته؛ إصدار البوت يختلف عن هذه الواجهة
console-problem-sign-in-again = سجل الدخول مجددا
console-problem-wrong-password = الاسم أو كلمة المرور خطأ
console-problem-locked-out = محاولات كثيرة؛ حاول بعد { $wait }
console-problem-not-found = لا يوجد هذا في هذا العمل
console-problem-conflict = غيره شخص آخر في هذه الأثناء
console-problem-not-now = غير ممكن الآن: { $why }
console-problem-invalid = قيمة غير مناسبة: { $why }
console-problem-unavailable = الخادم لا يصل إلى مخزنه الآن؛ حاول بعد قليل
console-problem-broken = عطل في الخادم؛ في سجله تحت { $request }

## The dashboard
console-dashboard-open = طلب الزيارة
console-dashboard-funnel = الطلبات حسب الحالة
console-dashboard-waiting = تنتظر شخصا: { $count }
console-dashboard-pace = الوتيرة
console-dashboard-answer = زمن الجواب، 24 ساعة
console-dashboard-per-day = طلبات في اليوم، 14 يوما
console-dashboard-today = زيارات اليوم: { $count }
console-dashboard-no-visits = لا زيارات اليوم
console-dashboard-health = السلامة
console-dashboard-queue = الطابور: { $ready } جاهزة، { $running } جارية
console-dashboard-dead = فشلت: { $dead }، غير محسومة: { $unsettled }
console-dashboard-cost = كلفة النماذج اليوم: { $cost }
console-dashboard-cost-unknown = كلفة النماذج غير معروفة
console-dashboard-paused = البوت صامت أمام الزبائن
console-provider-store = المخزن

## Where a lead stands
console-status-contacted = قيد التواصل
console-status-new = معروض
console-status-booked = محجوز
console-status-completed = مكتمل
console-status-closed = مغلق
console-status-rejected = مرفوض
console-status-cancelled = ملغى
console-status-pending_admin_review = للمراجعة

## Keys of lists
console-key-open = فتح
console-key-mark = تعليم
console-key-unmark = إلغاء التعليم
console-key-copy = نسخ
console-key-left = يسار
console-key-right = يمين
console-key-page-down = صفحة للأسفل
console-key-page-up = صفحة للأعلى
console-key-first = إلى الأول
console-key-last = إلى الأخير
console-yes = نعم

## Leads
console-leads-title = الطلب { $number }
console-leads-number = رقم
console-leads-state = الحالة
console-leads-state-since = { $state } منذ { $since }
console-leads-since = منذ
console-leads-customer = الزبون
console-leads-phone = الهاتف
console-leads-issue = المشكلة
console-leads-city = المدينة
console-leads-address = العنوان
console-leads-with = المهني
console-leads-visit = الزيارة
console-leads-trade = المجال
console-leads-why = سبب المراجعة
console-leads-emergency = طارئ
console-leads-quote = عرض السعر
console-leads-paid = المدفوع
console-leads-commission = العمولة
console-leads-moves = التحويلات
console-leads-stars = النجوم
console-leads-review = المراجعة
console-leads-ranked = من يستطيع أخذه
console-leads-ruled-out = مستبعد
console-leads-timeline = ما حدث
console-leads-words = ما قيل
console-leads-assign = إسناد
console-leads-status = الحالة
console-leads-note = ملاحظة
console-leads-chat = محادثة
console-leads-pro = المهني
console-leads-board = لوحة أو جدول
console-leads-human = فقط ما ينتظر شخصا
console-leads-next = الطلب التالي
console-leads-previous = الطلب السابق
console-leads-word-lead = طلب برقمه
console-leads-csv = الصفوف المحملة كملف CSV
console-leads-assign-one = يسند طلب واحد كل مرة
console-leads-no-pro = لا يوجد مهني كهذا في القائمة: { $name }
console-leads-not-ranked = لم يصنف هذا الطلب بعد
console-leads-assign-whom = على من يعرض الطلب { $number }؟
console-leads-assign-sure = عرض الطلب { $number } على { $name }؟
console-leads-assign-follows = يسأل المهني على واتساب؛ وينتهي أي عرض سابق.
console-leads-assigned = عرض الطلب { $number } على { $name }
console-leads-status-final = لا انتقال من هنا
console-leads-status-which = { $leads }: أي حالة؟
console-leads-status-why = لماذا؟ يحفظ في السجل؛ يمكن تركه فارغا
console-leads-status-sure = { $leads }: تغيير إلى «{ $state }»؟
console-leads-status-done = الطلب { $number }: { $state }
console-leads-reason = السبب
console-leads-note-title = ملاحظة على { $leads }؛ لا يراها إلا المشغلون
console-leads-noted = أضيفت الملاحظة إلى الطلب { $number }
console-by-person = الزبون
console-by-bot = البوت
console-by-operator = المشغل
console-moment-note = ملاحظة
console-moment-lead-assign = إسناد
console-moment-lead-status = تغيير الحالة
console-moment-lead-note = ملاحظة

## Why a person must look
console-why-asked_for_human = طلب شخصا
console-why-business_paused = العمل متوقف
console-why-call_wanted = يريد اتصالا
console-why-complaint = شكوى
console-why-delivery_failed = لم تصل رسالة
console-why-new_times_needed = يلزم مواعيد جديدة
console-why-no_free_slots = لا مواعيد متاحة
console-why-no_pro_left = لم يبق مهني
console-why-no_time_fits = لا موعد مناسب
console-why-nobody_is_asked = لم يسأل أحد
console-why-not_understood = لم يفهم
console-why-partial_intake = تفاصيل ناقصة
console-why-pro_is_gone = ذهب المهني
console-why-reminder_held = تذكير موقوف
console-why-stuck = عالق
console-why-turn_failed = فشل البوت
console-why-visit_unclear = الزيارة غير واضحة

## Fields of things, for a conflict
console-field-status = الحالة
console-field-pro = المهني
console-field-pro_name = اسم المهني
console-field-visit_from = بداية الزيارة
console-field-visit_to = نهاية الزيارة
console-field-needs_human = سبب المراجعة
console-field-answering = من يجيب
console-field-paused_until = البوت صامت حتى
console-field-last_words = آخر الكلمات
console-field-last_inbound_at = آخر كتابة
console-field-window_until = النافذة حتى
