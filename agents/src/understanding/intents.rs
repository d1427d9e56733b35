//! Hints of what a customer wants besides having a problem. Hints only: commands are whole messages and live in the
//! locales, and nothing is cancelled because of a hint.

use super::lexicon::{Lexicon, lines};
use super::negation::is_denied_directly;
use super::words::Text;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

macro_rules! intents {
    ($($(#[$doc:meta])* $field:ident,)*) => {
        /// What a message seems to be about; several may be true.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Intents { $($(#[$doc])* pub $field: bool,)* }

        impl Intents {
            fn place(&mut self, key: &str) -> Option<&mut bool> {
                match key { $(stringify!($field) => Some(&mut self.$field),)* _ => None }
            }

            /// The names of those that are true.
            #[must_use]
            pub fn keys(&self) -> Vec<&'static str> {
                let all = [$((stringify!($field), self.$field)),*];
                all.into_iter().filter(|(_, is_true)| *is_true).map(|(key, _)| key).collect()
            }
        }
    };
}

intents! {
    /// "שלום", "hi".
    greeting,
    /// "תודה".
    thanks,
    /// "להתראות".
    goodbye,
    /// "כמה זה עולה".
    asks_price,
    /// "מתי אפשר".
    asks_slots,
    /// "אתם מגיעים לחולון?".
    asks_area,
    /// "איפה הטכנאי".
    asks_status,
    /// "נציג".
    wants_human,
    /// "אני רוצה לבטל".
    wants_cancel,
    /// "לשנות את השעה".
    wants_reschedule,
    /// "שירות גרוע".
    complaint,
    /// "אתה רובוט?".
    asks_bot,
    /// "מה אתם עושים", "how does it work".
    asks_help,
    /// "תודיעו לי אם מתפנה".
    wants_to_be_told,
    /// "מה מזג האוויר", and nothing that is our business.
    off_topic,
}

/// The intents and, beside them, what is not one of their fields.
pub(crate) struct FoundIntents {
    pub(crate) intents: Intents,
    pub(crate) has_moved: bool,
    /// For every word whether it greets, thanks or takes leave.
    pub(crate) courtesy: Vec<bool>,
}

static PATTERNS: LazyLock<Lexicon<(&'static str, bool)>> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    for (heading, phrases) in lines(include_str!("../../data/intents.txt")) {
        for phrase in phrases {
            let whole = phrase.strip_prefix('=');
            lexicon.add(whole.unwrap_or(phrase), (heading, whole.is_some()));
        }
    }
    lexicon
});

pub(crate) fn find_intents(text: &Text, skip: &[bool]) -> FoundIntents {
    let mut result = FoundIntents {
        intents: Intents::default(),
        has_moved: false,
        courtesy: vec![false; text.words.len()],
    };
    let mut is_about_policy = false;
    for found in PATTERNS.find_all(text) {
        let (key, is_whole) = *found.value;
        let is_courtesy = matches!(key, "greeting" | "thanks" | "goodbye");
        if skip[found.words.start] || (is_whole && found.words.len() != text.words.len()) {
            continue;
        }
        if is_courtesy && (found.prefix > 0 && key != "thanks") {
            continue;
        }
        let can_be_denied = matches!(key, "wants_cancel" | "wants_reschedule" | "moved" | "wants_human");
        if can_be_denied
            && is_denied_directly(text, &found.words)
            && !text.form(found.words.start).starts_with("לא")
        {
            continue;
        }
        if is_courtesy {
            result.courtesy[found.words.clone()].fill(true);
        }
        match key {
            "moved" => result.has_moved = true,
            "policy" => is_about_policy = true,
            key => {
                if let Some(place) = result.intents.place(key) {
                    *place = true;
                }
            }
        }
    }
    result.intents.thanks |= text.clean.contains('🙏');
    if is_about_policy {
        result.intents.wants_cancel = false;
    }
    result
}
