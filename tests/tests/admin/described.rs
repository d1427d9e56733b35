//! Holds answers against the served OpenAPI, and shows that all of it is served.

use crate::office::Office;
use axum::http::Method;
use bot::web::admin::{Line, Needs, table};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Checks of answers, by method and template of a path.
#[derive(Default)]
pub(crate) struct Description {
    document: OnceLock<Value>,
    checks: Mutex<BTreeMap<(String, bool), std::sync::Arc<Validator>>>,
}

/// The route of a path, such as `/leads/l1?x=y`.
pub(crate) fn route_of(method: &Method, path: &str) -> Option<Line> {
    let path = path.split('?').next().unwrap();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |line: &Line| {
        let wanted: Vec<&str> = line.path.split('/').collect();
        line.method == method
            && wanted.len() == parts.len()
            && wanted.iter().zip(&parts).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    let mut fitting: Vec<Line> = table().into_iter().filter(fits).collect();
    fitting.sort_by_key(|line| line.path.contains('{'));
    fitting.into_iter().next()
}

impl Description {
    /// Fails when an answer is not as the description says.
    pub(crate) fn check(
        &self,
        document: &Value,
        method: &Method,
        path: &str,
        is_success: bool,
        answer: &Value,
    ) {
        let document = self.document.get_or_init(|| document.clone());
        let Some(line) = route_of(method, path) else {
            assert!(!is_success, "{method} {path} is answered and not in the table");
            return;
        };
        let key = format!("{method} {}", line.path);
        let mut checks = self.checks.lock().unwrap_or_else(PoisonError::into_inner);
        let check = checks.entry((key.clone(), is_success)).or_insert_with(|| {
            let operation =
                &document["paths"][format!("/admin/v1{}", line.path)][method.as_str().to_lowercase()];
            assert!(operation.is_object(), "{key} is not described");
            let status = if is_success { "200" } else { "default" };
            let content = &operation["responses"][status]["content"];
            let mut schema = content["application/json"]["schema"].clone();
            if schema.is_null() {
                // A stream, a file, or nothing: there is nothing to hold it against.
                schema = json!({});
            }
            let whole = json!({ "allOf": [schema], "components": document["components"] });
            std::sync::Arc::new(jsonschema::validator_for(&whole).expect("a schema"))
        });
        let wrong: Vec<String> =
            check.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{key} is not as described: {wrong:?}\n{answer}");
    }
}

#[tokio::test]
async fn everything_that_is_served_is_described_with_who_may_call_it() {
    let office = Office::open().await;
    let (status, document) = office.send("", Method::GET, "/openapi.json", Value::Null).await;
    assert!(status.is_success(), "anybody may read it");
    assert_eq!(document["openapi"], "3.1.0");
    let mut described = 0;
    for line in table() {
        let operation =
            &document["paths"][format!("/admin/v1{}", line.path)][line.method.as_str().to_lowercase()];
        assert!(operation["summary"].as_str().is_some_and(|summary| summary.ends_with('.')), "{line:?}");
        let needs_session = operation["security"] == json!([{ "session": [] }]);
        assert_eq!(needs_session, line.needs != Needs::Nothing, "{line:?}");
        if let Needs::Right(action) = line.needs {
            assert_eq!(operation["x-action"], json!(action));
        }
        let names = operation["parameters"].as_array().unwrap();
        let in_path = names.iter().filter(|parameter| parameter["in"] == "path").count();
        assert_eq!(in_path, line.path.matches('{').count(), "{line:?}");
        described += 1;
    }
    let all: usize =
        document["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
    assert_eq!(described, all);
    // Every shape that is named is there.
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let pointer = reference.strip_prefix('#').expect("a shape of this document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    let query = &document["paths"]["/admin/v1/leads"]["get"]["parameters"];
    let names: Vec<&str> =
        query.as_array().unwrap().iter().filter_map(|parameter| parameter["name"].as_str()).collect();
    for name in ["status", "pro", "needs_human", "q", "after", "limit"] {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
}
