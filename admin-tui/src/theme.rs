//! Colours by meaning. Nothing is said by colour alone: what is selected, bad or switched off also shows by a sign.

use ratatui::style::{Color, Modifier, Style};

/// The set of styles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name in the configuration.
    pub name: &'static str,
    /// Ordinary text.
    pub text: Style,
    /// What matters less.
    pub dim: Style,
    /// Titles and the names of keys.
    pub accent: Style,
    /// Works, done.
    pub good: Style,
    /// Waits, soon too late.
    pub warn: Style,
    /// Broken, lost.
    pub bad: Style,
    /// The row or tab that is chosen.
    pub chosen: Style,
    /// Rows that are marked.
    pub marked: Style,
    /// Lines around things.
    pub edge: Style,
    /// What the bot says.
    pub bot: Style,
    /// What a person of the business says.
    pub operator: Style,
}

impl Theme {
    /// The names of all themes.
    pub const NAMES: &'static [&'static str] = &["dark", "light", "mono"];

    /// The theme of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "dark" => Some(Self::dark()),
            "light" => Some(Self::light()),
            "mono" => Some(Self::mono()),
            _ => None,
        }
    }

    /// For dark terminals.
    #[must_use]
    pub fn dark() -> Self {
        let fg = |color| Style::new().fg(color);
        Self {
            name: "dark",
            text: Style::new(),
            dim: fg(Color::DarkGray),
            accent: fg(Color::Cyan),
            good: fg(Color::Green),
            warn: fg(Color::Yellow),
            bad: fg(Color::LightRed),
            chosen: Style::new().bg(Color::Blue).fg(Color::White),
            marked: fg(Color::Magenta),
            edge: fg(Color::DarkGray),
            bot: fg(Color::Cyan),
            operator: fg(Color::Yellow),
        }
    }

    /// For light terminals.
    #[must_use]
    pub fn light() -> Self {
        let fg = |color| Style::new().fg(color);
        Self {
            name: "light",
            text: Style::new(),
            dim: fg(Color::Gray).add_modifier(Modifier::DIM),
            accent: fg(Color::Blue),
            good: fg(Color::Green),
            warn: fg(Color::Rgb(150, 90, 0)),
            bad: fg(Color::Red),
            chosen: Style::new().bg(Color::Rgb(200, 220, 255)).fg(Color::Black),
            marked: fg(Color::Magenta),
            edge: fg(Color::Gray),
            bot: fg(Color::Blue),
            operator: fg(Color::Rgb(150, 90, 0)),
        }
    }

    /// Without a colour, as `NO_COLOR` asks.
    #[must_use]
    pub fn mono() -> Self {
        let plain = Style::new();
        let with = |modifier| Style::new().add_modifier(modifier);
        Self {
            name: "mono",
            text: plain,
            dim: with(Modifier::DIM),
            accent: with(Modifier::BOLD),
            good: plain,
            warn: with(Modifier::UNDERLINED),
            bad: with(Modifier::BOLD.union(Modifier::UNDERLINED)),
            chosen: with(Modifier::REVERSED),
            marked: with(Modifier::BOLD),
            edge: with(Modifier::DIM),
            bot: plain,
            operator: with(Modifier::BOLD),
        }
    }
}
