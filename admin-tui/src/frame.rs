//! The whole picture: tabs, the screen, hints, the status line, and what lies above. A pure function of the model.

use crate::keys;
use crate::model::{Link, Model, Stage, Weight};
use crate::paint::{Hit, Painter, Side, Size, rows};
use crate::text;
use crate::update::global_keys;
use chrono::Duration;
use locales::args;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Rows around the body of a screen: tabs, hints, status.
pub const AROUND: u16 = 3;
/// The smallest terminal that shows anything of use.
pub const SMALLEST: (u16, u16) = (40, 10);

/// Paints everything. Gives where the cursor stands, if it shows.
pub fn paint(model: &Model, buffer: &mut Buffer) -> Option<Position> {
    painted(model, buffer).1
}

/// What can be clicked where.
#[must_use]
pub fn hits(model: &Model) -> Vec<(Rect, Hit)> {
    let (width, height) = model.shared.size;
    let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
    painted(model, &mut buffer).0
}

fn painted(model: &Model, buffer: &mut Buffer) -> (Vec<(Rect, Hit)>, Option<Position>) {
    let area = buffer.area;
    let mut paint = Painter::new(buffer, &model.shared.look, model.shared.now);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let text = model.shared.look.t("console-too-small");
        let style = model.shared.look.theme.text;
        paint.paragraph(area, &text, style);
        return (paint.hits, None);
    }
    match &model.stage {
        Stage::Opening => opening(model, &mut paint, area),
        Stage::SigningIn(_) => crate::sign_in::view(model, &mut paint, area),
        Stage::Working => {
            let parts = rows(area, &[Size::Fixed(1), Size::Share(1), Size::Fixed(1), Size::Fixed(1)]);
            tabs(model, &mut paint, parts[0]);
            model.screen().view(&mut paint, parts[1], &model.shared);
            hints(model, &mut paint, parts[2]);
            status(model, &mut paint, parts[3]);
            if let Some(overlay) = &model.overlay {
                // What lies below cannot be clicked and has no cursor.
                paint.hits.clear();
                paint.cursor = None;
                overlay.view(&mut paint, Rect { height: area.height - 1, ..area });
            }
        }
    }
    (paint.hits, paint.cursor)
}

fn opening(model: &Model, paint: &mut Painter<'_>, area: Rect) {
    let theme = model.shared.look.theme.clone();
    let inside = paint.window(area, 60, 7, "fixi-admin");
    let (text, style) = match &model.shared.link {
        Link::Down(_, failure) => (model.words_for(failure), theme.bad),
        Link::Unknown | Link::Up => (model.shared.look.t("console-opening"), theme.text),
    };
    paint.paragraph(Rect { height: inside.height.saturating_sub(1), ..inside }, &text, style);
    let quit = model.shared.look.t("console-key-quit");
    let last = Rect { y: inside.bottom() - 1, height: 1, ..inside };
    paint.pieces(last, &[("Esc", theme.accent), (&quit, theme.dim)]);
}

fn tabs(model: &Model, paint: &mut Painter<'_>, area: Rect) {
    let theme = model.shared.look.theme.clone();
    let me = model.shared.me.as_ref();
    let business = me.map(|me| me.business.name.clone()).unwrap_or_default();
    let name_width = u16::try_from(text::width(&business)).unwrap_or(20).min(area.width / 4) + 1;
    let parts = paint.columns(area, &[Size::Fixed(name_width), Size::Share(1)]);
    paint.text(parts[0], &business, theme.accent, Side::Start);
    let titles: Vec<_> = model
        .visible()
        .enumerate()
        .map(|(place, (at, id))| {
            let digit = if place < 10 { ((place + 1) % 10).to_string() } else { String::new() };
            (at, id, digit, paint.look.t(id.title()))
        })
        .collect();
    let whole: usize = titles.iter().map(|(_, _, digit, title)| digit.len() + text::width(title) + 3).sum();
    let all = whole <= usize::from(parts[1].width);
    let mut rest = parts[1];
    for (at, id, digit, title) in &titles {
        let current = *at == model.current;
        let label = match (current || all, digit.is_empty()) {
            (true, false) => format!("{digit} {title}"),
            (true, true) => title.clone(),
            (false, false) => digit.clone(),
            (false, true) => "·".to_owned(),
        };
        let used = paint.text(rest, &label, if current { theme.accent } else { theme.dim }, Side::Start);
        if current {
            paint.tint(used, theme.chosen);
        }
        paint.hit(used, Hit::Screen(*id));
        let step = (used.width + 2).min(rest.width);
        rest.width -= step;
        if !paint.look.locale.is_rtl() {
            rest.x += step;
        }
    }
}

fn hints(model: &Model, paint: &mut Painter<'_>, area: Rect) {
    let theme = model.shared.look.theme.clone();
    let screen = model.screen().keys();
    let console = global_keys().take(3);
    let mut rest = area;
    for (keys, help) in screen.into_iter().chain(console) {
        let Some(key) = keys.first() else { continue };
        let words = paint.look.t(help);
        let name = key.to_string();
        let width = u16::try_from(text::width(&name) + text::width(&words) + 3).unwrap_or(u16::MAX);
        // Half a hint is none. `?` must always be there.
        let is_help = help == "console-key-help";
        let reserve = if is_help { 0 } else { 12 };
        if width + reserve > rest.width {
            continue;
        }
        let before = rest;
        rest = paint.pieces(rest, &[(&name, theme.accent), (&words, theme.dim)]);
        let used = before.width - rest.width;
        let x = if rest.x > before.x { before.x } else { rest.right() };
        paint.hit(Rect { x, width: used, height: 1, ..before }, Hit::Key(*key));
        let step = 1.min(rest.width);
        rest.width -= step;
        if !paint.look.locale.is_rtl() {
            rest.x += step;
        }
    }
}

fn status(model: &Model, paint: &mut Painter<'_>, area: Rect) {
    let theme = model.shared.look.theme.clone();
    let shared = &model.shared;
    let clock = paint.look.time(shared.now);
    let me = shared.me.as_ref();
    let who = me.map(|me| format!("{} · {}", me.name, paint.look.t(role_key(me.role)))).unwrap_or_default();
    let waiting = if shared.waiting > 0 { format!("⋯{}", shared.waiting) } else { String::new() };
    let readonly = if shared.readonly { paint.look.t("console-readonly") } else { String::new() };
    let (link, link_style) = match &shared.link {
        Link::Up | Link::Unknown => (String::new(), theme.good),
        Link::Down(since, _) => {
            let span = paint.look.span((shared.now - *since).max(Duration::zero()));
            (format!("✗ {}", paint.look.say("console-link-lost", &args![span = span])), theme.bad)
        }
    };
    let right: Vec<(&str, Style)> = [
        (link.as_str(), link_style),
        (waiting.as_str(), theme.dim),
        (readonly.as_str(), theme.warn),
        (who.as_str(), theme.dim),
        (clock.as_str(), theme.text),
    ]
    .into_iter()
    .filter(|(text, _)| !text.is_empty())
    .collect();
    let width: usize = right.iter().map(|(text, _)| text::width(text) + 2).sum();
    let width = u16::try_from(width).unwrap_or(area.width).min(area.width);
    let parts = paint.columns(area, &[Size::Share(1), Size::Fixed(width)]);
    if let Some((notice, _)) = &model.notice {
        let style = match notice.weight {
            Weight::Good => theme.good,
            Weight::Plain => theme.text,
            Weight::Bad => theme.bad,
        };
        let sign = match notice.weight {
            Weight::Good => "✓",
            Weight::Plain => "·",
            Weight::Bad => "!",
        };
        paint.pieces(parts[0], &[(sign, style), (&notice.text, style)]);
    } else if let Some(filter) = model.screen().filter().filter(|filter| !filter.is_empty()) {
        paint.pieces(parts[0], &[("/", theme.accent), (filter, theme.text)]);
    }
    let mut rest = parts[1];
    for (text, style) in right {
        rest = paint.pieces(rest, &[(text, style), (" ", style)]);
    }
}

fn role_key(role: admin_api::access::Role) -> &'static str {
    use admin_api::access::Role;
    match role {
        Role::SystemAdmin => "console-role-system_admin",
        Role::Owner => "console-role-owner",
        Role::Admin => "console-role-admin",
        Role::Agent => "console-role-agent",
    }
}

/// The lines of `?`: of the screen first, then of the console.
pub(crate) fn help(model: &Model) -> Vec<(String, &'static str)> {
    let screen = model.screen();
    let mut lines = vec![(String::new(), screen.id().title())];
    lines.extend(screen.keys().into_iter().map(|(keys, help)| (keys::names(keys), help)));
    lines.extend(screen.commands().into_iter().map(|(name, help)| (format!(":{name}"), help)));
    lines.push((String::new(), "console-help-everywhere"));
    lines.extend(global_keys().map(|(keys, help)| (keys::names(keys), help)));
    lines.push(("1–9, 0".to_owned(), "console-key-digits"));
    lines.extend(crate::update::own_words().map(|(name, help)| (format!(":{name}"), help)));
    lines
}
