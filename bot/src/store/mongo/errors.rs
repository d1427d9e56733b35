//! What the driver's errors mean. Their own texts hold keys of documents and addresses; those never leave this file.

use super::StoreError;
use mongodb::error::{Error, ErrorKind, WriteFailure};

/// The code of a key that is there already.
pub(super) const DUPLICATE: i32 = 11_000;

/// The code of a write that met another transaction.
pub(super) const CONFLICT: i32 = 112;

/// Whether a unique key is taken. Inside a transaction that is an error of the command, outside it one of the write.
pub(super) fn is_duplicate(error: &Error) -> bool {
    match &*error.kind {
        ErrorKind::Write(WriteFailure::WriteError(write)) => write.code == DUPLICATE,
        ErrorKind::InsertMany(failure) => {
            failure.write_errors.iter().flatten().any(|write| write.code == DUPLICATE)
        }
        ErrorKind::Command(command) => command.code == DUPLICATE,
        _ => false,
    }
}

/// Whether no server could be reached, so that trying again at once is of no use.
pub(super) fn is_unreachable(error: &Error) -> bool {
    matches!(
        &*error.kind,
        ErrorKind::ServerSelection { .. }
            | ErrorKind::Io(_)
            | ErrorKind::ConnectionPoolCleared { .. }
            | ErrorKind::DnsResolve { .. }
            | ErrorKind::Authentication { .. }
            | ErrorKind::Shutdown
    )
}

/// What went wrong, by kind and code only.
pub(super) fn told(error: &Error) -> String {
    match &*error.kind {
        ErrorKind::Authentication { .. } => {
            "MongoDB refused the user or the password of MONGO_URI".to_owned()
        }
        ErrorKind::ServerSelection { .. } => "no primary of the MongoDB set can be reached".to_owned(),
        ErrorKind::DnsResolve { .. } => "the host name of MONGO_URI cannot be resolved".to_owned(),
        ErrorKind::Io(error) => format!("the connection to MongoDB broke: {}", error.kind()),
        ErrorKind::ConnectionPoolCleared { .. } => "the connections to MongoDB broke".to_owned(),
        ErrorKind::Command(command) => format!("MongoDB refused: {} ({})", command.code_name, command.code),
        ErrorKind::Write(WriteFailure::WriteError(write)) => {
            format!("MongoDB refused a write ({})", write.code)
        }
        ErrorKind::Write(WriteFailure::WriteConcernError(write)) => {
            format!("MongoDB did not confirm a write ({})", write.code)
        }
        ErrorKind::InsertMany(failure) => {
            let code = failure.write_errors.iter().flatten().map(|write| write.code).next();
            format!("MongoDB refused a write ({})", code.unwrap_or_default())
        }
        ErrorKind::Shutdown => "it is closed".to_owned(),
        ErrorKind::InvalidTlsConfig { .. } => "the TLS settings of MONGO_URI cannot be used".to_owned(),
        ErrorKind::IncompatibleServer { .. } => "this version of MongoDB is not supported".to_owned(),
        // The kinds may grow with the driver; their texts may hold anything.
        _ => "the MongoDB driver failed".to_owned(),
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self::Unavailable(told(&error))
    }
}

/// Why a step of a transaction failed: for its caller, or for the transaction, which may be tried again.
pub(super) enum Failure {
    /// The answer to the caller.
    Refused(StoreError),
    /// The driver's.
    Driver(Error),
    /// Another transaction was there first.
    Conflict,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Driver(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => error,
            Failure::Driver(error) => error.into(),
            Failure::Conflict => Self::Unavailable("other writes were always faster".to_owned()),
        }
    }
}
