//! How long a deal takes to reach the pro: from the 200 for the customer's choice of a time until the job's offer is at
//! the pro's provider. One customer after another, so that nobody waits for anybody else.

use crate::load::Line;
use crate::providers::Providers;
use crate::server::Server;
use anyhow::{Context, ensure};
use std::time::{Duration, Instant};

/// How many deals are made: no more than the pros of the demo may have open at once, since none of them answers.
pub(crate) const DEALS: u32 = 20;
/// What is broken where, and when somebody should come: spread over pros and days, since every deal takes a time away.
const PROBLEMS: [(&str, &str); 8] = [
    ("יש לי נזילה במטבח", "תל אביב"),
    ("השקע בסלון לא עובד", "תל אביב"),
    ("יש לי סתימה בכיור", "חיפה"),
    ("השקע בסלון לא עובד", "ירושלים"),
    ("המזגן לא מקרר", "ראשון לציון"),
    ("צריך להחליף מנעול", "רמת גן"),
    ("יש לי נזילה במטבח", "גבעתיים"),
    ("צריך להחליף מנעול", "באר שבע"),
];
const DAYS: [&str; 3] = ["מחר", "ביום רביעי", "ביום חמישי"];
/// How long a customer waits for an answer before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes the deals with customers from this one on: how long each took, shortest first.
pub(crate) async fn make(providers: &Providers, server: &Server, from: u32) -> anyhow::Result<Vec<Duration>> {
    let mut line = Line::open(server.address).await?;
    let mut took = Vec::new();
    for (at, person) in (from..from + DEALS).enumerate() {
        let ((problem, city), day) = (PROBLEMS[at % PROBLEMS.len()], DAYS[at / PROBLEMS.len() % DAYS.len()]);
        let request = format!(
            "קוראים לי דנה כהן. {problem} ברחוב הרצל {}, {city}, קומה 3 דירה 12. אפשר {day}?",
            at + 10
        );
        says(providers, &mut line, person, &request).await?;
        let choice = until(|| choice(&providers.screen(person))).await;
        let choice = choice
            .with_context(|| format!("no time was offered for {request}: {:?}", providers.screen(person)))?;
        let before = providers.offers().len();
        says(providers, &mut line, person, choice).await?;
        let acknowledged = Instant::now();
        let offered = until(|| providers.offers().get(before).copied()).await;
        let offered = offered.with_context(|| format!("no pro was asked: {:?}", providers.screen(person)))?;
        // The offer may be faster than the news that the choice was taken.
        took.push(offered.saturating_duration_since(acknowledged));
    }
    took.sort_unstable();
    Ok(took)
}

/// A customer writes, and it is durable. What the provider has to say of earlier messages comes before.
async fn says(providers: &Providers, line: &mut Line, person: u32, text: &str) -> anyhow::Result<()> {
    let statuses = providers.webhooks(person..person, text);
    for post in statuses.into_iter().chain(providers.webhooks(person..person + 1, text)) {
        let (status, _) = line.ask(&post).await?;
        ensure!(status == 200, "a webhook was answered {status}");
    }
    Ok(())
}

/// What a customer answers to the times on the phone.
fn choice(screen: &[String]) -> Option<&'static str> {
    let last = screen.last()?;
    if last.contains("כתבו את מספר המועד") {
        return Some("1");
    }
    last.contains("לקבוע?").then_some("כן")
}

/// Looks until there is something, or patience ends.
async fn until<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(found) = look() {
            return Some(found);
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    None
}
