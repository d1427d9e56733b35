//! Everything that the console may ask of the bot, as values: what a test compares and the runtime performs.

use admin_api::access::Action;
use admin_api::analytics::{Analytics, Period};
use admin_api::audit::{AuditFilter, AuditLine};
use admin_api::client::{Client, Failure};
use admin_api::contact::{ContactFilter, ContactLine, Erase, Erased, Export, Merge};
use admin_api::conversation::{
    ConversationDetail, ConversationFilter, ConversationLine, GiveBack, Line, Say, SendTemplate, TakeOver,
    Template,
};
use admin_api::dashboard::Dashboard;
use admin_api::job::{JobId, Jobs};
use admin_api::lead::{AddNote, Assign, LeadDetail, LeadFilter, LeadLine, SetStatus};
use admin_api::page::{Page, Window};
use admin_api::pro::{DecideApplicant, EditPro, Preview, Previewed, ProDetail, ProLine};
use admin_api::schedule::{
    Block, CancelVisit, MoveVisit, ProSchedule, ScheduleWindow, SetException, Unblock,
};
use admin_api::session::{Me, SignIn, SignedIn};
use admin_api::settings::{EditSettings, Settings};
use admin_api::user::{EditUser, NewUser, User};

/// A question to the bot, or a change. The first `String` is the id of what it is about.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is the route of the same name of admin_api::client")]
pub enum Ask {
    SignIn(SignIn),
    Me,
    SignOut,
    Dashboard,
    Leads(LeadFilter),
    Lead(String),
    Assign(String, Assign),
    SetStatus(String, SetStatus),
    AddNote(String, AddNote),
    Conversations(ConversationFilter),
    Conversation(String),
    Lines(String, Window),
    TakeOver(String, TakeOver),
    GiveBack(String, GiveBack),
    Say(String, Say),
    Templates,
    SendTemplate(String, SendTemplate),
    Pros,
    Pro(String),
    EditPro(String, EditPro),
    Decide(String, DecideApplicant),
    Preview(String, Preview),
    Schedule(ScheduleWindow),
    Block(String, Block),
    Unblock(String, Unblock),
    SetException(String, SetException),
    MoveVisit(String, MoveVisit),
    CancelVisit(String, CancelVisit),
    Contacts(ContactFilter),
    Contact(String),
    Merge(String, Merge),
    Export(String),
    Erase(String, Erase),
    Jobs,
    Retry(JobId),
    Discard(JobId),
    Settings,
    EditSettings(EditSettings),
    Users,
    AddUser(NewUser),
    EditUser(String, EditUser),
    Audit(AuditFilter),
    Analytics(Period),
    AnalyticsCsv(Period),
}

/// What the bot answers to an [`Ask`]. A change that answers nothing of use is `Done`: whoever shows the thing asks again.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is the answer of the Ask of the same name")]
pub enum Answer {
    SignedIn(SignedIn),
    Me(Me),
    Done,
    Dashboard(Box<Dashboard>),
    Leads(Page<LeadLine>),
    Lead(Box<LeadDetail>),
    Conversations(Page<ConversationLine>),
    Conversation(Box<ConversationDetail>),
    Lines(Page<Line>),
    Said(Line),
    Templates(Vec<Template>),
    Pros(Vec<ProLine>),
    Pro(Box<ProDetail>),
    Previewed(Previewed),
    Schedule(Vec<ProSchedule>),
    Contacts(Page<ContactLine>),
    Contact(Box<ContactLine>),
    Export(Box<Export>),
    Erased(Erased),
    Jobs(Jobs),
    Settings(Box<Settings>),
    Users(Vec<User>),
    Audit(Page<AuditLine>),
    Analytics(Box<Analytics>),
    Csv(Vec<u8>),
}

impl Ask {
    /// What its author must be allowed to do.
    #[must_use]
    pub fn action(&self) -> Action {
        match self {
            Self::SignIn(_)
            | Self::Me
            | Self::SignOut
            | Self::Dashboard
            | Self::Leads(_)
            | Self::Lead(_)
            | Self::Conversations(_)
            | Self::Conversation(_)
            | Self::Lines(..)
            | Self::Templates
            | Self::Pros
            | Self::Pro(_)
            | Self::Preview(..)
            | Self::Schedule(_)
            | Self::Settings => Action::Read,
            Self::TakeOver(..) | Self::GiveBack(..) | Self::Say(..) | Self::SendTemplate(..) => Action::Talk,
            Self::Assign(..)
            | Self::SetStatus(..)
            | Self::AddNote(..)
            | Self::MoveVisit(..)
            | Self::CancelVisit(..) => Action::WorkLeads,
            Self::EditPro(..)
            | Self::Decide(..)
            | Self::Block(..)
            | Self::Unblock(..)
            | Self::SetException(..) => Action::EditPros,
            Self::Contacts(_) | Self::Contact(_) | Self::Merge(..) => Action::EditContacts,
            Self::Export(_) | Self::Erase(..) => Action::ErasePeople,
            Self::Jobs | Self::Retry(_) | Self::Discard(_) => Action::RunJobs,
            Self::EditSettings(_) => Action::EditSettings,
            Self::Users | Self::AddUser(_) | Self::EditUser(..) => Action::EditUsers,
            Self::Audit(_) => Action::SeeAudit,
            Self::Analytics(_) | Self::AnalyticsCsv(_) => Action::SeeFigures,
        }
    }

    /// Whether it changes anything of the business, so that `--readonly` refuses it.
    #[must_use]
    pub fn is_change(&self) -> bool {
        match self {
            Self::SignIn(_)
            | Self::Me
            | Self::SignOut
            | Self::Dashboard
            | Self::Leads(_)
            | Self::Lead(_)
            | Self::Conversations(_)
            | Self::Conversation(_)
            | Self::Lines(..)
            | Self::Templates
            | Self::Pros
            | Self::Pro(_)
            | Self::Preview(..)
            | Self::Schedule(_)
            | Self::Contacts(_)
            | Self::Contact(_)
            | Self::Export(_)
            | Self::Jobs
            | Self::Settings
            | Self::Users
            | Self::Audit(_)
            | Self::Analytics(_)
            | Self::AnalyticsCsv(_) => false,
            Self::Assign(..)
            | Self::SetStatus(..)
            | Self::AddNote(..)
            | Self::TakeOver(..)
            | Self::GiveBack(..)
            | Self::Say(..)
            | Self::SendTemplate(..)
            | Self::EditPro(..)
            | Self::Decide(..)
            | Self::Block(..)
            | Self::Unblock(..)
            | Self::SetException(..)
            | Self::MoveVisit(..)
            | Self::CancelVisit(..)
            | Self::Merge(..)
            | Self::Erase(..)
            | Self::Retry(_)
            | Self::Discard(_)
            | Self::EditSettings(_)
            | Self::AddUser(_)
            | Self::EditUser(..) => true,
        }
    }

    /// The same change of a thing that has this version by now. Without effect where no version is sent.
    #[must_use]
    pub fn with_version(mut self, now: u64) -> Self {
        match &mut self {
            Self::Assign(_, Assign { version, .. })
            | Self::SetStatus(_, SetStatus { version, .. })
            | Self::TakeOver(_, TakeOver { version, .. })
            | Self::GiveBack(_, GiveBack { version })
            | Self::EditPro(_, EditPro { version, .. })
            | Self::Decide(_, DecideApplicant { version, .. })
            | Self::Block(_, Block { version, .. })
            | Self::Unblock(_, Unblock { version, .. })
            | Self::SetException(_, SetException { version, .. })
            | Self::MoveVisit(_, MoveVisit { version, .. })
            | Self::CancelVisit(_, CancelVisit { version, .. })
            | Self::Merge(_, Merge { version, .. })
            | Self::EditSettings(EditSettings { version, .. })
            | Self::EditUser(_, EditUser { version, .. }) => *version = now,
            _ => {}
        }
        self
    }

    /// Asks the bot. The key makes a change safe to repeat.
    ///
    /// # Errors
    /// As the client's methods.
    pub async fn perform(self, client: &Client, key: &str) -> Result<Answer, Failure> {
        let done = |_: serde::de::IgnoredAny| Answer::Done;
        Ok(match self {
            Self::SignIn(who) => Answer::SignedIn(client.sign_in(&who, key).await?),
            Self::Me => Answer::Me(client.me().await?),
            Self::SignOut => done(client.sign_out(key).await?),
            Self::Dashboard => Answer::Dashboard(Box::new(client.dashboard().await?)),
            Self::Leads(filter) => Answer::Leads(client.leads(&filter).await?),
            Self::Lead(id) => Answer::Lead(Box::new(client.lead(&id).await?)),
            Self::Assign(id, change) => done(client.assign(&id, &change, key).await?),
            Self::SetStatus(id, change) => done(client.set_status(&id, &change, key).await?),
            Self::AddNote(id, change) => done(client.add_note(&id, &change, key).await?),
            Self::Conversations(filter) => Answer::Conversations(client.conversations(&filter).await?),
            Self::Conversation(id) => Answer::Conversation(Box::new(client.conversation(&id).await?)),
            Self::Lines(id, window) => Answer::Lines(client.lines(&id, &window).await?),
            Self::TakeOver(id, change) => done(client.take_over(&id, &change, key).await?),
            Self::GiveBack(id, change) => done(client.give_back(&id, &change, key).await?),
            Self::Say(id, change) => Answer::Said(client.say(&id, &change, key).await?),
            Self::Templates => Answer::Templates(client.templates().await?),
            Self::SendTemplate(id, change) => done(client.send_template(&id, &change, key).await?),
            Self::Pros => Answer::Pros(client.pros().await?),
            Self::Pro(id) => Answer::Pro(Box::new(client.pro(&id).await?)),
            Self::EditPro(id, change) => Answer::Pro(Box::new(client.edit_pro(&id, &change, key).await?)),
            Self::Decide(id, change) => done(client.decide(&id, &change, key).await?),
            Self::Preview(id, change) => Answer::Previewed(client.preview(&id, &change, key).await?),
            Self::Schedule(window) => Answer::Schedule(client.schedule(&window).await?),
            Self::Block(id, change) => done(client.block(&id, &change, key).await?),
            Self::Unblock(id, change) => done(client.unblock(&id, &change, key).await?),
            Self::SetException(id, change) => done(client.set_exception(&id, &change, key).await?),
            Self::MoveVisit(id, change) => done(client.move_visit(&id, &change, key).await?),
            Self::CancelVisit(id, change) => done(client.cancel_visit(&id, &change, key).await?),
            Self::Contacts(filter) => Answer::Contacts(client.contacts(&filter).await?),
            Self::Contact(id) => Answer::Contact(Box::new(client.contact(&id).await?)),
            Self::Merge(id, change) => done(client.merge(&id, &change, key).await?),
            Self::Export(id) => Answer::Export(Box::new(client.export(&id).await?)),
            Self::Erase(id, change) => Answer::Erased(client.erase(&id, &change, key).await?),
            Self::Jobs => Answer::Jobs(client.jobs().await?),
            Self::Retry(job) => done(client.retry(&job, key).await?),
            Self::Discard(job) => done(client.discard(&job, key).await?),
            Self::Settings => Answer::Settings(Box::new(client.settings().await?)),
            Self::EditSettings(change) => {
                Answer::Settings(Box::new(client.edit_settings(&change, key).await?))
            }
            Self::Users => Answer::Users(client.users().await?),
            Self::AddUser(user) => done(client.add_user(&user, key).await?),
            Self::EditUser(name, change) => done(client.edit_user(&name, &change, key).await?),
            Self::Audit(filter) => Answer::Audit(client.audit(&filter).await?),
            Self::Analytics(period) => Answer::Analytics(Box::new(client.analytics(&period).await?)),
            Self::AnalyticsCsv(period) => Answer::Csv(client.analytics_csv(&period).await?),
        })
    }
}
