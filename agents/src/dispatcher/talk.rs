//! What a customer's turn works on: the chat, the person, the lead under way, and the one answer being put together.

use super::Understood;
use crate::booking;
use crate::care::CustomerTap;
use crate::contact::Contact;
use crate::conversation::{Conversation, Need, Pending, Question};
use crate::decision::{Purpose, Recipient};
use crate::id::{AppointmentId, LeadId};
use crate::language::{self, Language};
use crate::lead::{Lead, Status};
use crate::message::{Attachment, Button, Content, Outbound};
use crate::policy;
use crate::request::Request;
use crate::say;
use crate::text::{clean, fold_command, is_blank, is_emoji_only, truncate};
use crate::turn::{Desk, Inbox};
use crate::understanding::{self, Expecting, Reading};
use crate::words;
use chrono::{DateTime, Duration, Utc};
use locales::{Args, Role, Word, args, text};

/// After so long a silence a problem is a new request, not a word about the one that was left lying.
const REQUEST_LIFE: Duration = Duration::hours(24);
/// The longest burst that is read, in characters. What is beyond is stored but not read.
const LONGEST_BURST: usize = 8_000;

/// A request put aside for one answer about another one.
pub(crate) struct Aside {
    pub(crate) lead: Option<LeadId>,
    pub(crate) request: Request,
    pub(crate) pending: Option<Pending>,
}

pub(crate) struct Talk<'a> {
    pub(crate) inbox: &'a Inbox,
    pub(crate) conversation: Conversation,
    pub(crate) contact: Contact,
    /// The lead under way, as changed so far.
    pub(crate) lead: Option<Lead>,
    /// The person's leads as they were.
    pub(crate) leads: &'a [Lead],
    pub(crate) language: Language,
    /// The words that wait: texts, captions and the labels of taps that are no slots.
    pub(crate) texts: Vec<String>,
    /// Whether this turn made something known.
    pub(crate) learned: bool,
    /// Whether the words ask, greet or thank in passing, so that a question of ours left open was not missed.
    pub(crate) in_passing: bool,
    /// Whether the words are a question that the rules cannot answer.
    pub(crate) unanswered: bool,
    /// Whether the words were a greeting.
    pub(crate) said_hello: bool,
    /// Whether this turn added a part to the address.
    pub(crate) completed_address: bool,
    /// The request that the newest quote is about.
    pub(crate) quoted: Option<LeadId>,
    /// What was under way before a quote turned the talk to another request.
    pub(crate) aside: Option<Aside>,
    /// How many files the request had before this turn.
    pub(crate) media_before: usize,
    /// What a model would say to ask for what is missing.
    pub(crate) proposed_reply: Option<String>,
    /// Whether the pro speaks to this customer for the first time.
    pub(crate) introduces: bool,
    /// Whether this turn has told a price already.
    pub(crate) price_is_told: bool,
    /// The visit that held a time for this customer and lets go of it in this turn.
    pub(crate) freed: Option<AppointmentId>,
    parts: Vec<String>,
    buttons: Vec<Button>,
    changed: Vec<Lead>,
}

/// Whether words in another language than so far show that the person goes on in it: a street's or a person's name, a
/// brand or a typing error does not.
fn speaks_it(words: &str, conversation: &Conversation) -> bool {
    let count = words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    match super::facts::expecting(conversation) {
        Some(Expecting::City | Expecting::Address | Expecting::FloorApartment | Expecting::Name) => count > 5,
        _ if count > 1 => true,
        _ => {
            let nothing = understanding::Context::default();
            let reading = understanding::read(words, &nothing);
            reading.trade.is_some() || reading.intents != understanding::Intents::default()
        }
    }
}

impl<'a> Talk<'a> {
    pub(crate) fn new(desk: &Desk<'_>, inbox: &'a Inbox) -> Self {
        let mut conversation = inbox.conversation.clone();
        let mut contact = inbox.contact.clone();
        let mut texts = Vec::new();
        let mut media: Vec<Attachment> = Vec::new();
        for inbound in &inbox.inbound {
            conversation.last_inbound_at = conversation.last_inbound_at.max(Some(inbound.at));
            let shown_name = inbound.sender_name.as_deref().map(|name| truncate(&clean(name), 60).to_owned());
            contact.profile_name = shown_name.filter(|name| !name.is_empty()).or(contact.profile_name.take());
            match &inbound.content {
                Content::Tap { payload, label } if say::read_slot_payload(payload).is_none() => {
                    texts.push(label.clone())
                }
                Content::Media { attachment } => media.push(attachment.clone()),
                Content::Location { place: Some(place), .. } => texts.push(place.clone()),
                _ => {}
            }
            texts.extend(inbound.content.words().map(str::to_owned));
        }
        let media_before = conversation.request.media.len();
        conversation.request.media.extend(media);
        let joined = texts
            .iter()
            .filter(|text| !words::is_whole_message_known(text))
            .cloned()
            .collect::<Vec<_>>()
            .join(" ");
        let known = conversation.language.or(contact.language);
        let language = match (language::detect(&joined), known) {
            (Some(written), Some(known)) if written != known => {
                Some(if speaks_it(&joined, &conversation) { written } else { known })
            }
            (written, known) => written.or(known).or_else(|| language::detect(&texts.join(" "))),
        };
        conversation.language = language;
        contact.language = language;
        let language = language.unwrap_or(desk.business.locale);
        let lead = conversation
            .lead
            .as_ref()
            .and_then(|id| inbox.leads.iter().find(|lead| lead.id == *id))
            .filter(|lead| lead.status.is_open())
            .cloned();
        let mut lead = lead;
        if let Some(lead) = lead.as_mut().filter(|lead| !lead.further.is_empty()) {
            // The soonest of several visits is meant, unless one of them is being asked about.
            let is_asked = conversation.pending.as_ref().is_some_and(|pending| {
                matches!(
                    pending.question,
                    Question::ChooseSlot { .. } | Question::ConfirmCancel { .. } | Question::VisitDone
                )
            });
            if !is_asked {
                lead.turn_to_next(desk.now);
            }
        }
        if lead.is_none() && conversation.lead.is_some() {
            // The lead ended without this chat: its facts belong to the past.
            conversation.lead = None;
            conversation.request =
                Request { media: std::mem::take(&mut conversation.request.media), ..Request::default() };
            conversation.request.name = contact.name.clone();
        }
        Self {
            inbox,
            conversation,
            contact,
            lead,
            leads: &inbox.leads,
            language,
            texts,
            learned: false,
            in_passing: false,
            unanswered: false,
            said_hello: false,
            completed_address: false,
            quoted: None,
            aside: None,
            media_before,
            proposed_reply: None,
            introduces: false,
            price_is_told: false,
            freed: None,
            parts: Vec::new(),
            buttons: Vec::new(),
            changed: Vec::new(),
        }
    }

    /// Whether nothing that a person meant is left to answer.
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
            && self.tapped_slot().is_none()
            && self.inbox.inbound.iter().all(|inbound| matches!(inbound.content, Content::Text { .. }))
    }

    /// Everything that was written, as one text.
    pub(crate) fn words(&self) -> String {
        truncate(&self.texts.join(", "), LONGEST_BURST).to_owned()
    }

    /// The command that the whole burst is.
    pub(crate) fn command(&self) -> Option<Word> {
        match self.texts.as_slice() {
            [text] => words::whole_message(text, Role::Customer),
            _ => None,
        }
    }

    /// The slot whose button was tapped last.
    pub(crate) fn tapped_slot(&self) -> Option<DateTime<Utc>> {
        self.inbox.inbound.iter().rev().find_map(|inbound| match &inbound.content {
            Content::Tap { payload, .. } => say::read_slot_payload(payload),
            _ => None,
        })
    }

    /// The button of an unasked message that was tapped last.
    pub(crate) fn tapped(&self) -> Option<CustomerTap> {
        self.inbox.inbound.iter().rev().find_map(|inbound| match &inbound.content {
            Content::Tap { payload, .. } => CustomerTap::read(payload),
            Content::Text { .. }
            | Content::Media { .. }
            | Content::Location { .. }
            | Content::Other { .. } => None,
        })
    }

    /// Puts the lead that this tap is about under way, whatever was: what is said next is about it. False when this
    /// person has none.
    pub(crate) fn turn_to(&mut self, is_meant: impl Fn(&Lead) -> bool) -> bool {
        if self.lead.as_ref().is_some_and(&is_meant) {
            return true;
        }
        let found = self.leads.iter().find(|lead| is_meant(lead));
        let Some(lead) = found.cloned().filter(|lead| lead.status.is_open()) else { return false };
        self.save_lead_under_way();
        self.take_up(&lead);
        self.conversation.pending = None;
        true
    }

    /// A whole message of one digit from 1 to 5, or of as many stars.
    pub(crate) fn stars(&self) -> Option<u8> {
        let [text] = self.texts.as_slice() else { return None };
        let folded = fold_command(text);
        let stars = folded.chars().filter(|c| matches!(c, '⭐' | '★' | '🌟')).count();
        let others = folded.chars().any(|c| !matches!(c, '⭐' | '★' | '🌟' | '\u{FE0F}' | ' '));
        let number = if others { folded.parse().ok()? } else { u8::try_from(stars).ok()? };
        (1..=5).contains(&number).then_some(number)
    }

    pub(crate) fn has_nothing_to_read(&self) -> bool {
        self.texts.iter().all(|text| is_blank(text) || is_emoji_only(text))
    }

    /// Under asked consent the words from before the yes are read with it.
    pub(crate) fn recall_earlier_words(&mut self) {
        let earlier = self.inbox.history.iter().filter(|line| !line.by_us).map(|line| line.text.clone());
        let earlier: Vec<String> =
            earlier.filter(|text| words::whole_message(text, Role::Customer).is_none()).collect();
        if !earlier.is_empty() {
            self.texts = earlier;
        }
    }

    /// What a voice note says and a photo shows, once a model has found it out.
    pub(crate) fn note_findings(&mut self, understood: &Understood) {
        for found in [&understood.transcription, &understood.media_findings].into_iter().flatten() {
            if !found.trim().is_empty() && self.conversation.request.issue.is_none() && self.texts.is_empty()
            {
                self.conversation.request.issue = Some(truncate(found.trim(), 300).to_owned());
            }
        }
    }

    /// Whether the customer was told of the pro before these words.
    pub(crate) fn pro_is_known(&self) -> bool {
        self.lead.as_ref().is_some_and(|lead| lead.pro.is_some()) && !self.introduces
    }

    /// Whether a visit is held or booked.
    pub(crate) fn is_agreed(&self) -> bool {
        self.lead.as_ref().is_some_and(|lead| matches!(lead.status, Status::New | Status::Booked))
    }

    /// Whether the words state a problem while the lead under way is already booked: a second job.
    pub(crate) fn wants_new_work(&self, reading: &Reading) -> bool {
        let states_problem = reading.trade.is_some() && reading.issue.is_some();
        match &self.lead {
            Some(lead) if lead.status == Status::Booked => {
                states_problem && reading.trade != Some(lead.issue_type)
            }
            Some(_) => false,
            None => states_problem,
        }
    }

    /// Whether the words state a problem while an earlier request was left lying since another day.
    pub(crate) fn comes_back_with_new_work(&self, reading: &Reading, now: DateTime<Utc>) -> bool {
        let is_stale = self.inbox.conversation.last_inbound_at.is_some_and(|at| at + REQUEST_LIFE < now);
        is_stale
            && reading.trade.is_some()
            && reading.issue.is_some()
            && self.lead.as_ref().is_some_and(|lead| lead.status == Status::Contacted)
    }

    /// Puts the agreed request aside and starts with a clean one; the name is still known.
    pub(crate) fn start_new_request(&mut self) {
        if self.lead.is_none() && self.conversation.request.trade.is_none() {
            return;
        }
        let media = std::mem::take(&mut self.conversation.request.media);
        let media = if self.lead.is_some() { Vec::new() } else { media };
        self.conversation.request = Request { name: self.contact.name.clone(), media, ..Request::default() };
        self.conversation.lead = None;
        self.conversation.pending = None;
        self.conversation.misses.clear();
        self.lead = None;
    }

    pub(crate) fn keep_media_on_lead(&mut self) {
        if let Some(lead) = self.lead.as_mut() {
            lead.media = self.conversation.request.media.clone();
        }
    }

    /// Ends the request under way, so that the next words start a new one.
    pub(crate) fn close_request(&mut self) {
        self.save_lead_under_way();
        self.conversation.request = Request { name: self.contact.name.clone(), ..Request::default() };
        self.conversation.lead = None;
        self.conversation.misses.clear();
    }

    /// Keeps the lead under way as changed, and is no longer under way with it.
    pub(crate) fn save_lead_under_way(&mut self) {
        self.changed.extend(self.lead.take());
    }

    /// Whether the burst is a yes and nothing else.
    pub(crate) fn is_yes(&self) -> bool {
        self.command() == Some(Word::Yes)
    }

    /// Whether the burst is a no and nothing else.
    pub(crate) fn is_no(&self) -> bool {
        self.command() == Some(Word::No)
    }

    /// Takes up a request that was put aside.
    pub(crate) fn take_up(&mut self, lead: &Lead) {
        self.conversation.request = booking::request_of(lead);
        self.conversation.lead = Some(lead.id.clone());
        self.lead = Some(lead.clone());
    }

    /// Takes this chat back as another part of the decision has changed it; what that part said here answers the
    /// customer.
    pub(crate) fn take_back_conversation(&mut self, desk: &mut Desk<'_>) {
        let id = self.conversation.id.clone();
        let (ours, others): (Vec<_>, Vec<_>) = std::mem::take(&mut desk.decision.other_conversations)
            .into_iter()
            .partition(|chat| chat.id == id);
        desk.decision.other_conversations = others;
        if let Some(changed) = ours.into_iter().next() {
            self.conversation = changed;
        }
        let to = Recipient::Conversation(id);
        for reply in desk.decision.replies.iter_mut().filter(|reply| reply.to == to) {
            reply.purpose = Purpose::Answer;
        }
    }

    /// Whether the burst says more than an agreement: figures or more than a few words.
    pub(crate) fn says_more_than_yes(&self) -> bool {
        let words = self.words();
        words.chars().any(|c| c.is_ascii_digit()) || words.split_whitespace().count() > 5
    }

    /// Adds a text to the answer.
    pub(crate) fn say(&mut self, key: &str, args: &Args<'_>) {
        self.parts.push(text(self.language, key, args));
    }

    /// Adds finished words to the answer.
    pub(crate) fn say_words(&mut self, words: impl Into<String>) {
        self.parts.push(words.into());
    }

    /// Adds a finished message to the answer.
    pub(crate) fn say_message(&mut self, message: Outbound) {
        self.parts.push(message.text);
        self.buttons.extend(message.buttons);
    }

    /// Opens a question.
    pub(crate) fn ask(&mut self, now: DateTime<Utc>, question: Question, life: Duration) {
        let lead = self.lead.as_ref().map(|lead| lead.id.clone());
        self.conversation.pending = Some(Pending { question, lead, asked_at: now, expires_at: now + life });
    }

    /// Opens a question about a lead that is not the one under way.
    pub(crate) fn ask_about(&mut self, now: DateTime<Utc>, question: Question, life: Duration, lead: &Lead) {
        self.conversation.pending =
            Some(Pending { question, lead: Some(lead.id.clone()), asked_at: now, expires_at: now + life });
    }

    /// Asks for a fact.
    pub(crate) fn ask_for_fact(&mut self, now: DateTime<Utc>, need: Need) {
        self.ask(now, Question::Tell { need }, policy::QUESTION_LIFE);
    }

    /// Keeps a lead that is no longer under way, if it changed.
    pub(crate) fn keep(&mut self, lead: Lead) {
        if !self.leads.contains(&lead) {
            self.changed.push(lead);
        }
    }

    /// Keeps a changed lead that is not the one under way.
    pub(crate) fn save(&mut self, lead: Lead) {
        self.changed.push(lead);
    }

    /// The id of the next lead of this chat.
    pub(crate) fn next_lead_id(&mut self) -> LeadId {
        self.conversation.leads_made += 1;
        LeadId::new(format!("{}-{}", self.conversation.id, self.conversation.leads_made))
    }

    /// Writes everything into the decision: one answer, with the introduction before the first one.
    pub(crate) fn finish(mut self, desk: &mut Desk<'_>) {
        if let Some(aside) = self.aside.take()
            && self.conversation.pending.as_ref().is_none_or(|pending| pending.lead != self.quoted)
        {
            // Nothing is open about what was quoted: what was under way goes on.
            if let Some(lead) = self.lead.take() {
                self.keep(lead);
            }
            self.conversation.lead = aside.lead;
            self.conversation.request = aside.request;
            self.conversation.pending = aside.pending;
        }
        if !self.parts.is_empty() && self.contact.disclosed_at.is_none() {
            self.contact.disclosed_at = Some(desk.now);
            let args = args![business = desk.business.name.as_str()];
            self.parts.insert(0, text(self.language, "customer-disclosure", &args));
        }
        if let Some(lead) = &self.lead {
            self.conversation.lead = Some(lead.id.clone());
        }
        if !self.parts.is_empty() {
            let buttons = std::mem::take(&mut self.buttons);
            let message = Outbound { text: self.parts.join("\n\n"), buttons };
            let to = Recipient::Conversation(self.conversation.id.clone());
            // The answer comes before whatever the same decision says to others.
            let lead = self.lead.as_ref();
            desk.say(to, Purpose::Answer, message, lead);
            desk.decision.replies.rotate_right(1);
        }
        if let Some(lead) = self.lead.take() {
            self.keep(lead);
        }
        desk.decision.leads.extend(self.changed);
        desk.decision.conversation = Some(self.conversation);
        desk.decision.contact = Some(self.contact);
    }
}
