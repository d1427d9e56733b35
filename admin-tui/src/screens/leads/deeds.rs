//! What is done with leads: assign, status, notes, on one or on all that are marked. Everything that others notice is
//! asked about first; what can be taken back is noted for `u`.

use super::detail::{ranked_line, reasons};
use super::{Intent, Leads, Msg, filter};
use crate::ask::Ask;
use crate::change::{Change, Choice, ChoiceRow, Confirm, Prompt, Undo};
use crate::look::Look;
use crate::model::Notice;
use crate::screens::{Cx, Effect};
use crate::text::isolate;
use admin_api::lead::{AddNote, Assign, LeadDetail, LeadLine, LeadStatus, SetStatus};
use locales::args;

/// What the next reply is about: the leads as they were seen when it was begun, so that a list that moves meanwhile
/// changes nothing.
#[derive(Clone)]
pub(super) enum Deed {
    /// Whom to offer this lead to.
    Assign(Box<LeadDetail>),
    /// What these become; once it is known, why.
    Status(Vec<LeadLine>, Option<LeadStatus>),
    /// What to note.
    Note(Vec<LeadLine>),
}

impl Leads {
    /// The marked leads, else the one that is open or chosen.
    fn targets(&self) -> Vec<LeadLine> {
        if self.marked.is_empty() {
            self.row().cloned().into_iter().collect()
        } else {
            self.marked.values().cloned().collect()
        }
    }

    pub(super) fn ranked_names(&self) -> Vec<String> {
        let detail = self.open.as_ref().and_then(|open| open.detail.as_ref());
        detail
            .map(|detail| detail.ranked.iter().map(|ranked| ranked.name.clone()).collect())
            .unwrap_or_default()
    }

    /// Does something with one lead, as soon as it is there whole.
    fn intend(&mut self, intent: Intent, cx: &mut Cx<'_, Msg>) {
        let ready = self.open.as_ref().filter(|open| !open.old).and_then(|open| open.detail.clone());
        match (ready, self.row().map(|row| row.id.clone())) {
            (Some(detail), _) => self.with_lead(intent, &detail, cx),
            (None, Some(id)) => self.intent = Some((cx.ask(Ask::Lead(id)), intent)),
            (None, None) => {}
        }
    }

    pub(super) fn with_lead(&mut self, intent: Intent, detail: &LeadDetail, cx: &mut Cx<'_, Msg>) {
        match intent {
            Intent::Assign => self.choose_pro(detail, cx),
            Intent::Status => self.choose_status(vec![detail.line.clone()], &detail.may_become, cx),
        }
    }

    pub(super) fn assign(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        if self.marked.len() > 1 {
            cx.notice(Notice::bad(cx.look().t("console-leads-assign-one")));
            return;
        }
        let open = self.open.as_ref().and_then(|open| open.detail.clone());
        if given.is_empty() {
            self.intend(Intent::Assign, cx);
        } else if let Some(detail) = open {
            let named =
                detail.ranked.iter().find(|ranked| ranked.name.starts_with(given) || ranked.pro == given);
            match named.map(|ranked| ranked.pro.clone()) {
                Some(pro) => {
                    self.deed = Some(Deed::Assign(detail));
                    self.assign_to(&pro, cx);
                }
                None => cx.notice(Notice::bad(
                    cx.look().say("console-leads-no-pro", &args![name = isolate(given)]),
                )),
            }
        } else {
            self.intend(Intent::Assign, cx);
        }
    }

    fn choose_pro(&mut self, detail: &LeadDetail, cx: &mut Cx<'_, Msg>) {
        if detail.ranked.is_empty() {
            cx.notice(Notice::bad(cx.look().t("console-leads-not-ranked")));
            return;
        }
        let rows = detail.ranked.iter().enumerate().map(|(place, ranked)| {
            let score = ranked
                .score
                .map_or_else(|| cx.look().t("console-leads-ruled-out"), |score| format!("{score:.2}"));
            ChoiceRow {
                value: ranked.pro.clone(),
                label: format!("{}. {} · {score}", place + 1, isolate(&ranked.name)),
                detail: reasons(cx.look(), ranked),
                off: false,
            }
        });
        let title = cx.look().say("console-leads-assign-whom", &args![number = detail.line.number]);
        let choice = Choice { title, rows: rows.collect() };
        self.deed = Some(Deed::Assign(Box::new(detail.clone())));
        cx.choose(Msg::AssignTo, choice);
    }

    pub(super) fn assign_to(&mut self, pro: &str, cx: &mut Cx<'_, Msg>) {
        let Some(Deed::Assign(detail)) = self.deed.take() else { return };
        let Some(ranked) = detail.ranked.iter().find(|ranked| ranked.pro == pro) else { return };
        let look = cx.look();
        let (number, name) = (detail.line.number, isolate(&ranked.name));
        let done = look.say("console-leads-assigned", &args![number = number, name = &name]);
        let ask =
            Ask::Assign(detail.line.id.clone(), Assign { pro: pro.to_owned(), version: detail.line.version });
        let confirm = Confirm {
            question: look.say("console-leads-assign-sure", &args![number = number, name = &name]),
            lines: vec![ranked_line(look, ranked), look.t("console-leads-assign-follows")],
            word: None,
            changes: vec![Change::of(&detail, ask, done)],
        };
        cx.confirm(confirm);
    }

    pub(super) fn status(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let (name, why) = given.split_once(' ').unwrap_or((given, ""));
        match (filter::status(name), self.targets()) {
            (Some(status), targets) if !targets.is_empty() => self.confirm_status(&targets, status, why, cx),
            (None, _) if !name.is_empty() => {
                let known = LeadStatus::ALL.iter().map(|status| status.key()).collect::<Vec<_>>().join(", ");
                cx.notice(Notice::bad(
                    cx.look().say("console-no-such-value", &args![word = "status", values = known]),
                ));
            }
            // Where several may go only the server knows; it refuses those that may not.
            (_, targets) if targets.len() > 1 => self.choose_status(targets, LeadStatus::ALL, cx),
            _ => self.intend(Intent::Status, cx),
        }
    }

    fn choose_status(&mut self, targets: Vec<LeadLine>, open: &[LeadStatus], cx: &mut Cx<'_, Msg>) {
        if open.is_empty() {
            cx.notice(Notice::bad(cx.look().t("console-leads-status-final")));
            return;
        }
        let rows = open.iter().map(|status| ChoiceRow {
            value: status.key().to_owned(),
            label: cx.look().word("console-status-", status.key()),
            detail: String::new(),
            off: false,
        });
        let choice = Choice {
            title: cx.look().say("console-leads-status-which", &args![leads = numbers(&targets)]),
            rows: rows.collect(),
        };
        self.deed = Some(Deed::Status(targets, None));
        cx.choose(Msg::StatusTo, choice);
    }

    pub(super) fn status_to(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let (Some(Deed::Status(_, chosen)), Some(status)) = (&mut self.deed, filter::status(given)) else {
            return;
        };
        *chosen = Some(status);
        let title = cx.look().t("console-leads-status-why");
        cx.prompt(Msg::StatusWhy, Prompt { title, ..Prompt::default() });
    }

    pub(super) fn status_why(&mut self, why: &str, cx: &mut Cx<'_, Msg>) {
        if let Some(Deed::Status(targets, Some(status))) = self.deed.take() {
            self.confirm_status(&targets, status, why, cx);
        }
    }

    fn confirm_status(&mut self, targets: &[LeadLine], status: LeadStatus, why: &str, cx: &mut Cx<'_, Msg>) {
        let look = cx.look();
        let state = look.word("console-status-", status.key());
        let changes = targets.iter().map(|lead| {
            let done = look.say("console-leads-status-done", &args![number = lead.number, state = &state]);
            let change = SetStatus { status, reason: why.trim().to_owned(), version: lead.version };
            Change::of(lead, Ask::SetStatus(lead.id.clone(), change), done)
        });
        let mut lines: Vec<String> = targets.iter().take(10).map(|lead| short(look, lead)).collect();
        if targets.len() > 10 {
            lines.push("…".to_owned());
        }
        if !why.trim().is_empty() {
            lines.push(format!("{}: {}", look.t("console-leads-reason"), isolate(why.trim())));
        }
        let confirm = Confirm {
            question: look.say("console-leads-status-sure", &args![leads = numbers(targets), state = &state]),
            lines,
            word: None,
            changes: changes.collect(),
        };
        self.undo = match targets {
            [lead] => Some((lead.id.clone(), lead.status)),
            _ => None,
        };
        cx.confirm(confirm);
    }

    /// The lead after a change of its status: if it may go back, `u` takes it back.
    pub(super) fn offer_undo(&mut self, detail: &LeadDetail, cx: &mut Cx<'_, Msg>) {
        let line = &detail.line;
        let changed = self.undo.take_if(|(id, before)| *id == line.id && *before != line.status);
        let Some((_, before)) = changed.filter(|(_, before)| detail.may_become.contains(before)) else {
            return;
        };
        let look = cx.look();
        let state = look.word("console-status-", before.key());
        let label = look.say("console-leads-status-done", &args![number = line.number, state = &state]);
        let change = SetStatus { status: before, reason: String::new(), version: line.version };
        let change = Change::of(detail, Ask::SetStatus(line.id.clone(), change), label.clone());
        cx.effect(Effect::Undo(Undo { label, change }));
    }

    pub(super) fn note(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let targets = self.targets();
        if targets.is_empty() {
            return;
        }
        let title = cx.look().say("console-leads-note-title", &args![leads = numbers(&targets)]);
        self.deed = Some(Deed::Note(targets));
        if given.is_empty() {
            cx.prompt(Msg::NoteText, Prompt { title, ..Prompt::default() });
        } else {
            self.note_text(given, cx);
        }
    }

    pub(super) fn note_text(&mut self, text: &str, cx: &mut Cx<'_, Msg>) {
        let Some(Deed::Note(targets)) = self.deed.take() else { return };
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        for lead in targets {
            let done = cx.look().say("console-leads-noted", &args![number = lead.number]);
            cx.change(Change::new(Ask::AddNote(lead.id, AddNote { text: text.to_owned() }), done));
        }
    }

    pub(super) fn copy(&self, cx: &mut Cx<'_, Msg>) {
        let Some(row) = self.row() else { return };
        let phone = self.open.as_ref().and_then(|open| open.detail.as_ref()?.phone.clone());
        let parts = [
            Some(format!("#{}", row.number)),
            row.customer.clone(),
            phone,
            row.issue.clone(),
            row.city.clone(),
            row.pro_name.clone(),
        ];
        cx.effect(Effect::Copy(parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")));
    }

    /// The rows that are held, as a file.
    pub(super) fn csv(&self, cx: &mut Cx<'_, Msg>) {
        let mut out = String::from("number,status,customer,trade,issue,city,pro,visit\n");
        for row in (0..self.list.len()).filter_map(|at| self.list.get(at)) {
            let visit = row.visit_from.map(|at| at.to_rfc3339());
            let fields = [
                Some(row.number.to_string()),
                Some(row.status.key().to_owned()),
                row.customer.clone(),
                row.trade.clone(),
                row.issue.clone(),
                row.city.clone(),
                row.pro_name.clone(),
                visit,
            ];
            let fields = fields.map(|field| quoted(&field.unwrap_or_default()));
            out.push_str(&(fields.join(",") + "\n"));
        }
        let name = format!("leads-{}.csv", cx.now().format("%Y%m%d-%H%M%S"));
        cx.effect(Effect::Save(name, out.into_bytes()));
    }
}

/// A field of CSV. One that a spreadsheet would run as a formula is text: customers choose their names.
fn quoted(field: &str) -> String {
    let field =
        if field.starts_with(['=', '+', '-', '@', '\t']) { format!("'{field}") } else { field.to_owned() };
    format!("\"{}\"", field.replace('"', "\"\""))
}

fn numbers(leads: &[LeadLine]) -> String {
    let shown: Vec<String> = leads.iter().take(5).map(|lead| format!("#{}", lead.number)).collect();
    let more = leads.len().saturating_sub(5);
    if more > 0 { format!("{} +{more}", shown.join(" ")) } else { shown.join(" ") }
}

fn short(look: &Look, lead: &LeadLine) -> String {
    let parts = [
        Some(format!("#{}", lead.number)),
        lead.customer.as_deref().map(isolate),
        lead.issue.as_deref().map(isolate),
        Some(look.word("console-status-", lead.status.key())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
