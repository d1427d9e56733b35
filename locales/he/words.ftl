### What people may type as a whole message, separated by `|`. Letter case, final punctuation, niqqud and direction
### marks do not matter. One word must not stand in two lists that the same person may use; a test looks after that.
### A word counts in every language at once, so digits and signs stand here only.

## A professional

word-approve = אשר | 1 | מאשר | מאשרת | אישור | לאשר | קבל | מקבל | מקבלת
word-reject = דחה | 2 | דוחה | דחייה | לדחות
word-done = סיימתי | 3 | סיים | גמרתי | העבודה הסתיימה
word-pause = השהה | השהיה | להשהות
word-resume = המשך | להמשיך | המשיכו
word-vacation = חופשה | חופש | הפסקה | לא זמין | לא זמינה
word-available = זמין | זמינה | חזרתי | פנוי | פנויה
word-menu = תפריט | לוח בקרה | מצב
word-customer-mode = לקוח | לקוחה | מצב לקוח
word-offers = הצעות | הצעות פתוחות
word-today = היום | סדר יום | מה יש היום
word-jobs = עבודות | העבודות שלי | עבודות פתוחות
word-cancel-job = ביטול | בטל | לבטל | ביטול עבודה | בטל עבודה | לבטל עבודה
word-move-job = הזז | להזיז | הזזה | שינוי | שינוי מועד | מועד אחר
word-no-show = לא היה | לא היו | לא היה בבית | הלקוח לא היה | הלקוחה לא הייתה | אף אחד לא היה
word-another-visit = ביקור נוסף | עוד ביקור | ביקור המשך
word-history = היסטוריה | עבודות קודמות
word-stats = סטטיסטיקה | נתונים שלי | ההכנסות שלי
word-reviews = ביקורות | הביקורות שלי
word-find = מצא | מצאי | חפש | חפשי | חפש עבודה
word-hours = שעות | שעות עבודה | השעות שלי
word-block = חסום | חסימה | לחסום | חסמי
word-unblock = בטל חסימה | ביטול חסימה | לבטל חסימה | שחרר חסימה

## A customer

word-status = סטטוס | ? | מה המצב | מה קורה עם הפנייה | איפה זה עומד
word-human = נציג | נציגה | נציג אנושי | בן אדם | אדם | לדבר עם נציג | מוקד
word-cancel = ביטול | בטל | לבטל | בטלו | לבטל תור | ביטול תור
word-reschedule = שינוי | לשנות מועד | שינוי מועד | שינוי תור | לדחות את התור | מועד אחר
word-reset = התחלה | התחל מחדש | מהתחלה | איפוס
word-help = עזרה | מידע
word-tell-if-free = תודיעו לי | תודיעו לי אם מתפנה | תודיעו אם מתפנה | להודיע לי אם מתפנה | רשימת המתנה | תעדכנו אם מתפנה
word-sign-up = הרשמה לבעלי מקצוע | אני בעל מקצוע | אני בעלת מקצוע | הצטרפות כבעל מקצוע | להצטרף כבעל מקצוע | הרשמה כבעל מקצוע | הרשמה כבעלת מקצוע

## An owner

word-office = משרד | פקודות | בעלים
word-office-today = היום בעסק | העסק היום
word-tomorrow = מחר | מחר בעסק
word-stuck = תקועות | פניות תקועות
word-manage = ניהול | לנהל
word-applicants = נרשמים | מועמדים | בקשות הצטרפות
word-week = נתונים | השבוע | דוח | דוח שבועי
word-pause-bot = עצור בוט | השהה בוט | השהה הכל
word-resume-bot = הפעל בוט | המשך בוט | המשך הכל

## Everybody

word-stop = הסר | הסירו | הסרה | הסירו אותי | להסיר | הסר אותי | הפסיקו לשלוח
word-start = התחל | הצטרפות | הצטרף | להצטרף | הרשמה
word-yes = כן | כן כן | כן בבקשה | כן תודה | בטח | ברור | בהחלט | סבבה | אוקיי | אוקי | מסכים | מסכימה | יאללה
word-no = לא | לא תודה | ממש לא | לא רוצה | לא מסכים | לא מסכימה
word-skip = דלג | דלגי | לדלג | דילוג
