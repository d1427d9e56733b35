//! The templates that the provider approved: what each is for and what it is filled with. They are made at the provider,
//! so here they are only read.

use super::{Cx, Effect, Screen, ScreenId, Ticket};
use crate::ask::{Answer, Ask};
use crate::kept::{Kept, nothing, waiting};
use crate::keys::{Binding, ENTER, ch};
use crate::model::Shared;
use crate::paged::Cursor;
use crate::paint::{Painter, Size};
use crate::steps::{Step, with_steps};
use crate::table::{Column, Line, cell, table};
use admin_api::client::Failure;
use admin_api::conversation::Template;
use admin_api::event::Event;
use ratatui::layout::Rect;

/// The templates.
#[derive(Default)]
pub struct Templates {
    list: Kept<Vec<Template>>,
    cursor: Cursor,
    filter: String,
}

/// What keys say.
#[derive(Clone, Copy)]
pub enum Msg {
    /// Another row.
    Move(Step),
    /// Everything about the template.
    Open,
    /// Its name, to the clipboard.
    Copy,
}

const KEYS: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ENTER], msg: Msg::Open, help: "console-key-open" },
    Binding { keys: &[ch('y')], msg: Msg::Copy, help: "console-key-copy" },
];

const COLUMNS: &[Column] = &[
    Column::new("console-templates-name", Size::Share(2)),
    Column::new("console-templates-language", Size::Fixed(6)),
    Column::new("console-templates-purpose", Size::Share(2)),
    Column::new("console-templates-parameters", Size::Share(3)),
];

impl Templates {
    fn rows(&self) -> Vec<&Template> {
        let wanted = self.filter.to_lowercase();
        let all = self.list.get().map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .filter(|row| {
                row.name.to_lowercase().contains(&wanted) || row.purpose.to_lowercase().contains(&wanted)
            })
            .collect()
    }
}

impl Screen for Templates {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Templates;

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.list.need(cx, || Ask::Templates);
    }

    fn update(&mut self, msg: Msg, _given: &str, cx: &mut Cx<'_, Msg>) {
        if let Msg::Move(step) = msg {
            let (length, height) = (self.rows().len(), cx.shared.body_rows() - 1);
            step.apply(&mut self.cursor, length, height);
            return;
        }
        let rows = self.rows();
        let Some(template) = rows.get(self.cursor.chosen) else { return };
        match msg {
            Msg::Copy => cx.effect(Effect::Copy(template.name.clone())),
            Msg::Open | Msg::Move(_) => {
                let look = cx.look();
                let line = |key: &str, value: &str| format!("{}: {value}", look.t(key));
                let mut lines = vec![
                    line("console-templates-language", &template.language),
                    line("console-templates-purpose", &look.word("console-purpose-", &template.purpose)),
                    line("console-templates-parameters", ""),
                ];
                let numbered = template.parameters.iter().enumerate();
                lines.extend(numbered.map(|(at, name)| format!("{{{{{}}}}} {name}", at + 1)));
                let title = template.name.clone();
                cx.effect(Effect::Show(title, lines.join("\n")));
            }
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.list.waits_for(ticket) {
            self.list.take(if let Ok(Answer::Templates(list)) = answer { Some(list) } else { None });
            let (length, height) = (self.rows().len(), cx.shared.body_rows() - 1);
            self.cursor.step(0, length, height);
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        if matches!(event, Event::Resync | Event::Settings) {
            self.list.outdate();
            if cx.front {
                self.list.need(cx, || Ask::Templates);
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
        if self.cursor.chosen == row {
            self.update(Msg::Open, "", cx);
        }
        self.cursor.chosen = row;
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        if self.list.get().is_none() {
            return waiting(paint, area);
        }
        let rows = self.rows();
        if rows.is_empty() {
            return nothing(paint, area);
        }
        let look = paint.look;
        let theme = &look.theme;
        table(paint, area, COLUMNS, 0, self.cursor, rows.len(), |at| {
            let row = rows.get(at)?;
            let cells = vec![
                cell(&row.name, theme.text),
                cell(&row.language, theme.dim),
                cell(look.word("console-purpose-", &row.purpose), theme.text),
                cell(row.parameters.join(", "), theme.dim),
            ];
            Some(Line { cells, marked: false })
        });
    }
}
