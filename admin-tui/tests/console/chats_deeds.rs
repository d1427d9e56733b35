//! A person in the bot's place: taking over, answering, giving back, templates, the bot as a whole.

use crate::data::chats::{detail, said, words};
use crate::harness::{Console, now, refused};
use admin_api::access::Role;
use admin_api::client::Failure;
use admin_api::conversation::{Answering, GiveBack, Say, SendTemplate, Speaker, TakeOver};
use admin_api::error::Problem;
use admin_api::settings::{EditSettings, Settings};
use admin_tui::ask::{Answer, Ask};
use admin_tui::update::Msg;
use chrono::Duration;
use locales::Locale;

fn chats() -> Console {
    Console::at(Locale::En, "3")
}

fn say(chat: &str, text: &str) -> Ask {
    Ask::Say(chat.to_owned(), Say { text: text.to_owned() })
}

fn take_over(chat: &str, minutes: u32, version: u64) -> Ask {
    Ask::TakeOver(chat.to_owned(), TakeOver { minutes, version })
}

fn give_back(chat: &str, version: u64) -> Ask {
    Ask::GiveBack(chat.to_owned(), GiveBack { version })
}

/// A bot at which a chat can be taken over and given back.
fn with_a_bot(console: &mut Console) {
    let (mut answering, mut version) = (Answering::Bot, 5);
    console.serve(move |ask| match ask {
        Ask::TakeOver(..) | Ask::GiveBack(..) => {
            answering = if matches!(ask, Ask::TakeOver(..)) { Answering::Person } else { Answering::Bot };
            version += 1;
            Ok(Answer::Done)
        }
        Ask::Conversation(id) => {
            let mut chat = detail(id);
            chat.line.answering = answering;
            chat.line.version = version;
            Ok(Answer::Conversation(Box::new(chat)))
        }
        other => crate::data::answer(other),
    });
}

#[test]
fn t_takes_over_at_once_and_opens_the_chat() {
    let mut console = chats();
    console.press("t");
    assert_eq!(console.changes, [take_over("c23", 30, 5)]);
    console.shows("i to answer");
    console.shows("is yours for 30 minutes");
}

#[test]
fn the_minutes_can_be_said() {
    let mut console = chats();
    console.command("take 60");
    assert_eq!(console.changes, [take_over("c23", 60, 5)]);
    for wrong in ["take 0", "take 1441", "take soon"] {
        console.command(wrong);
        console.shows("1–1440");
    }
    assert_eq!(console.changes.len(), 1);
}

#[test]
fn undo_gives_a_chat_back() {
    let mut console = chats();
    with_a_bot(&mut console);
    console.press("t u");
    assert_eq!(console.changes, [take_over("c23", 30, 5), give_back("c23", 6)]);
    console.shows("the bot answers");
    console.press("u");
    assert_eq!(console.changes.len(), 2);
}

#[test]
fn r_gives_back_what_a_person_has() {
    let mut console = chats();
    console.press("j j r");
    assert_eq!(console.changes, [give_back("c18", 5)]);
}

#[test]
fn giving_back_what_the_bot_has_changes_nothing() {
    let mut console = chats();
    console.press("r");
    console.shows("the bot answers here already");
    assert_eq!(console.changes, []);
}

#[test]
fn b_switches_the_bot_off_after_a_yes_and_on_at_once() {
    let mut console = chats();
    console.press("b");
    console.shows("Silence the bot");
    console.press("n b y");
    assert_eq!(console.changes, [take_over("c23", 1_440, 5)]);
    console.press("Esc j j b");
    assert_eq!(console.changes[1], give_back("c18", 5));
}

#[test]
fn an_answer_is_typed_and_sent() {
    let mut console = chats();
    console.press("Enter i");
    console.type_text("שלום (אני כאן)");
    console.shows("(ןאכ ינא) םולש");
    console.hold();
    console.press("Enter");
    assert_eq!(console.changes, [say("c23", "שלום (אני כאן)")]);
    console.hides("(ןאכ ינא) םולש");
    console.answer(Ok(Answer::Said(said("שלום (אני כאן)"))));
    console.shows("(ןאכ ינא) םולש");
    console.shows("… waits");
}

#[test]
fn letters_of_an_answer_are_no_keys() {
    let mut console = chats();
    console.press("Enter i");
    console.type_text("quit? 1 2 3 :u/");
    console.press("Enter");
    assert_eq!(console.changes, [say("c23", "quit? 1 2 3 :u/")]);
    assert!(console.told.iter().all(|command| *command != admin_tui::update::Command::Quit));
}

#[test]
fn an_answer_may_have_several_lines() {
    let mut console = chats();
    console.press("Enter i");
    console.type_text("one");
    console.press("Alt-Enter");
    console.type_text("two");
    console.press("Enter");
    assert_eq!(console.changes, [say("c23", "one\ntwo")]);
}

#[test]
fn pasted_lines_are_not_sent_by_themselves() {
    let mut console = chats();
    console.press("Enter i");
    console.send(Msg::Paste("first\nsecond\n".to_owned()));
    assert_eq!(console.changes, []);
    console.press("Enter");
    assert_eq!(console.changes, [say("c23", "first\nsecond\n")]);
}

#[test]
fn an_empty_answer_is_not_sent() {
    let mut console = chats();
    console.press("Enter i Space Space Enter");
    assert_eq!(console.changes, []);
}

#[test]
fn words_that_could_not_be_sent_are_put_back() {
    let mut console = chats();
    console.press("Enter i");
    console.serve(|ask| match ask {
        Ask::Say(..) => Err(Failure::Lost),
        other => crate::data::answer(other),
    });
    console.type_text("hello");
    console.press("Enter");
    console.shows("› hello");
    console.shows("the connection was lost");
}

#[test]
fn words_that_could_not_be_sent_wait_in_their_own_chat() {
    let mut console = chats();
    console.press("Enter i");
    console.type_text("for dana");
    console.hold();
    console.press("Enter Esc Esc");
    console.answer(Err(refused(Problem::Unavailable, "the store cannot be reached")));
    console.serve(crate::data::answer);
    console.press("j Enter");
    console.hides("for dana");
    console.press("K");
    console.shows("draft: for dana");
}

#[test]
fn a_draft_stays_with_its_chat() {
    let mut console = chats();
    console.press("Enter i");
    console.type_text("half a");
    console.press("Esc J");
    console.hides("half a");
    console.press("K");
    console.shows("draft: half a");
    console.press("i");
    console.type_text(" thought");
    console.press("Enter");
    assert_eq!(console.changes, [say("c23", "half a thought")]);
}

#[test]
fn the_bot_that_still_answers_is_mentioned() {
    let mut console = chats();
    console.press("Enter i");
    console.shows("the bot still answers here");
}

#[test]
fn outside_the_window_only_a_template_goes() {
    let mut console = chats();
    console.press("j j j Enter i");
    console.shows("only a template may be sent");
    console.type_text("x");
    assert_eq!(console.changes, []);
}

#[test]
fn a_window_that_closes_while_one_types_stops_the_answer_and_keeps_it() {
    let mut console = chats();
    console.press("j j Enter i");
    console.type_text("almost");
    console.later(Duration::minutes(13));
    console.press("Enter");
    assert_eq!(console.changes, []);
    console.shows("› almost");
    console.shows("only a template may be sent");
    assert_eq!(console.model.shared.now, now() + Duration::minutes(13));
}

#[test]
fn the_servers_word_about_the_window_is_the_last() {
    let mut console = chats();
    console.press("Enter i");
    console.serve(|ask| match ask {
        Ask::Say(..) => Err(refused(Problem::NotNow, "the 24 hours are over")),
        other => crate::data::answer(other),
    });
    console.type_text("x");
    console.press("Enter");
    console.shows("not now: the 24 hours are over");
    console.shows("› x");
}

#[test]
fn a_template_is_chosen_filled_and_confirmed() {
    let mut console = chats();
    console.press("Enter T");
    console.shows("Which template?");
    console.press("Down Enter");
    console.shows("1/2");
    console.type_text("דנה");
    console.press("Enter");
    console.shows("2/2");
    console.type_text("17:00");
    console.press("Enter");
    console.shows("Send visit_reminder to");
    assert_eq!(console.changes, []);
    console.press("y");
    let parameters = vec!["דנה".to_owned(), "17:00".to_owned()];
    let send = SendTemplate { name: "visit_reminder".to_owned(), language: "he".to_owned(), parameters };
    assert_eq!(console.changes, [Ask::SendTemplate("c23".to_owned(), send)]);
}

#[test]
fn templates_in_the_persons_language_come_first() {
    let mut console = chats();
    console.press("Enter T");
    let screen = console.screen();
    let at = |text: &str| screen.find(text).unwrap();
    assert!(at("hello_again (he)") < at("visit_reminder (en)"));
}

#[test]
fn a_template_can_be_named() {
    let mut console = chats();
    console.press("Enter");
    console.command("template hello_again");
    console.press("y");
    let send =
        SendTemplate { name: "hello_again".to_owned(), language: "he".to_owned(), parameters: Vec::new() };
    assert_eq!(console.changes, [Ask::SendTemplate("c23".to_owned(), send)]);
}

#[test]
fn an_empty_parameter_is_asked_for_again() {
    let mut console = chats();
    console.press("Enter T Down Enter Enter Enter");
    console.shows("1/2");
    console.press("Esc");
    assert_eq!(console.changes, []);
}

#[test]
fn a_template_goes_outside_the_window_too() {
    let mut console = chats();
    console.press("j j j Enter");
    console.command("template hello_again");
    console.press("y");
    assert_eq!(console.changes.len(), 1);
}

#[test]
fn the_whole_bot_is_silenced_after_a_yes() {
    let mut console = chats();
    console.serve(|ask| match ask {
        Ask::Settings => Ok(Answer::Settings(Box::new(settings()))),
        other => crate::data::answer(other),
    });
    console.command("bot off");
    console.shows("Silence the bot towards all customers?");
    console.press("y");
    let change = EditSettings { version: 9, paused: Some(true), ..EditSettings::default() };
    assert_eq!(console.changes, [Ask::EditSettings(change)]);
    console.command("bot maybe");
    console.shows("on, off");
}

#[test]
fn an_agent_may_talk_but_not_silence_the_bot() {
    let mut console = Console::new(Locale::En, 80, 24);
    console.sign_in_as(Role::Agent);
    console.serve(|ask| match ask {
        Ask::Settings => Ok(Answer::Settings(Box::new(settings()))),
        other => crate::data::answer(other),
    });
    console.press("3 t");
    console.command("bot off");
    console.shows("may not do that");
    assert_eq!(console.changes, [take_over("c23", 30, 5)]);
}

fn settings() -> Settings {
    Settings {
        version: 9,
        name: "Fixi".to_owned(),
        locale: "he".to_owned(),
        timezone: "Asia/Jerusalem".to_owned(),
        paused: false,
        approval: "pro".to_owned(),
        consent: "notice".to_owned(),
        hours: Default::default(),
        approval_minutes: 30,
        reminder_hours: vec![24, 2],
        commission_percent: 10,
        emergency_number: "100".to_owned(),
        emergency_words: Vec::new(),
        models: Vec::new(),
        jobs_off: Vec::new(),
    }
}

#[test]
fn readonly_neither_takes_over_nor_writes() {
    let mut console = Console::readonly(Locale::En);
    console.sign_in();
    console.press("3 Enter i");
    console.shows("read only: nothing was changed");
    console.press("t b r T Enter Enter x Enter Esc Esc");
    assert_eq!(console.changes, []);
}

#[test]
fn two_operators_take_one_chat() {
    let mut console = chats();
    console.hold();
    console.press("t");
    let mut now = serde_json::to_value(detail("c23").line).unwrap();
    now["version"] = 8.into();
    now["answering"] = "person".into();
    let refusal = admin_api::error::Refused {
        problem: Problem::Conflict,
        message: "somebody else changed it".to_owned(),
        current: Some(now),
        retry_after_s: None,
        request: None,
    };
    let at = console.open.iter().position(|(_, ask)| ask.is_change()).unwrap();
    let (ticket, _) = console.open.remove(at);
    console.send(Msg::Answered(ticket, Box::new(Err(Failure::Refused(Box::new(refusal))))));
    console.shows("Somebody else was faster");
    console.shows("who answers");
    console.press("m");
    assert_eq!(console.changes, [take_over("c23", 30, 5), take_over("c23", 30, 8)]);
}

#[test]
fn what_is_said_stands_once_even_if_the_event_comes_first() {
    let mut console = chats();
    console.press("Enter i");
    console.type_text("hello");
    console.hold();
    console.press("Enter");
    let line = words(100, Speaker::Operator, "hello");
    console.answer(Ok(Answer::Said(line.clone())));
    console.open.clear();
    console.event(admin_api::event::Event::Conversation { id: "c23".to_owned() });
    assert_eq!(console.screen().matches("hello").count(), 1);
}

/// Somebody changed the chat meanwhile: it is of this version, and these fields are so.
fn changed(version: u64, fields: &[(&str, &str)]) -> Failure {
    let mut current = serde_json::to_value(detail("c18")).unwrap();
    current["version"] = version.into();
    for (name, value) in fields {
        current[*name] = (*value).into();
    }
    Failure::Refused(Box::new(admin_api::error::Refused {
        problem: Problem::Conflict,
        message: "somebody else changed it".to_owned(),
        current: Some(current),
        retry_after_s: None,
        request: None,
    }))
}

#[test]
fn a_word_that_was_said_meanwhile_is_no_conflict() {
    let mut console = chats();
    let mut first = true;
    console.serve(move |ask| match ask {
        Ask::GiveBack(..) if std::mem::take(&mut first) => Err(changed(11, &[("last_words", "עוד משהו")])),
        other => crate::data::answer(other),
    });
    console.press("j j r");
    assert_eq!(console.changes, [give_back("c18", 5), give_back("c18", 11)]);
    console.hides("Somebody else");
}

#[test]
fn what_others_did_to_a_chat_is_a_conflict() {
    let mut console = chats();
    console.serve(|ask| match ask {
        Ask::GiveBack(..) => Err(changed(11, &[("answering", "nobody")])),
        other => crate::data::answer(other),
    });
    console.press("j j r");
    assert_eq!(console.changes.len(), 1);
    console.shows("Somebody else was faster");
}

#[test]
fn a_chat_that_never_rests_is_tried_again_once() {
    let mut console = chats();
    let mut version = 5;
    console.serve(move |ask| match ask {
        Ask::GiveBack(..) => {
            version += 1;
            Err(changed(version, &[("last_words", "x")]))
        }
        other => crate::data::answer(other),
    });
    console.press("j j r");
    assert_eq!(console.changes.len(), 2);
    console.shows("Somebody else was faster");
}
