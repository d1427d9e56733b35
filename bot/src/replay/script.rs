//! The language of scenario files, one step a line:
//!
//! ```text
//! # a comment
//! business approval=auto consent=ask owner=galit          before everything else
//! file avi visits = { max_visits_a_day = 2 }   a line of the business's file, of a pro or of `business`; likewise
//! business everybody=avi reminder_hours=24,2   all pros do what avi does; when customers are reminded
//! business operator=whatsapp|telegram|both     how the operator, who is called boss, is told what waits for a person
//! channel green dana                           dana writes through Green API; all other customers through Meta
//! channel meta avi                             avi works through Meta; all other pros through Green API
//! clock 2026-11-22 09:00                       local time of the business; before everything else
//! clock +2h                                    time passes: s, m, h, d
//! dana> יש לי נזילה                            a message, and everything that follows from it
//! dana>> עוד דבר                               a message, and nothing yet: a burst
//! later 3s dana> ועוד                          a message that arrives while time passes, say during a slow model
//! dana photo כיתוב                             also voice, document, location
//! dana taps 2                                  the second button of the newest message that has some
//! dana taps confirm:x                          a button with this payload, of a message long gone
//! avi quotes 3> אשר                            answers the third message on the phone
//! bot< dana  שלום ... נציג                     the next message on the phone holds these pieces, in order
//! bot< dana  !שקל                              ... and not this one
//! telegram פנייה 1                              the next alert on the operator's Telegram holds these pieces
//! telegram silence                             ... there is no further one
//! silence dana                                 no message is left unread on the phone
//! skip dana                                    whatever is unread on the phone has been read
//! post meta fixtures/meta/x.json expecting 200    a recorded body, rightly signed; its path is in the folder of the tests
//! forge meta fixtures/meta/x.json expecting 401   the same, with the proof of somebody who does not know the secret
//! expect lead booked, slot 2026-11-22 14:00 avi
//! expect leads 2 | history contacted new booked | human no_pro_in_area | no human | counter NAME{..} = 1 | rows leads 1
//! expect lead full_address הרצל 10             a stored field of the newest lead
//! expect no lead offer                         a field of the newest lead that is not set
//! expect number 2 booked avi                   as `expect lead`, of the lead with this short number
//! expect contact dana opted_out_at 2026        a field of a person, or of their chat: `expect chat dana pending.question.kind x`
//! expect no chat dana paused_until             a field of a person or chat that is not set
//! expect visits booked 1                       how many visits stand so: held, booked, done, cancelled
//! expect outbox failed 1 | jobs dead 0         how many messages stand so; how many jobs: ready, leased, dead
//! expect cell pro/desk/approve                 the newest decided cell of the table of states and intents
//! expect free avi 2026-11-22 14:00 | taken avi 2026-11-22 14:00
//! model on | dispatch {..} | persona {..} | fails 503 | slow 5s | garbage | hangs
//! fault meta drop-after | drop-before | hang | hang-after | server-error | rate-limited | fails-later 131047
//! webhook twice | late 5s | store broken | store works
//! take avi 2026-11-22 14:00 60                 somebody else's visit is in the pro's calendar
//! blocks avi 2026-11-22 14:00 60               the pro does not work then
//! fill avi                                     ... all of it
//! try customer/idle/help dana> עזרה            what would follow now: through which cell of the table; then it never was
//! ask dana another_pro                         a question is opened in a chat, as a timer does; also call_offered, visit_done, earlier_offered, visit_offered
//! restart                                      the process dies and starts again
//! idle                                         nothing is left to do but timers
//! ```

use chrono::{Duration, NaiveDateTime};

/// A step of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A setting of the business.
    Business(String, String),
    /// A line of the business's file: whose, and what.
    File(String, String),
    /// Who writes through Green API.
    Green(String),
    /// Which pro works through Meta.
    Meta(String),
    /// The local time at which it begins.
    Begin(NaiveDateTime),
    /// Time passes.
    Pass(Duration),
    /// Somebody writes.
    Writes {
        /// Who.
        who: String,
        /// What.
        text: String,
        /// When everything that follows is done.
        pace: Pace,
    },
    /// Somebody sends something else than words.
    Sends {
        /// Who.
        who: String,
        /// `photo`, `voice`, `document`, `location`.
        what: String,
        /// The caption.
        caption: Option<String>,
    },
    /// Somebody taps a button, counted from 1.
    Taps(String, usize),
    /// Somebody taps a button that stands behind this payload: an old one, or one that we never made.
    TapsOld(String, String),
    /// Somebody answers a message on their phone, counted from 1, with words.
    Quotes(String, usize, String),
    /// The next message on a phone holds these pieces in order; a piece that begins with `!` must be missing.
    Reads(String, Vec<String>),
    /// The next alert on the operator's Telegram holds these pieces; none: there is no further one.
    Telegram(Option<Vec<String>>),
    /// Nothing is left unread on a phone.
    Silence(String),
    /// Whatever is unread on a phone has been read.
    Skip(String),
    /// A provider posts a recorded body: which provider, which file, how it is proven, and the status that it must be answered with.
    Post(String, String, Proof, u16),
    /// Something is true of what is stored.
    Expect(String),
    /// How the model behaves.
    Model(String),
    /// What a provider does wrong next.
    Fault(String, String),
    /// What the next webhook does.
    Webhook(String),
    /// Whether the store can be used.
    Store(bool),
    /// A pro's time is taken.
    Take(String, NaiveDateTime, i64),
    /// A pro does not work at a time.
    Blocks(String, NaiveDateTime, i64),
    /// All of a pro's time is taken.
    Fill(String),
    /// A step that is only tried: the cell of the table that its decision must come through, and the step.
    Try(String, Box<Step>),
    /// A question is opened in somebody's chat.
    Ask(String, String),
    /// The process dies and starts again.
    Restart,
    /// Nothing is left to do but timers.
    Idle,
}

/// What proves that a body is its provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The right signature or token.
    Right,
    /// One of somebody who does not know the secret.
    Forged,
}

/// What follows a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Everything that comes of it.
    Settled,
    /// Nothing yet.
    Burst,
    /// It is only sent when so much time has passed.
    Later(Duration),
}

/// A line that is no step.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}: {text}")]
pub struct ScriptError {
    line: usize,
    problem: &'static str,
    text: String,
}

/// Reads a scenario: its steps with their line numbers.
///
/// # Errors
/// The first line that is no step.
pub(super) fn parse(text: &str) -> Result<Vec<(usize, Step)>, ScriptError> {
    let mut steps = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        for step in step(trimmed).map_err(|problem| ScriptError {
            line: index + 1,
            problem,
            text: trimmed.to_owned(),
        })? {
            steps.push((index + 1, step));
        }
    }
    Ok(steps)
}

fn step(line: &str) -> Result<Vec<Step>, &'static str> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let one = |step| Ok(vec![step]);
    match word {
        "business" => rest
            .split_whitespace()
            .map(|pair| {
                let (key, value) = pair.split_once('=').ok_or("a setting is written key=value")?;
                Ok(Step::Business(key.to_owned(), value.to_owned()))
            })
            .collect(),
        "file" => {
            let (who, line) = rest.split_once(' ').ok_or("file WHO LINE")?;
            one(Step::File(who.to_owned(), line.trim().to_owned()))
        }
        "channel" => {
            let (channel, who) = rest.split_once(' ').ok_or("a channel and a name are needed")?;
            match channel {
                "green" => one(Step::Green(who.trim().to_owned())),
                "meta" => one(Step::Meta(who.trim().to_owned())),
                _ => Err("a channel is green or meta"),
            }
        }
        "clock" => match rest.strip_prefix('+') {
            Some(length) => one(Step::Pass(duration(length)?)),
            None => one(Step::Begin(moment(rest)?)),
        },
        "later" => {
            let (length, message) =
                rest.split_once(' ').ok_or("a length of time and a message are needed")?;
            let (who, text) = message.split_once('>').ok_or("a message is written NAME> TEXT")?;
            one(Step::Writes {
                who: who.trim().to_owned(),
                text: text.trim().to_owned(),
                pace: Pace::Later(duration(length)?),
            })
        }
        "bot<" => {
            let (who, pieces) = rest.split_once(' ').unwrap_or((rest, ""));
            let pieces =
                pieces.split("...").map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty());
            one(Step::Reads(who.to_owned(), pieces.collect()))
        }
        "telegram" if rest == "silence" => one(Step::Telegram(None)),
        "telegram" => {
            let pieces = rest.split("...").map(|piece| piece.trim().to_owned());
            one(Step::Telegram(Some(pieces.filter(|piece| !piece.is_empty()).collect())))
        }
        "silence" => one(Step::Silence(rest.to_owned())),
        "skip" => one(Step::Skip(rest.to_owned())),
        "post" | "forge" => {
            let proof = if word == "post" { Proof::Right } else { Proof::Forged };
            let (what, status) =
                rest.split_once(" expecting ").ok_or("post PROVIDER FILE expecting STATUS")?;
            let (provider, file) = what.split_once(' ').ok_or("a provider and a file are needed")?;
            let status = status.trim().parse().map_err(|_| "a status is a number")?;
            one(Step::Post(provider.to_owned(), file.trim().to_owned(), proof, status))
        }
        "expect" => one(Step::Expect(rest.to_owned())),
        "model" => one(Step::Model(rest.to_owned())),
        "fault" => {
            let (provider, fault) = rest.split_once(' ').ok_or("a provider and a fault are needed")?;
            one(Step::Fault(provider.to_owned(), fault.trim().to_owned()))
        }
        "webhook" => one(Step::Webhook(rest.to_owned())),
        "store" => one(Step::Store(match rest {
            "works" => true,
            "broken" => false,
            _ => return Err("the store is broken or works"),
        })),
        "take" | "blocks" => {
            let parts: Vec<&str> = rest.split_whitespace().collect();
            let [who, day, time, minutes] = parts.as_slice() else { return Err("take WHO DAY TIME MINUTES") };
            let minutes = minutes.parse().map_err(|_| "minutes are a number")?;
            let (who, at) = ((*who).to_owned(), moment(&format!("{day} {time}"))?);
            one(if word == "take" { Step::Take(who, at, minutes) } else { Step::Blocks(who, at, minutes) })
        }
        "fill" => one(Step::Fill(rest.to_owned())),
        "try" => {
            let (cell, what) = rest.split_once(' ').ok_or("try CELL STEP")?;
            one(Step::Try(cell.to_owned(), Box::new(person(what.trim())?)))
        }
        "ask" => {
            let (who, question) = rest.split_once(' ').ok_or("ask WHO QUESTION")?;
            one(Step::Ask(who.to_owned(), question.trim().to_owned()))
        }
        "restart" => one(Step::Restart),
        "idle" => one(Step::Idle),
        _ => one(person(line)?),
    }
}

/// What a person does.
fn person(line: &str) -> Result<Step, &'static str> {
    if let Some((who, text)) = line.split_once('>') {
        let (text, pace) = match text.strip_prefix('>') {
            Some(text) => (text, Pace::Burst),
            None => (text, Pace::Settled),
        };
        let who = who.trim();
        if let Some((name, number)) = who.split_once(" quotes ") {
            let number = number.trim().parse().map_err(|_| "the quoted message is a number")?;
            return Ok(Step::Quotes(name.trim().to_owned(), number, text.trim().to_owned()));
        }
        if who.is_empty() || who.contains(' ') {
            return Err("a message is written NAME> TEXT");
        }
        return Ok(Step::Writes { who: who.to_owned(), text: unescape(text.trim()), pace });
    }
    let mut words = line.splitn(3, ' ');
    let (who, what, rest) =
        (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next());
    match what {
        "taps" => {
            let button = rest.map(str::trim).ok_or("the button is a number or a payload")?;
            Ok(match button.parse() {
                Ok(number) => Step::Taps(who.to_owned(), number),
                Err(_) => Step::TapsOld(who.to_owned(), button.to_owned()),
            })
        }
        "photo" | "voice" | "document" | "location" => Ok(Step::Sends {
            who: who.to_owned(),
            what: what.to_owned(),
            caption: rest.map(|rest| rest.trim().to_owned()),
        }),
        _ => Err("not a step that is known"),
    }
}

/// `\u{200B}` and `\n` in a text; `REPEAT n x` repeats, for long ones.
fn unescape(text: &str) -> String {
    if let Some((count, what)) = text.strip_prefix("REPEAT ").and_then(|rest| rest.split_once(' '))
        && let Ok(count) = count.parse::<usize>()
    {
        return what.repeat(count.min(200_000));
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('\\') {
        out.push_str(&rest[..start]);
        let tail = &rest[start..];
        if let Some(tail) = tail.strip_prefix("\\n") {
            out.push('\n');
            rest = tail;
        } else if let Some((code, tail)) = tail.strip_prefix("\\u{").and_then(|tail| tail.split_once('}'))
            && let Some(c) = u32::from_str_radix(code, 16).ok().and_then(char::from_u32)
        {
            out.push(c);
            rest = tail;
        } else {
            out.push('\\');
            rest = &tail[1..];
        }
    }
    out + rest
}

fn moment(text: &str) -> Result<NaiveDateTime, &'static str> {
    let text = text.trim().trim_end_matches("Asia/Jerusalem").trim();
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").map_err(|_| "a moment is written 2026-11-22 09:00")
}

/// `5s`, `10m`, `2h`, `3d`.
pub(super) fn duration(text: &str) -> Result<Duration, &'static str> {
    let text = text.trim();
    let unit = text.chars().last().unwrap_or(' ');
    let number: i64 =
        text.trim_end_matches(unit).parse().map_err(|_| "a length of time is written 5s, 10m, 2h or 3d")?;
    match unit {
        's' => Ok(Duration::seconds(number)),
        'm' => Ok(Duration::minutes(number)),
        'h' => Ok(Duration::hours(number)),
        'd' => Ok(Duration::days(number)),
        _ => Err("a length of time is written 5s, 10m, 2h or 3d"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_read_line_by_line() {
        let steps = parse(
            "# story\nclock 2026-11-22 09:00 Asia/Jerusalem\ndana> שלום\nbot< dana  a ... !b\nclock +2h\n",
        );
        let steps: Vec<Step> = steps.expect("valid").into_iter().map(|(_, step)| step).collect();
        assert_eq!(steps.len(), 4);
        assert_eq!(steps[2], Step::Reads("dana".to_owned(), vec!["a".to_owned(), "!b".to_owned()]));
        assert_eq!(steps[3], Step::Pass(Duration::hours(2)));
    }

    #[test]
    fn a_line_that_is_no_step_is_named() {
        assert!(parse("\ndance").expect_err("no step").to_string().starts_with("line 2"));
    }
}
