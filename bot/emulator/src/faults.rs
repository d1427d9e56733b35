//! What goes wrong between the bot and a provider: written down call by call, or thrown by a seeded die. It never
//! decides what a fault means for a provider; each provider does.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::chat::StatusQuirk;
use crate::dice::Dice;

/// What happens to one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Nothing: written down to let a call through before the next fault.
    None,
    /// Taken and answered, after this long.
    Late {
        /// How long the answer takes.
        delay_ms: u64,
    },
    /// Not taken, never answered.
    Hang,
    /// Taken, never answered.
    HangAfter,
    /// The connection is cut before the provider has read the call.
    DropBefore,
    /// The provider does what was asked, and the connection is cut before the answer.
    DropAfter,
    /// Too many calls (Meta 130429, Green API 429, Gemini RESOURCE_EXHAUSTED per minute).
    RateLimited {
        /// What the answer says, where the provider says it.
        retry_after_s: u32,
    },
    /// Too many messages to one person (Meta 131056); other providers treat it as `RateLimited`.
    PairLimited,
    /// The plan's or the day's quota is used up (Meta 80007, Green API 466, Gemini RESOURCE_EXHAUSTED per day).
    QuotaReached,
    /// HTTP 500 in the provider's shape.
    ServerError,
    /// HTTP 503 in the provider's shape.
    Unavailable,
    /// Exactly this answer, in nobody's shape.
    Answer {
        /// HTTP status.
        status: u16,
        /// Body, sent as it is.
        body: String,
    },
    /// The message is taken; its statuses are announced in the wrong order.
    OutOfOrder,
    /// The message is taken; `delivered` is never announced.
    DeliveredMissing,
    /// The message is taken and fails afterwards (Meta: with this code; Green API: status `failed`).
    FailsLater {
        /// Meta's error code, such as 131047.
        code: i64,
    },
}

impl Fault {
    pub(crate) fn status_quirk(&self) -> StatusQuirk {
        match self {
            Fault::OutOfOrder => StatusQuirk::Reversed,
            Fault::DeliveredMissing => StatusQuirk::DeliveredMissing,
            _ => StatusQuirk::None,
        }
    }

    pub(crate) fn fails_later(&self) -> Option<i64> {
        match self {
            Fault::FailsLater { code } => Some(*code),
            _ => None,
        }
    }
}

/// What happens to one webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WebhookFault {
    /// Nothing.
    None,
    /// Posted twice; zero means both at the same instant. Green API, which keeps its order, posts the second right
    /// after the first however long this is.
    Twice {
        /// How long after the first.
        after_ms: u64,
    },
    /// Posted later than it should be.
    Late {
        /// How much later.
        delay_ms: u64,
    },
}

/// Which calls a written-down fault waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultOn {
    /// The next call, whatever it is.
    AnyCall,
    /// The next call that sends a message to a person, or asks a model.
    Sending,
    /// The next call that is not `Sending`: read marks, typing, questions.
    Asking,
}

/// How a call counts for `FaultOn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallKind {
    Sending,
    Asking,
}

/// How often each fault is thrown, each between 0 and 1; their sum should stay below 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rates {
    /// `Fault::Late`, between half a second and twenty seconds.
    pub late: f64,
    /// `Fault::Hang`.
    pub hang: f64,
    /// `Fault::DropBefore`.
    pub drop_before: f64,
    /// `Fault::DropAfter`.
    pub drop_after: f64,
    /// `Fault::RateLimited`.
    pub rate_limited: f64,
    /// `Fault::ServerError`.
    pub server_error: f64,
    /// `Fault::OutOfOrder`.
    pub out_of_order: f64,
    /// `WebhookFault::Twice`, at the same instant or up to ten seconds apart.
    pub webhook_twice: f64,
    /// `WebhookFault::Late`, up to ten seconds.
    pub webhook_late: f64,
}

/// The faults of one provider: the written ones first, then the thrown ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Faults {
    calls: VecDeque<(FaultOn, Fault)>,
    webhooks: VecDeque<WebhookFault>,
    rates: Rates,
    dice: Dice,
}

impl Faults {
    /// A provider on a good day.
    pub fn none() -> Faults {
        Faults::from_seed(0, Rates::default())
    }

    /// Faults thrown at these rates; one seed throws one sequence.
    pub fn from_seed(seed: u64, rates: Rates) -> Faults {
        Faults { calls: VecDeque::new(), webhooks: VecDeque::new(), rates, dice: Dice::from_seed(seed) }
    }

    /// Writes down the fault of a coming call. Several are used one per call, in this order.
    pub fn next_call(&mut self, on: FaultOn, fault: Fault) -> &mut Faults {
        self.calls.push_back((on, fault));
        self
    }

    /// Writes down the fault of a coming webhook. Several are used one per webhook, in this order.
    pub fn next_webhook(&mut self, fault: WebhookFault) -> &mut Faults {
        self.webhooks.push_back(fault);
        self
    }

    /// How many written-down faults have not happened yet.
    pub fn waiting(&self) -> usize {
        self.calls.len() + self.webhooks.len()
    }

    pub(crate) fn draw_call(&mut self, kind: CallKind) -> Fault {
        let matches = |on: FaultOn| match on {
            FaultOn::AnyCall => true,
            FaultOn::Sending => kind == CallKind::Sending,
            FaultOn::Asking => kind == CallKind::Asking,
        };
        if let Some(place) = self.calls.iter().position(|(on, _)| matches(*on))
            && let Some((_, fault)) = self.calls.remove(place)
        {
            return fault;
        }
        let rates = self.rates;
        let steps = [
            (rates.late, Fault::Late { delay_ms: 0 }),
            (rates.hang, Fault::Hang),
            (rates.drop_before, Fault::DropBefore),
            (rates.drop_after, Fault::DropAfter),
            (rates.rate_limited, Fault::RateLimited { retry_after_s: 0 }),
            (rates.server_error, Fault::ServerError),
            (rates.out_of_order, Fault::OutOfOrder),
        ];
        match throw(&mut self.dice, steps) {
            Some(Fault::Late { .. }) => Fault::Late { delay_ms: self.dice.between(500, 20_000) },
            Some(Fault::RateLimited { .. }) => {
                Fault::RateLimited { retry_after_s: self.dice.between(1, 60) as u32 }
            }
            Some(fault) => fault,
            None => Fault::None,
        }
    }

    pub(crate) fn draw_webhook(&mut self) -> WebhookFault {
        if let Some(fault) = self.webhooks.pop_front() {
            return fault;
        }
        let steps = [
            (self.rates.webhook_twice, WebhookFault::Twice { after_ms: 0 }),
            (self.rates.webhook_late, WebhookFault::Late { delay_ms: 0 }),
        ];
        match throw(&mut self.dice, steps) {
            Some(WebhookFault::Twice { .. }) if self.dice.next() & 1 == 0 => {
                WebhookFault::Twice { after_ms: 0 }
            }
            Some(WebhookFault::Twice { .. }) => {
                WebhookFault::Twice { after_ms: self.dice.between(1, 10_000) }
            }
            Some(WebhookFault::Late { .. }) => WebhookFault::Late { delay_ms: self.dice.between(1, 10_000) },
            Some(WebhookFault::None) | None => WebhookFault::None,
        }
    }
}

/// One throw over all rates, so that each has its own share and at most one happens.
fn throw<const N: usize, T>(dice: &mut Dice, steps: [(f64, T); N]) -> Option<T> {
    if steps.iter().all(|(rate, _)| *rate <= 0.0) {
        return None;
    }
    let mut left = dice.fraction();
    for (rate, outcome) in steps {
        if left < rate {
            return Some(outcome);
        }
        left -= rate.max(0.0);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_faults_come_first_and_wait_for_their_kind_of_call() {
        let mut faults = Faults::none();
        faults.next_call(FaultOn::Sending, Fault::DropAfter).next_call(FaultOn::AnyCall, Fault::Hang);
        assert_eq!(faults.draw_call(CallKind::Asking), Fault::Hang);
        assert_eq!(faults.draw_call(CallKind::Asking), Fault::None);
        assert_eq!(faults.draw_call(CallKind::Sending), Fault::DropAfter);
        assert_eq!(faults.waiting(), 0);
    }

    #[test]
    fn thrown_faults_repeat_with_their_seed_and_come_about_as_often_as_asked() {
        let rates = Rates { drop_after: 0.2, server_error: 0.1, webhook_twice: 0.5, ..Rates::default() };
        let play = |seed| {
            let mut faults = Faults::from_seed(seed, rates);
            (0..1000)
                .map(|_| (faults.draw_call(CallKind::Sending), faults.draw_webhook()))
                .collect::<Vec<_>>()
        };
        assert_eq!(play(11), play(11));
        assert_ne!(play(11), play(12));
        let dropped = play(11).iter().filter(|(fault, _)| *fault == Fault::DropAfter).count();
        assert!((150..250).contains(&dropped), "{dropped}");
    }
}
