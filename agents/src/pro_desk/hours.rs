//! The hours of a pro's week as they are typed, `ראשון-חמישי 08:00-18:00, שישי סגור`, and their confirmation. What is not
//! clear is no change at all.

use super::decide::Seat;
use crate::calendar::WeekHours;
use crate::conversation::{DeskQuestion, Question};
use crate::message::Outbound;
use crate::policy;
use crate::say;
use crate::text::fold;
use crate::turn::Desk;
use crate::waitlist;
use crate::words;
use locales::{Word, args, text};

/// What is typed for the days of the week, from Sunday.
const DAYS: [&[&str]; 7] = [
    &["ראשון", "א", "א'", "sunday", "sun", "الأحد", "الاحد", "воскресенье", "вс"],
    &["שני", "ב", "ב'", "monday", "mon", "الاثنين", "الإثنين", "понедельник", "пн"],
    &["שלישי", "ג", "ג'", "tuesday", "tue", "الثلاثاء", "вторник", "вт"],
    &["רביעי", "ד", "ד'", "wednesday", "wed", "الأربعاء", "الاربعاء", "среда", "среду", "ср"],
    &["חמישי", "ה", "ה'", "thursday", "thu", "الخميس", "четверг", "чт"],
    &["שישי", "ו", "ו'", "friday", "fri", "الجمعة", "пятница", "пятницу", "пт"],
    &["שבת", "saturday", "sat", "السبت", "суббота", "субботу", "сб"],
];
/// What is typed for a day without work.
const CLOSED: &[&str] =
    &["סגור", "חופש", "לא עובד", "לא עובדת", "closed", "off", "مغلق", "عطلة", "закрыто", "выходной"];
/// Words before a day that say nothing.
const BEFORE: &[&str] = &["יום", "ימי", "ימים", "ביום", "يوم"];
const DAY_END: u16 = 24 * 60;

/// Days with their spans of minutes, in the order of the text; none when any part of it is unclear.
type Change = Vec<(Vec<usize>, Vec<(u16, u16)>)>;

/// The hours that the whole message states.
pub(super) fn read(text: &str) -> Option<Change> {
    let text = words::after(text, Word::Hours).unwrap_or(text);
    let folded = fold(&text.replace('\n', ","));
    let mut change: Change = Vec::new();
    for part in folded.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        if let Some(spans) = spans(part) {
            // `ראשון 8-12, 16-20`: a second span of the days before.
            change.last_mut()?.1.extend(spans);
            continue;
        }
        let words: Vec<&str> = part.split_whitespace().filter(|word| !BEFORE.contains(word)).collect();
        let (split, hours) = (1..words.len()).rev().find_map(|at| {
            let rest = words[at..].join(" ");
            let hours = if CLOSED.contains(&rest.as_str()) { Some(Vec::new()) } else { spans(&rest) };
            days(&words[..at].join(" ")).and(hours).map(|hours| (at, hours))
        })?;
        change.push((days(&words[..split].join(" "))?, hours));
    }
    for (_, spans) in &mut change {
        spans.sort_unstable();
        if spans.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            return None;
        }
    }
    (!change.is_empty()).then_some(change)
}

/// `ראשון`, `ראשון-חמישי`, `ראשון ושלישי`.
fn days(text: &str) -> Option<Vec<usize>> {
    let day = |word: &str| {
        let word = word.trim();
        let find = |word: &str| DAYS.iter().position(|names| names.iter().any(|name| fold(name) == word));
        find(word).or_else(|| find(word.strip_prefix('ו')?)).or_else(|| find(word.strip_prefix('ב')?))
    };
    if let Some((first, last)) = text.split_once('-').or_else(|| text.split_once(" עד ")) {
        let (mut at, last) = (day(first)?, day(last)?);
        let mut days = vec![at];
        while at != last {
            at = (at + 1) % DAYS.len();
            days.push(at);
        }
        return Some(days);
    }
    let words: Vec<&str> = text.split_whitespace().filter(|word| !["and", "و", "и"].contains(word)).collect();
    let days: Option<Vec<usize>> = words.into_iter().map(day).collect();
    days.filter(|days| !days.is_empty())
}

/// `8-16`, `08:00-18:30`.
fn spans(text: &str) -> Option<Vec<(u16, u16)>> {
    let (from, to) = text.split_once('-').or_else(|| text.split_once(" עד "))?;
    let (from, to) = (minute(from)?, minute(to)?);
    (from < to).then(|| vec![(from, to)])
}

fn minute(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "00"));
    let number = |digits: &str| {
        let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute).filter(|_| minute.len() == 2)?);
    let time = hour * 60 + minute;
    (minute < 60 && time <= DAY_END).then_some(time)
}

/// Shows the week and how to change it.
pub(super) fn show(desk: &mut Desk<'_>, seat: &Seat) {
    let header = seat.text("pro-hours-header", &args![]);
    let how = seat.text("pro-hours-how", &args![]);
    let message = format!("{header}\n{}\n{how}", week(seat, &seat.pro.hours));
    seat.send(desk, Outbound::text(message), None);
}

/// The week, a line a day.
fn week(seat: &Seat, hours: &WeekHours) -> String {
    let language = seat.pro.language;
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let lines = hours.days.iter().enumerate().map(|(day, spans)| {
        let hours = match spans.as_slice() {
            [] => text(language, "pro-hours-closed", &args![]),
            spans => {
                let spans = spans.iter().map(|(from, to)| format!("{}-{}", time(*from), time(*to)));
                spans.collect::<Vec<_>>().join(", ")
            }
        };
        format!("{}: {hours}", say::weekday(language, day))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Shows how the week would be, and asks.
pub(super) fn propose(desk: &mut Desk<'_>, seat: &mut Seat, words: &str) {
    let Some(change) = read(words) else {
        show(desk, seat);
        return;
    };
    let mut hours = seat.pro.hours.clone();
    for (days, spans) in change {
        for day in days {
            hours.days[day].clone_from(&spans);
        }
    }
    ask(desk, seat, hours);
}

fn ask(desk: &mut Desk<'_>, seat: &mut Seat, hours: WeekHours) {
    let header = seat.text("pro-hours-confirm", &args![]);
    let message = format!("{header}\n{}", week(seat, &hours));
    seat.ask(desk, Question::Desk(DeskQuestion::Hours { hours }), None, policy::CONFIRM_LIFE);
    seat.send(desk, Outbound::text(message), None);
}

fn asked(seat: &Seat) -> Option<WeekHours> {
    match &seat.pending.as_ref()?.question {
        Question::Desk(DeskQuestion::Hours { hours }) => Some(hours.clone()),
        _ => None,
    }
}

/// Asks about the same week again.
pub(super) fn ask_again(desk: &mut Desk<'_>, seat: &mut Seat) {
    if let Some(hours) = asked(seat) {
        ask(desk, seat, hours);
    }
}

/// Keeps the week that was asked about.
pub(super) fn save(desk: &mut Desk<'_>, seat: &mut Seat) {
    if let Some(hours) = asked(seat) {
        seat.pro.hours = hours;
        seat.pro_changed = true;
        desk.note("hours_changed", None, format!("pro={}", seat.pro.id));
        waitlist::look_again(desk, &seat.pro.id, desk.now);
        seat.tell(desk, "pro-hours-saved", &args![]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let full = vec![(480, 960)];
        let cases: &[(&str, Option<Change>)] = &[
            ("ראשון 8-16", Some(vec![(vec![0], full.clone())])),
            ("יום א' 08:00-16:00", Some(vec![(vec![0], full.clone())])),
            ("שעות: ראשון 8-16", Some(vec![(vec![0], full.clone())])),
            (
                "ראשון-חמישי 08:00-18:00, שישי סגור",
                Some(vec![(vec![0, 1, 2, 3, 4], vec![(480, 1080)]), (vec![5], vec![])]),
            ),
            ("ראשון ושלישי 8-16", Some(vec![(vec![0, 2], full.clone())])),
            ("שבת עד שני 8-16", Some(vec![(vec![6, 0, 1], full.clone())])),
            ("ראשון 8-12, 16-20", Some(vec![(vec![0], vec![(480, 720), (960, 1200)])])),
            (
                "Sunday-Thursday 8-16\nFriday closed",
                Some(vec![(vec![0, 1, 2, 3, 4], full.clone()), (vec![5], vec![])]),
            ),
            ("الأحد 8-16", Some(vec![(vec![0], full.clone())])),
            ("пн-пт 8-16", Some(vec![(vec![1, 2, 3, 4, 5], full.clone())])),
            // What is not clear changes nothing.
            ("ראשון", None),
            ("8-16", None),
            ("ראשון 16-8", None),
            ("ראשון 8-25", None),
            ("ראשון 8-12, 10-14", None),
            ("אולי ראשון 8-16 ואולי לא", None),
            ("450", None),
        ];
        for (text, expected) in cases {
            assert_eq!(&read(text), expected, "{text}");
        }
    }
}
