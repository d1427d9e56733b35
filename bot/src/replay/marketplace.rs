//! The business of a scenario: the demo's, with what the scenario says of it before everything else.

use super::people::{phone, pro_phone};
use super::script::Step;
use crate::business_file::{self, BusinessFile};
use agents::business::{Approval, Business, Consent, Owner};
use agents::pro::Pro;
use anyhow::{Context, bail};
use toml::{Table, Value};

/// The marketplace of the scenarios is the demo's.
pub(crate) const BUSINESS: &str = include_str!("../../demo/fixi.toml");

/// The business and its pros as these steps want them.
pub(super) fn of(steps: &[(usize, Step)]) -> anyhow::Result<BusinessFile> {
    let mut tables: Table = toml::from_str(BUSINESS)?;
    for (_, step) in steps {
        if let Step::File(who, line) = step {
            let fields: Table = toml::from_str(line).with_context(|| format!("no line of a file: {line}"))?;
            table_of(&mut tables, who)?.extend(fields);
        }
    }
    let mut file = business_file::parse(&toml::to_string(&tables)?)
        .map_err(|error| anyhow::anyhow!("{}: {}", error.place, error.problem))?;
    for (_, step) in steps {
        if let Step::Business(key, value) = step {
            set(&mut file.business, &mut file.pros, key, value)?;
        }
    }
    Ok(file)
}

/// The table of a pro, or of the business.
fn table_of<'a>(tables: &'a mut Table, who: &str) -> anyhow::Result<&'a mut Table> {
    if who == "business" {
        return tables.get_mut("business").and_then(Value::as_table_mut).context("no business");
    }
    let phone = pro_phone(who).with_context(|| format!("no pro is called {who}"))?;
    let pros = tables.get_mut("pros").and_then(Value::as_array_mut).context("no pros")?;
    let is_theirs = |pro: &&mut Table| {
        pro.get("phone").and_then(Value::as_str).is_some_and(|written| written.ends_with(phone))
    };
    pros.iter_mut().filter_map(Value::as_table_mut).find(is_theirs).context("the pro is not in the demo")
}

/// Sets something about the business before it is stored.
fn set(business: &mut Business, pros: &mut [Pro], key: &str, value: &str) -> anyhow::Result<()> {
    match (key, value) {
        ("approval", "auto") => business.approval = Approval::Auto,
        ("approval", "pro") => business.approval = Approval::Pro,
        ("consent", "ask") => business.consent = Consent::Ask,
        ("consent", "notice") => business.consent = Consent::Notice,
        ("approval_minutes", value) => business.approval_minutes = value.parse()?,
        // Settings of the program, not of the business.
        ("jobs" | "geocoder", _) => {}
        ("reminder_hours", value) => {
            let hours = value.split(',').filter(|hours| !hours.is_empty());
            business.reminder_hours = hours.map(str::parse).collect::<Result<_, _>>()?;
        }
        // Everybody does what avi does: for stories that need many pros for one thing.
        ("everybody", "avi") => {
            let model = pros.first().cloned().context("there are pros")?;
            for pro in pros.iter_mut() {
                pro.trades.clone_from(&model.trades);
                pro.areas.clone_from(&model.areas);
                pro.prices.clone_from(&model.prices);
                pro.hours.clone_from(&model.hours);
            }
        }
        // How the operator is told is a setting of the program.
        ("operator", _) => {}
        ("owner", who) => business.owners.push(Owner { name: None, phone: format!("+{}", phone(who)) }),
        ("commission", percent) => business.commission_percent = percent.parse()?,
        ("without", who) => {
            let phone = pro_phone(who).with_context(|| format!("no pro is called {who}"))?;
            for pro in pros.iter_mut().filter(|pro| pro.phone.ends_with(phone)) {
                pro.active = false;
            }
        }
        ("unapproved", who) => {
            let phone = pro_phone(who).with_context(|| format!("no pro is called {who}"))?;
            for pro in pros.iter_mut().filter(|pro| pro.phone.ends_with(phone)) {
                pro.approved = false;
            }
        }
        _ => bail!("the business has no setting {key}={value}"),
    }
    Ok(())
}
