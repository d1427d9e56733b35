//! What is done with leads: assign, status, notes; on many; taken back; met by another operator.

use crate::data::leads::detail;
use crate::harness::{Console, refused};
use admin_api::access::Role;
use admin_api::client::Failure;
use admin_api::error::{Problem, Refused};
use admin_api::lead::{AddNote, Assign, LeadStatus, SetStatus};
use admin_tui::ask::{Answer, Ask};
use locales::Locale;

fn leads() -> Console {
    Console::at(Locale::En, "2")
}

fn set_status(id: &str, status: LeadStatus, reason: &str, version: u64) -> Ask {
    Ask::SetStatus(id.to_owned(), SetStatus { status, reason: reason.to_owned(), version })
}

#[test]
fn assigning_shows_the_ranked_pros_with_reasons() {
    let mut console = leads();
    console.press("a");
    console.shows("Whom to offer lead 23?");
    console.shows("1. ןהכ יבא · 0.92");
    console.shows("rated 4.8, reviews: 120");
    console.shows("3. Sami Haddad · ruled out");
    assert_eq!(console.changes, []);
}

#[test]
fn assigning_asks_first_and_then_does_it() {
    let mut console = leads();
    console.press("a Down Enter");
    console.shows("Offer lead 23 to");
    assert_eq!(console.changes, [], "nothing is done before the yes");
    console.press("y");
    assert_eq!(console.changes, [Ask::Assign("l23".to_owned(), Assign { pro: "p2".to_owned(), version: 3 })]);
    console.shows("✓");
}

#[test]
fn no_is_no() {
    let mut console = leads();
    console.press("a Enter n");
    console.press("a Enter Esc");
    console.press("a Esc");
    assert_eq!(console.changes, []);
    console.shows("› #23");
}

#[test]
fn enter_is_not_yes() {
    let mut console = leads();
    console.press("a Enter Enter Enter Space");
    console.shows("Offer lead 23");
    assert_eq!(console.changes, []);
}

#[test]
fn the_list_of_pros_is_narrowed_by_typing() {
    let mut console = leads();
    console.press("a");
    console.type_text("sami");
    console.hides("0.92");
    console.press("Enter y");
    assert_eq!(console.changes, [Ask::Assign("l23".to_owned(), Assign { pro: "p3".to_owned(), version: 3 })]);
}

#[test]
fn a_pro_can_be_named_in_a_command() {
    let mut console = leads();
    console.press("Enter");
    console.command("assign משה");
    console.press("y");
    assert_eq!(console.changes, [Ask::Assign("l23".to_owned(), Assign { pro: "p2".to_owned(), version: 3 })]);
    console.command("assign nobody");
    console.shows("no such pro");
}

#[test]
fn names_of_pros_are_completed() {
    let mut console = leads();
    console.press("Enter :");
    console.type_text("assign Sa");
    console.press("Tab");
    console.shows(":assign Sami Haddad");
}

#[test]
fn a_status_is_chosen_among_those_that_may_follow() {
    let mut console = leads();
    console.press("s");
    console.shows("closed");
    console.shows("cancelled");
    // A line of the table behind says it, the window does not.
    assert_eq!(console.screen().matches("completed").count(), 1);
}

#[test]
fn a_status_takes_a_reason_and_a_yes() {
    let mut console = leads();
    console.press("s Enter");
    console.shows("Why?");
    console.type_text("twice");
    console.press("Enter");
    console.shows("change to “closed”?");
    console.shows("reason: twice");
    console.press("y");
    assert_eq!(console.changes, [set_status("l23", LeadStatus::Closed, "twice", 3)]);
}

#[test]
fn a_status_can_be_typed() {
    let mut console = leads();
    console.command("status canc no answer");
    console.press("y");
    assert_eq!(console.changes, [set_status("l23", LeadStatus::Cancelled, "no answer", 3)]);
    console.command("status nonsense");
    console.shows("one of contacted");
}

#[test]
fn statuses_are_completed() {
    let mut console = leads();
    console.press(":");
    console.type_text("status b");
    console.press("Tab");
    console.shows(":status booked");
}

#[test]
fn a_lead_at_its_end_goes_nowhere() {
    let mut console = leads();
    console.press("G s");
    console.shows("it can go nowhere");
}

#[test]
fn many_are_changed_after_one_yes() {
    let mut console = leads();
    console.press("Space Space s");
    console.shows("which status?");
    console.type_text("closed");
    console.press("Enter Enter");
    console.shows("#22 · ");
    console.shows("#23 · ");
    console.press("y");
    assert_eq!(
        console.changes,
        [set_status("l22", LeadStatus::Closed, "", 3), set_status("l23", LeadStatus::Closed, "", 3)]
    );
}

#[test]
fn one_refusal_among_many_stops_no_other() {
    let mut console = leads();
    console.serve(|ask| match ask {
        Ask::SetStatus(id, _) if id == "l22" => {
            Err(refused(Problem::NotNow, "a booked lead cannot be closed"))
        }
        other => crate::data::answer(other),
    });
    console.press("Space Space");
    console.command("status closed");
    console.press("y");
    assert_eq!(console.changes.len(), 2);
    assert_eq!(console.model.shared.waiting, 0);
}

#[test]
fn several_are_not_assigned_at_once() {
    let mut console = leads();
    console.press("Space Space a");
    console.shows("one lead at a time");
}

#[test]
fn a_note_is_added_at_once() {
    let mut console = leads();
    console.press("n");
    console.shows("A note on #23");
    console.type_text("חוזרת אליי מחר");
    console.press("Enter");
    assert_eq!(
        console.changes,
        [Ask::AddNote("l23".to_owned(), AddNote { text: "חוזרת אליי מחר".to_owned() })]
    );
    console.shows("noted on lead 23");
}

#[test]
fn an_empty_note_is_none() {
    let mut console = leads();
    console.press("n Enter");
    console.press("n Space Enter");
    console.press("n Esc");
    assert_eq!(console.changes, []);
}

#[test]
fn a_list_that_moves_meanwhile_changes_nothing() {
    let mut console = leads();
    console.press("n");
    console.type_text("x");
    console.serve(|ask| match ask {
        Ask::Leads(_) => Ok(Answer::Leads(admin_api::page::Page { rows: vec![], next: None, total: None })),
        other => crate::data::answer(other),
    });
    console.event(admin_api::event::Event::Resync);
    console.press("Enter");
    assert_eq!(console.changes, [Ask::AddNote("l23".to_owned(), AddNote { text: "x".to_owned() })]);
}

/// A bot on which a change of status is done, and the lead may go back.
fn with_a_way_back(console: &mut Console) {
    let mut status = LeadStatus::Contacted;
    let mut version = 3;
    console.serve(move |ask| match ask {
        Ask::SetStatus(_, change) => {
            status = change.status;
            version += 1;
            Ok(Answer::Done)
        }
        Ask::Lead(id) => {
            let mut lead = detail(id);
            lead.line.status = status;
            lead.line.version = version;
            lead.may_become = vec![LeadStatus::Contacted, LeadStatus::Closed];
            Ok(Answer::Lead(Box::new(lead)))
        }
        other => crate::data::answer(other),
    });
}

#[test]
fn a_status_is_taken_back_with_the_new_version() {
    let mut console = leads();
    with_a_way_back(&mut console);
    console.press("Enter");
    console.command("status closed");
    console.press("y u");
    assert_eq!(
        console.changes,
        [set_status("l23", LeadStatus::Closed, "", 3), set_status("l23", LeadStatus::Contacted, "", 4)]
    );
    console.press("u");
    console.shows("nothing to undo");
}

#[test]
fn what_cannot_go_back_is_not_taken_back() {
    let mut console = leads();
    console.press("Enter");
    console.command("status closed");
    console.press("y u");
    console.shows("nothing to undo");
}

fn conflict(version: u64, status: &str) -> Failure {
    let mut current = serde_json::to_value(detail("l23").line).unwrap();
    current["version"] = version.into();
    current["status"] = status.into();
    current["pro_name"] = "משה לוי".into();
    Failure::Refused(Box::new(Refused {
        problem: Problem::Conflict,
        message: "somebody else changed it".to_owned(),
        current: Some(current),
        retry_after_s: None,
        request: None,
    }))
}

#[test]
fn the_second_operator_sees_what_changed() {
    let mut console = leads();
    console.hold();
    console.command("status closed");
    console.press("y");
    console.answer(Err(conflict(7, "booked")));
    console.shows("Somebody else was faster");
    console.shows("contacted");
    console.shows("booked");
    console.shows("יול השמ");
    console.shows("k keep theirs");
}

#[test]
fn the_second_operator_keeps_theirs() {
    let mut console = leads();
    console.hold();
    console.command("status closed");
    console.press("y");
    console.answer(Err(conflict(7, "booked")));
    console.press("k");
    assert_eq!(console.changes.len(), 1);
    console.hides("Somebody else");
}

#[test]
fn the_second_operator_goes_on_with_the_new_version() {
    let mut console = leads();
    console.hold();
    console.command("status closed");
    console.press("y");
    console.answer(Err(conflict(7, "booked")));
    console.press("m");
    assert_eq!(console.changes[1], set_status("l23", LeadStatus::Closed, "", 7));
}

#[test]
fn a_conflict_without_the_present_state_can_only_be_kept() {
    let mut console = leads();
    console.hold();
    console.command("status closed");
    console.press("y");
    console.answer(Err(refused(Problem::Conflict, "somebody else changed it")));
    console.hides("m change it");
    console.press("m");
    assert_eq!(console.changes.len(), 1);
    console.shows("Somebody else");
}

#[test]
fn readonly_refuses_each_change_before_it_is_asked_about() {
    let mut console = Console::readonly(Locale::En);
    console.sign_in();
    console.press("2");
    for keys in ["a Enter", "s Enter Enter", "n x Enter"] {
        console.press(keys);
        console.shows("read only: nothing was changed");
        console.press("Esc Esc");
    }
    console.command("status closed");
    assert_eq!(console.changes, []);
}

#[test]
fn what_the_server_refuses_is_said() {
    let mut console = leads();
    console.serve(|ask| match ask {
        Ask::Assign(..) => Err(refused(Problem::NotNow, "the pro is on vacation")),
        other => crate::data::answer(other),
    });
    console.press("a Enter y");
    console.shows("not now: the pro is on vacation");
}

#[test]
fn an_agent_may_work_leads() {
    let mut console = Console::new(Locale::En, 80, 24);
    console.sign_in_as(Role::Agent);
    console.press("2 n");
    console.type_text("x");
    console.press("Enter");
    assert_eq!(console.changes.len(), 1);
}
