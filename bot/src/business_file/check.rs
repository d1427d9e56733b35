//! From the text of a business file to values that may be stored, or the first thing in it that is wrong.

use super::calendar::{self, BlockedTable, BusinessFields, ProFields, VisitsTable};
use super::country::Country;
use super::{BusinessFile, FileError, pro_id};
use agents::business::{
    Approval, Business, Consent, DEFAULT_REMINDER_HOURS, Owner, USUAL_COMMISSION_PERCENT,
};
use agents::calendar::{Holidays, WeekHours};
use agents::id::BusinessId;
use agents::language::Language;
use agents::pro::{Area, Price, Pro};
use agents::text::{clean, is_blank};
use agents::trade::Trade;
use chrono_tz::Tz;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

const DEFAULT_CURRENCY: &str = "ILS";
const DEFAULT_APPROVAL_MINUTES: u32 = 60;
const DEFAULT_SLOT_MINUTES: u32 = 60;
const DEFAULT_MAX_OPEN_JOBS: u32 = 3;
/// A name, as a message has room for it.
const NAME_CHARACTERS: usize = 100;
/// A persona, as a prompt has room for it.
const PERSONA_CHARACTERS: usize = 1000;
const DAY_MINUTES: u32 = 24 * 60;

/// How many words of danger a business may have of its own, and how long each may be, in characters.
const MOST_EMERGENCY_WORDS: usize = 100;
const LONGEST_EMERGENCY_WORDS: usize = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BusinessTable {
    key: String,
    name: String,
    timezone: String,
    locale: Language,
    #[serde(default = "asks_the_pro")]
    approval: Approval,
    #[serde(default = "gives_notice")]
    consent: Consent,
    hours: BTreeMap<String, String>,
    currency: Option<String>,
    /// Read only so that a file cannot claim another meaning of its prices.
    #[serde(rename = "vat")]
    _vat: Option<Vat>,
    emergency_number: Option<String>,
    approval_minutes: Option<u32>,
    closed_days: Option<String>,
    #[serde(default)]
    closed_dates: Vec<String>,
    holidays: Option<Holidays>,
    holiday_eves: Option<String>,
    #[serde(default)]
    visits: VisitsTable,
    #[serde(default)]
    owners: Vec<Value>,
    commission_percent: Option<u32>,
    reminder_hours: Option<Vec<u32>>,
    #[serde(default)]
    emergency_words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnerTable {
    phone: String,
    name: Option<String>,
}

/// What the prices say about the tax. Prices are told to customers as they are, so they hold it.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Vat {
    Included,
}

fn asks_the_pro() -> Approval {
    Approval::Pro
}

fn gives_notice() -> Consent {
    Consent::Notice
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProTable {
    name: String,
    phone: String,
    trades: Vec<Trade>,
    areas: Vec<Value>,
    #[serde(default)]
    rating: f64,
    #[serde(default)]
    reviews: u32,
    #[serde(default)]
    persona: String,
    slot_minutes: Option<u32>,
    hours: Option<BTreeMap<String, String>>,
    #[serde(default)]
    prices: Vec<Value>,
    active: Option<bool>,
    approved: Option<bool>,
    #[serde(default)]
    on_vacation: bool,
    language: Option<Language>,
    max_open_jobs: Option<u32>,
    #[serde(default)]
    no_shows: u32,
    #[serde(default)]
    works_on_holidays: bool,
    #[serde(default)]
    other_days: BTreeMap<String, String>,
    #[serde(default)]
    blocked: Vec<BlockedTable>,
    #[serde(default)]
    visits: VisitsTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AroundTable {
    city: String,
    radius_km: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceTable {
    item: String,
    names: BTreeMap<String, String>,
    min: u32,
    max: u32,
    minutes: Option<u32>,
}

/// Reads and checks a whole file.
pub(super) fn file(text: &str) -> Result<BusinessFile, FileError> {
    let mut tables: Table = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map(|before| before.matches('\n').count() + 1);
        wrong(&line.map_or("file".to_owned(), |line| format!("line {line}")), error.message())
    })?;
    let table =
        tables.remove("business").ok_or_else(|| wrong("[business]", "the table is missing, add it"))?;
    let pros = tables.remove("pros").unwrap_or_else(|| Value::Array(Vec::new()));
    if let Some(name) = tables.keys().next() {
        return Err(wrong("file", &format!("unknown table `{name}`, write [business] and [[pros]]")));
    }
    let business = business(table)?;
    let Value::Array(pros) = pros else {
        return Err(wrong("pros", "write each pro as a table of its own, [[pros]]"));
    };
    let pros: Vec<Pro> = pros
        .into_iter()
        .enumerate()
        .map(|(index, table)| pro(&business, &format!("[[pros]] {}", index + 1), table))
        .collect::<Result<_, _>>()?;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, pro) in pros.iter().enumerate() {
        if let Some(first) = seen.insert(&pro.phone, index) {
            let problem =
                format!("the same number as [[pros]] {}, every pro needs one of their own", first + 1);
            return Err(wrong(&format!("[[pros]] {}, phone", index + 1), &problem));
        }
    }
    Ok(BusinessFile { business, pros })
}

fn business(table: Value) -> Result<Business, FileError> {
    let table: BusinessTable = read("[business]", table)?;
    let place = |field: &str| format!("[business] {field}");
    check(&place("key"), is_key(&table.key), "write 1 to 40 lower-case Latin letters, digits, - or _")?;
    let timezone: Tz = table
        .timezone
        .parse()
        .map_err(|_| wrong(&place("timezone"), "no known zone, write one like Asia/Jerusalem"))?;
    let currency = table.currency.unwrap_or_else(|| DEFAULT_CURRENCY.to_owned());
    let is_currency = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    check(&place("currency"), is_currency, "write three capital letters like ILS")?;
    let emergency_number =
        table.emergency_number.unwrap_or_else(|| Country::of(timezone).emergency_number().to_owned());
    let is_number = (2..=15).contains(&emergency_number.len())
        && emergency_number.bytes().all(|byte| byte.is_ascii_digit());
    check(&place("emergency_number"), is_number, "write 2 to 15 digits, in quotes")?;
    let approval_minutes = table.approval_minutes.unwrap_or(DEFAULT_APPROVAL_MINUTES);
    check(&place("approval_minutes"), (1..=7 * DAY_MINUTES).contains(&approval_minutes), "write 1 to 10080")?;
    let calendar = calendar::of_business(
        &place,
        BusinessFields {
            visits: table.visits,
            closed_days: table.closed_days.as_deref(),
            closed_dates: &table.closed_dates,
            holidays: table.holidays,
            holiday_eves: table.holiday_eves.as_deref(),
        },
    )?;
    let commission_percent = table.commission_percent.unwrap_or(USUAL_COMMISSION_PERCENT);
    check(&place("commission_percent"), commission_percent <= 100, "write 0 to 100")?;
    let mut owners: Vec<Owner> = Vec::new();
    for (index, value) in table.owners.into_iter().enumerate() {
        let place = place(&format!("owners {}", index + 1));
        let owner = owner(&place, timezone, value)?;
        let is_new = owners.iter().all(|other| other.phone != owner.phone);
        check(&place, is_new, "the number is in the list already, name each owner once")?;
        owners.push(owner);
    }
    let reminder_hours = table.reminder_hours.unwrap_or_else(|| DEFAULT_REMINDER_HOURS.to_vec());
    let are_hours = reminder_hours.len() <= 5 && reminder_hours.iter().all(|hours| (1..=168).contains(hours));
    check(&place("reminder_hours"), are_hours, "write up to five numbers of 1 to 168")?;
    let emergency_words: Vec<String> =
        table.emergency_words.iter().map(|words| words.trim().to_owned()).collect();
    let are_words = |words: &String| {
        words.chars().any(char::is_alphabetic) && words.chars().count() <= LONGEST_EMERGENCY_WORDS
    };
    check(
        &place("emergency_words"),
        emergency_words.len() <= MOST_EMERGENCY_WORDS && emergency_words.iter().all(are_words),
        "write up to 100 words or short phrases of at most 60 characters, each in quotes",
    )?;
    Ok(Business {
        id: BusinessId::new(table.key),
        name: name(&place("name"), &table.name)?,
        timezone,
        locale: table.locale,
        approval: table.approval,
        consent: table.consent,
        hours: hours(&place("hours"), &table.hours)?,
        currency,
        emergency_number,
        approval_minutes,
        calendar,
        owners,
        commission_percent,
        paused_at: None,
        emergency_words,
        reminder_hours,
    })
}

/// A phone, or a phone with a name.
fn owner(place: &str, timezone: Tz, value: Value) -> Result<Owner, FileError> {
    let table = match value {
        Value::String(phone) => OwnerTable { phone, name: None },
        other => read(place, other)?,
    };
    let phone = Country::of(timezone).phone(&table.phone).ok_or_else(|| {
        wrong(place, "no phone number, write it with the country's code, like +972 and nine digits")
    })?;
    let name = table.name.map(|text| name(place, &text)).transpose()?;
    Ok(Owner { name, phone })
}

fn pro(business: &Business, pro: &str, table: Value) -> Result<Pro, FileError> {
    let table: ProTable = read(pro, table)?;
    let place = |field: &str| format!("{pro}, {field}");
    let phone = Country::of(business.timezone).phone(&table.phone).ok_or_else(|| {
        wrong(&place("phone"), "no phone number, write it with the country's code, like +972 and nine digits")
    })?;
    check(&place("trades"), !table.trades.is_empty(), "name at least one trade")?;
    let different: BTreeSet<Trade> = table.trades.iter().copied().collect();
    check(&place("trades"), different.len() == table.trades.len(), "name each trade once")?;
    check(&place("areas"), !table.areas.is_empty(), "name at least one place")?;
    let areas: Vec<Area> = table
        .areas
        .into_iter()
        .enumerate()
        .map(|(index, value)| area(&place(&format!("areas {}", index + 1)), value))
        .collect::<Result<_, _>>()?;
    let has_rating = (1.0..=5.0).contains(&table.rating) || (table.rating == 0.0 && table.reviews == 0);
    check(&place("rating"), has_rating, "write 1 to 5, or leave it out together with reviews")?;
    check(
        &place("persona"),
        table.persona.chars().count() <= PERSONA_CHARACTERS,
        "too long, at most 1000 characters",
    )?;
    let slot_minutes = table.slot_minutes.unwrap_or(DEFAULT_SLOT_MINUTES);
    check(&place("slot_minutes"), is_length(slot_minutes), "write 1 to 1440")?;
    let max_open_jobs = table.max_open_jobs.unwrap_or(DEFAULT_MAX_OPEN_JOBS);
    check(&place("max_open_jobs"), max_open_jobs > 0, "write at least 1, or active = false")?;
    let hours = match &table.hours {
        Some(map) => hours(&place("hours"), map)?,
        None => business.hours.clone(),
    };
    let mut prices: Vec<Price> = Vec::new();
    for (index, value) in table.prices.into_iter().enumerate() {
        let line = format!("{pro}, [[prices]] {}", index + 1);
        let price = price(&line, value, slot_minutes)?;
        let is_new = prices.iter().all(|other| other.item != price.item);
        check(&format!("{line}, item"), is_new, "the item is in the list already, name each once")?;
        prices.push(price);
    }
    let calendar = calendar::of_pro(
        &place,
        ProFields {
            visits: table.visits,
            works_on_holidays: table.works_on_holidays,
            other_days: &table.other_days,
            blocked: table.blocked,
        },
        business.timezone,
    )?;
    Ok(Pro {
        id: pro_id(&business.id, &phone),
        business: business.id.clone(),
        name: name(&place("name"), &table.name)?,
        phone,
        trades: table.trades,
        areas,
        rating: table.rating,
        reviews: table.reviews,
        persona: table.persona.trim().to_owned(),
        slot_minutes,
        hours,
        prices,
        active: table.active.unwrap_or(true),
        approved: table.approved.unwrap_or(true),
        on_vacation: table.on_vacation,
        language: table.language.unwrap_or(business.locale),
        max_open_jobs,
        calendar,
        no_shows: table.no_shows,
        calendar_secret: None,
        desk: agents::pro::ProDesk::default(),
        agenda_on: None,
    })
}

fn area(place: &str, value: Value) -> Result<Area, FileError> {
    match value {
        Value::String(text) => Ok(Area::Place(name(place, &text)?)),
        Value::Table(_) => {
            let around: AroundTable = read(place, value)?;
            let is_distance = around.radius_km > 0.0 && around.radius_km <= 500.0;
            check(&format!("{place}, radius_km"), is_distance, "write a distance up to 500")?;
            Ok(Area::Around {
                city: name(&format!("{place}, city"), &around.city)?,
                radius_km: around.radius_km,
            })
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) => {
            Err(wrong(place, "write the name of a place, or { city = \"...\", radius_km = 15 }"))
        }
    }
}

fn price(place: &str, value: Value, slot_minutes: u32) -> Result<Price, FileError> {
    let table: PriceTable = read(place, value)?;
    let field = |field: &str| format!("{place}, {field}");
    check(&field("item"), is_key(&table.item), "write 1 to 40 lower-case Latin letters, digits, - or _")?;
    check(&field("names"), !table.names.is_empty(), "name the item in at least one language")?;
    let mut names = BTreeMap::new();
    for (language, text) in &table.names {
        let place = field(&format!("names, {language}"));
        read::<Language>(&place, Value::String(language.clone()))?;
        names.insert(language.clone(), name(&place, text)?);
    }
    check(&field("max"), table.min <= table.max, "less than min, swap them")?;
    let minutes = table.minutes.unwrap_or(slot_minutes);
    check(&field("minutes"), is_length(minutes), "write 1 to 1440")?;
    Ok(Price { item: table.item, names, min: table.min, max: table.max, minutes })
}

fn hours(place: &str, map: &BTreeMap<String, String>) -> Result<WeekHours, FileError> {
    WeekHours::parse(map).map_err(|error| wrong(place, &error.to_string()))
}

fn name(place: &str, text: &str) -> Result<String, FileError> {
    check(place, !is_blank(text), "empty, write a name")?;
    let name = clean(text);
    check(place, name.chars().count() <= NAME_CHARACTERS, "too long, at most 100 characters")?;
    Ok(name)
}

pub(super) fn is_key(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
}

fn is_length(minutes: u32) -> bool {
    (1..=DAY_MINUTES).contains(&minutes)
}

fn read<T: DeserializeOwned>(place: &str, value: Value) -> Result<T, FileError> {
    value.try_into().map_err(|error: toml::de::Error| {
        // The text is the message and then, on a line of its own, the path of fields.
        let text = error.to_string();
        let field = text.lines().find_map(|line| line.trim().strip_prefix("in `")?.strip_suffix('`'));
        wrong(&field.map_or(place.to_owned(), |field| format!("{place}, {field}")), error.message())
    })
}

pub(super) fn check(place: &str, is_right: bool, problem: &str) -> Result<(), FileError> {
    if is_right { Ok(()) } else { Err(wrong(place, problem)) }
}

/// An error without what must not be repeated: texts that the reader quotes, and anything like a phone number.
pub(super) fn wrong(place: &str, problem: &str) -> FileError {
    FileError { place: hide_numbers(place), problem: hide_numbers(&hide_quoted(problem)) }
}

/// serde quotes the value that it did not expect: `invalid type: string "...", expected u32`.
fn hide_quoted(text: &str) -> String {
    match text.split_once("string \"").and_then(|(before, rest)| Some((before, rest.rsplit_once('"')?.1))) {
        Some((before, after)) => format!("{before}text{after}"),
        None => text.to_owned(),
    }
}

fn hide_numbers(text: &str) -> String {
    let mut hidden = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_numeric() {
            digits.push(c);
            continue;
        }
        hidden.push_str(if digits.chars().count() > 6 { "…" } else { &digits });
        digits.clear();
        hidden.push(c);
    }
    hidden.pop();
    hidden
}
