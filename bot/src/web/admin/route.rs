//! A route: method, path, who may call it, what it takes and gives, and its handler. The one table ([`super::routes`]) is
//! made of these; routing, rights, OpenAPI and the tests that walk every route read them. Types come from the handlers,
//! so the table cannot say something else than the code does.

use super::call::Call;
use super::guard::{self, Key};
use super::refusal::Refusal;
use crate::app::App;
use admin_api::access::{Action, allow};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Query;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::future::BoxFuture;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest body that is read.
const LARGEST_BODY: usize = 1 << 20;
/// How often a request is made again that lost a race.
const RELOADS: u32 = 5;
/// The header with the id of a request in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Anybody.
    Nothing,
    /// Whoever is signed in.
    Session,
    /// Whoever is signed in and may do this.
    Right(Action),
}

/// What is asked for by a request that says nothing.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct Nothing {}

/// What a route answers with.
#[derive(Clone, Copy)]
pub(crate) enum Gives {
    /// JSON of this shape.
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// Nothing at all: 204.
    Empty,
    /// Something else, of this content type.
    Other(&'static str),
}

type Serve = Arc<dyn Fn(Arc<App>, Incoming) -> BoxFuture<'static, Result<Response, Refusal>> + Send + Sync>;

/// A route.
#[derive(Clone)]
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) needs: Needs,
    /// One sentence for the description.
    pub(crate) about: &'static str,
    pub(crate) takes: fn(&mut SchemaGenerator) -> Schema,
    pub(crate) gives: Gives,
    serve: Serve,
}

/// A request as it came in.
struct Incoming {
    parts: Parts,
    body: Bytes,
    parameters: BTreeMap<String, String>,
}

fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

impl Route {
    pub(crate) fn get<T, R, H, F>(path: &'static str, action: Action, about: &'static str, handler: H) -> Self
    where
        T: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static,
        R: Serialize + JsonSchema + Send + 'static,
        H: Fn(Call<T>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, Refusal>> + Send + 'static,
    {
        Self::of(Method::GET, path, Needs::Right(action), about, handler)
    }

    pub(crate) fn post<T, R, H, F>(
        path: &'static str,
        action: Action,
        about: &'static str,
        handler: H,
    ) -> Self
    where
        T: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static,
        R: Serialize + JsonSchema + Send + 'static,
        H: Fn(Call<T>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, Refusal>> + Send + 'static,
    {
        Self::of(Method::POST, path, Needs::Right(action), about, handler)
    }

    pub(crate) fn patch<T, R, H, F>(
        path: &'static str,
        action: Action,
        about: &'static str,
        handler: H,
    ) -> Self
    where
        T: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static,
        R: Serialize + JsonSchema + Send + 'static,
        H: Fn(Call<T>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, Refusal>> + Send + 'static,
    {
        Self::of(Method::PATCH, path, Needs::Right(action), about, handler)
    }

    /// A route whose handler gives JSON, or nothing when it gives `()`.
    pub(crate) fn of<T, R, H, F>(
        method: Method,
        path: &'static str,
        needs: Needs,
        about: &'static str,
        handler: H,
    ) -> Self
    where
        T: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static,
        R: Serialize + JsonSchema + Send + 'static,
        H: Fn(Call<T>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, Refusal>> + Send + 'static,
    {
        let is_empty = std::any::TypeId::of::<R>() == std::any::TypeId::of::<()>();
        let serve: Serve = Arc::new(move |app, incoming| {
            let handler = handler.clone();
            async move { answered(&app, incoming, needs, &handler).await }.boxed()
        });
        let gives = if is_empty { Gives::Empty } else { Gives::Json(schema::<R>) };
        Self { method, path, needs, about, takes: schema::<T>, gives, serve }
    }

    /// A route whose handler makes the whole answer: a stream, or a file.
    pub(crate) fn raw<T, H, F>(
        path: &'static str,
        action: Action,
        about: &'static str,
        content_type: &'static str,
        handler: H,
    ) -> Self
    where
        T: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static,
        H: Fn(Call<T>, HeaderMap) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Response, Refusal>> + Send + 'static,
    {
        let needs = Needs::Right(action);
        let serve: Serve = Arc::new(move |app, incoming| {
            let handler = handler.clone();
            async move {
                let headers = incoming.parts.headers.clone();
                let call = let_in(&app, &incoming, needs).await?;
                handler(call, headers).await
            }
            .boxed()
        });
        let gives = Gives::Other(content_type);
        Self { method: Method::GET, path, needs, about, takes: schema::<T>, gives, serve }
    }

    /// A route for whoever has no session yet.
    pub(crate) fn open<T, R, H, F>(
        method: Method,
        path: &'static str,
        about: &'static str,
        handler: H,
    ) -> Self
    where
        T: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static,
        R: Serialize + JsonSchema + Send + 'static,
        H: Fn(Arc<App>, T) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, Refusal>> + Send + 'static,
    {
        let serve: Serve = Arc::new(move |app, incoming| {
            let handler = handler.clone();
            async move {
                let asked: T = read(&incoming)?;
                for _ in 0..RELOADS {
                    match handler(app.clone(), asked.clone()).await {
                        Err(Refusal::Raced) => {}
                        Err(refusal) => return Err(refusal),
                        Ok(answer) => return Ok(json(StatusCode::OK, to_text(&answer)?)),
                    }
                }
                Err(Refusal::Raced)
            }
            .boxed()
        });
        Self {
            method,
            path,
            needs: Needs::Nothing,
            about,
            takes: schema::<T>,
            gives: Gives::Json(schema::<R>),
            serve,
        }
    }

    /// Answers a request; whatever happens, as JSON and with the request's id.
    pub(super) async fn serve(
        &self,
        app: Arc<App>,
        parameters: BTreeMap<String, String>,
        request: Request<Body>,
    ) -> Response {
        let id = format!("{:016x}", app.outside.dice.below(u64::MAX));
        let (parts, body) = request.into_parts();
        let answer = match to_bytes(body, LARGEST_BODY).await {
            Err(_) => Err(Refusal::too_large()),
            Ok(body) => (self.serve)(app, Incoming { parts, body, parameters }).await,
        };
        with_id(answer.unwrap_or_else(|refusal| refusal.answer(&id)), &id)
    }
}

/// Marks an answer with the id of its request.
pub(super) fn with_id(mut response: Response, id: &str) -> Response {
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Lets a request in, or refuses it: first who asks, then whether they may, then what they ask for.
async fn let_in<T: DeserializeOwned>(
    app: &Arc<App>,
    incoming: &Incoming,
    needs: Needs,
) -> Result<Call<T>, Refusal> {
    let now = app.now();
    let caller = guard::caller(app, &incoming.parts.headers, now).await?;
    if let Needs::Right(action) = needs
        && !allow(caller.role, action)
    {
        return Err(Refusal::forbidden());
    }
    let asked = read(incoming)?;
    let parts = &incoming.parts;
    let key = if parts.method == Method::GET {
        None
    } else {
        let path = parts.uri.path_and_query().map(|path| path.as_str()).unwrap_or_default();
        let request = [parts.method.as_str().as_bytes(), path.as_bytes(), &incoming.body[..]];
        Key::of(&caller, &parts.headers, &request)?
    };
    Ok(Call { app: app.clone(), caller, asked, parameters: incoming.parameters.clone(), key, now })
}

async fn answered<T, R, H, F>(
    app: &Arc<App>,
    incoming: Incoming,
    needs: Needs,
    handler: &H,
) -> Result<Response, Refusal>
where
    T: DeserializeOwned + Clone,
    R: Serialize + Send,
    H: Fn(Call<T>) -> F,
    F: Future<Output = Result<R, Refusal>>,
{
    let mut call: Call<T> = let_in(app, &incoming, needs).await?;
    for _ in 0..RELOADS {
        if let Some(key) = &mut call.key
            && let Some(earlier) = key.earlier(&app.store, call.now).await?
        {
            let status = StatusCode::from_u16(earlier.status).unwrap_or(StatusCode::OK);
            return Ok(json(status, earlier.body));
        }
        let answer = match handler(call.clone()).await {
            Err(Refusal::Raced) => continue,
            answer => answer?,
        };
        let body = to_text(&answer)?;
        let status = if body == "null" { StatusCode::NO_CONTENT } else { StatusCode::OK };
        if let Some(key) = &call.key {
            key.keep(&app.store, status.as_u16(), &body, call.now).await;
        }
        return Ok(json(status, body));
    }
    Err(Refusal::Raced)
}

fn to_text(answer: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(answer).map_err(|error| Refusal::broken(error.to_string()))
}

fn json(status: StatusCode, body: String) -> Response {
    match status {
        StatusCode::NO_CONTENT => status.into_response(),
        _ => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
    }
}

/// What a request asks for: the query of a GET or DELETE, else the body. What is wrong is told by place, never with the
/// words that were sent.
fn read<T: DeserializeOwned>(incoming: &Incoming) -> Result<T, Refusal> {
    let parts = &incoming.parts;
    if parts.method == Method::GET || parts.method == Method::DELETE {
        return match Query::try_from_uri(&parts.uri) {
            Ok(Query(asked)) => Ok(asked),
            Err(_) => Err(Refusal::unreadable(
                "the query has a field that cannot be read; see GET /admin/v1/openapi.json",
            )),
        };
    }
    let body = if incoming.body.is_empty() { b"{}" } else { &incoming.body[..] };
    serde_json::from_slice(body).map_err(|error| {
        let what = match error.classify() {
            serde_json::error::Category::Data => "the body lacks a field or has one of another kind",
            _ => "the body is no JSON",
        };
        let (line, column) = (error.line(), error.column());
        Refusal::unreadable(format!(
            "{what}, at line {line}, column {column}; see GET /admin/v1/openapi.json"
        ))
    })
}
