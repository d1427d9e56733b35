//! Everything that is stored and shown at one moment of a scenario, as plain values: what the invariants look at, and
//! what two runs of the same story are compared by. It changes nothing.

use super::World;
use crate::app::conversation_id;
use crate::store::documents::{Claim, OutboxRow};
use crate::store::{Store, StoreError};
use agents::business::Business;
use agents::calendar::HORIZON_DAYS;
use agents::contact::Contact;
use agents::conversation::{Conversation, Place};
use agents::id::{ContactId, ConversationId, ProId};
use agents::lead::{Appointment, Lead};
use agents::pro::Pro;
use chrono::{DateTime, Duration, Utc};
use emulator::ShownMessage;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// More rows than any scenario has.
const ALL: u32 = 10_000;

/// One moment.
#[derive(Clone)]
pub(crate) struct Facts {
    pub(crate) now: DateTime<Utc>,
    pub(crate) business: Business,
    pub(crate) pros: Vec<Pro>,
    pub(crate) leads: Vec<Lead>,
    pub(crate) visits: Vec<Appointment>,
    pub(crate) chats: Vec<Conversation>,
    pub(crate) contacts: BTreeMap<ContactId, Contact>,
    /// Messages to people, oldest first.
    pub(crate) outbox: Vec<OutboxRow>,
    pub(crate) claims: Vec<Claim>,
    /// The ids of all jobs, also of dead ones.
    pub(crate) jobs: BTreeSet<String>,
    /// Chats with messages that nobody has answered yet.
    pub(crate) waiting: Vec<ConversationId>,
    /// What each phone shows.
    pub(crate) screens: Vec<(String, Vec<ShownMessage>)>,
}

/// A person and the phone.
#[derive(Clone, Debug)]
pub struct Seen {
    /// As they are called in what is reported.
    pub who: String,
    /// Where they may write to us, also where nobody has written yet.
    pub places: Vec<Place>,
    /// What the phone shows.
    pub screen: Vec<ShownMessage>,
}

impl World {
    /// What is so now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) async fn facts(&self) -> Result<Facts, String> {
        let business = self.business().await?;
        let accounts = &self.app.config.accounts;
        let seen = |who: &str| Seen {
            who: who.to_owned(),
            places: accounts.iter().map(|account| account.place_of(&Self::e164(who))).collect(),
            screen: self.screen(who),
        };
        let people = Self::people().map(seen).collect();
        Facts::read(&self.app.store, business, self.app.now(), people)
            .await
            .map_err(|error| error.to_string())
    }
}

impl Facts {
    /// What is stored now, and what these people see.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn read(
        store: &Store,
        business: Business,
        now: DateTime<Utc>,
        people: Vec<Seen>,
    ) -> Result<Self, StoreError> {
        let pros: Vec<Pro> = store.pros(&business.id).await?.into_iter().map(|stored| stored.value).collect();
        let leads = store.leads_of_business(&business.id, ALL).await?;
        let visits = store.appointments_of_business(&business.id, ALL).await?;
        let chats: Vec<Conversation> = store
            .conversations_of_business(&business.id, ALL)
            .await?
            .into_iter()
            .map(|stored| stored.value)
            .collect();
        let mut contacts = BTreeMap::new();
        for chat in &chats {
            if let Some(contact) = store.contact(&chat.contact).await? {
                contacts.insert(chat.contact.clone(), contact.value);
            }
        }
        let ids: Vec<ProId> = pros.iter().map(|pro| pro.id.clone()).collect();
        let claims = store.claims(&ids, now, now + Duration::days(HORIZON_DAYS + 30), now).await?;
        let mut waiting = Vec::new();
        // A first message has no chat yet, so the chats of all people are looked at, whether they exist or not.
        for place in people.iter().flat_map(|seen| &seen.places) {
            let chat = conversation_id(&business.id, place);
            if !store.inbox(&chat).await?.is_empty() {
                waiting.push(chat);
            }
        }
        let mut outbox = store.outbox_of_business(&business.id, ALL).await?;
        outbox.reverse();
        Ok(Self {
            now,
            business,
            leads: leads.into_iter().map(|stored| stored.value).collect(),
            visits: visits.into_iter().map(|stored| stored.value).collect(),
            chats,
            contacts,
            outbox,
            claims,
            jobs: store.jobs(ALL).await?.rows.into_iter().map(|job| job.id).collect(),
            waiting,
            screens: people.into_iter().map(|seen| (seen.who, seen.screen)).collect(),
            pros,
        })
    }

    /// Where the story has ended, without moments: two runs that only died at different places end alike.
    pub(crate) fn ending(&self) -> String {
        let mut out = String::new();
        for lead in &self.leads {
            let history: Vec<_> =
                lead.history.iter().map(|change| format!("{:?} {}", change.status, change.reason)).collect();
            let _ = writeln!(
                out,
                "lead {} {} {:?} {:?} human={:?} offers={} | {}",
                lead.number,
                lead.full_address,
                lead.pro,
                lead.slot,
                lead.needs_human,
                lead.offers_made,
                history.join(", ")
            );
        }
        for visit in &self.visits {
            let _ = writeln!(out, "visit {} {} {:?} {:?}", visit.id, visit.pro, visit.slot, visit.state);
        }
        for claim in &self.claims {
            let _ = writeln!(out, "claim {} {} {}", claim.pro, claim.step, claim.appointment);
        }
        for (who, screen) in &self.screens {
            for message in screen {
                let side = if message.from_me { '>' } else { '<' };
                let _ = writeln!(out, "{who}{side} {}", message.text);
            }
        }
        out
    }
}
