//! MongoDB goes away and comes back: this server says soon that it is not ready, providers are told to come again, and
//! everything recovers by itself. Between the program and the server is a wire that can be cut or frozen.

use crate::fixtures::{at, business, dana, turn};
use crate::mongodb_server;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use bot::app::App;
use bot::config::Config;
use bot::jobs::{Pace, work_at_pace};
use bot::outside::{Clock, Dice, Outside, Transport, TransportError};
use bot::server;
use bot::store::Store;
use bot::store::documents::{Document, Expect};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wire {
    Whole,
    Cut,
    Frozen,
}

/// Passes bytes on while the wire is whole.
async fn wire(to: String, state: watch::Receiver<Wire>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(pass(client, to.clone(), state.clone()));
        }
    });
    address
}

async fn pass(mut client: TcpStream, to: String, mut state: watch::Receiver<Wire>) {
    if *state.borrow() == Wire::Cut {
        return;
    }
    let Ok(mut server) = TcpStream::connect(to).await else { return };
    loop {
        let is_frozen = *state.borrow_and_update() == Wire::Frozen;
        tokio::select! {
            _ = tokio::io::copy_bidirectional(&mut client, &mut server), if !is_frozen => return,
            _ = state.changed() => {
                if *state.borrow() == Wire::Cut {
                    return;
                }
            }
        }
    }
}

struct Door {
    app: Arc<App>,
    router: Router,
}

impl Door {
    async fn open(uri: &str) -> Self {
        let settings = [
            ("MONGO_URI", uri),
            ("GREEN_API_ID", "7103000001"),
            ("GREEN_API_TOKEN", "token"),
            ("GREEN_API_WEBHOOK_TOKEN", "webhook-token"),
            ("GREEN_API_BASE_URL", "http://127.0.0.1:9"),
        ];
        let find = |name: &str| {
            settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let config = Config::read(&find, None).unwrap();
        let nobody = Transport::InProcess(Arc::new(|_| Box::pin(async { Err(TransportError::Connect) })));
        let outside = Outside { clock: Clock::of_system(), transport: nobody, dice: Dice::seeded(1) };
        let app = server::open(config, outside).await.unwrap();
        let file = bot::business_file::parse(include_str!("../../demo/fixi.toml")).unwrap();
        assert_eq!(file.business.id, business());
        let documents = vec![(Expect::Absent, Document::Business(file.business))];
        app.store.put_documents(documents, at(0)).await.unwrap();
        Self { router: server::router(&app), app }
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, String, Duration) {
        let asked = Instant::now();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned(), asked.elapsed())
    }

    async fn ready(&self) -> (StatusCode, String, Duration) {
        self.ask(Request::get("/readyz").body(Body::empty()).unwrap()).await
    }

    async fn webhook(&self, id: usize) -> (StatusCode, String, Duration) {
        let body = format!(
            r#"{{"typeWebhook":"incomingMessageReceived","instanceData":{{"idInstance":7103000001,"wid":"97250000999@c.us","typeInstance":"whatsapp"}},
            "timestamp":1795330800,"idMessage":"m{id}","senderData":{{"chatId":"972500000101@c.us","sender":"972500000101@c.us","senderName":"x"}},
            "messageData":{{"typeMessage":"textMessage","textMessageData":{{"textMessage":"status"}}}}}}"#
        );
        let request = Request::post("/webhook/green-api").header("authorization", "Bearer webhook-token");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }
}

/// A worker that dies says nothing: what it had is another's when its lease is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_dead_workers_chat_goes_on_elsewhere_within_ten_seconds() {
    let database = mongodb_server::database("dead_worker").await;
    let door = Door::open(&database.uri).await;
    let (store, now) = (&door.app.store, door.app.now());
    store.ask(vec![turn(&dana(), now)], now).await.unwrap();
    let lease = chrono::Duration::from_std(Pace::REAL.lease).unwrap();
    let died = Instant::now();
    store.claim(door.app.now(), "dead", lease).await.unwrap().expect("a turn is due");
    let stop = CancellationToken::new();
    let working = tokio::spawn(work_at_pace(door.app.clone(), "worker".to_owned(), stop.clone(), Pace::REAL));
    let taken_up = async {
        while store.jobs(100).await.unwrap().rows.iter().any(|job| job.id == "turn/c-dana") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), taken_up).await.expect("it is taken up");
    assert!(died.elapsed() >= Pace::REAL.lease, "not before its lease was over");
    assert!(died.elapsed() < Duration::from_secs(10), "{:?}", died.elapsed());
    stop.cancel();
    working.await.unwrap();
    database.forget().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_outage_shows_soon_and_ends_by_itself() {
    let database = mongodb_server::database("outage").await;
    let hosts = database.uri.strip_prefix("mongodb://").unwrap();
    let (host, rest) = hosts.split_once('/').unwrap();
    let name = rest.split('?').next().unwrap();
    let (state, told) = watch::channel(Wire::Whole);
    let through = wire(host.to_owned(), told).await;
    let door = Door::open(&format!("mongodb://{through}/{name}?directConnection=true")).await;
    let stop = CancellationToken::new();
    let working = tokio::spawn(work_at_pace(door.app.clone(), "worker".to_owned(), stop.clone(), Pace::REAL));
    let (status, body, _) = door.ready().await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(door.webhook(0).await.0, StatusCode::OK);

    for (round, broken) in [Wire::Cut, Wire::Frozen].into_iter().enumerate() {
        state.send(broken).unwrap();
        for _ in 0..2 {
            let (status, body, took) = door.ready().await;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{broken:?}: {body}");
            assert!(body.contains("store: "), "{body}");
            assert!(took < Duration::from_secs(2), "{broken:?}: {took:?}");
        }
        let (status, _, took) = door.webhook(10 + round).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{broken:?}");
        assert!(took < Duration::from_secs(5), "{broken:?}: {took:?}");

        state.send(Wire::Whole).unwrap();
        let back = tokio::time::timeout(Duration::from_secs(30), async {
            while door.ready().await.0 != StatusCode::OK {}
            while door.webhook(10 + round).await.0 != StatusCode::OK {}
        });
        back.await.unwrap_or_else(|_| panic!("{broken:?}: it does not come back"));
    }
    // The workers are back, too: what came before and after is answered, in one lane.
    let inside = Store::open_mongo(&database.uri).await.unwrap();
    let answered = tokio::time::timeout(Duration::from_secs(30), async {
        loop {
            let jobs = inside.jobs(100).await.unwrap();
            if jobs.leased == 0 && !jobs.rows.iter().any(|job| job.id.starts_with("turn/")) {
                break;
            }
        }
    });
    answered.await.expect("the turns are made");
    stop.cancel();
    working.await.unwrap();
    database.forget().await;
}
