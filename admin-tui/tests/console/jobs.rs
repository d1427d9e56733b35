//! Jobs: what gave up, why, again or away; what comes back by itself; odd events.

use crate::data::office::{golden, jobs, open, open_as, open_readonly};
use crate::harness::Console;
use admin_api::access::Role;
use admin_api::event::Event;
use admin_api::job::{JobId, Jobs};
use admin_tui::ask::{Answer, Ask};
use admin_tui::update::Command;
use chrono::Duration;
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "jobs")
}

fn id(id: &str) -> JobId {
    JobId { id: id.to_owned() }
}

#[test]
fn the_three_lists_are_there() {
    let console = console();
    for shown in
        ["Gave up: 2", "deliver", "healer", "done healed=2", "✗ the store", "Odd events: 1", "unknown_field"]
    {
        console.shows(shown);
    }
}

#[test]
fn a_job_that_is_off_says_so() {
    let screen = console().screen();
    let line = screen.lines().find(|line| line.contains("morning agenda")).unwrap().to_owned();
    assert!(line.contains("off"), "{line}");
}

#[test]
fn why_shows_the_whole_reason() {
    let mut console = console();
    console.press("Enter");
    console.shows("tries: 8");
    console.shows("401 from green_api: the token is wrong");
    console.press("Esc l Down Enter");
    console.shows("the store is away");
}

#[test]
fn a_retry_is_made_at_once() {
    let mut console = console();
    console.press("Down r");
    assert_eq!(console.changes, [Ask::Retry(id("j2"))]);
    console.shows("runs again");
}

#[test]
fn a_discard_is_asked_about() {
    let mut console = console();
    console.press("d");
    console.shows("Discard for good? Jobs: 1");
    console.press("n");
    assert_eq!(console.changes, []);
    console.press("d y");
    assert_eq!(console.changes, [Ask::Discard(id("j1"))]);
}

#[test]
fn many_are_marked_and_discarded_with_one_yes() {
    let mut console = console();
    console.press("Space Space d");
    console.shows("Jobs: 2");
    console.press("y");
    assert_eq!(console.changes, [Ask::Discard(id("j1")), Ask::Discard(id("j2"))]);
}

#[test]
fn all_are_retried_by_a_command() {
    let mut console = console();
    console.command("retryall");
    assert_eq!(console.changes, [Ask::Retry(id("j1")), Ask::Retry(id("j2"))]);
}

#[test]
fn keys_mean_the_list_that_has_the_sign() {
    let mut console = console();
    console.shows("› Gave up");
    console.press("l");
    console.shows("› Come back by themselves");
    console.press("r d");
    assert_eq!(console.changes, [], "a recurring job is neither retried nor discarded");
}

#[test]
fn an_event_asks_again_and_half_a_minute_does_too() {
    let mut console = console();
    console.event(Event::Jobs);
    assert_eq!(console.asked, [Ask::Jobs]);
    console.later(Duration::seconds(29));
    assert_eq!(console.asked.len(), 1);
    console.later(Duration::seconds(2));
    assert_eq!(console.asked.len(), 2);
}

#[test]
fn a_mark_goes_with_its_job() {
    let mut console = console();
    console.press("Space");
    console.serve(|ask| match ask {
        Ask::Jobs => Ok(Answer::Jobs(Jobs { dead: jobs().dead.split_off(1), ..jobs() })),
        ask => crate::data::answer(ask),
    });
    console.event(Event::Jobs);
    console.press("d");
    console.shows("Jobs: 1");
    console.press("y");
    assert_eq!(console.changes, [Ask::Discard(id("j2"))]);
}

#[test]
fn nothing_that_gave_up_is_said() {
    let mut console = console();
    console.serve(|_| Ok(Answer::Jobs(Jobs { dead: vec![], oddities: vec![], ..jobs() })));
    console.press("Ctrl-r");
    console.shows("no job gave up");
    console.shows("no odd events");
    console.press("r d Enter");
}

#[test]
fn an_id_is_copied() {
    let mut console = console();
    console.press("y");
    assert_eq!(console.told.last(), Some(&Command::Copy("j1".to_owned())));
}

#[test]
fn readonly_refuses_both() {
    let mut console = open_readonly("jobs");
    console.press("r d");
    console.shows("nothing was changed");
    assert_eq!(console.changes, []);
}

#[test]
fn an_agent_does_not_see_jobs() {
    let console = open_as(Role::Agent, "jobs");
    assert!(!console.asked.contains(&Ask::Jobs));
}

#[test]
fn golden_screens() {
    golden("jobs", "jobs", "Down");
}
