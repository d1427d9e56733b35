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
