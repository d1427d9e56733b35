//! When work is possible on a given day: the hours of the week, other hours of that day, closures of the business, and
//! mornings that are kept for emergencies. It knows days and minutes of the wall clock, no moments.

use super::{BusinessCalendar, Closures, OtherDay, ProCalendar, VisitRules, WeekHours};
use chrono::{Datelike, NaiveDate};

/// Everything that says when a door is open.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// The hours of the week.
    pub week: &'a WeekHours,
    /// Days with other hours; they count before everything else but the mornings.
    pub other_days: &'a [OtherDay],
    /// When the business is closed.
    pub closures: Option<&'a Closures>,
    /// Whether holidays are days like others.
    pub works_on_holidays: bool,
    /// Nothing begins before this minute of a day.
    pub not_before: u16,
}

impl<'a> Opening<'a> {
    /// The hours of the week and nothing else.
    #[must_use]
    pub fn of_week(week: &'a WeekHours) -> Self {
        Self { week, other_days: &[], closures: None, works_on_holidays: false, not_before: 0 }
    }

    /// When a pro can come.
    #[must_use]
    pub fn of_pro(
        week: &'a WeekHours,
        pro: &'a ProCalendar,
        business: &'a BusinessCalendar,
        rules: VisitRules,
        emergency: bool,
    ) -> Self {
        Self {
            week,
            other_days: &pro.other_days,
            closures: Some(&business.closures),
            works_on_holidays: pro.works_on_holidays,
            not_before: rules.emergencies_only_until.filter(|_| !emergency).unwrap_or(0),
        }
    }

    /// The spans of a local day in which work is possible, in minutes after midnight, in order.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> Vec<(u16, u16)> {
        let other = self.other_days.iter().find(|day| day.date == date);
        let (spans, closing) = match other {
            Some(day) => (day.hours.as_slice(), None),
            None => {
                let weekday = usize::try_from(date.weekday().num_days_from_sunday()).unwrap_or(0);
                let closing = self.closures.and_then(|all| all.closes_at(date, self.works_on_holidays));
                (self.week.days[weekday].as_slice(), closing)
            }
        };
        spans
            .iter()
            .map(|(from, to)| (*from.max(&self.not_before), closing.map_or(*to, |closing| closing.min(*to))))
            .filter(|(from, to)| from < to)
            .collect()
    }
}
