//! A filter that the bot is asked about: one question a tick, however fast one types.

/// What was typed, and whether the bot was asked about it.
#[derive(Clone, Debug, Default)]
pub struct Delayed {
    text: String,
    due: bool,
}

impl Delayed {
    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Another letter was typed.
    pub fn set(&mut self, text: &str) {
        self.due |= self.text != text;
        text.clone_into(&mut self.text);
    }

    /// A tick: the text that is to be asked about now, if it changed since the last one.
    pub fn tick(&mut self) -> Option<&str> {
        std::mem::take(&mut self.due).then_some(self.text.as_str())
    }
}
