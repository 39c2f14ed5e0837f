//! Whether a database keeps what it promises: what a commit is worth after a power cut, and whether the file is whole.

use crate::{Db, Error, Result};
use sqlx::sqlite::SqliteSynchronous;

/// What a commit of SQLite is worth, taken out of its address: `?synchronous=normal` gives up that it survives a power cut.
/// Only for measurements and for the proof that something is lost then.
pub(crate) fn durability(url: &str) -> Result<(String, SqliteSynchronous)> {
    let (plain, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut kept, mut durability) = (Vec::new(), SqliteSynchronous::Full);
    for part in query.split('&').filter(|part| !part.is_empty()) {
        match part.strip_prefix("synchronous=") {
            Some("full") => durability = SqliteSynchronous::Full,
            Some("normal") => durability = SqliteSynchronous::Normal,
            Some(_) => return Err(Error::Other("DATABASE_URL: synchronous is full or normal".into())),
            None => kept.push(part),
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Ok((format!("{plain}{query}"), durability))
}

impl Db {
    /// Whether what was committed survives a power cut. Of PostgreSQL's settings its own administrator knows.
    pub async fn is_durable(&self) -> Result<bool> {
        match self {
            Db::Sqlite { write, .. } => {
                Ok(sqlx::query_scalar::<_, i64>("PRAGMA synchronous").fetch_one(write).await? >= 2)
            }
            Db::Postgres { .. } => Ok(true),
        }
    }

    /// Reads the whole of SQLite's file; an error says what is wrong with it. PostgreSQL has tools of its own for that.
    pub async fn examine(&self) -> Result<()> {
        let Db::Sqlite { read, .. } = self else { return Ok(()) };
        match sqlx::query_scalar::<_, String>("PRAGMA integrity_check(1)").fetch_one(read).await? {
            fine if fine == "ok" => Ok(()),
            wrong => Err(Error::Other(format!("the database file is damaged: {wrong}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_commit_is_worth_stands_in_the_address() {
        let read = |url: &str| durability(url).map(|(url, worth)| (url, matches!(worth, SqliteSynchronous::Full))).ok();
        let plain = || "sqlite:///a/b.db".to_owned();
        assert_eq!(read("sqlite:///a/b.db"), Some((plain(), true)));
        assert_eq!(read("sqlite:///a/b.db?synchronous=normal"), Some((plain(), false)));
        assert_eq!(read("sqlite:///a/b.db?mode=rwc&synchronous=full"), Some((plain() + "?mode=rwc", true)));
        assert_eq!(read("sqlite:///a/b.db?synchronous=off"), None);
    }
}
