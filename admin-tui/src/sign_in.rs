//! The form of name and password.

use crate::model::{Model, Stage, Weight};
use crate::paint::{Painter, Side, Size};
use ratatui::layout::Rect;

/// Paints it.
pub(crate) fn view(model: &Model, paint: &mut Painter<'_>, area: Rect) {
    let Stage::SigningIn(form) = &model.stage else { return };
    let theme = model.shared.look.theme.clone();
    let title = paint.look.t("console-sign-in");
    let inside = paint.window(area, 60, 9, &title);
    let fields = [
        ("console-sign-in-name", &form.name, !form.at_password),
        ("console-sign-in-password", &form.password, form.at_password),
    ];
    for (row, (label, input, here)) in (1..).step_by(2).zip(fields) {
        let line = Rect { y: inside.y + row, height: 1, ..inside };
        if line.y >= inside.bottom() {
            break;
        }
        let cells = paint.columns(line, &[Size::Fixed(2), Size::Fixed(14), Size::Share(1)]);
        if here {
            paint.text(cells[0], paint.look.arrow(), theme.accent, Side::Start);
        }
        let words = paint.look.t(label);
        paint.text(cells[1], &words, theme.dim, Side::Start);
        let (shown, at) = input.shown();
        let cursor = paint.cursor;
        paint.input(cells[2], &shown, at, theme.text);
        if !here {
            paint.cursor = cursor;
        }
    }
    let last = Rect { y: inside.bottom().saturating_sub(2), height: 2, ..inside };
    match (&model.notice, form.sent) {
        (_, true) => {
            let text = paint.look.t("console-opening");
            paint.paragraph(last, &text, theme.dim);
        }
        (Some((notice, _)), false) => {
            let style = if notice.weight == Weight::Bad { theme.bad } else { theme.text };
            paint.paragraph(last, &notice.text, style);
        }
        (None, false) => {
            let text = paint.look.t("console-sign-in-hint");
            paint.paragraph(last, &text, theme.dim);
        }
    }
}
