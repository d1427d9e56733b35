//! What names a person in a text: their ids, their phones in any form, their names and addresses. It looks and blots out;
//! it decides nothing about rows.

use super::Person;
use agents::lead::{ERASED, Lead};
use agents::text::fold;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// In the place of a name, a phone or an address.
const BLOT: &str = "…";
/// A shorter name or line of an address is in too many words.
const SHORTEST: usize = 2;
/// Characters by which people divide a phone number.
const DIVIDERS: [char; 8] = [' ', '-', '.', '(', ')', '/', '\u{2011}', '\u{a0}'];

/// What names a person.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Ids, as they are.
    ids: Vec<String>,
    phones: Vec<Phone>,
    /// Names and addresses, folded, as words.
    names: Vec<Vec<String>>,
}

/// A phone in the forms that people and providers write.
#[derive(Clone)]
struct Phone {
    /// With the country's code.
    whole: String,
    /// As it is dialled at home, with a zero.
    at_home: String,
    /// Without either.
    bare: String,
    /// Providers hide a number in the ids of messages.
    hidden: [String; 3],
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone")
    }
}

impl Phone {
    /// None of what is too short to be told from other numbers.
    fn of(text: &str) -> Option<Self> {
        let whole: String = text.chars().filter(char::is_ascii_digit).collect();
        if whole.len() < 8 {
            return None;
        }
        // The number within the country has nine digits or ten; a code is at most three.
        let bare = match whole.strip_prefix("972") {
            Some(bare) => bare.to_owned(),
            None => whole[whole.len().saturating_sub(10).min(3)..].to_owned(),
        };
        let hidden = [0, 1, 2].map(|shift| hidden(&whole, shift));
        Some(Self { at_home: format!("0{bare}"), bare, hidden, whole })
    }

    /// Whether digits that stand together are this number.
    fn is(&self, digits: &str) -> bool {
        digits.contains(&self.whole) || digits.contains(&self.at_home) || digits == self.bare
    }
}

/// What is the same of a number in Base64 whatever stands before it and behind it.
fn hidden(digits: &str, shift: usize) -> String {
    let mut bytes = vec![0; shift];
    bytes.extend(digits.as_bytes());
    let skipped = [0, 2, 3][shift];
    let text = STANDARD_NO_PAD.encode(&bytes);
    text[skipped..bytes.len() * 8 / 6].to_owned()
}

impl Marks {
    /// What names this person.
    #[must_use]
    pub fn of(person: &Person) -> Self {
        let contact = &person.contact.value;
        let mut marks = Self::default();
        let aliases = contact.also.iter().map(|alias| alias.id.to_string());
        marks.ids.extend([contact.id.to_string()].into_iter().chain(aliases));
        for chat in &person.chats {
            marks.ids.push(chat.value.id.to_string());
            marks.add_address(&chat.value.place.address);
            marks.add_name(chat.value.request.name.as_deref());
        }
        // Ids of visits begin with those of their leads.
        marks.ids.extend(person.leads.iter().map(|lead| lead.value.id.to_string()));
        for phone in contact.phones() {
            marks.phones.extend(Phone::of(phone));
        }
        for lead in person.leads.iter().map(|lead| &lead.value) {
            marks.add_name(lead.customer_name.as_deref());
            marks.phones.extend(lead.customer_phone.as_deref().and_then(Phone::of));
            marks.add_house(lead);
        }
        marks.add_name(contact.name.as_deref());
        marks.add_name(contact.profile_name.as_deref());
        // The longest first, so that no name is left with a blot in it.
        marks.names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        marks.names.dedup();
        marks.ids.sort_by_key(|id| std::cmp::Reverse(id.len()));
        marks.ids.dedup();
        marks
    }

    /// Where somebody is reached: mostly their number, else an id of the provider's.
    fn add_address(&mut self, address: &str) {
        match Phone::of(address) {
            Some(phone) if address.chars().take_while(char::is_ascii_digit).count() >= 8 => {
                self.phones.push(phone)
            }
            Some(_) | None if address.len() >= 6 => self.ids.push(address.to_owned()),
            Some(_) | None => {}
        }
    }

    fn add_name(&mut self, name: Option<&str>) {
        let name = words(name.unwrap_or_default());
        if name.concat().chars().count() >= SHORTEST {
            self.names.push(name);
        }
    }

    /// Street and number: where a person lives.
    fn add_house(&mut self, lead: &Lead) {
        if let (Some(street), Some(number)) = (&lead.address.street, &lead.address.street_number) {
            self.add_name(Some(&format!("{street} {number}")));
        }
    }

    /// Whether a text has an id of theirs, or a phone in any form: then nobody else can be meant.
    #[must_use]
    pub fn is_theirs(&self, text: &str) -> bool {
        self.ids.iter().any(|id| text.contains(id.as_str()))
            || self
                .phones
                .iter()
                .any(|phone| phone.hidden.iter().any(|hidden| text.contains(hidden.as_str())))
            || runs(text).iter().any(|run| self.phones.iter().any(|phone| phone.is(&run.digits)))
    }

    /// Whether a text has a name of theirs, or their address. Others may be called so too.
    #[must_use]
    pub fn is_named(&self, text: &str) -> bool {
        let words = placed_words(text);
        (0..words.len()).any(|at| self.name_at(&words, at).is_some())
    }

    /// A text without ids and phones of theirs.
    #[must_use]
    pub fn without_ids(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for run in runs(text) {
            if self.phones.iter().any(|phone| phone.is(&run.digits)) {
                out.push_str(&text[from..run.from]);
                out.push_str(BLOT);
                from = run.to;
            }
        }
        out.push_str(&text[from..]);
        for id in &self.ids {
            out = out.replace(id.as_str(), ERASED);
        }
        for hidden in self.phones.iter().flat_map(|phone| &phone.hidden) {
            out = out.replace(hidden.as_str(), BLOT);
        }
        out
    }

    /// A text without names and addresses of theirs.
    #[must_use]
    pub fn without_names(&self, text: &str) -> String {
        let words = placed_words(text);
        let mut out = String::with_capacity(text.len());
        let (mut from, mut at) = (0, 0);
        while at < words.len() {
            match self.name_at(&words, at) {
                Some(length) => {
                    out.push_str(&text[from..words[at].from]);
                    out.push_str(BLOT);
                    from = words[at + length - 1].to;
                    at += length;
                }
                None => at += 1,
            }
        }
        out.push_str(&text[from..]);
        out
    }

    /// How many words from this one on are a name.
    fn name_at(&self, words: &[Word], at: usize) -> Option<usize> {
        let is_here = |name: &&Vec<String>| {
            words.len() - at >= name.len()
                && name.iter().zip(&words[at..]).enumerate().all(|(place, (name, word))| {
                    word.folded == *name || (place == 0 && is_with_prefix(&word.folded, name))
                })
        };
        self.names.iter().find(is_here).map(Vec::len)
    }
}

/// Hebrew writes "to", "from", "and" and others as a letter before a name.
fn is_with_prefix(word: &str, name: &str) -> bool {
    let mut letters = word.chars();
    let is_prefix = letters.next().is_some_and(|first| "ולבמשהכ".contains(first));
    is_prefix && letters.as_str() == name && name.chars().next().is_some_and(|c| ('א'..='ת').contains(&c))
}

fn words(text: &str) -> Vec<String> {
    placed_words(text).into_iter().map(|word| word.folded).collect()
}

/// A word and where it is.
struct Word {
    folded: String,
    from: usize,
    to: usize,
}

fn placed_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    // Marks on letters and apostrophes within are of the word.
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '׳' | '’' | '\u{591}'..='\u{5c7}');
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_of_word(c), from) {
            (true, None) => from = Some(at),
            (false, Some(begun)) => {
                words.push(Word { folded: fold(&text[begun..at]), from: begun, to: at });
                from = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    words
}

/// Digits that stand together, whatever divides them, and where.
struct Run {
    digits: String,
    from: usize,
    to: usize,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut is_open = false;
    let mut plus = None;
    for (at, c) in text.char_indices() {
        let digit = match c {
            '0'..='9' => Some(c),
            '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10),
            '\u{6f0}'..='\u{6f9}' => char::from_digit(c as u32 - 0x6f0, 10),
            _ => None,
        };
        match digit {
            Some(digit) => {
                let to = at + c.len_utf8();
                match runs.last_mut().filter(|_| is_open) {
                    Some(run) => {
                        run.digits.push(digit);
                        run.to = to;
                    }
                    None => runs.push(Run { digits: digit.to_string(), from: plus.unwrap_or(at), to }),
                }
                is_open = true;
            }
            None => {
                is_open = is_open && DIVIDERS.contains(&c);
                plus = (c == '+').then_some(at);
            }
        }
    }
    runs.retain(|run| run.digits.len() >= 7);
    runs
}

/// Every string in a value that a text may be in, changed.
pub fn rewrite(value: &mut serde_json::Value, change: &dyn Fn(&str) -> String) {
    match value {
        serde_json::Value::String(text) => {
            let changed = change(text);
            if changed != *text {
                *text = changed;
            }
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(|value| rewrite(value, change)),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(|value| rewrite(value, change)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// Whether a string in a value is such.
#[must_use]
pub fn any_text(value: &serde_json::Value, is_such: &dyn Fn(&str) -> bool) -> bool {
    match value {
        serde_json::Value::String(text) => is_such(text),
        serde_json::Value::Array(values) => values.iter().any(|value| any_text(value, is_such)),
        serde_json::Value::Object(fields) => fields.values().any(|value| any_text(value, is_such)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dana() -> Marks {
        let mut marks = Marks { ids: vec!["p00dana".to_owned()], ..Marks::default() };
        marks.phones.extend(Phone::of("+972500000001"));
        marks.add_name(Some("דנה כהן"));
        marks.add_name(Some("Dana"));
        marks.add_name(Some("הרצל 10"));
        marks
    }

    #[test]
    fn a_phone_is_found_in_any_form() {
        for text in [
            "+972500000001",
            "972500000001@c.us",
            "tel: 050-000-0001!",
            "(050) 0000001",
            "500000001",
            "+972 50-000-0001, 3 rooms",
            "٠٥٠٠٠٠٠٠٠١",
            "00972500000001",
            "wamid.HBgMOTcyNTAwMDAwMDAxFQIAEhggQUJD",
        ] {
            assert!(dana().is_theirs(text), "{text}");
            assert!(!dana().is_theirs(&dana().without_ids(text)), "{text}");
        }
        for text in ["+972500000002", "0500000012", "2026-11-22T07:00:00Z", "5000000", "17500000001234"] {
            assert!(!dana().is_theirs(text), "{text}");
            assert_eq!(dana().without_ids(text), text);
        }
        assert_eq!(dana().without_ids("call +972 50-000-0001, thanks"), "call …, thanks");
        assert_eq!(dana().without_ids("turn/p00dana-1"), "turn/erased-1");
    }

    #[test]
    fn a_number_is_found_in_base64_wherever_it_begins() {
        for before in ["", "a", "ab", "abc"] {
            let text = STANDARD_NO_PAD.encode(format!("{before}972500000001xyz"));
            assert!(dana().is_theirs(&text), "{text}");
        }
    }

    #[test]
    fn a_name_is_found_as_whole_words() {
        for (text, without) in [
            ("עבודה חדשה: דנה כהן, הרצל 10, חיפה", "עבודה חדשה: …, …, חיפה"),
            ("לדנה כהן", "…"),
            ("DANA came", "… came"),
            ("דָּנָה כהן", "…"),
        ] {
            assert!(dana().is_named(text), "{text}");
            assert_eq!(dana().without_names(text), without);
        }
        for text in ["דנה לוי", "Danae", "הרצל 100", "כהן דנה", ""] {
            assert!(!dana().is_named(text), "{text}");
            assert_eq!(dana().without_names(text), text);
        }
    }
}
