### What is said unasked: reminders, questions after a visit, a word to who fell silent, and what operators are told.

## While a pro is silent

pro-offer-nudge = תזכורת: עבודה { $lead } ({ $slot }, מחיר: { $price }) מחכה לתשובה. להשיב *אשר { $lead }* או *דחה { $lead }*.
customer-another-pro-question = עדיין אין תשובה מ{ $pro }. לנסות בעל מקצוע אחר? כתבו *1* לחיפוש אחר, *2* להמשיך לחכות.
button-another-pro = לנסות אחר
button-keep-waiting = להמשיך לחכות
customer-callback-promised = פנינו לכמה בעלי מקצוע ועדיין אין תשובה. אדם מהצוות לקח את זה אליו ויתקשר אליכם.

## Reminders and the day

customer-reminder = תזכורת לביקור של { $pro }: { $slot }, { $address }. הכול בסדר?
button-confirm = מאשרים
button-move = מועד אחר
button-cancel = ביטול
button-yes = כן
button-no = לא
customer-visit-gone = התור הזה כבר לא בתוקף, ולא השתנה דבר.
pro-agenda-header =
    { $count ->
        [one] בוקר טוב! היום יש ביקור אחד:
        [two] בוקר טוב! היום יש שני ביקורים:
       *[other] בוקר טוב! היום יש { $count } ביקורים:
    }
pro-agenda-line = { $slot } · { $lead } · { $name } · { $address } · { $issue }

## A time that became free

customer-wait-noted = רשמנו. אם יתפנה אצל { $pro } מועד מוקדם יותר, נודיע לכם כאן מיד.
customer-wait-nothing = כדי שנוכל להודיע על מועד שהתפנה צריך קודם פנייה פתוחה עם כתובת. מה צריך לתקן?
customer-wait-hint = רוצים שנודיע אם מתפנה מועד מתאים יותר? כתבו *תודיעו לי*.
button-tell-if-free = תודיעו אם מתפנה
customer-earlier-instead =
    { $minutes ->
        [one] התפנה אצל { $pro } מועד מוקדם יותר: { $slot }, במקום { $previous }. לעבור אליו? הוא שמור לכם לדקה.
        [two] התפנה אצל { $pro } מועד מוקדם יותר: { $slot }, במקום { $previous }. לעבור אליו? הוא שמור לכם לשתי דקות.
       *[other] התפנה אצל { $pro } מועד מוקדם יותר: { $slot }, במקום { $previous }. לעבור אליו? הוא שמור לכם ל-{ $minutes } דקות.
    }
customer-earlier-free =
    { $minutes ->
        [one] התפנה מועד אצל { $pro }: { $slot }. לקבוע? הוא שמור לכם לדקה.
        [two] התפנה מועד אצל { $pro }: { $slot }. לקבוע? הוא שמור לכם לשתי דקות.
       *[other] התפנה מועד אצל { $pro }: { $slot }. לקבוע? הוא שמור לכם ל-{ $minutes } דקות.
    }
button-take-earlier = כן, לקבוע
button-leave-earlier = לא, תודה
customer-earlier-again = לקחת את המועד שהתפנה? כתבו *כן* או *לא*.
customer-earlier-gone = המועד הזה כבר לא פנוי, ולא השתנה דבר.
customer-earlier-taken = מעולה, הוקדם: { $pro } יגיעו ב{ $slot } במקום { $previous }.

## Another visit

pro-another-visit-how = לביקור נוסף כותבים את הזמן, עד שבועיים קדימה. למשל: ביקור נוסף מחר 10:00
pro-another-visit-not-free = { $slot } לא פנוי ביומן שלך לביקור נוסף בעבודה { $lead }. זמנים קרובים שפנויים:
pro-another-visit-asked = שאלנו את הלקוח של עבודה { $lead } אם מתאים ביקור נוסף: { $slot }. הזמן שמור ביומן עד התשובה.
pro-another-visit-unreachable = אי אפשר לכתוב עכשיו ללקוח של עבודה { $lead }. הטלפון: { $phone }. לא נשמר זמן.
pro-another-visit-agreed = ביקור נוסף נקבע ✅ עבודה { $lead }, { $slot }.
pro-another-visit-refused = ללקוח של עבודה { $lead } לא מתאים { $slot }. לזמן אחר: ביקור נוסף { $lead } מחר 10:00
pro-another-visit-silent = הלקוח של עבודה { $lead } לא ענה על הביקור הנוסף ({ $slot }). הזמן שוחרר.
pro-visit-done-next = ביקור בעבודה { $lead } סומן כגמור. הביקור הבא: { $slot }.
pro-visit-cancelled = הלקוח ביטל ביקור אחד בעבודה { $lead }: { $slot }. המועד התפנה ביומן.
pro-visit-missed = נרשם: בביקור של עבודה { $lead } לא היה אף אחד. אדם מהצוות יבדוק.
customer-another-visit-question = { $pro } מציע ביקור נוסף בנושא ״{ $issue }״: { $slot }. מתאים?
customer-another-visit-agreed = נקבע ביקור נוסף ✅ { $pro }, { $slot }. טלפון: { $phone }.
customer-another-visit-refused = בסדר, עדכנו את { $pro } שהזמן לא מתאים.
customer-another-visit-again = הביקור הנוסף מתאים? כתבו *כן* או *לא*.
customer-further-visit = ביקור נוסף: { $slot }.
customer-visit-cancelled = הביקור ({ $slot }) בוטל.
customer-visit-moved = הביקור הוזז: { $pro } יגיעו ב{ $slot } במקום { $previous }.

## After the visit

pro-visit-done-question = עבודה { $lead } ({ $slot }): הסתיימה?
button-visit-done = הסתיימה
button-visit-not-yet = עוד לא
button-visit-not-there = הלקוח לא היה
pro-visit-not-yet = בסדר. כשעבודה { $lead } תסתיים: *סיימתי*.
pro-customer-not-there = נרשם: בעבודה { $lead } לא היה אף אחד. הצענו ללקוח מועדים אחרים.
customer-was-not-there = הביקור של { $pro } לא יצא לפועל, כי לא היה אף אחד. לקבוע שוב? מחיר: { $price }. אלה המועדים הפנויים:
customer-visit-done-again = רק כדי לדעת: העבודה בוצעה? כתבו *כן* או *לא*.
customer-visit-done-question = הביקור של { $pro } ({ $slot }): העבודה בוצעה?
customer-visit-settled = תודה שעדכנתם.
customer-visit-not-done = תודה שאמרתם. אדם מהצוות יבדוק מה קרה ויחזור אליכם.

## Silence

customer-follow-up = רק בודקים: הפנייה ״{ $issue }״ עדיין פתוחה אצלנו. להמשיך? אפשר פשוט לענות כאן.
customer-follow-up-plain = רק בודקים: הפנייה שלכם עדיין פתוחה אצלנו. להמשיך? אפשר פשוט לענות כאן.
customer-call-offer = עוד לא הצלחנו לענות לכם כאן. שנתקשר אליכם? אפשר לענות *כן* או *לא*, וגם להמשיך איתי.

## What the operator reads

operator-escalated =
    { $count ->
        [one] פנייה { $lead } עברה לבעל מקצוע אחר פעם אחת ואיש לא ענה. הובטחה ללקוח שיחה.
        [two] פנייה { $lead } עברה פעמיים בין בעלי מקצוע ואיש לא ענה. הובטחה ללקוח שיחה.
       *[other] פנייה { $lead } עברה { $count } פעמים בין בעלי מקצוע ואיש לא ענה. הובטחה ללקוח שיחה.
    }
operator-report-header =
    { $count ->
        [one] פנייה אחת מחכה לאדם:
        [two] שתי פניות מחכות לאדם:
       *[other] { $count } פניות מחכות לאדם:
    }
operator-report-line = { $reason }: { $numbers }
operator-report-chats =
    { $count ->
        [one] { $reason }: שיחה אחת בלי פנייה
        [two] { $reason }: שתי שיחות בלי פנייה
       *[other] { $reason }: { $count } שיחות בלי פנייה
    }
operator-emergency = 🚨 פנייה דחופה: { $issue }. מקום: { $address }.
operator-human-wanted = לקוח ביקש לדבר עם אדם (פנייה { $lead }).
operator-models-down = המודלים לא עונים כבר דקה. הבוט ממשיך לפי הכללים בלבד.
operator-report-failed =
    לא הצלחנו לשלוח את הדוח בוואטסאפ:
    { $report }
owner-budget-used = תקציב המודלים להיום נגמר. עד חצות הבוט ממשיך לפי הכללים בלבד, ומה שאינו מובן מחכה לאדם.
operator-account-stopped = 🚨 שום הודעה לא יוצאת דרך { $channel }: { $reason }. ההודעות מחכות ויישלחו כשהחשבון יחזור לעבוד.

## Why a person must look
concern-all_busy = כולם באזור עסוקים
concern-all_declined = כולם באזור סירבו
concern-asked_by_team = הצוות ביקש
concern-asked_for_human = ביקש נציג
concern-budget_used = תקציב המודלים נוצל
concern-business_paused = העסק מושהה
concern-call_wanted = רוצה שיתקשרו
concern-chat_is_gone = אין שיחה
concern-complaint = תלונה
concern-customer_not_there = הלקוח לא היה
concern-delivery_failed = הודעה לא הגיעה
concern-delivery_unknown = לא ידוע אם הגיעה
concern-left_rejected = נשארה דחויה
concern-moved_too_often = איש מקצוע אחרי איש מקצוע לא ענה
concern-new_times_needed = צריך מועדים חדשים
concern-no_free_slots = אין מועדים פנויים
concern-no_pro_in_area = אין איש מקצוע באזור
concern-no_pro_left = לא נשאר בעל מקצוע
concern-no_pro_of_trade = אין איש מקצוע בתחום
concern-no_time_fits = אין מועד מתאים
concern-nobody_is_asked = אף אחד לא נשאל
concern-not_understood = לא הובן
concern-opted_out = ביקש שלא יכתבו לו, והיה מה לומר
concern-partial_intake = פרטים חלקיים
concern-place_unknown = המקום לא ידוע
concern-pro_is_gone = בעל המקצוע עזב
concern-reminder_held = תזכורת מעוכבת
concern-stuck = תקועה
concern-timer_failed = תזכורת נכשלה
concern-turn_failed = הבוט נכשל
concern-visit_unclear = הביקור לא ברור
concern-work_not_done = העבודה לא בוצעה
