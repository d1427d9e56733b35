//! What people do: customers who have a problem and answer more or less to the point, and pros who approve, decline,
//! forget and finish. Everything is chosen by dice with a seed.

use agents::conversation::{Conversation, Need, Question};
use agents::id::ProId;
use agents::lead::{Lead, Status};
use agents::message::{Attachment, AttachmentKind, Content, Outbound};
use agents::pro::Pro;
use bot::outside::Dice;
use chrono::Duration;

/// A person on the market.
pub(super) struct Person {
    /// E.164.
    pub(super) phone: String,
    /// The pro that they are.
    pub(super) pro: Option<ProId>,
    pub(super) dice: Dice,
}

/// What a person is about to do.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Writes this.
    Says(String),
    /// Taps this button.
    Taps { payload: String, label: String },
    /// Sends a photo.
    Photo,
    /// Answers what is being asked by then.
    Answers,
}

const PROBLEMS: [&str; 12] = [
    "יש לי נזילה במטבח",
    "סתימה בכיור באמבטיה",
    "הברז מטפטף, צריך להחליף",
    "הצפה בבית! המים עולים",
    "קצר בחשמל, אין אור בסלון",
    "המזגן לא מקרר",
    "ננעלתי מחוץ לבית",
    "מכונת הכביסה לא סוחטת",
    "צריך לצבוע חדר שינה",
    "I have a leak under the sink",
    "у меня течёт кран на кухне",
    "عندي تسريب مياه في المطبخ",
];
pub(super) const CITIES: [&str; 9] =
    ["תל אביב", "רמת גן", "גבעתיים", "חיפה", "ירושלים", "ראשון לציון", "באר שבע", "אילת", "Haifa"];
const TIMES: [&str; 7] = [
    "מחר בבוקר",
    "מחר אחרי הצהריים",
    "היום בערב",
    "ביום ראשון בעשר",
    "מתי שאפשר",
    "tomorrow at 10",
    "בעוד שלושה ימים",
];
const CHATTER: [&str; 10] = [
    "תודה",
    "כמה זה עולה?",
    "אתה רובוט?",
    "👍",
    "מה מזג האוויר?",
    "רגע",
    "אולי אחר כך",
    "הכתובת היא הרצל 12",
    "יש גם סתימה בכיור",
    "מעולה",
];

/// Every pro of the market, and so many customers.
pub(super) fn everybody(seed: u64, customers: usize, pros: &[Pro]) -> anyhow::Result<Vec<Person>> {
    let mut people: Vec<Person> = pros
        .iter()
        .enumerate()
        .map(|(index, pro)| Person {
            phone: pro.phone.clone(),
            pro: Some(pro.id.clone()),
            dice: Dice::seeded(seed.wrapping_mul(1_000_003).wrapping_add(u64::try_from(index).unwrap_or(0))),
        })
        .collect();
    for index in 0..customers {
        let own = u64::try_from(index)?;
        people.push(Person {
            phone: format!("+97250001{index:04}"),
            pro: None,
            dice: Dice::seeded(seed.wrapping_mul(2_000_003).wrapping_add(own)),
        });
    }
    Ok(people)
}

impl Person {
    fn pick<'a>(&self, of: &[&'a str]) -> &'a str {
        let index = self.dice.below(u64::try_from(of.len()).unwrap_or(1));
        of[usize::try_from(index).unwrap_or(0)]
    }

    fn percent(&self, percent: u64) -> bool {
        self.dice.below(100) < percent
    }

    fn minutes(&self, from: u64, to: u64) -> Duration {
        Duration::minutes(i64::try_from(from + self.dice.below(to - from)).unwrap_or(1))
    }

    /// What a customer begins with.
    pub(super) fn first_words(&self) -> Option<Act> {
        if self.pro.is_some() {
            return None;
        }
        Some(Act::Says(match self.dice.below(10) {
            0 => "שלום".to_owned(),
            1..=3 => format!("{} ב{}", self.pick(&PROBLEMS), self.pick(&CITIES)),
            _ => self.pick(&PROBLEMS).to_owned(),
        }))
    }

    /// What they will do about a message that they read: when, and what.
    pub(super) fn reacts(&self, message: Outbound, paused: bool) -> Vec<(Duration, Act)> {
        if self.pro.is_some() { self.pro_reacts(message) } else { self.customer_reacts(message, paused) }
    }

    fn customer_reacts(&self, message: Outbound, paused: bool) -> Vec<(Duration, Act)> {
        if self.percent(if paused { 80 } else { 5 }) {
            return Vec::new();
        }
        let soon = self.minutes(1, 30);
        let act = match self.dice.below(100) {
            0 => Act::Says("הסר".to_owned()),
            1 => Act::Says("נציג".to_owned()),
            2..=3 => Act::Says("סטטוס".to_owned()),
            4 => Act::Says("ביטול".to_owned()),
            5 => Act::Says("שינוי".to_owned()),
            6 => Act::Photo,
            7 => Act::Says("תודיעו לי אם מתפנה".to_owned()),
            8..=9 => Act::Says(self.pick(&CHATTER).to_owned()),
            10 => Act::Says(self.pick(&TIMES).to_owned()),
            _ => match message.buttons.as_slice() {
                [] => Act::Answers,
                buttons => {
                    let index = self.dice.below(u64::try_from(buttons.len()).unwrap_or(1));
                    let button = &buttons[usize::try_from(index).unwrap_or(0)];
                    Act::Taps { payload: button.payload.clone(), label: button.label.clone() }
                }
            },
        };
        let mut acts = vec![(soon, act)];
        if self.percent(1) {
            // They come back weeks later with something else.
            acts.push((Duration::days(14) + soon, Act::Says(self.pick(&PROBLEMS).to_owned())));
        }
        acts
    }

    fn pro_reacts(&self, message: Outbound) -> Vec<(Duration, Act)> {
        let soon = self.minutes(1, 9);
        let tap = |index: usize| {
            message
                .buttons
                .get(index)
                .map(|button| Act::Taps { payload: button.payload.clone(), label: button.label.clone() })
        };
        if message.buttons.is_empty() {
            // Once in a while the day's work is closed, or somebody looks around.
            return match self.dice.below(100) {
                0..=4 => vec![(soon, Act::Says("תפריט".to_owned()))],
                6 => vec![(soon, Act::Says("ביקור נוסף מחר 10:00".to_owned()))],
                7 => vec![
                    (soon, Act::Says("חסום מחר".to_owned())),
                    (Duration::hours(3), Act::Says("בטל חסימה".to_owned())),
                ],
                5 => vec![
                    (soon, Act::Says("חופשה".to_owned())),
                    (Duration::days(1), Act::Says("זמין".to_owned())),
                ],
                _ => vec![(soon, Act::Answers)],
            };
        }
        // Some days later the work is done, whatever it was, and they say so.
        let done = Duration::days(1 + i64::try_from(self.dice.below(5)).unwrap_or(0)) + soon;
        let act = match self.dice.below(100) {
            0..=64 => {
                return tap(0)
                    .map(|act| (soon, act))
                    .into_iter()
                    .chain([(done, Act::Says("סיימתי".to_owned()))])
                    .collect();
            }
            65..=79 => tap(1).map(|act| (soon, act)),
            // Too late: the offer has gone by then, or is about to.
            80..=89 => tap(0).map(|act| (Duration::minutes(55) + soon, act)),
            _ => None,
        };
        act.into_iter().collect()
    }

    /// The messages that an act comes to.
    pub(super) fn says(&self, act: Act, chat: Option<&Conversation>, lead: Option<&Lead>) -> Vec<Content> {
        let text = |text: &str| vec![Content::Text { text: text.to_owned() }];
        match act {
            Act::Says(words) => text(&words),
            Act::Taps { payload, label } => vec![Content::Tap { payload, label }],
            Act::Photo => vec![Content::Media {
                attachment: Attachment {
                    kind: AttachmentKind::Image,
                    reference: "photo".to_owned(),
                    mime: "image/jpeg".to_owned(),
                    caption: None,
                    file_name: None,
                },
            }],
            Act::Answers => {
                let question = chat.and_then(|chat| chat.pending.as_ref()).map(|pending| &pending.question);
                match question {
                    Some(Question::Tell { need }) => text(&self.fact(*need)),
                    Some(Question::ChooseSlot { .. }) => match self.dice.below(4) {
                        0 => text(self.pick(&TIMES)),
                        1 => text("2"),
                        _ => text("1"),
                    },
                    Some(Question::FinalPrice) => text("350"),
                    Some(Question::WhichLead { numbers, .. }) => {
                        let oldest = numbers.iter().min().copied().unwrap_or(1);
                        text(&oldest.to_string())
                    }
                    Some(Question::ReviewWords) => text("עבודה נקייה ומהירה"),
                    Some(Question::ConfirmCancel { .. }) => text(self.pick(&["כן", "לא", "רגע"])),
                    Some(Question::SameAddress | Question::Consent) => text("כן"),
                    Some(_) => text(self.pick(&["1", "2", "כן", "לא"])),
                    None if self.pro.is_some() => Vec::new(),
                    None => match lead.map(|lead| lead.status) {
                        Some(Status::Completed) => text(self.pick(&["5", "4", "1"])),
                        _ => Vec::new(),
                    },
                }
            }
        }
    }

    fn fact(&self, need: Need) -> String {
        match need {
            Need::Issue => self.pick(&PROBLEMS).to_owned(),
            Need::City => self.pick(&CITIES).to_owned(),
            Need::Address => format!("הרצל {}", 1 + self.dice.below(90)),
            Need::FloorApartment => "קומה 3 דירה 12".to_owned(),
            Need::Name => self.pick(&["דנה", "יוסי", "Anna", "محمد"]).to_owned(),
            Need::Slot | Need::Choice => self.pick(&TIMES).to_owned(),
        }
    }
}
