//! What was decided, counted and shown on the strip: keys and figures, never words of people.

use crate::app::App;
use crate::web::strip::{RankedPro, StripEvent};
use agents::decision::Decision;
use agents::id::{ConversationId, ProId};
use std::collections::BTreeMap;

/// Counts what was decided and shows it on the strip.
pub(super) fn show(
    app: &App,
    chat: &ConversationId,
    decision: &Decision,
    names: &BTreeMap<ProId, String>,
    from: &str,
) {
    let at = app.now().timestamp_millis();
    let turn = format!("{chat}@{at}");
    let number = decision.leads.first().map(|lead| lead.number);
    let with_lead = |event: StripEvent| number.map_or(event.clone(), |number| event.lead(number));
    let name = |id: &str| names.get(&ProId::new(id)).cloned().unwrap_or_else(|| id.to_owned());
    let mut ranked = Vec::new();
    for note in &decision.notes {
        app.counters.note(&note.key);
        match note.key.as_str() {
            "understood" => {
                app.strip.add(&with_lead(StripEvent::understood(at, &turn, chat.as_str(), &note.detail)))
            }
            "ranked" => ranked.extend(
                RankedPro::from_note(&note.detail).map(|pro| RankedPro { pro: name(&pro.pro), ..pro }),
            ),
            "routed" => {
                let chosen = note.detail.strip_prefix("pro=").map(name).unwrap_or_default();
                let ranked = std::mem::take(&mut ranked);
                app.strip.add(&with_lead(StripEvent::routed(at, &turn, chat.as_str(), &chosen, ranked)));
            }
            key => {
                let event = StripEvent::note(at, &turn, chat.as_str(), key, &note.detail);
                let event = match event.detail.get("pro").map(|id| name(id)) {
                    Some(pro) => event.with("pro", &pro),
                    None => event,
                };
                app.strip.add(&with_lead(event));
            }
        }
    }
    if !ranked.is_empty() {
        app.strip.add(&with_lead(StripEvent::routed(at, &turn, chat.as_str(), "", ranked)));
    }
    let event = StripEvent::decided(at, &turn, chat.as_str(), decision.replies.len(), decision.timers.len());
    app.strip.add(&with_lead(event.with("from", from)));
}
