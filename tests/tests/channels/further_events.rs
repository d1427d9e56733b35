//! Webhooks of which there is no recording, made from recorded ones by changing what the documentation says may differ.

use super::{fixture, from_green_api, from_meta, received_at, shown};
use bot::channels::parse;
use serde_json::{Value, json};

/// The events of a recorded body in which these paths have other values; null removes.
fn changed(folder: &str, file: &str, changes: &[(&str, Value)]) -> Vec<String> {
    let mut body: Value = serde_json::from_slice(&fixture(folder, file)).unwrap();
    for (path, value) in changes {
        let (parent, name) = path.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        if value.is_null() {
            parent.remove(name);
        } else {
            parent.insert(name.to_string(), value.clone());
        }
    }
    let prove = if folder == "meta" { from_meta } else { from_green_api };
    shown(parse(&prove(body.to_string().into_bytes()), received_at()))
}

const MESSAGE: &str = "/entry/0/changes/0/value/messages/0";

/// A recorded message of Meta whose own fields have other values.
fn meta(file: &str, changes: &[(&str, Value)]) -> String {
    let paths: Vec<(String, Value)> =
        changes.iter().map(|(name, value)| (format!("{MESSAGE}/{name}"), value.clone())).collect();
    let paths: Vec<(&str, Value)> =
        paths.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
    changed("meta", file, &paths).join(" | ")
}

fn green(file: &str, changes: &[(&str, Value)]) -> String {
    changed("green_api", file, changes).join(" | ")
}

#[test]
fn people_without_a_number_are_people() {
    let file = "wh_text_english.json";
    let hidden = changed(
        "meta",
        file,
        &[
            (&format!("{MESSAGE}/from"), Value::Null),
            ("/entry/0/changes/0/value/contacts/0/wa_id", Value::Null),
        ],
    );
    assert!(hidden[0].contains(" from IL.1000000000000002 [- IL.1000000000000002] "), "{hidden:?}");
    assert!(hidden[0].ends_with("(Alex Sample)"), "{hidden:?}");
    assert_eq!(meta(file, &[("from", json!("")), ("from_user_id", Value::Null)]), "unknown missing_sender");
    let lid = json!("100000000000003@lid");
    let hidden = green(
        "in_text_english.json",
        &[("/senderData/chatId", lid.clone()), ("/senderData/sender", lid.clone())],
    );
    assert!(hidden.contains(" from 100000000000003@lid [-] "), "{hidden}");
    let shown = green("in_text_english.json", &[("/senderData/chatId", lid)]);
    assert!(shown.contains(" from 100000000000003@lid [+972500001002] "), "{shown}");
}

#[test]
fn only_chats_with_one_person_are_answered() {
    assert_eq!(meta("wh_text_english.json", &[("group_id", json!("Y2FwaV9ncm91cDox"))]), "ignored group");
    for (chat, expected) in [
        ("120363000000000001@g.us", "ignored group"),
        ("120363000000000001@newsletter", "ignored newsletter"),
        ("status@broadcast", "ignored status_broadcast"),
        ("972500001001", "unknown unknown_chat_kind"),
        ("x@somewhere.else", "unknown unknown_chat_kind"),
    ] {
        for file in ["in_text_english.json", "out_phone_text.json", "out_api_echo_text.json"] {
            assert_eq!(green(file, &[("/senderData/chatId", json!(chat))]), expected);
        }
        assert_eq!(green("st_read.json", &[("/chatId", json!(chat))]), expected);
        assert_eq!(green("call_missed.json", &[("/from", json!(chat))]), expected);
    }
}

#[test]
fn further_kinds_of_meta_messages() {
    let kind = |kind: &str, object: Value| {
        meta("wh_text_english.json", &[("type", json!(kind)), (kind, object), ("id", json!("w"))])
    };
    let who = "from 972500001002 [+972500001002 IL.1000000000000002] at 2 as meta:w";
    assert_eq!(kind("revoke", json!({"original_message_id": "x"})), format!("deleted meta:x {who}"));
    assert_eq!(
        kind("reaction", json!({"message_id": "x", "emoji": "👍"})),
        format!("reaction 👍 to x {who}")
    );
    assert_eq!(
        kind("reaction", json!({"message_id": "x", "emoji": ""})),
        format!("reaction none to x {who}")
    );
    assert_eq!(kind("hologram", json!({})), "unknown unknown_message_kind");
    assert_eq!(kind("system", json!({"type": "something_new"})), "unknown unknown_system_message");
    let row = json!({"type": "list_reply", "list_reply": {"id": "slot:1", "title": "09:00"}});
    assert_eq!(kind("interactive", row), format!("tap \"slot:1\" \"09:00\" {who} (Alex Sample)"));
    let permission = json!({"type": "call_permission_reply", "call_permission_reply": {}});
    assert_eq!(kind("interactive", permission), "ignored call_permission");
    assert_eq!(
        meta("wh_unsupported_no_subtype.json", &[("errors", json!([{"code": 131060}])), ("id", json!("w"))]),
        "undecryptable from 972500001002 [+972500001002 IL.1000000000000002] at 93 as meta:w"
    );
    assert_eq!(meta("wh_text_english.json", &[("text", json!({"body": ""}))]), "ignored empty_text");
}

#[test]
fn further_kinds_of_green_api_notifications() {
    let taps = [("selectedButtonId", "selectedButtonText"), ("selectedId", "selectedDisplayText")];
    for (id, label) in taps {
        let tap = green(
            "in_interactive_buttons_response.json",
            &[("/messageData/interactiveButtonsResponse", json!({id: "p", label: "מאשר", "stanzaId": "B"}))],
        );
        assert!(tap.starts_with("tap \"p\" \"מאשר\" quoting B from "), "{tap}");
    }
    let offer = json!({"contentText": "Hello", "buttons": [{"buttonId": "1", "buttonText": "OK"}]});
    let of_a_bot =
        green("in_interactive_buttons_reply_as_tap.json", &[("/messageData/interactiveButtonsReply", offer)]);
    assert_eq!(of_a_bot, "ignored message_of_a_bot");
    let cleared = green("in_reaction.json", &[("/messageData/extendedTextMessageData/text", json!(""))]);
    assert!(cleared.starts_with("reaction none to BAE5000000000003 "), "{cleared}");
    let no_address =
        green("in_image_caption.json", &[("/messageData/fileMessageData/downloadUrl", json!(""))]);
    assert!(
        no_address.starts_with("image \"image/jpeg\" \"ככה זה נראה מתחת לכיור\" at  from "),
        "{no_address}"
    );
    assert_eq!(
        green("out_phone_text.json", &[("/messageData/typeMessage", json!("reactionMessage"))]),
        "ignored done_on_the_phone"
    );
    assert_eq!(
        green("state_authorized.json", &[("/stateInstance", json!("notAuthorized"))]),
        "account Stopped state:notAuthorized"
    );
    assert_eq!(
        green("state_authorized.json", &[("/stateInstance", json!("dancing"))]),
        "account Alert state:dancing"
    );
    assert_eq!(green("st_sent.json", &[("/instanceData", Value::Null)]), "unknown missing_account");
    let buttons = json!({
        "typeMessage": "interactiveButtonsReply",
        "interactiveButtonsReply": {"titleText": "", "contentText": "לאשר?", "footerText": "", "buttons": []},
    });
    let echo = green("out_api_echo_text.json", &[("/messageData", buttons)]);
    assert!(echo.starts_with("echo BAE50000000000CA Some(\"לאשר?\") to "), "{echo}");
    let wordless = green("out_phone_text.json", &[("/messageData", Value::Null)]);
    assert!(wordless.starts_with("a human answered None from 972500001001@c.us "), "{wordless}");
    let untimed = green("in_text_english.json", &[("/timestamp", Value::Null)]);
    assert!(untimed.contains(" at 10000000 as "), "{untimed}");
    // The two notifications of a call that nobody answered have one key.
    let keys = ["missed", "declined"].map(|status| green("call_missed.json", &[("/status", json!(status))]));
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn events_can_be_logged() {
    let secrets = ["972500001001", "דנה", "נזילה", "תיקון", "צילום"];
    for (folder, file) in [
        ("meta", "wh_text_hebrew.json"),
        ("meta", "wh_edit_text_coexistence.json"),
        ("meta", "wh_smb_message_echo.json"),
        ("meta", "ac_user_preferences_stop.json"),
        ("meta", "wh_system_user_changed_number.json"),
        ("green_api", "in_image_caption.json"),
        ("green_api", "out_api_echo_text.json"),
        ("green_api", "in_reaction.json"),
        ("green_api", "call_missed.json"),
    ] {
        let prove = if folder == "meta" { from_meta } else { from_green_api };
        let verified = prove(fixture(folder, file));
        let logged = format!("{verified:?} {:?}", parse(&verified, received_at()).unwrap());
        assert!(secrets.iter().all(|secret| !logged.contains(secret)), "{logged}");
    }
}
