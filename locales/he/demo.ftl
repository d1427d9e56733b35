### The words of the demo's page. { $... } are filled in by the page, so no text here may choose a plural form.
### Lists of names stand between commas, lists of messages between semicolons.

## The page

demo-title = Fixi: שני טלפונים
demo-tagline = מה שהלקוח כותב, מה שבעל המקצוע מקבל, ומה שקורה ביניהם
demo-language = שפת הדף
demo-views = מה מוצג
demo-tab-customer = לקוח
demo-tab-inside = מה קורה
demo-tab-pro = בעל מקצוע
demo-offline = הקשר לשרת נותק, מנסים שוב…
demo-not-sent = ההודעה לא נשלחה. נסו שוב.

## The phones

demo-phone-customer = הטלפון של הלקוח
demo-phone-pro = הטלפון של בעל המקצוע
demo-choose-customer = איזה לקוח
demo-choose-pro = איזה בעל מקצוע
demo-new-customer = לקוח חדש
demo-new-customer-hint = להתחיל מחדש עם לקוח חדש
demo-new-names = נועה ברק, יונתן שגב, מיכל אדרי, עומר פלד, תמר גולן, איתי רוזן
demo-stranger = לקוח { $number }
demo-messages = השיחה עם Fixi
demo-online = זמין תמיד
demo-typing = מקליד…
demo-write = כתבו הודעה
demo-send = שליחה
demo-replies = תשובות מהירות
demo-suggestions = הצעות להודעה
demo-suggest-customer = יש לי נזילה במטבח; המזגן לא מקרר, אני בחיפה; ננעלתי מחוץ לבית ברמת גן; כמה עולה להחליף ברז?
demo-suggest-pro = תפריט; זמין; חופשה
demo-empty-customer = כתבו כאן כמו שלקוח היה כותב.
demo-empty-pro = כאן יופיעו הצעות לעבודה.
demo-unread = הודעות שלא נקראו: { $count }
demo-elsewhere = הודעה חדשה אצל { $name }
demo-quote = להשיב להודעה
demo-stop-quoting = לא להשיב להודעה
demo-tick-sent = נשלחה
demo-tick-delivered = נמסרה
demo-tick-read = נקראה
demo-tick-failed = לא נמסרה
demo-today = היום

## What happened inside

demo-inside = מה קרה בפנים
demo-inside-hint = כל הודעה עוברת את אותם שלבים. כל שורה נפתחת.
demo-strip-empty = עוד לא נכתב דבר. שלחו הודעה מהטלפון של הלקוח ועקבו אחריה כאן.
demo-turn-lead = פנייה { $number }
demo-turn-customer = הודעה מלקוח
demo-turn-pro = הודעה מבעל מקצוע
demo-turn-timer = שעון פנימי
demo-milliseconds = { $count } אלפיות שנייה
demo-seconds = { $count } שניות
demo-step-received = התקבל
demo-step-understood = הובן
demo-step-routed = נותב
demo-step-decided = הוחלט
demo-step-committed = נשמר
demo-step-delivered = נמסר
demo-step-failed = לא הצליח
demo-step-note = קרה
demo-received-customer = הודעות מהלקוח: { $count }
demo-received-pro = הודעות מבעל המקצוע: { $count }
demo-decided-line = תשובות: { $replies }, תזכורות: { $timers }
demo-committed-line = הכול נכתב בבת אחת, או לא נכתב כלל
demo-committed-again = נכתב בניסיון { $attempts }, אחרי בדיקה מחדש
demo-delivered-customer = אל הלקוח
demo-delivered-pro = אל בעל המקצוע
demo-routed-line = נבחר: { $pro }
demo-routed-nobody = לא נמצא מי שמתאים
demo-ruled-out = לא מתאים
demo-conversation = שיחה
demo-at = שעה

## Facts, by key

demo-fact-trade = תחום
demo-fact-city = עיר
demo-fact-intent = כוונה
demo-fact-by = קרא
demo-fact-address = יש כתובת
demo-fact-name = יש שם
demo-fact-emergency = חירום
demo-fact-pro = בעל מקצוע
demo-fact-number = מספר
demo-fact-round = סבב
demo-fact-why = סיבה
demo-fact-reason = סיבה
demo-fact-stars = כוכבים
demo-fact-count = כמה
demo-fact-from = ממי
demo-fact-to = למי
demo-fact-state = מצב
demo-fact-replies = תשובות
demo-fact-timers = תזכורות
demo-fact-attempts = ניסיונות
demo-fact-key = אירוע
demo-fact-slots = מועדים
demo-fact-attempt = ניסיון
demo-value-customer = לקוח
demo-value-pro = בעל מקצוע
demo-value-rules = כללים
demo-value-model = מודל
demo-value-auto = אוטומטי
demo-value-sent = נשלח
demo-value-delivered = נמסר
demo-value-read = נקרא
demo-value-failed = נכשל
demo-value-asked_for_human = ביקשו אדם
demo-value-no_pro_in_area = אין בעל מקצוע באזור
demo-value-no_pro_left = לא נשאר בעל מקצוע
demo-value-no_free_slots = אין מועדים פנויים
demo-value-not_understood = לא הובן
demo-intent-service_request = בקשת שירות
demo-intent-booking_change = שינוי מועד
demo-intent-cancellation = ביטול
demo-intent-status = בירור מצב
demo-intent-human = לדבר עם אדם
demo-intent-question = שאלה
demo-intent-complaint = תלונה
demo-intent-small_talk = שיחת חולין
demo-intent-off_topic = לא קשור
demo-note-opted_out = ביקשו שלא לקבל הודעות
demo-note-opted_in = חזרו לקבל הודעות
demo-note-consented = הסכימו להמשיך
demo-note-reviewed = נתנו דירוג
demo-note-review_words = כתבו ביקורת
demo-note-needs_human = דרוש אדם מהצוות
demo-note-emergency = סומן כחירום
demo-note-lead_opened = נפתחה פנייה
demo-note-address_changed = הכתובת עודכנה
demo-note-rescheduled = המועד הוזז
demo-note-persona_refused = ניסוח של המודל נפסל, נבחר ניסוח בטוח
demo-note-offered = נשאל בעל המקצוע
demo-note-booked = התור נקבע
demo-note-completed = העבודה הושלמה
demo-note-cancelled = הפנייה בוטלה
demo-note-declined = בעל המקצוע דחה
demo-note-slot_taken = המועד כבר נתפס

## Leads

demo-leads = פניות
demo-leads-empty = עוד אין פניות.
demo-lead-number = מספר
demo-lead-status = מצב
demo-lead-slot = מועד
demo-lead-pro = בעל מקצוע
demo-status-contacted = בשיחה
demo-status-new = מחכה לאישור
demo-status-booked = נקבע
demo-status-completed = הושלם
demo-status-closed = נסגר
demo-status-rejected = נדחה
demo-status-cancelled = בוטל
demo-status-pending_admin_review = בבדיקת אדם
