//! Text of people made fit for cells of a terminal: harmless, wrapped, and in the order in which it is read. Stored text
//! is never changed by it; whoever copies, copies what is stored.
//!
//! Terminals put cells down in the order of memory, and most leave Hebrew and Arabic in it. So a text is wrapped in that
//! order by display width, and each line that results is then put into visual order.

use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Who puts right-to-left text into visual order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bidi {
    /// This program. Right for xterm, Alacritty, kitty, foot, WezTerm, Windows Terminal, tmux.
    #[default]
    App,
    /// The terminal: VTE (GNOME), Konsole, mlterm, iTerm2 where it is switched on.
    Terminal,
}

impl Bidi {
    /// `app` or `terminal`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "app" => Some(Self::App),
            "terminal" => Some(Self::Terminal),
            _ => None,
        }
    }
}

/// The direction of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// More marks than this on one letter are left out: they would paint over the neighbours.
const MOST_MARKS: usize = 4;

/// How many cells a text takes that [`clean`] made.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

fn grapheme_width(grapheme: &str) -> usize {
    if matches!(grapheme, "\u{2068}" | "\u{2069}") { 0 } else { UnicodeWidthStr::width(grapheme).min(2) }
}

/// The text without anything that could move the cursor, hide words or change their order: control characters become
/// the pictures of themselves, invisible ones go. Line breaks stay; a tab becomes a space.
#[must_use]
pub fn clean(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => out.push('\n'),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\t' => out.push(' '),
            '\u{0}'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('?')),
            '\u{7f}' => out.push('\u{2421}'),
            '\u{80}'..='\u{9f}' => out.push('\u{fffd}'),
            // Isolates order and hide nothing; see `isolate`.
            '\u{2068}' | '\u{2069}' => {
                out.push(c);
                continue;
            }
            c if is_invisible(c) => {}
            c if unicode_width::UnicodeWidthChar::width(c) == Some(0) => {
                marks += 1;
                // A mark without a letter would land on what stands before the text.
                if marks <= MOST_MARKS && out.chars().next_back().is_some_and(|last| last != '\n') {
                    out.push(c);
                }
                continue;
            }
            c => out.push(c),
        }
        marks = 0;
    }
    out
}

/// Marks of direction, joiners, variation selectors, tags: terminals disagree about how wide they make what they touch.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e01ef}')
}

/// A name or other words of people inside a line of ours: whatever their direction, the line around them keeps its own.
#[must_use]
pub fn isolate(text: &str) -> String {
    let cleaned = one_line(text).replace(['\u{2068}', '\u{2069}'], "");
    format!("\u{2068}{cleaned}\u{2069}")
}

/// The cleaned text as one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut line = clean(text);
    if line.contains('\n') {
        line = line.replace('\n', " ");
    }
    line
}

/// The direction of a text: that of its first letter that has one.
#[must_use]
pub fn direction(text: &str) -> Option<Direction> {
    use unicode_bidi::BidiClass::{AL, L, R};
    text.chars().find_map(|c| match unicode_bidi::bidi_class(c) {
        L => Some(Direction::Ltr),
        R | AL => Some(Direction::Rtl),
        _ => None,
    })
}

/// The direction of a line of our own words: that of the console if words of people are isolated in it, or if it has but
/// one letter of the console's script; else its own. Figures alone, such as a phone number, run from left to right.
#[must_use]
pub fn direction_within(text: &str, console: Direction) -> Direction {
    match console {
        _ if text.contains('\u{2068}') => console,
        Direction::Rtl
            if text.chars().any(|c| direction(c.encode_utf8(&mut [0; 4])) == Some(Direction::Rtl)) =>
        {
            Direction::Rtl
        }
        Direction::Rtl | Direction::Ltr => direction(text).unwrap_or(Direction::Ltr),
    }
}

/// As much of one cleaned line as has room, in memory's order, with `…` where something was left out.
#[must_use]
pub fn fit(line: &str, room: usize) -> String {
    if width(line) <= room {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in line.graphemes(true) {
        let wide = grapheme_width(grapheme);
        if used + wide + 1 > room {
            break;
        }
        out.push_str(grapheme);
        used += wide;
    }
    if room > 0 {
        out.truncate(out.trim_end().len());
        out.push('…');
    }
    out
}

/// A cleaned text as lines that have room, in memory's order. Words that are too long are cut.
#[must_use]
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for word in paragraph.split_inclusive(' ') {
            if used > 0 && used + width(word.trim_end()) > room {
                push_line(&mut lines, &mut line);
                used = 0;
            }
            for grapheme in word.graphemes(true) {
                let wide = grapheme_width(grapheme);
                if used + wide > room {
                    // A space that hangs over the edge is not a line of its own.
                    if grapheme == " " {
                        continue;
                    }
                    push_line(&mut lines, &mut line);
                    used = 0;
                }
                line.push_str(grapheme);
                used += wide;
            }
        }
        push_line(&mut lines, &mut line);
    }
    lines
}

fn push_line(lines: &mut Vec<String>, line: &mut String) {
    line.truncate(line.trim_end().len());
    lines.push(std::mem::take(line));
}

/// A line in visual order, cell by cell: where each of its letters stands in memory, and how wide it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visual<'a> {
    /// The letters from left to right, mirrored where they must be.
    pub letters: Vec<Letter<'a>>,
}

/// A letter with its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter<'a> {
    /// What is painted.
    pub glyph: &'a str,
    /// How many cells it takes.
    pub width: usize,
    /// Where it begins in the line in memory, in bytes.
    pub at: usize,
    /// Whether it is read from right to left.
    pub rtl: bool,
}

fn letter(at: usize, grapheme: &str, rtl: bool) -> Letter<'_> {
    let glyph = if rtl { mirror(grapheme) } else { grapheme };
    Letter { glyph, width: grapheme_width(grapheme), at, rtl }
}

/// Puts one cleaned line into visual order within a paragraph of this direction.
#[must_use]
pub fn visual(line: &str, direction: Direction, bidi: Bidi) -> Visual<'_> {
    // Most lines of most screens: nothing to reorder.
    if direction == Direction::Ltr && line.is_ascii() {
        let letters =
            (0..line.len()).map(|at| Letter { glyph: &line[at..=at], width: 1, at, rtl: false }).collect();
        return Visual { letters };
    }
    if bidi == Bidi::Terminal {
        let letters = line.grapheme_indices(true).map(|(at, grapheme)| letter(at, grapheme, false)).collect();
        return Visual { letters };
    }
    let base = match direction {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    };
    let info = BidiInfo::new(line, Some(base));
    let mut letters = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(Level::is_rtl);
            let part = line[run.clone()]
                .grapheme_indices(true)
                .map(|(at, grapheme)| letter(run.start + at, grapheme, rtl));
            if rtl {
                letters.extend(part.rev());
            } else {
                letters.extend(part);
            }
        }
    }
    Visual { letters }
}

impl Visual<'_> {
    /// The whole line as it is painted.
    #[must_use]
    pub fn text(&self) -> String {
        self.letters.iter().filter(|letter| letter.width > 0).map(|letter| letter.glyph).collect()
    }

    /// The column at which a cursor stands that is before the byte `at` of the line in memory; `end` is the line's length.
    #[must_use]
    pub fn column(&self, at: usize, end: usize, direction: Direction) -> usize {
        let total: usize = self.letters.iter().map(|letter| letter.width).sum();
        if at >= end {
            return match direction {
                Direction::Ltr => total,
                Direction::Rtl => 0,
            };
        }
        let mut column = 0;
        for letter in &self.letters {
            if letter.at == at {
                // The cursor is a block on the letter itself, in either direction.
                return column;
            }
            column += letter.width;
        }
        total
    }
}

fn mirror(grapheme: &str) -> &str {
    match grapheme {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "{" => "}",
        "}" => "{",
        "<" => ">",
        ">" => "<",
        "«" => "»",
        "»" => "«",
        "‹" => "›",
        "›" => "‹",
        "≤" => "≥",
        "≥" => "≤",
        "→" => "←",
        "←" => "→",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, direction: Direction, painted: &str) {
        assert_eq!(visual(&clean(line), direction, Bidi::App).text(), painted);
    }

    #[test]
    fn hebrew_and_arabic_are_painted_in_reading_order() {
        check("שלום", Direction::Rtl, "םולש");
        check("מחר ב-17:00, הרצל 12", Direction::Rtl, "12 לצרה ,17:00-ב רחמ");
        check("Fixi עונה", Direction::Rtl, "הנוע Fixi");
        check("status: שלום", Direction::Ltr, "status: םולש");
        check("مرحبا 3 مرات", Direction::Rtl, "تارم 3 ابحرم");
    }

    #[test]
    fn brackets_are_mirrored_and_marks_stay_on_their_letters() {
        check("נזילה (חמורה) [כן] «לא»", Direction::Rtl, "«אל» [ןכ] (הרומח) הליזנ");
        check("שָׁלוֹם", Direction::Rtl, "םוֹלשָׁ");
    }

    #[test]
    fn a_name_inside_a_line_of_ours_does_not_turn_it() {
        let line = format!("1. {} · 0.92 · 6.4 km", isolate("אבי כהן"));
        check(&line, Direction::Ltr, "1. ןהכ יבא · 0.92 · 6.4 km");
        assert_eq!(direction_within(&line, Direction::Ltr), Direction::Ltr);
        assert_eq!(isolate("a\u{2069}\u{202e}b"), "\u{2068}ab\u{2069}");
    }

    #[test]
    fn a_terminal_that_reorders_gets_the_order_of_memory() {
        assert_eq!(visual("שלום (a)", Direction::Rtl, Bidi::Terminal).text(), "שלום (a)");
    }

    #[test]
    fn nothing_moves_the_cursor_or_hides_words() {
        assert_eq!(clean("\u{1b}[2J\u{7}\u{7f}\u{9b}1m"), "␛[2J␇␡\u{fffd}1m");
        assert_eq!(clean("a\u{202e}b\u{200b}\u{2066}c\u{feff}\u{e0041}"), "abc");
        assert_eq!(clean("one\r\ntwo\rthree\u{2028}four\tfive"), "one\ntwo\nthree\nfour five");
        assert_eq!(clean(&format!("e{}", "\u{301}".repeat(20))).chars().count(), 1 + MOST_MARKS);
        assert_eq!(clean("\u{301}a"), "a");
        assert_eq!(width(&clean("👩\u{200d}🔧❤\u{fe0f}")), 5);
    }

    #[test]
    fn lines_are_wrapped_in_the_order_of_memory() {
        assert_eq!(wrap("אחת שתיים שלוש", 9), ["אחת שתיים", "שלוש"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(wrap("ab  cd", 2), ["ab", "cd"]);
        assert_eq!(wrap("漢字漢", 4), ["漢字", "漢"]);
        for room in 1..12 {
            let text = clean("שלום world (12) 漢字 שָׁלוֹם abcdefghijklmnop");
            assert!(wrap(&text, room.max(2)).iter().all(|line| width(line) <= room.max(2)), "{room}");
        }
    }

    #[test]
    fn what_does_not_fit_ends_with_a_sign() {
        assert_eq!(fit("abcdef", 6), "abcdef");
        assert_eq!(fit("abcdef", 4), "abc…");
        assert_eq!(fit("ab cdef", 4), "ab…");
        assert_eq!(fit("漢字漢", 4), "漢…");
        assert_eq!(fit("abc", 0), "");
    }

    #[test]
    fn the_cursor_stands_where_the_next_letter_goes() {
        let column = |line: &str, at: usize, direction| {
            visual(line, direction, Bidi::App).column(at, line.len(), direction)
        };
        assert_eq!(column("abc", 1, Direction::Ltr), 1);
        assert_eq!(column("abc", 3, Direction::Ltr), 3);
        assert_eq!(column("שלום", 0, Direction::Rtl), 3);
        assert_eq!(column("שלום", 2, Direction::Rtl), 2);
        assert_eq!(column("שלום", 8, Direction::Rtl), 0);
    }
}
