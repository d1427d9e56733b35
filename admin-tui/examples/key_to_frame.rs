//! Measures the time from a key to the finished picture, with 100,000 leads and a chat of 1,000,000 lines at the pretended
//! bot. It answers at once, so that what is measured is this program.
//!
//! ```sh
//! cargo run --release -p admin-tui --example key_to_frame
//! ```

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use admin_api::access::Role;
use admin_api::client::Failure;
use admin_api::conversation::{Answering, ConversationDetail, ConversationLine, Line, Speaker};
use admin_api::lead::{LeadLine, LeadStatus};
use admin_api::page::{Page, Window};
use admin_api::session::{BusinessLine, Me};
use admin_tui::ask::{Answer, Ask};
use admin_tui::frame;
use admin_tui::keys::{self, Key, ch};
use admin_tui::look::Look;
use admin_tui::model::{Link, Model, Shared};
use admin_tui::text::Bidi;
use admin_tui::theme::Theme;
use admin_tui::update::{Command, Msg, start, update};
use chrono::{DateTime, Duration, Utc};
use locales::Locale;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::time::Instant;

/// Every key is pressed in so many equal runs and its best time counts: what else the machine does meanwhile does not.
const RUNS: usize = 5;
const LEADS: u64 = 100_000;
const LINES: u64 = 1_000_000;

fn main() {
    for (locale, columns, rows) in
        [(Locale::En, 80, 24), (Locale::He, 80, 24), (Locale::He, 160, 50), (Locale::He, 240, 70)]
    {
        let (mut times, mut held) = (Vec::new(), 0);
        for _ in 0..RUNS {
            let mut bench = Bench::new(locale, columns, rows);
            bench.press(ch('2'));
            for key in script() {
                bench.press(key);
            }
            held = held.max(bench.peak);
            if times.is_empty() {
                times = bench.times;
            } else {
                for (best, time) in times.iter_mut().zip(bench.times) {
                    *best = time.min(*best);
                }
            }
        }
        let all = LEADS + LINES;
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
        println!(
            "{locale} {columns}x{rows}: {} keys, p50 {:.2} ms, p99 {:.2} ms, worst {:.2} ms; memory {held} MiB of {all} rows at the bot",
            times.len(),
            at(0.5),
            at(0.99),
            at(1.0),
        );
    }
}

/// Scrolls far down the leads and up again, opens some, filters, looks at the board, reads a chat far back, writes.
fn script() -> Vec<Key> {
    let mut keys = Vec::new();
    let mut times = |count: usize, key: Key| keys.extend(std::iter::repeat_n(key, count));
    times(1_000, keys::PAGE_DOWN);
    times(300, ch('j'));
    times(200, keys::PAGE_UP);
    times(1, keys::ENTER);
    times(50, keys::RIGHT);
    times(20, ch('j'));
    times(1, keys::ESC);
    times(1, ch('b'));
    times(50, ch('j'));
    times(7, ch('l'));
    times(50, ch('j'));
    times(1, ch('b'));
    times(1, ch('/'));
    times(20, ch('ש'));
    times(1, keys::ENTER);
    times(1, ch('3'));
    times(1, keys::ENTER);
    times(600, ch('k'));
    times(100, keys::PAGE_UP);
    times(1, keys::END);
    times(1, ch('i'));
    times(300, ch('ש'));
    times(20, keys::code(ratatui::crossterm::event::KeyCode::Backspace));
    times(1, keys::ESC);
    times(1, ch('?'));
    times(20, ch('j'));
    keys
}

struct Bench {
    model: Model,
    terminal: Terminal<TestBackend>,
    times: Vec<std::time::Duration>,
    /// MiB.
    peak: u64,
}

impl Bench {
    fn new(locale: Locale, columns: u16, rows: u16) -> Self {
        let look = Look {
            locale,
            bidi: Bidi::App,
            theme: Theme::dark(),
            zone: chrono_tz::UTC,
            currency: String::new(),
        };
        let shared = Shared {
            me: None,
            look,
            now: now(),
            size: (columns, rows),
            readonly: false,
            link: Link::Unknown,
            waiting: 0,
        };
        let mut model = Model::new(shared, true);
        let commands = start(&mut model);
        answer_all(&mut model, commands);
        let terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        Self { model, terminal, times: Vec::new(), peak: 0 }
    }

    fn press(&mut self, key: Key) {
        let begun = Instant::now();
        let commands = update(&mut self.model, Msg::Key(key));
        let before = begun.elapsed();
        // The bot's work is not this program's.
        let answers = answers(commands);
        let begun = Instant::now();
        for msg in answers {
            let commands = update(&mut self.model, msg);
            answer_all(&mut self.model, commands);
        }
        let model = &self.model;
        self.terminal
            .draw(|drawn| {
                let _cursor = frame::paint(model, drawn.buffer_mut());
            })
            .unwrap();
        self.times.push(before + begun.elapsed());
        self.peak = self.peak.max(resident());
    }
}

/// MiB that this process has in memory; 0 where the system does not say.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1_024
}

fn answers(commands: Vec<Command>) -> Vec<Msg> {
    commands
        .into_iter()
        .filter_map(|command| match command {
            Command::Ask(ticket, ask) => Some(Msg::Answered(ticket, Box::new(answer(&ask)))),
            _ => None,
        })
        .collect()
}

fn answer_all(model: &mut Model, commands: Vec<Command>) {
    for msg in answers(commands) {
        let more = update(model, msg);
        answer_all(model, more);
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-25T12:00:00Z".parse().unwrap()
}

fn answer(ask: &Ask) -> Result<Answer, Failure> {
    Ok(match ask {
        Ask::Me => {
            let business = BusinessLine {
                key: "fixi".to_owned(),
                name: "Fixi".to_owned(),
                timezone: "Asia/Jerusalem".to_owned(),
                currency: "ILS".to_owned(),
                locale: "he".to_owned(),
            };
            let businesses = vec![business.clone()];
            let server = env!("CARGO_PKG_VERSION").to_owned();
            Answer::Me(Me { name: "dana".to_owned(), role: Role::Owner, business, businesses, server })
        }
        Ask::Leads(filter) => Answer::Leads(page(&filter.window, LEADS, |at| lead(LEADS - at))),
        Ask::Conversations(filter) => {
            Answer::Conversations(page(&filter.window, LEADS, |at| chat(LEADS - at)))
        }
        Ask::Conversation(id) => Answer::Conversation(Box::new(ConversationDetail {
            line: chat(id.trim_start_matches('c').parse().unwrap()),
            language: None,
            waits_for: None,
            leads: Vec::new(),
        })),
        Ask::Lines(_, window) => {
            let mut page = page(window, LINES, |at| words(LINES - at));
            page.rows.reverse();
            Answer::Lines(page)
        }
        _ => return Err(Failure::Timeout),
    })
}

fn page<T>(window: &Window, all: u64, row: impl Fn(u64) -> T) -> Page<T> {
    let start = window.after.as_ref().map_or(0, |after| after.parse::<u64>().unwrap());
    let end = (start + u64::from(window.limit.unwrap_or(50))).min(all);
    Page {
        rows: (start..end).map(row).collect(),
        next: (end < all).then(|| end.to_string()),
        total: Some(all),
    }
}

fn lead(number: u64) -> LeadLine {
    LeadLine {
        id: format!("l{number}"),
        number,
        version: 3,
        status: LeadStatus::ALL[usize::try_from(number).unwrap() % LeadStatus::ALL.len()],
        since: now() - Duration::minutes(12),
        created_at: now() - Duration::hours(2),
        customer: Some("דנה לוי-ברקוביץ׳".to_owned()),
        trade: Some("plumbing".to_owned()),
        issue: Some("נזילה חמורה (מאוד) מתחת לכיור במטבח כבר 3 ימים".to_owned()),
        city: Some("תל אביב-יפו".to_owned()),
        emergency: number.is_multiple_of(7),
        pro: Some("p1".to_owned()),
        pro_name: Some("אבי כהן".to_owned()),
        visit_from: Some(now()),
        visit_to: Some(now() + Duration::hours(1)),
        needs_human: None,
        conversation: format!("c{number}"),
    }
}

fn chat(number: u64) -> ConversationLine {
    ConversationLine {
        id: format!("c{number}"),
        version: 5,
        contact: format!("k{number}"),
        name: Some("דנה לוי".to_owned()),
        phone: Some("+972500000001".to_owned()),
        channel: "meta".to_owned(),
        role: "customer".to_owned(),
        last_inbound_at: Some(now()),
        window_until: Some(now() + Duration::hours(20)),
        last_words: Some("יש לי נזילה (חמורה) במטבח".to_owned()),
        answering: Answering::Bot,
        paused_until: None,
        needs_human: None,
        lead: Some(format!("l{number}")),
        lead_number: Some(number),
        opted_out: false,
    }
}

fn words(number: u64) -> Line {
    Line {
        id: format!("m{number}"),
        at: now() - Duration::seconds(i64::try_from(LINES - number).unwrap() * 30),
        by: if number.is_multiple_of(2) { Speaker::Person } else { Speaker::Bot },
        text: "שלום, יש לי נזילה (חמורה) במטבח ברחוב Herzl 12 דירה 4, אפשר היום אחרי 17:00? ".repeat(3),
        kind: None,
        media_url: None,
        delivery: None,
        reason: None,
    }
}
