//! What can go wrong in the database, sorted by what the caller can do about it.

/// Result of a store call.
pub type Result<T> = std::result::Result<T, Error>;

/// A failed store call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique index refused the row; names the index or columns as the engine does.
    #[error("already exists: {0}")]
    Unique(String),
    /// No answer, disk full, locked: nothing was stored, trying later is right.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A value no text column takes (PostgreSQL: a zero byte in a search).
    #[error("not storable: {0}")]
    Value(String),
    /// Stored data that this program cannot read.
    #[error("stored data is damaged or from another version: {0}")]
    Corrupt(String),
    /// The database was written by a newer program.
    #[error("the database was made by a newer version of Pult (step {0}); start that version, nothing was changed")]
    TooNew(i64),
    /// Anything else: a mistake in our statements.
    #[error("database error: {0}")]
    Other(String),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) => {
                if db.is_unique_violation() {
                    return Error::Unique(db.constraint().unwrap_or(db.message()).to_owned());
                }
                let code = db.code().unwrap_or_default();
                // SQLite primary codes: 5 busy, 6 locked, 8 read-only, 10 input/output, 13 full, 14 cannot open. Extended codes keep them in the low byte.
                let sqlite = code.parse::<i64>().ok().map(|c| c & 0xff);
                // PostgreSQL classes: 08 connection, 53 resources, 57P shutdown, 58 system, 40 rollback; 55P03 lock not had in time,
                // 55000 the database takes no connections.
                let postgres = code.len() == 5
                    && ["08", "53", "58", "40", "57P", "55P03", "55000"].iter().any(|c| code.starts_with(c));
                if code == "22021" {
                    return Error::Value(db.message().to_owned());
                }
                if postgres || (code.len() != 5 && matches!(sqlite, Some(5 | 6 | 8 | 10 | 13 | 14))) {
                    Error::Unavailable(db.message().to_owned())
                } else {
                    Error::Other(format!("{} ({code})", db.message()))
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Tls(_) => Error::Unavailable(error.to_string()),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::TypeNotFound { .. } => {
                Error::Corrupt(error.to_string())
            }
            _ => Error::Other(error.to_string()),
        }
    }
}
