//! One newtype per id, so that a lead's id cannot be given where a pro's is meant. Ids are opaque text and hold no
//! phone number or name: they may be logged.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id with this text.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text of the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A business (tenant); the `key` of its file.
    BusinessId,
    /// A pro: a member of the business who takes jobs.
    ProId,
    /// A person, whatever channel they write on.
    ContactId,
    /// One chat: a person on one account of one channel.
    ConversationId,
    /// A request for service and all that became of it.
    LeadId,
    /// One visit of a pro, held or booked.
    AppointmentId,
    /// A message that came in: the channel and the provider's own id, so that a repeated one is recognised.
    InboundId,
    /// A message that goes out.
    OutboxId,
}
