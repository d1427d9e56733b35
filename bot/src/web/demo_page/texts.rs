//! The page's own words in one language, with the names of trades and places that events mention by key. It never
//! touches what is said in a chat, whose language is its own.

use std::collections::BTreeMap;

use agents::understanding::places;
use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use locales::{Args, Locale};
use serde::Deserialize;
use serde_json::{Value, json};

/// The families of keys that the page shows.
const FAMILIES: [&str; 2] = ["demo-", "trade-"];

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    lang: String,
}

pub(super) async fn answer(wanted: Result<Query<Wanted>, QueryRejection>) -> Json<Value> {
    let locale = wanted.ok().and_then(|Query(wanted)| Locale::from_tag(&wanted.lang)).unwrap_or_default();
    Json(json!({
        "lang": locale.code(),
        "dir": if locale.is_rtl() { "rtl" } else { "ltr" },
        "texts": texts(locale),
        "places": places::all().iter().map(|place| (place.key, place.name(locale))).collect::<BTreeMap<_, _>>(),
    }))
}

/// Variables stay in braces, `{count}`, and are filled in by the page.
fn texts(locale: Locale) -> BTreeMap<&'static str, String> {
    locales::keys()
        .filter(|key| FAMILIES.iter().any(|family| key.starts_with(family)))
        .map(|key| {
            let names = locales::variables(key).into_iter().flatten();
            let args = names.fold(Args::new(), |args, name| args.text(name, format!("{{{name}}}")));
            (key, locales::text(locale, key, &args))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_word_that_the_page_names_exists_in_every_language() {
        let page = include_str!("../demo/index.html");
        let script = include_str!("../demo/script.js");
        // The page names a text by the part after the family: `data-text="send"` and `say("send")`.
        let in_page = ["data-text=\"", "data-label=\"", "data-placeholder=\""].map(|mark| (page, mark));
        let named = in_page
            .into_iter()
            .chain([(script, "say(\"")])
            .flat_map(|(source, mark)| source.split(mark).skip(1).filter_map(|rest| rest.split('"').next()));
        let named = named.collect::<BTreeSet<_>>();
        assert!(named.len() > 20, "the marks are no longer found");
        for locale in Locale::ALL {
            let texts = texts(locale);
            for name in &named {
                assert!(texts.contains_key(format!("demo-{name}").as_str()), "{locale}: {name}");
            }
        }
    }
}
