//! Two states of a thing side by side, field by field.

use crate::look::Look;
use crate::paint::{Painter, Side, Size};
use crate::text;
use chrono::DateTime;
use ratatui::layout::Rect;
use serde_json::Value;
use std::collections::BTreeMap;

/// A field as it was and as it became; `—` where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name; of a field within a field `hours.sunday`.
    pub name: String,
    /// As it was.
    pub before: String,
    /// As it became.
    pub after: String,
}

/// The fields of both, by name.
#[must_use]
pub fn fields(before: &Value, after: &Value) -> Vec<Field> {
    let mut found: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    for (side, value) in [before, after].into_iter().enumerate() {
        let mut flat = Vec::new();
        flatten("", value, &mut flat);
        for (name, text) in flat {
            found.entry(name).or_default()[side] = Some(text);
        }
    }
    let shown = |text: Option<String>| text.unwrap_or_else(|| "—".to_owned());
    found
        .into_iter()
        .map(|(name, [before, after])| Field { name, before: shown(before), after: shown(after) })
        .collect()
}

fn flatten(name: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(fields) if !fields.is_empty() => {
            for (field, value) in fields {
                let inner = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
                flatten(&inner, value, out);
            }
        }
        Value::String(text) => out.push((name.to_owned(), text.clone())),
        other => out.push((name.to_owned(), other.to_string())),
    }
}

/// Paints fields from the line `above` on. Gives how many lines there are.
pub fn side_by_side(paint: &mut Painter<'_>, area: Rect, fields: &[Field], above: usize) -> usize {
    let theme = paint.look.theme.clone();
    let sizes =
        [Size::Fixed(20.min(area.width / 4)), Size::Fixed(1), Size::Share(1), Size::Fixed(3), Size::Share(1)];
    let wide = usize::from(paint.columns(area, &sizes)[2].width);
    let mut lines: Vec<(String, String, String, bool)> = Vec::new();
    for field in fields {
        let [before, after] = [&field.before, &field.after]
            .map(|value| text::wrap(&said(paint.look, &field.name, value), wide));
        for at in 0..before.len().max(after.len()) {
            let name = if at == 0 { paint.look.word("console-field-", &field.name) } else { String::new() };
            let line = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
            lines.push((name, line(&before), line(&after), at == 0 && field.before != field.after));
        }
    }
    let above = above.min(lines.len().saturating_sub(area.height.into()));
    let arrow = if paint.look.locale.is_rtl() { "←" } else { "→" };
    for (y, (name, before, after, differs)) in (area.y..area.bottom()).zip(lines.iter().skip(above)) {
        let cells = paint.columns(Rect { y, height: 1, ..area }, &sizes);
        paint.text(cells[0], name, theme.accent, Side::Start);
        paint.text(cells[2], before, theme.dim, Side::Start);
        if *differs {
            paint.put(cells[3].x + 1, y, arrow, theme.dim);
        }
        paint.text(cells[4], after, theme.warn, Side::Start);
    }
    lines.len()
}

/// A value as people read it: the word for a key, and moments in the business's own time.
pub(crate) fn said(look: &Look, field: &str, value: &str) -> String {
    let family = match field {
        "status" => Some("console-status-"),
        "needs_human" => Some("concern-"),
        "role" => Some("console-role-"),
        "approval" => Some("console-approval-"),
        "consent" => Some("console-consent-"),
        _ => None,
    };
    match (family, DateTime::parse_from_rfc3339(value)) {
        (Some(family), _) => look.word(family, value),
        (None, Ok(at)) => look.date_and_time(at.to_utc()),
        (None, Err(_)) => text::clean(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_of_both_sides_stand_beside_each_other() {
        let found = fields(&json!({"a": 1, "h": {"sun": "x"}}), &json!({"b": [1], "h": {"sun": "y"}}));
        let shown: Vec<_> =
            found.iter().map(|f| (f.name.as_str(), f.before.as_str(), f.after.as_str())).collect();
        assert_eq!(shown, [("a", "1", "—"), ("b", "—", "[1]"), ("h.sun", "x", "y")]);
        assert_eq!(fields(&Value::Null, &Value::Null), []);
    }
}
