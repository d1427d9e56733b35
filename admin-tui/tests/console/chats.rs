//! Chats: the live list, and what is said in one.

use crate::data::chats::{all, detail, long, words};
use crate::harness::Console;
use admin_api::client::Failure;
use admin_api::conversation::{ConversationFilter, Line, Speaker};
use admin_api::event::Event;
use admin_api::page::{Page, Window};
use admin_tui::ask::{Answer, Ask};
use admin_tui::update::Command;
use chrono::Duration;
use locales::Locale;

fn chats() -> Console {
    Console::at(Locale::En, "3")
}

fn last_filter(console: &Console) -> ConversationFilter {
    let filter = |ask: &Ask| if let Ask::Conversations(filter) = ask { Some(filter.clone()) } else { None };
    console.asked.iter().rev().find_map(filter).expect("chats were asked for")
}

/// A chat in which these lines were said.
fn chat_with(lines: Vec<Line>) -> Console {
    let mut console = chats();
    console.serve(move |ask| match ask {
        Ask::Lines(..) => Ok(Answer::Lines(Page { rows: lines.clone(), next: None, total: None })),
        other => crate::data::answer(other),
    });
    console.press("Enter");
    console
}

#[test]
fn every_chat_is_a_row_with_who_answers() {
    let console = chats();
    console.shows("John Smith");
    console.shows("! John Smith");
    for (shown, count) in [("bot", 4), ("person", 2)] {
        assert!(console.screen().matches(shown).count() >= count - 1, "{shown}");
    }
    assert_eq!(all().len(), 5);
}

#[test]
fn a_chat_without_a_name_shows_its_phone() {
    chats().shows("+972500000017");
}

#[test]
fn the_window_counts_down() {
    let mut console = chats();
    console.shows("3:20h");
    console.shows("12:00");
    console.shows("over");
    console.later(Duration::seconds(61));
    console.shows("3:18h");
    console.shows("10:59");
}

#[test]
fn w_shows_those_that_wait_for_a_person() {
    let mut console = chats();
    console.press("w");
    assert!(last_filter(&console).needs_human);
    console.shows("John Smith");
    console.hides("+972500000017");
    console.press("w");
    console.shows("+972500000017");
}

#[test]
fn m_shows_those_with_a_silent_bot() {
    let mut console = chats();
    console.press("m");
    assert!(last_filter(&console).paused);
    console.hides("John Smith");
}

#[test]
fn a_name_is_found() {
    let mut console = chats();
    console.filter("John");
    console.hides("+972500000017");
    console.shows("John Smith");
    console.command("human");
    console.shows("/ John human");
}

#[test]
fn the_open_chat_shows_what_was_said_in_reading_order() {
    let mut console = chats();
    console.press("Enter");
    console.shows("חבטמב (הרומח) הליזנ יל שי ,םולש");
    console.shows("[picture ↗]");
    console.shows("13:00 customer");
    console.shows("13:20 customer");
}

#[test]
fn lines_of_one_speaker_stand_under_one_heading() {
    let console = chat_with(vec![
        words(50, Speaker::Person, "one"),
        words(51, Speaker::Person, "two"),
        words(80, Speaker::Person, "three"),
    ]);
    assert_eq!(console.screen().matches("customer").count(), 2);
}

#[test]
fn the_head_says_who_answers_until_when_and_what_is_waited_for() {
    let mut console = chats();
    console.press("j j Enter");
    console.shows("person until 14:25");
    console.shows("window: 12:00");
    console.shows("Lead 18");
    console.shows("waits for a choice of time");
}

#[test]
fn who_opted_out_is_marked() {
    let mut console = chats();
    console.press("j j j Enter");
    console.shows("opted out");
}

#[test]
fn how_far_the_last_words_came_is_shown() {
    let last = Line { delivery: Some("delivered".to_owned()), ..words(99, Speaker::Bot, "ok") };
    chat_with(vec![last]).shows("✓✓ delivered");
}

#[test]
fn a_failed_message_says_why_wherever_it_stands() {
    let failed = Line {
        delivery: Some("failed".to_owned()),
        reason: Some("not_on_whatsapp".to_owned()),
        ..words(50, Speaker::Bot, "hello")
    };
    let console = chat_with(vec![failed, words(60, Speaker::Person, "hm")]);
    console.shows("✗ failed: not_on_whatsapp");
}

#[test]
fn a_message_that_nobody_can_tell_about_says_so() {
    let unsettled = Line { delivery: Some("unsettled".to_owned()), ..words(50, Speaker::Bot, "hello") };
    chat_with(vec![unsettled]).shows("? nobody knows whether it was sent");
}

#[test]
fn each_paragraph_has_its_own_direction() {
    let console = chat_with(vec![words(50, Speaker::Person, "שלום\nhello (there)")]);
    let screen = console.screen();
    let hebrew = screen.lines().find(|line| line.contains("םולש")).unwrap();
    let english = screen.lines().find(|line| line.contains("hello (there)")).unwrap();
    let column =
        |line: &str, text: &str| line.chars().count() - line.split(text).nth(1).unwrap().chars().count();
    assert!(column(hebrew, "םולש") > 60, "{hebrew}");
    assert!(column(english, "hello (there)") < 20, "{english}");
}

#[test]
fn words_of_ours_are_set_in() {
    let console = chat_with(vec![words(50, Speaker::Person, "abc"), words(51, Speaker::Bot, "xyz")]);
    let screen = console.screen();
    let at = |text: &str| screen.lines().find_map(|line| line.find(text)).unwrap();
    assert!(at("xyz") > at("abc"));
}

#[test]
fn escape_sequences_in_a_chat_are_shown_harmlessly() {
    let console =
        chat_with(vec![words(50, Speaker::Person, "\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[31mred\u{202e}\u{0}")]);
    let screen = console.screen();
    assert!(screen.chars().all(|c| c == '\n' || !c.is_control()), "{screen:?}");
    console.shows("␛]52;c;ZXZpbA==␇␛[31mred␀");
}

#[test]
fn piled_up_marks_and_joined_pictures_take_their_own_cells_only() {
    let piled = format!("e{}", "\u{301}".repeat(50));
    let console = chat_with(vec![words(50, Speaker::Person, &format!("{piled} 👩\u{200d}👩\u{200d}👧 ok"))]);
    let screen = console.screen();
    let line = screen.lines().find(|line| line.contains("ok")).unwrap();
    assert!(line.chars().filter(|c| *c == '\u{301}').count() <= 4);
    assert_eq!(admin_tui::text::width(line), 80, "{line}");
}

#[test]
fn arrows_choose_a_line_and_the_end_follows_again() {
    let mut console = chats();
    console.press("Enter k k");
    console.press("y");
    assert_eq!(console.told.last(), Some(&Command::Copy("כאן דנה מהמשרד, אני איתך".to_owned())));
    console.press("G y");
    assert_eq!(console.told.last(), Some(&Command::Copy("ככה זה נראה".to_owned())));
}

#[test]
fn the_whole_chat_is_copied_as_it_is_stored() {
    let mut console = chats();
    console.press("Enter Y");
    let Some(Command::Copy(text)) = console.told.last() else { panic!("nothing was copied") };
    assert!(text.contains("13:00 customer: שלום, יש לי נזילה (חמורה) במטבח"), "{text}");
    assert_eq!(text.lines().count(), 7);
}

#[test]
fn a_click_chooses_a_line() {
    let mut console = chats();
    console.press("Enter");
    console.click("ביבא לת");
    console.press("y");
    assert_eq!(console.told.last(), Some(&Command::Copy("תל אביב, הרצל 12".to_owned())));
}

#[test]
fn media_is_opened_by_its_link() {
    let mut console = chats();
    console.press("Enter o");
    assert_eq!(console.told.last(), Some(&Command::Browse("https://media.example.com/leak.jpg".to_owned())));
}

#[test]
fn a_link_that_is_no_address_is_not_opened() {
    for url in ["javascript:alert(1)", "file:///etc/passwd", "https://", "--help", "https://x/\u{1b}[2J"] {
        let line = Line { media_url: Some(url.to_owned()), ..words(50, Speaker::Person, "x") };
        let mut console = chat_with(vec![line]);
        console.press("o");
        console.shows("looks odd");
        assert!(!console.told.iter().any(|command| matches!(command, Command::Browse(_))), "{url}");
    }
}

#[test]
fn a_chat_without_a_file_says_so() {
    let mut console = chat_with(vec![words(50, Speaker::Person, "x")]);
    console.press("o");
    console.shows("there is no file here");
}

#[test]
fn older_lines_are_asked_for_as_one_scrolls_up() {
    let mut console = chats();
    console.serve(|ask| match ask {
        Ask::Lines(_, window) => Ok(Answer::Lines(long(window))),
        other => crate::data::answer(other),
    });
    console.press("Enter");
    console.shows("line 999");
    for _ in 0..40 {
        console.press("k");
    }
    let older = Window { after: Some("950".to_owned()), limit: Some(50) };
    assert!(console.asked.contains(&Ask::Lines("c23".to_owned(), older)));
    for _ in 0..60 {
        console.press("PgUp");
    }
    console.shows("line 0");
    console.hides("there are older ones");
    console.press("G");
    console.shows("line 999");
}

#[test]
fn new_words_show_at_once() {
    let mut console = chat_with(vec![words(50, Speaker::Person, "first")]);
    console.serve(|ask| match ask {
        Ask::Lines(..) => {
            let rows = vec![words(50, Speaker::Person, "first"), words(99, Speaker::Person, "second")];
            Ok(Answer::Lines(Page { rows, next: None, total: None }))
        }
        other => crate::data::answer(other),
    });
    console.event(Event::Conversation { id: "c23".to_owned() });
    console.shows("second");
}

#[test]
fn an_event_of_another_chat_asks_for_the_list_only() {
    let mut console = chats();
    console.press("Enter");
    console.asked.clear();
    console.event(Event::Conversation { id: "c99".to_owned() });
    assert!(console.asked.iter().all(|ask| matches!(ask, Ask::Conversations(_))), "{:?}", console.asked);
}

#[test]
fn a_delivery_asks_for_the_open_chat_only() {
    let mut console = chats();
    console.press("Enter");
    console.asked.clear();
    console.event(Event::Delivery { conversation: "c23".to_owned() });
    assert!(console.asked.iter().any(|ask| matches!(ask, Ask::Lines(..))));
    assert!(!console.asked.iter().any(|ask| matches!(ask, Ask::Conversations(_))));
}

#[test]
fn a_chat_that_does_not_show_is_not_asked_for() {
    let mut console = chats();
    console.press("Enter 1");
    console.asked.clear();
    console.event(Event::Conversation { id: "c23".to_owned() });
    assert!(!console.asked.iter().any(|ask| matches!(ask, Ask::Lines(..) | Ask::Conversations(_))));
    console.press("3");
    assert!(console.asked.iter().any(|ask| matches!(ask, Ask::Lines(..))), "it is as soon as it shows");
}

#[test]
fn a_failed_answer_is_asked_for_again_with_time_only() {
    let mut console = chats();
    console.press("Enter");
    console.serve(|_| Err(Failure::Timeout));
    console.asked.clear();
    console.event(Event::Conversation { id: "c23".to_owned() });
    let once = console.asked.len();
    assert!(once <= 3, "{:?}", console.asked);
    console.later(Duration::seconds(1));
    assert!(console.asked.len() > once);
    console.shows("חבטמב");
}

#[test]
fn j_and_k_with_shift_turn_to_the_next_chat() {
    let mut console = chats();
    console.press("Enter J");
    console.shows("┌ John Smith");
    console.press("K");
    console.shows("┌ יול הנד");
}

#[test]
fn the_lead_of_a_chat_is_one_key_away() {
    let mut console = chats();
    console.press("Enter l");
    console.shows("Lead 23");
    console.press("c");
    console.shows("customer");
    assert_eq!(detail("c23").line.lead.as_deref(), Some("l23"));
}

#[test]
fn the_list_stays_beside_the_chat_on_a_wide_terminal() {
    let mut console = Console::new(Locale::En, 160, 50);
    console.sign_in();
    console.press("3 Enter");
    console.shows("John Smith");
    console.shows("┌ יול הנד");
}

#[test]
fn golden() {
    for locale in [Locale::En, Locale::He] {
        for (columns, rows) in [(80, 24), (160, 50)] {
            let mut console = Console::new(locale, columns, rows);
            console.sign_in();
            console.press("3");
            console.golden(&format!("chats_{locale}_{columns}x{rows}"));
            console.press("Enter");
            console.golden(&format!("chat_{locale}_{columns}x{rows}"));
            console.press("i");
            console.type_text("אני כבר בודקת (דקה)");
            console.golden(&format!("answer_{locale}_{columns}x{rows}"));
        }
    }
}
