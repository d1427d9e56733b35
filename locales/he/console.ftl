### What operators read in the console. Kept short: most of it stands in a line of a terminal.

## Time, shortly
console-seconds = { $count }ש׳
console-minutes = { $count }ד׳
console-hours = { $count } שע׳
console-days = { $count } ימ׳

## Screens
console-screen-dashboard = לוח
console-screen-leads = פניות
console-screen-conversations = שיחות
console-screen-pros = בעלי מקצוע
console-screen-schedule = יומן
console-screen-contacts = אנשים
console-screen-jobs = עבודות רקע
console-screen-templates = תבניות
console-screen-settings = הגדרות
console-screen-users = משתמשים
console-screen-audit = יומן שינויים
console-screen-analytics = נתונים

## Roles
console-role-system_admin = מנהל מערכת
console-role-owner = בעלים
console-role-admin = מנהל
console-role-agent = נציג

## Keys that are the same everywhere
console-key-help = עזרה
console-key-palette = פקודה
console-key-filter = סינון
console-key-undo = ביטול הפעולה האחרונה
console-key-next-screen = המסך הבא
console-key-previous-screen = המסך הקודם
console-key-refresh = רענון
console-key-back = חזרה
console-key-quit = יציאה
console-key-down = למטה
console-key-up = למעלה
console-key-yes = כן
console-key-no = לא
console-key-take = אישור
console-key-close = סגירה
console-key-digits = המסך במספר הזה

## Words of the `:` line
console-word-lang = שפת המסוף: he en ar ru
console-word-theme = צבעים: dark light mono
console-word-bidi = מי מסדר טקסט מימין לשמאל: app terminal
console-word-readonly = מעכשיו בלי שום שינוי
console-word-business = עסק אחר
console-word-signout = התנתקות
console-no-such-word = אין פקודה כזאת, או שיש כמה: { $word }
console-no-such-value = { $word }: אפשר { $values }
console-no-such-screen = המסך הזה לא פתוח למשתמש הזה
console-nothing-to-undo = אין מה לבטל
console-nothing = אין כאן דבר
console-too-small = החלון קטן מדי
console-opening = רגע…
console-help = עזרה
console-help-everywhere = בכל מקום

## Signing in
console-sign-in = כניסה
console-sign-in-name = שם
console-sign-in-password = סיסמה
console-sign-in-hint = Enter לכניסה, Esc ליציאה
console-session-not-kept = לא ניתן לשמור את הכניסה בקובץ

## Asking first
console-confirm = לאשר?
console-confirm-word = כדי לאשר, לכתוב: { $word }
console-conflict = מישהו הקדים אותך
console-conflict-lead = זה השתנה מאז שראית. להשאיר כמו שזה עכשיו, או לשנות בכל זאת?
console-conflict-keep = להשאיר
console-conflict-mine = לשנות בכל זאת
console-readonly = קריאה בלבד
console-readonly-refused = המסוף במצב קריאה בלבד: דבר לא השתנה
console-forbidden = למשתמש הזה אין הרשאה לכך
console-copied = הועתק
console-browsing = נפתח בדפדפן
console-no-opener = לא ניתן להפעיל את { $about }
console-saved = נשמר: { $about }
console-not-saved = לא נשמר (אולי הקובץ כבר קיים): { $about }

## The server
console-link-lost = אין קשר לשרת כבר { $span }
console-link-again = הקשר לשרת חזר
console-failure-address = זו לא כתובת של שרת; כתובת נראית כך: https://bot.example.com
console-failure-insecure = http גלוי למחשב אחר חושף את הכניסה; צריך https או מנהרת ssh
console-failure-no-certificates = לא ניתן לטעון את האישורים של המחשב הזה
console-failure-certificate = האישור של השרת לא מוכר במחשב הזה; לבדוק את הכתובת ואת השעון
console-failure-no-tls = השרת שם לא מדבר https; לבדוק את הפורט
console-failure-unreachable = אין תשובה מהכתובת; האם הבוט פועל?
console-failure-timeout = אין תשובה בזמן
console-failure-lost = הקשר נקטע
console-failure-not-fixi = מה שעונה שם ({ $status }) אינו בוט עם מסוף; לבדוק את הכתובת, או לעדכן את הבוט
console-failure-old = הבוט בגרסה { $version }, ישנה מהמסוף; לעדכן את הבוט
console-failure-unreadable = תשובה שלא ניתן לקרוא; הגרסאות של הבוט ושל המסוף שונות
console-problem-sign-in-again = צריך להיכנס מחדש
console-problem-wrong-password = שם או סיסמה שגויים
console-problem-locked-out = יותר מדי ניסיונות; לנסות שוב בעוד { $wait }
console-problem-not-found = אין כזה בעסק הזה
console-problem-conflict = מישהו אחר שינה את זה בינתיים
console-problem-not-now = אי אפשר כרגע: { $why }
console-problem-invalid = ערך לא מתאים: { $why }
console-problem-unavailable = השרת לא מגיע למאגר שלו כרגע; לנסות שוב עוד רגע
console-problem-broken = תקלה בשרת; ביומן שלו תחת { $request }

## The dashboard
console-dashboard-open = פתיחת הפנייה של הביקור
console-dashboard-funnel = הפניות לפי מצב
console-dashboard-waiting = מחכות לאדם: { $count }
console-dashboard-pace = קצב
console-dashboard-answer = זמן תשובה, 24 שעות
console-dashboard-per-day = פניות ליום, 14 ימים
console-dashboard-today = הביקורים היום: { $count }
console-dashboard-no-visits = אין ביקורים היום
console-dashboard-health = תקינות
console-dashboard-queue = תור: { $ready } ממתינות, { $running } רצות
console-dashboard-dead = נכשלו: { $dead }, לא ידוע אם נשלחו: { $unsettled }
console-dashboard-cost = עלות המודלים היום: { $cost }
console-dashboard-cost-unknown = עלות המודלים היום לא ידועה
console-dashboard-paused = הבוט שותק מול הלקוחות
console-provider-store = המאגר

## Where a lead stands
console-status-contacted = בשיחה
console-status-new = הוצעה
console-status-booked = נקבעה
console-status-completed = הושלמה
console-status-closed = נסגרה
console-status-rejected = נדחתה
console-status-cancelled = בוטלה
console-status-pending_admin_review = לבדיקה

## Keys of lists
console-key-open = פתיחה
console-key-mark = סימון
console-key-unmark = ביטול הסימון
console-key-copy = העתקה
console-key-left = שמאלה
console-key-right = ימינה
console-key-page-down = עמוד למטה
console-key-page-up = עמוד למעלה
console-key-first = להתחלה
console-key-last = לסוף
console-yes = כן

## Leads
console-leads-title = פנייה { $number }
console-leads-number = מס׳
console-leads-state = מצב
console-leads-state-since = { $state } כבר { $since }
console-leads-since = זמן
console-leads-customer = לקוח
console-leads-phone = טלפון
console-leads-issue = תקלה
console-leads-city = עיר
console-leads-address = כתובת
console-leads-with = בעל מקצוע
console-leads-visit = ביקור
console-leads-trade = תחום
console-leads-why = למה לבדוק
console-leads-emergency = דחוף
console-leads-quote = הצעת מחיר
console-leads-paid = שולם
console-leads-commission = עמלה
console-leads-moves = העברות
console-leads-stars = כוכבים
console-leads-review = ביקורת
console-leads-ranked = מי יכול לקחת
console-leads-ruled-out = לא מתאים
console-leads-timeline = מה קרה
console-leads-words = מה נאמר
console-leads-assign = שיוך
console-leads-status = מצב
console-leads-note = הערה
console-leads-chat = שיחה
console-leads-pro = בעל המקצוע
console-leads-board = לוח או טבלה
console-leads-human = רק מחכות לאדם
console-leads-next = הפנייה הבאה
console-leads-previous = הפנייה הקודמת
console-leads-word-lead = פנייה לפי מספר
console-leads-csv = השורות שנטענו, כקובץ CSV
console-leads-assign-one = משייכים פנייה אחת בכל פעם
console-leads-no-pro = אין בעל מקצוע כזה ברשימה: { $name }
console-leads-not-ranked = הפנייה עוד לא דורגה
console-leads-assign-whom = למי להציע את פנייה { $number }?
console-leads-assign-sure = להציע את פנייה { $number } ל{ $name }?
console-leads-assign-follows = בעל המקצוע נשאל בוואטסאפ; ההצעה הקודמת, אם יש, מתבטלת.
console-leads-assigned = פנייה { $number } הוצעה ל{ $name }
console-leads-status-final = מכאן אין לאן להעביר
console-leads-status-which = { $leads }: איזה מצב?
console-leads-status-why = למה? נשמר בהיסטוריה; אפשר להשאיר ריק
console-leads-status-sure = { $leads }: לשנות ל״{ $state }״?
console-leads-status-done = פנייה { $number }: { $state }
console-leads-reason = סיבה
console-leads-note-title = הערה ל{ $leads }; רק מפעילים רואים
console-leads-noted = ההערה נוספה לפנייה { $number }
console-by-person = לקוח
console-by-bot = בוט
console-by-operator = נציג
console-moment-note = הערה
console-moment-lead-assign = שיוך
console-moment-lead-status = שינוי מצב
console-moment-lead-note = הערה

## Why a person must look
console-why-asked_for_human = ביקש נציג
console-why-business_paused = העסק מושהה
console-why-call_wanted = רוצה שיתקשרו
console-why-complaint = תלונה
console-why-delivery_failed = הודעה לא הגיעה
console-why-new_times_needed = צריך מועדים חדשים
console-why-no_free_slots = אין מועדים פנויים
console-why-no_pro_left = לא נשאר בעל מקצוע
console-why-no_time_fits = אין מועד מתאים
console-why-nobody_is_asked = אף אחד לא נשאל
console-why-not_understood = לא הובן
console-why-partial_intake = פרטים חלקיים
console-why-pro_is_gone = בעל המקצוע עזב
console-why-reminder_held = תזכורת מעוכבת
console-why-stuck = תקועה
console-why-turn_failed = הבוט נכשל
console-why-visit_unclear = הביקור לא ברור

## Fields of things, for a conflict
console-field-status = מצב
console-field-pro = בעל מקצוע
console-field-pro_name = שם בעל המקצוע
console-field-visit_from = תחילת הביקור
console-field-visit_to = סוף הביקור
console-field-needs_human = למה לבדוק
console-field-answering = מי עונה
console-field-paused_until = הבוט שותק עד
console-field-last_words = המילים האחרונות
console-field-last_inbound_at = כתב לאחרונה
console-field-window_until = חלון עד
