//! The table of the questionnaire for whoever wants to work with the business. [`act`] is exhaustive; what an act does
//! is in `sign_up`.

use super::{Cell, Role, Unreachable, keyed};

keyed! {
    /// Where the questionnaire stands. Derived from what is stored by one function, `sign_up::state_of`.
    State {
        /// Nothing is asked.
        Begin "sign_up_begin",
        /// What are you called?
        Name "sign_up_name",
        /// What do you do?
        Trade "sign_up_trade",
        /// Where do you go?
        Areas "sign_up_areas",
        /// What does it cost?
        Prices "sign_up_prices",
        /// Is it all right so?
        Confirm "sign_up_confirm",
    }
}

keyed! {
    /// What came, read by what is asked.
    Intent {
        /// An answer that can be used.
        Answer "answer",
        /// Nothing that could be one.
        Unclear "unclear",
        /// Go on without it.
        Skip "skip",
        /// אשר.
        Approve "approve",
        /// ביטול.
        Cancel "cancel",
        /// The word that begins it.
        SignUp "sign_up",
    }
}

keyed! {
    /// What is done.
    Act {
        /// Ask for the name, unless the person is on the list already.
        Begin "begin",
        /// Keep the answer and ask the next thing.
        Keep "keep",
        /// Ask the same again.
        AskAgain "ask_again",
        /// Go on without prices.
        GoOn "go_on",
        /// Put the person on the list and tell the owners.
        Submit "submit",
        /// Forget it.
        Leave "leave",
        /// The dispatcher answers.
        Serve "serve",
    }
}

/// What is done when this comes in this state.
#[must_use]
pub const fn act(state: State, intent: Intent) -> Act {
    match (state, intent) {
        (_, Intent::SignUp) => Act::Begin,
        (
            State::Begin,
            Intent::Answer | Intent::Unclear | Intent::Skip | Intent::Approve | Intent::Cancel,
        ) => Act::Serve,
        (State::Name | State::Trade | State::Areas | State::Prices | State::Confirm, Intent::Cancel) => {
            Act::Leave
        }
        (State::Name | State::Trade | State::Areas | State::Prices, Intent::Answer) => Act::Keep,
        // אשר is a name, too.
        (State::Name, Intent::Approve) => Act::Keep,
        (State::Name, Intent::Unclear | Intent::Skip)
        | (State::Trade | State::Areas, Intent::Unclear | Intent::Skip | Intent::Approve)
        | (State::Prices, Intent::Unclear)
        | (State::Confirm, Intent::Answer | Intent::Unclear | Intent::Skip) => Act::AskAgain,
        (State::Prices, Intent::Skip | Intent::Approve) => Act::GoOn,
        (State::Confirm, Intent::Approve) => Act::Submit,
    }
}

/// The cell of this state and intent.
#[must_use]
pub const fn cell(state: State, intent: Intent) -> Cell {
    Cell { role: Role::Pro, state: state.key(), intent: intent.key(), act: act(state, intent).key() }
}

/// Every cell.
#[must_use]
pub fn cells() -> Vec<Cell> {
    let of = |state: &State| Intent::ALL.iter().map(|intent| cell(*state, *intent)).collect::<Vec<_>>();
    State::ALL.iter().flat_map(of).collect()
}

/// Cells that no message can reach.
pub const UNREACHABLE: &[Unreachable] = &[Unreachable {
    role: Role::Pro,
    state: Some("sign_up_begin"),
    intents: &["answer", "unclear", "skip", "approve", "cancel"],
    reason: "without a questionnaire only the word that begins it comes here; the rest is the customer's",
}];
