//! Figures of leads: how many came how far, how fast pros answered, and what was earned. Only arithmetic; leads are handed
//! in one after the other and never kept.

use crate::store::usage::{Spent, Tokens};
use admin_api::analytics::Figures;
use agents::lead::{Lead, Status};

/// Adds leads up.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    figures: Figures,
    /// Seconds from an offer to the pro's own answer, one of each.
    answers: Vec<u32>,
    stars: u64,
    reviews: u64,
}

impl Sum {
    /// Adds a lead.
    pub fn add(&mut self, lead: &Lead) {
        let figures = &mut self.figures;
        let was = |status: Status| lead.history.iter().any(|change| change.status == status);
        let count = |is_so: bool| u32::from(is_so);
        figures.leads += 1;
        figures.offered += count(was(Status::New) || was(Status::Booked));
        figures.booked += count(was(Status::Booked));
        let is_completed = lead.status == Status::Completed;
        figures.completed += count(is_completed);
        let is_lost = matches!(lead.status, Status::Cancelled | Status::Closed | Status::Rejected);
        figures.lost += count(is_lost);
        if is_completed {
            figures.revenue += u64::from(lead.final_price.unwrap_or(0));
            figures.commission += u64::from(lead.commission.unwrap_or(0));
        }
        if let Some(review) = &lead.review {
            self.stars += u64::from(review.stars);
            self.reviews += 1;
        }
        self.answers.extend(answer_seconds(lead));
    }

    /// Adds what models took.
    pub fn spend(&mut self, spent: &Spent) {
        let Tokens { prompt, answer, thoughts, cached: _ } = spent.tokens;
        self.figures.tokens += prompt + answer + thoughts;
        self.figures.model_cost += spent.micro_dollars;
    }

    /// What came of it.
    #[must_use]
    pub fn figures(mut self) -> Figures {
        self.answers.sort_unstable();
        // The lower of the two in the middle: a time that there was.
        let middle = self.answers.len().saturating_sub(1) / 2;
        self.figures.pro_answer_seconds = self.answers.get(middle).copied();
        self.figures.stars = (self.reviews > 0).then(|| self.stars as f64 / self.reviews as f64);
        self.figures
    }
}

/// How long pros took to answer the offers of a lead. An offer that ran out was not answered.
fn answer_seconds(lead: &Lead) -> impl Iterator<Item = u32> + '_ {
    lead.history.windows(2).filter_map(|pair| {
        let answered = match pair[1].status {
            Status::Booked => pair[1].reason == "approved",
            Status::Rejected => pair[1].reason == "rejected_by_pro",
            Status::Contacted
            | Status::New
            | Status::Completed
            | Status::Closed
            | Status::Cancelled
            | Status::PendingAdminReview => false,
        };
        let seconds = (pair[1].at - pair[0].at).num_seconds();
        (answered && pair[0].status == Status::New).then(|| u32::try_from(seconds).unwrap_or(0))
    })
}

/// A cell of a CSV that programs for tables take for text and never for a formula (B139), whatever is in it.
#[must_use]
pub fn cell(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%'])
        || text.starts_with(['\t', '\r', '\n']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    match text.contains(['"', ',', '\n', '\r', ';', '\'']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// The first line of a CSV of figures, after what a line is of.
pub const HEADINGS: &str = "leads,offered,booked,completed,lost,revenue,commission,pro_answer_seconds,stars,tokens,\
                            model_cost_micro_usd";

/// A line of a CSV of figures.
#[must_use]
pub fn csv_line(of: &str, figures: &Figures) -> String {
    let answer = figures.pro_answer_seconds.map(|seconds| seconds.to_string()).unwrap_or_default();
    let stars = figures.stars.map(|stars| format!("{stars:.2}")).unwrap_or_default();
    format!(
        "{},{},{},{},{},{},{},{},{answer},{stars},{},{}\r\n",
        cell(of),
        figures.leads,
        figures.offered,
        figures.booked,
        figures.completed,
        figures.lost,
        figures.revenue,
        figures.commission,
        figures.tokens,
        figures.model_cost
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

    use super::*;
    use serde_json::json;

    fn lead(history: &[(&str, u32, &str)], more: serde_json::Value) -> Lead {
        let at = |seconds: u32| format!("2026-11-22T07:{:02}:{:02}Z", seconds / 60, seconds % 60);
        let steps: Vec<_> = history
            .iter()
            .map(|(status, seconds, reason)| json!({"status": status, "at": at(*seconds), "reason": reason}))
            .collect();
        let mut lead = json!({
            "id": "l1", "business": "fixi", "number": 1, "contact": "k", "conversation": "c", "language": "he",
            "status": history.last().unwrap().0, "history": steps, "issue_type": "plumbing", "issue_summary": "x",
            "address": {}, "emergency": false,
        });
        lead.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(lead).unwrap()
    }

    fn sum(leads: &[Lead]) -> Figures {
        let mut sum = Sum::default();
        leads.iter().for_each(|lead| sum.add(lead));
        sum.figures()
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(sum(&[]), Figures::default());
    }

    /// B134, B135: who was ever booked counts as booked; only completed work earns.
    #[test]
    fn a_lead_counts_for_how_far_it_came() {
        let booked = [("contacted", 0, "stated"), ("new", 60, "offered"), ("booked", 360, "approved")];
        let completed: Vec<_> = booked.iter().copied().chain([("completed", 900, "done")]).collect();
        let cancelled: Vec<_> = booked.iter().copied().chain([("cancelled", 900, "x")]).collect();
        let paid = json!({"final_price": 900, "commission": 90, "review": {"stars": 4, "at": "2026-11-22T08:00:00Z"}});
        let leads = [
            lead(&booked, json!({})),
            lead(&completed, paid.clone()),
            lead(&cancelled, paid),
            lead(&[("contacted", 0, "stated")], json!({})),
            lead(
                &[("contacted", 0, "stated"), ("new", 10, "offered"), ("rejected", 310, "rejected_by_pro")],
                json!({"review": {"stars": 5, "at": "2026-11-22T08:00:00Z"}}),
            ),
            lead(
                &[("contacted", 0, "stated"), ("new", 10, "offered"), ("rejected", 3_000, "offer_expired")],
                json!({}),
            ),
        ];
        let figures = sum(&leads);
        assert_eq!(
            (figures.leads, figures.offered, figures.booked, figures.completed, figures.lost),
            (6, 5, 3, 1, 3)
        );
        assert_eq!((figures.revenue, figures.commission), (900, 90));
        assert_eq!(figures.pro_answer_seconds, Some(300), "of 10, 300, 300 and 300; silence is no answer");
        assert_eq!(figures.stars, Some(13.0 / 3.0));
    }

    /// B139.
    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [
            ("2026-11-22", "2026-11-22"),
            ("אבי כהן", "אבי כהן"),
            ("=1+1", "\"'=1+1\""),
            ("+972", "\"'+972\""),
            ("-2", "\"'-2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            (" =1", "\"' =1\""),
            ("\t=1", "\"'\t=1\""),
            ("a,b \"c\"", "\"a,b \"\"c\"\"\""),
        ] {
            assert_eq!(cell(text), expected);
        }
        let line = csv_line("=HYPERLINK(1)", &Figures { leads: 2, stars: Some(4.5), ..Figures::default() });
        assert_eq!(line, "\"'=HYPERLINK(1)\",2,0,0,0,0,0,0,,4.50,0,0\r\n");
        assert_eq!(HEADINGS.split(',').count() + 1, line.split(',').count());
    }
}
