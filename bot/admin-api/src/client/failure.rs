//! Why there is no answer, as kinds that a program acts on.

use crate::error::{Problem, Refused};
use std::error::Error;
use std::fmt;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// That is no address.
    BadAddress,
    /// Plain http to another machine would show the token to everybody on the way.
    Insecure,
    /// This machine has no list of whom to trust.
    NoCertificates,
    /// The server's certificate is not trusted here: expired, for another name, or made by oneself.
    Certificate,
    /// The address is https, and what listens there does not speak it.
    NoTls,
    /// Nothing listens there, or the name is unknown.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// The connection was lost on the way.
    Lost,
    /// Something answers there that does not know this API: another program, or a bot from before the console.
    NotFixi {
        /// The status that it answered.
        status: u16,
    },
    /// The bot is older than this program.
    OldServer {
        /// Its version.
        server: String,
    },
    /// An answer that this program cannot read: one of both is of another version.
    Unreadable,
    /// The server says no.
    Refused(Box<Refused>),
}

impl Failure {
    pub(super) fn of(error: &reqwest::Error) -> Self {
        if let Some(tls) = tls_error(error) {
            return match tls {
                rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => {
                    Self::Certificate
                }
                _ => Self::NoTls,
            };
        }
        if error.is_timeout() {
            Self::Timeout
        } else if error.is_connect() {
            Self::Unreachable
        } else {
            Self::Lost
        }
    }

    /// Why the server says no, if it does.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Refused(refused) => Some(refused.problem),
            _ => None,
        }
    }

    /// Whether it may pass by itself, so that asking again later makes sense.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable | Self::Timeout | Self::Lost => true,
            // A proxy in front of a server that starts again answers so.
            Self::NotFixi { status } => matches!(status, 502..=504),
            Self::Refused(refused) => matches!(refused.problem, Problem::Unavailable | Problem::Broken),
            Self::BadAddress
            | Self::Insecure
            | Self::NoCertificates
            | Self::Certificate
            | Self::NoTls
            | Self::OldServer { .. }
            | Self::Unreadable => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadAddress => {
                f.write_str("that is no address of a server; one looks like https://bot.example.com")
            }
            Self::Insecure => f.write_str(
                "plain http to another machine would show the session to others; use https or an ssh tunnel",
            ),
            Self::NoCertificates => f.write_str("the certificates of this machine cannot be loaded"),
            Self::Certificate => f.write_str(
                "the server's certificate is not trusted on this machine; check the address and the clock",
            ),
            Self::NoTls => f.write_str("the server there does not speak https; check the port"),
            Self::Unreachable => f.write_str("nothing answers at that address; is the bot running?"),
            Self::Timeout => f.write_str("no answer in time"),
            Self::Lost => f.write_str("the connection was lost"),
            Self::NotFixi { status } => {
                write!(
                    f,
                    "what answers there ({status}) is no bot with a console; check the address, or update the bot"
                )
            }
            Self::OldServer { server } => {
                write!(f, "the bot is of version {server}, older than this program; update the bot")
            }
            Self::Unreadable => {
                f.write_str("an answer that cannot be read; the bot and this program differ in version")
            }
            Self::Refused(refused) => f.write_str(&refused.message),
        }
    }
}

impl Error for Failure {}

/// What rustls says somewhere in the chain of causes.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        // An io error shows what it wraps here and not as its source.
        if let Some(inner) = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            return tls_error(inner);
        }
        next = error.source();
    }
    None
}
