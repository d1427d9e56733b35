//! What the people of a world may write: all of it is what real ones write, though hardly ever at such moments.

pub(super) const STREETS: [&str; 8] = [
    "הרצל 18",
    "דיזנגוף 22",
    "בן יהודה 34",
    "אלנבי 46",
    "רוטשילד 58",
    "שינקין 62",
    "יפו 74",
    "קינג ג׳ורג׳ 86",
];
pub(super) const PROBLEMS: [&str; 5] =
    ["יש לי נזילה במטבח", "סתימה במקלחת", "צריך להחליף ברז", "הצפה בסלון, מים בכל מקום", "הדוד לא מחמם"];
pub(super) const ODD: [&str; 30] = [
    "סטטוס",
    "סטטוס",
    "ביטול",
    "ביטול",
    "כן",
    "לא",
    "שינוי",
    "שינוי",
    "נציג",
    "הסר",
    "התחל",
    "התחל",
    "תודה",
    "עזרה",
    "כמה זה עולה?",
    "אולי מחר בבוקר?",
    "בעצם עדיף מחר ב-10:00",
    "none of these",
    "1",
    "3",
    "5",
    "👍",
    "מה שמתאים לכם",
    "גם יש לי בעיה עם החשמל, אין אור במטבח",
    "התחלה",
    "Is it possible tomorrow at 9am?",
    "когда придёт мастер?",
    "לא טוב לי",
    "את כל הכתובת כבר כתבתי",
    "קומה 2 דירה 5",
];
pub(super) const PRO_WORDS: [&str; 14] = [
    "אשר",
    "דחה",
    "1",
    "2",
    "סיימתי",
    "סיימתי",
    "450",
    "380 ש״ח",
    "חופשה",
    "זמין",
    "תפריט",
    "השהה",
    "המשך",
    "אשר 2",
];
/// What customers of a crowded world write while they wait for a pro, who looks at the phone in the same moment.
pub(super) const SECOND_THOUGHTS: [&str; 6] =
    ["ביטול", "ביטול", "שינוי", "סטטוס", "נציג", "בעצם עדיף מחר ב-10:00"];
/// What the pros of a crowded world do to jobs that are already theirs.
pub(super) const PRO_SECOND_THOUGHTS: [&str; 6] = ["ביטול", "ביטול", "שינוי", "סיימתי", "לא היה", "דחה"];
/// What an owner does.
pub(super) const OWNER_WORDS: [&str; 8] =
    ["ניהול", "ניהול", "ניהול", "תקועות", "משרד", "היום בעסק", "מחר", "השבוע"];
