//! The world over HTTP, for the demo: every provider under its own prefix. It never posts webhooks; whoever runs the
//! bot does, through `World::due_webhooks`.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::http::{Request, StatusCode};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::{IntoResponse, Response};

use crate::call::{Outcome, Reply};
use crate::world::{Provider, World};

/// Gemini takes 20 MB inline; base64 and JSON come on top.
const LARGEST_BODY: usize = 32 * 1024 * 1024;
/// No client waits longer, and a demo must not keep connections for ever.
const LONGEST_HANG: Duration = Duration::from_secs(600);

/// Serves `/meta/...`, `/green/...`, `/gemini/...` and `/telegram/...`. `clock` tells unix milliseconds.
pub fn router<C>(world: Arc<Mutex<World>>, clock: C) -> Router
where
    C: Fn() -> i64 + Clone + Send + Sync + 'static,
{
    let mut router = Router::new();
    for provider in Provider::ALL {
        let (world, clock) = (Arc::clone(&world), clock.clone());
        let path = format!("{}/{{*rest}}", provider.prefix());
        let handler = move |request: Request<Body>| answer(world, clock, provider, request);
        router = router.route(&path, axum::routing::any(handler));
    }
    router
}

async fn answer<C: Fn() -> i64>(
    world: Arc<Mutex<World>>,
    clock: C,
    provider: Provider,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    // A panic elsewhere leaves the world as it was between two calls, which is good enough to go on with.
    let Outcome { delay_ms, reply } = world.lock().unwrap_or_else(PoisonError::into_inner).handle(
        clock(),
        provider,
        Request::from_parts(parts, body),
    );
    if delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
    }
    match reply {
        Reply::Answer(response) => response.map(Body::from),
        Reply::Hang => {
            tokio::time::sleep(LONGEST_HANG).await;
            cut()
        }
        Reply::Dropped => cut(),
    }
}

/// A body that breaks at once: the server closes the connection before anything of the answer is written.
fn cut() -> Response {
    let broken: Result<bytes::Bytes, io::Error> = Err(io::ErrorKind::ConnectionReset.into());
    Response::new(Body::from_stream(futures::stream::once(async { broken })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::{Fault, FaultOn};
    use crate::settings::Settings;
    use tower::ServiceExt as _;

    fn state_request(token: &str) -> Request<Body> {
        let uri = format!("/green/waInstance7103000001/getStateInstance/{token}");
        Request::get(uri).body(Body::empty()).expect("a valid request")
    }

    #[tokio::test]
    async fn each_provider_is_served_under_its_prefix() {
        let settings = Settings::default();
        let token = settings.green.token.clone();
        let world = Arc::new(Mutex::new(World::new(settings)));
        let router = router(Arc::clone(&world), || 1_790_000_000_000);
        let answer = router.clone().oneshot(state_request(&token)).await.expect("a router never fails");
        assert_eq!(answer.status(), 200);
        let body = to_bytes(answer.into_body(), 1000).await.expect("a short body");
        assert_eq!(body, r#"{"stateInstance":"authorized"}"#);

        for path in ["/meta/v24.0/1/messages", "/gemini/v1beta/models/x:generateContent"] {
            let request = Request::post(path).body(Body::from("{}")).expect("a valid request");
            let answer = router.clone().oneshot(request).await.expect("a router never fails");
            assert!([401, 403].contains(&answer.status().as_u16()), "{path}: {}", answer.status());
        }
    }

    #[tokio::test]
    async fn a_dropped_call_breaks_the_answer() {
        let settings = Settings::default();
        let token = settings.green.token.clone();
        let mut world = World::new(settings);
        world.faults(Provider::Green).next_call(FaultOn::AnyCall, Fault::DropBefore);
        let router = router(Arc::new(Mutex::new(world)), || 0);
        let answer = router.oneshot(state_request(&token)).await.expect("a router never fails");
        assert!(to_bytes(answer.into_body(), 1000).await.is_err());
    }

    #[tokio::test]
    async fn over_a_socket_a_dropped_call_gets_nothing() {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let mut world = World::new(Settings::default());
        world.faults(Provider::Green).next_call(FaultOn::AnyCall, Fault::DropAfter);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let router = router(Arc::new(Mutex::new(world)), || 0);
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        let mut client = tokio::net::TcpStream::connect(address).await.expect("the server listens");
        let call = "GET /green/waInstance1/getStateInstance/x HTTP/1.1\r\nHost: x\r\n\r\n";
        client.write_all(call.as_bytes()).await.expect("an open connection");
        let mut received = Vec::new();
        // Either end of a connection that breaks is fine; that it ends is the point.
        let _ = client.read_to_end(&mut received).await;
        server.abort();
        assert!(received.is_empty(), "not even a status line");
    }
}
