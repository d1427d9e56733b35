//! The questionnaire for whoever wants to work with the business: name, trades, areas, prices, and a summary to agree
//! to. At its end a pro stands in the list who gets no work before an owner approves it.

use crate::conversation::{Pending, Question, SignUpDraft, SignUpStep};
use crate::decision::{Purpose, Recipient};
use crate::id::ProId;
use crate::language::{self, Language};
use crate::message::{Inbound, Outbound};
use crate::owner;
use crate::policy;
use crate::pro::{Area, Price, Pro, ProDesk, SignUp};
use crate::say;
use crate::table::sign_up::{Act, Intent, State, act, cell};
use crate::text::{clean, fold, fold_command, is_blank, truncate};
use crate::trade::Trade;
use crate::turn::{Desk, Inbox, Need};
use crate::understanding::{self, Context, places};
use crate::words;
use locales::{Role, Word, args, text};
use std::collections::BTreeMap;

/// A name has as many characters.
const NAME_CHARACTERS: std::ops::RangeInclusive<usize> = 2..=100;
/// The most areas, and the longest name of one.
const AREAS: usize = 20;
const AREA_CHARACTERS: usize = 60;
/// The most that is kept of what is said about prices, in characters.
const PRICES_CHARACTERS: usize = 1_000;
/// The length of a visit and the most open jobs, until somebody says otherwise.
const SLOT_MINUTES: u32 = 60;
const MAX_OPEN_JOBS: u32 = 3;

/// Whether the message begins the questionnaire or answers it.
pub(crate) fn is_for_sign_up(message: &Inbound, pending: Option<&Pending>) -> bool {
    let words = message.content.words().unwrap_or_default();
    let is_asked = pending.is_some_and(|pending| matches!(pending.question, Question::SignUp(_)));
    match words::whole_message(words, Role::Customer) {
        Some(Word::SignUp) => true,
        Some(Word::Stop | Word::Start) => false,
        Some(_) | None => is_asked,
    }
}

/// Where the questionnaire stands: the only reader of what is stored for the table.
fn state_of(draft: Option<&SignUpDraft>) -> State {
    match draft.map(|draft| draft.step) {
        None => State::Begin,
        Some(SignUpStep::Name) => State::Name,
        Some(SignUpStep::Trade) => State::Trade,
        Some(SignUpStep::Areas) => State::Areas,
        Some(SignUpStep::Prices) => State::Prices,
        Some(SignUpStep::Confirm) => State::Confirm,
    }
}

/// Answers one message of the questionnaire.
pub(crate) fn decide(desk: &mut Desk<'_>, room: &Inbox) -> Result<(), Need> {
    let mut room = room.clone();
    for inbound in std::mem::take(&mut room.inbound) {
        let last = room.conversation.last_inbound_at;
        room.conversation.last_inbound_at = last.max(Some(inbound.at));
        answer(desk, &mut room, &inbound);
    }
    desk.decision.conversation = Some(room.conversation);
    desk.decision.contact = Some(room.contact);
    Ok(())
}

fn answer(desk: &mut Desk<'_>, room: &mut Inbox, inbound: &Inbound) {
    let pending = room.conversation.pending.take().filter(|pending| pending.expires_at > desk.now);
    let draft = pending.and_then(|pending| match pending.question {
        Question::SignUp(draft) => Some(draft),
        _ => None,
    });
    let words = inbound.content.words().unwrap_or_default();
    if draft.is_none() {
        room.conversation.language = language::detect(words).or(room.conversation.language);
    }
    let state = state_of(draft.as_ref());
    let intent = hear(state, words);
    desk.note("cell", None, cell(state, intent).key());
    let draft = draft.unwrap_or(SignUpDraft {
        step: SignUpStep::Name,
        name: String::new(),
        trades: Vec::new(),
        areas: Vec::new(),
        prices: None,
    });
    match act(state, intent) {
        Act::Begin => begin(desk, room),
        Act::Keep => keep(desk, room, draft, words),
        Act::AskAgain => ask(desk, room, draft, true),
        Act::GoOn => ask(desk, room, SignUpDraft { step: SignUpStep::Confirm, ..draft }, false),
        Act::Submit => submit(desk, room, draft),
        Act::Leave => tell(desk, room, say::message(speaks(desk, room), "sign-up-left", &args![])),
        // Without a questionnaire nothing but its first word comes here.
        Act::Serve => {}
    }
}

fn hear(state: State, words: &str) -> Intent {
    if words::whole_message(words, Role::Customer) == Some(Word::SignUp) {
        return Intent::SignUp;
    }
    if words::whole_message(words, Role::Customer) == Some(Word::Cancel) {
        return Intent::Cancel;
    }
    let is_number = fold_command(words).parse::<u64>().is_ok();
    match words::whole_message(words, Role::Pro) {
        Some(Word::Skip) => return Intent::Skip,
        Some(Word::Approve) if state == State::Confirm || !is_number => return Intent::Approve,
        Some(Word::Yes) if state == State::Confirm => return Intent::Approve,
        Some(_) | None => {}
    }
    let is_answer = match state {
        State::Begin => false,
        State::Name => name(words).is_some(),
        State::Trade => !trades(words).is_empty(),
        State::Areas => !areas(words).is_empty(),
        State::Prices | State::Confirm => !is_blank(words),
    };
    if is_answer { Intent::Answer } else { Intent::Unclear }
}

fn name(words: &str) -> Option<String> {
    let name = clean(words);
    let is_name = NAME_CHARACTERS.contains(&name.chars().count()) && name.chars().any(char::is_alphabetic);
    is_name.then_some(name)
}

/// Trades by their number in the list, by name, or by what people call them; none when a part is none.
fn trades(words: &str) -> Vec<Trade> {
    let parts: Vec<String> =
        words.split([',', '\n', '،', ';']).map(fold_command).filter(|part| !part.is_empty()).collect();
    let all_numbers = |part: &String| part.split_whitespace().all(|word| word.parse::<usize>().is_ok());
    let parts: Vec<String> = if parts.iter().all(all_numbers) {
        parts.iter().flat_map(|part| part.split_whitespace()).map(str::to_owned).collect()
    } else {
        parts
    };
    let mut found = Vec::new();
    for part in parts {
        let Some(trade) = trade(&part) else { return Vec::new() };
        if !found.contains(&trade) {
            found.push(trade);
        }
    }
    found
}

fn trade(part: &str) -> Option<Trade> {
    if let Ok(number) = part.parse::<usize>() {
        return Trade::ALL.get(number.checked_sub(1)?).copied();
    }
    let is_called =
        |trade: &Trade| Language::ALL.iter().any(|language| fold(&say::trade(*language, *trade)) == part);
    let named = Trade::ALL.iter().copied().find(is_called).or_else(|| Trade::from_key(part));
    named.or_else(|| {
        understanding::read(part, &Context { trades: Trade::ALL, city: None, expecting: None }).trade
    })
}

fn areas(words: &str) -> Vec<String> {
    words
        .split([',', '\n', '،', ';'])
        .map(|part| truncate(&clean(part), AREA_CHARACTERS).to_owned())
        .filter(|part| !part.is_empty())
        .take(AREAS)
        .collect()
}

/// Lines that end in an amount or a range; the others are for the owner to read.
fn prices(words: &str, language: Language) -> Vec<Price> {
    let mut found: Vec<Price> = Vec::new();
    for line in words.split(['\n', ',', ';']) {
        let line = clean(line);
        let Some(at) = line.find(|c: char| c.is_ascii_digit()) else { continue };
        let (name, figures) = (line[..at].trim_end_matches([' ', ':', '-', '₪']), &line[at..]);
        let amounts: Vec<u32> = figures
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|figure| figure.parse().ok())
            .filter(|amount| (1..1_000_000).contains(amount))
            .collect();
        let (Some(first), Some(last)) = (amounts.first(), amounts.last()) else { continue };
        if name.is_empty() || amounts.len() > 2 {
            continue;
        }
        let context = Context { trades: Trade::ALL, city: None, expecting: None };
        let known = understanding::read(name, &context).item;
        let own = format!("own_{}", found.len() + 1);
        let item = known.filter(|item| found.iter().all(|price| price.item != *item)).unwrap_or(own);
        found.push(Price {
            item,
            names: BTreeMap::from([(language.code().to_owned(), name.to_owned())]),
            min: *first.min(last),
            max: *first.max(last),
            minutes: SLOT_MINUTES,
        });
    }
    found
}

fn speaks(desk: &Desk<'_>, room: &Inbox) -> Language {
    room.conversation.language.or(room.contact.language).unwrap_or(desk.business.locale)
}

fn tell(desk: &mut Desk<'_>, room: &Inbox, message: Outbound) {
    desk.say(Recipient::Conversation(room.conversation.id.clone()), Purpose::Answer, message, None);
}

/// Begins, unless the person waits already, or hides their number.
fn begin(desk: &mut Desk<'_>, room: &mut Inbox) {
    let language = speaks(desk, room);
    let sign_up = room.pro.as_ref().and_then(|pro| pro.desk.sign_up.as_ref());
    if room.pro_id.is_none() {
        tell(desk, room, say::message(language, "sign-up-needs-phone", &args![]));
    } else if sign_up.is_some_and(|sign_up| sign_up.declined_at.is_none()) {
        tell(desk, room, say::message(language, "sign-up-waiting", &args![]));
    } else {
        let draft = SignUpDraft {
            step: SignUpStep::Name,
            name: String::new(),
            trades: Vec::new(),
            areas: Vec::new(),
            prices: None,
        };
        let hello = text(language, "sign-up-hello", &args![business = desk.business.name.as_str()]);
        tell(desk, room, Outbound::text(hello));
        ask(desk, room, draft, false);
    }
}

/// Asks what the draft lacks at its step.
fn ask(desk: &mut Desk<'_>, room: &mut Inbox, draft: SignUpDraft, again: bool) {
    let language = speaks(desk, room);
    let question = match draft.step {
        SignUpStep::Name => text(language, "sign-up-name", &args![]),
        SignUpStep::Trade => {
            let lines = Trade::ALL.iter().enumerate();
            let lines =
                lines.map(|(index, trade)| format!("{}. {}", index + 1, say::trade(language, *trade)));
            let header = text(language, "sign-up-trade", &args![]);
            std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\n")
        }
        SignUpStep::Areas => text(language, "sign-up-areas", &args![]),
        SignUpStep::Prices => text(language, "sign-up-prices", &args![]),
        SignUpStep::Confirm => {
            let trades: Vec<String> = draft.trades.iter().map(|trade| say::trade(language, *trade)).collect();
            let none = || text(language, "sign-up-no-prices", &args![]);
            let args = args![
                name = draft.name.as_str(),
                trades = trades.join(", "),
                areas = draft.areas.join(", "),
                prices = draft.prices.clone().unwrap_or_else(none)
            ];
            text(language, "sign-up-confirm", &args)
        }
    };
    let message =
        if again { format!("{}\n{question}", text(language, "sign-up-again", &args![])) } else { question };
    room.conversation.pending = Some(Pending {
        question: Question::SignUp(draft),
        lead: None,
        asked_at: desk.now,
        expires_at: desk.now + policy::QUESTION_LIFE,
    });
    tell(desk, room, Outbound::text(message));
}

/// Keeps the answer and asks the next thing.
fn keep(desk: &mut Desk<'_>, room: &mut Inbox, draft: SignUpDraft, words: &str) {
    let next = match draft.step {
        SignUpStep::Name => {
            SignUpDraft { step: SignUpStep::Trade, name: name(words).unwrap_or_default(), ..draft }
        }
        SignUpStep::Trade => SignUpDraft { step: SignUpStep::Areas, trades: trades(words), ..draft },
        SignUpStep::Areas => SignUpDraft { step: SignUpStep::Prices, areas: areas(words), ..draft },
        SignUpStep::Prices | SignUpStep::Confirm => {
            let prices = Some(truncate(words.trim(), PRICES_CHARACTERS).to_owned());
            SignUpDraft { step: SignUpStep::Confirm, prices, ..draft }
        }
    };
    ask(desk, room, next, false);
}

/// Puts the person on the list, inactive and not approved, and tells the owners once (L31).
fn submit(desk: &mut Desk<'_>, room: &mut Inbox, draft: SignUpDraft) {
    let language = speaks(desk, room);
    let (Some(id), Some(phone)) = (room.pro_id.clone(), room.contact.phone.clone()) else { return };
    let pro = applicant(desk, id, phone, language, draft);
    desk.note("signed_up", None, format!("pro={}", pro.id));
    tell(desk, room, say::message(language, "sign-up-done", &args![]));
    let invitation = owner::invitation(desk.business.locale, &pro);
    desk.say(Recipient::Owners, Purpose::Duty, invitation, None);
    desk.decision.pros.push(pro);
}

fn applicant(desk: &Desk<'_>, id: ProId, phone: String, language: Language, draft: SignUpDraft) -> Pro {
    let city = draft.areas.iter().find_map(|area| places::by_name(area)).map(|place| place.key.to_owned());
    Pro {
        id,
        business: desk.business.id.clone(),
        name: draft.name,
        phone,
        trades: draft.trades,
        areas: draft.areas.into_iter().map(Area::Place).collect(),
        rating: 0.0,
        reviews: 0,
        persona: String::new(),
        slot_minutes: SLOT_MINUTES,
        hours: desk.business.hours.clone(),
        prices: draft.prices.as_deref().map(|words| prices(words, language)).unwrap_or_default(),
        active: false,
        approved: false,
        on_vacation: false,
        language,
        max_open_jobs: MAX_OPEN_JOBS,
        calendar: crate::calendar::ProCalendar::default(),
        no_shows: 0,
        calendar_secret: None,
        agenda_on: None,
        desk: ProDesk {
            sign_up: Some(SignUp { at: desk.now, city, prices: draft.prices, declined_at: None }),
            ..ProDesk::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trades_are_numbers_names_or_what_people_call_them() {
        for (words, expected) in [
            ("1", vec![Trade::Plumbing]),
            ("1, 2", vec![Trade::Plumbing, Trade::Electricity]),
            ("1 2", vec![Trade::Plumbing, Trade::Electricity]),
            ("אינסטלציה", vec![Trade::Plumbing]),
            ("חשמל, Plumbing", vec![Trade::Electricity, Trade::Plumbing]),
            ("0", vec![]),
            ("99", vec![]),
            ("1, בלה בלה", vec![]),
            (",", vec![]),
        ] {
            assert_eq!(trades(words), expected, "{words}");
        }
    }

    #[test]
    fn prices_are_lines_that_end_in_figures() {
        let found = prices("תיקון נזילה 250-450\nמשהו מיוחד: 300\nבלי מחיר\n500", Language::He);
        let found: Vec<_> = found.iter().map(|price| (price.item.as_str(), price.min, price.max)).collect();
        assert_eq!(found, [("leak_repair", 250, 450), ("own_2", 300, 300)]);
    }
}
