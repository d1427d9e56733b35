//! What a channel can show, and how a message is made to fit: buttons as numbered lines, long texts in several
//! messages. It never shortens a text.

use agents::message::{Button, Outbound};

/// What a channel can do. Lengths are counted in UTF-16 units, the strictest reading of "characters".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// The longest text of one message.
    pub longest_text: usize,
    /// What its buttons allow; none when it has none.
    pub buttons: Option<ButtonLimits>,
    /// For how many hours after a person's last message free words may be sent; none when always.
    pub service_window_hours: Option<u32>,
    /// Whether it can be asked if a message was sent.
    pub can_ask_for_sent: bool,
    /// Whether its statuses bring our own id of the message back, even when the answer to sending was lost.
    pub brings_back_outbox_id: bool,
}

/// What the buttons of a channel allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ButtonLimits {
    /// How many.
    pub most: usize,
    /// The longest label.
    pub longest_label: usize,
    /// The longest payload, in bytes.
    pub longest_payload: usize,
    /// The longest text above them.
    pub longest_text: usize,
}

/// What is handed to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// Words alone; buttons have become numbered lines.
    Text(String),
    /// Words with buttons.
    Buttons(&'a str, &'a [Button]),
}

/// The length in UTF-16 units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The shape that the message takes on a channel; none when it is empty or too long for one message.
pub(super) fn shape<'a>(message: &'a Outbound, abilities: &Abilities) -> Option<Shape<'a>> {
    if message.text.trim().is_empty() {
        return None;
    }
    if fit_as_buttons(message, abilities) {
        return Some(Shape::Buttons(&message.text, &message.buttons));
    }
    let text = format!("{}{}", message.text, numbered(&message.buttons));
    (length(&text) <= abilities.longest_text).then_some(Shape::Text(text))
}

fn fit_as_buttons(message: &Outbound, abilities: &Abilities) -> bool {
    let Some(limits) = abilities.buttons else { return false };
    let buttons = &message.buttons;
    let each_fits = buttons.iter().all(|button| {
        !button.label.trim().is_empty()
            && length(&button.label) <= limits.longest_label
            && (1..=limits.longest_payload).contains(&button.payload.len())
    });
    let all_differ = buttons.iter().enumerate().all(|(at, button)| {
        buttons[..at].iter().all(|other| other.label != button.label && other.payload != button.payload)
    });
    (1..=limits.most).contains(&buttons.len())
        && each_fits
        && all_differ
        && length(&message.text) <= limits.longest_text
}

/// The buttons as lines that can be answered with their number.
fn numbered(buttons: &[Button]) -> String {
    let lines: String =
        buttons.iter().enumerate().map(|(at, button)| format!("\n{}. {}", at + 1, button.label)).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

/// The message in as many as the channel needs: cut between paragraphs, lines, sentences or words, in this order. The
/// buttons stand under the last one. Whoever enqueues messages calls this first: a text that is too long for one
/// message is refused when it is sent.
#[must_use]
pub fn split(message: &Outbound, abilities: &Abilities) -> Vec<Outbound> {
    if shape(message, abilities).is_some() {
        return vec![message.clone()];
    }
    let room_of_last = abilities.longest_text.saturating_sub(length(&numbered(&message.buttons))).max(1);
    let mut parts = Vec::new();
    let mut rest = message.text.trim();
    while length(rest) > room_of_last {
        // The room of the last part is kept free in every part that might become it.
        let room = if length(rest) > abilities.longest_text { abilities.longest_text } else { room_of_last };
        let at = cut(rest, room);
        parts.push(Outbound::text(rest[..at].trim_end()));
        rest = rest[at..].trim_start();
    }
    if !rest.is_empty() {
        parts.push(Outbound { text: rest.to_string(), buttons: message.buttons.clone(), figures: None });
    }
    parts
}

/// Where to cut so that what is before takes at most this room; at least one character.
fn cut(text: &str, room: usize) -> usize {
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            units += c.len_utf16();
            units > room
        })
        .map_or(text.len(), |(at, _)| at);
    let first = text.chars().next().map_or(0, char::len_utf8);
    let head = &text[..end.max(first)];
    // A break in the first half would leave a stub; a coarser break is worth that only beyond the half.
    ["\n\n", "\n", ". ", "? ", "! ", " "]
        .into_iter()
        .filter_map(|mark| head.rfind(mark).map(|at| at + mark.len()))
        .find(|at| *at > head.len() / 2)
        .unwrap_or(head.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PLAIN: Abilities = Abilities {
        longest_text: 40,
        buttons: None,
        service_window_hours: None,
        can_ask_for_sent: false,
        brings_back_outbox_id: false,
    };
    const WITH_BUTTONS: Abilities = Abilities {
        buttons: Some(ButtonLimits { most: 3, longest_label: 20, longest_payload: 256, longest_text: 30 }),
        ..PLAIN
    };

    fn buttons(labels: &[&str]) -> Vec<Button> {
        labels
            .iter()
            .enumerate()
            .map(|(at, label)| Button { payload: format!("p{at}"), label: (*label).to_string() })
            .collect()
    }

    fn shown(text: &str, labels: &[&str], abilities: &Abilities) -> String {
        let message = Outbound { text: text.to_string(), buttons: buttons(labels), figures: None };
        match shape(&message, abilities) {
            None => "nothing".to_string(),
            Some(Shape::Text(text)) => format!("text {text}"),
            Some(Shape::Buttons(text, buttons)) => format!("{} buttons under {text}", buttons.len()),
        }
    }

    #[test]
    fn buttons_become_numbered_lines_where_they_cannot_be_shown() {
        assert_eq!(shown("לאשר?", &["כן", "לא"], &PLAIN), "text לאשר?\n\n1. כן\n2. לא");
        assert_eq!(shown("לאשר?", &["כן", "לא"], &WITH_BUTTONS), "2 buttons under לאשר?");
        assert_eq!(shown("ok?", &["a", "a"], &WITH_BUTTONS), "text ok?\n\n1. a\n2. a");
        assert_eq!(shown("ok?", &["a", "b", "c", "d"], &WITH_BUTTONS), "text ok?\n\n1. a\n2. b\n3. c\n4. d");
        assert_eq!(
            shown("ok?", &["a label of 21 letters"], &WITH_BUTTONS),
            "text ok?\n\n1. a label of 21 letters"
        );
        let text = "thirty-one letters are too many";
        assert_eq!(shown(text, &["a"], &WITH_BUTTONS), format!("text {text}\n\n1. a"));
        assert_eq!(shown(" ", &[], &PLAIN), "nothing");
        assert_eq!(shown(&"a".repeat(41), &[], &PLAIN), "nothing");
        assert_eq!(shown(&"😀".repeat(21), &[], &PLAIN), "nothing");
    }

    #[test]
    fn long_texts_are_split_and_lose_no_word() {
        let texts = [
            "one two three four five six seven eight nine ten eleven twelve".to_string(),
            "a paragraph of some length\n\nand another one of some length\n\nend".to_string(),
            "😀".repeat(100),
            "שלום ".repeat(50),
            format!("{}\n\n{}", "a".repeat(90), "b".repeat(3)),
        ];
        for text in texts {
            for labels in [&[][..], &["yes", "no", "later"]] {
                for abilities in [PLAIN, WITH_BUTTONS] {
                    let message = Outbound { text: text.clone(), buttons: buttons(labels), figures: None };
                    let parts = split(&message, &abilities);
                    assert!(parts.iter().all(|part| shape(part, &abilities).is_some()), "{parts:?}");
                    let (last, others) = parts.split_last().unwrap();
                    assert_eq!(last.buttons, message.buttons);
                    assert!(others.iter().all(|part| part.buttons.is_empty()));
                    let bare = |text: &str| text.split_whitespace().collect::<String>();
                    let joined: String = parts.iter().map(|part| bare(&part.text)).collect();
                    assert_eq!(joined, bare(&text));
                }
            }
        }
    }

    #[test]
    fn a_text_that_fits_is_left_alone() {
        let message = Outbound { text: " as it is ".to_string(), buttons: buttons(&["a"]), figures: None };
        assert_eq!(split(&message, &PLAIN), [message]);
    }
}
