//! The pro's table: what a word, a number, a tap or anything else does at the desk, by what was asked last. [`act`] is
//! exhaustive; what an act does is in `pro_desk`.

use super::{Cell, Role, Unreachable, keyed};

keyed! {
    /// Where a pro's chat stands. Derived from what is stored by one function, `pro_desk::state_of`.
    State {
        /// Nothing is asked.
        Idle "desk",
        /// Which of these leads?
        WhichLead "which_lead",
        /// What was paid?
        Price "price",
        /// Why is the job taken back?
        CancelReason "cancel_reason",
        /// To which time is the visit moved?
        MoveTo "move_to",
        /// Do you need somebody yourself?
        AsCustomer "as_customer",
        /// Are these your hours?
        Hours "hours",
        /// The pro is served as a customer.
        CustomerMode "customer_mode",
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
        /// Go on without it.
        Skip "skip",
        /// אשר, with or without a number.
        Approve "approve",
        /// דחה.
        Reject "reject",
        /// סיימתי.
        Done "done",
        /// השהה.
        Pause "pause",
        /// המשך.
        Resume "resume",
        /// חופשה.
        Vacation "vacation",
        /// זמין.
        Available "available",
        /// תפריט.
        Menu "menu",
        /// לקוח.
        CustomerMode "customer",
        /// הצעות.
        Offers "offers",
        /// היום.
        Today "today",
        /// עבודות.
        Jobs "jobs",
        /// ביטול.
        CancelJob "cancel_job",
        /// הזז.
        MoveJob "move_job",
        /// הלקוח לא היה.
        NoShow "no_show",
        /// ביקור נוסף, with a time after it.
        AnotherVisit "another_visit",
        /// היסטוריה.
        History "history",
        /// סטטיסטיקה.
        Stats "stats",
        /// ביקורות.
        Reviews "reviews",
        /// מצא.
        Find "find",
        /// שעות.
        Hours "hours",
        /// חסום, with a time after it.
        Block "block",
        /// בטל חסימה.
        Unblock "unblock",
        /// Opt out.
        Stop "stop",
        /// Opt in.
        Start "start",
        /// Hours of the week: `ראשון 8-16`.
        HoursText "hours_text",
        /// Words with figures in them.
        Figures "figures",
        /// Words that state a need: `אני צריך אינסטלטור`.
        NeedPro "need_pro",
        /// Other words.
        Text "text",
        /// A picture, a sound, a place, signs.
        Wordless "wordless",
        /// A tap on the button of an offer.
        OfferTap "offer_tap",
        /// A tap on the button of the question whether a visit is done.
        VisitTap "visit_tap",
    }
}

keyed! {
    /// What is done.
    Act {
        /// Take the offer.
        Approve "approve",
        /// Decline the offer.
        Reject "reject",
        /// Take or decline as the button says.
        AnswerTap "answer_tap",
        /// The visit is done, or not yet, or nobody was there, as the button says.
        AnswerVisitTap "answer_visit_tap",
        /// Take the only open offer.
        ApproveOnly "approve_only",
        /// Decline the only open offer.
        RejectOnly "reject_only",
        /// Finish a job.
        Done "done",
        /// Silence the bot in a chat.
        Pause "pause",
        /// Let it speak again.
        Resume "resume",
        /// No new jobs.
        Vacation "vacation",
        /// New jobs again.
        Available "available",
        /// Show the menu.
        Menu "menu",
        /// Be served as a customer.
        EnterCustomerMode "enter_customer_mode",
        /// Be a pro again.
        LeaveCustomerMode "leave_customer_mode",
        /// The dispatcher answers.
        Serve "serve",
        /// Stay a pro.
        StayPro "stay_pro",
        /// Ask whether they need somebody.
        AskIntent "ask_intent",
        /// Ask so once more.
        AskIntentAgain "ask_intent_again",
        /// List the open offers.
        Offers "offers",
        /// Show the day.
        Today "today",
        /// List the open jobs.
        Jobs "jobs",
        /// Take a booked job back: which, then why.
        CancelJob "cancel_job",
        /// Take it back for this reason.
        CancelWithReason "cancel_with_reason",
        /// Take it back without one.
        CancelWithoutReason "cancel_without_reason",
        /// Ask for the reason again.
        AskReasonAgain "ask_reason_again",
        /// Move a booked visit: which, then when.
        MoveJob "move_job",
        /// Move it to the time of this number.
        PickTime "pick_time",
        /// Show the times again.
        AskTimeAgain "ask_time_again",
        /// The customer was not there.
        NoShow "no_show",
        /// Another visit for a job: which, then the customer is asked.
        AnotherVisit "another_visit",
        /// Do it to the lead of this number.
        PickLead "pick_lead",
        /// List the leads again.
        AskWhichAgain "ask_which_again",
        /// Leave the question; nothing changes.
        LeaveQuestion "leave_question",
        /// Keep what was paid, if it can be read.
        SavePrice "save_price",
        /// Show ended jobs.
        History "history",
        /// Show figures.
        Stats "stats",
        /// Show reviews.
        Reviews "reviews",
        /// Look for a stuck lead.
        Find "find",
        /// Show the hours of the week.
        ShowHours "show_hours",
        /// Show how the week would be.
        ProposeHours "propose_hours",
        /// Keep the hours.
        SaveHours "save_hours",
        /// Show the proposed week again.
        AskHoursAgain "ask_hours_again",
        /// Block a time.
        Block "block",
        /// Take blocked times back.
        Unblock "unblock",
        /// Opt out.
        Stop "stop",
        /// Opt in.
        Start "start",
    }
}

/// What an intent is to a question: a command by itself, or something that may answer it.
enum Kind {
    Command(Act),
    One,
    Two,
    Three,
    Number,
    Yes,
    No,
    Skip,
    HoursText,
    NeedPro,
    Figures,
    Text,
    Wordless,
}

const fn kind(intent: Intent) -> Kind {
    match intent {
        Intent::One => Kind::One,
        Intent::Two => Kind::Two,
        Intent::Three => Kind::Three,
        Intent::Number => Kind::Number,
        Intent::Yes => Kind::Yes,
        Intent::No => Kind::No,
        Intent::Skip => Kind::Skip,
        Intent::HoursText => Kind::HoursText,
        Intent::NeedPro => Kind::NeedPro,
        Intent::Figures => Kind::Figures,
        Intent::Text => Kind::Text,
        Intent::Wordless => Kind::Wordless,
        Intent::Approve => Kind::Command(Act::Approve),
        Intent::Reject => Kind::Command(Act::Reject),
        Intent::Done => Kind::Command(Act::Done),
        Intent::Pause => Kind::Command(Act::Pause),
        Intent::Resume => Kind::Command(Act::Resume),
        Intent::Vacation => Kind::Command(Act::Vacation),
        Intent::Available => Kind::Command(Act::Available),
        Intent::Menu => Kind::Command(Act::Menu),
        Intent::CustomerMode => Kind::Command(Act::EnterCustomerMode),
        Intent::Offers => Kind::Command(Act::Offers),
        Intent::Today => Kind::Command(Act::Today),
        Intent::Jobs => Kind::Command(Act::Jobs),
        Intent::CancelJob => Kind::Command(Act::CancelJob),
        Intent::MoveJob => Kind::Command(Act::MoveJob),
        Intent::NoShow => Kind::Command(Act::NoShow),
        Intent::AnotherVisit => Kind::Command(Act::AnotherVisit),
        Intent::History => Kind::Command(Act::History),
        Intent::Stats => Kind::Command(Act::Stats),
        Intent::Reviews => Kind::Command(Act::Reviews),
        Intent::Find => Kind::Command(Act::Find),
        Intent::Hours => Kind::Command(Act::ShowHours),
        Intent::Block => Kind::Command(Act::Block),
        Intent::Unblock => Kind::Command(Act::Unblock),
        Intent::Stop => Kind::Command(Act::Stop),
        Intent::Start => Kind::Command(Act::Start),
        Intent::OfferTap => Kind::Command(Act::AnswerTap),
        Intent::VisitTap => Kind::Command(Act::AnswerVisitTap),
    }
}

/// What is done when this comes in this state.
#[must_use]
pub const fn act(state: State, intent: Intent) -> Act {
    match state {
        State::Idle => at_the_desk(kind(intent)),
        State::WhichLead => match kind(intent) {
            Kind::Command(act) => act,
            Kind::One | Kind::Two | Kind::Three | Kind::Number => Act::PickLead,
            Kind::No => Act::LeaveQuestion,
            Kind::HoursText => Act::ProposeHours,
            Kind::NeedPro => Act::AskIntent,
            Kind::Yes | Kind::Skip | Kind::Figures | Kind::Text | Kind::Wordless => Act::AskWhichAgain,
        },
        // A price of one digit is a command: nobody works for that little.
        State::Price => match kind(intent) {
            Kind::Number | Kind::Figures => Act::SavePrice,
            Kind::Skip => Act::LeaveQuestion,
            other => at_the_desk(other),
        },
        State::CancelReason => match kind(intent) {
            Kind::Command(act) => act,
            Kind::No => Act::LeaveQuestion,
            Kind::Skip => Act::CancelWithoutReason,
            Kind::Text | Kind::Figures | Kind::NeedPro | Kind::HoursText => Act::CancelWithReason,
            Kind::One | Kind::Two | Kind::Three | Kind::Number | Kind::Yes | Kind::Wordless => {
                Act::AskReasonAgain
            }
        },
        State::MoveTo => match kind(intent) {
            Kind::Command(act) => act,
            Kind::One | Kind::Two | Kind::Three | Kind::Number => Act::PickTime,
            Kind::No => Act::LeaveQuestion,
            Kind::HoursText => Act::ProposeHours,
            Kind::Yes | Kind::Skip | Kind::Figures | Kind::Text | Kind::Wordless | Kind::NeedPro => {
                Act::AskTimeAgain
            }
        },
        State::AsCustomer => match kind(intent) {
            Kind::Command(act) => act,
            Kind::One | Kind::Yes => Act::EnterCustomerMode,
            Kind::Two | Kind::No => Act::StayPro,
            Kind::Three
            | Kind::Number
            | Kind::Skip
            | Kind::HoursText
            | Kind::Figures
            | Kind::NeedPro
            | Kind::Text
            | Kind::Wordless => Act::AskIntentAgain,
        },
        State::Hours => match kind(intent) {
            Kind::Command(act) => act,
            Kind::Yes | Kind::One => Act::SaveHours,
            Kind::No | Kind::Two => Act::LeaveQuestion,
            Kind::HoursText => Act::ProposeHours,
            Kind::NeedPro => Act::AskIntent,
            Kind::Three | Kind::Number | Kind::Skip | Kind::Figures | Kind::Text | Kind::Wordless => {
                Act::AskHoursAgain
            }
        },
        State::CustomerMode => as_customer(intent),
    }
}

const fn at_the_desk(kind: Kind) -> Act {
    match kind {
        Kind::Command(act) => act,
        Kind::One => Act::Approve,
        Kind::Two => Act::Reject,
        Kind::Three => Act::Done,
        Kind::Yes => Act::ApproveOnly,
        Kind::No => Act::RejectOnly,
        Kind::HoursText => Act::ProposeHours,
        Kind::NeedPro => Act::AskIntent,
        Kind::Number | Kind::Skip | Kind::Figures | Kind::Text | Kind::Wordless => Act::Menu,
    }
}

/// In customer mode only the words for offers and the way back belong to the desk; digits are the customer's.
const fn as_customer(intent: Intent) -> Act {
    match intent {
        Intent::Approve => Act::Approve,
        Intent::Reject => Act::Reject,
        Intent::OfferTap => Act::AnswerTap,
        Intent::VisitTap => Act::AnswerVisitTap,
        Intent::Done => Act::LeaveCustomerMode,
        Intent::One
        | Intent::Two
        | Intent::Three
        | Intent::Number
        | Intent::Yes
        | Intent::No
        | Intent::Skip
        | Intent::Pause
        | Intent::Resume
        | Intent::Vacation
        | Intent::Available
        | Intent::Menu
        | Intent::CustomerMode
        | Intent::Offers
        | Intent::Today
        | Intent::Jobs
        | Intent::CancelJob
        | Intent::MoveJob
        | Intent::NoShow
        | Intent::AnotherVisit
        | Intent::History
        | Intent::Stats
        | Intent::Reviews
        | Intent::Find
        | Intent::Hours
        | Intent::Block
        | Intent::Unblock
        | Intent::Stop
        | Intent::Start
        | Intent::HoursText
        | Intent::Figures
        | Intent::NeedPro
        | Intent::Text
        | Intent::Wordless => Act::Serve,
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

/// Every cell can be reached.
pub const UNREACHABLE: &[Unreachable] = &[];
