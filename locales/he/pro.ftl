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
pro-approve-blocked = עבודה { $lead } ({ $slot }) היא בזמן שחסמת ביומן: { $time }. המועד נשמר בינתיים. לחיצה משחררת את הזמן ומאשרת; אפשר גם לכתוב *בטל חסימה* ואז *אשר { $lead }*, או *דחה { $lead }*.
pro-approve-blocked-by-business = עבודה { $lead } ({ $slot }) היא בזמן שהעסק חסם ביומן שלך: { $time }. המועד נשמר בינתיים. לשחרור הזמן פונים לעסק ואז כותבים *אשר { $lead }*; אם לא, *דחה { $lead }*.
pro-approve-closed = עבודה { $lead } ({ $slot }) כבר לא בתוך שעות העבודה שלך. המועד נשמר בינתיים. לשינוי כותבים *שעות* ואז *אשר { $lead }*; אם לא, *דחה { $lead }*.
pro-approve-day-full = ביום של עבודה { $lead } ({ $slot }) כבר יש לך את מספר הביקורים המרבי. המועד נשמר בינתיים. אם ביקור יתפנה כותבים *אשר { $lead }*; אם לא, *דחה { $lead }*.
pro-approve-too-near = עבודה { $lead } ({ $slot }) צמודה מדי לביקור אחר: אין זמן להפסקה או לדרך. המועד נשמר בינתיים. אם הביקור האחר יזוז כותבים *אשר { $lead }*; אם לא, *דחה { $lead }*.
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
pro-menu-commands = *אשר* · *דחה* · *סיימתי* · *הצעות* · *היום* · *עבודות* · *הזז* · *ביטול* · *לא היה* · *היסטוריה* · *סטטיסטיקה* · *ביקורות* · *שעות* · *חסום* · *מצא* · *חופשה* · *זמין* · *השהה* · *המשך* · *לקוח*
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
button-free-and-approve = שחרור ואישור
pro-menu-no-rating = עוד אין דירוג

## At the desk

pro-left-as-it-was = בסדר, לא שינינו דבר.
pro-ask-intent = צריך בעל מקצוע בשבילך? *1*: כן, לפתוח פנייה. *2*: לא, להישאר במצב בעל מקצוע.
pro-ask-intent-again = לא הבנתי. *1*: פנייה בשבילך כלקוח. *2*: להישאר במצב בעל מקצוע.
pro-stays-pro = בסדר, ממשיכים כרגיל. לכל הפקודות: *תפריט*.
pro-customer-mode = עכשיו מקבלים ממך פנייה כמו מכל לקוח. מה צריך לתקן, ואיפה? לחזרה: *סיימתי*.
pro-back-at-desk = חזרת למצב בעל מקצוע.
pro-no-begun-jobs = אין עבודה קבועה שכבר הגיע מועדה.
pro-ask-cancel-reason = לבטל את עבודה { $lead } ({ $slot })? מה הסיבה? היא תימסר ללקוח. בלי סיבה: *דלג*. להשאיר: *לא*.
pro-job-cancelled = עבודה { $lead } בוטלה והמועד התפנה. הלקוח עודכן ומקבל הצעה אחרת.
pro-no-other-times = אין ביומן שלך מועד פנוי אחר לעבודה { $lead }. המועד נשאר.
pro-move-header = לאיזה מועד להזיז את עבודה { $lead }? המספר שלו, או *לא* כדי להשאיר.
pro-job-moved = עבודה { $lead } הוזזה ל{ $slot }. הלקוח עודכן.
pro-find-wait = אפשר לחפש שוב בעוד { $minutes } דק׳.
pro-found-lead = מצאנו בשבילך: פנייה { $lead }, { $issue }. הלקוח בוחר עכשיו מועד מהיומן שלך.
pro-found-nothing = אין כרגע פנייה שמחכה בתחום ובאזור שלך.
pro-today-none = אין לך ביקורים היום.
pro-today-header = הביקורים שלך היום: { $count }
pro-today-visit =
    { $time } · עבודה { $lead }: { $issue }
    { $name }, { $phone }
    { $address }
    { $link }
pro-history-none = עוד אין עבודות שהסתיימו.
pro-history-header = העבודות האחרונות:
pro-history-done = הושלמה
pro-history-cancelled = בוטלה
pro-history-closed = נסגרה
pro-stats-header = הנתונים שלך:
pro-stats-this-month = החודש
pro-stats-last-month = החודש שעבר
pro-stats-month = { $month }: עבודות שהושלמו { $count }, הכנסות: { $revenue }, עמלה: { $commission }
pro-stats-acceptance = הצעות שהתקבלו: { $percent }%
pro-stats-no-offers = עוד לא הגיעו הצעות.
pro-stats-no-shows = לקוחות שלא היו במקום: { $count }
pro-reviews-none = עוד אין ביקורות מלקוחות.
pro-hours-header = שעות העבודה שלך:
pro-hours-how = לשינוי כותבים למשל: ראשון-חמישי 08:00-18:00, שישי סגור
pro-hours-closed = סגור
pro-hours-confirm = אלה יהיו השעות. לשמור? *כן* או *לא*.
pro-hours-saved = השעות נשמרו. ביקורים שכבר נקבעו נשארים.
pro-block-unclear = לא הצלחתי להבין מתי. למשל: חסום מחר 10-12, או חסום 24.12
pro-blocked = חסום ביומן: { $time }. לא ייקבעו אז ביקורים חדשים.
pro-blocked-visit = שימו לב: עבודה { $lead } כבר קבועה אז ({ $slot }) ונשארת.
pro-blocked-header = חסום ביומן שלך:
pro-block-how = לחסימה כותבים למשל: חסום מחר 10-12. לשחרור: *בטל חסימה*.
pro-nothing-blocked = אין ביומן זמן חסום לשחרור.
pro-unblocked = שוחררו חסימות: { $count }
pro-sign-up-approved = ברכות! { $business } אישרו את ההצטרפות שלך. עבודות יישלחו אליך כאן. לכל הפקודות: *תפריט*.
pro-sign-up-declined = תודה על הפנייה. { $business } לא יכולים לצרף אותך כרגע.

## What their customers read

customer-reason = הסיבה: { $reason }
customer-pro-cancelled = לצערנו הביקור של { $pro } ({ $slot }) בוטל. אנחנו כבר מחפשים לכם פתרון.
customer-pro-moved = הביקור של { $pro } הוזז: במקום { $previous }, ב{ $slot }. לא מתאים? כתבו *שינוי*.
customer-found-pro-times = מצאנו לכם בעל מקצוע: { $pro }, מחיר: { $price }. אלה המועדים הפנויים:
customer-closed-by-team = לצערנו לא מצאנו מי שיוכל לטפל בפנייה, והיא נסגרה. אפשר תמיד לכתוב לנו שוב.
