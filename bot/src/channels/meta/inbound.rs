//! Meta's webhooks, from a proven body to events. It answers nobody and stores nothing.

use super::refusal;
use super::wire::{Change, Contact, Entry, Envelope, Message, News, Preference, Status, Traffic};
use crate::channels::clean;
use crate::channels::event::{Event, Incident, Standing, Wish, Words};
use crate::channels::lenient::{self, Unreadable, moment};
use crate::channels::outcome::{Class, failure};
use crate::store::documents::{DeliveryState, StatusEvent};
use agents::conversation::Place;
use agents::id::{InboundId, OutboxId};
use agents::message::Channel;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// The events in a body. `received_at` stands in for a time that is missing.
pub(in crate::channels) fn parse(body: &[u8], received_at: DateTime<Utc>) -> Result<Vec<Event>, Unreadable> {
    let envelope: Envelope = lenient::read(body)?;
    if envelope.object.is_none() && envelope.entry.is_none() && envelope.field.is_some() {
        return Ok(vec![Event::Ignored { reason: "dashboard_sample" }]);
    }
    if envelope.object.as_deref() != Some("whatsapp_business_account") {
        return Ok(vec![Event::Unknown { reason: "unknown_object" }]);
    }
    let Some(Value::Array(entries)) = envelope.entry else {
        return Ok(vec![Event::Unknown { reason: "missing_entry" }]);
    };
    let mut reader = Reader { received_at, seen: HashSet::new(), events: Vec::new() };
    for entry in entries {
        let entry: Entry = serde_json::from_value(entry).unwrap_or_default();
        let account = entry.id.unwrap_or_default();
        if entry.changes.is_empty() {
            reader.events.push(Event::Unknown { reason: "missing_changes" });
        }
        for change in entry.changes {
            reader.change(&account, change);
        }
    }
    Ok(reader.events)
}

/// The dedupe key of a message.
pub(super) fn inbound_id(wamid: &str) -> InboundId {
    InboundId::new(format!("{}:{wamid}", Channel::Meta.key()))
}

fn place(account: &str, address: &str) -> Place {
    Place { channel: Channel::Meta, account: account.to_string(), address: address.to_string() }
}

/// A short stable text for a person and a moment that shows neither.
fn fingerprint(account: &str, address: &str, at: DateTime<Utc>) -> String {
    let digest = Sha256::digest(format!("{account}/{address}/{}", at.timestamp()));
    digest[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The value of a change, as a type all of whose fields may be missing.
fn value_of<T: DeserializeOwned + Default>(value: Value) -> T {
    serde_json::from_value(value).unwrap_or_default()
}

struct Reader {
    received_at: DateTime<Utc>,
    seen: HashSet<String>,
    events: Vec<Event>,
}

impl Reader {
    fn change(&mut self, owner: &str, change: Change) {
        let field = change.field.unwrap_or_default();
        match field.as_str() {
            "messages" | "smb_message_echoes" | "user_preferences" => self.traffic(value_of(change.value)),
            "message_template_status_update" => {
                let news: News = value_of(change.value);
                self.events.push(Event::Template {
                    account: owner.to_string(),
                    name: news.message_template_name.unwrap_or_default(),
                    language: news.message_template_language.unwrap_or_default(),
                    state: news.event.unwrap_or_default().to_lowercase(),
                });
            }
            "security"
            | "account_alerts"
            | "account_update"
            | "account_review_update"
            | "phone_number_quality_update" => {
                let news: News = value_of(change.value);
                let event = news.event.map(|event| format!(":{}", event.to_lowercase())).unwrap_or_default();
                self.account(owner, Standing::Alert, format!("{field}{event}"));
            }
            "business_capability_update"
            | "phone_number_name_update"
            | "message_template_quality_update"
            | "message_template_components_update"
            | "template_category_update" => {
                self.account(owner, Standing::Note, field);
            }
            "calls" => self.ignore("call"),
            "history" | "smb_app_state_sync" => self.ignore("copy_of_the_phone"),
            "automatic_events" | "partner_solutions" | "payment_configuration_update" => {
                self.ignore("not_about_messages");
            }
            "" => self.odd("missing_field"),
            _ => self.odd("unknown_field"),
        }
    }

    fn traffic(&mut self, traffic: Traffic) {
        let Some(account) = traffic.metadata.and_then(|metadata| metadata.phone_number_id) else {
            return self.odd("missing_account");
        };
        let nothing = traffic.messages.is_empty()
            && traffic.message_echoes.is_empty()
            && traffic.statuses.is_empty()
            && traffic.user_preferences.is_empty()
            && traffic.errors.is_empty();
        if nothing {
            self.odd("missing_content");
        }
        for message in traffic.messages {
            self.message(&account, &traffic.contacts, message);
        }
        for echo in traffic.message_echoes {
            self.echo(&account, echo);
        }
        for status in traffic.statuses {
            self.status(status);
        }
        for preference in traffic.user_preferences {
            self.preference(&account, preference);
        }
        for error in traffic.errors {
            match error.code.map(|code| (code, refusal::standing_of(code))) {
                Some((code, Some(standing))) => self.account(&account, standing, format!("meta_{code}")),
                Some((_, None)) | None => self.odd("value_error"),
            }
        }
    }

    fn message(&mut self, account: &str, contacts: &[Contact], message: Message) {
        let Some(id) = message.id.as_deref().filter(|id| !id.is_empty()) else {
            return self.odd("missing_id");
        };
        if !self.seen.insert(id.to_string()) {
            return;
        }
        if message.group_id.is_some() {
            return self.ignore("group");
        }
        let from =
            message.from.as_deref().map(|from| from.trim_start_matches('+')).filter(|from| !from.is_empty());
        let user = message.from_user_id.as_deref().filter(|user| !user.is_empty());
        let Some(address) = from.or(user) else {
            return self.odd("missing_sender");
        };
        let contact = contacts.iter().find(|contact| {
            (from.is_some() && contact.wa_id.as_deref() == from)
                || (user.is_some() && contact.user_id.as_deref() == user)
        });
        let incident = Incident {
            id: inbound_id(id),
            place: place(account, address),
            phone: from.and_then(clean::phone),
            business_scoped_id: user.map(str::to_string),
            at: moment(message.timestamp, self.received_at),
        };
        let name =
            contact.and_then(|contact| contact.profile.as_ref()?.name.as_deref()).and_then(clean::name);
        self.events.push(super::content::event(message, incident, name));
    }

    fn echo(&mut self, account: &str, echo: Message) {
        let (Some(id), Some(address)) = (echo.id, echo.to.as_deref().or(echo.to_user_id.as_deref())) else {
            return self.odd("missing_id");
        };
        if !self.seen.insert(id.clone()) {
            return;
        }
        let incident = Incident {
            id: inbound_id(&id),
            place: place(account, address),
            phone: echo.to.as_deref().and_then(clean::phone),
            business_scoped_id: echo.to_user_id.clone(),
            at: moment(echo.timestamp, self.received_at),
        };
        let text = echo.text.and_then(|text| text.body).map(|text| Words(clean::text(&text)));
        self.events.push(Event::HumanAnswered { incident, text });
    }

    fn status(&mut self, status: Status) {
        if status.recipient_type.as_deref() == Some("group") {
            return self.ignore("group");
        }
        let Some(provider_id) = status.id else {
            return self.odd("missing_id");
        };
        let state = match status.status.as_deref() {
            Some("sent") => DeliveryState::Sent,
            Some("delivered") => DeliveryState::Delivered,
            // A voice message that was played was seen.
            Some("read" | "played") => DeliveryState::Read,
            Some("failed") => DeliveryState::Failed,
            Some(_) | None => return self.odd("unknown_status"),
        };
        let code = status.errors.iter().find_map(|error| error.code);
        let reason = (state == DeliveryState::Failed).then(|| match code {
            Some(code) => {
                failure(refusal::class_of(code, None).unwrap_or(Class::Never), &format!("meta_{code}"))
            }
            None => failure(Class::Never, "meta_no_code"),
        });
        self.events.push(Event::Status(StatusEvent {
            channel: Channel::Meta,
            provider_id,
            outbox: status.biz_opaque_callback_data.map(OutboxId::new),
            state,
            reason,
            at: moment(status.timestamp, self.received_at),
        }));
    }

    fn preference(&mut self, account: &str, preference: Preference) {
        let Some(address) = preference.wa_id.as_deref().or(preference.user_id.as_deref()) else {
            return self.odd("missing_sender");
        };
        let wish = match preference.value.as_deref() {
            Some("stop") => Wish::Stop,
            Some("resume") => Wish::Resume,
            Some(_) | None => return self.odd("unknown_preference"),
        };
        let at = moment(preference.timestamp, self.received_at);
        let incident = Incident {
            // It has no id of its own, and an id must not hold a phone number.
            id: inbound_id(&format!("preference:{}", fingerprint(account, address, at))),
            place: place(account, address),
            phone: preference.wa_id.as_deref().and_then(clean::phone),
            business_scoped_id: preference.user_id.clone(),
            at,
        };
        self.events.push(Event::Marketing { incident, wish });
    }

    fn account(&mut self, account: &str, standing: Standing, reason: String) {
        let account = account.to_string();
        self.events.push(Event::AccountState { channel: Channel::Meta, account, standing, reason });
    }

    fn ignore(&mut self, reason: &'static str) {
        self.events.push(Event::Ignored { reason });
    }

    fn odd(&mut self, reason: &'static str) {
        self.events.push(Event::Unknown { reason });
    }
}
