### What a customer reads. Plural imperative, so that nobody is addressed as a man or a woman.
### $price, $slot, $address, $phone are finished strings that code has checked; they never come from a model.

## First contact and consent

customer-disclosure = שלום 👋 כאן העוזר הדיגיטלי של { $business }. אפשר לכתוב *נציג* בכל רגע כדי לדבר עם אדם.
customer-greeting = שלום, הגעתם אל { $business } 👋 במה אפשר לעזור?
customer-consent-request =
    שלום, כאן העוזר הדיגיטלי של { $business }.
    כדי לטפל בפנייה נשמור את מה שתכתבו כאן ונעביר אותו לבעל המקצוע. זה בסדר? כתבו *כן* או *לא*.
    לשיחה עם אדם: *נציג*.
customer-consent-refused = בסדר גמור, לא נשמור דבר ולא נמשיך. אם תרצו בעתיד, פשוט כתבו לנו.
customer-help =
    כאן { $business }: כותבים מה התקלה ואיפה, ואנחנו מתאמים בעל מקצוע.
    אפשר גם לכתוב: *סטטוס* לבירור מצב, *שינוי* למועד אחר, *ביטול* לביטול, *נציג* לשיחה עם אדם, *הסר* להפסקת הודעות.

## Questions

customer-ask-issue = מה התקלה? אפשר לכתוב, להקליט או לשלוח תמונה.
customer-ask-issue-again = עוד לא הבנתי מה צריך לתקן. למשל: ״נזילה מתחת לכיור״ או ״המזגן לא מקרר״.
customer-ask-city = באיזו עיר או יישוב?
customer-ask-city-again = לא זיהיתי את היישוב. מה השם המלא שלו?
customer-ask-address = מה הכתובת? רחוב, מספר בית, קומה ודירה.
customer-ask-address-again = כדי שיגיעו בדיוק אליכם צריך רחוב ומספר בית. למשל: הרצל 10, קומה 2, דירה 5.
customer-ask-address-missing = כמעט סיימנו. חסר רק: { $missing }.
customer-ask-street-number = מה מספר הבית ברחוב { $street }?
customer-ask-floor-apartment = באיזו קומה ובאיזו דירה? אם זה בית פרטי, כתבו ״בית פרטי״.
customer-confirm-address = להגיע שוב אל { $address }? כתבו *כן*, או את הכתובת החדשה.
customer-ask-name = על שם מי לרשום את הפנייה?
customer-ask-name-again = איך לקרוא לכם? שם פרטי מספיק.
customer-ask-time = מתי נוח לכם? למשל ״מחר אחרי הצהריים״.
customer-ask-time-again = לא הצלחתי להבין את המועד. איזה יום ובאיזו שעה בערך?

## Names of the parts of an address, for lists

part-floor = קומה
part-apartment = דירה

## Slots and prices

customer-slots-header = אלה המועדים הפנויים אצל { $pro }:
customer-slot-line = { $number }. { $slot }
customer-slots-footer = כתבו את מספר המועד, או מועד אחר שנוח לכם.
customer-slot-number-invalid = כתבו בבקשה אחד מהמספרים שברשימה.
customer-no-slots = כרגע אין מועד פנוי קרוב. העברנו את הפנייה לטיפול אישי ונחזור אליכם.
customer-price-quote = { $item }: { $price }. המחיר הסופי נקבע במקום.
customer-price-after-visit = על עבודה כזו אפשר לתת מחיר רק אחרי בדיקה במקום.

## Waiting, booking, moving on

customer-waiting-for-pro = { $minutes ->
    [one] מעולה! העברנו ל{ $pro } את הבקשה ל{ $slot }. תשובה תגיע בתוך דקה.
    [two] מעולה! העברנו ל{ $pro } את הבקשה ל{ $slot }. תשובה תגיע בתוך שתי דקות.
   *[other] מעולה! העברנו ל{ $pro } את הבקשה ל{ $slot }. תשובה תגיע בתוך { $minutes } דקות לכל היותר.
    }
customer-still-waiting = עדיין מחכים לתשובה מ{ $pro }. נעדכן מיד כשתגיע.
customer-booked =
    נקבע! ✅
    { $pro }, { $trade }
    מועד: { $slot }
    כתובת: { $address }
    מחיר: { $price }
    טלפון: { $phone }
customer-next-pro = חיפשנו לכם מישהו אחר: { $pro }, באותו מועד: { $slot }. מחיר: { $price }. נעדכן מיד כשתגיע תשובה. לא מתאים? כתבו *ביטול*.
customer-no-pro-left = לא מצאנו עדיין בעל מקצוע פנוי. אדם מהצוות בודק את הפנייה ויחזור אליכם.
customer-still-checking = הצוות עדיין בודק את הפנייה שלכם. נעדכן ברגע שיהיה חדש.
customer-confirmed = תודה, מאושר: { $slot }.
customer-nothing-to-confirm = לא מצאנו תור שמחכה לאישור. במה אפשר לעזור?

## Status

customer-status-none = אין כרגע פנייה פתוחה. במה אפשר לעזור?
customer-status-contacted = הפנייה ״{ $issue }״ פתוחה, וחסרים עוד כמה פרטים כדי לקבוע מועד.
customer-status-new = הפנייה אצל { $pro } ומחכה לאישור ל{ $slot }.
customer-status-booked = נקבע עם { $pro } ל{ $slot }. טלפון: { $phone }.
customer-status-completed = העבודה ״{ $issue }״ הושלמה. תודה!
customer-status-closed = הפנייה ״{ $issue }״ נסגרה. לפנייה חדשה פשוט כתבו מה צריך.
customer-status-rejected = בעל המקצוע לא פנוי, ואנחנו מחפשים לכם מישהו אחר.
customer-status-cancelled = הפנייה ״{ $issue }״ בוטלה.
customer-status-pending-admin-review = אדם מהצוות בודק את הפנייה ויחזור אליכם.

## Changing and cancelling

customer-cancel-question = לבטל את התור ({ $slot })? כתבו *כן* או *לא*.
customer-cancel-request-question = לבטל את הפנייה ״{ $issue }״? כתבו *כן* או *לא*.
customer-cancelled = בוטל. אם תצטרכו משהו, אנחנו כאן.
customer-already-cancelled = זה כבר בוטל.
customer-nothing-to-cancel = אין כרגע תור או פנייה לביטול.
customer-kept = בסדר, התור נשאר: { $slot }.
customer-request-kept = בסדר, ממשיכים עם הפנייה.
customer-reschedule-header = התור נקבע ל{ $slot }. אפשר לעבור לאחד מאלה:
customer-reschedule-none = אין כרגע מועד אחר פנוי. התור הקיים נשאר, והצוות יחזור אליכם.
customer-nothing-to-reschedule = אין כרגע תור שאפשר להזיז.

## Rating

customer-rating-question = איך היה עם { $pro }? דרגו מ-1 עד 5.
customer-rating-thanks = תודה על הדירוג: { $rating } מתוך 5!
customer-review-question = רוצים להוסיף כמה מילים? אפשר גם לכתוב *לא*.
customer-review-thanks = תודה, זה עוזר מאוד!

## People, limits, trouble

customer-human = מעבירים אתכם לאדם מהצוות. ההודעה התקבלה ונענה בהקדם.
customer-stopped = הוסרתם. לא נשלח עוד הודעות יזומות. כדי לחזור: *התחל*.
customer-started = חזרתם, שמחים שאתם כאן. במה אפשר לעזור?
customer-reset-done = התחלנו מחדש. במה אפשר לעזור?
customer-apology = סליחה, משהו השתבש אצלנו. ההודעה נשמרה ונחזור אליכם. במצב חירום חייגו { $number }.
customer-emergency = שימו לב: איננו יכולים להזעיק שירותי חירום. בסכנה לחיים חייגו מיד { $number }.
customer-emergency-handled = סימנו את הפנייה כדחופה והודענו מיד לבעל המקצוע.
customer-please-write-text = לא הצלחתי להבין. מה צריך לתקן? אפשר לכתוב במילים או להקליט.
customer-media-received = קיבלנו, תודה. מה רואים כאן ומה צריך לתקן?
customer-off-topic = בזה לא אוכל לעזור, אבל אשמח לתאם לכם בעל מקצוע. מה צריך לתקן?
customer-area-not-served = עדיין אין לנו בעל מקצוע ב{ $city }. הצוות בודק ויחזור אליכם.
customer-ask-name-and-issue = איך קוראים לכם, ומה צריך לתקן?
customer-address-updated = הכתובת עודכנה ל{ $address }, והעברנו אותה לבעל המקצוע.
customer-anything-else = יש עוד משהו שחשוב לדעת?
customer-area-served = כן, יש לנו בעלי מקצוע ב{ $city }.
customer-human-will-look = ביקשנו גם מאדם מהצוות להסתכל על הפנייה.
customer-later = בסדר גמור, לא קבענו דבר. כשתרצו להמשיך, פשוט כתבו.
customer-media-added = קיבלנו, צירפנו לפנייה.
customer-next-pro-times = בעל המקצוע הקודם לא יוכל להגיע. אפשר במקומו: { $pro }, מחיר: { $price }. אלה המועדים הפנויים:
customer-slot-single = המועד הפנוי אצל { $pro }. לקבוע?
customer-slot-which = מעולה. איזה מהמועדים? כתבו את המספר.
customer-slots-instead = המועד שביקשתם לא פנוי אצל { $pro }. אלה הקרובים אליו:
customer-slots-taken = מצטערים, המועד הזה נתפס ממש עכשיו. אלה המועדים הפנויים אצל { $pro }:
persona-introduction = מצאנו לכם את { $pro }.
persona-introduction-rated = מצאנו לכם את { $pro }, { $rating }.
customer-request-understood = הבנו: { $issue }. נשמח לעזור.
customer-request-received = הבנו, נשמח לעזור.
customer-nice-to-meet = נעים מאוד, { $name }!
customer-ask-floor-apartment-again = כדי שלא יצטרכו לחפש אתכם: באיזו קומה ובאיזו דירה? למשל ״קומה 3, דירה 12״, או ״בית פרטי״.
customer-ask-address-for-times = כדי לבדוק מתי אפשר להגיע צריך את הכתובת: רחוב ומספר בית.
customer-slot-noted = מעולה, { $slot }.
customer-agreed-price = המחיר שנמסר: { $price }. המחיר הסופי נקבע במקום.
customer-you-are-welcome = בשמחה! אנחנו כאן אם צריך עוד משהו.
customer-you-are-welcome-waiting = בשמחה! נעדכן מיד כשתגיע תשובה מ{ $pro }.
customer-voice-unheard = לא הצלחתי להאזין להקלטה. אפשר לכתוב במילים מה צריך לתקן?
customer-location-received = קיבלנו את המיקום, תודה. מה צריך לתקן, ובאיזו עיר?
customer-what-we-do = { $business } מתאם בעלי מקצוע: { $trades }. כותבים מה התקלה ואיפה, ואנחנו מוצאים מי שיגיע ובאיזה מחיר. מה צריך לתקן?
customer-trade-not-served = לצערנו עדיין אין לנו בעל מקצוע בתחום הזה ({ $trade }). הצוות בודק ויחזור אליכם.
customer-issue-added = רשמנו גם את זה.
customer-area-not-yet = ב{ $city } עדיין אין לנו בעל מקצוע.
customer-emergency-understood = הבנו, מטפלים בזה מיד.
customer-price-depends = המחיר תלוי בעבודה, ונמסור אותו מיד כשנדע מה צריך.
customer-i-am-an-assistant = כן, כאן עוזר דיגיטלי 🙂 לשיחה עם אדם כותבים *נציג*.
customer-ask-the-pro = על זה הכי טוב לשאול את { $pro } ישירות: הטלפון יישלח כשהמועד ייקבע.

## Choices between few answers

customer-slow-down = רגע, קיבלנו הרבה הודעות ביחד 🙂 נמשיך בעוד דקה. מה שכתבתם נשמר.
customer-new-or-existing =
    כבר נקבע אצלכם ביקור בנושא ״{ $issue }״. על מה מדובר?
    1. תקלה חדשה
    2. הביקור שנקבע
customer-new-or-existing-again = שלחו *1* לתקלה חדשה או *2* לביקור שכבר נקבע.
customer-added-to-visit = הוספנו לביקור והעברנו גם ל{ $pro }.
customer-same-pro =
    שוב { $pro }, כמו בפעם הקודמת?
    1. כן
    2. בעל מקצוע אחר
customer-same-pro-again = שלחו *1* לאותו בעל מקצוע או *2* לאחר.
customer-emergency-question = האם זה מקרה חירום, שאי אפשר לחכות איתו? כתבו *כן* או *לא*.
customer-another-pro-again = שלחו *1* כדי שנעביר לבעל מקצוע אחר, או *2* כדי להמשיך לחכות.
customer-call-again = שנתקשר אליכם? כתבו *כן* או *לא*.
customer-call-noted = רשמנו, יתקשרו אליכם. בינתיים אפשר להמשיך לכתוב כאן.
customer-call-declined = בסדר, ממשיכים כאן. במה אפשר לעזור?
customer-complaint = מצטערים לשמוע. העברנו את זה לאדם מהצוות שיבדוק ויחזור אליכם.
customer-no-change = התור כבר קבוע לזמן הזה, { $slot }. אין שינוי.
customer-rating-invalid = שלחו מספר מ־1 עד 5.
customer-person-will-read = קראנו, ומישהו מהצוות יענה לך בהקדם. אפשר בינתיים לכתוב מה התקלה, העיר והכתובת.
