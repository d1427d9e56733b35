//! Numbers that are not times: phones, prices, addresses, quantities, ratings. They are struck out before anyone
//! looks for a time, so that no rule has to think of them again.

use super::lexicon::Term;
use super::tokens::Token;

/// Strikes out what surely is not a time.
pub(super) fn mask(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        phone(tokens, at);
        spoken_digits(tokens, at);
    }
    for at in 0..tokens.len() {
        match tokens[at].term {
            Term::NumberCue => number_after_cue(tokens, at),
            Term::StreetCue => street(tokens, at),
            Term::StreetAfter => number_before_street(tokens, at),
            Term::PriceCue => price(tokens, at),
            Term::Measure | Term::Sign('%' | '₪' | '$' | '€') => measured(tokens, at),
            Term::Unknown if is_hebrew_plural(&tokens[at].word) => measured(tokens, at),
            Term::LongNumber(_) => strike(&mut tokens[at]),
            _ => {}
        }
    }
}

fn strike(token: &mut Token) {
    token.term = Term::Opaque;
}

fn is_numeral(token: &Token) -> bool {
    matches!(token.term, Term::Number { .. } | Term::LongNumber(_))
}

fn digits(token: &Token) -> usize {
    match token.term {
        Term::Number { digits, .. } | Term::LongNumber(digits) => digits,
        _ => 0,
    }
}

/// Seven digits and more in one run, however they are cut, unless they are a date.
fn phone(tokens: &mut [Token], start: usize) {
    if digits(&tokens[start]) == 0 || start > 0 && tokens[start].glued && is_numeral(&tokens[start - 1]) {
        return;
    }
    let mut end = start + 1;
    let mut groups = vec![digits(&tokens[start])];
    loop {
        let signs = tokens[end..]
            .iter()
            .take_while(|token| matches!(token.term, Term::Sign('-' | '(' | ')' | '.' | '/')))
            .count();
        match tokens.get(end + signs) {
            Some(token) if digits(token) > 0 && token.prefix.is_empty() => groups.push(digits(token)),
            _ => break,
        }
        end += signs + 1;
    }
    let is_date =
        matches!(groups[..], [4, 1 | 2, 1 | 2, ..] | [1 | 2, 1 | 2, 4 | 2, ..]) && groups.len() <= 5;
    // A group of three digits is in no time or date, and in every phone number written in groups.
    let like_a_phone = groups.iter().any(|digits| *digits == 3 || *digits >= 5);
    if groups.iter().sum::<usize>() >= 7 && like_a_phone && !is_date {
        tokens[start..end].iter_mut().for_each(strike);
    }
}

/// Six digits and more spoken one after another.
fn spoken_digits(tokens: &mut [Token], start: usize) {
    let run = tokens[start..]
        .iter()
        .take_while(|token| {
            matches!(token.term, Term::Number { digits: 0, .. } | Term::Sign(',')) && token.prefix.is_empty()
        })
        .count();
    let words = tokens[start..start + run].iter().filter(|token| is_numeral(token)).count();
    if words >= 6 {
        tokens[start..start + run].iter_mut().for_each(strike);
    }
}

/// "קומה 3", "apartment 12", "דירוג 4.5", "בית 10/5".
fn number_after_cue(tokens: &mut [Token], cue: usize) {
    let mut at = cue + 1;
    while tokens.get(at).is_some_and(|token| matches!(token.term, Term::NumberCue | Term::Sign(':' | '#'))) {
        at += 1;
    }
    if cue > 1 && tokens[cue - 1].term == Term::Ordinal {
        strike(&mut tokens[cue - 2]);
    }
    strike_figure(tokens, at);
}

/// The number, with what is glued to it by a sign, unless a preposition makes it a time.
fn strike_figure(tokens: &mut [Token], at: usize) {
    let Some(token) = tokens.get(at).filter(|token| is_numeral(token) && token.prefix.is_empty()) else {
        return;
    };
    let is_clock = digits(token) > 0
        && tokens.get(at + 1).is_some_and(|next| next.glued && next.term == Term::Sign(':'));
    if is_clock {
        return;
    }
    strike(&mut tokens[at]);
    let mut at = at + 1;
    while at + 1 < tokens.len()
        && tokens[at].glued
        && matches!(tokens[at].term, Term::Sign('/' | '-' | '.' | ','))
        && tokens[at + 1].glued
        && is_numeral(&tokens[at + 1])
    {
        strike(&mut tokens[at + 1]);
        at += 2;
    }
}

/// A street's name and number after "רחוב"; streets are named for numbers, weekdays and holidays as well.
fn street(tokens: &mut [Token], cue: usize) {
    let number = (cue + 1..tokens.len().min(cue + 5)).find(|at| is_numeral(&tokens[*at]));
    let only_words = number.is_some_and(|number| {
        tokens[cue + 1..number]
            .iter()
            .all(|token| !matches!(token.term, Term::Sign(',' | '.' | '?' | '!') | Term::DaysAhead(_)))
    });
    match number.filter(|number| only_words && tokens[*number].prefix.is_empty()) {
        Some(number) => {
            tokens[cue + 1..number].iter_mut().for_each(strike);
            strike_figure(tokens, number);
        }
        None => {
            if let Some(name) = tokens.get_mut(cue + 1).filter(|token| {
                matches!(token.term, Term::Weekday(_) | Term::Number { .. } | Term::Holiday(_))
                    && token.prefix.is_empty()
            }) {
                strike(name);
            }
        }
    }
}

/// "12 Herzl street".
fn number_before_street(tokens: &mut [Token], street: usize) {
    let from = street.saturating_sub(3);
    if let Some(at) = (from..street).rev().find(|at| is_numeral(&tokens[*at]))
        && tokens[at + 1..street].iter().all(|token| token.word.chars().all(char::is_alphabetic))
    {
        strike(&mut tokens[at]);
    }
}

/// "התקציב שלי 1500", "עולה 200-300".
fn price(tokens: &mut [Token], cue: usize) {
    for at in cue + 1..tokens.len().min(cue + 4) {
        match tokens[at].term {
            Term::Number { .. } => return strike_figure(tokens, at),
            Term::Unknown
            | Term::Neutral
            | Term::Sign(':' | '-' | '₪' | '$')
            | Term::Around
            | Term::Until
            | Term::PriceCue => {}
            _ => return,
        }
    }
}

/// The number before a unit that is not one of time, or beside a currency sign: "ב-3 חדרים", "1,500 ש"ח", "$50".
fn measured(tokens: &mut [Token], unit: usize) {
    let currency_first = matches!(tokens[unit].term, Term::Sign('₪' | '$' | '€'));
    let mut at = unit;
    while at > 0 {
        let token = &tokens[at - 1];
        let part_of_figure = is_numeral(token)
            || matches!(token.term, Term::Half | Term::Quarter | Term::And)
            || matches!(token.term, Term::Sign('-' | '.' | ',' | '/')) && token.glued && at < unit;
        let separate = at < unit && is_numeral(token) && !tokens[at].glued && digits(token) > 0;
        // A clock ("ב-9:00 ₪") is not an amount, and neither is the number before a comma and a space.
        if !part_of_figure || separate || token.term == Term::Sign(',') && !tokens[at].glued {
            break;
        }
        at -= 1;
    }
    if tokens[at..unit].iter().any(is_numeral) {
        tokens[at..unit].iter_mut().filter(|token| is_numeral(token)).for_each(strike);
    } else if currency_first {
        strike_figure(tokens, unit + 1);
    }
}

fn is_hebrew_plural(word: &str) -> bool {
    word.chars().count() >= 4 && (word.ends_with("ים") || word.ends_with("ות"))
}
