//! What the team does to a lead from the console: gives it to a pro, or says where it stands. Whoever an owner's word in
//! chat would tell is told.

use super::{Refused, pro_of, refuse};
use crate::booking::{self, Assigned};
use crate::concern::Concern;
use crate::decision::{Purpose, Recipient};
use crate::id::ProId;
use crate::lead::{Lead, Remark, Status};
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use locales::args;

/// Gives a lead that waits for a person to a pro, exactly as an owner does in chat.
pub(super) fn assign(desk: &mut Desk<'_>, mut lead: Lead, pro: &ProId) -> Result<(), Need> {
    let known = desk.pros()?.iter().find(|candidate| candidate.pro.id == *pro);
    let Some(pro) = known.map(|candidate| candidate.pro.clone()) else { return refuse(desk, Refused::NoPro) };
    if lead.status != Status::PendingAdminReview {
        return refuse(desk, Refused::NotWaiting);
    }
    // Whoever declined may be asked again: a person decides.
    lead.declined.clear();
    match booking::assign(desk, &mut lead, &pro, "team")? {
        Assigned::Offered | Assigned::TimesOffered => desk.decision.leads.push(lead),
        Assigned::Impossible => return refuse(desk, Refused::NoTime),
    }
    Ok(())
}

/// Sends a lead on to another status, with what belongs to that.
pub(super) fn become_(
    desk: &mut Desk<'_>,
    mut lead: Lead,
    status: Status,
    remark: Option<&Remark>,
) -> Result<(), Need> {
    if !lead.status.may_become(status) {
        return refuse(desk, Refused::NotFromHere);
    }
    let is_done = match status {
        Status::Completed => match pro_of(desk, &lead)?.cloned() {
            Some(pro) => booking::complete(desk, &mut lead, &pro),
            None => return refuse(desk, Refused::NoPro),
        },
        Status::Closed if lead.status == Status::PendingAdminReview => booking::close(desk, &mut lead),
        Status::Closed => end(desk, &mut lead, status, "closed_by_team")?,
        Status::Cancelled => cancel(desk, &mut lead)?,
        Status::PendingAdminReview => to_a_person(desk, &mut lead)?,
        // A pro is asked, and a visit is booked, by assigning.
        Status::Contacted | Status::New | Status::Booked | Status::Rejected => false,
    };
    if !is_done {
        return refuse(desk, Refused::NotFromHere);
    }
    lead.remarks.extend(remark.cloned());
    desk.decision.leads.push(lead);
    Ok(())
}

fn cancel(desk: &mut Desk<'_>, lead: &mut Lead) -> Result<bool, Need> {
    let pro = pro_of(desk, lead)?.filter(|_| lead.slot.is_some()).cloned();
    match pro.filter(|_| matches!(lead.status, Status::New | Status::Booked)) {
        Some(pro) => Ok(booking::cancel_by_team(desk, lead, &pro, "")),
        None => end(desk, lead, Status::Cancelled, "cancelled_by_team"),
    }
}

/// Ends a lead without work: its time is free, and both are told.
fn end(desk: &mut Desk<'_>, lead: &mut Lead, status: Status, reason: &str) -> Result<bool, Need> {
    let pro = pro_of(desk, lead)?.cloned();
    let was = lead.status;
    if !lead.become_(status, desk.now, reason) {
        return Ok(false);
    }
    free(desk, lead, pro.as_ref(), was);
    lead.needs_human = None;
    desk.note("closed", Some(&lead.id), "by=team");
    let told = say::message(lead.language, "customer-closed-by-team", &args![]);
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, told, Some(lead));
    Ok(true)
}

/// Takes a lead off its pro, so that a person looks.
fn to_a_person(desk: &mut Desk<'_>, lead: &mut Lead) -> Result<bool, Need> {
    const CONCERN: Concern = Concern::AskedByTeam;
    let pro = pro_of(desk, lead)?.cloned();
    let was = lead.status;
    if !lead.become_(Status::PendingAdminReview, desk.now, CONCERN.key()) {
        return Ok(false);
    }
    free(desk, lead, pro.as_ref(), was);
    lead.pro = None;
    desk.flag(lead, CONCERN);
    // Whoever asked for it knows: the reporter's batch leaves it out.
    lead.care.reported = lead.needs_human;
    let told = say::message(lead.language, "customer-human-will-look", &args![]);
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, told, Some(lead));
    Ok(true)
}

/// Frees the time of a visit that was held or agreed, and tells its pro.
fn free(desk: &mut Desk<'_>, lead: &mut Lead, pro: Option<&Pro>, was: Status) {
    if !matches!(was, Status::New | Status::Booked) {
        return;
    }
    lead.offer = None;
    booking::release(desk, lead);
    if let (Some(pro), Some(slot)) = (pro, lead.slot) {
        let slot = say::slot(desk.business, pro.language, &slot, desk.now);
        let told = say::message(
            pro.language,
            "pro-team-cancelled",
            &args![lead = lead.number.to_string(), slot = slot],
        );
        desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(lead));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::{Decision, SlotChange};
    use crate::id::LeadId;
    use crate::operator::Order;
    use crate::turn::stage::Stage;

    fn order(stage: &Stage, id: &LeadId, status: Status) -> Decision {
        stage.orders(Order::Become { status, remark: None }, Some(id))
    }

    fn waiting(stage: &mut Stage) -> LeadId {
        let id = stage.offered(17, "avi");
        let now = stage.now;
        let lead = stage.lead_mut(&id);
        lead.offer = None;
        lead.pro = None;
        lead.needs_human = Some(Concern::NoProLeft);
        assert!(lead.become_(Status::PendingAdminReview, now, "no_pro_left"));
        id
    }

    /// The console and an owner's chat come to the same decision.
    #[test]
    fn a_lead_is_assigned_as_an_owner_would() {
        let mut stage = Stage::new();
        let id = waiting(&mut stage);
        stage.lead_mut(&id).declined = vec![ProId::new("michal")];
        let decision = stage.orders(Order::Assign { pro: ProId::new("michal") }, Some(&id));
        let lead = &decision.leads[0];
        assert_eq!((lead.status, lead.pro.clone()), (Status::New, Some(ProId::new("michal"))));
        assert!(lead.declined.is_empty() && lead.needs_human.is_none());
        assert!(matches!(&decision.slots[0], SlotChange::Claim { until: Some(_), .. }));
        let to_pro = decision.replies.iter().filter(|reply| matches!(reply.to, Recipient::Pro(_))).count();
        assert_eq!((to_pro, decision.replies.len()), (1, 2), "customer and pro are told");
    }

    #[test]
    fn what_cannot_be_assigned_is_refused_and_changes_nothing() {
        let mut stage = Stage::new();
        let id = waiting(&mut stage);
        let assign = |stage: &Stage, pro: &str| {
            let decision = stage.orders(Order::Assign { pro: ProId::new(pro) }, Some(&id));
            let is_empty = decision.leads.is_empty() && decision.replies.is_empty();
            (decision.refused, is_empty)
        };
        assert_eq!(assign(&stage, "nobody"), (Some(Refused::NoPro), true));
        stage.pros[1].on_vacation = true;
        stage.pros[1].hours = Default::default();
        assert_eq!(assign(&stage, "michal"), (Some(Refused::NoTime), true));
        let offered = stage.offered(18, "avi");
        let decision = stage.orders(Order::Assign { pro: ProId::new("avi") }, Some(&offered));
        assert_eq!(decision.refused, Some(Refused::NotWaiting));
    }

    #[test]
    fn an_end_frees_the_time_and_tells_both() {
        for status in [Status::Closed, Status::Cancelled] {
            let mut stage = Stage::new();
            for id in [stage.offered(17, "avi"), stage.booked(18, "avi")] {
                let decision = order(&stage, &id, status);
                assert_eq!(decision.leads[0].status, status);
                assert!(decision.leads[0].offer.is_none());
                assert!(matches!(&decision.slots[0], SlotChange::Release { .. }), "{status:?}");
                assert_eq!(decision.replies.len(), 2, "{status:?}");
            }
        }
    }

    #[test]
    fn a_lead_goes_only_where_it_may_and_a_remark_goes_with_it() {
        let mut stage = Stage::new();
        let booked = stage.booked(17, "avi");
        let remark =
            Remark { at: stage.now, by: "dana".to_owned(), text: "שילמו במזומן".to_owned() };
        let done = stage
            .orders(Order::Become { status: Status::Completed, remark: Some(remark.clone()) }, Some(&booked));
        assert_eq!((done.leads[0].status, &done.leads[0].remarks), (Status::Completed, &vec![remark]));
        for status in [Status::New, Status::Contacted, Status::Booked, Status::PendingAdminReview] {
            assert_eq!(order(&stage, &booked, status).refused, Some(Refused::NotFromHere), "{status:?}");
        }
        let offered = stage.offered(18, "avi");
        let decision = order(&stage, &offered, Status::PendingAdminReview);
        let lead = &decision.leads[0];
        assert_eq!((lead.pro.clone(), lead.offer.clone()), (None, None));
        assert!(lead.needs_human.is_some() && !lead.is_unreported());
        assert_eq!(decision.replies.len(), 2);
    }
}
