//! Stars and a few words about the work that was done (L6).

use super::state::is_rating_asked;
use super::talk::Talk;
use crate::conversation::{Pending, Question};
use crate::lead::Review;
use crate::policy;
use crate::turn::{Desk, Need};
use locales::args;

/// Keeps the stars; a number that is no rating is asked for again.
pub(super) fn rate(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let Some(stars) = talk.stars() else {
        talk.say("customer-rating-invalid", &args![]);
        return Ok(());
    };
    // The work that the quoted question was about, else the last one.
    let asked = || talk.leads.iter().filter(|lead| is_rating_asked(lead, desk.now));
    let quoted = asked().find(|lead| talk.quoted.as_ref() == Some(&lead.id));
    let Some(mut lead) = quoted.or_else(|| asked().next()).cloned() else { return Ok(()) };
    let pros = desk.pros()?;
    if let Some(candidate) =
        lead.pro.as_ref().and_then(|id| pros.iter().find(|candidate| candidate.pro.id == *id))
    {
        let mut pro = candidate.pro.clone();
        pro.add_review(stars);
        desk.decision.pros.push(pro);
    }
    lead.review = Some(Review { stars, words: None, at: desk.now });
    desk.note("reviewed", Some(&lead.id), format!("stars={stars}"));
    talk.say("customer-rating-thanks", &args![rating = stars.to_string()]);
    talk.say("customer-review-question", &args![]);
    talk.ask_about(desk.now, Question::ReviewWords, policy::QUESTION_LIFE, &lead);
    talk.save(lead);
    Ok(())
}

/// Keeps the words about the work.
pub(super) fn keep_words(desk: &mut Desk<'_>, talk: &mut Talk<'_>) {
    let words = talk.words();
    let about = match talk.conversation.pending.take() {
        Some(Pending { question: Question::ReviewWords, lead: Some(lead), .. }) => Some(lead),
        Some(_) | None => None,
    };
    let lead = talk.leads.iter().find(|lead| Some(&lead.id) == about.as_ref()).cloned();
    if let Some(mut lead) = lead.filter(|_| !crate::text::is_blank(&words)) {
        if let Some(review) = lead.review.as_mut() {
            review.words = Some(crate::text::truncate(&words, 1_000).to_owned());
        }
        desk.note("review_words", Some(&lead.id), "");
        talk.save(lead);
    }
    talk.say("customer-review-thanks", &args![]);
}

/// No words, and that is fine.
pub(super) fn skip_words(talk: &mut Talk<'_>) {
    talk.conversation.pending = None;
    talk.say("customer-review-thanks", &args![]);
}
