//! Which trade a problem belongs to, the service item it probably is, and the customer's words for it. It never
//! chooses a pro or a price.

use super::lexicon::{Lexicon, lines};
use super::negation::is_denied_directly;
use super::words::{Gap, Text};
use crate::text::{fold, truncate};
use crate::trade::Trade;
use std::sync::LazyLock;

/// A kind of problem in the word lists.
struct Kind {
    /// The trades that do this, the most fitting first.
    trades: Vec<Trade>,
    item: &'static str,
    weight: u32,
}

struct Kinds {
    kinds: Vec<Kind>,
    lexicon: Lexicon<usize>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let mut all = Kinds { kinds: Vec::new(), lexicon: Lexicon::new() };
    for (heading, phrases) in lines(include_str!("../../data/problems.txt")) {
        let parts: Vec<&'static str> = heading.split('/').collect();
        let &[trades, item, weight] = parts.as_slice() else { continue };
        let trades: Vec<Trade> = trades.split('|').filter_map(Trade::from_key).collect();
        let Ok(weight) = weight.parse() else { continue };
        all.kinds.push(Kind { trades, item, weight });
        phrases.for_each(|phrase| all.lexicon.add(phrase, all.kinds.len() - 1));
    }
    all
});

/// Words after which a thing is a landmark: "a clog near the washing machine".
const BESIDE: &[&str] = &[
    "ליד",
    "מאחורי",
    "מתחת",
    "מעל",
    "near",
    "behind",
    "under",
    "above",
    "beside",
    "below",
    "рядом",
    "возле",
    "под",
    "над",
    "за",
    "بجانب",
    "تحت",
    "فوق",
    "خلف",
    "جنب",
];

const LONGEST_ISSUE: usize = 200;

/// What was found of a problem.
#[derive(Default)]
pub(crate) struct Problem {
    pub(crate) trade: Option<Trade>,
    pub(crate) item: Option<&'static str>,
    /// For every word whether it speaks of a problem.
    pub(crate) words: Vec<bool>,
}

impl Problem {
    pub(crate) fn is_found(&self) -> bool {
        self.trade.is_some()
    }
}

pub(crate) fn find_problem(text: &Text, served: &[Trade], skip: &[bool]) -> Problem {
    let mut problem = Problem { words: vec![false; text.words.len()], ..Problem::default() };
    let mut found = KINDS.lexicon.find_all(text);
    found.retain(|found| !skip[found.words.start]);
    let is_affirmed = |index: usize| {
        let words = &found[index].words;
        !is_denied_directly(text, words) && !is_landmark(text, words.start)
    };
    let affirmed: Vec<usize> = (0..found.len()).filter(|index| is_affirmed(*index)).collect();
    // "אין נזילה" alone still tells the trade that the customer talks about.
    let counted = if affirmed.is_empty() { (0..found.len()).collect() } else { affirmed };
    let mut scores = vec![0_u32; KINDS.kinds.len()];
    let mut ends = vec![0_usize; KINDS.kinds.len()];
    for index in counted {
        let found = &found[index];
        problem.words[found.words.clone()].fill(true);
        let kind = *found.value;
        let weight = KINDS.kinds[kind].weight * 10;
        // Repeating a word adds little: one air conditioner beside three leaks is still the technician's work.
        scores[kind] = match scores[kind] {
            0 => weight,
            score if ends[kind] <= found.words.start => (score + 1).min(weight + 9),
            score => score,
        };
        ends[kind] = ends[kind].max(found.words.end);
    }
    let trade_of = |kind: &Kind| {
        kind.trades.iter().copied().find(|trade| served.contains(trade)).or(kind.trades.first().copied())
    };
    let best = (0..scores.len()).filter(|kind| scores[*kind] > 0).max_by_key(|kind| {
        let is_served = trade_of(&KINDS.kinds[*kind]).is_some_and(|trade| served.contains(&trade));
        (scores[*kind], is_served, usize::MAX - kind)
    });
    if let Some(best) = best {
        let trade = trade_of(&KINDS.kinds[best]);
        problem.trade = trade;
        // A word that names only the trade gives way to a lighter one that names the work.
        let is_named = |kind: &usize| {
            scores[*kind] > 0 && KINDS.kinds[*kind].item != "other" && trade_of(&KINDS.kinds[*kind]) == trade
        };
        let named = (0..scores.len()).filter(is_named).max_by_key(|kind| (scores[*kind], usize::MAX - kind));
        problem.item = Some(KINDS.kinds[named.unwrap_or(best)].item);
    }
    problem
}

fn is_landmark(text: &Text, index: usize) -> bool {
    let before = |distance: usize| index.checked_sub(distance).map_or("", |word| text.form(word));
    let is_near = text.gap(index) < Gap::Comma;
    let is_article = matches!(before(1), "the" | "my" | "a" | "to" | "с" | "ל");
    is_near
        && (BESIDE.contains(&before(1))
            || (is_article && (BESIDE.contains(&before(2)) || before(2) == "next")))
}

/// The clauses that speak of the problem, without greeting, name, address and time; the whole rest when `is_asked`.
pub(crate) fn summary(text: &Text, is_problem: &[bool], left_out: &[bool], is_asked: bool) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut start = 0;
    let has_problem = is_problem.contains(&true);
    while start < text.words.len() {
        let end = text.clause_end(start);
        if is_problem[start..end].contains(&true) || (is_asked && !has_problem) {
            let part = without_opening(&kept(text, start, end, left_out));
            if part.chars().any(char::is_alphabetic) {
                parts.push(part);
            }
        }
        start = end;
    }
    let summary = parts.join(", ");
    (!summary.is_empty()).then(|| truncate(&summary, LONGEST_ISSUE).trim_end().to_owned())
}

/// How people lead up to a problem, folded: "יש לי", "I have a". A pro needs only what comes after.
const OPENINGS: &[&str] = &[
    "היי",
    "שלום",
    "אז",
    "אה",
    "שוב",
    "וגם",
    "גם",
    "ועוד",
    "also",
    "and",
    "and also",
    "и",
    "еще",
    "также",
    "و",
    "وكمان",
    "كمان",
    "שוב פעם",
    "יש לי",
    "יש לנו",
    "יש אצלי",
    "יש אצלנו",
    "יש",
    "אצלי יש",
    "אני צריך",
    "אני צריכה",
    "אנחנו צריכים",
    "צריך",
    "צריכה",
    "צריכים",
    "אני רוצה",
    "רוצה",
    "רוצים",
    "מחפש",
    "מחפשת",
    "אני מחפש",
    "אני מחפשת",
    "בבקשה",
    "אפשר",
    "להזמין",
    "לקבל",
    "לקבל הצעת מחיר",
    "הצעת מחיר",
    "יש לך",
    "יש לכם",
    "can you",
    "could you",
    "can you fix",
    "could you fix",
    "do you have a",
    "do you have an",
    "do you have",
    "כמה עולה",
    "כמה זה עולה",
    "כמה יעלה",
    "כמה יעלה לי",
    "כמה עולה לי",
    "מה המחיר של",
    "מה המחיר ל",
    "מה עולה",
    "דחוף",
    "תעזרו",
    "הצילו",
    "hi",
    "hello",
    "hey",
    "i have a",
    "i have an",
    "i have",
    "i've got a",
    "i've got",
    "i got a",
    "i got",
    "we have a",
    "we have an",
    "we have",
    "we've got a",
    "we've got",
    "there is a",
    "there is an",
    "there is",
    "there's a",
    "there's an",
    "there's",
    "there are",
    "i need a",
    "need",
    "need a",
    "need an",
    "i need an",
    "i need to",
    "i need",
    "we need a",
    "we need",
    "i want to",
    "i would like to",
    "i'd like to",
    "looking for a",
    "how much is",
    "how much is a",
    "how much for",
    "how much for a",
    "how much to",
    "how much does it cost to",
    "how much would it cost to",
    "what's the price of",
    "please",
    "help",
    "again",
    "у меня",
    "у нас",
    "опять",
    "снова",
    "есть",
    "нужен",
    "нужна",
    "нужно",
    "надо",
    "мне нужен",
    "мне нужно",
    "мне надо",
    "хочу",
    "сколько стоит",
    "сколько будет стоить",
    "здравствуйте",
    "помогите",
    "عندي",
    "عندنا",
    "في عندي",
    "في عندنا",
    "لدي",
    "لدينا",
    "يوجد",
    "يوجد عندي",
    "هناك",
    "بدي",
    "بدنا",
    "اريد",
    "نريد",
    "احتاج",
    "محتاج",
    "كم سعر",
    "كم يكلف",
    "كم بكلف",
    "مرحبا",
];

/// The part without the words that only lead up to the problem; whole when nothing would be left.
fn without_opening(part: &str) -> String {
    let mut rest = part.trim();
    loop {
        let words = words_before(rest);
        let cut = OPENINGS.iter().filter_map(|opening| after(&words, opening)).min_by_key(|rest| rest.len());
        match cut {
            Some(shorter) if shorter.chars().any(char::is_alphabetic) => rest = shorter,
            Some(_) | None => return rest.to_owned(),
        }
    }
}

/// The words of a text but the last, each folded and without the punctuation after it, and what comes after each.
fn words_before(text: &str) -> Vec<(String, &str)> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some((word, others)) = rest.split_once(char::is_whitespace) {
        rest = others.trim_start();
        let mut word = fold(word);
        word.truncate(word.trim_end_matches([',', '!', '.', ':']).len());
        words.push((word, rest));
    }
    words
}

/// What comes after these folded words, if a text begins with them.
fn after<'t>(text: &[(String, &'t str)], opening: &str) -> Option<&'t str> {
    let mut rest = None;
    for (at, wanted) in opening.split(' ').enumerate() {
        let (word, others) = text.get(at)?;
        if word != wanted {
            return None;
        }
        rest = Some(*others);
    }
    rest
}

/// The words of a clause that stay, joined as the customer wrote them.
fn kept(text: &Text, start: usize, end: usize, left_out: &[bool]) -> String {
    const LOOSE: &[&str] = &[
        "ב",
        "ל",
        "מ",
        "ה",
        "at",
        "in",
        "on",
        "from",
        "and",
        "for",
        "в",
        "на",
        "из",
        "с",
        "и",
        "في",
        "من",
        "ו",
        "גר",
        "גרה",
        "by",
        "הוא",
        "של",
        "i'm",
        "אני",
        "to",
        "אנחנו",
        "я",
        "انا",
    ];
    let is_loose = |index: usize| LOOSE.contains(&text.form(index));
    let mut runs: Vec<String> = Vec::new();
    let mut index = start;
    while index < end {
        if left_out[index] {
            index += 1;
            continue;
        }
        let mut run_end = index;
        while run_end < end && !left_out[run_end] {
            run_end += 1;
        }
        let mut last = run_end;
        while last > index && (run_end < end || last < run_end) && is_loose(last - 1) {
            last -= 1;
        }
        while last > index && text.words[last - 1].form.chars().count() == 1 && is_loose(last - 1) {
            last -= 1;
        }
        if index < last {
            runs.push(text.raw(index..last).to_owned());
        }
        index = run_end;
    }
    runs.join(" ")
}
