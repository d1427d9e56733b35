//! Counters for operators, in Prometheus's text form. A registry is a value: two apps in one process count apart.

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long something took, in seconds, from a millisecond to a minute and a half.
type Times = Family<Labels, Histogram, fn() -> Histogram>;

type Labels = Vec<(String, String)>;

/// What is counted.
#[derive(Clone)]
pub struct Counters {
    registry: Arc<Mutex<Registry>>,
    events: Family<Labels, Counter>,
    security: Family<Labels, Counter>,
    notes: Family<Labels, Counter>,
    deliveries: Family<Labels, Counter>,
    jobs: Family<Labels, Counter>,
    job_times: Times,
    job_waits: Times,
    models: Family<Labels, Counter>,
    tokens: Family<Labels, Counter>,
    stopped: Family<Labels, Gauge>,
}

impl std::fmt::Debug for Counters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Counters")
    }
}

impl Default for Counters {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("fixi");
        let mut family = |name: &str, help: &str| {
            let family = Family::<Labels, Counter>::default();
            registry.register(name, help, family.clone());
            family
        };
        let events = family("events", "What providers told, by channel and kind");
        let security = family("security", "Webhooks that were refused, by channel and reason");
        let notes = family("notes", "What was decided, by kind");
        let deliveries = family("deliveries", "Messages to people, by channel and outcome");
        let jobs = family("jobs", "Background jobs, by kind and outcome");
        let models = family("model_calls", "Calls of models, by model and outcome");
        let tokens = family("model_tokens", "Tokens of models, by model and direction");
        let stopped = Family::<Labels, Gauge>::default();
        let told = "Whether nothing leaves through the account of a channel";
        registry.register("account_stopped", told, stopped.clone());
        let mut times = |name: &str, help: &str| {
            let times: Times =
                Family::new_with_constructor(|| Histogram::new(exponential_buckets(0.001, 2.5, 13)));
            registry.register(name, help, times.clone());
            times
        };
        let job_times = times("job_seconds", "How long attempts at background jobs took, by kind");
        let job_waits = times("job_pickup_seconds", "How long due jobs waited for a worker, by kind");
        Self {
            registry: Arc::new(Mutex::new(registry)),
            events,
            security,
            notes,
            deliveries,
            jobs,
            job_times,
            job_waits,
            models,
            tokens,
            stopped,
        }
    }
}

fn labels(pairs: &[(&str, &str)]) -> Labels {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Counters {
    /// A provider told something of this kind.
    pub fn event(&self, channel: &str, kind: &str) {
        self.events.get_or_create(&labels(&[("channel", channel), ("kind", kind)])).inc();
    }

    /// A webhook was refused.
    pub fn refused(&self, channel: &str, reason: &str) {
        self.security.get_or_create(&labels(&[("channel", channel), ("reason", reason)])).inc();
    }

    /// Something was decided.
    pub fn note(&self, kind: &str) {
        self.notes.get_or_create(&labels(&[("kind", kind)])).inc();
    }

    /// A message to a person came to this.
    pub fn delivery(&self, channel: &str, outcome: &str) {
        self.deliveries.get_or_create(&labels(&[("channel", channel), ("outcome", outcome)])).inc();
    }

    /// A job came to this.
    pub fn job(&self, kind: &str, outcome: &str) {
        self.jobs.get_or_create(&labels(&[("kind", kind), ("outcome", outcome)])).inc();
    }

    /// An attempt at a job took so long.
    pub fn job_took(&self, kind: &str, took: Duration) {
        self.job_times.get_or_create(&labels(&[("kind", kind)])).observe(took.as_secs_f64());
    }

    /// A job was due for so long before it was claimed.
    pub fn job_waited(&self, kind: &str, waited: Duration) {
        self.job_waits.get_or_create(&labels(&[("kind", kind)])).observe(waited.as_secs_f64());
    }

    /// A model was asked.
    pub fn model(&self, model: &str, outcome: &str) {
        self.models.get_or_create(&labels(&[("model", model), ("outcome", outcome)])).inc();
    }

    /// A model used so many tokens.
    pub fn tokens(&self, model: &str, direction: &str, count: u64) {
        self.tokens.get_or_create(&labels(&[("model", model), ("direction", direction)])).inc_by(count);
    }

    /// Whether the account of a channel is stopped.
    pub fn account_stopped(&self, channel: &str, is_stopped: bool) {
        self.stopped.get_or_create(&labels(&[("channel", channel)])).set(i64::from(is_stopped));
    }

    /// All counters as text.
    #[must_use]
    pub fn text(&self) -> String {
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::new();
        // Writing to a string cannot fail; whatever was written stands.
        let _ = encode(&mut out, &registry);
        out
    }

    /// The value of a counter that is written as this line without its value, for tests and doctor; 0 when nothing was
    /// counted.
    #[must_use]
    pub fn value(&self, line: &str) -> u64 {
        self.text().lines().find_map(|known| known.strip_prefix(line)?.trim().parse().ok()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_text_that_prometheus_reads() {
        let counters = Counters::default();
        counters.refused("meta", "signature");
        counters.refused("meta", "signature");
        assert_eq!(counters.value(r#"fixi_security_total{channel="meta",reason="signature"}"#), 2);
        assert!(counters.text().ends_with("# EOF\n"));
    }
}
