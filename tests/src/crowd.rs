//! Many people at once: customers who ask for a visit and choose a time, and pros who say yes to what they are offered.
//! Each answers what the phone shows and knows nothing else. It also says what must be true of all of them afterwards.

use crate::cluster::Cluster;
use crate::street::{CHANNELS, Street};
use agents::concern::Concern;
use agents::decision::Purpose;
use agents::lead::{Lead, Status};
use anyhow::{Context, ensure};
use bot::app::conversation_id;
use bot::channels;
use bot::replay::{Seen, check_invariants};
use bot::store::documents::{DeliveryState, OutboxRow};
use chrono::{DateTime, Utc};
use emulator::Channel;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Pros who read Hebrew, on Green API.
const PROS: [&str; 4] = ["972500000101", "972500000102", "972500000104", "972500000109"];
/// What is broken: few enough that many customers want the same time of the same pro.
const PROBLEMS: [&str; 3] = ["יש לי נזילה במטבח", "השקע בסלון לא עובד", "המקרר לא מקרר"];
const DAYS: [&str; 3] = ["מחר", "ביום רביעי", "ביום חמישי"];
const NAMES: [&str; 4] = ["דנה", "יוסי", "מאיה", "רון"];
/// How often people look at their phones.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// The crowd. It stops looking at its phones with this value.
#[derive(Debug)]
pub struct Crowd {
    people: Arc<People>,
    looking: JoinHandle<()>,
}

#[derive(Debug)]
struct People {
    street: Arc<Street>,
    customers: Mutex<Vec<Customer>>,
    /// What was answered: phones with the ids of messages.
    answered: Mutex<BTreeSet<(String, String)>>,
    /// How many bubbles each phone showed when its owner looked last.
    seen: Mutex<BTreeMap<(Channel, String), usize>>,
}

#[derive(Clone, Debug)]
struct Customer {
    channel: Channel,
    phone: String,
    request: String,
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.looking.abort();
    }
}

impl People {
    fn answered(&self) -> MutexGuard<'_, BTreeSet<(String, String)>> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn customers(&self) -> Vec<Customer> {
        self.customers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Everybody answers what is new.
    fn look(&self) {
        let customers = self.customers().into_iter().map(|customer| (customer.channel, customer.phone));
        let pros = PROS.map(|phone| (Channel::Green, phone.to_owned()));
        for (channel, phone) in customers.chain(pros) {
            let bubbles = self.street.world().phone_bubbles(channel, &phone);
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if seen.insert((channel, phone.clone()), bubbles) == Some(bubbles) {
                continue;
            }
            drop(seen);
            for message in self.street.screen(channel, &phone) {
                if !message.from_me && self.answered().insert((phone.clone(), message.id.clone())) {
                    self.answers(channel, &phone, &message.text);
                }
            }
        }
    }

    /// A customer takes the first time of a list, a pro takes every job.
    fn answers(&self, channel: Channel, phone: &str, text: &str) {
        if text.contains("כתבו את מספר המועד") {
            self.street.writes(channel, phone, "1");
        }
        if text.contains("לקבוע?") {
            self.street.writes(channel, phone, "כן");
        }
        let offer = text.split_once("עבודה חדשה ").and_then(|(_, rest)| rest.split_whitespace().next());
        if let Some(lead) = offer {
            self.street.writes(channel, phone, &format!("אשר {lead}"));
        }
        if text.contains("נקבע! ✅") {
            self.answered().insert((phone.to_owned(), BOOKED.to_owned()));
        }
    }

    fn is_booked(&self, customer: &Customer) -> bool {
        self.answered().contains(&(customer.phone.clone(), BOOKED.to_owned()))
    }
}

/// Stands for the message that told a customer of the visit, also when that was lost on its way.
const BOOKED: &str = "booked";

impl Crowd {
    /// Nobody yet but the pros.
    #[must_use]
    pub fn on(street: &Arc<Street>) -> Self {
        let (customers, answered, seen) = Default::default();
        let people = Arc::new(People { street: street.clone(), customers, answered, seen });
        let looking = people.clone();
        let looking = tokio::spawn(async move {
            loop {
                looking.look();
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
        Self { people, looking }
    }

    /// So many more customers write at once, half of them on each channel.
    pub fn grows(&self, by: usize) {
        for at in 0..by {
            self.one_comes(CHANNELS[at % 2]);
        }
    }

    /// One more customer writes, on this channel.
    pub fn one_comes(&self, channel: Channel) {
        let mut customers = self.people.customers.lock().unwrap_or_else(PoisonError::into_inner);
        let at = customers.len();
        let customer = Customer {
            channel,
            phone: format!("97250000{}", 2_000 + at),
            request: format!(
                "קוראים לי {} כהן. {} ברחוב הרצל {}, תל אביב, קומה 3 דירה 12. אפשר {} אחרי הצהריים?",
                NAMES[at % NAMES.len()],
                PROBLEMS[at / 2 % PROBLEMS.len()],
                10 + at,
                DAYS[at / 8 % DAYS.len()],
            ),
        };
        self.people.street.writes(customer.channel, &customer.phone, &customer.request);
        customers.push(customer);
    }

    /// How many customers know of their visits.
    #[must_use]
    pub fn booked(&self) -> usize {
        self.people.customers().iter().filter(|customer| self.people.is_booked(customer)).count()
    }

    /// Whether every customer knows of the visit.
    #[must_use]
    pub fn is_content(&self) -> bool {
        self.booked() == self.people.customers().len()
    }

    /// Customers who wait for an answer that was lost go on as if they had it. False when nobody waited for these.
    pub(crate) fn guess<'a>(&self, lost: impl Iterator<Item = &'a OutboxRow>) -> bool {
        let mut any = false;
        for row in lost {
            let found = self.people.customers().into_iter().find(|customer| self.is_to(row, customer));
            let Some(customer) = found else { continue };
            let is_new = self.people.answered().insert((customer.phone.clone(), row.id.to_string()));
            if is_new {
                any = true;
                self.people.answers(customer.channel, &customer.phone, &row.message.text);
            }
        }
        any
    }

    fn is_to(&self, row: &OutboxRow, customer: &Customer) -> bool {
        let place = place(customer.channel, &customer.phone);
        place.is_some_and(|place| conversation_id(&row.business, &place) == row.conversation)
    }

    /// What the phones of those show who still wait.
    #[must_use]
    pub fn state(&self) -> String {
        let mut out = String::new();
        for customer in self.people.customers().iter().filter(|customer| !self.people.is_booked(customer)) {
            let _ = writeln!(out, "== {:?} {}", customer.channel, customer.phone);
            for message in self.people.street.screen(customer.channel, &customer.phone) {
                let _ = writeln!(out, "{} {}", if message.from_me { '>' } else { '<' }, message.text);
            }
        }
        for phone in PROS {
            let _ = writeln!(out, "== {phone}");
            for message in self.people.street.screen(Channel::Green, phone) {
                let first = message.text.lines().next().unwrap_or_default();
                let _ = writeln!(out, "{} {first}", if message.from_me { '>' } else { '<' });
            }
        }
        out
    }

    /// Checks, at rest, that nothing was lost, said twice, given twice or left over.
    ///
    /// # Errors
    /// With what is not as it must be.
    pub async fn check(&self, cluster: &Cluster) -> anyhow::Result<()> {
        let work = cluster.work().await?;
        ensure!(work.is_empty(), "leases, dead letters or jobs are left: {work:?}");
        let rows = cluster.outbox().await?;
        let business = rows.first().context("somebody was written to")?.business.clone();
        let mut seen = Vec::new();
        for (channel, phone) in cluster.street.phones() {
            let place = place(channel, &phone).context("an account on every channel")?;
            let chat = conversation_id(&business, &place);
            let to_them: Vec<_> = rows.iter().filter(|row| row.conversation == chat).collect();
            let screen = cluster.street.screen(channel, &phone);
            is_shown_once(channel, &to_them, &screen).with_context(|| format!("{channel:?} {phone}"))?;
            seen.push(Seen { who: phone, places: vec![place], screen });
        }
        let now: DateTime<Utc> = cluster.street.now();
        check_invariants(&cluster.store, now, seen).await.map_err(anyhow::Error::msg)?;

        let leads = cluster.store.leads_of_business(&business, 10_000).await?;
        let leads: Vec<Lead> = leads.into_iter().map(|lead| lead.value).collect();
        for customer in &self.people.customers() {
            self.has_come_to_its_end(customer, &leads, &rows)
                .with_context(|| format!("{:?} {}", customer.channel, customer.phone))?;
        }
        Ok(())
    }

    fn has_come_to_its_end(
        &self,
        customer: &Customer,
        leads: &[Lead],
        rows: &[OutboxRow],
    ) -> anyhow::Result<()> {
        let rows: Vec<_> = rows.iter().filter(|row| self.is_to(row, customer)).collect();
        let chat = &rows.first().context("nobody answered")?.conversation;
        let theirs: Vec<&Lead> = leads.iter().filter(|lead| lead.conversation == *chat).collect();
        let [lead] = theirs.as_slice() else { anyhow::bail!("{} leads", theirs.len()) };
        ensure!(lead.status == Status::Booked, "the lead is {:?}", lead.status);
        let is_lost = rows.iter().any(|row| row.state == DeliveryState::Unsettled);
        let flag = is_lost.then_some(Concern::DeliveryUnknown);
        ensure!(lead.needs_human == flag, "the lead is flagged {:?}", lead.needs_human);
        // People wait for an answer before they write again, so each message has one of its own.
        let screen = self.people.street.screen(customer.channel, &customer.phone);
        let written = screen.iter().filter(|message| message.from_me).count();
        let answers = rows.iter().filter(|row| row.purpose == Purpose::Answer).count();
        ensure!(answers == written, "{written} messages have {answers} answers");
        Ok(())
    }
}

/// The chat of a phone.
fn place(channel: Channel, phone: &str) -> Option<agents::conversation::Place> {
    let accounts = bot::demo::accounts(&emulator::Settings::default(), "http://127.0.0.1");
    let is_meant = |account: &&channels::Settings| match channel {
        Channel::Meta => account.channel() == agents::message::Channel::Meta,
        Channel::Green => account.channel() == agents::message::Channel::GreenApi,
    };
    accounts.iter().find(is_meant).map(|account| account.place_of(&format!("+{phone}")))
}

/// Every message that is told to have left is on the phone once, and nothing else is. One whose fate is not known is
/// none that the provider could be asked about, and none that the phone shows.
fn is_shown_once(
    channel: Channel,
    rows: &[&OutboxRow],
    screen: &[emulator::ShownMessage],
) -> anyhow::Result<()> {
    let shown: Vec<&str> =
        screen.iter().filter(|message| !message.from_me).map(|message| message.id.as_str()).collect();
    let mut left = Vec::new();
    for row in rows {
        match row.state {
            DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read => {
                left.push(row.provider_id.as_deref().with_context(|| format!("{} has no id", row.id))?);
            }
            DeliveryState::Unsettled => {
                ensure!(channel == Channel::Meta, "{} could have been asked about", row.id);
            }
            DeliveryState::Queued
            | DeliveryState::Sending
            | DeliveryState::Failed
            | DeliveryState::Suppressed => {
                anyhow::bail!("{} is {:?} ({:?})", row.id, row.state, row.reason);
            }
        }
    }
    ensure!(shown == left, "the phone shows {shown:?}, and {left:?} left");
    Ok(())
}
