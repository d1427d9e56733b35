//! What is typed behind `/` on the leads: words, and conditions such as `status:booked`, `pro:אבי`, `human`.

use admin_api::lead::{LeadFilter, LeadStatus};
use admin_api::page::Window;
use std::collections::BTreeMap;

/// Reads a filter. Pros are given by id or by the beginning of a name that was on the screen.
#[must_use]
pub(super) fn read(text: &str, pros: &BTreeMap<String, String>) -> LeadFilter {
    let mut filter = LeadFilter { window: Window::default(), ..LeadFilter::default() };
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        match word.split_once(':') {
            Some(("status" | "s", name)) => filter.status = status(name),
            Some(("pro" | "p", name)) => {
                let known = pros.iter().find(|(id, called)| *id == name || called.starts_with(name));
                filter.pro = Some(known.map_or_else(|| name.to_owned(), |(id, _)| id.clone()));
            }
            Some(("contact", id)) => filter.contact = Some(id.to_owned()),
            _ if word == "human" || word == "!" => filter.needs_human = true,
            _ => words.push(word),
        }
    }
    let words = words.join(" ");
    let words = words.strip_prefix('#').unwrap_or(&words);
    filter.q = (!words.is_empty()).then(|| words.to_owned());
    filter
}

/// The status whose name begins so.
pub(super) fn status(name: &str) -> Option<LeadStatus> {
    let exact = LeadStatus::ALL.iter().find(|status| status.key() == name);
    let near = || LeadStatus::ALL.iter().find(|status| !name.is_empty() && status.key().starts_with(name));
    exact.or_else(near).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_and_words_are_told_apart() {
        let pros = BTreeMap::from([("p1".to_owned(), "אבי כהן".to_owned())]);
        let filter = read("תל status:booked pro:אבי אביב human", &pros);
        assert_eq!(filter.status, Some(LeadStatus::Booked));
        assert_eq!(filter.pro.as_deref(), Some("p1"));
        assert!(filter.needs_human);
        assert_eq!(filter.q.as_deref(), Some("תל אביב"));
        assert_eq!(read("#17", &pros).q.as_deref(), Some("17"));
        assert_eq!(read("", &pros), LeadFilter::default());
        assert_eq!(read("s:pend", &pros).status, Some(LeadStatus::PendingAdminReview));
        assert_eq!(read("s:", &pros).status, None);
    }
}
