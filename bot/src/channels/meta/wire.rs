//! Meta's webhook bodies and answers as they are on the wire, read tolerantly. Nothing outside this folder sees them,
//! and nothing here decides what they mean.

use crate::channels::lenient::{list, number, object, text, whole};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Envelope {
    #[serde(default, deserialize_with = "text")]
    pub(super) object: Option<String>,
    #[serde(default)]
    pub(super) entry: Option<Value>,
    /// Only in the sample of the dashboard, which has no envelope.
    #[serde(default, deserialize_with = "text")]
    pub(super) field: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Entry {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) changes: Vec<Change>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Change {
    #[serde(default, deserialize_with = "text")]
    pub(super) field: Option<String>,
    #[serde(default)]
    pub(super) value: Value,
}

/// The value of the fields about people: messages, statuses, preferences.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Traffic {
    #[serde(default, deserialize_with = "object")]
    pub(super) metadata: Option<Metadata>,
    #[serde(default, deserialize_with = "list")]
    pub(super) contacts: Vec<Contact>,
    #[serde(default, deserialize_with = "list")]
    pub(super) messages: Vec<Message>,
    #[serde(default, deserialize_with = "list")]
    pub(super) message_echoes: Vec<Message>,
    #[serde(default, deserialize_with = "list")]
    pub(super) statuses: Vec<Status>,
    #[serde(default, deserialize_with = "list")]
    pub(super) errors: Vec<Error>,
    #[serde(default, deserialize_with = "list")]
    pub(super) user_preferences: Vec<Preference>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Metadata {
    #[serde(default, deserialize_with = "text")]
    pub(super) phone_number_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Contact {
    #[serde(default, deserialize_with = "text")]
    pub(super) wa_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) user_id: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) profile: Option<Profile>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Profile {
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Message {
    #[serde(default, deserialize_with = "text")]
    pub(super) from: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) from_user_id: Option<String>,
    /// Only in echoes: to whom the human wrote.
    #[serde(default, deserialize_with = "text")]
    pub(super) to: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) to_user_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "whole")]
    pub(super) timestamp: Option<i64>,
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) group_id: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) context: Option<Context>,
    #[serde(default, deserialize_with = "object")]
    pub(super) referral: Option<Referral>,
    #[serde(default, deserialize_with = "list")]
    pub(super) errors: Vec<Error>,
    #[serde(default, deserialize_with = "object")]
    pub(super) text: Option<Text>,
    #[serde(default, deserialize_with = "object")]
    pub(super) image: Option<Media>,
    #[serde(default, deserialize_with = "object")]
    pub(super) video: Option<Media>,
    #[serde(default, deserialize_with = "object")]
    pub(super) audio: Option<Media>,
    #[serde(default, deserialize_with = "object")]
    pub(super) document: Option<Media>,
    #[serde(default, deserialize_with = "object")]
    pub(super) location: Option<Location>,
    #[serde(default, deserialize_with = "object")]
    pub(super) interactive: Option<Interactive>,
    #[serde(default, deserialize_with = "object")]
    pub(super) button: Option<TemplateButton>,
    #[serde(default, deserialize_with = "object")]
    pub(super) reaction: Option<Reaction>,
    #[serde(default, deserialize_with = "object")]
    pub(super) system: Option<System>,
    #[serde(default, deserialize_with = "object")]
    pub(super) unsupported: Option<Unsupported>,
    #[serde(default, deserialize_with = "object")]
    pub(super) edit: Option<Box<Edit>>,
    #[serde(default, deserialize_with = "object")]
    pub(super) revoke: Option<Revoke>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Context {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Referral {
    #[serde(default, deserialize_with = "text")]
    pub(super) source_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Text {
    #[serde(default, deserialize_with = "text")]
    pub(super) body: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Media {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) mime_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) caption: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) filename: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Location {
    #[serde(default, deserialize_with = "number")]
    pub(super) latitude: Option<f64>,
    #[serde(default, deserialize_with = "number")]
    pub(super) longitude: Option<f64>,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) address: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Interactive {
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) button_reply: Option<Choice>,
    #[serde(default, deserialize_with = "object")]
    pub(super) list_reply: Option<Choice>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Choice {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) title: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct TemplateButton {
    #[serde(default, deserialize_with = "text")]
    pub(super) payload: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) text: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Reaction {
    #[serde(default, deserialize_with = "text")]
    pub(super) message_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) emoji: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct System {
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) wa_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) user_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Unsupported {
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub(super) kind: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Edit {
    #[serde(default, deserialize_with = "text")]
    pub(super) original_message_id: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) message: Option<Message>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Revoke {
    #[serde(default, deserialize_with = "text")]
    pub(super) original_message_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Status {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) status: Option<String>,
    #[serde(default, deserialize_with = "whole")]
    pub(super) timestamp: Option<i64>,
    #[serde(default, deserialize_with = "text")]
    pub(super) recipient_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) biz_opaque_callback_data: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) errors: Vec<Error>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Error {
    #[serde(default, deserialize_with = "whole")]
    pub(super) code: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Preference {
    #[serde(default, deserialize_with = "text")]
    pub(super) wa_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) user_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) value: Option<String>,
    #[serde(default, deserialize_with = "whole")]
    pub(super) timestamp: Option<i64>,
}

/// The value of the fields about an account.
#[derive(Debug, Default, Deserialize)]
pub(super) struct News {
    #[serde(default, deserialize_with = "text")]
    pub(super) event: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) message_template_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) message_template_language: Option<String>,
}

/// The answer to a request: ids when it was taken, an error when not.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    #[serde(default, deserialize_with = "list")]
    pub(super) messages: Vec<Accepted>,
    #[serde(default, deserialize_with = "object")]
    pub(super) error: Option<Error>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Accepted {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
}
