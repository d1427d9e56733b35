//! The chat that is open: what is known of it, the newest lines, and older ones as far as they were scrolled to.

use super::Msg;
use crate::ask::{Answer, Ask};
use crate::input::Input;
use crate::screens::{Cx, Ticket};
use admin_api::client::Failure;
use admin_api::conversation::{ConversationDetail, Line};
use admin_api::page::{Page, Window};

/// How many lines a page has.
const PAGE: u32 = 50;
/// The most lines that are held.
pub(super) const MOST: usize = 500;
/// So many lines before the oldest the next older page is asked for.
const AHEAD: usize = 15;

/// The open chat.
pub(super) struct Chat {
    pub(super) id: String,
    pub(super) detail: Option<Box<ConversationDetail>>,
    detail_asked: Option<Ticket>,
    detail_old: bool,
    /// Oldest first.
    pub(super) lines: Vec<Line>,
    lines_asked: Option<(Ticket, Which)>,
    lines_old: bool,
    lines_known: bool,
    /// What `after` of the next older page is.
    older: Option<String>,
    /// Whether newer lines were dropped to make room for older ones.
    cut: bool,
    /// The chosen line; none follows the newest.
    pub(super) chosen: Option<usize>,
    /// What is typed.
    pub(super) input: Input,
    /// Whether keys go there.
    pub(super) writing: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Newest,
    Older,
}

impl Chat {
    pub(super) fn new(id: &str, draft: &str) -> Self {
        Self {
            id: id.to_owned(),
            detail: None,
            detail_asked: None,
            detail_old: true,
            lines: Vec::new(),
            lines_asked: None,
            lines_old: true,
            lines_known: false,
            older: None,
            cut: false,
            chosen: None,
            input: Input::with(draft),
            writing: false,
        }
    }

    pub(super) fn outdate(&mut self) {
        self.detail_old = true;
        self.lines_old = true;
    }

    /// Asks for what is missing or old, each one at a time.
    pub(super) fn fill(&mut self, cx: &mut Cx<'_, Msg>) {
        if self.detail_old && self.detail_asked.is_none() {
            self.detail_old = false;
            self.detail_asked = Some(cx.ask(Ask::Conversation(self.id.clone())));
        }
        if self.lines_asked.is_some() {
            return;
        }
        let window = |after: Option<String>| Window { after, limit: Some(PAGE) };
        // While old lines are read, new ones can wait: they would push the old ones out.
        if self.lines_old && !self.cut {
            self.lines_old = false;
            let ticket = cx.ask(Ask::Lines(self.id.clone(), window(None)));
            self.lines_asked = Some((ticket, Which::Newest));
        } else if self.chosen.is_some_and(|chosen| chosen < AHEAD)
            && let Some(older) = self.older.clone()
        {
            let ticket = cx.ask(Ask::Lines(self.id.clone(), window(Some(older))));
            self.lines_asked = Some((ticket, Which::Older));
        }
    }

    /// Takes an answer, if it is for this chat.
    pub(super) fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>) -> bool {
        if self.detail_asked == Some(ticket) {
            self.detail_asked = None;
            match answer {
                Ok(Answer::Conversation(detail)) => self.detail = Some(detail),
                Ok(_) | Err(_) => self.detail_old = true,
            }
            // A failure is asked again with the next second, not at once.
            return !self.detail_old;
        }
        let Some((_, which)) = self.lines_asked.take_if(|(asked, _)| *asked == ticket) else { return false };
        match (answer, which) {
            (Ok(Answer::Lines(page)), Which::Newest) => self.take_newest(page),
            (Ok(Answer::Lines(page)), Which::Older) => self.take_older(page),
            (_, Which::Newest) => self.lines_old = true,
            (_, Which::Older) => {}
        }
        !self.lines_old
    }

    fn take_newest(&mut self, page: Page<Line>) {
        self.lines_known = true;
        let chosen = self.chosen.and_then(|at| self.lines.get(at)).map(|line| line.id.clone());
        let first = page.rows.first().map(|line| line.id.as_str());
        match self.lines.iter().position(|line| Some(line.id.as_str()) == first) {
            // The pages overlap: what was known before the overlap stays.
            Some(overlap) => self.lines.truncate(overlap),
            // More came than a page holds, or nothing was known: begin anew.
            None => {
                self.lines.clear();
                self.older = page.next;
            }
        }
        self.lines.extend(page.rows);
        self.chosen = chosen.and_then(|id| self.lines.iter().position(|line| line.id == id));
    }

    fn take_older(&mut self, page: Page<Line>) {
        let count = page.rows.len();
        self.older = page.next;
        self.lines.splice(0..0, page.rows);
        self.chosen = self.chosen.map(|chosen| chosen + count);
        if self.lines.len() > MOST {
            self.lines.truncate(MOST);
            self.cut = true;
        }
    }

    /// Chooses another line. Below the newest one it follows the newest again.
    pub(super) fn step(&mut self, by: isize) {
        let last = self.lines.len().saturating_sub(1);
        let from = self.chosen.unwrap_or(if by < 0 { last + 1 } else { last });
        let to = from.saturating_add_signed(by);
        self.chosen = (to <= last && !(by > 0 && self.chosen.is_none())).then_some(to);
        if self.chosen.is_none() && self.cut {
            // The newest lines were dropped: begin anew with them.
            self.lines.clear();
            self.older = None;
            self.cut = false;
            self.lines_old = true;
            self.lines_known = false;
        }
    }

    /// The chosen line, else the newest.
    pub(super) fn line(&self) -> Option<&Line> {
        self.chosen.and_then(|at| self.lines.get(at)).or_else(|| self.lines.last())
    }

    /// Whether the first lines have come.
    pub(super) fn is_known(&self) -> bool {
        self.lines_known
    }

    /// Whether there are older lines than those that are held.
    pub(super) fn has_older(&self) -> bool {
        self.older.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use admin_api::conversation::Speaker;
    use chrono::{DateTime, Duration};

    fn lines(numbers: std::ops::Range<i64>, next: Option<&str>) -> Page<Line> {
        let line = |number: i64| Line {
            id: number.to_string(),
            at: DateTime::UNIX_EPOCH + Duration::minutes(number),
            by: Speaker::Person,
            text: String::new(),
            kind: None,
            media_url: None,
            delivery: None,
            reason: None,
        };
        Page { rows: numbers.map(line).collect(), next: next.map(str::to_owned), total: None }
    }

    fn ids(chat: &Chat) -> (String, String, usize) {
        let id = |line: Option<&Line>| line.map(|line| line.id.clone()).unwrap_or_default();
        (id(chat.lines.first()), id(chat.lines.last()), chat.lines.len())
    }

    #[test]
    fn new_lines_join_the_known_ones_and_a_gap_begins_anew() {
        let mut chat = Chat::new("c", "");
        chat.take_newest(lines(10..60, Some("10")));
        chat.take_newest(lines(12..62, Some("12")));
        assert_eq!(ids(&chat), ("10".into(), "61".into(), 52));
        chat.take_newest(lines(200..250, Some("200")));
        assert_eq!(ids(&chat), ("200".into(), "249".into(), 50));
        assert_eq!(chat.older.as_deref(), Some("200"));
    }

    #[test]
    fn no_more_than_some_pages_are_held() {
        let mut chat = Chat::new("c", "");
        chat.take_newest(lines(950..1_000, Some("950")));
        chat.step(-1);
        for page in (0..19).rev() {
            chat.chosen = Some(0);
            chat.take_older(lines(page * 50..page * 50 + 50, (page > 0).then_some("x")));
            assert!(chat.lines.len() <= MOST);
            assert_eq!(chat.line().map(|line| line.id.clone()), Some((page * 50 + 50).to_string()));
        }
        assert!(!chat.has_older());
        chat.step(isize::MAX / 2);
        assert!(chat.lines.is_empty() && chat.lines_old, "the newest are asked for again");
    }

    #[test]
    fn below_the_newest_it_follows() {
        let mut chat = Chat::new("c", "");
        chat.take_newest(lines(0..3, None));
        chat.step(1);
        assert_eq!(chat.chosen, None);
        chat.step(-1);
        assert_eq!(chat.chosen, Some(2));
        chat.step(-5);
        assert_eq!(chat.chosen, Some(0));
        chat.step(3);
        assert_eq!(chat.chosen, None);
    }
}
