### What is said unasked: reminders, questions after a visit, a word to who fell silent, and what operators are told.

## While a pro is silent

pro-offer-nudge = تذكير: العمل { $lead } ({ $slot }، السعر: { $price }) ما زال ينتظر الرد. للرد: *قبول { $lead }* أو *رفض { $lead }*.
customer-another-pro-question = لم يصل رد من { $pro } بعد. هل نجرب مهنيًا آخر؟ اكتبوا *1* لتجربة غيره، *2* لمواصلة الانتظار.
button-another-pro = تجربة غيره
button-keep-waiting = مواصلة الانتظار
customer-callback-promised = توجهنا إلى عدة مهنيين ولم يصل رد بعد. تولى شخص من الفريق الأمر وسيتصل بكم.

## Reminders and the day

customer-reminder = تذكير بزيارة { $pro }: { $slot }، { $address }. هل كل شيء على ما يرام؟
button-confirm = تأكيد
button-move = موعد آخر
button-cancel = إلغاء
button-yes = نعم
button-no = لا
customer-visit-gone = هذا الموعد لم يعد قائمًا، ولم يتغير شيء.
pro-agenda-header =
    { $count ->
        [one] صباح الخير! اليوم زيارة واحدة:
        [two] صباح الخير! اليوم زيارتان:
        [few] صباح الخير! زيارات اليوم: { $count }
        [many] صباح الخير! زيارات اليوم: { $count }
       *[other] صباح الخير! زيارات اليوم: { $count }
    }
pro-agenda-line = { $slot } · { $lead } · { $name } · { $address } · { $issue }

## A time that became free

customer-wait-noted = سجّلنا ذلك. إذا توفر موعد أبكر لدى { $pro } فسنخبركم هنا فورًا.
customer-wait-nothing = لكي نخبركم عن موعد يتوفر نحتاج أولًا إلى طلب مفتوح مع عنوان. ما الذي يحتاج إلى إصلاح؟
customer-wait-hint = هل نخبركم إذا توفر موعد أنسب؟ اكتبوا *أخبروني*.
button-tell-if-free = أخبروني إذا توفر
customer-earlier-instead = توفر لدى { $pro } موعد أبكر: { $slot }، بدلًا من { $previous }. هل ننقلكم إليه؟ نحجزه لكم لمدة { $minutes } دقيقة.
customer-earlier-free = توفر موعد لدى { $pro }: { $slot }. هل نحجزه؟ نحتفظ به لكم لمدة { $minutes } دقيقة.
button-take-earlier = نعم، احجزوه
button-leave-earlier = لا، شكرًا
customer-earlier-again = هل تأخذون الموعد الذي توفر؟ اكتبوا *نعم* أو *لا*.
customer-earlier-gone = هذا الموعد لم يعد متاحًا، ولم يتغير شيء.
customer-earlier-taken = ممتاز، تم التبكير: { $pro } في { $slot } بدلًا من { $previous }.

## Another visit

pro-another-visit-how = لزيارة أخرى اكتب الوقت، حتى أسبوعين مقدمًا. مثلًا: زيارة أخرى غدا 10:00
pro-another-visit-not-free = { $slot } ليس متاحًا في تقويمك لزيارة أخرى في العمل { $lead }. أوقات قريبة متاحة:
pro-another-visit-asked = سألنا زبون العمل { $lead } إن كانت تناسبه زيارة أخرى: { $slot }. الوقت محفوظ حتى الرد.
pro-another-visit-unreachable = لا يمكن الكتابة الآن لزبون العمل { $lead }. الهاتف: { $phone }. لم يُحفظ وقت.
pro-another-visit-agreed = حُددت زيارة أخرى ✅ العمل { $lead }، { $slot }.
pro-another-visit-refused = { $slot } لا يناسب زبون العمل { $lead }. لوقت آخر: زيارة أخرى { $lead } غدا 10:00
pro-another-visit-silent = زبون العمل { $lead } لم يرد بشأن الزيارة الأخرى ({ $slot }). تحرر الوقت.
pro-visit-done-next = زيارة في العمل { $lead } سُجلت كمنتهية. الزيارة التالية: { $slot }.
pro-visit-cancelled = ألغى الزبون زيارة واحدة في العمل { $lead }: { $slot }. تحرر الوقت.
pro-visit-missed = سُجل: لم يكن أحد في زيارة العمل { $lead }. سيفحص شخص من الفريق.
customer-another-visit-question = { $pro } يقترح زيارة أخرى بشأن ”{ $issue }“: { $slot }. هل تناسبكم؟
customer-another-visit-agreed = حُددت زيارة أخرى ✅ { $pro }، { $slot }. الهاتف: { $phone }.
customer-another-visit-refused = حسنًا، أبلغنا { $pro } أن الوقت لا يناسب.
customer-another-visit-again = هل تناسبكم الزيارة الأخرى؟ اكتبوا *نعم* أو *لا*.
customer-further-visit = زيارة أخرى: { $slot }.
customer-visit-cancelled = أُلغيت الزيارة ({ $slot }).
customer-visit-moved = نُقلت الزيارة: { $pro } في { $slot } بدلًا من { $previous }.

## After the visit

pro-visit-done-question = العمل { $lead } ({ $slot }): هل انتهى؟
button-visit-done = انتهى
button-visit-not-yet = ليس بعد
button-visit-not-there = الزبون لم يكن
pro-visit-not-yet = حسنًا. عند انتهاء العمل { $lead }: *انتهيت*.
pro-customer-not-there = سُجل: لم يكن أحد في العمل { $lead }. عرضنا على الزبون مواعيد أخرى.
customer-was-not-there = لم تتم زيارة { $pro } لأنه لم يكن أحد هناك. هل نحدد موعدًا جديدًا؟ السعر: { $price }. هذه المواعيد المتاحة:
customer-visit-done-again = فقط لنعرف: هل تم العمل؟ اكتبوا *نعم* أو *لا*.
customer-visit-done-question = زيارة { $pro } ({ $slot }): هل تم العمل؟
customer-visit-settled = شكرًا على التحديث.
customer-visit-not-done = شكرًا على إخبارنا. سيتحقق شخص من الفريق مما حدث ويعود إليكم.

## Silence

customer-follow-up = للاطمئنان فقط: طلبكم «{ $issue }» ما زال مفتوحًا. هل نتابع؟ يكفي الرد هنا.
customer-follow-up-plain = للاطمئنان فقط: طلبكم ما زال مفتوحًا. هل نتابع؟ يكفي الرد هنا.
customer-call-offer = لم نتمكن بعد من الرد عليكم هنا. هل نتصل بكم؟ أجيبوا *نعم* أو *لا*، ويمكن المتابعة معي.

## What the operator reads

operator-escalated =
    { $count ->
        [one] الطلب { $lead } نُقل مرة واحدة ولم يرد أحد. وُعد الزبون باتصال.
        [two] الطلب { $lead } نُقل مرتين ولم يرد أحد. وُعد الزبون باتصال.
        [few] الطلب { $lead } نُقل { $count } مرات ولم يرد أحد. وُعد الزبون باتصال.
        [many] الطلب { $lead } نُقل { $count } مرة ولم يرد أحد. وُعد الزبون باتصال.
       *[other] الطلب { $lead } نُقل { $count } مرة ولم يرد أحد. وُعد الزبون باتصال.
    }
operator-report-header =
    { $count ->
        [one] طلب واحد ينتظر شخصًا:
        [two] طلبان ينتظران شخصًا:
        [few] طلبات تنتظر شخصًا: { $count }
        [many] طلبات تنتظر شخصًا: { $count }
       *[other] طلبات تنتظر شخصًا: { $count }
    }
operator-report-line = { $reason }: { $numbers }
operator-report-chats = { $reason }: محادثات بلا طلب: { $count }
operator-emergency = 🚨 طلب عاجل: { $issue }. المكان: { $address }.
operator-human-wanted = طلب زبون التحدث مع شخص (الطلب { $lead }).
operator-models-down = النماذج لا ترد منذ دقيقة. يواصل البوت حسب القواعد فقط.
operator-report-failed =
    تعذر إرسال التقرير عبر واتساب:
    { $report }
owner-budget-used = نفدت ميزانية النماذج لهذا اليوم. يواصل البوت حتى منتصف الليل حسب القواعد فقط، وما لا يفهمه ينتظر شخصًا.
operator-account-stopped = 🚨 لا تخرج أي رسالة عبر { $channel }: { $reason }. الرسائل تنتظر وستُرسل عندما يعود الحساب إلى العمل.

## Why a person must look
concern-all_busy = كل من في المنطقة مشغول
concern-all_declined = كل من في المنطقة رفض
concern-asked_by_team = طلب من الفريق
concern-asked_for_human = طلب شخصا
concern-budget_used = نفدت ميزانية النماذج
concern-business_paused = العمل متوقف
concern-call_wanted = يريد اتصالا
concern-chat_is_gone = لا توجد محادثة
concern-complaint = شكوى
concern-customer_not_there = الزبون لم يكن موجودا
concern-delivery_failed = لم تصل رسالة
concern-delivery_unknown = غير معروف إن وصلت
concern-left_rejected = بقي مرفوضا
concern-moved_too_often = لم يرد مهني بعد آخر
concern-new_times_needed = يلزم مواعيد جديدة
concern-no_free_slots = لا مواعيد متاحة
concern-no_pro_in_area = لا مهني في المنطقة
concern-no_pro_left = لم يبق مهني
concern-no_pro_of_trade = لا مهني في هذا المجال
concern-no_time_fits = لا موعد مناسب
concern-nobody_is_asked = لم يسأل أحد
concern-not_understood = لم يفهم
concern-opted_out = طلب ألا نراسله، وكان هناك ما يقال
concern-partial_intake = تفاصيل ناقصة
concern-place_unknown = المكان غير معروف
concern-pro_is_gone = ذهب المهني
concern-reminder_held = تذكير موقوف
concern-stuck = عالق
concern-timer_failed = فشل مؤقت
concern-turn_failed = فشل البوت
concern-visit_unclear = الزيارة غير واضحة
concern-work_not_done = لم ينجز العمل
