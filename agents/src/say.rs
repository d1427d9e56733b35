//! Figures into words: times, prices, addresses, phones and names as people read them, in their language. Every
//! figure that a person reads passes through here, and every figure in here comes from the store.

use crate::business::Business;
use crate::concern::Concern;
use crate::language::Language;
use crate::lead::Slot;
use crate::message::{Button, Outbound};
use crate::pro::{Price, Pro};
use crate::request::Address;
use crate::template::Figures;
use crate::trade::Trade;
use crate::understanding::places;
use chrono::{DateTime, Datelike, Timelike, Utc};
use locales::{Args, args, text};

const WEEKDAYS: [&str; 7] = [
    "weekday-sunday",
    "weekday-monday",
    "weekday-tuesday",
    "weekday-wednesday",
    "weekday-thursday",
    "weekday-friday",
    "weekday-saturday",
];

/// A visit's start: `יום ראשון 22.11 בשעה 14:00`, with today and tomorrow by name, always with the date.
#[must_use]
pub fn slot(business: &Business, language: Language, slot: &Slot, now: DateTime<Utc>) -> String {
    let (day, date) = day_and_date(business, language, slot.from, now);
    let args = args![weekday = day, date = date, time = time(business, slot.from)];
    text(language, "slot-weekday-date-time", &args)
}

/// A local day: `מחר 23.11`.
#[must_use]
pub fn day(business: &Business, language: Language, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (day, date) = day_and_date(business, language, at, now);
    format!("{day} {date}")
}

/// A local time: `14:00`.
#[must_use]
pub fn time(business: &Business, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&business.timezone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// The name of a weekday, from Sunday, which is 0.
#[must_use]
pub fn weekday(language: Language, day: usize) -> String {
    text(language, WEEKDAYS[day % WEEKDAYS.len()], &args![])
}

fn day_and_date(
    business: &Business,
    language: Language,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> (String, String) {
    let start = at.with_timezone(&business.timezone);
    let today = now.with_timezone(&business.timezone).date_naive();
    let date = text(
        language,
        "date-day-month",
        &args![day = i64::from(start.day()), month = i64::from(start.month())],
    );
    let named = match (start.date_naive() - today).num_days() {
        0 => Some("day-today"),
        1 => Some("day-tomorrow"),
        _ => None,
    };
    let weekday = WEEKDAYS[start.weekday().num_days_from_sunday() as usize];
    (text(language, named.unwrap_or(weekday), &args![]), date)
}

/// The label of a button for a slot, within the 20 characters that Meta allows: `22.11 14:00`.
#[must_use]
pub fn slot_label(business: &Business, slot: &Slot) -> String {
    let start = slot.from.with_timezone(&business.timezone);
    format!("{}.{} {:02}:{:02}", start.day(), start.month(), start.hour(), start.minute())
}

/// An amount or a range in the business's currency: `250–450 ₪`.
#[must_use]
pub fn amount(business: &Business, language: Language, min: u32, max: u32) -> String {
    let currency = match business.currency.as_str() {
        "ILS" => text(language, "currency-ils", &args![]),
        other => other.to_owned(),
    };
    if min == max {
        text(language, "price-exact", &args![amount = min.to_string(), currency = currency])
    } else {
        let args = args![min = min.to_string(), max = max.to_string(), currency = currency];
        text(language, "price-range", &args)
    }
}

/// The price of a line of the price list.
#[must_use]
pub fn price(business: &Business, language: Language, price: &Price) -> String {
    amount(business, language, price.min, price.max)
}

/// The trade by name.
#[must_use]
pub fn trade(language: Language, trade: Trade) -> String {
    text(language, &format!("trade-{}", trade.key()), &args![])
}

/// Why a person is to look, for operators.
#[must_use]
pub fn concern(language: Language, concern: Concern) -> String {
    text(language, &format!("concern-{}", concern.key()), &args![])
}

/// A phone as people dial it at home: `050-000-0101` for an Israeli mobile, else as it is.
#[must_use]
pub fn phone(e164: &str) -> String {
    match e164.strip_prefix("+972") {
        Some(rest) if rest.len() == 9 && rest.is_ascii() => {
            format!("0{}-{}-{}", &rest[..2], &rest[2..5], &rest[5..])
        }
        Some(rest) if rest.len() == 8 && rest.is_ascii() => format!("0{}-{}", &rest[..1], &rest[1..]),
        _ => e164.to_owned(),
    }
}

/// The rating with its count, or nothing for a pro whom nobody rated.
#[must_use]
pub fn rating(language: Language, pro: &Pro) -> Option<String> {
    (pro.reviews > 0).then(|| {
        let args = args![rating = format!("{:.1}", pro.rating), count = i64::from(pro.reviews)];
        text(language, "rating-line", &args)
    })
}

/// The name of a place of the gazetteer.
#[must_use]
pub fn city(language: Language, key: &str) -> String {
    places::by_key(key).map_or_else(|| key.to_owned(), |place| place.name(language).to_owned())
}

/// The address as one line: street and number, floor and apartment, city.
#[must_use]
pub fn address(language: Language, address: &Address) -> String {
    let mut parts = Vec::new();
    if let Some(street) = &address.street {
        parts.push(match &address.street_number {
            Some(number) => format!("{street} {number}"),
            None => street.clone(),
        });
    }
    for (key, value) in [
        ("address-entrance", &address.entrance),
        ("address-floor", &address.floor),
        ("address-apartment", &address.apartment),
    ] {
        if let Some(value) = value {
            parts.push(text(language, key, &args![value = value.as_str()]));
        }
    }
    if address.private_house {
        parts.push(text(language, "address-private-house", &args![]));
    }
    if let Some(key) = &address.city {
        parts.push(city(language, key));
    }
    parts.join(if language == Language::Ar { "، " } else { ", " })
}

/// A link that opens the address in a maps application; none until the address is findable.
#[must_use]
pub fn navigation_link(address: &Address) -> Option<String> {
    if !address.is_findable() {
        return None;
    }
    let query = [
        address.street.clone().unwrap_or_default(),
        address.street_number.clone().unwrap_or_default(),
        address.city.as_deref().map(|key| city(Language::He, key)).unwrap_or_default(),
    ]
    .join(" ");
    Some(format!("https://www.google.com/maps/search/?api=1&query={}", percent_encode(&query)))
}

/// A list of slots to choose from, numbered from 1, with a button for each of the first three.
#[must_use]
pub fn slot_choice(
    business: &Business,
    language: Language,
    slots: &[Slot],
    now: DateTime<Utc>,
) -> (Vec<String>, Vec<Button>) {
    let lines = slots
        .iter()
        .enumerate()
        .map(|(index, offered)| {
            let args = args![
                number = i64::try_from(index + 1).unwrap_or(i64::MAX),
                slot = slot(business, language, offered, now)
            ];
            text(language, "customer-slot-line", &args)
        })
        .collect();
    let buttons = slots
        .iter()
        .take(3)
        .map(|offered| Button { payload: slot_payload(offered), label: slot_label(business, offered) })
        .collect();
    (lines, buttons)
}

/// What stands behind the button of a slot. It names the moment, not the place in a list, so that an old button never
/// means another time.
#[must_use]
pub fn slot_payload(slot: &Slot) -> String {
    format!("slot:{}", slot.from.timestamp())
}

/// The moment behind the button of a slot.
#[must_use]
pub fn read_slot_payload(payload: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(payload.strip_prefix("slot:")?.parse().ok()?, 0)
}

/// A message of one text of the locale files, with what it was made of where a template may say it.
#[must_use]
pub fn message(language: Language, key: &str, args: &Args<'_>) -> Outbound {
    let figures = Figures::of_text(language, key, args);
    Outbound { figures, ..Outbound::text(text(language, key, args)) }
}

fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
