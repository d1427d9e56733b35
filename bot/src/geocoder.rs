//! Where a place is that the gazetteer does not know (R11): asked of a server that speaks like Nominatim, when one is set. What
//! was found is kept; what was not found, or could not be asked, is not, since that says nothing about the place.

use crate::app::App;
use crate::outside::{Request, Url};
use crate::store::StoreError;
use crate::store::documents::{Commit, Document, Expect};
use crate::store::outer::KnownPlace;
use agents::business::Business;
use agents::request::Point;
use agents::text::fold;
use http::Method;
use serde::Deserialize;

/// How long the server may take: somebody waits for an answer.
const TIME_OUT: std::time::Duration = std::time::Duration::from_secs(4);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// A place in an answer. Figures come as texts, and from some servers as figures.
#[derive(Deserialize)]
struct Hit {
    lat: Figure,
    lon: Figure,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Figure {
    Text(String),
    Number(f64),
}

impl Figure {
    fn degrees(&self, most: f64) -> Option<f64> {
        let degrees = match self {
            Self::Text(text) => text.trim().parse().ok()?,
            Self::Number(number) => *number,
        };
        (-most..=most).contains(&degrees).then_some(degrees)
    }
}

/// Where a place is; none when nobody knows.
///
/// # Errors
/// When the store cannot be read or written.
pub(crate) async fn find(app: &App, business: &Business, name: &str) -> Result<Option<Point>, StoreError> {
    let Some(base) = &app.config.geocoder_url else { return Ok(None) };
    let folded = fold(name);
    let id = format!("{}/{folded}", business.id);
    if let Some(known) = app.store.place(&id).await? {
        return Ok(Some(Point::of_degrees(known.value.latitude, known.value.longitude)));
    }
    let Some((latitude, longitude)) = ask(app, base, business, name).await else {
        app.counters.note("place_not_found");
        return Ok(None);
    };
    let place = KnownPlace {
        id,
        business: business.id.clone(),
        name: folded,
        latitude,
        longitude,
        found_at: app.now(),
    };
    let documents = vec![(Expect::Absent, Document::Place(place))];
    match app.store.commit(Commit { documents, ..Commit::default() }, app.now()).await {
        // Somebody else has found it in this moment.
        Ok(()) | Err(StoreError::Version { .. }) => {}
        Err(error) => return Err(error),
    }
    app.counters.note("place_found");
    Ok(Some(Point::of_degrees(latitude, longitude)))
}

async fn ask(app: &App, base: &str, business: &Business, name: &str) -> Option<(f64, f64)> {
    let mut url = Url::parse(&format!("{base}/search")).ok()?;
    let language = business.locale.code();
    url.query_pairs_mut()
        .append_pair("q", name)
        .append_pair("format", "jsonv2")
        .append_pair("limit", "1")
        .append_pair("accept-language", language);
    if let Some(country) = country(business) {
        url.query_pairs_mut().append_pair("countrycodes", country);
    }
    let request = Request { timeout: TIME_OUT, limit: LONGEST, ..Request::new(Method::GET, url) };
    let response = match app.outside.transport.send(request).await {
        Ok(response) if response.status.is_success() => response,
        Ok(response) => {
            tracing::warn!(http.status = response.status.as_u16(), "the geocoder refused a question");
            return None;
        }
        Err(error) => {
            tracing::warn!(%error, "the geocoder could not be asked");
            return None;
        }
    };
    let hits: Vec<Hit> = serde_json::from_slice(&response.body).ok()?;
    let hit = hits.first()?;
    hit.lat.degrees(90.0).zip(hit.lon.degrees(180.0))
}

/// In which country places are looked for; none where the zone does not tell.
fn country(business: &Business) -> Option<&'static str> {
    match business.timezone {
        chrono_tz::Asia::Jerusalem | chrono_tz::Asia::Tel_Aviv | chrono_tz::Israel => Some("il"),
        _ => None,
    }
}
