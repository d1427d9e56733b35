//! How a pro would answer: a made-up turn whose decision is thrown away. Nothing is written, sent or counted, and no number
//! is taken.

use super::documents::Versions;
use super::load::look;
use super::order::OrderError;
use crate::app::App;
use crate::models::TURN_BUDGET;
use agents::business::Business;
use agents::decision::Recipient;
use agents::preview::{CHAT, candidate, snapshot};
use agents::pro::Pro;
use agents::turn::{Ask, Found, Lookup, Step, Turn};
use std::collections::BTreeMap;

/// More steps than any made-up turn needs.
const STEPS: u32 = 32;

/// What would be said.
pub(crate) struct WouldSay {
    /// The words.
    pub(crate) reply: String,
    /// The model whose words they are; none when the rules said it.
    pub(crate) model: Option<String>,
}

/// What this pro would answer to these words of a customer.
pub(crate) async fn say(
    app: &App,
    business: &Business,
    pro: &Pro,
    words: &str,
) -> Result<WouldSay, OrderError> {
    let deadline = app.now() + TURN_BUDGET;
    let mut turn = Turn::new(snapshot(business, pro, words, app.now()));
    let (mut versions, mut names) = (Versions::default(), BTreeMap::new());
    let mut model = None;
    for _ in 0..STEPS {
        match turn.step() {
            Step::Ask(ask) => {
                let left = (deadline - app.now()).to_std().unwrap_or_default();
                let asked = app.models.ask(&app.outside, &ask, left).await;
                if matches!(ask, Ask::Persona(_)) {
                    let answered = asked.attempts.iter().find(|attempt| attempt.failure.is_none());
                    model = answered.map(|attempt| attempt.model.as_str().to_owned());
                }
                turn.answered(asked.answer);
            }
            Step::Look(lookup) => turn.found(match lookup {
                Lookup::Pros => Found::Pros(vec![candidate(pro)]),
                Lookup::LeadNumber => Found::LeadNumber(0),
                Lookup::Calendars(_)
                | Lookup::Quoted(_)
                | Lookup::EndedLeads(_)
                | Lookup::JobsOf(_)
                | Lookup::Place(_)
                | Lookup::BusinessLeads
                | Lookup::Lead(_)
                | Lookup::Conversation(_) => look(app, business, lookup, &mut versions, &mut names).await?,
            }),
            Step::Done(decision) => {
                let to_customer =
                    |to: &Recipient| matches!(to, Recipient::Conversation(chat) if chat.as_str() == CHAT);
                let said = decision.replies.iter().filter(|reply| to_customer(&reply.to));
                let reply = said.map(|reply| reply.message.text.as_str()).collect::<Vec<_>>().join("\n\n");
                return Ok(WouldSay { reply, model });
            }
        }
    }
    Err(OrderError::Endless)
}
