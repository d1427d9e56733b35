//! An office: an app with the demo's business and another one, a user of each role with a session, a hand-turned clock and
//! a network that never answers.

use crate::described::Description;
use agents::business::Business;
use agents::concern::Concern;
use agents::contact::Contact;
use agents::conversation::{Conversation, Place};
use agents::decision::SlotChange;
use agents::id::{AppointmentId, BusinessId, ContactId, ConversationId, LeadId, ProId};
use agents::lead::{Appointment, AppointmentState, Lead, Slot};
use agents::message::Channel;
use agents::pro::Pro;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use bot::app::{App, contact_id, conversation_id};
use bot::config::Config;
use bot::operators::id_of_token;
use bot::outside::{Clock, Dice, ManualClock, Outside, Transport, TransportError};
use bot::store::Store;
use bot::store::documents::{Commit, Document, Expect, Session, Stored, User};
use bot::store::operators::WhichChanges;
use bot::{business_file, server};
use chrono::{DateTime, Duration, TimeDelta, Utc};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

const BUSINESS: &str = include_str!("../../../bot/demo/fixi.toml");
const ACCOUNT: &str = "7103000001";

pub(crate) struct Office {
    pub(crate) app: Arc<App>,
    pub(crate) clock: ManualClock,
    pub(crate) pros: Vec<Pro>,
    router: Router,
    description: Description,
    document: Value,
    _directory: tempfile::TempDir,
}

/// Sunday at nine, local time.
pub(crate) fn morning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_330_800, 0).unwrap()
}

/// So many hours after that.
pub(crate) fn hour(hours: i64) -> DateTime<Utc> {
    morning() + Duration::hours(hours)
}

pub(crate) fn slot(hours: i64) -> Slot {
    Slot { from: hour(hours), to: hour(hours + 1) }
}

fn place(digits: &str) -> Place {
    Place { channel: Channel::GreenApi, account: ACCOUNT.to_owned(), address: format!("{digits}@c.us") }
}

/// Somebody who writes, with a chat.
pub(crate) struct Customer {
    pub(crate) contact: ContactId,
    pub(crate) chat: ConversationId,
    pub(crate) place: Place,
    pub(crate) phone: String,
    pub(crate) name: String,
}

impl Office {
    pub(crate) async fn open() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(morning());
        let outside = Outside {
            clock: Clock::Manual(clock.clone()),
            transport: Transport::InProcess(Arc::new(|_| Box::pin(async { Err(TransportError::Connect) }))),
            dice: Dice::seeded(1),
        };
        let green = [("GREEN_API_ID", ACCOUNT), ("GREEN_API_TOKEN", "token"), ("FIXI_BUSINESS", "fixi")];
        let find = |name: &str| {
            let known = green.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            known.or_else(|| {
                (name == "FIXI_DATA_DIR").then(|| directory.path().to_string_lossy().into_owned())
            })
        };
        let config = Config::read(&find, None).unwrap();
        let app = server::open(config, outside).await.unwrap();
        let file = business_file::parse(BUSINESS).unwrap();
        let other =
            Business { id: BusinessId::new("other"), name: "Other".to_owned(), ..file.business.clone() };
        let users = [
            ("sam", "system_admin", "fixi"),
            ("olga", "owner", "fixi"),
            ("adi", "admin", "fixi"),
            ("gil", "agent", "fixi"),
            ("eve", "owner", "other"),
        ];
        let mut documents = vec![Document::Business(file.business), Document::Business(other)];
        for (name, role, business) in users {
            let user: User = serde_json::from_value(json!({
                "name": name, "business": business, "role": role, "active": true, "password": "none",
                "epoch": 1, "created_at": morning(),
            }))
            .unwrap();
            let session = Session {
                id: id_of_token(name),
                user: name.to_owned(),
                business: BusinessId::new(business),
                epoch: 1,
                created_at: morning(),
                used_at: morning(),
                ends_at: morning() + TimeDelta::days(7),
            };
            documents.extend([Document::User(user), Document::Session(session)]);
        }
        documents.extend(file.pros.iter().cloned().map(Document::Pro));
        let mut office = Self {
            router: server::router(&app),
            app,
            clock,
            pros: file.pros,
            description: Description::default(),
            document: Value::Null,
            _directory: directory,
        };
        office.put(documents).await;
        let (_, document) = office.send_text("", Method::GET, "/openapi.json", "").await;
        office.document = serde_json::from_str(&document).unwrap();
        office
    }

    pub(crate) fn store(&self) -> &Store {
        &self.app.store
    }

    pub(crate) async fn put(&self, documents: Vec<Document>) {
        let documents = documents.into_iter().map(|document| (Expect::Absent, document)).collect();
        self.store().put_documents(documents, self.app.now()).await.unwrap();
    }

    /// A request of a user, whose token is their name.
    pub(crate) async fn send(
        &self,
        user: &str,
        method: Method,
        path: &str,
        body: Value,
    ) -> (StatusCode, Value) {
        self.send_with(user, method, path, body, &[]).await
    }

    pub(crate) async fn send_with(
        &self,
        user: &str,
        method: Method,
        path: &str,
        body: Value,
        headers: &[(&str, &str)],
    ) -> (StatusCode, Value) {
        let (status, text) = self.raw(user, method, path, body, headers).await;
        let value =
            if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or(json!(text)) };
        (status, value)
    }

    /// A request whose body is no JSON, or none.
    pub(crate) async fn send_text(
        &self,
        user: &str,
        method: Method,
        path: &str,
        body: &str,
    ) -> (StatusCode, String) {
        let response = self.respond(user, method, path, body.to_owned(), &[]).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 1 << 24).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// The beginning of the answer to a request: all of it, but of a stream its first piece.
    pub(crate) async fn begin(
        &self,
        user: &str,
        method: Method,
        path: &str,
        body: Value,
    ) -> (StatusCode, String) {
        if path != "/events" {
            return self.raw(user, method, path, body, &[]).await;
        }
        let response = self.listen(user, None).await;
        let status = response.status();
        let mut stream = response.into_body().into_data_stream();
        let first = futures::StreamExt::next(&mut stream).await.unwrap().unwrap();
        (status, String::from_utf8(first.to_vec()).unwrap())
    }

    /// The stream of live events.
    pub(crate) async fn listen(&self, user: &str, last: Option<&str>) -> Response {
        let headers: Vec<_> = last.map(|id| ("last-event-id", id)).into_iter().collect();
        self.respond(user, Method::GET, "/events", String::new(), &headers).await
    }

    async fn raw(
        &self,
        user: &str,
        method: Method,
        path: &str,
        body: Value,
        headers: &[(&str, &str)],
    ) -> (StatusCode, String) {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let response = self.respond(user, method.clone(), path, body, headers).await;
        let status = response.status();
        let is_json = response
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let bytes = to_bytes(response.into_body(), 1 << 24).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        if is_json {
            let answer: Value = serde_json::from_str(&text).unwrap();
            self.description.check(&self.document, &method, path, status.is_success(), &answer);
        }
        (status, text)
    }

    async fn respond(
        &self,
        user: &str,
        method: Method,
        path: &str,
        body: String,
        headers: &[(&str, &str)],
    ) -> Response {
        // Two changes are never of the same moment.
        self.clock.advance(std::time::Duration::from_millis(1));
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/admin/v1{path}"))
            .header("content-type", "application/json");
        if !user.is_empty() {
            request = request.header("authorization", format!("Bearer {user}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
    }

    /// What the owner gets.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, value) = self.send("olga", Method::GET, path, Value::Null).await;
        assert_eq!(status, StatusCode::OK, "{path}: {value}");
        value
    }

    /// What comes of a change of the owner's that is to succeed.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        let (status, value) = self.send("olga", Method::POST, path, body).await;
        assert!(status.is_success(), "{path}: {status} {value}");
        value
    }

    /// How a change of the owner's is refused: status, problem and message.
    pub(crate) async fn refused(&self, method: Method, path: &str, body: Value) -> (u16, String, String) {
        let (status, value) = self.send("olga", method, path, body).await;
        let word = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
        (status.as_u16(), word("problem"), word("message"))
    }

    /// The audit, newest first: who, what, on what.
    pub(crate) async fn audit(&self) -> Vec<(String, String, String)> {
        let all = WhichChanges::default();
        let mut changes = self.store().changes(&BusinessId::new("fixi"), &all, 100).await.unwrap();
        changes.sort_by_key(|change| std::cmp::Reverse(change.at));
        changes.into_iter().map(|change| (change.by, change.action, change.subject)).collect()
    }

    /// A person with a chat.
    pub(crate) async fn customer(&self, name: &str, digits: &str) -> Customer {
        let (business, place) = (BusinessId::new("fixi"), place(digits));
        let phone = format!("+{digits}");
        let contact = contact_id(&business, Some(&phone), &place);
        let chat = conversation_id(&business, &place);
        let person: Contact = serde_json::from_value(json!({
            "id": contact, "business": business, "phone": phone, "name": name, "language": "he",
            "disclosed_at": morning(), "consented_at": morning(),
        }))
        .unwrap();
        let conversation: Conversation = serde_json::from_value(json!({
            "id": chat, "business": business, "contact": contact, "place": place, "language": "he",
            "last_inbound_at": morning(),
        }))
        .unwrap();
        self.put(vec![Document::Contact(person), Document::Conversation(conversation)]).await;
        Customer { contact, chat, place, phone, name: name.to_owned() }
    }

    /// A visit of the first pro with a customer, booked as chat would have left it.
    pub(crate) async fn booked(
        &self,
        customer: &Customer,
        number: u64,
        slot: Slot,
    ) -> (LeadId, AppointmentId) {
        let pro = &self.pros[0];
        let lead = LeadId::new(format!("{}-{number}", customer.chat));
        let visit = AppointmentId::new(format!("{lead}-1"));
        let change = |status: &str, minutes: i64, reason: &str| json!({"status": status, "at": morning() - Duration::minutes(minutes), "reason": reason});
        let value: Lead = serde_json::from_value(json!({
            "id": lead, "business": "fixi", "number": number, "contact": customer.contact,
            "conversation": customer.chat, "language": "he", "status": "booked",
            "history": [
                change("contacted", 30, "stated"), change("new", 20, "offered"), change("booked", 10, "approved"),
            ],
            "customer_name": customer.name, "customer_phone": customer.phone, "issue_type": "plumbing",
            "issue_summary": "נזילה מתחת לכיור", "item": "leak_repair",
            "address": {"city": "tel_aviv", "street": "הרצל", "street_number": "10", "floor": "3", "apartment": "12"},
            "full_address": "הרצל 10, קומה 3, דירה 12, תל אביב", "emergency": false, "pro": pro.id,
            "appointment_time": slot.from, "slot": slot, "appointment": visit, "offers_made": 1,
        }))
        .unwrap();
        let appointment = Appointment {
            id: visit.clone(),
            business: BusinessId::new("fixi"),
            lead: lead.clone(),
            pro: pro.id.clone(),
            slot,
            state: AppointmentState::Booked,
            city: Some("tel_aviv".to_owned()),
            confirmed_at: None,
        };
        let documents = [Document::Lead(value), Document::Appointment(appointment)];
        let claim = SlotChange::Claim { pro: pro.id.clone(), slot, appointment: visit.clone(), until: None };
        let commit = Commit {
            documents: documents.into_iter().map(|document| (Expect::Absent, document)).collect(),
            slots: vec![claim],
            ..Commit::default()
        };
        self.store().commit(commit, self.app.now()).await.unwrap();
        (lead, visit)
    }

    pub(crate) async fn lead(&self, id: &LeadId) -> Stored<Lead> {
        self.store().lead(id).await.unwrap().unwrap()
    }

    /// What was put on the way to anybody, oldest first.
    pub(crate) async fn told(&self) -> Vec<String> {
        let mut rows = self.store().outbox_of_business(&BusinessId::new("fixi"), 100).await.unwrap();
        rows.reverse();
        rows.into_iter().map(|row| row.message.text).collect()
    }

    /// The pro with this id as the API shows them.
    pub(crate) async fn pro(&self, id: &ProId) -> Value {
        self.get(&format!("/pros/{id}")).await
    }

    /// A lead that waits for a person: nobody is left for the agreed time.
    pub(crate) async fn waiting(&self, number: u64) -> LeadId {
        let customer = self.customer("דנה", &format!("97250000{number:04}")).await;
        let (lead, _) = self.booked(&customer, number, slot(i64::try_from(number).unwrap() % 4 + 3)).await;
        let mut stored = self.lead(&lead).await;
        let value = &mut stored.value;
        value.appointment = None;
        value.pro = None;
        value.needs_human = Some(Concern::NoProLeft);
        value.status = agents::lead::Status::Rejected;
        assert!(value.become_(agents::lead::Status::PendingAdminReview, self.app.now(), "no_pro_left"));
        let write = (Expect::Version(stored.version), Document::Lead(stored.value));
        let release = SlotChange::Release { appointment: AppointmentId::new(format!("{lead}-1")) };
        let commit = Commit { documents: vec![write], slots: vec![release], ..Commit::default() };
        self.store().commit(commit, self.app.now()).await.unwrap();
        lead
    }

    /// The versions of everything of a business.
    pub(crate) async fn fingerprint(&self, business: &str) -> String {
        let (store, id) = (self.store(), BusinessId::new(business));
        let leads = store.list_leads(&id, &Default::default(), None, 100).await.unwrap();
        let chats = store.list_conversations(&id, &Default::default(), None, 100).await.unwrap();
        let people = store.list_contacts(&id, None, None, 100).await.unwrap();
        let versions: Vec<u64> = leads
            .iter()
            .map(|stored| stored.version)
            .chain(chats.iter().map(|stored| stored.version))
            .chain(people.iter().map(|(_, stored)| stored.version))
            .chain(store.pros(&id).await.unwrap().iter().map(|stored| stored.version))
            .chain(
                store.appointments_of_business(&id, 100).await.unwrap().iter().map(|stored| stored.version),
            )
            .chain(store.users(&id).await.unwrap().iter().map(|stored| stored.version))
            .collect();
        let changes = store.changes(&id, &WhichChanges::default(), 100).await.unwrap().len();
        format!("{versions:?} {changes}")
    }

    /// Lets the clock run, and does what is due.
    pub(crate) async fn work(&self, by: Duration) {
        self.clock.set(self.clock.now() + by);
        while bot::jobs::run_one(&self.app, "test").await.unwrap() {}
    }

    /// A message of a customer comes in, and is answered if it is to be.
    pub(crate) async fn hears(&self, customer: &Customer, id: &str, text: &str) {
        let inbound = agents::message::Inbound {
            id: agents::id::InboundId::new(id),
            at: self.app.now(),
            content: agents::message::Content::Text { text: text.to_owned() },
            reply_to: None,
            sender_name: None,
        };
        let row = bot::store::documents::InboundRow {
            business: BusinessId::new("fixi"),
            conversation: customer.chat.clone(),
            place: customer.place.clone(),
            phone: Some(customer.phone.clone()),
            inbound,
            received_at: self.app.now(),
        };
        let kind = bot::store::documents::JobKind::Turn { conversation: customer.chat.clone() };
        let turn = bot::store::documents::NewJob { kind, due: self.app.now(), gather_ms: None };
        self.store().accept(vec![bot::store::documents::Accept { row, turn }]).await.unwrap();
        while bot::jobs::run_one(&self.app, "test").await.unwrap() {}
    }
}
