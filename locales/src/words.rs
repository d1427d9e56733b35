//! The words that people may type as a whole message. The lists belong to the translators (`words.ftl`); what a word
//! does belongs to `agents`, which also folds what was typed and compares. Nothing is decided here.

use crate::files::{FILES, WORDS};
use crate::{Locale, shape};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Who may type a word.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// A professional in pro mode.
    Pro,
    /// A customer, or a professional who is being served as one.
    Customer,
    /// Whoever runs a business, who may be a professional too.
    Owner,
    /// Everybody.
    Anyone,
}

macro_rules! define_words {
    ($($word:ident $key:literal $role:ident $doc:literal)*) => {
        /// What a typed word means.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Word {
            $(#[doc = $doc] $word,)*
        }

        impl Word {
            /// Every word.
            pub const ALL: &[Self] = &[$(Self::$word),*];

            /// Its key in `words.ftl`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$word => $key,)* }
            }

            /// Who may type it.
            #[must_use]
            pub const fn role(self) -> Role {
                match self { $(Self::$word => Role::$role,)* }
            }
        }
    };
}

define_words! {
    Approve      "word-approve"       Pro      "Take the offered job."
    Reject       "word-reject"        Pro      "Decline the offered job."
    Done         "word-done"          Pro      "The job is finished; in customer mode: back to pro mode."
    Pause        "word-pause"         Pro      "The bot is silent in a chat."
    Resume       "word-resume"        Pro      "The bot speaks again in a chat."
    Vacation     "word-vacation"      Pro      "No new jobs."
    Available    "word-available"     Pro      "New jobs again."
    Menu         "word-menu"          Pro      "The menu with real figures."
    CustomerMode "word-customer-mode" Pro      "A professional needs a professional."
    Offers       "word-offers"        Pro      "The offers that wait for an answer."
    Today        "word-today"         Pro      "The visits of today; an owner who is no professional: those of the business."
    Jobs         "word-jobs"          Pro      "The open jobs."
    CancelJob    "word-cancel-job"    Pro      "Take a booked job back."
    MoveJob      "word-move-job"      Pro      "Another time for a booked job."
    NoShow       "word-no-show"       Pro      "The customer was not there."
    AnotherVisit "word-another-visit" Pro      "Before a time: the job needs another visit then."
    History      "word-history"       Pro      "The jobs that ended."
    Stats        "word-stats"         Pro      "The professional's figures."
    Reviews      "word-reviews"       Pro      "What customers said."
    Find         "word-find"          Pro      "Look for a request that nobody took."
    Hours        "word-hours"         Pro      "The hours of the week; also before hours."
    Block        "word-block"         Pro      "Before a time: no visits then."
    Unblock      "word-unblock"       Pro      "Take blocked times back; also before a time."
    Office       "word-office"        Owner    "What an owner may type."
    OfficeToday  "word-office-today"  Owner    "The visits of the business today."
    Tomorrow     "word-tomorrow"      Owner    "The visits of the business tomorrow."
    Stuck        "word-stuck"         Owner    "Requests that wait for a person."
    Manage       "word-manage"        Owner    "Decide about a request that waits."
    Applicants   "word-applicants"    Owner    "Who wants to join."
    Week         "word-week"          Owner    "The figures of the week."
    PauseBot     "word-pause-bot"     Owner    "The bot is silent towards all customers."
    ResumeBot    "word-resume-bot"    Owner    "The bot answers customers again."
    SignUp       "word-sign-up"       Customer "I want to work with you."
    Skip         "word-skip"          Anyone   "Go on without an answer."
    Status       "word-status"        Customer "How does my request stand."
    Human        "word-human"         Customer "A person, please."
    Cancel       "word-cancel"        Customer "Cancel the request or appointment; never an opt-out."
    Reschedule   "word-reschedule"    Customer "Another time."
    Reset        "word-reset"         Customer "Forget this conversation and begin again."
    Help         "word-help"          Customer "What can I do here."
    TellIfFree   "word-tell-if-free"  Customer "Tell me when an earlier time is free."
    Stop         "word-stop"          Anyone   "Opt out of messages."
    Start        "word-start"         Anyone   "Opt back in."
    Yes          "word-yes"           Anyone   "Yes, to the question that is open."
    No           "word-no"            Anyone   "No, to the question that is open."
}

static SYNONYMS: LazyLock<Vec<(Word, Vec<&'static str>)>> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for locale in Locale::ALL {
        for source in FILES.iter().filter(|source| source.locale == locale && source.file == WORDS) {
            for message in shape::read(source.text).messages {
                let list = lists.entry(message.key).or_default();
                for synonym in split(&message.pieces) {
                    if !list.contains(&synonym) {
                        list.push(synonym);
                    }
                }
            }
        }
    }
    Word::ALL.iter().map(|word| (*word, lists.remove(word.key()).unwrap_or_default())).collect()
});

/// Every word with what may be typed for it in any language, as written in the files: neither folded nor lowered.
#[must_use]
pub fn synonyms() -> &'static [(Word, Vec<&'static str>)] {
    &SYNONYMS
}

/// What may be typed for one word, in any language; the Hebrew ones first.
#[must_use]
pub fn words(word: Word) -> &'static [&'static str] {
    SYNONYMS.iter().find(|(candidate, _)| *candidate == word).map_or(&[], |(_, list)| list)
}

/// The synonyms in the pieces of a value, separated by `|`.
pub(crate) fn split(pieces: &[&'static str]) -> impl Iterator<Item = &'static str> {
    pieces.iter().flat_map(|piece| piece.split('|')).map(str::trim).filter(|synonym| !synonym.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(synonym: &str) -> String {
        synonym.to_lowercase().replace('ё', "е")
    }

    #[test]
    fn no_synonym_means_two_things_to_one_person() {
        let all: Vec<(Word, String)> = synonyms()
            .iter()
            .flat_map(|(word, list)| list.iter().map(|synonym| (*word, folded(synonym))))
            .collect();
        let mut clashes = Vec::new();
        for (index, (word, synonym)) in all.iter().enumerate() {
            for (other, same) in &all[index + 1..] {
                let roles = [word.role(), other.role()];
                // An owner may be a professional too.
                let is_one_person = roles == [Role::Pro, Role::Owner] || roles == [Role::Owner, Role::Pro];
                let meet = roles[0] == roles[1] || roles.contains(&Role::Anyone) || is_one_person;
                if word != other && synonym == same && meet {
                    clashes.push(format!("{synonym}: {word:?} and {other:?}"));
                }
            }
        }
        assert!(clashes.is_empty(), "{}", clashes.join("\n"));
    }

    #[test]
    fn no_list_repeats_itself() {
        for (word, list) in synonyms() {
            let mut seen: Vec<String> = list.iter().map(|synonym| folded(synonym)).collect();
            seen.sort();
            let count = seen.len();
            seen.dedup();
            assert_eq!(seen.len(), count, "{word:?}");
        }
    }

    #[test]
    fn the_words_of_the_contract_are_there() {
        let rows: &[(Word, &[&str])] = &[
            (Word::Approve, &["אשר", "1", "approve"]),
            (Word::Reject, &["דחה", "2", "reject"]),
            (Word::Done, &["סיימתי", "3", "done"]),
            (Word::Pause, &["השהה"]),
            (Word::Resume, &["המשך"]),
            (Word::Vacation, &["חופשה"]),
            (Word::Available, &["זמין"]),
            (Word::Menu, &["תפריט"]),
            (Word::CustomerMode, &["לקוח"]),
            (Word::Vacation, &["הפסקה"]),
            (Word::Find, &["מצא"]),
            (Word::Today, &["היום", "today"]),
            (Word::Tomorrow, &["מחר", "tomorrow"]),
            (Word::Jobs, &["עבודות"]),
            (Word::History, &["היסטוריה"]),
            (Word::Stats, &["סטטיסטיקה"]),
            (Word::Reviews, &["ביקורות"]),
            (Word::Hours, &["שעות"]),
            (Word::Block, &["חסום", "block"]),
            (Word::CancelJob, &["ביטול"]),
            (Word::Manage, &["ניהול"]),
            (Word::Skip, &["דלג"]),
            (Word::Status, &["סטטוס", "status", "?"]),
            (Word::Human, &["נציג", "human"]),
            (Word::Cancel, &["ביטול", "בטל", "cancel"]),
            (Word::Reschedule, &["שינוי", "reschedule"]),
            (Word::Reset, &["התחלה", "restart"]),
            (Word::Stop, &["הסר", "stop", "unsubscribe"]),
            (Word::Start, &["התחל", "start"]),
            (Word::Yes, &["כן", "yes"]),
            (Word::No, &["לא", "no"]),
        ];
        for (word, expected) in rows {
            for synonym in *expected {
                assert!(words(*word).contains(synonym), "{word:?} lacks {synonym}");
            }
        }
    }

    #[test]
    fn cancelling_is_never_an_opt_out() {
        for cancel in words(Word::Cancel) {
            assert!(!words(Word::Stop).contains(cancel), "{cancel}");
        }
    }

    #[test]
    fn every_word_that_a_text_recommends_is_understood() {
        for source in FILES.iter().filter(|source| source.file != WORDS) {
            for message in shape::read(source.text).messages {
                let line = message.pieces.concat();
                // A number may follow the word.
                for recommended in line.split('*').skip(1).step_by(2).map(str::trim) {
                    let known = synonyms().iter().any(|(_, list)| list.contains(&recommended));
                    assert!(known, "{}/{} {}: *{recommended}*", source.locale, source.file, message.key);
                }
            }
        }
    }
}
