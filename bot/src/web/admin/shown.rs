//! Stored things as consoles see them. It decides nothing and asks nothing.

use crate::store::documents::Stored;
use crate::store::lists::ChatLine;
use admin_api::conversation::{Line, Speaker};
use admin_api::lead::{LeadLine, LeadStatus};
use agents::business::Business;
use agents::id::ProId;
use agents::lead::{Lead, Status};
use agents::message::{AttachmentKind, Content};
use agents::pro::Pro;
use agents::say;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// The names of pros, by id.
pub(super) type Names = BTreeMap<ProId, String>;

pub(super) fn names(pros: &[Stored<Pro>]) -> Names {
    pros.iter().map(|stored| (stored.value.id.clone(), stored.value.name.clone())).collect()
}

/// The pro with a phone, who is called by their name where the person has told none.
pub(super) fn pro_with_phone<'a>(pros: &'a [Stored<Pro>], phone: &str) -> Option<&'a Pro> {
    pros.iter().map(|stored| &stored.value).find(|pro| pro.phone == phone)
}

/// A status in the words of the API.
pub(super) fn status(status: Status) -> LeadStatus {
    match status {
        Status::Contacted => LeadStatus::Contacted,
        Status::New => LeadStatus::New,
        Status::Booked => LeadStatus::Booked,
        Status::Completed => LeadStatus::Completed,
        Status::Closed => LeadStatus::Closed,
        Status::Rejected => LeadStatus::Rejected,
        Status::Cancelled => LeadStatus::Cancelled,
        Status::PendingAdminReview => LeadStatus::PendingAdminReview,
    }
}

/// A status of the API in our words.
pub(super) fn status_of(status: LeadStatus) -> Status {
    match status {
        LeadStatus::Contacted => Status::Contacted,
        LeadStatus::New => Status::New,
        LeadStatus::Booked => Status::Booked,
        LeadStatus::Completed => Status::Completed,
        LeadStatus::Closed => Status::Closed,
        LeadStatus::Rejected => Status::Rejected,
        LeadStatus::Cancelled => Status::Cancelled,
        LeadStatus::PendingAdminReview => Status::PendingAdminReview,
    }
}

/// A town in the language of the business.
pub(super) fn city(business: &Business, lead: &Lead) -> Option<String> {
    lead.address.city.as_deref().map(|key| say::city(business.locale, key))
}

/// A lead in a list.
pub(super) fn lead(business: &Business, names: &Names, stored: &Stored<Lead>) -> LeadLine {
    let lead = &stored.value;
    let made_at = lead.history.first().map_or(DateTime::<Utc>::UNIX_EPOCH, |change| change.at);
    LeadLine {
        id: lead.id.to_string(),
        number: lead.number,
        version: stored.version,
        status: status(lead.status),
        since: lead.status_since().unwrap_or(made_at),
        created_at: made_at,
        customer: lead.customer_name.clone(),
        trade: Some(lead.issue_type.key().to_owned()),
        issue: Some(lead.issue_summary.clone()).filter(|issue| !issue.is_empty()),
        city: city(business, lead),
        emergency: lead.emergency,
        pro: lead.pro.as_ref().map(ToString::to_string),
        pro_name: lead.pro.as_ref().and_then(|pro| names.get(pro)).cloned(),
        visit_from: lead.slot.map(|slot| slot.from),
        visit_to: lead.slot.map(|slot| slot.to),
        needs_human: lead.needs_human.map(|concern| concern.key().to_owned()),
        conversation: lead.conversation.to_string(),
    }
}

/// A line of a chat.
pub(super) fn line(line: &ChatLine) -> Line {
    match line {
        ChatLine::Heard(row) => {
            let (text, kind, media_url) = content(&row.inbound.content);
            Line {
                id: row.inbound.id.to_string(),
                at: row.inbound.at,
                by: Speaker::Person,
                text,
                kind: kind.map(str::to_owned),
                media_url,
                delivery: None,
                reason: None,
            }
        }
        ChatLine::Told(row) => Line {
            id: row.id.to_string(),
            at: row.created_at,
            by: if row.by.is_some() { Speaker::Operator } else { Speaker::Bot },
            text: row.message.text.clone(),
            kind: (!row.message.buttons.is_empty()).then(|| "buttons".to_owned()),
            media_url: None,
            delivery: Some(row.state.key().to_owned()),
            reason: row.reason.clone(),
        },
    }
}

/// Words, kind, and where the file can be had: a provider that keeps files under ids gives no address.
fn content(content: &Content) -> (String, Option<&'static str>, Option<String>) {
    match content {
        Content::Text { text } => (text.clone(), None, None),
        Content::Tap { label, .. } => (label.clone(), Some("buttons"), None),
        Content::Media { attachment } => {
            let kind = match attachment.kind {
                AttachmentKind::Image => "image",
                AttachmentKind::Video => "video",
                AttachmentKind::Voice => "audio",
                AttachmentKind::Document => "document",
            };
            let url = Some(&attachment.reference).filter(|url| url.starts_with("https://")).cloned();
            (attachment.caption.clone().unwrap_or_default(), Some(kind), url)
        }
        Content::Location { latitude, longitude, place } => {
            let point = format!("https://www.google.com/maps/search/?api=1&query={latitude},{longitude}");
            (place.clone().unwrap_or_default(), Some("location"), Some(point))
        }
        Content::Other { .. } => (String::new(), Some("document"), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_have_the_same_words_on_both_sides() {
        for known in LeadStatus::ALL {
            assert_eq!(status(status_of(*known)), *known);
            assert_eq!(serde_json::to_value(status_of(*known)).ok(), serde_json::to_value(known).ok());
        }
    }
}
