//! The owner's table: what a word, a number or anything else does by what was asked last. [`act`] is exhaustive; what an
//! act does is in `owner`. An owner who is a pro too comes here only with words of owners and answers to their questions.

use super::{Cell, Role, Unreachable, keyed};

keyed! {
    /// Where an owner's chat stands. Derived from what is stored by one function, `owner::state_of`.
    State {
        /// Nothing is asked.
        Idle "office",
        /// Which lead?
        PickLead "pick_lead",
        /// What is to be done with it?
        LeadAction "lead_action",
        /// Which pro takes it?
        PickPro "pick_pro",
        /// Really?
        Confirm "confirm",
        /// Which applicant?
        PickApplicant "pick_applicant",
        /// Is the applicant taken?
        Applicant "applicant",
    }
}

keyed! {
    /// What came.
    Intent {
        /// `1`.
        One "one",
        /// `2`.
        Two "two",
        /// `3`.
        Three "three",
        /// Another number.
        Number "number",
        /// Yes.
        Yes "yes",
        /// No.
        No "no",
        /// Leave it.
        Back "back",
        /// היום.
        Today "today",
        /// מחר.
        Tomorrow "tomorrow",
        /// Stuck leads.
        Stuck "stuck",
        /// ניהול.
        Manage "manage",
        /// Who wants to join.
        Applicants "applicants",
        /// The figures of the week.
        Week "week",
        /// Silence the bot.
        PauseBot "pause_bot",
        /// Let it answer again.
        ResumeBot "resume_bot",
        /// What an owner may type.
        Office "office",
        /// לקוח.
        CustomerMode "customer",
        /// סיימתי: no customer any more.
        Done "done",
        /// Opt out.
        Stop "stop",
        /// Opt in.
        Start "start",
        /// Other words.
        Text "text",
        /// A picture, a sound, a place, signs.
        Wordless "wordless",
        /// A tap on the button of a sign-up.
        ApplicantTap "applicant_tap",
    }
}

keyed! {
    /// What is done.
    Act {
        /// Show today's visits.
        Today "today",
        /// Show tomorrow's visits.
        Tomorrow "tomorrow",
        /// List stuck leads.
        Stuck "stuck",
        /// List stuck leads to pick one.
        Manage "manage",
        /// List who wants to join.
        Applicants "applicants",
        /// Show the figures of the week.
        Week "week",
        /// Silence the bot towards customers.
        PauseBot "pause_bot",
        /// Let it answer again.
        ResumeBot "resume_bot",
        /// Show what may be typed.
        Office "office",
        /// Be served as a customer.
        EnterCustomerMode "enter_customer_mode",
        /// Be an owner again.
        LeaveCustomerMode "leave_customer_mode",
        /// Opt out.
        Stop "stop",
        /// Opt in.
        Start "start",
        /// Open the lead of this number.
        PickLead "pick_lead",
        /// Ask whether to close it.
        AskToClose "ask_to_close",
        /// List the pros.
        ListPros "list_pros",
        /// Leave the lead as it is.
        Keep "keep",
        /// Give it to the pro of this number.
        PickPro "pick_pro",
        /// Make the change.
        Change "change",
        /// Open the applicant of this number.
        PickApplicant "pick_applicant",
        /// Take the applicant.
        TakeApplicant "take_applicant",
        /// Decline the applicant.
        DeclineApplicant "decline_applicant",
        /// Take or decline as the button says.
        AnswerTap "answer_tap",
        /// Say that this is no choice, and ask again.
        AskAgain "ask_again",
        /// Leave the question.
        Leave "leave",
    }
}

enum Kind {
    Command(Act),
    One,
    Two,
    Three,
    Number,
    Yes,
    No,
    Back,
    Other,
}

const fn kind(intent: Intent) -> Kind {
    match intent {
        Intent::One => Kind::One,
        Intent::Two => Kind::Two,
        Intent::Three => Kind::Three,
        Intent::Number => Kind::Number,
        Intent::Yes => Kind::Yes,
        Intent::No => Kind::No,
        Intent::Back => Kind::Back,
        Intent::Text | Intent::Wordless => Kind::Other,
        Intent::Today => Kind::Command(Act::Today),
        Intent::Tomorrow => Kind::Command(Act::Tomorrow),
        Intent::Stuck => Kind::Command(Act::Stuck),
        Intent::Manage => Kind::Command(Act::Manage),
        Intent::Applicants => Kind::Command(Act::Applicants),
        Intent::Week => Kind::Command(Act::Week),
        Intent::PauseBot => Kind::Command(Act::PauseBot),
        Intent::ResumeBot => Kind::Command(Act::ResumeBot),
        Intent::Office => Kind::Command(Act::Office),
        Intent::CustomerMode => Kind::Command(Act::EnterCustomerMode),
        Intent::Done => Kind::Command(Act::LeaveCustomerMode),
        Intent::Stop => Kind::Command(Act::Stop),
        Intent::Start => Kind::Command(Act::Start),
        Intent::ApplicantTap => Kind::Command(Act::AnswerTap),
    }
}

/// What is done when this comes in this state.
#[must_use]
pub const fn act(state: State, intent: Intent) -> Act {
    match (state, kind(intent)) {
        (_, Kind::Command(act)) => act,
        // Whatever is no command gets the figures (B126).
        (
            State::Idle,
            Kind::One
            | Kind::Two
            | Kind::Three
            | Kind::Number
            | Kind::Yes
            | Kind::No
            | Kind::Back
            | Kind::Other,
        ) => Act::Week,
        (_, Kind::Back) => Act::Leave,
        (State::PickLead, Kind::One | Kind::Two | Kind::Three | Kind::Number) => Act::PickLead,
        (State::LeadAction, Kind::One) => Act::AskToClose,
        (State::LeadAction, Kind::Two) => Act::ListPros,
        (State::LeadAction, Kind::Three) => Act::Keep,
        (State::PickPro, Kind::One | Kind::Two | Kind::Three | Kind::Number) => Act::PickPro,
        (State::Confirm, Kind::Yes | Kind::One) => Act::Change,
        (State::Confirm, Kind::No | Kind::Two) => Act::Leave,
        (State::PickApplicant, Kind::One | Kind::Two | Kind::Three | Kind::Number) => Act::PickApplicant,
        (State::Applicant, Kind::One | Kind::Yes) => Act::TakeApplicant,
        (State::Applicant, Kind::Two | Kind::No) => Act::DeclineApplicant,
        (State::PickLead | State::PickPro | State::PickApplicant, Kind::Yes | Kind::No | Kind::Other)
        | (State::LeadAction, Kind::Number | Kind::Yes | Kind::No | Kind::Other)
        | (State::Confirm | State::Applicant, Kind::Three | Kind::Number | Kind::Other) => Act::AskAgain,
    }
}

/// The cell of this state and intent.
#[must_use]
pub const fn cell(state: State, intent: Intent) -> Cell {
    Cell { role: Role::Owner, state: state.key(), intent: intent.key(), act: act(state, intent).key() }
}

/// Every cell.
#[must_use]
pub fn cells() -> Vec<Cell> {
    let of = |state: &State| Intent::ALL.iter().map(|intent| cell(*state, *intent)).collect::<Vec<_>>();
    State::ALL.iter().flat_map(of).collect()
}

/// Every cell can be reached.
pub const UNREACHABLE: &[Unreachable] = &[];
