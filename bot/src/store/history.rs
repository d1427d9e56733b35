//! The past of a chat, made of both sides' newest lines; and how far a message has come. The same for every store.

use super::documents::{DeliveryState, InboundRow, OutboxRow, Said};

/// The newest lines of both sides, oldest first. Each side comes newest first, with at most `limit` lines.
pub(super) fn merged(heard: Vec<InboundRow>, told: Vec<OutboxRow>, limit: u32) -> Vec<Said> {
    let heard = heard.into_iter().rev().filter_map(|row| {
        let text = row.inbound.content.words()?.to_owned();
        Some(Said { by_us: false, text, at: row.inbound.at })
    });
    let told =
        told.into_iter().rev().map(|row| Said { by_us: true, text: row.message.text, at: row.created_at });
    let mut said: Vec<_> = heard.chain(told).collect();
    // Stable: at the same moment, what was heard comes before what was told, each in its own order.
    said.sort_by_key(|line| line.at);
    let surplus = said.len().saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX));
    said.drain(..surplus);
    said
}

impl DeliveryState {
    /// Whether the lane of the chat waits for what becomes of the message.
    pub(super) fn is_in_lane(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Unsettled)
    }
}

impl OutboxRow {
    /// Takes in what a provider told, as far as it is news.
    pub(super) fn learn(&mut self, told: DeliveryState, reason: Option<&str>) {
        if self.state.learns(told) {
            self.state = told;
            self.reason = reason.map(str::to_owned);
        }
    }

    /// What is written when the lane writes this over the row as it is. What a status told in the meantime stands.
    pub(super) fn written_over(mut self, before: Self) -> Self {
        if !before.state.may_become(self.state) {
            self.state = before.state;
            self.reason = before.reason;
        }
        if self.provider_id.is_none() {
            self.provider_id = before.provider_id;
        }
        self
    }
}
