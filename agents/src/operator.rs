//! What a person at the console has decided, carried out as if it had been said in chat: the same functions free and take
//! the time, and the same people are told. What cannot be done is refused with a reason and changes nothing.

mod chats;
mod leads;

use crate::booking;
use crate::calendar::Refusal;
use crate::conversation::Conversation;
use crate::id::{ConversationId, ProId};
use crate::lead::{Lead, Remark, Status};
use crate::owner;
use crate::pro::Pro;
use crate::template::Chosen;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Utc};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// The lead's booked visit begins then (UTC).
    MoveVisit {
        /// The new start.
        from: DateTime<Utc>,
    },
    /// The lead's visit is cancelled.
    CancelVisit {
        /// Why, told to both; may be empty.
        reason: String,
    },
    /// The lead's person is being removed: nothing stays agreed.
    RemovePerson,
    /// The lead is given to this pro.
    Assign {
        /// Whom.
        pro: ProId,
    },
    /// The lead is completed, closed, cancelled, or given to a person.
    Become {
        /// What it becomes.
        status: Status,
        /// Why, for the team alone.
        remark: Option<Remark>,
    },
    /// A person takes a chat over.
    TakeOver {
        /// Which.
        chat: ConversationId,
        /// For how long the bot is silent (UTC).
        until: DateTime<Utc>,
    },
    /// The bot gets a chat back.
    GiveBack {
        /// Which.
        chat: ConversationId,
    },
    /// A person writes in a chat.
    Write {
        /// In which.
        chat: ConversationId,
        /// What.
        text: String,
    },
    /// A person sends an approved template in a chat, also where the service window is closed.
    SendTemplate {
        /// In which.
        chat: ConversationId,
        /// Which, and with what in it.
        template: Chosen,
    },
    /// Somebody who signed up is taken or declined.
    AnswerApplicant {
        /// Who.
        pro: ProId,
        /// Whether they are taken.
        takes: bool,
    },
}

/// Why an order was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The lead has no visit with which this can be done.
    NoVisit,
    /// The pro is no more.
    NoPro,
    /// The time cannot be had.
    NotFree(Refusal),
    /// Nobody waits for this answer any more.
    NoApplicant,
    /// The lead does not wait for a person.
    NotWaiting,
    /// The pro has no time for it, or the customer's chat is about something else by now.
    NoTime,
    /// The lead cannot go there from where it stands.
    NotFromHere,
    /// There is no such chat.
    NoChat,
    /// The provider takes no free words any more until the person writes.
    WindowClosed,
    /// The chat's channel knows no templates, or the business has none of this name, language and number of parameters.
    NoTemplate,
}

/// Carries an order out. `lead` is the lead that it is about, where it is about one.
pub(crate) fn carry_out(desk: &mut Desk<'_>, order: &Order, lead: Option<&Lead>) -> Result<(), Need> {
    match (order, lead.cloned()) {
        (Order::MoveVisit { from }, Some(mut lead)) => {
            let Some(pro) = pro_of(desk, &lead)? else { return refuse(desk, Refused::NoPro) };
            if lead.status != crate::lead::Status::Booked || lead.slot.is_none() {
                return refuse(desk, Refused::NoVisit);
            }
            match booking::move_by_team(desk, &mut lead, pro, *from)? {
                Ok(()) => desk.decision.leads.push(lead),
                Err(refusal) => return refuse(desk, Refused::NotFree(refusal)),
            }
        }
        (Order::CancelVisit { reason }, Some(mut lead)) => {
            let Some(pro) = pro_of(desk, &lead)? else { return refuse(desk, Refused::NoPro) };
            if !booking::cancel_by_team(desk, &mut lead, pro, reason) {
                return refuse(desk, Refused::NoVisit);
            }
            desk.decision.leads.push(lead);
        }
        (Order::RemovePerson, Some(mut lead)) => {
            if lead.status.is_open() {
                let pro = pro_of(desk, &lead)?;
                booking::cancel_for_removal(desk, &mut lead, pro);
                desk.decision.leads.push(lead);
            }
        }
        (Order::Assign { pro }, Some(lead)) => leads::assign(desk, lead, pro)?,
        (Order::Become { status, remark }, Some(lead)) => {
            leads::become_(desk, lead, *status, remark.as_ref())?;
        }
        (Order::TakeOver { chat, until }, _) => match chat_of(desk, chat)? {
            Some(chat) => chats::take_over(desk, chat, *until)?,
            None => return refuse(desk, Refused::NoChat),
        },
        (Order::GiveBack { chat }, _) => match chat_of(desk, chat)? {
            Some(chat) => chats::give_back(desk, chat)?,
            None => return refuse(desk, Refused::NoChat),
        },
        (Order::Write { chat, text }, _) => match chat_of(desk, chat)? {
            Some(chat) => chats::write(desk, chat, text)?,
            None => return refuse(desk, Refused::NoChat),
        },
        (Order::SendTemplate { chat, template }, _) => match chat_of(desk, chat)? {
            Some(chat) => chats::send_template(desk, chat, template)?,
            None => return refuse(desk, Refused::NoChat),
        },
        (Order::AnswerApplicant { pro, takes }, _) => {
            if owner::answer_applicant(desk, pro, *takes)?.is_none() {
                return refuse(desk, Refused::NoApplicant);
            }
        }
        (
            Order::MoveVisit { .. }
            | Order::CancelVisit { .. }
            | Order::RemovePerson
            | Order::Assign { .. }
            | Order::Become { .. },
            None,
        ) => {
            return refuse(desk, Refused::NoVisit);
        }
    }
    Ok(())
}

fn refuse(desk: &mut Desk<'_>, refused: Refused) -> Result<(), Need> {
    desk.decision = crate::decision::Decision { refused: Some(refused), ..Default::default() };
    Ok(())
}

/// A chat of the business.
fn chat_of(desk: &Desk<'_>, id: &ConversationId) -> Result<Option<Conversation>, Need> {
    Ok(desk.conversation(id)?.filter(|chat| chat.business == desk.business.id))
}

fn pro_of<'a>(desk: &Desk<'a>, lead: &Lead) -> Result<Option<&'a Pro>, Need> {
    let Some(id) = &lead.pro else { return Ok(None) };
    Ok(desk.pros()?.iter().map(|candidate| &candidate.pro).find(|pro| pro.id == *id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::{Decision, Recipient, SlotChange};
    use crate::lead::{AppointmentState, Status};
    use crate::turn::stage::Stage;
    use chrono::Duration;

    fn told(decision: &Decision) -> Vec<(bool, bool, String)> {
        let told = decision.replies.iter().map(|reply| {
            let to_pro = matches!(reply.to, Recipient::Pro(_));
            (to_pro, reply.lead.is_some(), reply.message.text.clone())
        });
        told.collect()
    }

    #[test]
    fn a_visit_is_moved_and_both_are_told_both_times() {
        let mut stage = Stage::new();
        let id = stage.booked(17, "avi");
        let to = stage.slot(6);
        let decision = stage.orders(Order::MoveVisit { from: to.from }, Some(&id));
        let lead = &decision.leads[0];
        assert_eq!((lead.status, lead.slot), (Status::Booked, Some(to)));
        assert_eq!((lead.moves, lead.moved_by_pro), (0, 0), "neither of them moved it");
        assert!(matches!(&decision.slots[0], SlotChange::Release { .. }));
        assert!(matches!(&decision.slots[1], SlotChange::Claim { slot, until: None, .. } if *slot == to));
        let told = told(&decision);
        assert_eq!(
            told.iter().map(|(to_pro, about, _)| (*to_pro, *about)).collect::<Vec<_>>(),
            [(false, true), (true, true)]
        );
        assert!(told.iter().all(|(.., text)| text.contains("13:00") && text.contains("15:00")), "{told:?}");

        let same = stage.orders(Order::MoveVisit { from: stage.slot(4).from }, Some(&id));
        assert!(same.replies.is_empty() && same.slots.is_empty(), "the same time changes nothing (B91)");
    }

    #[test]
    fn a_visit_is_not_moved_to_where_the_pro_cannot_be() {
        let mut stage = Stage::new();
        let id = stage.booked(17, "avi");
        stage.take("avi", stage.slot(6));
        let refused = |stage: &Stage, from| {
            let decision = stage.orders(Order::MoveVisit { from }, Some(&id));
            assert!(decision.leads.is_empty() && decision.slots.is_empty() && decision.replies.is_empty());
            decision.refused
        };
        let not_free = |refusal| Some(Refused::NotFree(refusal));
        assert_eq!(refused(&stage, stage.slot(6).from), not_free(Refusal::Conflict));
        assert_eq!(refused(&stage, stage.now - Duration::hours(1)), not_free(Refusal::TooSoon));
        assert_eq!(refused(&stage, stage.slot(12).from), not_free(Refusal::Closed));
        stage.lead_mut(&id).pro = Some(ProId::new("gone"));
        assert_eq!(refused(&stage, stage.slot(5).from), Some(Refused::NoPro));
        let offered = stage.offered(18, "avi");
        let decision = stage.orders(Order::MoveVisit { from: stage.slot(5).from }, Some(&offered));
        assert_eq!(decision.refused, Some(Refused::NoVisit), "only what is agreed is moved");
    }

    #[test]
    fn a_visit_is_cancelled_and_both_are_told_why() {
        let mut stage = Stage::new();
        for id in [stage.booked(17, "avi"), stage.offered(18, "avi")] {
            let decision = stage.orders(Order::CancelVisit { reason: "שיטפון".to_owned() }, Some(&id));
            assert_eq!(
                (decision.leads[0].status, decision.leads[0].offer.clone()),
                (Status::Cancelled, None)
            );
            assert_eq!(decision.appointments[0].state, AppointmentState::Cancelled);
            assert!(matches!(&decision.slots[0], SlotChange::Release { .. }));
            let told = told(&decision);
            assert_eq!(told.len(), 2);
            assert!(told.iter().all(|(.., text)| text.contains("שיטפון") && text.contains("13:00")));
        }
        let id = stage.booked(19, "avi");
        let now = stage.now;
        assert!(stage.lead_mut(&id).become_(Status::Completed, now, "done"));
        let decision = stage.orders(Order::CancelVisit { reason: String::new() }, Some(&id));
        assert_eq!(decision.refused, Some(Refused::NoVisit));
        assert!(decision.leads.is_empty());
    }

    #[test]
    fn whoever_is_removed_leaves_a_free_time_and_no_name() {
        let mut stage = Stage::new();
        let id = stage.booked(17, "avi");
        let decision = stage.orders(Order::RemovePerson, Some(&id));
        assert_eq!(decision.leads[0].status, Status::Cancelled);
        assert!(matches!(&decision.slots[0], SlotChange::Release { .. }));
        let told = told(&decision);
        assert_eq!(told.len(), 1, "the person is told nothing");
        let (to_pro, about, text) = &told[0];
        assert!(*to_pro && !*about && text.contains("17") && text.contains("13:00"));
        assert!(!text.contains("דנה") && !text.contains("הרצל"), "{text}");
        stage.lead_mut(&id).status = Status::Completed;
        assert!(stage.orders(Order::RemovePerson, Some(&id)).leads.is_empty(), "what is over stays");
    }

    #[test]
    fn an_applicant_is_answered_once_and_told() {
        let mut stage = Stage::new();
        let applicant = &mut stage.pros[1];
        applicant.approved = false;
        applicant.active = false;
        applicant.desk.sign_up =
            Some(crate::pro::SignUp { at: stage.now, city: None, prices: None, declined_at: None });
        let pro = applicant.id.clone();
        let order = |takes| Order::AnswerApplicant { pro: pro.clone(), takes };
        let taken = stage.orders(order(true), None);
        assert!(taken.pros[0].approved && taken.pros[0].active);
        assert_eq!(told(&taken).len(), 1, "they are told, and nobody else");
        let declined = stage.orders(order(false), None);
        assert!(!declined.pros[0].approved);
        let declined_at = declined.pros[0].desk.sign_up.as_ref().and_then(|sign_up| sign_up.declined_at);
        assert_eq!(declined_at, Some(stage.now));
        stage.pros[1] = taken.pros[0].clone();
        assert_eq!(stage.orders(order(true), None).refused, Some(Refused::NoApplicant));
    }
}
