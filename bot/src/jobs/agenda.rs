//! Tells every pro in the morning which visits the day brings; a pro without any is left alone. What proves that it was
//! told is written on the pro with the message, so a second run on the same local date tells nobody anything.

use super::{JobError, Outcome};
use crate::app::App;
use crate::pipeline::{self, Told};
use crate::store::documents::{Document, Expect};
use agents::care;
use agents::decision::{Note, Purpose, Recipient, Reply};
use agents::lead::Lead;

/// Tells all pros.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    let Some(business) = app.business().await? else {
        return Ok(Outcome { key: "no_business", counts: Vec::new() });
    };
    let business = business.value;
    let now = app.now();
    let date = now.with_timezone(&business.timezone).date_naive();
    let mut told = 0;
    for stored in app.store.pros(&business.id).await? {
        let mut pro = stored.value;
        if pro.agenda_on == Some(date) {
            continue;
        }
        let leads = app.store.leads_of_pro(&pro.id).await?;
        let leads: Vec<Lead> = leads.into_iter().map(|stored| stored.value).collect();
        let Some(message) = care::agenda(&business, &pro, &leads, date, now) else { continue };
        pro.agenda_on = Some(date);
        let id = pro.id.clone();
        let agenda = Told {
            origin: format!("agenda.{id}.{date}"),
            documents: vec![(Expect::Version(stored.version), Document::Pro(pro))],
            replies: vec![Reply {
                to: Recipient::Pro(id.clone()),
                purpose: Purpose::Duty,
                message,
                lead: None,
                not_before: None,
            }],
            notes: vec![Note { key: "agenda_told".to_owned(), lead: None, detail: format!("pro={id}") }],
        };
        // A pro who changed meanwhile is told on the next try.
        match pipeline::tell(app, &business, agenda).await? {
            true => told += 1,
            false => return Err(JobError::Failed("pro_changed")),
        }
    }
    Ok(Outcome { key: "told", counts: vec![("pros", told)] })
}
