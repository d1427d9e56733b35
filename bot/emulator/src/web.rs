//! The rest of the web, as far as the bot reads it: calendars that people keep elsewhere (RFC 5545, with an entity tag),
//! and a geocoder that speaks like Nominatim's `search`. It knows what it was told and nothing else.

use std::collections::BTreeMap;

use crate::call::{self, Call};
use crate::faults::{Fault, Faults};
use crate::world::World;
use bytes::Bytes;
use http::{HeaderValue, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct WebState {
    pub(crate) faults: Faults,
    /// Calendars by name.
    calendars: BTreeMap<String, String>,
    /// Places by the name that is asked for: degrees north and east.
    places: BTreeMap<String, (f64, f64)>,
    /// How often a calendar was read whole, and how often a place was asked for.
    reads: BTreeMap<String, u32>,
}

impl Default for WebState {
    fn default() -> WebState {
        WebState {
            faults: Faults::none(),
            calendars: BTreeMap::new(),
            places: BTreeMap::new(),
            reads: BTreeMap::new(),
        }
    }
}

impl World {
    /// From now on this calendar is served at `/web/calendars/NAME.ics`; none takes it away.
    pub fn web_calendar(&mut self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => {
                self.state.web.calendars.insert(name.to_owned(), text.to_owned());
            }
            None => {
                self.state.web.calendars.remove(name);
            }
        }
    }

    /// From now on the geocoder knows this place.
    pub fn web_place(&mut self, name: &str, latitude: f64, longitude: f64) {
        self.state.web.places.insert(name.to_owned(), (latitude, longitude));
    }

    /// How often a calendar was read whole, or a place was asked for, by name.
    pub fn web_reads(&self, name: &str) -> u32 {
        self.state.web.reads.get(name).copied().unwrap_or(0)
    }

    pub(crate) fn web_answers(&mut self, call: &Call) -> Response<Bytes> {
        match call.segments().as_slice() {
            ["calendars", file] => self.calendar(call, file.strip_suffix(".ics").unwrap_or(file)),
            ["search"] => self.search(call),
            _ => call::empty(404),
        }
    }

    fn calendar(&mut self, call: &Call, name: &str) -> Response<Bytes> {
        let Some(text) = self.state.web.calendars.get(name).cloned() else { return call::empty(404) };
        let tag =
            format!("\"{:x}\"", text.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte)));
        let mut response = if call.header("if-none-match") == Some(tag.as_str()) {
            call::empty(304)
        } else {
            *self.state.web.reads.entry(name.to_owned()).or_default() += 1;
            call::answer(200, "text/calendar; charset=utf-8", text)
        };
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            response.headers_mut().insert(http::header::ETAG, tag);
        }
        response
    }

    fn search(&mut self, call: &Call) -> Response<Bytes> {
        let Some(name) = call.query("q").and_then(decoded) else {
            return call::json(
                400,
                &json!({ "error": { "code": 400, "message": "Nothing to search for." } }),
            );
        };
        *self.state.web.reads.entry(name.clone()).or_default() += 1;
        let found = self.state.web.places.get(&name).map(|(latitude, longitude)| {
            json!({
                "lat": format!("{latitude:.7}"), "lon": format!("{longitude:.7}"), "class": "place", "type": "town",
                "importance": 0.5, "display_name": name,
            })
        });
        call::json(200, &Value::Array(found.into_iter().collect()))
    }
}

/// A value of a query in plain words.
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// What a fault makes of a call.
pub(crate) fn refuses(fault: &Fault) -> Response<Bytes> {
    match fault {
        Fault::RateLimited { .. } => call::empty(429),
        Fault::Unavailable => call::empty(503),
        _ => call::empty(500),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use crate::world::Provider;
    use http::Request;

    /// Status, entity tag and body.
    fn get(world: &mut World, path: &str, tag: Option<&str>) -> (u16, String, String) {
        let mut request = Request::get(format!("/web/{path}"));
        if let Some(tag) = tag {
            request = request.header("if-none-match", tag);
        }
        let outcome = world.handle(0, Provider::Web, request.body(Bytes::new()).expect("a valid request"));
        let answer = outcome.answer().expect("an answer");
        let tag = answer.headers().get("etag").and_then(|tag| tag.to_str().ok()).unwrap_or_default();
        (answer.status().as_u16(), tag.to_owned(), String::from_utf8_lossy(answer.body()).into_owned())
    }

    #[test]
    fn a_calendar_that_did_not_change_is_not_sent_again() {
        let mut world = World::new(Settings::default());
        assert_eq!(get(&mut world, "calendars/avi.ics", None).0, 404);
        world.web_calendar("avi", Some("BEGIN:VCALENDAR"));
        let (status, tag, _) = get(&mut world, "calendars/avi.ics", None);
        assert_eq!(status, 200);
        assert_eq!(get(&mut world, "calendars/avi.ics", Some(&tag)).0, 304);
        world.web_calendar("avi", Some("BEGIN:VCALENDAR\r\n"));
        assert_eq!(get(&mut world, "calendars/avi.ics", Some(&tag)).0, 200);
        assert_eq!(world.web_reads("avi"), 2);
    }

    #[test]
    fn a_place_is_found_by_the_name_it_was_told_by() {
        let mut world = World::new(Settings::default());
        world.web_place("גן נר", 32.53, 35.34);
        let (_, _, found) = get(&mut world, "search?q=%D7%92%D7%9F+%D7%A0%D7%A8&format=jsonv2", None);
        let body: Value = serde_json::from_str(&found).expect("JSON");
        assert_eq!(body[0]["lat"], "32.5300000");
        assert_eq!(get(&mut world, "search?q=x", None).2, "[]");
        assert_eq!(get(&mut world, "search", None).0, 400);
    }
}
