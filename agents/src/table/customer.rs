//! The customer's table. [`act`] says what a typed intent does in a state; where it says that words are to be read,
//! [`act_on_meaning`] says what their meaning does. Both are exhaustive; what an act does is in the dispatcher.

mod read;
mod typed;

pub use read::act_on_meaning;
pub use typed::act;

use super::{Cell, Role, Unreachable, keyed};

keyed! {
    /// Where a customer's chat stands. Derived from what is stored by one function, `dispatcher::state_of`.
    State {
        /// The business asks for consent and has not asked this person yet, or the question is gone.
        ConsentDue "consent_due",
        /// Consent is asked.
        ConsentAsked "consent_asked",
        /// A person has taken over: the bot is silent.
        Paused "paused",
        /// Nothing is under way.
        Idle "idle",
        /// What is broken?
        IssueAsked "issue_asked",
        /// City, name or time?
        FactAsked "fact_asked",
        /// Street and number, or floor and apartment?
        AddressAsked "address_asked",
        /// Is it at the address of last time?
        SameAddressAsked "same_address_asked",
        /// The same pro as last time?
        SameProAsked "same_pro_asked",
        /// Is it an emergency?
        EmergencyAsked "emergency_asked",
        /// Which of these times?
        ChoosingSlot "choosing_slot",
        /// A request is under way and nothing is asked.
        Open "open",
        /// The pro is asked.
        ApprovalWait "approval_wait",
        /// The pro is silent: another one?
        AnotherProOffered "another_pro_offered",
        /// A visit is agreed.
        Booked "booked",
        /// Which other time?
        Rescheduling "rescheduling",
        /// Really cancel?
        CancelAsked "cancel_asked",
        /// About the agreed visit, or something new?
        NewOrExistingAsked "new_or_existing_asked",
        /// A person of the business looks for a pro.
        InReview "in_review",
        /// Nobody came to the chat in time: shall we call?
        CallOffered "call_offered",
        /// The visit should be over: was the work done?
        VisitDoneAsked "visit_done_asked",
        /// Another visit of the job is held: does it suit?
        VisitOffered "visit_offered",
        /// An earlier time is free and held: is it taken?
        EarlierOffered "earlier_offered",
        /// The work is done: how many stars?
        RatingAsked "rating_asked",
        /// A few words about the work?
        ReviewAsked "review_asked",
    }
}

keyed! {
    /// What was typed, tapped or sent, before anything is read.
    Intent {
        /// No more messages.
        Stop "stop",
        /// Messages again.
        Start "start",
        /// A person, please.
        Human "human",
        /// How does it stand?
        Status "status",
        /// Take it back.
        Cancel "cancel",
        /// Another time.
        Reschedule "reschedule",
        /// Begin again.
        Reset "reset",
        /// What can I do here?
        Help "help",
        /// Tell me when an earlier time is free.
        TellIfFree "tell_if_free",
        /// Yes, as the whole message.
        Yes "yes",
        /// No, as the whole message.
        No "no",
        /// The first choice.
        One "one",
        /// The second choice.
        Two "two",
        /// Another number.
        Number "number",
        /// A tap on a time that was offered.
        SlotTap "slot_tap",
        /// A tap on the button of a reminder, or of another message that nobody asked for.
        VisitTap "visit_tap",
        /// Words.
        Words "words",
        /// A picture, film or file without words.
        Picture "picture",
        /// A voice note that could not be heard.
        Voice "voice",
        /// A point on the map.
        Place "place",
        /// Signs that mean neither yes nor no.
        Emoji "emoji",
        /// Anything else that cannot be read.
        Unreadable "unreadable",
    }
}

keyed! {
    /// What words mean, by rules and model.
    Meaning {
        /// A problem is stated.
        Request "words:request",
        /// Something else is told: an answer, a correction, a wish.
        Fact "words:fact",
        /// Yes.
        Yes "words:yes",
        /// No.
        No "words:no",
        /// Not now.
        Later "words:later",
        /// Another time for what is agreed.
        Change "words:change",
        /// Take it back.
        Cancellation "words:cancellation",
        /// How does it stand?
        Status "words:status",
        /// A person is wanted.
        Human "words:human",
        /// A question about price, area, times or us.
        Question "words:question",
        /// Something went wrong.
        Complaint "words:complaint",
        /// Greetings and thanks.
        SmallTalk "words:small_talk",
        /// Nothing for a service business.
        OffTopic "words:off_topic",
    }
}

keyed! {
    /// What is done. Each has one function in the dispatcher.
    Act {
        /// Opt out.
        OptOut "opt_out",
        /// Opt in.
        OptIn "opt_in",
        /// A person takes over; the bot pauses.
        HandToPerson "hand_to_person",
        /// Say nothing, keep the pause.
        StaySilent "stay_silent",
        /// Ask for consent.
        AskConsent "ask_consent",
        /// Consent is given: go on with what was written before.
        Agree "agree",
        /// Consent is refused.
        Refuse "refuse",
        /// Read the words and look into the second table.
        Read "read",
        /// Keep the facts and take the request as far as they allow.
        GoOn "go_on",
        /// Ask whether it is about the agreed visit or something new.
        AskNewOrExisting "ask_new_or_existing",
        /// Begin a new request with those words.
        StartNew "start_new",
        /// The words belong to the agreed visit: the pro gets them.
        AddToExisting "add_to_existing",
        /// Tell how it stands.
        TellStatus "tell_status",
        /// Ask whether to cancel.
        AskToCancel "ask_to_cancel",
        /// Drop a request that nothing is agreed on.
        DropRequest "drop_request",
        /// Cancel it.
        CancelIt "cancel_it",
        /// Do not cancel.
        KeepIt "keep_it",
        /// Ask once more whether to cancel; then hear the words as usual.
        RepeatCancel "repeat_cancel",
        /// Offer other times for the agreed visit.
        OfferTimes "offer_times",
        /// Take the time with that number.
        TakeNumber "take_number",
        /// Take the time that was tapped.
        TakeTapped "take_tapped",
        /// Take the only time that was offered, or ask which.
        TakeOnly "take_only",
        /// Take the offered time that the words name, else offer what fits them.
        TakeWish "take_wish",
        /// Ask for one of the numbers.
        AskForNumber "ask_for_number",
        /// The agreed time stays.
        KeepTime "keep_time",
        /// Begin again.
        StartOver "start_over",
        /// What may be written here.
        TellHelp "tell_help",
        /// What the business does, or what we are.
        AnswerQuestion "answer_question",
        /// Back to the subject.
        SteerBack "steer_back",
        /// Thanks for thanks.
        Welcome "welcome",
        /// A complaint: a person looks.
        HearComplaint "hear_complaint",
        /// Leave the request until the customer comes back.
        LeaveIt "leave_it",
        /// Name the agreed visit as confirmed; without one say so.
        ConfirmVisit "confirm_visit",
        /// The pro has not answered yet.
        StillWaiting "still_waiting",
        /// A person is still looking.
        StillChecking "still_checking",
        /// It is where it was last time.
        TakeSameAddress "take_same_address",
        /// It is somewhere else; the words may say where.
        AnotherAddress "another_address",
        /// The pro of last time.
        TakeSamePro "take_same_pro",
        /// Any pro.
        TakeAnyPro "take_any_pro",
        /// It is an emergency.
        MarkEmergency "mark_emergency",
        /// It is none.
        NoEmergency "no_emergency",
        /// Offer the request to the next pro.
        TakeAnotherPro "take_another_pro",
        /// The pro stays.
        KeepWaiting "keep_waiting",
        /// Mark for a call.
        AcceptCall "accept_call",
        /// No call: the bot goes on.
        DeclineCall "decline_call",
        /// Do what the button says, to the visit or the offer that it names.
        AnswerTap "answer_tap",
        /// The work was done.
        WorkDone "work_done",
        /// It was not: a person looks.
        WorkNotDone "work_not_done",
        /// Tell the customer when an earlier time is free.
        WaitForEarlier "wait_for_earlier",
        /// The other visit is booked.
        TakeVisit "take_visit",
        /// The other visit does not suit.
        RefuseVisit "refuse_visit",
        /// Move the visit to the earlier time that is held.
        TakeEarlier "take_earlier",
        /// Let the earlier time go.
        LeaveEarlier "leave_earlier",
        /// Ask the open question again.
        AskAgain "ask_again",
        /// Keep stars.
        Rate "rate",
        /// Keep words about the work.
        KeepReview "keep_review",
        /// No words about the work.
        SkipReview "skip_review",
        /// Keep the file with the request.
        KeepFile "keep_file",
        /// Keep the file and ask the open question again.
        KeepFileAskAgain "keep_file_ask_again",
        /// What does the picture show?
        AskAboutPicture "ask_about_picture",
        /// A recording that cannot be heard.
        AskForVoiceWords "ask_for_voice_words",
        /// Thanks for the place; what is broken, and in which town?
        ThankForPlace "thank_for_place",
        /// Ask for words.
        AskForWords "ask_for_words",
    }
}

/// Every cell: what is typed in every state, and what words mean where they are read.
pub(super) fn cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    for state in State::ALL {
        let cell =
            |intent, act: Act| Cell { role: Role::Customer, state: state.key(), intent, act: act.key() };
        cells.extend(Intent::ALL.iter().map(|intent| cell(intent.key(), act(*state, *intent))));
        if act(*state, Intent::Words) == Act::Read {
            let meanings = Meaning::ALL.iter();
            cells.extend(meanings.map(|meaning| cell(meaning.key(), act_on_meaning(*state, *meaning))));
        }
    }
    cells
}

/// What no message can reach.
pub(super) const UNREACHABLE: &[Unreachable] = &[
    Unreachable {
        role: Role::Customer,
        state: Some("consent_due"),
        intents: &["slot_tap", "visit_tap"],
        reason: "nothing is offered or reminded of before consent, so there is nothing to tap",
    },
    Unreachable {
        role: Role::Customer,
        state: Some("consent_asked"),
        intents: &["slot_tap", "visit_tap"],
        reason: "nothing is offered or reminded of before consent, so there is nothing to tap",
    },
];
