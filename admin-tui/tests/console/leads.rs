//! Leads: the table, the board, filters, one lead whole.

use crate::data::leads::{all, crowd, detail, page};
use crate::harness::{Console, refused};
use admin_api::client::Failure;
use admin_api::error::Problem;
use admin_api::event::Event;
use admin_api::lead::{LeadFilter, LeadLine, LeadStatus};
use admin_tui::ask::{Answer, Ask};
use chrono::Duration;
use locales::Locale;

fn leads() -> Console {
    Console::at(Locale::En, "2")
}

fn last_filter(console: &Console) -> LeadFilter {
    let filter = |ask: &Ask| if let Ask::Leads(filter) = ask { Some(filter.clone()) } else { None };
    console.asked.iter().rev().find_map(filter).expect("leads were asked for")
}

#[test]
fn every_lead_of_the_page_is_a_row() {
    let console = leads();
    for row in all() {
        console.shows(&format!("#{}", row.number));
    }
    console.shows("John Smith");
}

#[test]
fn names_in_hebrew_are_painted_in_reading_order() {
    // Read from right to left on the screen: דנה לוי.
    leads().shows("יול הנד");
}

#[test]
fn an_emergency_and_a_waiting_lead_have_signs_without_colour() {
    let console = leads();
    console.shows("‼#22");
    console.shows("!#18");
}

#[test]
fn arrows_and_letters_choose_a_row() {
    let mut console = leads();
    console.shows("› #23");
    console.press("j j");
    console.shows("› #21");
    console.press("Up");
    console.shows("› ‼#22");
    console.press("G");
    console.shows("› #16");
    console.press("g");
    console.shows("› #23");
}

#[test]
fn a_hebrew_keyboard_needs_no_switching() {
    let mut console = leads();
    console.press("ח ח");
    console.shows("› #21");
    console.press("ל");
    console.shows("› ‼#22");
}

#[test]
fn a_russian_and_an_arabic_keyboard_do_not_either() {
    let mut console = leads();
    console.press("о ت");
    console.shows("› #21");
}

#[test]
fn enter_opens_a_lead_and_escape_closes_it() {
    let mut console = leads();
    console.press("Enter");
    console.shows("Lead 23");
    console.shows("+972500000001");
    console.shows("₪250–₪450");
    console.press("Esc");
    console.hides("Lead 23");
    console.shows("› #23");
}

#[test]
fn the_timeline_says_who_did_what() {
    let mut console = leads();
    console.press("Enter PgDn");
    console.shows("What happened");
    console.shows("note (dana)");
    console.shows("assigned (dana)");
}

#[test]
fn reasons_of_routing_are_said_in_words() {
    let mut console = leads();
    console.press("Enter PgDn");
    console.shows("rated 4.8, reviews: 120, free in 2.0 h, serves this place");
    console.shows("ruled out · on vacation");
}

#[test]
fn what_was_said_is_shown_with_brackets_the_right_way_round() {
    let mut console = leads();
    console.press("Enter PgDn PgDn PgDn");
    console.shows("חבטמב (הרומח) הליזנ יל שי");
}

#[test]
fn right_goes_to_the_next_lead() {
    let mut console = leads();
    console.press("Enter l");
    console.shows("Lead 22");
    console.press("h");
    console.shows("Lead 23");
}

#[test]
fn a_filter_is_asked_of_the_server_with_every_letter() {
    let mut console = leads();
    console.press("/");
    console.type_text("Jo");
    assert_eq!(last_filter(&console).q.as_deref(), Some("Jo"));
    console.shows("#21");
    console.hides("#23");
    console.press("Enter");
    console.shows("/ Jo");
}

#[test]
fn escape_brings_the_former_filter_back() {
    let mut console = leads();
    console.filter("status:booked");
    console.press("/");
    console.type_text(" human");
    console.hides("#19");
    console.press("Esc");
    console.shows("#19");
    assert_eq!(last_filter(&console).status, Some(LeadStatus::Booked));
    assert!(!last_filter(&console).needs_human);
}

#[test]
fn a_filter_by_the_beginning_of_a_pro_finds_the_id() {
    let mut console = leads();
    console.filter("pro:אבי");
    assert_eq!(last_filter(&console).pro.as_deref(), Some("p1"));
    console.hides("#18");
}

#[test]
fn w_shows_those_that_wait_for_a_person_and_all_again() {
    let mut console = leads();
    console.press("w");
    console.shows("!#18");
    console.hides("#23");
    console.press("w");
    console.shows("#23");
}

#[test]
fn a_lead_is_found_by_its_number() {
    let mut console = leads();
    console.command("lead #19");
    console.shows("#19");
    console.hides("#23");
}

#[test]
fn nothing_found_is_said() {
    let mut console = leads();
    console.filter("zzz");
    console.shows("nothing here");
}

#[test]
fn an_answer_to_a_former_filter_is_not_shown() {
    let mut console = leads();
    console.hold();
    console.press("/");
    console.type_text("x");
    console.type_text("y");
    assert_eq!(console.open.len(), 2);
    console.answer(Ok(Answer::Leads(page(&LeadFilter::default()))));
    console.hides("#23");
    console
        .answer(Ok(Answer::Leads(page(&LeadFilter { q: Some("John".to_owned()), ..LeadFilter::default() }))));
    console.shows("#21");
}

#[test]
fn pages_are_asked_for_as_one_scrolls() {
    let mut console = leads();
    console.serve(|ask| match ask {
        Ask::Leads(filter) => Ok(Answer::Leads(crowd(filter))),
        other => crate::data::answer(other),
    });
    console.filter("plumbing");
    console.asked.clear();
    console.shows("#100000");
    for _ in 0..4 {
        console.press("PgDn");
    }
    assert_eq!(last_filter(&console).window.after.as_deref(), Some("100"));
    for _ in 0..200 {
        console.press("PgDn");
    }
    console.hides("#100000");
    console.shows("› #95920");
    for _ in 0..220 {
        console.press("PgUp");
    }
    console.shows("› #100000");
}

#[test]
fn a_live_event_asks_again_and_keeps_the_chosen_row() {
    let mut console = leads();
    console.press("j j");
    console.shows("› #21");
    console.serve(|ask| match ask {
        Ask::Leads(filter) => {
            let mut page = page(filter);
            page.rows.insert(0, LeadLine { number: 24, id: "l24".to_owned(), ..page.rows[0].clone() });
            Ok(Answer::Leads(page))
        }
        other => crate::data::answer(other),
    });
    console.event(Event::Lead { id: "l24".to_owned(), number: 24, version: 1 });
    console.shows("#24");
    console.shows("› #21");
}

#[test]
fn an_event_while_the_answer_is_on_its_way_is_not_lost() {
    let mut console = leads();
    console.hold();
    console.asked.clear();
    let event = Event::Lead { id: "l23".to_owned(), number: 23, version: 4 };
    console.event(event.clone());
    console.event(event);
    assert_eq!(console.asked.len(), 1);
    console.answer(Ok(Answer::Leads(page(&LeadFilter::default()))));
    assert_eq!(console.asked.len(), 2);
}

#[test]
fn the_open_lead_is_asked_for_again_when_it_changes() {
    let mut console = leads();
    console.press("Enter");
    console.asked.clear();
    console.event(Event::Lead { id: "l23".to_owned(), number: 23, version: 4 });
    assert!(console.asked.contains(&Ask::Lead("l23".to_owned())));
    console.asked.clear();
    console.event(Event::Lead { id: "l99".to_owned(), number: 99, version: 1 });
    assert!(!console.asked.contains(&Ask::Lead("l23".to_owned())));
}

#[test]
fn a_failed_page_is_asked_for_again_with_time() {
    let mut console = leads();
    console.hold();
    console.event(Event::Resync);
    console.answer(Err(Failure::Timeout));
    console.shows("#23");
    console.asked.clear();
    console.later(Duration::seconds(1));
    assert_eq!(console.asked.len(), 1);
}

#[test]
fn a_lead_that_is_gone_closes() {
    let mut console = leads();
    console.press("Enter");
    console.serve(|ask| match ask {
        Ask::Lead(_) => Err(refused(Problem::NotFound, "there is no such lead")),
        other => crate::data::answer(other),
    });
    console.event(Event::Resync);
    console.hides("Lead 23");
    console.shows("no such thing");
}

#[test]
fn the_board_has_a_column_for_each_status() {
    let mut console = leads();
    console.asked.clear();
    console.press("b");
    console.shows("contacted 2");
    console.shows("offered 1");
    assert_eq!(console.asked.len(), LeadStatus::ALL.len());
    console.press("l l");
    console.shows("booked 1");
    console.shows("›");
    console.press("Enter");
    console.shows("Lead 19");
}

#[test]
fn the_board_scrolls_sideways() {
    let mut console = leads();
    console.press("b");
    console.hides("cancelled");
    console.press("l l l l l l");
    console.shows("cancelled 1");
    console.hides("contacted");
    console.press("h h h h h h h h");
    console.shows("contacted");
}

#[test]
fn the_board_keeps_a_filter() {
    let mut console = leads();
    console.press("b");
    console.filter("John");
    console.shows("offered 1");
    console.shows("contacted 0");
}

#[test]
fn a_click_chooses_and_a_second_opens() {
    let mut console = leads();
    console.click("John Smith");
    console.shows("› #21");
    console.click("John Smith");
    console.shows("Lead 21");
}

#[test]
fn space_marks_and_moves_on() {
    let mut console = leads();
    console.press("Space Space");
    console.shows("+#23");
    console.shows("+‼#22");
    console.shows("› #21");
    console.press("k Space");
    console.hides("+‼#22");
    console.press("Esc");
    console.hides("+#23");
}

#[test]
fn a_wide_terminal_keeps_the_list_beside_the_lead() {
    let mut console = Console::new(Locale::En, 160, 50);
    console.sign_in();
    console.press("2 Enter");
    console.shows("Lead 23");
    console.shows("#16");
    console.press("l");
    console.shows("Lead 22");
}

#[test]
fn a_smaller_window_still_shows_the_chosen_row() {
    let mut console = Console::new(Locale::En, 120, 40);
    console.sign_in();
    console.press("2 G");
    console.send(admin_tui::update::Msg::Resize(80, 10));
    console.shows("› #16");
    console.send(admin_tui::update::Msg::Resize(30, 8));
    console.shows("too small");
    console.send(admin_tui::update::Msg::Resize(80, 24));
    console.shows("› #16");
}

#[test]
fn copying_takes_what_is_stored() {
    let mut console = leads();
    console.press("Enter y");
    let Some(admin_tui::update::Command::Copy(text)) = console.told.last() else {
        panic!("nothing was copied")
    };
    assert_eq!(text, "#23 · דנה לוי · +972500000001 · נזילה במטבח · תל אביב · אבי כהן");
}

#[test]
fn the_rows_become_a_file_that_no_spreadsheet_runs() {
    let mut console = leads();
    console.serve(|ask| match ask {
        Ask::Leads(filter) => {
            let mut page = page(filter);
            page.rows[0].customer = Some("=HYPERLINK(\"x\")".to_owned());
            Ok(Answer::Leads(page))
        }
        other => crate::data::answer(other),
    });
    console.event(Event::Resync);
    console.command("csv");
    let Some(admin_tui::update::Command::Save(name, bytes)) = console.told.last() else {
        panic!("nothing was saved")
    };
    assert_eq!(name, "leads-20261125-120000.csv");
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
    assert_eq!(text.lines().count(), 8);
}

#[test]
fn escape_sequences_of_customers_are_shown_harmlessly() {
    let mut console = leads();
    console.serve(|ask| match ask {
        Ask::Leads(filter) => {
            let mut page = page(filter);
            page.rows[0].customer = Some("\u{1b}[2J\u{7}\u{202e}evil\r\n\u{9b}31m".to_owned());
            Ok(Answer::Leads(page))
        }
        other => crate::data::answer(other),
    });
    console.event(Event::Resync);
    let screen = console.screen();
    assert!(screen.chars().all(|c| c == '\n' || !c.is_control()), "{screen:?}");
    assert!(!screen.contains('\u{202e}'));
    console.shows("␛[2J␇");
}

#[test]
fn golden() {
    for locale in [Locale::En, Locale::He] {
        for (columns, rows) in [(80, 24), (160, 50)] {
            let mut console = Console::new(locale, columns, rows);
            console.sign_in();
            console.press("2 j Space");
            console.golden(&format!("leads_{locale}_{columns}x{rows}"));
            console.press("Enter");
            console.golden(&format!("lead_{locale}_{columns}x{rows}"));
            console.press("Esc b");
            console.golden(&format!("board_{locale}_{columns}x{rows}"));
        }
    }
}

#[test]
fn a_lead_of_another_screen_is_opened() {
    let mut console = Console::at(Locale::En, "1");
    console.press("j Enter");
    console.shows("Lead 17");
    assert_eq!(detail("l17").line.status, LeadStatus::Completed);
}

#[test]
fn the_chat_of_a_lead_is_one_key_away() {
    let mut console = leads();
    console.press("Enter c");
    console.shows("i to answer");
    console.press("Ctrl-o");
    console.shows("What happened");
}
