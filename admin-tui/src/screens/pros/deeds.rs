//! What is done with pros: sign-ups, every field that can be edited, previews.

use super::{Cx, Draft, Mode, Msg, Open, Prices, Pros};
use crate::ask::Ask;
use crate::change::{Change, Choice, ChoiceRow, Confirm, Prompt, Undo};
use crate::editor::Editor;
use crate::look::Look;
use crate::model::Notice;
use crate::screens::{Effect, Ticket};
use crate::week::{self, Week};
use admin_api::access::Action;
use admin_api::pro::{AreaRule, DecideApplicant, EditPro, Preview, Previewed, ProDetail, ProState};
use locales::args;

/// What puts back what an edit changes, for the version that the edit makes.
fn back(edit: &EditPro, before: &ProDetail) -> EditPro {
    EditPro {
        version: 0,
        name: edit.name.as_ref().map(|_| before.line.name.clone()),
        persona: edit.persona.as_ref().map(|_| before.persona.clone()),
        trades: edit.trades.as_ref().map(|_| before.line.trades.clone()),
        area_rules: edit.area_rules.as_ref().map(|_| before.area_rules.clone()),
        prices: edit.prices.as_ref().map(|_| before.prices.clone()),
        hours: edit.hours.as_ref().map(|_| before.hours.clone()),
        active: edit.active.map(|_| before.line.state != ProState::Inactive),
        on_vacation: edit.on_vacation.map(|_| before.line.state == ProState::Vacation),
        slot_minutes: edit.slot_minutes.map(|_| before.slot_minutes),
        max_open_jobs: edit.max_open_jobs.map(|_| before.max_open_jobs),
    }
}

/// Areas as one types them: `תל אביב, חיפה +15`.
pub(super) fn areas(rules: &[AreaRule]) -> String {
    let one = |rule: &AreaRule| match rule.radius_km {
        Some(km) => format!("{} +{km}", rule.city),
        None => rule.city.clone(),
    };
    rules.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Reads what [`areas`] writes. None when a distance is none.
fn read_areas(text: &str) -> Option<Vec<AreaRule>> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| match part.rsplit_once('+') {
            None => Some(AreaRule { city: part.to_owned(), radius_km: None }),
            Some((city, km)) => {
                let km = km.trim().parse::<f64>().ok().filter(|km| (0.1..=300.0).contains(km))?;
                let city = city.trim();
                (!city.is_empty()).then(|| AreaRule { city: city.to_owned(), radius_km: Some(km) })
            }
        })
        .collect()
}

/// Every trade that has a name.
fn all_trades() -> impl Iterator<Item = &'static str> {
    locales::keys().filter_map(|key| key.strip_prefix("trade-"))
}

fn trades(keys: impl IntoIterator<Item = impl AsRef<str>>, look: &Look) -> String {
    keys.into_iter().map(|key| look.word("trade-", key.as_ref())).collect::<Vec<_>>().join(", ")
}

impl Pros {
    /// Sends an edit of the open pro, and notes what takes it back.
    fn send(&mut self, edit: EditPro, key: &str, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.detail() else { return };
        let undo = back(&edit, detail);
        let (id, name) = (detail.line.id.clone(), detail.line.name.clone());
        let done = format!("{}: {name}", cx.look().t(key));
        let ticket = cx.change(Change::of(detail, Ask::EditPro(id.clone(), edit), done));
        self.sent = Some((ticket, id, undo));
    }

    /// A change was made: it is how the bot says now, and can be taken back.
    pub(super) fn changed(&mut self, ticket: Ticket, detail: ProDetail, cx: &mut Cx<'_, Msg>) {
        let sent = self.sent.take_if(|(sent, ..)| *sent == ticket);
        let Some(open) = self.open.as_mut().filter(|open| open.id == detail.line.id) else { return };
        if let Some((_, id, undo)) = sent {
            // What was saved is no draft any more; anything else that is being edited stays.
            let saved_persona = undo.persona.is_some();
            let saved_prices = undo.prices.is_some();
            if matches!(&open.mode, Mode::Persona(_)) && saved_persona
                || matches!(&open.mode, Mode::Prices(_)) && saved_prices
            {
                open.mode = Mode::Sheet;
            }
            if let Some(draft) = self.drafts.get_mut(&id) {
                draft.persona.take_if(|_| saved_persona);
                draft.prices.take_if(|_| saved_prices);
            }
            self.drafts.retain(|_, draft| draft.persona.is_some() || draft.prices.is_some());
            let edit = EditPro { version: detail.line.version, ..undo };
            let label = format!("{}: {}", cx.look().t("console-pros-undone"), detail.line.name);
            let change = Change::of(&detail, Ask::EditPro(id, edit), label.clone());
            cx.effect(Effect::Undo(Undo { label, change }));
        }
        open.detail.put(detail);
    }

    pub(super) fn decide(&mut self, take: bool, cx: &mut Cx<'_, Msg>) {
        let Some(line) = self.line() else { return };
        let look = cx.look();
        if line.state != ProState::Applicant && !(take && line.state == ProState::Declined) {
            let text = look.say("console-pros-no-applicant", &args![name = &line.name]);
            return cx.notice(Notice::plain(text));
        }
        let (question, done) = if take {
            (look.say("console-pros-approve-sure", &args![name = &line.name]), "console-pros-approved")
        } else {
            (look.say("console-pros-decline-sure", &args![name = &line.name]), "console-pros-declined")
        };
        let mut lines =
            vec![trades(&line.trades, look), line.areas.join(", "), look.t("console-pros-is-told")];
        lines.retain(|line| !line.is_empty());
        let decide = DecideApplicant { take, version: line.version };
        let ask = Ask::Decide(line.id.clone(), decide);
        let confirm = Confirm {
            question,
            lines,
            word: None,
            changes: vec![Change::of(&line, ask, format!("{}: {}", look.t(done), line.name))],
        };
        cx.confirm(confirm);
    }

    pub(super) fn persona(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.whole(Msg::Persona, cx) else { return };
        if cx.barred(Action::EditPros) {
            return;
        }
        let draft = self.drafts.get(&detail.line.id).and_then(|draft| draft.persona.as_deref());
        let editor = Editor::with(draft.unwrap_or(&detail.persona));
        if let Some(open) = &mut self.open {
            open.mode = Mode::Persona(editor);
        }
    }

    pub(super) fn prices(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.whole(Msg::Prices, cx) else { return };
        if cx.barred(Action::EditPros) {
            return;
        }
        let draft = self.drafts.get(&detail.line.id).and_then(|draft| draft.prices.clone());
        if let Some(open) = &mut self.open {
            open.mode = Mode::Prices(Prices::of(draft.unwrap_or(detail.prices)));
        }
    }

    pub(super) fn save(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(Open { mode, detail, .. }) = &self.open else { return };
        let Some(stored) = detail.get() else { return };
        let mut edit = EditPro { version: stored.line.version, ..EditPro::default() };
        let (same, key) = match mode {
            Mode::Sheet => return,
            Mode::Persona(editor) => {
                edit.persona = Some(editor.text().trim_end().to_owned());
                (edit.persona.as_ref() == Some(&stored.persona), "console-pros-persona-saved")
            }
            Mode::Prices(prices) => {
                edit.prices = Some(prices.lines.clone());
                (prices.lines == stored.prices, "console-pros-prices-saved")
            }
        };
        if same {
            self.close(cx);
        } else {
            self.send(edit, key, cx);
        }
    }

    pub(super) fn forget(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(id) = self.open.as_ref().map(|open| open.id.clone()) else { return };
        if let Some(open) = &mut self.open {
            open.mode = Mode::Sheet;
        }
        if self.drafts.remove(&id).is_some() {
            let text = cx.look().t("console-pros-forgotten");
            cx.notice(Notice::plain(text));
        }
    }

    pub(super) fn draft_of(&self, id: &str) -> Option<&Draft> {
        self.drafts.get(id)
    }

    pub(super) fn areas(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.whole(Msg::Areas, cx) else { return };
        if cx.barred(Action::EditPros) {
            return;
        }
        let title = cx.look().t("console-pros-areas-title");
        cx.prompt(Msg::AreasGiven, Prompt { title, text: areas(&detail.area_rules), secret: false });
    }

    pub(super) fn areas_given(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.detail() else { return };
        let (before, version) = (detail.area_rules.clone(), detail.line.version);
        match read_areas(given) {
            Some(rules) if rules == before => {}
            Some(rules) => {
                let edit = EditPro { version, area_rules: Some(rules), ..EditPro::default() };
                self.send(edit, "console-pros-areas-saved", cx);
            }
            None => {
                let (text, title) =
                    (cx.look().t("console-pros-bad-area"), cx.look().t("console-pros-areas-title"));
                cx.notice(Notice::bad(text));
                cx.prompt(Msg::AreasGiven, Prompt { title, text: given.to_owned(), secret: false });
            }
        }
    }

    pub(super) fn choose_trades(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.whole(Msg::Trades, cx) else { return };
        if !cx.barred(Action::EditPros) {
            self.trades = detail.line.trades.into_iter().collect();
            self.offer_trades(cx);
        }
    }

    fn offer_trades(&self, cx: &mut Cx<'_, Msg>) {
        let look = cx.look();
        let save = ChoiceRow {
            label: format!("→ {}", look.t("console-pros-save")),
            detail: trades(&self.trades, look),
            off: self.trades.is_empty(),
            value: String::new(),
        };
        let each = all_trades().map(|key| ChoiceRow {
            value: key.to_owned(),
            label: format!(
                "{} {}",
                if self.trades.contains(key) { "✓" } else { "·" },
                look.word("trade-", key)
            ),
            ..ChoiceRow::default()
        });
        let rows = std::iter::once(save).chain(each).collect();
        cx.choose(Msg::TradeGiven, Choice { title: look.t("console-pros-trades"), rows });
    }

    /// A trade was switched, and the choice goes on; the first row ends it.
    pub(super) fn trade_given(&mut self, key: &str, cx: &mut Cx<'_, Msg>) {
        if !key.is_empty() {
            if !self.trades.remove(key) {
                self.trades.insert(key.to_owned());
            }
            return self.offer_trades(cx);
        }
        let Some(detail) = self.detail() else { return };
        let mut before = detail.line.trades.clone();
        before.sort();
        let version = detail.line.version;
        let now: Vec<String> = std::mem::take(&mut self.trades).into_iter().collect();
        if now != before {
            let edit = EditPro { version, trades: Some(now), ..EditPro::default() };
            self.send(edit, "console-pros-trades-saved", cx);
        }
    }

    pub(super) fn choose_day(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.whole(Msg::Hours, cx) else { return };
        if cx.barred(Action::EditPros) {
            return;
        }
        let look = cx.look();
        let week = Week::of(&detail.hours);
        let rows = week::DAYS.iter().zip(&week.0).enumerate().map(|(at, ((_, name), spans))| ChoiceRow {
            value: at.to_string(),
            label: format!("{}: {}", look.t(name), view_hours(spans, look)),
            ..ChoiceRow::default()
        });
        let choice = Choice { title: look.t("console-pros-hours"), rows: rows.collect() };
        cx.choose(Msg::DayGiven, choice);
    }

    pub(super) fn day_given(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.detail() else { return };
        let Some(day) = given.parse::<usize>().ok().filter(|day| *day < week::DAYS.len()) else { return };
        let text = week::written(&Week::of(&detail.hours).0[day]);
        self.day = day;
        self.ask_hours(text, cx);
    }

    fn ask_hours(&self, text: String, cx: &mut Cx<'_, Msg>) {
        let title = format!("{} (08:00-13:00, 16:00-20:00; closed)", cx.look().t(week::DAYS[self.day].1));
        cx.prompt(Msg::HoursGiven, Prompt { title, text, secret: false });
    }

    pub(super) fn hours_given(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.detail() else { return };
        let Some(spans) = week::read(given) else {
            let text = cx.look().t("console-settings-bad-hours");
            cx.notice(Notice::bad(text));
            return self.ask_hours(given.to_owned(), cx);
        };
        let before = Week::of(&detail.hours);
        let mut week = before.clone();
        week.0[self.day] = spans;
        if week != before {
            let version = detail.line.version;
            let edit = EditPro { version, hours: Some(week.to_map()), ..EditPro::default() };
            self.send(edit, "console-pros-hours-saved", cx);
        }
    }

    pub(super) fn vacation(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.whole(Msg::Vacation, cx) else { return };
        let away = match detail.line.state {
            ProState::Active => true,
            ProState::Vacation => false,
            ProState::Inactive | ProState::Applicant | ProState::Declined => {
                let text = cx.look().t("console-pros-not-active");
                return cx.notice(Notice::bad(text));
            }
        };
        let edit = EditPro { version: detail.line.version, on_vacation: Some(away), ..EditPro::default() };
        self.send(edit, if away { "console-pros-went-away" } else { "console-pros-came-back" }, cx);
    }

    pub(super) fn active(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.whole(Msg::Active, cx) else { return };
        let active = match detail.line.state {
            ProState::Inactive => true,
            ProState::Active | ProState::Vacation => false,
            ProState::Applicant | ProState::Declined => {
                let text = cx.look().t("console-pros-not-active");
                return cx.notice(Notice::bad(text));
            }
        };
        let edit = EditPro { version: detail.line.version, active: Some(active), ..EditPro::default() };
        self.send(edit, if active { "console-pros-switched-on" } else { "console-pros-switched-off" }, cx);
    }

    pub(super) fn ask_sample(&mut self, cx: &mut Cx<'_, Msg>) {
        if self.whole(Msg::Preview, cx).is_some() {
            let title = cx.look().t("console-pros-preview-title");
            cx.prompt(Msg::PreviewGiven, Prompt { title, text: self.sample.clone(), secret: false });
        }
    }

    pub(super) fn preview(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let text = given.trim();
        if self.whole(Msg::Preview, cx).is_none() || text.is_empty() {
            return;
        }
        let Some(open) = &self.open else { return };
        let draft = self.drafts.get(&open.id).and_then(|draft| draft.persona.clone());
        let persona = match &open.mode {
            Mode::Persona(editor) => Some(editor.text().to_owned()),
            Mode::Sheet | Mode::Prices(_) => draft,
        };
        let ticket = cx.ask(Ask::Preview(open.id.clone(), Preview { text: text.to_owned(), persona }));
        text.clone_into(&mut self.sample);
        self.preview = Some((ticket, text.to_owned()));
        let words = cx.look().t("console-pros-preview-asked");
        cx.notice(Notice::plain(words));
    }

    pub(super) fn previewed(&mut self, ticket: Ticket, previewed: &Previewed, cx: &mut Cx<'_, Msg>) {
        let Some((_, sample)) = self.preview.take_if(|(asked, _)| *asked == ticket) else { return };
        let name = self.line().map(|line| line.name).unwrap_or_default();
        let title = cx.look().say("console-pros-preview-of", &args![name = name, model = &previewed.model]);
        cx.effect(Effect::Show(title, format!("‹ {sample}\n\n› {}", previewed.reply)));
    }
}

/// Hours of a day for people.
pub(super) fn view_hours(spans: &[(u16, u16)], look: &Look) -> String {
    if spans.is_empty() { look.t("console-closed") } else { week::written(spans) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_as_they_are_written() {
        let rules = read_areas("תל אביב, חיפה +15; רמת גן").expect("areas");
        assert_eq!(areas(&rules), "תל אביב, חיפה +15, רמת גן");
        assert_eq!(read_areas("חיפה +x"), None);
        assert_eq!(read_areas("+15"), None);
    }
}
