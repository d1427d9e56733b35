### What an owner reads, and whoever wants to work with the business.

owner-left-as-it-was = حسنًا، لم يتغير شيء.
owner-no-choice = ليس هذا من الخيارات. رقم من القائمة، أو *إلغاء*.
owner-commands = أوامر { $business }: *العمل اليوم* · *غدا* · *عالقة* · *إدارة* · *المتقدمون* · *أرقام* · *أوقف البوت* · *شغل البوت*
owner-bot-paused = البوت صامت أمام الزبائن. ما يكتبونه يُحفظ. للتشغيل: *شغل البوت*.
owner-bot-resumed = البوت يجيب الزبائن من جديد.
owner-bot-is-paused = ⏸ البوت متوقف مؤقتًا
owner-no-visits = لا زيارات لدى { $business } ({ $day }).
owner-visits = { $day }: زيارات { $count } = طارئة { $emergencies } + عادية { $standard }
owner-visit = { $time } · الطلب { $lead }: { $name }، { $issue }، مع { $pro }
owner-stuck-line = الطلب { $lead }: { $issue }، { $city } (ينتظر { $minutes } د)
owner-nothing-stuck = لا توجد طلبات عالقة 👍
owner-stuck = طلبات تنتظر شخصًا: { $count }. للمعالجة: *إدارة*.
owner-week = { $business }، الأيام السبعة الأخيرة:
owner-week-leads = طلبات: { $count }
owner-week-booked = حُجزت: { $count }
owner-week-completed = اكتملت: { $count }
owner-week-revenue = الدخل: { $revenue }، العمولة: { $commission }
owner-week-approval = متوسط الدقائق حتى الموافقة: { $minutes }
owner-week-stuck = تنتظر شخصًا: { $count }
owner-week-more = كل الأوامر: *أوامر*
owner-pick-lead = أي طلب؟ رقم، أو *إلغاء*.
owner-lead-is-gone = لم يعد الطلب ينتظر، ولم يتغير شيء.
owner-lead-action =
    { $line }
    { $name }، { $phone }
    ماذا نفعل؟
    1. إغلاق
    2. تحويل إلى مهني
    3. إبقاء
owner-ask-close = إغلاق الطلب { $lead }؟ سيُبلغ الزبون. *نعم* أو *لا*.
owner-no-pros = لا يوجد مهني نشط في هذا المجال.
owner-pick-pro = لمن نحوّل الطلب { $lead }؟ رقم، أو *إلغاء*.
owner-why-jobs = أعمال مفتوحة { $jobs }
owner-why-vacation = في إجازة
owner-why-busy = لا موعد متاح
owner-why-overloaded = محمّل بالكامل
owner-why-fits = مناسب
owner-why-far = خارج المنطقة
owner-ask-assign = { $pro } غير مناسب بحسب القواعد. نحوّل الطلب { $lead } رغم ذلك؟ *نعم* أو *لا*.
owner-closed = أُغلق الطلب { $lead } وأُبلغ الزبون.
owner-assigned = عُرض الطلب { $lead } على { $pro }.
owner-assigned-times = الطلب { $lead } لدى { $pro }. الزبون يختار موعدًا.
owner-assign-impossible = لا يمكن تحويل الطلب { $lead } إلى { $pro }: لا موعد متاح، أو الزبون منشغل بطلب آخر.
owner-sign-up = مهني جديد يطلب الانضمام. هل نوافق؟ أيضًا عبر *المتقدمون*.
owner-applicant =
    { $name }، { $phone }
    المجالات: { $trades }
    المناطق: { $areas }
    الأسعار: { $prices }
owner-no-applicants = لا توجد طلبات انضمام.
owner-applicants = من يطلب الانضمام؟ رقم، أو *إلغاء*.
owner-applicant-is-gone = لم يعد هذا الطلب ينتظر، ولم يتغير شيء.
owner-ask-applicant =
    1. موافقة
    2. رفض
owner-applicant-taken = { $name } انضم. أرسلنا إشعارًا وستصله الأعمال من الآن.
owner-applicant-declined = رُفض طلب { $name } وأُرسل إشعار.
sign-up-hello = يسعدنا رغبتكم في العمل مع { $business }! بضعة أسئلة قصيرة. للتوقف في أي خطوة: *إلغاء*.
sign-up-again = لم أفهم ذلك.
sign-up-name = ما الاسم الذي سيراه الزبائن؟
sign-up-trade = ما مجال العمل؟ رقم من القائمة، أو عدة أرقام بفواصل:
sign-up-areas = في أي مدن؟ بفواصل بينها.
sign-up-prices = الأسعار؟ سطر لكل عمل، مثلًا: إصلاح تسرب 250-450. بلا أسعار: *تخطي*.
sign-up-confirm =
    هذا ما سجلناه:
    الاسم: { $name }
    المجالات: { $trades }
    المناطق: { $areas }
    الأسعار: { $prices }
    للإرسال: *قبول*. للتوقف: *إلغاء*.
sign-up-done = شكرًا! أُرسل الطلب. سنبلغكم هنا فور وصول الجواب.
sign-up-left = حسنًا، لم يُحفظ شيء. يمكن البدء من جديد متى شئتم.
sign-up-waiting = طلبكم لدينا وينتظر الموافقة.
sign-up-needs-phone = للانضمام يجب مراسلتنا من رقم هاتف ظاهر.
sign-up-no-prices = لم تُذكر
