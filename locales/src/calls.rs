//! Compares call sites in Rust sources with the texts, so that a wrong key or a forgotten variable fails a test.
//!
//! It reads sources as text, not as Rust: it sees calls of the form `text(locale, "key", &args![a = .., b = ..])`,
//! the same with `let args = args![..]` before it and `&args` in the call, and any string literal that begins like a
//! key. Keys put together or chosen at run time are beyond it.

use crate::{keys, variables};
use std::collections::BTreeSet;
use std::fmt;

const ARGS: &str = "args![";

/// A call that would show a wrong text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallProblem {
    /// The line of the call, from 1.
    pub line: usize,
    /// The key that is asked for.
    pub key: String,
    /// Variables that the text needs and the call does not give.
    pub missing: Vec<&'static str>,
    /// Variables that the call gives and the text does not have.
    pub unknown: Vec<String>,
    /// Whether there is such a text at all.
    pub key_exists: bool,
}

/// The problems of every call in one Rust source. Tests of other crates run it over their `src` folder.
#[must_use]
pub fn check_calls(source: &str) -> Vec<CallProblem> {
    let mut problems = Vec::new();
    let direct = source.match_indices(ARGS).map(|(at, _)| (at, Some(at)));
    let named = source.match_indices('&').map(|(at, _)| (at + 1, bound(source, at + 1)));
    for (start, values) in direct.chain(named) {
        let (Some(key), Some(values)) = (key_before(&source[..start]), values) else { continue };
        let given = names(&source[values + ARGS.len()..]);
        let needed = variables(key);
        let missing: Vec<&'static str> =
            needed.into_iter().flatten().copied().filter(|name| !given.contains(*name)).collect();
        let unknown: Vec<String> = given
            .into_iter()
            .filter(|name| needed.is_some_and(|needed| !needed.contains(name)))
            .map(str::to_owned)
            .collect();
        if needed.is_none() || !missing.is_empty() || !unknown.is_empty() {
            let (line, key_exists) = (line_of(source, start), needed.is_some());
            problems.push(CallProblem { line, key: key.to_owned(), missing, unknown, key_exists });
        }
    }
    problems.extend(unknown_literals(source));
    problems
}

/// Where the variables begin that a call takes by name: those of the nearest binding of that name before it.
fn bound(source: &str, start: usize) -> Option<usize> {
    let rest = &source[start..];
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    let name = &rest[..end];
    if name.is_empty() || !rest[end..].trim_start().starts_with([')', ',']) {
        return None;
    }
    let binding = format!("let {name} =");
    let values = source[..start].rfind(&binding)? + binding.len();
    let value = source[values..start].trim_start();
    let value = value.strip_prefix("locales::").unwrap_or(value);
    value.starts_with(ARGS).then(|| value.as_ptr() as usize - source.as_ptr() as usize)
}

/// Literals that begin like a key and are none: most often a renamed text. A literal that ends in `-` or holds a
/// brace is a beginning that is completed at run time.
fn unknown_literals(source: &str) -> Vec<CallProblem> {
    let families: BTreeSet<&str> =
        keys().filter_map(|key| key.split_once('-')).map(|(family, _)| family).collect();
    let mut problems = Vec::new();
    for (start, literal) in literals(source) {
        let is_key = literal
            .split_once('-')
            .is_some_and(|(family, rest)| families.contains(family) && !rest.is_empty())
            && literal.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
            && !literal.ends_with('-');
        let is_called = source[start..].trim_start_matches(['"', ' ', ',', '\n', '&']).starts_with(ARGS);
        if is_key && !is_called && variables(literal).is_none() {
            let (missing, unknown) = (Vec::new(), Vec::new());
            let line = line_of(source, start);
            problems.push(CallProblem { line, key: literal.to_owned(), missing, unknown, key_exists: false });
        }
    }
    problems
}

/// The simple string literals of a source, each with the place of its closing quote.
fn literals(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.lines().flat_map(move |line| {
        let base = line.as_ptr() as usize - source.as_ptr() as usize;
        let quotes: Vec<usize> = line.match_indices('"').map(|(at, _)| at).collect();
        let code = !line.trim_start().starts_with("//");
        let pairs: Vec<(usize, &str)> = quotes
            .chunks_exact(2)
            .filter(|_| code)
            .map(|pair| (base + pair[1], &line[pair[0] + 1..pair[1]]))
            .collect();
        pairs
    })
}

/// The literal key that stands before the variables of a call, if it is a literal.
fn key_before(source: &str) -> Option<&str> {
    let before = source.trim_end_matches("locales::").trim_end();
    // Without a reference it is a pair of a key and its variables.
    let before = before.strip_suffix('&').unwrap_or(before).trim_end();
    let literal = before.strip_suffix(',')?.trim_end().strip_suffix('"')?;
    let key = &literal[literal.rfind('"')? + 1..];
    key.contains('-').then_some(key)
}

/// The names before each `=` up to the bracket that closes the variables.
fn names(source: &str) -> BTreeSet<&str> {
    let (mut depth, mut begin, mut quoted, mut previous) = (0_usize, 0, false, ' ');
    let mut parts = Vec::new();
    for (at, c) in source.char_indices() {
        match c {
            '"' if previous != '\\' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ']' if depth == 0 => {
                parts.push(&source[begin..at]);
                break;
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&source[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
        previous = c;
    }
    parts.into_iter().filter_map(|part| part.split_once('=')).map(|(name, _)| name.trim()).collect()
}

fn line_of(source: &str, at: usize) -> usize {
    source[..at].matches('\n').count() + 1
}

impl fmt::Display for CallProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: `{}`", self.line, self.key)?;
        if !self.key_exists {
            return write!(formatter, " is no text");
        }
        if !self.missing.is_empty() {
            write!(formatter, " needs {}", self.missing.join(", "))?;
        }
        if !self.unknown.is_empty() {
            let and = if self.missing.is_empty() { "" } else { " and" };
            write!(formatter, "{and} does not know {}", self.unknown.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let found: Vec<String> = check_calls(source).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_right_call_passes() {
        check(r#"text(locale, "customer-greeting", &args![business = name(a, b)])"#, &[]);
        check(
            "text(\n l,\n \"customer-slot-line\",\n &locales::args![\n number = 1, slot = slots[0].text,\n ],\n)",
            &[],
        );
    }

    #[test]
    fn wrong_calls_are_named_with_their_line() {
        check("\ntext(l, \"customer-greeting\", &args![])", &["line 2: `customer-greeting` needs business"]);
        check(
            r#"text(l, "customer-greeting", &args![business = "a, b = c", nmae = 1])"#,
            &["line 1: `customer-greeting` does not know nmae"],
        );
        check(r#"text(l, "customer-greting", &args![])"#, &["line 1: `customer-greting` is no text"]);
    }

    #[test]
    fn variables_with_a_name_of_their_own_are_seen() {
        let source = |name: &str| {
            format!(
                "let given = args![{name} = 1];\nlet args = other();\ntext(l, \"customer-greeting\", &given)"
            )
        };
        check(&source("business"), &[]);
        check(&source("shop"), &["line 3: `customer-greeting` needs business and does not know shop"]);
        check(r#"("customer-greeting", args![])"#, &["line 1: `customer-greeting` needs business"]);
    }

    #[test]
    fn a_literal_that_looks_like_a_key_must_be_one() {
        check(
            r#"let key = if late { "customer-no-such-text" } else { "customer-greeting" };"#,
            &["line 1: `customer-no-such-text` is no text"],
        );
        check(r#"format!("trade-{key}"); starts_with("trade-")"#, &[]);
    }
}
