//! The settings of the business, a line each. What the environment sets is shown and cannot be changed here.

use super::{Cx, Effect, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::change::{Change, Choice, ChoiceRow, Confirm, Prompt, Undo};
use crate::kept::{Kept, waiting};
use crate::keys::{Binding, ENTER, SPACE, ch};
use crate::look::Look;
use crate::model::{Notice, Shared};
use crate::paged::Cursor;
use crate::paint::{Painter, Size};
use crate::steps::{Step, with_steps};
use crate::table::{Column, Line, cell, table};
use crate::week::{self, Week};
use admin_api::access::Action;
use admin_api::client::Failure;
use admin_api::event::Event;
use admin_api::settings::{EditSettings, Settings as Values};
use locales::args;
use ratatui::layout::Rect;

/// The settings.
#[derive(Default)]
pub struct Settings {
    values: Kept<Values>,
    cursor: Cursor,
    filter: String,
    /// What is being typed or chosen.
    editing: Option<Item>,
    /// The change that is on its way, and what takes it back.
    sent: Option<(Ticket, EditSettings)>,
}

/// A line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Paused,
    Approval,
    Name,
    ApprovalMinutes,
    ReminderHours,
    Commission,
    EmergencyWords,
    /// The hours of a day, 0 for Sunday.
    Hours(usize),
    Consent,
    Locale,
    Timezone,
    EmergencyNumber,
    Models,
    JobsOff,
}

const ITEMS: &[Item] = &[
    Item::Paused,
    Item::Approval,
    Item::Hours(0),
    Item::Hours(1),
    Item::Hours(2),
    Item::Hours(3),
    Item::Hours(4),
    Item::Hours(5),
    Item::Hours(6),
    Item::ApprovalMinutes,
    Item::ReminderHours,
    Item::Commission,
    Item::EmergencyWords,
    Item::Name,
    Item::Consent,
    Item::Locale,
    Item::Timezone,
    Item::EmergencyNumber,
    Item::Models,
    Item::JobsOff,
];

/// What keys, commands and replies say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does; the last is the reply to a prompt")]
pub enum Msg {
    Move(Step),
    Edit,
    Pause,
    Resume,
    Given,
}

const KEYS: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ENTER, ch('e'), SPACE], msg: Msg::Edit, help: "console-settings-edit" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "pause", msg: Msg::Pause, help: "console-settings-word-pause" },
    Word { name: "resume", msg: Msg::Resume, help: "console-settings-word-resume" },
];

const COLUMNS: &[Column] = &[
    Column::new("console-settings-setting", Size::Share(2)),
    Column::new("console-settings-value", Size::Share(4)),
];

impl Item {
    fn label(self, look: &Look) -> String {
        let key = match self {
            Self::Paused => "console-settings-paused",
            Self::Approval => "console-settings-approval",
            Self::Name => "console-settings-name",
            Self::ApprovalMinutes => "console-settings-approval-minutes",
            Self::ReminderHours => "console-settings-reminder-hours",
            Self::Commission => "console-settings-commission",
            Self::EmergencyWords => "console-settings-emergency-words",
            Self::Hours(day) => {
                let (_, name) = week::DAYS[day];
                return look.say("console-settings-hours", &args![day = look.t(name)]);
            }
            Self::Consent => "console-settings-consent",
            Self::Locale => "console-settings-locale",
            Self::Timezone => "console-settings-timezone",
            Self::EmergencyNumber => "console-settings-emergency-number",
            Self::Models => "console-settings-models",
            Self::JobsOff => "console-settings-jobs-off",
        };
        look.t(key)
    }

    fn value(self, values: &Values, look: &Look) -> String {
        let words = |words: &[String]| words.join(", ");
        match self {
            Self::Paused if values.paused => look.t("console-settings-silent"),
            Self::Paused => look.t("console-settings-answers"),
            Self::Approval => look.word("console-approval-", &values.approval),
            Self::Name => values.name.clone(),
            Self::ApprovalMinutes => look.say("console-minutes", &args![count = values.approval_minutes]),
            Self::ReminderHours => list(&values.reminder_hours),
            Self::Commission => format!("{}%", values.commission_percent),
            Self::EmergencyWords if values.emergency_words.is_empty() => {
                look.t("console-settings-usual-words")
            }
            Self::EmergencyWords => words(&values.emergency_words),
            Self::Hours(day) => match Week::of(&values.hours).0[day].as_slice() {
                [] => look.t("console-closed"),
                spans => week::written(spans),
            },
            Self::Consent => look.word("console-consent-", &values.consent),
            Self::Locale => values.locale.clone(),
            Self::Timezone => values.timezone.clone(),
            Self::EmergencyNumber => values.emergency_number.clone(),
            Self::Models if values.models.is_empty() => look.t("console-settings-no-models"),
            Self::Models => words(&values.models),
            Self::JobsOff if values.jobs_off.is_empty() => "—".to_owned(),
            Self::JobsOff => words(&values.jobs_off),
        }
    }

    fn is_fixed(self) -> bool {
        matches!(
            self,
            Self::Consent
                | Self::Locale
                | Self::Timezone
                | Self::EmergencyNumber
                | Self::Models
                | Self::JobsOff
        )
    }

    /// What stands in the line when it is edited.
    fn text(self, values: &Values) -> String {
        match self {
            Self::Name => values.name.clone(),
            Self::ApprovalMinutes => values.approval_minutes.to_string(),
            Self::ReminderHours => list(&values.reminder_hours),
            Self::Commission => values.commission_percent.to_string(),
            Self::EmergencyWords => values.emergency_words.join(", "),
            Self::Hours(day) => week::written(&Week::of(&values.hours).0[day]),
            _ => String::new(),
        }
    }

    /// The change that this text asks for; else the key of what is wrong with it.
    fn read(self, text: &str, values: &Values) -> Result<EditSettings, &'static str> {
        let text = text.trim();
        let number = |most: u32, least: u32, wrong| match text.trim_end_matches('%').trim().parse::<u32>() {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ => Err(wrong),
        };
        let mut edit = EditSettings { version: values.version, ..EditSettings::default() };
        match self {
            Self::Paused => edit.paused = Some(text == "on"),
            Self::Approval => edit.approval = Some(text.to_owned()),
            Self::Name if text.is_empty() => return Err("console-settings-bad-name"),
            Self::Name => edit.name = Some(text.to_owned()),
            Self::ApprovalMinutes => {
                edit.approval_minutes = number(1_440, 1, "console-settings-bad-minutes")?
            }
            Self::Commission => edit.commission_percent = number(100, 0, "console-settings-bad-percent")?,
            Self::ReminderHours => {
                let hours: Result<Vec<u32>, _> = words(text).map(str::parse).collect();
                let hours = hours.map_err(|_| "console-settings-bad-reminders")?;
                if hours.iter().any(|hours| !(1..=168).contains(hours)) {
                    return Err("console-settings-bad-reminders");
                }
                edit.reminder_hours = Some(hours);
            }
            Self::EmergencyWords => edit.emergency_words = Some(words(text).map(str::to_owned).collect()),
            Self::Hours(day) => {
                let mut week = Week::of(&values.hours);
                week.0[day] = week::read(text).ok_or("console-settings-bad-hours")?;
                edit.hours = Some(week.to_map());
            }
            Self::Consent
            | Self::Locale
            | Self::Timezone
            | Self::EmergencyNumber
            | Self::Models
            | Self::JobsOff => return Err("console-settings-fixed"),
        }
        Ok(edit)
    }
}

fn list(numbers: &[u32]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// What puts back what an edit changes, for the version that the edit makes.
fn back(edit: &EditSettings, before: &Values) -> EditSettings {
    EditSettings {
        version: 0,
        name: edit.name.as_ref().map(|_| before.name.clone()),
        paused: edit.paused.map(|_| before.paused),
        approval: edit.approval.as_ref().map(|_| before.approval.clone()),
        hours: edit.hours.as_ref().map(|_| before.hours.clone()),
        approval_minutes: edit.approval_minutes.map(|_| before.approval_minutes),
        reminder_hours: edit.reminder_hours.as_ref().map(|_| before.reminder_hours.clone()),
        commission_percent: edit.commission_percent.map(|_| before.commission_percent),
        emergency_words: edit.emergency_words.as_ref().map(|_| before.emergency_words.clone()),
    }
}

impl Settings {
    fn items(&self, look: &Look) -> Vec<Item> {
        let wanted = self.filter.to_lowercase();
        ITEMS.iter().copied().filter(|item| item.label(look).to_lowercase().contains(&wanted)).collect()
    }

    fn edit(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(item) = self.items(cx.look()).get(self.cursor.chosen).copied() else { return };
        let Some(values) = self.values.get() else { return };
        if item.is_fixed() {
            let text = cx.look().t("console-settings-fixed");
            cx.notice(Notice::plain(text));
            return;
        }
        if cx.barred(Action::EditSettings) {
            return;
        }
        self.editing = Some(item);
        let title = item.label(cx.look());
        match item {
            Item::Paused => self.pause(!values.paused, cx),
            Item::Approval => {
                let look = cx.look();
                let rows = ["pro", "auto"].map(|value| ChoiceRow {
                    value: value.to_owned(),
                    label: look.word("console-approval-", value),
                    ..ChoiceRow::default()
                });
                cx.choose(Msg::Given, Choice { title, rows: rows.to_vec() });
            }
            item => {
                let title = match item {
                    Item::Hours(_) => format!("{title} (08:00-13:00, 16:00-20:00; closed)"),
                    _ => title,
                };
                let text = item.text(values);
                cx.prompt(Msg::Given, Prompt { title, text, secret: false });
            }
        }
    }

    /// Pausing is asked about: every customer feels it.
    fn pause(&mut self, paused: bool, cx: &mut Cx<'_, Msg>) {
        let Some(values) = self.values.get() else { return };
        let edit = EditSettings { version: values.version, paused: Some(paused), ..EditSettings::default() };
        let undo = back(&edit, values);
        let key = if paused { "console-settings-paused-done" } else { "console-settings-resumed-done" };
        let change = Change::of(values, Ask::EditSettings(edit), cx.look().t(key));
        let ticket = if paused {
            cx.confirm(Confirm {
                question: cx.look().t("console-settings-pause-sure"),
                lines: vec![cx.look().t("console-settings-pause-lines")],
                word: None,
                changes: vec![change],
            })
        } else {
            cx.change(change)
        };
        self.sent = Some((ticket, undo));
    }

    fn given(&mut self, text: &str, cx: &mut Cx<'_, Msg>) {
        let (Some(item), Some(values)) = (self.editing.take(), self.values.get()) else { return };
        match item.read(text, values) {
            Err(key) => {
                let words = cx.look().t(key);
                cx.notice(Notice::bad(words));
                // What was typed is not lost.
                let title = item.label(cx.look());
                self.editing = Some(item);
                cx.prompt(Msg::Given, Prompt { title, text: text.to_owned(), secret: false });
            }
            Ok(edit) => {
                let undo = back(&edit, values);
                // The same hours may be written in other words.
                let same_hours =
                    edit.hours.as_ref().is_some_and(|hours| Week::of(hours) == Week::of(&values.hours));
                if same_hours || (EditSettings { version: edit.version, ..undo.clone() }) == edit {
                    return;
                }
                let done = cx.look().say("console-settings-done", &args![setting = item.label(cx.look())]);
                let ticket = cx.change(Change::of(values, Ask::EditSettings(edit), done));
                self.sent = Some((ticket, undo));
            }
        }
    }
}

impl Screen for Settings {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Settings;

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.values.need(cx, || Ask::Settings);
    }

    fn update(&mut self, msg: Msg, given: &str, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Move(step) => {
                let (length, height) = (self.items(cx.look()).len(), cx.shared.body_rows() - 1);
                step.apply(&mut self.cursor, length, height);
            }
            Msg::Edit => self.edit(cx),
            Msg::Pause => self.pause(true, cx),
            Msg::Resume => self.pause(false, cx),
            Msg::Given => self.given(given, cx),
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.values.waits_for(ticket) {
            self.values.take(if let Ok(Answer::Settings(values)) = answer { Some(*values) } else { None });
            return;
        }
        if let Ok(Answer::Settings(values)) = answer {
            if let Some((_, undo)) = self.sent.take_if(|(sent, _)| *sent == ticket) {
                let edit = EditSettings { version: values.version, ..undo };
                let done = cx.look().t("console-settings-undone");
                let change = Change::of(&*values, Ask::EditSettings(edit), done.clone());
                cx.effect(Effect::Undo(Undo { label: done, change }));
            }
            self.values.put(*values);
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        if matches!(event, Event::Resync | Event::Settings) {
            self.values.outdate();
            if cx.front {
                self.values.need(cx, || Ask::Settings);
            }
        }
    }

    fn filter(&self) -> Option<&str> {
        Some(&self.filter)
    }

    fn filtered(&mut self, text: &str, _cx: &mut Cx<'_, Msg>) {
        text.clone_into(&mut self.filter);
        self.cursor = Cursor::default();
    }

    fn clicked(&mut self, _list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        let again = self.cursor.chosen == row;
        self.cursor.chosen = row;
        if again {
            self.edit(cx);
        }
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        let Some(values) = self.values.get() else { return waiting(paint, area) };
        let look = paint.look;
        let theme = &look.theme;
        let items = self.items(look);
        table(paint, area, COLUMNS, 0, self.cursor, items.len(), |at| {
            let item = *items.get(at)?;
            let style = match item {
                Item::Paused if values.paused => theme.warn,
                item if item.is_fixed() => theme.dim,
                _ => theme.text,
            };
            let label = if item.is_fixed() { format!("· {}", item.label(look)) } else { item.label(look) };
            Some(Line {
                cells: vec![cell(label, style), cell(item.value(values, look), style)],
                marked: false,
            })
        });
    }
}
