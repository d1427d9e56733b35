//! One lead whole: facts, who could take it, what happened, what was said.

use super::Open;
use crate::look::Look;
use crate::model::Shared;
use crate::paint::{Painter, Side};
use crate::screens::dashboard::status_style;
use crate::sheet::{Item, sheet};
use crate::text::isolate;
use admin_api::conversation::{Line, Speaker};
use admin_api::lead::{LeadDetail, Moment, RankedPro};
use chrono::{DateTime, Utc};
use locales::args;
use ratatui::layout::Rect;

/// Paints it.
pub(super) fn view(paint: &mut Painter<'_>, area: Rect, open: &Open, _shared: &Shared) {
    let theme = paint.look.theme.clone();
    let Some(detail) = &open.detail else {
        let inside = paint.boxed(area, "", theme.edge);
        let words = paint.look.t("console-opening");
        let middle = Rect { y: inside.y + inside.height / 2, height: 1, ..inside };
        paint.text(middle, &words, theme.dim, Side::Middle);
        return;
    };
    let title = paint.look.say("console-leads-title", &args![number = detail.line.number]);
    let inside = paint.boxed(area, &title, theme.edge);
    let items = items(detail, paint.look, paint.now);
    sheet(paint, inside, &items, open.above);
}

fn items(detail: &LeadDetail, look: &Look, now: DateTime<Utc>) -> Vec<Item> {
    let theme = &look.theme;
    let line = &detail.line;
    let mut items = Vec::new();
    let mut fact = |label: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            items.push(Item::Fact(look.t(label), value, theme.text));
        }
    };
    let state = look.word("console-status-", line.status.key());
    let since = look.span(now - line.since);
    fact(
        "console-leads-state",
        Some(look.say("console-leads-state-since", &args![state = state, since = since])),
    );
    fact("console-leads-emergency", line.emergency.then(|| look.t("console-yes")));
    fact("console-leads-why", line.needs_human.as_deref().map(|why| look.word("concern-", why)));
    fact("console-leads-customer", line.customer.clone());
    fact("console-leads-phone", detail.phone.clone());
    fact("console-leads-trade", line.trade.as_deref().map(|trade| look.word("trade-", trade)));
    fact("console-leads-issue", line.issue.clone());
    fact("console-leads-address", detail.full_address.clone().or_else(|| line.city.clone()));
    fact("console-leads-with", line.pro_name.clone());
    fact("console-leads-visit", line.visit_from.map(|from| visit(look, from, line.visit_to, now)));
    fact("console-leads-quote", detail.quote.map(|(from, to)| quote(look, from, to)));
    fact("console-leads-paid", detail.paid.map(|paid| look.money(paid.into())));
    fact("console-leads-commission", detail.commission.map(|share| look.money(share.into())));
    fact("console-leads-moves", (detail.moves > 0).then(|| detail.moves.to_string()));
    fact("console-leads-stars", detail.stars.map(|stars| "★".repeat(stars.min(5).into())));
    fact("console-leads-review", detail.review.clone());
    if let Some(Item::Fact(_, _, style)) = items.first_mut() {
        *style = status_style(theme, line.status);
    }
    if !detail.ranked.is_empty() {
        items.extend([Item::Gap, Item::Heading(look.t("console-leads-ranked"))]);
        items.extend(detail.ranked.iter().enumerate().map(|(place, ranked)| {
            let style = if ranked.score.is_some() { theme.text } else { theme.dim };
            Item::Ours(format!("{}. {}", place + 1, ranked_line(look, ranked)), style)
        }));
    }
    items.extend([Item::Gap, Item::Heading(look.t("console-leads-timeline"))]);
    items.extend(detail.timeline.iter().map(|moment| moment_item(moment, look, now)));
    if !detail.words.is_empty() {
        items.extend([Item::Gap, Item::Heading(look.t("console-leads-words"))]);
        items.extend(detail.words.iter().flat_map(|line| said(line, look, now)));
    }
    items
}

fn visit(look: &Look, from: DateTime<Utc>, to: Option<DateTime<Utc>>, _now: DateTime<Utc>) -> String {
    let day = look.day(from);
    let times = match to {
        Some(to) => format!("{}–{}", look.time(from), look.time(to)),
        None => look.time(from),
    };
    format!("{} {} {}", look.weekday(day), isolate(&look.date(day)), isolate(&times))
}

fn quote(look: &Look, from: u32, to: u32) -> String {
    if from == to {
        look.money(from.into())
    } else {
        format!("{}–{}", look.money(from.into()), look.money(to.into()))
    }
}

/// A pro with the reasons of routing.
pub(super) fn ranked_line(look: &Look, ranked: &RankedPro) -> String {
    let score = ranked.score.map_or_else(|| look.t("console-leads-ruled-out"), |score| format!("{score:.2}"));
    format!("{} · {score} · {}", isolate(&ranked.name), reasons(look, ranked))
}

/// The reasons of routing, in the operator's words as far as they are known.
pub(super) fn reasons(look: &Look, ranked: &RankedPro) -> String {
    let parts = ranked.reasons.iter().flat_map(|reason| reason.split(' '));
    // `rating=4.8` has a figure, `area=own` is a word; the ring says what the distance says. The demo's page uses the same
    // texts.
    let reasons = parts.filter(|part| !part.is_empty() && !part.starts_with("ring=")).map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let known = [format!("demo-why-{key}"), format!("demo-why-{key}_{value}")];
        match known.iter().find(|text| locales::variables(text).is_some()) {
            Some(text) => look.say(text, &args![value = isolate(value)]),
            None => part.to_owned(),
        }
    });
    reasons.collect::<Vec<_>>().join(", ")
}

/// Why a status was set: ours in words, and what somebody wrote as it is.
fn because(look: &Look, reason: &str) -> String {
    look.known_word(&["console-because-", "concern-"], reason).unwrap_or_else(|| isolate(reason))
}

fn moment_item(moment: &Moment, look: &Look, now: DateTime<Utc>) -> Item {
    let what = match moment.what.as_str() {
        status if locales::variables(&format!("console-status-{status}")).is_some() => {
            look.word("console-status-", status)
        }
        other => look.word("console-moment-", other),
    };
    let by = moment.by.as_ref().map(|by| format!(" ({})", isolate(by))).unwrap_or_default();
    let detail = match moment.detail.as_str() {
        "" => String::new(),
        detail => format!(": {}", because(look, detail)),
    };
    Item::Fact(look.moment(moment.at, now), format!("{what}{by}{detail}"), look.theme.text)
}

fn said(line: &Line, look: &Look, now: DateTime<Utc>) -> Vec<Item> {
    let (who, style) = match line.by {
        Speaker::Person => ("console-by-person", look.theme.text),
        Speaker::Bot => ("console-by-bot", look.theme.bot),
        Speaker::Operator => ("console-by-operator", look.theme.operator),
    };
    vec![
        Item::Fact(look.moment(line.at, now), look.t(who), look.theme.dim),
        Item::Text(line.text.clone(), style),
    ]
}
