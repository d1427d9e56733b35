//! Users: added, given roles and passwords, switched off; only by those who may.

use crate::data::office::{golden, open, open_as, open_readonly, users};
use crate::harness::{Console, refused};
use admin_api::access::Role;
use admin_api::client::Failure;
use admin_api::error::{Problem, Refused};
use admin_api::user::{EditUser, NewUser};
use admin_tui::ask::Ask;
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "users")
}

fn edit(name: &str, edit: EditUser) -> Ask {
    Ask::EditUser(name.to_owned(), EditUser { version: 5, ..edit })
}

#[test]
fn the_list_says_who_may_what() {
    let console = console();
    for shown in ["dana (you)", "system admin", "✗ off", "✓ on"] {
        console.shows(shown);
    }
}

#[test]
fn a_user_is_added_with_a_masked_password_typed_twice() {
    let mut console = console();
    console.press("a");
    console.type_text("ruth");
    console.press("Enter");
    console.shows("answers customers and works on leads");
    console.type_text("agent");
    console.press("Enter");
    console.type_text("correct horse");
    console.hides("correct");
    console.shows("•••••••••••••");
    console.press("Enter");
    console.shows("once more");
    console.type_text("correct horse");
    console.press("Enter");
    let new = NewUser { name: "ruth".into(), role: Role::Agent, password: "correct horse".into() };
    assert_eq!(console.changes, [Ask::AddUser(new)]);
    console.shows("user added: ruth");
}

#[test]
fn passwords_that_differ_change_nothing() {
    let mut console = console();
    console.press("Down Down p");
    console.type_text("correct horse");
    console.press("Enter");
    console.type_text("correct house");
    console.press("Enter");
    assert_eq!(console.changes, []);
    console.shows("the passwords differ");
}

#[test]
fn a_short_password_is_asked_for_again() {
    let mut console = console();
    console.press("Down Down p");
    console.type_text("short");
    console.press("Enter");
    console.shows("at least 10");
    console.shows("password for eli");
}

#[test]
fn a_new_password_names_the_version_that_was_seen() {
    let mut console = console();
    console.press("Down Down p");
    for _ in 0..2 {
        console.type_text("correct horse");
        console.press("Enter");
    }
    let password = Some("correct horse".to_owned());
    assert_eq!(console.changes, [edit("eli", EditUser { password, ..EditUser::default() })]);
}

#[test]
fn a_role_is_asked_about() {
    let mut console = console();
    console.press("Down Down r");
    console.type_text("agent");
    console.press("Enter");
    console.shows("Make eli agent?");
    console.shows("open sessions that end: 1");
    assert_eq!(console.changes, []);
    console.press("y");
    assert_eq!(console.changes, [edit("eli", EditUser { role: Some(Role::Agent), ..EditUser::default() })]);
}

#[test]
fn no_role_above_ones_own_is_offered() {
    let mut console = console();
    console.press("Down Down r");
    console.shows("everything of one business");
    console.hides("runs every business");
}

#[test]
fn a_mightier_user_is_not_edited() {
    let mut console = console();
    console.press("r");
    console.shows("that user may do more than you");
    console.press("s p");
    assert_eq!(console.changes, []);
}

#[test]
fn nobody_switches_themselves_off() {
    let mut console = console();
    console.press("Down s");
    console.shows("nobody switches themselves off");
    assert_eq!(console.changes, []);
}

#[test]
fn switching_off_is_asked_about_and_on_is_not() {
    let mut console = console();
    console.press("Down Down s");
    assert_eq!(console.changes, []);
    console.press("y");
    let off = edit("eli", EditUser { active: Some(false), ..EditUser::default() });
    assert_eq!(console.changes, std::slice::from_ref(&off));
    console.press("Down s");
    assert_eq!(console.changes, [off, edit("noa", EditUser { active: Some(true), ..EditUser::default() })]);
}

#[test]
fn a_bad_name_is_refused_before_a_password_is_typed() {
    let mut console = console();
    console.command("adduser two words");
    console.shows("1 to 64 letters");
    console.hides("password for");
}

#[test]
fn readonly_refuses_before_anything_is_typed() {
    let mut console = open_readonly("users");
    console.press("a");
    console.shows("nothing was changed");
    console.hides("name of the new user");
}

#[test]
fn an_admin_does_not_see_users() {
    let mut console = open_as(Role::Admin, "users");
    console.hides("sessions");
    console.asked.clear();
    console.command("users");
    assert_eq!(console.asked, []);
}

#[test]
fn a_conflict_shows_what_changed_and_lets_one_choose() {
    let mut console = console();
    let mut now = users().remove(2);
    now.version = 9;
    now.active = false;
    let current = serde_json::to_value(now).unwrap();
    console.serve(move |ask| match ask {
        Ask::EditUser(_, edit) if edit.version == 5 => Err(Failure::Refused(Box::new(Refused {
            current: Some(current.clone()),
            ..match refused(Problem::Conflict, "changed") {
                Failure::Refused(refused) => *refused,
                _ => unreachable!("a refusal"),
            }
        }))),
        ask => crate::data::answer(ask),
    });
    console.press("Down Down r");
    console.type_text("agent");
    console.press("Enter y");
    console.shows("Somebody else was faster");
    console.shows("active");
    console.press("m");
    let last = console.changes.last().unwrap();
    assert_eq!(
        *last,
        Ask::EditUser("eli".into(), EditUser { version: 9, role: Some(Role::Agent), ..EditUser::default() })
    );
}

#[test]
fn the_filter_finds_a_user() {
    let mut console = console();
    console.filter("noa");
    console.shows("› noa");
    console.hides("eli");
}

#[test]
fn golden_screens() {
    golden("users", "users", "Down");
}
