//! Changes of single fields, under the very rules of a file: what is there is written as a file, the fields are replaced,
//! and the whole is read and checked again. What no file knows of stays.

use super::{FileError, check, print};
use agents::business::Business;
use agents::pro::Pro;
use toml::{Table, Value};

/// A pro with these fields replaced, each by its name in a file.
///
/// # Errors
/// The first field that is wrong.
pub fn edit_pro(
    business: &Business,
    pro: &Pro,
    fields: Vec<(&'static str, Value)>,
) -> Result<Pro, FileError> {
    let mut file = tables(&print(business, std::slice::from_ref(pro)))?;
    let table = match file.remove("pros") {
        Some(Value::Array(mut pros)) if pros.len() == 1 => pros.remove(0),
        Some(_) | None => return Err(unreadable()),
    };
    let edited = check::one_pro(business, replaced(table, fields)?)?;
    Ok(Pro {
        id: pro.id.clone(),
        calendar: pro.calendar.clone(),
        rating: pro.rating,
        calendar_secret: pro.calendar_secret.clone(),
        desk: pro.desk.clone(),
        agenda_on: pro.agenda_on,
        ..edited
    })
}

/// A business with these fields replaced, each by its name in a file.
///
/// # Errors
/// The first field that is wrong.
pub fn edit_business(business: &Business, fields: Vec<(&'static str, Value)>) -> Result<Business, FileError> {
    let mut file = tables(&print(business, &[]))?;
    let table = file.remove("business").ok_or_else(unreadable)?;
    let edited = check::one_business(replaced(table, fields)?)?;
    Ok(Business {
        calendar: business.calendar.clone(),
        paused_at: business.paused_at,
        sending_stopped_at: business.sending_stopped_at,
        budget_told_on: business.budget_told_on,
        ..edited
    })
}

fn tables(text: &str) -> Result<Table, FileError> {
    toml::from_str(text).map_err(|_| unreadable())
}

fn replaced(table: Value, fields: Vec<(&'static str, Value)>) -> Result<Value, FileError> {
    let Value::Table(mut table) = table else { return Err(unreadable()) };
    for (name, value) in fields {
        table.insert(name.to_owned(), value);
    }
    Ok(Value::Table(table))
}

/// What is printed is read back; a test of the file says so.
fn unreadable() -> FileError {
    FileError { place: "file".to_owned(), problem: "what is stored cannot be written as a file".to_owned() }
}

/// The beginning of a phone in E.164, from the beginning of one as people of the zone's country write it; none when the
/// text is no beginning of a number.
#[must_use]
pub fn phone_prefix(zone: chrono_tz::Tz, text: &str) -> Option<String> {
    super::country::Country::of(zone).phone_prefix(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

    use super::*;

    fn demo() -> (Business, Vec<Pro>) {
        let file = super::super::parse(include_str!("../../demo/fixi.toml")).unwrap();
        (file.business, file.pros)
    }

    #[test]
    fn one_field_changes_and_all_else_stays() {
        let (business, pros) = demo();
        for pro in &pros {
            assert_eq!(&edit_pro(&business, pro, Vec::new()).unwrap(), pro);
            let edited = edit_pro(&business, pro, vec![("name", Value::from("דני"))]).unwrap();
            assert_eq!(edited, Pro { name: "דני".to_owned(), ..pro.clone() });
        }
        assert_eq!(edit_business(&business, Vec::new()).unwrap(), business);
        let edited = edit_business(&business, vec![("approval_minutes", Value::from(15))]).unwrap();
        assert_eq!(edited, Business { approval_minutes: 15, ..business });
    }

    #[test]
    fn what_no_file_may_hold_is_refused_with_the_name_of_the_field() {
        let (business, pros) = demo();
        let place = |name, value| edit_pro(&business, &pros[0], vec![(name, value)]).unwrap_err().place;
        assert_eq!(place("name", Value::from(" ")), "name");
        assert_eq!(place("max_open_jobs", Value::from(0)), "max_open_jobs");
        assert_eq!(place("trades", Value::Array(Vec::new())), "trades");
        let hours = Table::from_iter([("funday".to_owned(), Value::from("08:00-18:00"))]);
        assert_eq!(place("hours", Value::Table(hours)), "hours");
        let error = edit_business(&business, vec![("commission_percent", Value::from(101))]).unwrap_err();
        assert_eq!(error.place, "commission_percent");
    }

    #[test]
    fn the_beginning_of_a_phone_is_read_as_people_write_it() {
        let israel = |text| phone_prefix(chrono_tz::Asia::Jerusalem, text);
        assert_eq!(israel("050-00").as_deref(), Some("+9725000"));
        assert_eq!(israel("+972 50").as_deref(), Some("+97250"));
        assert_eq!(israel("0097250").as_deref(), Some("+97250"));
        assert_eq!(israel("97250").as_deref(), Some("+97250"));
        assert_eq!(phone_prefix(chrono_tz::America::New_York, "(212) 555").as_deref(), Some("+1212555"));
        for text in ["", "+", "דנה", "5a", "-"] {
            assert_eq!(israel(text), None, "{text}");
        }
    }
}
