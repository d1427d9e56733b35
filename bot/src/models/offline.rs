//! The answer when there is no model: the agents' own rules. It never fails and never leaves the process.

use agents::turn::{Answer, Ask};
use agents::{dispatcher, persona};

/// An answer by rules alone.
pub(super) fn answer(ask: &Ask) -> Answer {
    match ask {
        Ask::Dispatch(question) => Answer::Dispatch(Box::new(dispatcher::understand_by_rules(question))),
        Ask::Persona(question) => Answer::Persona(Box::new(persona::speak_by_rules(question))),
    }
}
