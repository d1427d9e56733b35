//! What must be true after every step of every scenario, whatever the scenario is about.

use super::World;
use crate::store::documents::DeliveryState;
use agents::lead::{AppointmentState, Status};
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Checks all invariants.
    ///
    /// # Errors
    /// The first that does not hold.
    pub async fn check_invariants(&self) -> Result<(), String> {
        if self.app.store.ping().await.is_err() {
            // Nothing can be seen in a broken store; what it lost shows when it works again.
            return Ok(());
        }
        self.every_message_was_committed_and_shown_once().await?;
        self.no_slot_is_held_twice().await?;
        self.every_status_is_in_its_history().await?;
        self.no_figure_is_invented().await
    }

    /// No reply without a committed turn, no message twice under one key.
    async fn every_message_was_committed_and_shown_once(&self) -> Result<(), String> {
        let outbox = self.outbox().await?;
        let mut ids = BTreeMap::<&str, u32>::new();
        for (_, _, id) in &outbox {
            if let Some(id) = id {
                *ids.entry(id).or_default() += 1;
            }
        }
        if let Some((id, _)) = ids.iter().find(|(_, count)| **count > 1) {
            return Err(format!("two messages have the provider's id {id}"));
        }
        // What may be on a phone without its id being written down yet.
        let unsure = outbox
            .iter()
            .filter(|(_, state, _)| matches!(state, DeliveryState::Sending | DeliveryState::Unsettled))
            .count();
        let mut unknown = 0;
        for who in Self::people() {
            let mut shown = BTreeSet::new();
            for message in self.screen(who).into_iter().filter(|message| !message.from_me) {
                if !shown.insert(message.id.clone()) {
                    return Err(format!("{who} got the message {} twice", message.id));
                }
                if !ids.contains_key(message.id.as_str()) {
                    unknown += 1;
                }
            }
        }
        if unknown > unsure {
            return Err(format!(
                "{unknown} messages on phones were never committed, only {unsure} are being settled"
            ));
        }
        Ok(())
    }

    /// No slot is held twice, and every booked lead has its time.
    async fn no_slot_is_held_twice(&self) -> Result<(), String> {
        let business = self.business().await?;
        let now = self.app.now();
        let visits = self
            .app
            .store
            .appointments_of_business(&business.id, 10_000)
            .await
            .map_err(|error| error.to_string())?;
        let booked: Vec<_> = visits
            .iter()
            .map(|stored| &stored.value)
            .filter(|visit| visit.state == AppointmentState::Booked)
            .collect();
        for (index, visit) in booked.iter().enumerate() {
            let clash = booked[index + 1..].iter().find(|other| {
                other.pro == visit.pro && other.slot.from < visit.slot.to && visit.slot.from < other.slot.to
            });
            if let Some(other) = clash {
                return Err(format!("{} and {} overlap", visit.id, other.id));
            }
        }
        for lead in self.leads().await? {
            if lead.status != Status::Booked {
                continue;
            }
            let Some((slot, pro, appointment)) = lead
                .slot
                .zip(lead.pro.clone())
                .zip(lead.appointment.clone())
                .map(|((slot, pro), visit)| (slot, pro, visit))
            else {
                return Err(format!("lead {} is booked without a time, a pro or a visit", lead.number));
            };
            if slot.to <= now {
                continue;
            }
            let claims = self
                .app
                .store
                .claims(&[pro], slot.from, slot.to, now)
                .await
                .map_err(|error| error.to_string())?;
            if claims.is_empty()
                || claims.iter().any(|claim| claim.appointment != appointment || claim.until.is_some())
            {
                return Err(format!("lead {} is booked, but its time is not its own", lead.number));
            }
        }
        Ok(())
    }

    async fn every_status_is_in_its_history(&self) -> Result<(), String> {
        for lead in self.leads().await? {
            if lead.history.last().map(|change| change.status) != Some(lead.status) {
                return Err(format!("the history of lead {} does not end in its status", lead.number));
            }
            let illegal = lead.history.windows(2).find(|pair| !pair[0].status.may_become(pair[1].status));
            if let Some(pair) = illegal {
                return Err(format!(
                    "lead {} went from {:?} to {:?}",
                    lead.number, pair[0].status, pair[1].status
                ));
            }
        }
        Ok(())
    }

    /// No price in a message to anyone that is not in a price list or told by a pro, and no time off the calendar's grid.
    async fn no_figure_is_invented(&self) -> Result<(), String> {
        let business = self.business().await?;
        let pros = self.app.store.pros(&business.id).await.map_err(|error| error.to_string())?;
        let listed =
            pros.iter().flat_map(|pro| pro.value.prices.iter()).flat_map(|price| [price.min, price.max]);
        let told = self.leads().await?.into_iter().filter_map(|lead| lead.final_price);
        let allowed: BTreeSet<u32> = listed.chain(told).collect();
        for who in Self::people() {
            for message in self.screen(who).into_iter().filter(|message| !message.from_me) {
                for amount in amounts(&message.text) {
                    if !allowed.contains(&amount) {
                        return Err(format!(
                            "{who} was told the amount {amount}, which is in no price list:\n{}",
                            message.text
                        ));
                    }
                }
                for minute in clock_minutes(&message.text) {
                    if minute % 30 != 0 {
                        return Err(format!(
                            "{who} was told a time that is in no calendar:\n{}",
                            message.text
                        ));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The amounts in a text: figures in front of a currency, also the first of a range.
fn amounts(text: &str) -> Vec<u32> {
    const CURRENCIES: [&str; 6] = ["₪", "ש״ח", "ש\"ח", "ILS", "شيكل", "шек"];
    let mut found = Vec::new();
    for currency in CURRENCIES {
        for (at, _) in text.match_indices(currency) {
            let before: String =
                text[..at].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
            let line = before.rsplit('\n').next().unwrap_or_default().rsplit(':').next().unwrap_or_default();
            found.extend(
                line.split(|c: char| !c.is_ascii_digit()).filter_map(|figure| figure.parse::<u32>().ok()),
            );
        }
    }
    found
}

/// The minutes of the clock times in a text.
fn clock_minutes(text: &str) -> Vec<u32> {
    let characters: Vec<char> = text.chars().collect();
    let digit = |index: usize| characters.get(index).and_then(|c| c.to_digit(10));
    (1..characters.len())
        .filter(|index| characters[*index] == ':' && digit(index - 1).is_some() && digit(index + 3).is_none())
        .filter_map(|index| Some(digit(index + 1)? * 10 + digit(index + 2)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_times_are_found_in_texts() {
        assert_eq!(amounts("תיקון נזילה: 250 עד 450 ש״ח. עוד 3 דברים"), [250, 450]);
        assert_eq!(amounts("קומה 3"), Vec::<u32>::new());
        assert_eq!(clock_minutes("בשעה 14:00 או 9:30, יחס 1:2"), [0, 30]);
    }
}
