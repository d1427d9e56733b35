//! One turn of an owner: every message is heard, looked up in the table once, and done.

use super::{applicants, hear, leads, lists};
use crate::business::Business;
use crate::conversation::{OwnerQuestion, Pending, Question};
use crate::decision::{Purpose, Recipient};
use crate::language::{self, Language};
use crate::message::{Inbound, Outbound};
use crate::policy;
use crate::say;
use crate::table::owner::{Act, State, act, cell};
use crate::turn::{Desk, Inbox, Need};
use chrono::{DateTime, Duration, Utc};
use locales::{Args, args, text};

/// How long a question to an owner stays open (M58).
const OWNER_LIFE: Duration = Duration::minutes(15);

/// What an owner's turn works on.
pub(super) struct Office {
    pub(super) room: Inbox,
    pub(super) language: Language,
    /// The question that was open when the message came.
    pub(super) pending: Option<Pending>,
}

/// Answers everything that an owner wrote.
pub(crate) fn decide(desk: &mut Desk<'_>, room: &Inbox) -> Result<(), Need> {
    let known = room.conversation.language.or(room.contact.language).unwrap_or(desk.business.locale);
    let mut office = Office { room: room.clone(), language: known, pending: None };
    for inbound in &room.inbound {
        let last = office.room.conversation.last_inbound_at;
        office.room.conversation.last_inbound_at = last.max(Some(inbound.at));
        if let Some(language) = inbound.content.words().and_then(language::detect) {
            office.language = language;
            office.room.conversation.language = Some(language);
        }
        answer(desk, &mut office, inbound)?;
    }
    desk.decision.conversation = Some(office.room.conversation);
    desk.decision.contact = Some(office.room.contact);
    Ok(())
}

/// Where the chat stands: the only reader of what is stored for the table.
fn state_of(room: &Inbox, now: DateTime<Utc>) -> State {
    let pending = room.conversation.pending.as_ref().filter(|pending| pending.expires_at > now);
    match pending.map(|pending| &pending.question) {
        Some(Question::Owner(question)) => match question {
            OwnerQuestion::PickLead { .. } => State::PickLead,
            OwnerQuestion::LeadAction => State::LeadAction,
            OwnerQuestion::PickPro { .. } => State::PickPro,
            OwnerQuestion::Confirm { .. } => State::Confirm,
            OwnerQuestion::PickApplicant { .. } => State::PickApplicant,
            OwnerQuestion::Applicant { .. } => State::Applicant,
        },
        // What was asked of the same person as a customer or a pro is no question of the office.
        Some(
            Question::Consent
            | Question::Tell { .. }
            | Question::SameAddress
            | Question::ChooseSlot { .. }
            | Question::ConfirmCancel { .. }
            | Question::ReviewWords
            | Question::Emergency
            | Question::SamePro { .. }
            | Question::NewOrExisting { .. }
            | Question::AnotherPro
            | Question::CallOffered
            | Question::VisitDone
            | Question::EarlierOffered { .. }
            | Question::VisitOffered { .. }
            | Question::WhichLead { .. }
            | Question::FinalPrice
            | Question::Desk(_)
            | Question::SignUp(_),
        )
        | None => State::Idle,
    }
}

fn answer(desk: &mut Desk<'_>, office: &mut Office, inbound: &Inbound) -> Result<(), Need> {
    let state = state_of(&office.room, desk.now);
    let is_pro = office.room.pro.as_ref().is_some_and(|pro| !pro.is_pending());
    let heard = hear::hear(inbound, is_pro);
    let pending = office.room.conversation.pending.take().filter(|pending| pending.expires_at > desk.now);
    if state == State::Idle {
        // A question of the pro's desk, or of a customer, outlives a look at the business.
        office.room.conversation.pending = pending.clone();
    }
    office.pending = pending;
    desk.note("cell", None, cell(state, heard.intent).key());
    match act(state, heard.intent) {
        Act::Today => lists::visits(desk, office, 0),
        Act::Tomorrow => lists::visits(desk, office, 1),
        Act::Stuck => lists::stuck(desk, office),
        Act::Week => lists::week(desk, office),
        Act::Manage => leads::manage(desk, office),
        Act::PickLead => leads::pick_lead(desk, office, heard.number),
        Act::AskToClose => leads::ask_to_close(desk, office),
        Act::ListPros => leads::list_pros(desk, office),
        Act::PickPro => leads::pick_pro(desk, office, heard.number),
        Act::Change => leads::change(desk, office),
        Act::Applicants => applicants::list(desk, office),
        Act::PickApplicant => applicants::pick(desk, office, heard.number),
        Act::TakeApplicant => applicants::answer_asked(desk, office, true),
        Act::DeclineApplicant => applicants::answer_asked(desk, office, false),
        Act::AnswerTap => match heard.tap {
            Some((pro, takes)) => applicants::answer(desk, office, &pro, takes),
            None => Ok(()),
        },
        Act::Keep | Act::Leave => {
            office.tell(desk, "owner-left-as-it-was", &args![]);
            Ok(())
        }
        Act::AskAgain => {
            // The question stays open, for as long as it was to.
            office.room.conversation.pending = office.pending.clone();
            office.tell(desk, "owner-no-choice", &args![]);
            Ok(())
        }
        Act::PauseBot => {
            pause(desk, office, true);
            Ok(())
        }
        Act::ResumeBot => {
            pause(desk, office, false);
            Ok(())
        }
        Act::Office => {
            let args = args![business = desk.business.name.as_str()];
            office.tell(desk, "owner-commands", &args);
            Ok(())
        }
        Act::EnterCustomerMode => {
            office.room.conversation.customer_mode_until = Some(desk.now + policy::QUESTION_LIFE);
            desk.note("customer_mode", None, "owner");
            office.tell(desk, "pro-customer-mode", &args![]);
            Ok(())
        }
        Act::LeaveCustomerMode => {
            office.room.conversation.customer_mode_until = None;
            office.room.conversation.pending = None;
            let args = args![business = desk.business.name.as_str()];
            office.tell(desk, "owner-commands", &args);
            Ok(())
        }
        Act::Stop => {
            office.room.contact.opted_out_at.get_or_insert(desk.now);
            desk.note("opted_out", None, "");
            office.tell(desk, "customer-stopped", &args![]);
            Ok(())
        }
        Act::Start => {
            office.room.contact.opted_out_at = None;
            desk.note("opted_in", None, "");
            office.tell(desk, "customer-started", &args![]);
            Ok(())
        }
    }
}

/// Silences the bot towards customers, or lets it answer again (B8, B9).
fn pause(desk: &mut Desk<'_>, office: &Office, begins: bool) {
    let business = desk.decision.business.as_ref().unwrap_or(desk.business);
    let paused_at = if begins { business.paused_at.or(Some(desk.now)) } else { None };
    desk.decision.business = Some(Business { paused_at, ..business.clone() });
    let key = if begins { "owner-bot-paused" } else { "owner-bot-resumed" };
    desk.note(if begins { "business_paused" } else { "business_resumed" }, None, "by=owner");
    office.tell(desk, key, &args![]);
}

impl Office {
    /// Answers with a text of the locale files.
    pub(super) fn tell(&self, desk: &mut Desk<'_>, key: &str, args: &Args<'_>) {
        self.send(desk, say::message(self.language, key, args));
    }

    /// Answers with a finished message.
    pub(super) fn send(&self, desk: &mut Desk<'_>, message: Outbound) {
        let to = Recipient::Conversation(self.room.conversation.id.clone());
        desk.say(to, Purpose::Answer, message, None);
    }

    /// Answers with a heading and lines under it.
    pub(super) fn list(&self, desk: &mut Desk<'_>, header: String, lines: Vec<String>) {
        let message = std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\n");
        self.send(desk, Outbound::text(message));
    }

    /// A text in the owner's language.
    pub(super) fn text(&self, key: &str, args: &Args<'_>) -> String {
        text(self.language, key, args)
    }

    /// Opens a question, about a lead where it is about one.
    pub(super) fn ask(&mut self, desk: &Desk<'_>, question: OwnerQuestion, lead: Option<crate::id::LeadId>) {
        self.room.conversation.pending = Some(Pending {
            question: Question::Owner(question),
            lead,
            asked_at: desk.now,
            expires_at: desk.now + OWNER_LIFE,
        });
    }

    /// What was asked.
    pub(super) fn asked(&self) -> Option<OwnerQuestion> {
        match &self.pending.as_ref()?.question {
            Question::Owner(question) => Some(question.clone()),
            _ => None,
        }
    }
}
