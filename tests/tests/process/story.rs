//! One story, from the first message to the booked visit, on a program that dies at chosen moments, and what must be
//! true of it afterwards.

use agents::concern::Concern;
use agents::id::OutboxId;
use anyhow::{Context, bail, ensure};
use bot::crash::Step;
use bot::store::Store;
use bot::store::documents::{Claim, DeliveryState, JobRow, OutboxRow};
use chrono::{DateTime, Duration, Utc};
use emulator::Channel;
use std::collections::BTreeSet;
use std::time::Instant;
use tests::house::{House, STEP};
use tests::sleeps;

/// The pro of the story, on Green API.
pub(super) const AVI: &str = "972500000101";
/// Everything at once, so that one turn leads to the free times.
pub(super) const REQUEST: &str =
    "קוראים לי דנה כהן. יש לי נזילה במטבח ברחוב הרצל 10, תל אביב, קומה 3 דירה 12. אפשר מחר אחרי הצהריים?";
/// Longer than a lease and than the delay of Green API's journal, shorter than the patience with Meta's statuses.
const SOON: u32 = 200;
/// Longer than the patience with Meta's statuses.
const LATER: u32 = 400;

/// The customer of the story on a channel.
pub(super) fn customer(channel: Channel) -> &'static str {
    match channel {
        Channel::Meta => "972500001001",
        Channel::Green => "972500001002",
    }
}

/// When the program dies.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The customer's channel.
    pub(super) channel: Channel,
    dies_at: Option<(Step, u32)>,
    /// At which progress of the story it is killed.
    kills: Vec<u64>,
}

impl Plan {
    /// It ends itself at a step, for the n-th time that it comes there.
    pub(super) fn dies(channel: Channel, step: Step, times: u32) -> Self {
        Self { channel, dies_at: Some((step, times)), kills: Vec::new() }
    }

    /// It is killed whenever the story has come so far.
    pub(super) fn killed(channel: Channel, kills: Vec<u64>) -> Self {
        Self { channel, dies_at: None, kills }
    }
}

/// What is left of a story.
#[derive(Debug)]
pub(super) struct Story {
    /// The customer's channel.
    pub(super) channel: Channel,
    customer: Vec<String>,
    pro: Vec<String>,
    deaths: usize,
    lost: Vec<OutboxId>,
    outbox: Vec<OutboxRow>,
    jobs: Vec<JobRow>,
    dead: u64,
    waiting: usize,
    now: DateTime<Utc>,
    claims: Vec<Claim>,
    leads: Vec<agents::lead::Lead>,
    visits: usize,
}

/// A house in which a story is under way.
struct Told<'a> {
    house: House,
    plan: &'a Plan,
    kills: Vec<u64>,
    deaths: usize,
    /// Messages that were marked as being handed over and that Meta never got.
    lost: Vec<OutboxId>,
    /// How many of them an operator was seen to be told of.
    shown: usize,
}

impl Told<'_> {
    /// Waits until nothing is under way; meanwhile the program dies as planned and is started again.
    async fn settles(&mut self) -> anyhow::Result<()> {
        let begun = Instant::now();
        while !self.house.is_at_rest().await {
            if let Some(kill) = self.kills.first().copied()
                && self.house.street.progress() >= kill
            {
                self.kills.remove(0);
                self.house.program()?.kill()?;
            }
            if self.house.has_died() {
                self.revive().await?;
            }
            ensure!(begun.elapsed() < STEP, "no rest:\n{}", self.house.log());
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        while let Some(lost) = self.lost.get(self.shown).cloned() {
            if self.is_shown_to_an_operator(&lost).await? {
                self.shown += 1;
            } else {
                self.lost.remove(self.shown);
            }
        }
        Ok(())
    }

    /// A message whose fate nobody can tell is marked, its lead is flagged, and the program goes on. False when it
    /// arrived after all: it may have been on the wire when the program died.
    async fn is_shown_to_an_operator(&mut self, lost: &OutboxId) -> anyhow::Result<bool> {
        self.house.stop().await?;
        let store = self.house.store().await?;
        let row = store.outbox_by_id(lost).await?.context("the message")?;
        let arrived = self.customer_heard(&row);
        ensure!(arrived || row.state == DeliveryState::Unsettled, "the lost message is {:?}", row.state);
        ensure!(row.attempts == 1, "it was handed over {} times", row.attempts);
        let lead = row.lead.clone().context("every message of this story is about a lead")?;
        let lead = store.lead(&lead).await?.context("the lead")?.value;
        ensure!(
            lead.needs_human == Some(Concern::DeliveryUnknown),
            "the lead's flag is {:?}",
            lead.needs_human
        );
        store.close().await?;
        self.house.start(None).await?;
        Ok(!arrived)
    }

    /// Starts the program again, minutes later.
    async fn revive(&mut self) -> anyhow::Result<()> {
        use std::os::unix::process::ExitStatusExt;
        self.deaths += 1;
        self.house.street.close_door().await;
        let status = self.house.program()?.ended().context("it ended")?;
        // SIGABRT of its own accord, or our SIGKILL.
        ensure!(matches!(status.signal(), Some(6 | 9)), "it ended with {status}:\n{}", self.house.log());
        let store = self.house.store().await?;
        let mut wait = SOON;
        for row in outbox(&store).await? {
            let place = store.conversation(&row.conversation).await?.context("a chat")?.value.place;
            let is_meta = place.channel == agents::message::Channel::Meta;
            if row.state == DeliveryState::Sending && is_meta && !self.customer_heard(&row) {
                // Meta never got it, so no status will come, and Meta cannot be asked.
                wait = LATER;
                if !self.lost.contains(&row.id) {
                    self.lost.push(row.id);
                }
            }
        }
        store.close().await?;
        self.house.pass(wait);
        self.house.start(None).await?;
        Ok(())
    }

    fn customer_heard(&self, row: &OutboxRow) -> bool {
        let heard = self.house.street.heard(self.plan.channel, customer(self.plan.channel));
        heard.iter().any(|text| text.trim() == row.message.text.trim())
    }
}

async fn outbox(store: &Store) -> anyhow::Result<Vec<OutboxRow>> {
    let business = store.businesses().await?.first().context("a business")?.value.id.clone();
    Ok(store.outbox_of_business(&business, 100).await?)
}

impl Story {
    /// The story as it goes when nobody dies.
    pub(super) async fn undisturbed(channel: Channel) -> anyhow::Result<Self> {
        let plan = Plan { channel, dies_at: None, kills: Vec::new() };
        let story = Self::play(&plan).await?;
        ensure!(story.customer.len() >= 3 && story.pro.len() >= 3, "{:#?}", (&story.customer, &story.pro));
        for heard in [&story.customer, &story.pro] {
            let different: BTreeSet<_> = heard.iter().collect();
            ensure!(different.len() == heard.len(), "a story whose texts differ shows what is said twice");
        }
        story.is_as_told(&plan, &story)?;
        Ok(story)
    }

    /// Plays the story to its end.
    pub(super) async fn play(plan: &Plan) -> anyhow::Result<Self> {
        let mut house = House::build().await?;
        let at = plan.dies_at.map(|(step, times)| format!("{}:{times}", step.key()));
        house.start(at.as_deref()).await?;
        let mut told = Told { house, plan, kills: plan.kills.clone(), deaths: 0, lost: Vec::new(), shown: 0 };
        let who = customer(plan.channel);
        told.house.street.writes(plan.channel, who, REQUEST);
        told.settles().await?;
        told.house.street.writes(plan.channel, who, "1");
        told.settles().await?;
        told.house.street.writes(Channel::Green, AVI, "אשר");
        told.settles().await?;
        told.house.stop().await?;
        ensure!(told.kills.is_empty(), "the story came to its end before the kills at {:?}", told.kills);
        told.left().await
    }
}

impl Told<'_> {
    /// What can be found out afterwards, on the phones and in the store.
    async fn left(mut self) -> anyhow::Result<Story> {
        let street = self.house.street.clone();
        let store = self.house.store().await?;
        let business = store.businesses().await?.first().context("a business")?.value.id.clone();
        let pros: Vec<_> = store.pros(&business).await?.into_iter().map(|pro| pro.value.id).collect();
        let now = street.now();
        let claims = store.claims(&pros, now - Duration::days(1), now + Duration::days(60), now).await?;
        let leads = store.leads_of_business(&business, 100).await?;
        let mut waiting = 0;
        for chat in store.conversations_of_business(&business, 100).await? {
            waiting += store.inbox(&chat.value.id).await?.len();
        }
        let jobs = store.jobs(100).await?;
        let story = Story {
            channel: self.plan.channel,
            customer: street.heard(self.plan.channel, customer(self.plan.channel)),
            pro: street.heard(Channel::Green, AVI),
            deaths: self.deaths,
            lost: self.lost.clone(),
            outbox: outbox(&store).await?,
            dead: jobs.dead,
            jobs: jobs.rows,
            waiting,
            now,
            claims,
            leads: leads.into_iter().map(|lead| lead.value).collect(),
            visits: store.appointments_of_business(&business, 100).await?.len(),
        };
        store.close().await?;
        Ok(story)
    }
}

impl Story {
    /// Whether everything is so as in the story without deaths, but for a message that nobody may send again blindly.
    pub(super) fn is_as_told(&self, plan: &Plan, expected: &Self) -> anyhow::Result<()> {
        let deaths = plan.kills.len() + usize::from(plan.dies_at.is_some());
        ensure!(self.deaths == deaths, "it died {} times", self.deaths);
        ensure!(
            self.dead == 0 && self.waiting == 0,
            "{} dead jobs, {} messages wait",
            self.dead,
            self.waiting
        );
        let timers_only = self.jobs.iter().all(|job| sleeps(job, self.now));
        ensure!(timers_only, "jobs are left: {:?}", self.jobs);

        let [lead] = self.leads.as_slice() else { bail!("{} leads", self.leads.len()) };
        ensure!(lead.status == agents::lead::Status::Booked, "the lead is {:?}", lead.status);
        let slot = lead.slot.context("a booked lead has a slot")?;
        ensure!(self.visits == 1, "{} visits", self.visits);
        let steps = (slot.to - slot.from).num_minutes() / 30;
        ensure!(self.claims.len() == usize::try_from(steps)?, "{} steps are taken", self.claims.len());
        let in_slot =
            |claim: &Claim| claim.step >= slot.from && claim.step < slot.to && claim.until.is_none();
        ensure!(self.claims.iter().all(in_slot), "a step outside of the visit is taken: {:?}", self.claims);

        for row in &self.outbox {
            let as_expected = match row.state {
                DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read => true,
                // Handed over for all we know, and never arrived: nobody may send it again blindly.
                DeliveryState::Unsettled => self.lost.contains(&row.id),
                _ => false,
            };
            ensure!(as_expected, "a message is {:?} ({:?})", row.state, row.reason);
        }
        let lost: Vec<&str> = self
            .outbox
            .iter()
            .rev()
            .filter(|row| row.state == DeliveryState::Unsettled)
            .map(|row| row.message.text.as_str())
            .collect();
        let (number, told) = (lead.number, expected.leads[0].number);
        let not_heard = missing(&self.customer, &expected.customer, number, told)?;
        ensure!(not_heard == lost, "the customer did not get {not_heard:?}, and unsettled are {lost:?}");
        let not_heard = missing(&self.pro, &expected.pro, number, told)?;
        ensure!(not_heard.is_empty(), "the pro did not get {not_heard:?}");
        ensure!(
            lead.needs_human.is_none() || !lost.is_empty(),
            "the lead is flagged without need: {:?}",
            lead.needs_human
        );
        Ok(())
    }
}

/// Which of the expected texts a phone does not show. A text too many, twice or at another place is an error.
fn missing(heard: &[String], expected: &[String], number: u64, told: u64) -> anyhow::Result<Vec<String>> {
    let mut missing = Vec::new();
    let mut heard = heard.iter().map(|text| numbered(text, number, told)).peekable();
    for text in expected {
        if heard.next_if_eq(text).is_none() {
            missing.push(text.clone());
        }
    }
    match heard.next() {
        Some(text) => bail!("twice, or out of turn: {text}\n(expected {expected:#?})"),
        None => Ok(missing),
    }
}

/// The text as if the lead had another number: a number that was drawn before a death is not drawn again.
fn numbered(text: &str, number: u64, as_if: u64) -> String {
    ["פנייה", "עבודה חדשה", "עבודה", "אשר"].iter().fold(text.to_owned(), |text, word| {
        text.replace(&format!("{word} {number}"), &format!("{word} {as_if}"))
    })
}
