### What an owner reads, and whoever wants to work with the business.

owner-left-as-it-was = בסדר, לא שינינו דבר.
owner-no-choice = זו לא אחת האפשרויות. מספר מהרשימה, או *ביטול*.
owner-commands = הפקודות של { $business }: *היום בעסק* · *מחר* · *תקועות* · *ניהול* · *נרשמים* · *נתונים* · *עצור בוט* · *הפעל בוט*
owner-bot-paused = הבוט שותק מול הלקוחות. מה שיכתבו יישמר. להפעלה: *הפעל בוט*.
owner-bot-resumed = הבוט שוב עונה ללקוחות.
owner-bot-is-paused = ⏸ הבוט מושהה
owner-no-visits = אין ביקורים ב{ $business } ({ $day }).
owner-visits = { $day }: ביקורים { $count } = דחופים { $emergencies } + רגילים { $standard }
owner-visit = { $time } · פנייה { $lead }: { $name }, { $issue }, אצל { $pro }
owner-stuck-line = פנייה { $lead }: { $issue }, { $city } (ממתינה { $minutes } דק׳)
owner-nothing-stuck = אין פניות תקועות 👍
owner-stuck = פניות שמחכות לאדם: { $count }. לטיפול: *ניהול*.
owner-week = { $business }, שבעת הימים האחרונים:
owner-week-leads = פניות: { $count }
owner-week-booked = נקבעו: { $count }
owner-week-completed = הושלמו: { $count }
owner-week-revenue = הכנסות: { $revenue }, עמלה: { $commission }
owner-week-approval = זמן ממוצע עד אישור (דקות): { $minutes }
owner-week-stuck = מחכות לאדם: { $count }
owner-week-more = לכל הפקודות: *פקודות*
owner-pick-lead = באיזו פנייה לטפל? מספר, או *ביטול*.
owner-lead-is-gone = הפנייה כבר לא מחכה, ולא שינינו דבר.
owner-lead-action =
    { $line }
    { $name }, { $phone }
    מה לעשות?
    1. לסגור
    2. להעביר לבעל מקצוע
    3. להשאיר
owner-ask-close = לסגור את פנייה { $lead }? הלקוח יקבל על כך הודעה. *כן* או *לא*.
owner-no-pros = אין בעל מקצוע פעיל בתחום הזה.
owner-pick-pro = למי להעביר את פנייה { $lead }? מספר, או *ביטול*.
owner-why-jobs = עבודות פתוחות { $jobs }
owner-why-vacation = בחופשה
owner-why-busy = אין מועד פנוי
owner-why-overloaded = בעומס מלא
owner-why-fits = מתאים
owner-why-far = מחוץ לאזור
owner-ask-assign = { $pro } לא מתאים לפי הכללים. להעביר בכל זאת את פנייה { $lead }? *כן* או *לא*.
owner-closed = פנייה { $lead } נסגרה והלקוח עודכן.
owner-assigned = פנייה { $lead } הוצעה ל{ $pro }.
owner-assigned-times = פנייה { $lead } אצל { $pro }. הלקוח בוחר עכשיו מועד.
owner-assign-impossible = אי אפשר להעביר את פנייה { $lead } ל{ $pro }: אין מועד פנוי, או שהלקוח עסוק בפנייה אחרת.
owner-sign-up = בעל מקצוע חדש מבקש להצטרף. לאשר? אפשר גם דרך *נרשמים*.
owner-applicant =
    { $name }, { $phone }
    תחומים: { $trades }
    אזורים: { $areas }
    מחירים: { $prices }
owner-no-applicants = אין בקשות הצטרפות שמחכות.
owner-applicants = מי מבקש להצטרף? מספר, או *ביטול*.
owner-applicant-is-gone = הבקשה הזאת כבר לא מחכה, ולא שינינו דבר.
owner-ask-applicant =
    1. לאשר
    2. לדחות
owner-applicant-taken = { $name } בפנים. שלחנו הודעה, ועבודות יישלחו מעכשיו.
owner-applicant-declined = הבקשה של { $name } נדחתה, ושלחנו על כך הודעה.
sign-up-hello = איזה כיף שרוצים לעבוד עם { $business }! כמה שאלות קצרות. לעצירה בכל שלב: *ביטול*.
sign-up-again = את זה לא הצלחתי להבין.
sign-up-name = מה השם שיופיע אצל לקוחות?
sign-up-trade = במה עוסקים? מספר מהרשימה, או כמה מספרים עם פסיקים:
sign-up-areas = באילו ערים? עם פסיקים ביניהן.
sign-up-prices = מחירים? שורה לכל עבודה, למשל: תיקון נזילה 250-450. בלי מחירים: *דלג*.
sign-up-confirm =
    זה מה שרשמנו:
    שם: { $name }
    תחומים: { $trades }
    אזורים: { $areas }
    מחירים: { $prices }
    לשליחה: *אשר*. לעצירה: *ביטול*.
sign-up-done = תודה! הבקשה נשלחה. נעדכן כאן ברגע שתהיה תשובה.
sign-up-left = בסדר, לא נשמר דבר. אפשר להתחיל שוב בכל רגע.
sign-up-waiting = הבקשה שלך כבר אצלנו ומחכה לאישור.
sign-up-needs-phone = כדי להצטרף צריך לכתוב לנו ממספר טלפון גלוי.
sign-up-no-prices = לא נמסרו
