//! What the tests of the models stand on: questions, the pretended Gemini as network, and a clock that moves only when
//! something takes time. It never opens a connection.

use agents::business::{Approval, Business, Consent};
use agents::calendar::{BusinessCalendar, ProCalendar, WeekHours};
use agents::id::{BusinessId, ProId};
use agents::language::Language;
use agents::pro::{Price, Pro};
use agents::trade::Trade;
use agents::turn::{Ask, Line};
use agents::{dispatcher, persona};
use bot::models::{ModelName, Models, gemini};
use bot::outside::{Clock, Dice, ManualClock, Outside, Request, Response, Transport, TransportError};
use chrono::{DateTime, TimeZone, Utc};
use emulator::{GeminiAnswer, GeminiScript, Provider, Reply, Settings, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the customer writes; it must not show in any log.
pub(crate) const WORDS: &str = "יש לי נזילה במטבח בתל אביב, הרצל 10";

/// The emulator's key.
pub(crate) const KEY: &str = "emulated-gemini-key";

pub(crate) const FIRST: &str = "gemini-2.5-flash-lite";
pub(crate) const SECOND: &str = "gemini-3.5-flash-lite";
pub(crate) const THIRD: &str = "gemini-3.5-flash";

pub(crate) fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 7, 0, 0).unwrap()
}

/// The pretended Gemini, the clock, and every request that was made.
pub(crate) struct Desk {
    pub(crate) world: Arc<Mutex<World>>,
    pub(crate) clock: ManualClock,
    pub(crate) outside: Outside,
    pub(crate) requests: Arc<Mutex<Vec<Request>>>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let world = Arc::new(Mutex::new(World::new(Settings::default())));
        let clock = ManualClock::new(start());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (there, at, seen) = (Arc::clone(&world), clock.clone(), Arc::clone(&requests));
        let outside = outside(&clock, move |request| {
            seen.lock().unwrap().push(request.clone());
            pretended(&mut there.lock().unwrap(), &at, &request)
        });
        Self { world, clock, outside, requests }
    }

    /// The next request for this model is answered so.
    pub(crate) fn will(&self, model: &str, answer: GeminiAnswer) {
        self.world.lock().unwrap().gemini_will(GeminiScript::next(answer).for_model(model));
    }

    pub(crate) fn asked(&self) -> usize {
        self.requests.lock().unwrap().len()
    }

    pub(crate) fn body(&self, place: usize) -> Value {
        serde_json::from_slice(&self.requests.lock().unwrap()[place].body).unwrap()
    }

    /// How much time was given to each request.
    pub(crate) fn timeouts(&self) -> Vec<u64> {
        self.requests.lock().unwrap().iter().map(|request| request.timeout.as_secs()).collect()
    }

    pub(crate) fn passed(&self) -> Duration {
        (self.clock.now() - start()).to_std().unwrap()
    }
}

/// An outside whose network is this function.
pub(crate) fn outside(
    clock: &ManualClock,
    answer: impl Fn(Request) -> Result<Response, TransportError> + Send + Sync + 'static,
) -> Outside {
    let transport =
        Transport::InProcess(Arc::new(move |request| Box::pin(std::future::ready(answer(request)))));
    Outside { clock: Clock::Manual(clock.clone()), transport, dice: Dice::seeded(1) }
}

/// One exchange with the pretended Gemini; the clock moves by what it took.
fn pretended(world: &mut World, clock: &ManualClock, request: &Request) -> Result<Response, TransportError> {
    let mut call = http::Request::builder().method(request.method.clone()).uri(request.url.as_str());
    call.headers_mut().unwrap().extend(request.headers.clone());
    let call = call.body(request.body.clone()).unwrap();
    let outcome = world.handle(clock.now().timestamp_millis(), Provider::Gemini, call);
    let took = Duration::from_millis(outcome.delay_ms);
    if took >= request.timeout || matches!(outcome.reply, Reply::Hang) {
        clock.advance(request.timeout);
        return Err(TransportError::Timeout);
    }
    clock.advance(took);
    match outcome.reply {
        Reply::Answer(answer) => {
            let (parts, body) = answer.into_parts();
            Ok(Response { status: parts.status, headers: parts.headers, body })
        }
        Reply::Dropped => Err(TransportError::Broken),
        Reply::Hang => Err(TransportError::Timeout),
    }
}

pub(crate) fn settings(key: &str) -> gemini::Settings {
    gemini::Settings { api_key: key.into(), base_url: "https://gemini.test".parse().unwrap() }
}

/// Models with these names and the right key.
pub(crate) fn models(chain: &str) -> Models {
    Models::new(ModelName::parse_chain(chain).unwrap(), Some(settings(KEY)))
}

fn business() -> Business {
    Business {
        id: BusinessId::new("fixi"),
        name: "Fixi".to_owned(),
        timezone: chrono_tz::Asia::Jerusalem,
        locale: Language::He,
        approval: Approval::Pro,
        consent: Consent::Notice,
        hours: WeekHours::default(),
        currency: "ILS".to_owned(),
        emergency_number: "100".to_owned(),
        approval_minutes: 30,
        calendar: BusinessCalendar::default(),
        owners: Vec::new(),
        commission_percent: 10,
        paused_at: None,
        emergency_words: Vec::new(),
        reminder_hours: vec![24, 2],
    }
}

fn pro() -> Pro {
    let names = BTreeMap::from([("he".to_owned(), "תיקון נזילה".to_owned())]);
    Pro {
        id: ProId::new("avi"),
        business: BusinessId::new("fixi"),
        name: "אבי כהן".to_owned(),
        phone: "+972500000101".to_owned(),
        trades: vec![Trade::Plumbing],
        areas: Vec::new(),
        rating: 4.8,
        reviews: 120,
        persona: "קצר, חם".to_owned(),
        slot_minutes: 60,
        hours: WeekHours::default(),
        prices: vec![Price { item: "leak_repair".to_owned(), names, min: 250, max: 450, minutes: 60 }],
        active: true,
        approved: true,
        on_vacation: false,
        language: Language::He,
        max_open_jobs: 5,
        calendar: ProCalendar::default(),
        no_shows: 0,
        calendar_secret: None,
        desk: Default::default(),
        agenda_on: None,
    }
}

fn history() -> Vec<Line> {
    let line = |by_us, text: &str| Line { by_us, text: text.to_owned() };
    vec![line(false, "היי"), line(false, "יש מישהו?"), line(true, "שלום! במה אפשר לעזור?")]
}

pub(crate) fn dispatch_question() -> dispatcher::Question {
    dispatcher::Question {
        business: business(),
        trades: vec![Trade::Plumbing, Trade::Electricity],
        language: Language::He,
        facts: Vec::new(),
        asked: String::new(),
        history: history(),
        words: WORDS.to_owned(),
        now: start(),
    }
}

pub(crate) fn persona_question() -> persona::Question {
    persona::Question {
        attempt: 1,
        refused: None,
        business: business(),
        pro: pro(),
        language: Language::He,
        goal: persona::Goal::Converse,
        slots: Vec::new(),
        item: Some("leak_repair".to_owned()),
        asks_price: true,
        asks_times: false,
        introduces: true,
        address: agents::request::Address::default(),
        customer: None,
        issue: "נזילה במטבח".to_owned(),
        history: history(),
        words: WORDS.to_owned(),
        now: start(),
    }
}

pub(crate) fn dispatch() -> Ask {
    Ask::Dispatch(Box::new(dispatch_question()))
}

pub(crate) fn speak() -> Ask {
    Ask::Persona(Box::new(persona_question()))
}

/// What a good model answers to [`dispatch`].
pub(crate) fn understood() -> Value {
    json!({
        "intent": "service_request", "language": "he", "customer_name": null, "city": "תל אביב", "street": "הרצל",
        "street_number": "10", "floor": null, "apartment": null, "issue_type": "plumbing",
        "issue_summary": "נזילה במטבח", "emergency": false, "appointment_time": null, "transcription": null,
        "media_findings": null, "reply": null,
    })
}

/// What a good model answers to [`speak`].
pub(crate) fn spoken() -> Value {
    json!({
        "appointment_time": null, "chosen_slot": null, "city": "תל אביב", "street": "הרצל", "street_number": "10",
        "floor": null, "apartment": null, "is_deal": false, "hand_off": false,
        "reply": "היי, כאן {pro}. תיקון נזילה: {price:leak_repair}", "quoted_items": ["leak_repair"],
    })
}
