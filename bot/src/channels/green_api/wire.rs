//! Green API's notifications and answers as they are on the wire, read tolerantly. Nothing outside this folder sees
//! them, and nothing here decides what they mean.

use crate::channels::lenient::{number, object, text, truth, whole};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Notification {
    #[serde(default, deserialize_with = "text")]
    pub(super) type_webhook: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) instance_data: Option<InstanceData>,
    #[serde(default, deserialize_with = "whole")]
    pub(super) timestamp: Option<i64>,
    #[serde(default, deserialize_with = "text")]
    pub(super) id_message: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) sender_data: Option<SenderData>,
    #[serde(default, deserialize_with = "object")]
    pub(super) message_data: Option<MessageData>,
    /// Of statuses and blocks.
    #[serde(default, deserialize_with = "text")]
    pub(super) chat_id: Option<String>,
    /// Of statuses and calls.
    #[serde(default, deserialize_with = "text")]
    pub(super) status: Option<String>,
    /// False for a message that was typed on the phone; missing in older notifications.
    #[serde(default, deserialize_with = "text")]
    pub(super) send_by_api: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) state_instance: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) status_instance: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) from: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) quota_data: Option<QuotaData>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InstanceData {
    #[serde(default, deserialize_with = "text")]
    pub(super) id_instance: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SenderData {
    #[serde(default, deserialize_with = "text")]
    pub(super) chat_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) sender: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) sender_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) chat_name: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct QuotaData {
    #[serde(default, deserialize_with = "text")]
    pub(super) status: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MessageData {
    #[serde(default, deserialize_with = "text")]
    pub(super) type_message: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) text_message_data: Option<TextMessageData>,
    #[serde(default, deserialize_with = "object")]
    pub(super) extended_text_message_data: Option<ExtendedTextMessageData>,
    #[serde(default, deserialize_with = "object")]
    pub(super) file_message_data: Option<FileMessageData>,
    #[serde(default, deserialize_with = "object")]
    pub(super) location_message_data: Option<LocationMessageData>,
    #[serde(default, deserialize_with = "object")]
    pub(super) edited_message_data: Option<ChangedMessageData>,
    #[serde(default, deserialize_with = "object")]
    pub(super) deleted_message_data: Option<ChangedMessageData>,
    #[serde(default, deserialize_with = "object")]
    pub(super) quoted_message: Option<QuotedMessage>,
    #[serde(default, deserialize_with = "object")]
    pub(super) interactive_buttons_response: Option<Choice>,
    #[serde(default, deserialize_with = "object")]
    pub(super) interactive_buttons_reply: Option<Choice>,
    #[serde(default, deserialize_with = "object")]
    pub(super) template_button_reply_message: Option<Choice>,
    #[serde(default, deserialize_with = "object")]
    pub(super) buttons_response_message: Option<Choice>,
    #[serde(default, deserialize_with = "object")]
    pub(super) list_response_message: Option<ListChoice>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TextMessageData {
    #[serde(default, deserialize_with = "text")]
    pub(super) text_message: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExtendedTextMessageData {
    #[serde(default, deserialize_with = "text")]
    pub(super) text: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) stanza_id: Option<String>,
    #[serde(default, deserialize_with = "truth")]
    pub(super) show_ad_attribution: bool,
    #[serde(default, deserialize_with = "text")]
    pub(super) source_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FileMessageData {
    #[serde(default, deserialize_with = "text")]
    pub(super) download_url: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) caption: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) file_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) mime_type: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LocationMessageData {
    #[serde(default, deserialize_with = "text")]
    pub(super) name_location: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) address: Option<String>,
    #[serde(default, deserialize_with = "number")]
    pub(super) latitude: Option<f64>,
    #[serde(default, deserialize_with = "number")]
    pub(super) longitude: Option<f64>,
}

/// An edited or deleted message: which, and its new words.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangedMessageData {
    #[serde(default, deserialize_with = "text")]
    pub(super) stanza_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) text_message: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) caption: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct QuotedMessage {
    #[serde(default, deserialize_with = "text")]
    pub(super) stanza_id: Option<String>,
}

/// A tap, under the two pairs of names that are in use.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Choice {
    #[serde(default, deserialize_with = "text")]
    pub(super) stanza_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) selected_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) selected_button_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) selected_display_text: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) selected_button_text: Option<String>,
    /// Only in a message that has buttons: the words above them.
    #[serde(default, deserialize_with = "text")]
    pub(super) content_text: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListChoice {
    #[serde(default, deserialize_with = "text")]
    pub(super) stanza_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) title: Option<String>,
    /// A row id, or an object that holds it.
    #[serde(default)]
    pub(super) single_select_reply: Value,
}

/// The answer to a request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    #[serde(default, deserialize_with = "text")]
    pub(super) id_message: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) message: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) state_instance: Option<String>,
    #[serde(default, deserialize_with = "object")]
    pub(super) correspondents_status: Option<QuotaData>,
}
