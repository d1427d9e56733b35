//! What Meta takes as a message: every form and every length. It looks only at the body of a request; windows, people
//! and rates are not its business.

use serde_json::Value;

use super::GraphError;
use crate::call::{length, text_at};
use crate::chat::{Content, MediaKind, ShownButton};

/// A message that may be sent, without its receiver.
pub(super) struct Draft {
    pub(super) content: Content,
    pub(super) header: String,
    pub(super) text: String,
    pub(super) footer: String,
    pub(super) buttons: Vec<ShownButton>,
}

impl Draft {
    fn new(content: Content, text: &str) -> Draft {
        let (header, footer) = (String::new(), String::new());
        Draft { content, header, text: text.to_owned(), footer, buttons: Vec::new() }
    }
}

/// Reads the part of a request that is shown to the person. Templates are read elsewhere: they need the account.
pub(super) fn draft(body: &Value) -> Result<Draft, GraphError> {
    match text_at(body, "/type") {
        // Meta treats a missing type as text.
        "text" | "" => text(body),
        "interactive" => interactive(body),
        "image" => file(body, "image", MediaKind::Image),
        "video" => file(body, "video", MediaKind::Video),
        "audio" => file(body, "audio", MediaKind::Voice),
        "document" => file(body, "document", MediaKind::Document),
        "reaction" => reaction(body),
        _ => Err(GraphError::parameter("the parameter type is not one that can be sent")),
    }
}

fn text(body: &Value) -> Result<Draft, GraphError> {
    let text = text_at(body, "/text/body");
    match length(text) {
        0 => Err(GraphError::parameter("The parameter text.body is required.")),
        1..=4096 => Ok(Draft::new(Content::Text, text)),
        _ => Err(GraphError::parameter("text.body must be at most 4096 characters long")),
    }
}

fn interactive(body: &Value) -> Result<Draft, GraphError> {
    let Some(part) = body.get("interactive").filter(|part| part.is_object()) else {
        return Err(GraphError::missing("interactive"));
    };
    let kind = text_at(part, "/type");
    let longest_body = if kind == "list" { 4096 } else { 1024 };
    let text = required(part, "/body/text", "interactive.body.text", longest_body)?;
    let header = match text_at(part, "/header/type") {
        "" if part.get("header").is_some() => return Err(GraphError::missing("interactive.header.type")),
        "" => "",
        "text" => required(part, "/header/text", "interactive.header.text", 60)?,
        _ => "",
    };
    let footer = optional(part, "/footer/text", "interactive.footer.text", 60)?;
    let (content, buttons) = match kind {
        "button" => (Content::Buttons, reply_buttons(part)?),
        "list" => (Content::List, list_rows(part)?),
        "cta_url" => {
            let parameters = "/action/parameters";
            let label = format!("{parameters}/display_text");
            required(part, &label, "display_text", 20)?;
            required(part, &format!("{parameters}/url"), "url", 2000)?;
            (Content::Text, Vec::new())
        }
        "location_request_message" if text_at(part, "/action/name") == "send_location" => {
            (Content::Text, Vec::new())
        }
        "" => return Err(GraphError::missing("interactive.type")),
        _ => return Err(GraphError::value("interactive.type is not one that can be sent")),
    };
    let mut draft = Draft::new(content, text);
    header.clone_into(&mut draft.header);
    footer.clone_into(&mut draft.footer);
    draft.buttons = buttons;
    Ok(draft)
}

fn reply_buttons(part: &Value) -> Result<Vec<ShownButton>, GraphError> {
    let buttons = array(part, "/action/buttons", "interactive.action.buttons")?;
    if !(1..=3).contains(&buttons.len()) {
        return Err(GraphError::value("there must be one to three buttons"));
    }
    let mut shown: Vec<ShownButton> = Vec::new();
    for button in buttons {
        if text_at(button, "/type") != "reply" {
            return Err(GraphError::value("the type of a button must be reply"));
        }
        let id = required(button, "/reply/id", "button id", 256)?;
        let title = required(button, "/reply/title", "button title", 20)?;
        if shown.iter().any(|other| other.id == id || other.title == title) {
            return Err(GraphError::value("ids and titles of buttons must be unique"));
        }
        shown.push(ShownButton { id: id.to_owned(), title: title.to_owned(), description: None });
    }
    Ok(shown)
}

fn list_rows(part: &Value) -> Result<Vec<ShownButton>, GraphError> {
    required(part, "/action/button", "interactive.action.button", 20)?;
    let sections = array(part, "/action/sections", "interactive.action.sections")?;
    if !(1..=10).contains(&sections.len()) {
        return Err(GraphError::value("there must be one to ten sections"));
    }
    let mut shown: Vec<ShownButton> = Vec::new();
    for section in sections {
        let title = optional(section, "/title", "section title", 24)?;
        if title.is_empty() && sections.len() > 1 {
            return Err(GraphError::value("a section needs a title when there are several"));
        }
        for row in array(section, "/rows", "rows")? {
            let id = required(row, "/id", "row id", 200)?;
            let title = required(row, "/title", "row title", 24)?;
            let description = optional(row, "/description", "row description", 72)?;
            if shown.iter().any(|other| other.id == id) {
                return Err(GraphError::value("ids of rows must be unique"));
            }
            let description = Some(description.to_owned()).filter(|description| !description.is_empty());
            shown.push(ShownButton { id: id.to_owned(), title: title.to_owned(), description });
        }
    }
    if !(1..=10).contains(&shown.len()) {
        return Err(GraphError::value("there must be one to ten rows over all sections"));
    }
    Ok(shown)
}

fn file(body: &Value, key: &str, kind: MediaKind) -> Result<Draft, GraphError> {
    let Some(part) = body.get(key).filter(|part| part.is_object()) else {
        return Err(GraphError::missing(key));
    };
    let caption = optional(part, "/caption", "caption", 1024)?;
    let file_name = text_at(part, "/filename").to_owned();
    let content = match (text_at(part, "/id"), text_at(part, "/link")) {
        ("", "") => return Err(GraphError::missing("id or link")),
        ("", link) => Content::Link { kind, url: link.to_owned(), file_name },
        (id, _) => Content::Media { kind, media: id.to_owned() },
    };
    Ok(Draft::new(content, caption))
}

fn reaction(body: &Value) -> Result<Draft, GraphError> {
    required(body, "/reaction/message_id", "reaction.message_id", 1024)?;
    Ok(Draft::new(Content::Reaction, text_at(body, "/reaction/emoji")))
}

fn required<'a>(value: &'a Value, pointer: &str, name: &str, longest: usize) -> Result<&'a str, GraphError> {
    match value.pointer(pointer) {
        None | Some(Value::Null) => Err(GraphError::missing(name)),
        Some(Value::String(text)) if (1..=longest).contains(&length(text)) => Ok(text),
        Some(_) => Err(GraphError::value(format!("{name} must have 1 to {longest} characters"))),
    }
}

fn optional<'a>(value: &'a Value, pointer: &str, name: &str, longest: usize) -> Result<&'a str, GraphError> {
    match value.pointer(pointer) {
        None | Some(Value::Null) => Ok(""),
        Some(Value::String(text)) if length(text) <= longest => Ok(text),
        Some(_) => Err(GraphError::value(format!("{name} must have at most {longest} characters"))),
    }
}

fn array<'a>(value: &'a Value, pointer: &str, name: &str) -> Result<&'a Vec<Value>, GraphError> {
    value.pointer(pointer).and_then(Value::as_array).ok_or_else(|| GraphError::missing(name))
}
