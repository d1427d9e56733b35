### What a professional reads. $lead is the lead's number, $slot and $price are finished strings.

## Leads and offers

pro-new-lead =
    פנייה { $lead } נפתחה אצלך: { $issue }, { $city }.
    אין צורך לעשות דבר כרגע. נעדכן כשייקבע מועד.
pro-offer =
    עבודה חדשה { $lead } 🔔
    תקלה: { $issue }
    לקוח: { $name }
    כתובת: { $address }
    מועד: { $slot }
    מחיר שנמסר: { $price }
    ניווט: { $link }
    להשיב *אשר* או *דחה* (או *1* / *2*). כשיש כמה הצעות: אשר { $lead }.
pro-offer-address-changed = פנייה { $lead }: הכתובת עודכנה ל{ $address }.
pro-offer-moved = עבודה { $lead } עברה לבעל מקצוע אחר, כי לא הגיעה תשובה בזמן. אין צורך לענות.
pro-approved =
    מעולה, עבודה { $lead } נקבעה ✅
    { $name }, { $phone }
    { $address }
    { $slot }
pro-rejected = קיבלנו, עבודה { $lead } ירדה מהרשימה שלך.
pro-slot-taken = המועד של עבודה { $lead } כבר תפוס ביומן שלך, ולכן היא לא נקבעה.
pro-no-open-offers = אין כרגע הצעות שמחכות לתשובה.
pro-no-such-offer = אין הצעה פתוחה עם המספר { $lead }.
pro-emergency = 🚨 פנייה דחופה { $lead }: { $issue }. מקום: { $address }.

## Jobs

pro-done = עבודה { $lead } סומנה כגמורה. כל הכבוד!
pro-ask-price = כמה שולם בסוף על עבודה { $lead }? סכום בספרות בלבד.
pro-price-saved = נשמר: עבודה { $lead }, { $price }.
pro-price-invalid = לא הצלחנו לקרוא את הסכום. מספר בלבד, למשל 450.
pro-which-job-header = על איזו עבודה מדובר? המספר שלה:
pro-no-open-jobs = אין כרגע עבודות פתוחות.
pro-customer-cancelled = עבודה { $lead } בוטלה לבקשת הלקוח: { $address }, { $slot }. המועד התפנה ביומן.
pro-customer-rescheduled = עבודה { $lead } הוזזה לבקשת הלקוח: מ{ $previous } ל{ $slot }.
pro-customer-needs-human = הלקוח של עבודה { $lead } ביקש לדבר עם אדם: { $name }, { $phone }.
pro-customer-added = עבודה { $lead }, הלקוח הוסיף: { $added }.

## Menu and state

pro-menu-header = שלום { $name }, הנה המצב:
pro-menu-offers = { $count ->
    [one] הצעה אחת מחכה לתשובה
    [two] שתי הצעות מחכות לתשובה
   *[other] { $count } הצעות מחכות לתשובה
    }
pro-menu-jobs = { $count ->
    [one] עבודה אחת קבועה
    [two] שתי עבודות קבועות
   *[other] { $count } עבודות קבועות
    }
pro-menu-rating = דירוג: { $rating } (ביקורות: { $count })
pro-menu-state-available = 🟢 נשלחות אליך עבודות חדשות
pro-menu-state-vacation = 🔴 לא נשלחות אליך עבודות חדשות
pro-menu-commands = *אשר* · *דחה* · *סיימתי* · *חופשה* · *זמין* · *השהה* · *המשך* · *לקוח*
pro-vacation = נרשם: לא יישלחו עבודות חדשות. לחזרה: *זמין*.
pro-available = ברוך שובך! עבודות חדשות יישלחו אליך.
pro-paused = העוזר שותק בשיחה עם { $name }. לחזרה: *המשך*.
pro-resumed = העוזר חזר לשיחה עם { $name }.
pro-booked-notice =
    עבודה { $lead } נקבעה אצלך ✅
    תקלה: { $issue }
    לקוח: { $name }, { $phone }
    כתובת: { $address }
    מועד: { $slot }
    מחיר שנמסר: { $price }
    ניווט: { $link }
pro-media-count =
    { $count ->
        [one] קובץ אחד מהלקוח
        [two] שני קבצים מהלקוח
       *[other] { $count } קבצים מהלקוח
    }
pro-offer-gone = ההצעה הזאת כבר לא פתוחה, ולא השתנה דבר.
pro-which-line = { $lead }: { $issue }
button-approve = אשר
button-reject = דחה
pro-menu-no-rating = עוד אין דירוג
