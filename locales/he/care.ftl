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
operator-emergency = 🚨 פנייה דחופה: { $issue }. מקום: { $address }.
operator-human-wanted = לקוח ביקש לדבר עם אדם (פנייה { $lead }).
operator-models-down = המודלים לא עונים כבר דקה. הבוט ממשיך לפי הכללים בלבד.
operator-report-failed =
    לא הצלחנו לשלוח את הדוח בוואטסאפ:
    { $report }
owner-budget-used = תקציב המודלים להיום נגמר. עד חצות הבוט ממשיך לפי הכללים בלבד, ומה שאינו מובן מחכה לאדם.
operator-account-stopped = 🚨 שום הודעה לא יוצאת דרך { $channel }: { $reason }. ההודעות מחכות ויישלחו כשהחשבון יחזור לעבוד.
