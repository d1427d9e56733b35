//! How long due turns waited for a worker, from the histogram in the server's `/metrics`. A histogram knows bounds and no
//! moments, so what is told is the bound that a share of them surely did not exceed.

use crate::load::Line;
use anyhow::{Context, ensure};
use std::time::Duration;

/// Bounds in seconds, with how many waited no longer.
pub(crate) struct Pickups(Vec<(f64, f64)>);

impl Pickups {
    /// Those of the turns so far.
    pub(crate) async fn of(line: &mut Line) -> anyhow::Result<Self> {
        let (status, body) = line.ask(b"GET /metrics HTTP/1.1\r\nhost: fixi\r\n\r\n").await?;
        ensure!(status == 200, "the figures were answered {status}");
        Self::parse(&String::from_utf8(body)?)
    }

    fn parse(metrics: &str) -> anyhow::Result<Self> {
        let of_turns =
            |line: &&str| line.contains("job_pickup_seconds_bucket{") && line.contains("kind=\"turn\"");
        let bound = |line: &str| -> anyhow::Result<(f64, f64)> {
            let (_, rest) = line.split_once("le=\"").context("a bound")?;
            let (bound, _) = rest.split_once('"').context("a bound")?;
            let bound = if bound == "+Inf" { f64::INFINITY } else { bound.parse()? };
            let count = line.split_once("} ").context("a count")?.1.split(' ').next().context("a count")?;
            Ok((bound, count.parse()?))
        };
        Ok(Self(metrics.lines().filter(of_turns).map(bound).collect::<Result<_, _>>()?))
    }

    /// Only those that came after others.
    pub(crate) fn since(&self, before: &Self) -> Self {
        let earlier = |bound: f64| {
            before
                .0
                .iter()
                .find(|(known, _)| known.total_cmp(&bound).is_eq())
                .map_or(0.0, |(_, count)| *count)
        };
        Self(self.0.iter().map(|(bound, count)| (*bound, count - earlier(*bound))).collect())
    }

    /// The smallest bound that this share of them did not exceed; for ever when there were none.
    pub(crate) fn at(&self, percent: u32) -> Duration {
        let all = self.0.last().map_or(0.0, |(_, count)| *count);
        let wanted = all * f64::from(percent) / 100.0;
        let found = self.0.iter().find(|(_, count)| all > 0.0 && *count >= wanted);
        found.and_then(|(bound, _)| Duration::try_from_secs_f64(*bound).ok()).unwrap_or(Duration::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_told_by_its_bound_and_none_by_for_ever() {
        let metrics = |low: u32, high: u32| {
            let bucket = |le: &str, count: u32| {
                format!("fixi_job_pickup_seconds_bucket{{kind=\"turn\",le=\"{le}\"}} {count}\n")
            };
            Pickups::parse(&(bucket("0.005", low) + &bucket("0.05", high) + &bucket("+Inf", high))).unwrap()
        };
        let since = metrics(95, 110).since(&metrics(5, 10));
        assert_eq!(since.at(50), Duration::from_millis(5));
        assert_eq!(since.at(95), Duration::from_millis(50));
        assert_eq!(metrics(0, 0).at(95), Duration::MAX);
    }
}
