//! The table: role × state × intent decides the act, exhaustively and without a wildcard. Everything here is a value that
//! can be listed, so that the README shows it and the tests visit every cell of it. Nothing is done here.

pub mod customer;
pub mod owner;
pub mod pro;
pub mod sign_up;

/// Declares an enum whose values have stable keys and can be listed.
macro_rules! keyed {
    ($(#[doc = $title:literal])+ $name:ident { $($(#[doc = $doc:literal])+ $variant:ident $key:literal,)+ }) => {
        $(#[doc = $title])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// A stable key.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }
        }
    };
}
pub(crate) use keyed;

/// Whose table it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Whoever asks for service.
    Customer,
    /// A professional.
    Pro,
    /// Whoever runs the business.
    Owner,
}

impl Role {
    /// A stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Pro => "pro",
            Self::Owner => "owner",
        }
    }
}

/// One line of the table, as keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Whose.
    pub role: Role,
    /// Where the chat stands.
    pub state: &'static str,
    /// How a message came: typed (`yes`) or read (`words:question`).
    pub intent: &'static str,
    /// What is done.
    pub act: &'static str,
}

impl Cell {
    /// The key under which a decision notes that it came through this cell: `customer/idle/words`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.role.key(), self.state, self.intent)
    }
}

/// Cells that no message can reach, and why.
#[derive(Clone, Copy, Debug)]
pub struct Unreachable {
    /// Whose.
    pub role: Role,
    /// The state; none for all of them.
    pub state: Option<&'static str>,
    /// The intents.
    pub intents: &'static [&'static str],
    /// The reason, for readers.
    pub reason: &'static str,
}

impl Unreachable {
    /// Whether it speaks of this cell.
    #[must_use]
    pub fn covers(&self, cell: &Cell) -> bool {
        self.role == cell.role
            && self.state.is_none_or(|state| state == cell.state)
            && self.intents.contains(&cell.intent)
    }
}

/// Every cell of every role.
#[must_use]
pub fn cells() -> Vec<Cell> {
    [customer::cells(), pro::cells(), owner::cells(), sign_up::cells()].concat()
}

/// Every cell that cannot be reached, with its reason.
#[must_use]
pub fn unreachable() -> Vec<Unreachable> {
    [customer::UNREACHABLE, pro::UNREACHABLE, owner::UNREACHABLE, sign_up::UNREACHABLE].concat()
}
