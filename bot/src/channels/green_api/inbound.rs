//! Green API's notifications, from a proven body to events. It answers nobody and stores nothing.

use super::wire::Notification;
use crate::channels::clean;
use crate::channels::event::{Event, Incident, Standing};
use crate::channels::lenient::{self, Unreadable, moment};
use crate::channels::outcome::{Class, failure};
use crate::store::documents::{DeliveryState, StatusEvent};
use agents::conversation::Place;
use agents::id::InboundId;
use agents::message::Channel;
use chrono::{DateTime, Utc};

/// The events in a body: one, or two when a status also tells how the account stands. `received_at` stands in for a
/// time that is missing.
pub(in crate::channels) fn parse(body: &[u8], received_at: DateTime<Utc>) -> Result<Vec<Event>, Unreadable> {
    let notification: Notification = lenient::read(body)?;
    let Some(kind) = notification.type_webhook.clone() else {
        return Ok(vec![Event::Unknown { reason: "missing_type" }]);
    };
    let instance = notification.instance_data.as_ref().and_then(|data| data.id_instance.clone());
    let Some(account) = instance.filter(|id| !id.is_empty()) else {
        return Ok(vec![Event::Unknown { reason: "missing_account" }]);
    };
    // The published sample of a used-up quota is labelled as a block: what it holds decides, not its name.
    if let Some(quota) = notification.quota_data {
        let status = quota.status.unwrap_or_default().to_lowercase();
        return Ok(vec![account_state(account, Standing::Limited, format!("quota:{status}"))]);
    }
    let at = moment(notification.timestamp, received_at);
    Ok(match kind.as_str() {
        "incomingMessageReceived" | "outgoingMessageReceived" | "outgoingAPIMessageReceived" => {
            vec![message(&kind, notification, &account, at)]
        }
        "outgoingMessageStatus" => status(notification, account, at),
        "stateInstanceChanged" => {
            let state = notification.state_instance.unwrap_or_default();
            let standing = standing_of(&state);
            vec![account_state(account, standing, format!("state:{state}"))]
        }
        "statusInstanceChanged" => match notification.status_instance.as_deref() {
            Some("offline") => vec![account_state(account, Standing::Note, "socket:offline".to_string())],
            Some(_) | None => ignored("socket"),
        },
        "incomingCall" => call(notification, &account, at),
        "outgoingCall" => ignored("call"),
        "deviceInfo" => ignored("device"),
        // The provider's page says that it does not work; a block shows only as a message that stays sent.
        "incomingBlock" => ignored("block"),
        _ => vec![Event::Unknown { reason: "unknown_kind" }],
    })
}

/// The dedupe key of a message.
pub(super) fn inbound_id(account: &str, id_message: &str) -> InboundId {
    InboundId::new(format!("{}:{account}:{id_message}", Channel::GreenApi.key()))
}

/// What a state of the instance means for sending.
pub(super) fn standing_of(state: &str) -> Standing {
    match state {
        "authorized" => Standing::Works,
        "starting" | "sleepMode" => Standing::Waits,
        "notAuthorized" | "blocked" | "yellowCard" | "suspended" => Standing::Stopped,
        _ => Standing::Alert,
    }
}

fn account_state(account: String, standing: Standing, reason: String) -> Event {
    Event::AccountState { channel: Channel::GreenApi, account, standing, reason }
}

fn ignored(reason: &'static str) -> Vec<Event> {
    vec![Event::Ignored { reason }]
}

/// Why a chat is none with one person; none when it is.
fn not_personal(chat_id: &str) -> Option<Event> {
    let reason = match chat_id.rsplit_once('@') {
        Some((_, "c.us" | "lid")) => return None,
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "newsletter",
        Some((_, "broadcast")) => "status_broadcast",
        Some(_) | None => return Some(Event::Unknown { reason: "unknown_chat_kind" }),
    };
    Some(Event::Ignored { reason })
}

/// The number in an address; none when it is hidden behind `@lid`.
fn phone_of(chat_id: &str) -> Option<String> {
    chat_id.strip_suffix("@c.us").and_then(clean::phone)
}

fn place(account: &str, chat_id: &str) -> Place {
    Place { channel: Channel::GreenApi, account: account.to_string(), address: chat_id.to_string() }
}

fn message(kind: &str, notification: Notification, account: &str, at: DateTime<Utc>) -> Event {
    let Some(id) = notification.id_message.filter(|id| !id.is_empty()) else {
        return Event::Unknown { reason: "missing_id" };
    };
    let sender = notification.sender_data.unwrap_or_default();
    let Some(chat_id) = sender.chat_id else {
        return Event::Unknown { reason: "missing_sender" };
    };
    if let Some(event) = not_personal(&chat_id) {
        return event;
    }
    let place = place(account, &chat_id);
    let data = notification.message_data;
    let words = data.as_ref().and_then(super::content::words);
    if kind == "outgoingAPIMessageReceived" {
        return Event::Echo { place, provider_id: id, text: words, at };
    }
    let from_person = kind == "incomingMessageReceived";
    let phone =
        phone_of(&chat_id).or_else(|| sender.sender.as_deref().filter(|_| from_person).and_then(phone_of));
    let incident = Incident { id: inbound_id(account, &id), place, phone, business_scoped_id: None, at };
    if from_person {
        let name =
            [sender.sender_name, sender.chat_name].into_iter().flatten().find_map(|name| clean::name(&name));
        return match data {
            Some(data) => super::content::event(&data, incident, name),
            None => Event::Unknown { reason: "missing_content" },
        };
    }
    match data.as_ref().and_then(|data| data.type_message.as_deref()) {
        // A human who reacts to or takes back something has not taken the chat over.
        Some("reactionMessage" | "deletedMessage" | "editedMessage") => {
            Event::Ignored { reason: "done_on_the_phone" }
        }
        Some(_) | None => Event::HumanAnswered { incident, text: words },
    }
}

fn status(notification: Notification, account: String, at: DateTime<Utc>) -> Vec<Event> {
    let Some(provider_id) = notification.id_message.filter(|id| !id.is_empty()) else {
        return vec![Event::Unknown { reason: "missing_id" }];
    };
    if notification.send_by_api.as_deref() == Some("false") {
        return ignored("status_of_a_human_message");
    }
    if let Some(event) = notification.chat_id.as_deref().and_then(not_personal) {
        return vec![event];
    }
    let failed =
        |class, code: &str| (DeliveryState::Failed, Some(failure(class, &format!("green_api_{code}"))));
    let (state, reason) = match notification.status.as_deref() {
        Some("sent") => (DeliveryState::Sent, None),
        Some("delivered") => (DeliveryState::Delivered, None),
        Some("read") => (DeliveryState::Read, None),
        Some("failed") => failed(Class::Undeliverable, "failed"),
        Some("noAccount") => failed(Class::Undeliverable, "no_account"),
        Some("notInGroup") => failed(Class::Undeliverable, "not_in_group"),
        Some("noActiveSession") => failed(Class::WindowClosed, "no_active_session"),
        Some("yellowCard") => failed(Class::StopChannel, "yellow_card"),
        Some(_) | None => return vec![Event::Unknown { reason: "unknown_status" }],
    };
    let restricted = notification.status.as_deref() == Some("yellowCard");
    let status = StatusEvent { channel: Channel::GreenApi, provider_id, outbox: None, state, reason, at };
    let mut events = vec![Event::Status(status)];
    if restricted {
        events.push(account_state(account, Standing::Stopped, "state:yellowCard".to_string()));
    }
    events
}

fn call(notification: Notification, account: &str, at: DateTime<Utc>) -> Vec<Event> {
    // `missed` is the older word for `declined`; the two notifications of a call share the id of the call, and so do
    // their keys, so that one call is answered once.
    if !matches!(notification.status.as_deref(), Some("missed" | "declined")) {
        return ignored("call");
    }
    let (Some(id), Some(from)) = (notification.id_message, notification.from) else {
        return vec![Event::Unknown { reason: "missing_id" }];
    };
    if let Some(event) = not_personal(&from) {
        return vec![event];
    }
    vec![Event::MissedCall(Incident {
        id: inbound_id(account, &format!("{id}:missed")),
        place: place(account, &from),
        phone: phone_of(&from),
        business_scoped_id: None,
        at,
    })]
}
