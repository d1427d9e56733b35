//! A business as the text of its file, in the order in which people write it. Reading it back gives the same values.

use super::calendar;
use agents::business::{Business, DEFAULT_REMINDER_HOURS, Owner};
use agents::calendar::WeekHours;
use agents::pro::{Area, Price, Pro};
use chrono_tz::Tz;
use serde::Serialize;
use std::collections::BTreeMap;
use toml::Value;

/// Writes a business and its pros.
#[must_use]
pub fn print(business: &Business, pros: &[Pro]) -> String {
    let mut out = String::from("[business]\n");
    line(&mut out, "key", business.id.as_str());
    line(&mut out, "name", business.name.as_str());
    line(&mut out, "timezone", business.timezone.name());
    line(&mut out, "locale", word(business.locale));
    line(&mut out, "approval", word(business.approval));
    line(&mut out, "consent", word(business.consent));
    line(&mut out, "currency", business.currency.as_str());
    line(&mut out, "emergency_number", business.emergency_number.as_str());
    line(&mut out, "approval_minutes", i64::from(business.approval_minutes));
    line(&mut out, "commission_percent", i64::from(business.commission_percent));
    if !business.owners.is_empty() {
        line(&mut out, "owners", business.owners.iter().map(owner).collect::<Vec<_>>());
    }
    if business.reminder_hours != DEFAULT_REMINDER_HOURS {
        line(
            &mut out,
            "reminder_hours",
            business.reminder_hours.iter().map(|hours| i64::from(*hours)).collect::<Vec<_>>(),
        );
    }
    if !business.emergency_words.is_empty() {
        line(&mut out, "emergency_words", business.emergency_words.clone());
    }
    line(&mut out, "hours", hours(&business.hours));
    calendar::print_business(&mut out, &business.calendar);
    for pro in pros {
        print_pro(&mut out, pro, business.timezone);
    }
    out
}

fn print_pro(out: &mut String, pro: &Pro, zone: Tz) {
    out.push_str("\n[[pros]]\n");
    line(out, "name", pro.name.as_str());
    line(out, "phone", pro.phone.as_str());
    line(out, "trades", pro.trades.iter().map(word).collect::<Vec<_>>());
    line(out, "areas", pro.areas.iter().map(area).collect::<Vec<_>>());
    line(out, "rating", pro.rating);
    line(out, "reviews", i64::from(pro.reviews));
    line(out, "persona", pro.persona.as_str());
    line(out, "slot_minutes", i64::from(pro.slot_minutes));
    line(out, "hours", hours(&pro.hours));
    line(out, "active", pro.active);
    line(out, "approved", pro.approved);
    line(out, "on_vacation", pro.on_vacation);
    line(out, "language", word(pro.language));
    line(out, "max_open_jobs", i64::from(pro.max_open_jobs));
    if pro.no_shows > 0 {
        line(out, "no_shows", i64::from(pro.no_shows));
    }
    calendar::print_pro(out, &pro.calendar, zone);
    for price in &pro.prices {
        print_price(out, price);
    }
}

fn print_price(out: &mut String, price: &Price) {
    out.push_str("[[pros.prices]]\n");
    line(out, "item", price.item.as_str());
    line(out, "names", table(&price.names));
    line(out, "min", i64::from(price.min));
    line(out, "max", i64::from(price.max));
    line(out, "minutes", i64::from(price.minutes));
}

pub(super) fn line(out: &mut String, key: &str, value: impl Into<Value>) {
    out.push_str(&format!("{key} = {}\n", value.into()));
}

/// The stored word of a choice.
fn word(choice: impl Serialize) -> Value {
    Value::try_from(choice).expect("a variant without fields is written as its name")
}

fn hours(hours: &WeekHours) -> Value {
    table(&hours.to_map())
}

fn table(map: &BTreeMap<String, String>) -> Value {
    Value::Table(map.iter().map(|(key, text)| (key.clone(), Value::from(text.as_str()))).collect())
}

fn owner(owner: &Owner) -> Value {
    match &owner.name {
        None => Value::from(owner.phone.as_str()),
        Some(name) => table(&BTreeMap::from([
            ("name".to_owned(), name.clone()),
            ("phone".to_owned(), owner.phone.clone()),
        ])),
    }
}

fn area(area: &Area) -> Value {
    match area {
        Area::Place(name) => Value::from(name.as_str()),
        Area::Around { city, radius_km } => Value::Table(
            [
                ("city".to_owned(), Value::from(city.as_str())),
                ("radius_km".to_owned(), Value::from(*radius_km)),
            ]
            .into_iter()
            .collect(),
        ),
    }
}
