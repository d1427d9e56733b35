//! Where a chat stands and what came into it, as the keys of the table. It reads what is stored and decides nothing.

use super::talk::Talk;
use crate::business::Consent;
use crate::conversation::{Need as Fact, Question};
use crate::lead::{Lead, Status};
use crate::message::{AttachmentKind, Content};
use crate::policy;
use crate::table::customer::{Intent, State};
use crate::text::{fold_command, is_emoji_only};
use crate::turn::Desk;
use crate::understanding::{self, Context, YesNo};
use chrono::{DateTime, Utc};
use locales::Word;

/// The longest text that is nothing but the wish to be told of a free time, in bytes: a long message is read once, later.
const LONGEST_WISH: usize = 400;

/// Where the chat stands. An open question counts only while what it is about stands as it did.
pub(crate) fn state_of(desk: &Desk<'_>, talk: &Talk<'_>) -> State {
    let open = talk.conversation.pending.as_ref().filter(|pending| pending.expires_at > desk.now);
    let question = open.map(|pending| &pending.question);
    if talk.conversation.paused_until.is_some_and(|until| until > desk.now) {
        return State::Paused;
    }
    if desk.business.consent == Consent::Ask && talk.contact.consented_at.is_none() {
        let is_asked = question == Some(&Question::Consent);
        return if is_asked { State::ConsentAsked } else { State::ConsentDue };
    }
    let status = talk.lead.as_ref().map(|lead| lead.status);
    let is_early = matches!(status, None | Some(Status::Contacted));
    let asked = match question {
        Some(Question::Tell { need }) if is_early => Some(match need {
            Fact::Issue => State::IssueAsked,
            Fact::City | Fact::Name | Fact::Slot | Fact::Choice => State::FactAsked,
            Fact::Address | Fact::FloorApartment => State::AddressAsked,
        }),
        Some(Question::SameAddress) if is_early => Some(State::SameAddressAsked),
        Some(Question::SamePro { .. }) if is_early => Some(State::SameProAsked),
        Some(Question::Emergency) if is_early => Some(State::EmergencyAsked),
        Some(Question::ChooseSlot { .. }) if talk.is_agreed() => Some(State::Rescheduling),
        Some(Question::ChooseSlot { .. }) if is_early => Some(State::ChoosingSlot),
        Some(Question::ConfirmCancel { .. }) => Some(State::CancelAsked),
        Some(Question::ReviewWords) => Some(State::ReviewAsked),
        Some(Question::NewOrExisting { .. }) if talk.is_agreed() => Some(State::NewOrExistingAsked),
        Some(Question::AnotherPro) if status == Some(Status::New) => Some(State::AnotherProOffered),
        Some(Question::CallOffered) => Some(State::CallOffered),
        Some(Question::VisitDone) if status == Some(Status::Booked) => Some(State::VisitDoneAsked),
        Some(Question::VisitOffered { .. }) => Some(State::VisitOffered),
        Some(Question::EarlierOffered { .. }) if is_early || talk.is_agreed() => Some(State::EarlierOffered),
        Some(
            Question::Tell { .. }
            | Question::SameAddress
            | Question::SamePro { .. }
            | Question::Emergency
            | Question::ChooseSlot { .. }
            | Question::NewOrExisting { .. }
            | Question::AnotherPro
            | Question::VisitDone
            | Question::EarlierOffered { .. }
            | Question::Consent
            | Question::WhichLead { .. }
            | Question::FinalPrice
            | Question::Desk(_)
            | Question::Owner(_)
            | Question::SignUp(_),
        )
        | None => None,
    };
    asked.unwrap_or_else(|| match status {
        Some(Status::Contacted) => State::Open,
        Some(Status::New | Status::Rejected) => State::ApprovalWait,
        Some(Status::Booked) => State::Booked,
        Some(Status::PendingAdminReview) => State::InReview,
        Some(Status::Completed | Status::Closed | Status::Cancelled) | None => {
            match talk.leads.iter().any(|lead| is_rating_asked(lead, desk.now)) {
                true => State::RatingAsked,
                false => State::Idle,
            }
        }
    })
}

/// Whether stars would be a rating of this work.
pub(crate) fn is_rating_asked(lead: &Lead, now: DateTime<Utc>) -> bool {
    lead.status == Status::Completed
        && lead.review.is_none()
        && lead.rating_asked_at.is_some_and(|asked| asked + policy::RATING_LIFE > now)
}

/// What came, before anything is read. Opt-out and opt-in were taken out before.
pub(crate) fn intent_of(talk: &Talk<'_>) -> Intent {
    // What stands behind a button says more than what stands on it: it names its visit (B80).
    if talk.tapped().is_some() {
        return Intent::VisitTap;
    }
    match talk.command() {
        Some(Word::Human) => return Intent::Human,
        Some(Word::Status) => return Intent::Status,
        Some(Word::Cancel) => return Intent::Cancel,
        Some(Word::Reschedule) => return Intent::Reschedule,
        Some(Word::Reset) => return Intent::Reset,
        Some(Word::Help) => return Intent::Help,
        Some(Word::TellIfFree) => return Intent::TellIfFree,
        Some(Word::Yes) => return Intent::Yes,
        Some(Word::No) => return Intent::No,
        Some(Word::Stop) => return Intent::Stop,
        Some(Word::Start) => return Intent::Start,
        Some(
            Word::Approve
            | Word::Reject
            | Word::Done
            | Word::Pause
            | Word::Resume
            | Word::Vacation
            | Word::Available
            | Word::Menu
            | Word::CustomerMode
            | Word::Offers
            | Word::Today
            | Word::Jobs
            | Word::CancelJob
            | Word::MoveJob
            | Word::NoShow
            | Word::AnotherVisit
            | Word::History
            | Word::Stats
            | Word::Reviews
            | Word::Find
            | Word::Hours
            | Word::Block
            | Word::Unblock
            | Word::Office
            | Word::OfficeToday
            | Word::Tomorrow
            | Word::Stuck
            | Word::Manage
            | Word::Applicants
            | Word::Week
            | Word::PauseBot
            | Word::ResumeBot
            | Word::SignUp
            | Word::Skip,
        )
        | None => {}
    }
    if let [text] = talk.texts.as_slice()
        && text.len() <= LONGEST_WISH
        && understanding::asks_to_be_told(text)
    {
        return Intent::TellIfFree;
    }
    if talk.tapped_slot().is_some() {
        return Intent::SlotTap;
    }
    match talk.number() {
        Some(1) => return Intent::One,
        Some(2) => return Intent::Two,
        Some(_) => return Intent::Number,
        None => {}
    }
    if !talk.has_nothing_to_read() {
        return Intent::Words;
    }
    let nothing = Context { trades: &[], city: None, expecting: None };
    match understanding::read(&talk.words(), &nothing).answer {
        Some(YesNo::Yes) => return Intent::Yes,
        Some(YesNo::No) => return Intent::No,
        Some(YesNo::Later) | None => {}
    }
    let mut files = talk.inbox.inbound.iter().filter_map(|inbound| match &inbound.content {
        Content::Media { attachment } => Some(attachment.kind),
        Content::Text { .. } | Content::Tap { .. } | Content::Location { .. } | Content::Other { .. } => None,
    });
    if let Some(first) = files.next() {
        let is_voice = |kind: AttachmentKind| kind == AttachmentKind::Voice;
        return if is_voice(first) && files.all(is_voice) { Intent::Voice } else { Intent::Picture };
    }
    if talk.inbox.inbound.iter().any(|inbound| matches!(inbound.content, Content::Location { .. })) {
        return Intent::Place;
    }
    match talk.texts.iter().any(|text| is_emoji_only(text)) {
        true => Intent::Emoji,
        false => Intent::Unreadable,
    }
}

impl Talk<'_> {
    /// The number that the whole burst is: `2`, `⭐⭐⭐`, or a choice in words ("the second one").
    pub(crate) fn number(&self) -> Option<u32> {
        let [text] = self.texts.as_slice() else { return None };
        if let Some(stars) = self.stars() {
            return Some(u32::from(stars));
        }
        let folded = fold_command(text);
        if !folded.is_empty() && folded.chars().all(|c| c.is_ascii_digit()) {
            return folded.parse().ok().or(Some(u32::MAX));
        }
        understanding::number(text)
    }
}
