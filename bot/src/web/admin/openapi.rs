//! The description of the API, made from the table of routes and the types that handlers take and give.

use super::refusal::Refusal;
use super::route::{Gives, Needs, Nothing, Route};
use super::routes;
use admin_api::error::Refused;
use axum::http::Method;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// Where shared shapes are.
const SHAPES: &str = "/components/schemas";

pub(super) fn routes() -> Vec<Route> {
    let about = "This description. Anybody may read it: it names no secret.";
    vec![Route::open(Method::GET, "/openapi.json", about, |_, _: Nothing| async { described() })]
}

fn described() -> Result<Value, Refusal> {
    static DESCRIPTION: LazyLock<Value> = LazyLock::new(describe);
    Ok(DESCRIPTION.clone())
}

fn describe() -> Value {
    // What is sent may leave out what has a default; what is answered always has it. So the two have schemas of their own,
    // and those of requests stand where they are used.
    let mut asked = SchemaSettings::draft2020_12().for_deserialize();
    asked.inline_subschemas = true;
    asked.meta_schema = None;
    let mut asked = asked.into_generator();
    let mut given = SchemaSettings::draft2020_12().for_serialize();
    given.definitions_path = SHAPES.into();
    given.meta_schema = None;
    let mut given = given.into_generator();
    let refused = given.subschema_for::<Refused>();

    let mut paths: Map<String, Value> = Map::new();
    for route in routes::all() {
        let takes = (route.takes)(&mut asked).to_value();
        let is_query = route.method == Method::GET || route.method == Method::DELETE;
        let mut parameters: Vec<Value> = names(route.path)
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        let mut operation = json!({ "summary": route.about });
        if is_query {
            parameters.extend(query(&takes));
        } else {
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": takes } } });
            parameters.push(json!({
                "name": admin_api::IDEMPOTENCY_KEY, "in": "header", "required": false,
                "description": "The same key with the same request within a day gives the first answer again.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
            }));
        }
        let success = match route.gives {
            Gives::Json(schema) => (
                "200",
                json!({ "description": "Done.", "content": {
                    "application/json": { "schema": schema(&mut given).to_value() },
                } }),
            ),
            Gives::Empty => ("204", json!({ "description": "Done." })),
            Gives::Other(content_type) => {
                ("200", json!({ "description": "Done.", "content": { content_type: {} } }))
            }
        };
        operation["parameters"] = Value::Array(parameters);
        operation["responses"] = json!({
            success.0: success.1,
            "default": { "description": "Refused.", "content": { "application/json": { "schema": refused } } },
        });
        operation["security"] = match route.needs {
            Needs::Nothing => json!([]),
            Needs::Session | Needs::Right(_) => json!([{ "session": [] }]),
        };
        if let Needs::Right(action) = route.needs {
            operation["x-action"] = json!(action);
        }
        let path = format!("{}{}", admin_api::ROOT, route.path);
        let method = route.method.as_str().to_lowercase();
        let entry = paths.entry(path).or_insert_with(|| json!({}));
        entry[method] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Fixi's console", "version": env!("CARGO_PKG_VERSION"),
            "description": "Times are UTC; local days are dates of the business's zone. Ids are opaque.",
        },
        "paths": paths,
        "components": {
            "schemas": Value::Object(given.take_definitions(true)),
            "securitySchemes": { "session": { "type": "http", "scheme": "bearer" } },
        },
    })
}

/// The names in a path.
fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// The fields of a query.
fn query(takes: &Value) -> Vec<Value> {
    let required: Vec<&str> =
        takes["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let fields = takes["properties"].as_object().into_iter().flatten();
    fields
        .map(|(name, schema)| {
            let is_required = required.contains(&name.as_str());
            json!({ "name": name, "in": "query", "required": is_required, "schema": schema })
        })
        .collect()
}
