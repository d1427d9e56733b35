//! Every route of the API as a method. A change takes a key of its own: asking again with the same key is safe.

use super::{Client, Failure};
use crate::analytics::{Analytics, Period};
use crate::audit::{AuditFilter, AuditLine};
use crate::contact::{ContactFilter, ContactLine, Erase, Erased, Export, Merge};
use crate::conversation::{
    ConversationDetail, ConversationFilter, ConversationLine, GiveBack, Line, Say, SendTemplate, TakeOver,
    Template,
};
use crate::dashboard::Dashboard;
use crate::job::{JobId, Jobs};
use crate::lead::{AddNote, Assign, LeadDetail, LeadFilter, LeadLine, SetStatus};
use crate::page::{Page, Window};
use crate::pro::{DecideApplicant, EditPro, Preview, Previewed, ProDetail, ProLine};
use crate::schedule::{Block, CancelVisit, MoveVisit, ProSchedule, ScheduleWindow, SetException, Unblock};
use crate::session::{Me, SignIn, SignedIn};
use crate::settings::{EditSettings, Settings};
use crate::user::{EditUser, NewUser, User};
use reqwest::Method;
use serde::de::IgnoredAny;

type Answer<T> = Result<T, Failure>;

/// No query.
const NONE: &() = &();

/// Methods that ask for something.
macro_rules! asks {
    ($($(#[$doc:meta])* $name:ident($($id:ident),* $(; $query:ident: $filter:ty)?) -> $answer:ty = [$($path:expr),*];)*) => {
        impl Client {$(
            $(#[$doc])*
            ///
            /// # Errors
            /// See [`Failure`].
            pub async fn $name(&self $(, $id: &str)* $(, $query: &$filter)?) -> Answer<$answer> {
                self.get(&[$($path),*], asks!(@query $($query)?)).await
            }
        )*}
    };
    (@query $query:ident) => { $query };
    (@query) => { NONE };
}

/// Methods that change something.
macro_rules! changes {
    ($($(#[$doc:meta])* $name:ident($($id:ident),* ; $body:ty) -> $answer:ty = $method:ident [$($path:expr),*];)*) => {
        impl Client {$(
            $(#[$doc])*
            ///
            /// # Errors
            /// See [`Failure`].
            pub async fn $name(&self $(, $id: &str)*, change: &$body, key: &str) -> Answer<$answer> {
                self.change(Method::$method, &[$($path),*], change, key).await
            }
        )*}
    };
}

asks! {
    /// What is going on.
    dashboard() -> Dashboard = ["dashboard"];
    /// A page of leads.
    leads(; filter: LeadFilter) -> Page<LeadLine> = ["leads"];
    /// A lead, whole.
    lead(id) -> LeadDetail = ["leads", id];
    /// A page of chats.
    conversations(; filter: ConversationFilter) -> Page<ConversationLine> = ["conversations"];
    /// A chat.
    conversation(id) -> ConversationDetail = ["conversations", id];
    /// A page of what is said in a chat.
    lines(id; window: Window) -> Page<Line> = ["conversations", id, "lines"];
    /// The approved templates.
    templates() -> Vec<Template> = ["templates"];
    /// All pros.
    pros() -> Vec<ProLine> = ["pros"];
    /// A pro, whole.
    pro(id) -> ProDetail = ["pros", id];
    /// The days of pros.
    schedule(; window: ScheduleWindow) -> Vec<ProSchedule> = ["schedule"];
    /// A page of people.
    contacts(; filter: ContactFilter) -> Page<ContactLine> = ["contacts"];
    /// A person.
    contact(id) -> ContactLine = ["contacts", id];
    /// A person's data.
    export(id) -> Export = ["contacts", id, "export"];
    /// Background work.
    jobs() -> Jobs = ["jobs"];
    /// The settings of the business.
    settings() -> Settings = ["settings"];
    /// The users of the console.
    users() -> Vec<User> = ["users"];
    /// A page of the audit.
    audit(; filter: AuditFilter) -> Page<AuditLine> = ["audit"];
    /// Figures of a period.
    analytics(; period: Period) -> Analytics = ["analytics"];
}

changes! {
    /// Offers a lead to a pro.
    assign(id; Assign) -> IgnoredAny = POST ["leads", id, "assign"];
    /// Sets a lead's status.
    set_status(id; SetStatus) -> IgnoredAny = POST ["leads", id, "status"];
    /// Adds a note to a lead.
    add_note(id; AddNote) -> IgnoredAny = POST ["leads", id, "notes"];
    /// Takes a chat over.
    take_over(id; TakeOver) -> IgnoredAny = POST ["conversations", id, "take-over"];
    /// Gives a chat back to the bot.
    give_back(id; GiveBack) -> IgnoredAny = POST ["conversations", id, "give-back"];
    /// Says something in a chat.
    say(id; Say) -> Line = POST ["conversations", id, "answer"];
    /// Sends a template into a chat.
    send_template(id; SendTemplate) -> IgnoredAny = POST ["conversations", id, "template"];
    /// Changes a pro.
    edit_pro(id; EditPro) -> ProDetail = PATCH ["pros", id];
    /// Takes or declines an applicant.
    decide(id; DecideApplicant) -> IgnoredAny = POST ["pros", id, "decide"];
    /// How a pro would answer. Nothing is sent or kept.
    preview(id; Preview) -> Previewed = POST ["pros", id, "preview"];
    /// Blocks a time of a pro.
    block(id; Block) -> IgnoredAny = POST ["pros", id, "block"];
    /// Frees a blocked time of a pro.
    unblock(id; Unblock) -> IgnoredAny = POST ["pros", id, "unblock"];
    /// Sets other hours on a day of a pro.
    set_exception(id; SetException) -> IgnoredAny = POST ["pros", id, "exception"];
    /// Moves a visit.
    move_visit(id; MoveVisit) -> IgnoredAny = POST ["appointments", id, "move"];
    /// Cancels a visit.
    cancel_visit(id; CancelVisit) -> IgnoredAny = POST ["appointments", id, "cancel"];
    /// Merges a person into this one.
    merge(id; Merge) -> IgnoredAny = POST ["contacts", id, "merge"];
    /// Removes a person for good.
    erase(id; Erase) -> Erased = POST ["contacts", id, "erase"];
    /// Lets a job that gave up run again.
    retry(; JobId) -> IgnoredAny = POST ["jobs", "retry"];
    /// Discards a job that gave up.
    discard(; JobId) -> IgnoredAny = POST ["jobs", "discard"];
    /// Changes the settings of the business.
    edit_settings(; EditSettings) -> Settings = PATCH ["settings"];
    /// Makes a user.
    add_user(; NewUser) -> IgnoredAny = POST ["users"];
    /// Changes a user.
    edit_user(name; EditUser) -> IgnoredAny = PATCH ["users", name];
}

impl Client {
    /// Signs in.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn sign_in(&self, who: &SignIn, key: &str) -> Answer<SignedIn> {
        let signed_in: SignedIn = self.change(Method::POST, &["session"], who, key).await?;
        recent_enough(&signed_in.me)?;
        Ok(signed_in)
    }

    /// Who one is.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::OldServer`] when the server is of an older version than this program.
    pub async fn me(&self) -> Answer<Me> {
        let me: Me = self.get(&["session"], NONE).await?;
        recent_enough(&me)?;
        Ok(me)
    }

    /// Ends the session.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn sign_out(&self, key: &str) -> Answer<IgnoredAny> {
        self.change(Method::DELETE, &["session"], NONE, key).await
    }

    /// The days of a period as CSV.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn analytics_csv(&self, period: &Period) -> Answer<Vec<u8>> {
        self.get_bytes(&["analytics.csv"], period).await
    }
}

/// A server of an earlier major or minor version lacks what this program asks for. A version that cannot be read is let
/// pass: what it cannot do shows then.
fn recent_enough(me: &Me) -> Answer<()> {
    let numbers = |version: &str| {
        let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
        Some((parts.next()??, parts.next()??))
    };
    match (numbers(&me.server), numbers(env!("CARGO_PKG_VERSION"))) {
        (Some(server), Some(own)) if server < own => Err(Failure::OldServer { server: me.server.clone() }),
        _ => Ok(()),
    }
}
