//! Errors inside services, and their one translation to the outside.

use domain::{ApiError, ErrorCode};

/// Result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not happen. Nothing half done is left behind.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller's fault or a rule of the business.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A part of a hasty unit of work has to be undone: all of it is to be written once more, with care.
    #[error("to be written once more, with care")]
    Again,
    /// A fault of ours.
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Error::Api(ApiError::new(code))
    }
}

impl Error {
    /// The stable code and arguments for the outside. Faults of ours are logged here, once, under a reference.
    pub fn into_api(self) -> ApiError {
        match self {
            Error::Api(error) => error,
            Error::Store(store::Error::Unavailable(why)) => {
                tracing::error!(error = %why, "The database is not available");
                ApiError::new(ErrorCode::StorageUnavailable)
            }
            Error::Store(store::Error::Value(why)) => ApiError::new(ErrorCode::BadRequest).arg("reason", why),
            Error::Store(store::Error::Unique(what)) => {
                tracing::warn!(index = %what, "A unique index refused a row nobody checked before");
                ApiError::new(ErrorCode::AlreadyExists)
            }
            other => {
                let reference = hex::encode(crate::clock::random_bytes::<4>());
                tracing::error!(error = %other, %reference, "A use case failed");
                ApiError::new(ErrorCode::Internal).arg("reference", reference)
            }
        }
    }
    /// Whether the whole unit of work has failed, not only the part that met it.
    pub fn ends_unit(&self) -> bool {
        matches!(self, Error::Again | Error::Store(store::Error::Unavailable(_)))
    }
    /// Whether this is that code.
    pub fn is(&self, code: ErrorCode) -> bool {
        matches!(self, Error::Api(e) if e.code == code)
    }
}
