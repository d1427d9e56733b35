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
operator-emergency = 🚨 طلب عاجل: { $issue }. المكان: { $address }.
operator-human-wanted = طلب زبون التحدث مع شخص (الطلب { $lead }).
operator-models-down = النماذج لا ترد منذ دقيقة. يواصل البوت حسب القواعد فقط.
operator-report-failed =
    تعذر إرسال التقرير عبر واتساب:
    { $report }
owner-budget-used = نفدت ميزانية النماذج لهذا اليوم. يواصل البوت حتى منتصف الليل حسب القواعد فقط، وما لا يفهمه ينتظر شخصًا.
operator-account-stopped = 🚨 لا تخرج أي رسالة عبر { $channel }: { $reason }. الرسائل تنتظر وستُرسل عندما يعود الحساب إلى العمل.
