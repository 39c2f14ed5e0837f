//! Words of messages: SQLite's FTS5 and PostgreSQL's `tsvector` behind one set of functions. Whoever calls gives words that are
//! folded and stemmed already, so that both engines find the same.

use crate::sight::{Sight, assigned};
use crate::{Db, Engine, Result, Tx};
use domain::chats::{MessageKind, Sender};
use domain::ids::*;

const PENDING: &str = "SELECT m.organisation_id, m.id, m.kind, m.text, f.name AS file_name, m.edited_at, m.revoked_at
    FROM messages m LEFT JOIN files f ON f.organisation_id = m.organisation_id AND f.id = m.file_id
    WHERE m.searchable = FALSE ORDER BY m.id LIMIT $1";
const ANY_PENDING: &str = "SELECT id FROM messages WHERE searchable = FALSE LIMIT 1";
const DONE: &str =
    "UPDATE messages SET searchable = TRUE WHERE organisation_id = $1 AND id = $2 AND COALESCE(edited_at, 0) = $3";
const FORGET: &str = "DELETE FROM message_words WHERE owner = $1 AND message_id = $2";
const ANEW: &str = "UPDATE messages SET searchable = FALSE WHERE searchable = TRUE";

/// A message whose words are not known yet.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Pending {
    pub organisation_id: OrganisationId,
    pub id: MessageId,
    pub kind: MessageKind,
    pub text: String,
    pub file_name: Option<String>,
    pub edited_at: Option<i64>,
    pub revoked_at: Option<i64>,
}

/// A message that was found.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FoundRow {
    pub id: MessageId,
    pub chat_id: ChatId,
    pub contact_id: ContactId,
    pub contact_name: String,
    pub sender: Sender,
    pub text: String,
    pub file_name: Option<String>,
    pub at: i64,
}

/// A word that stands for the organisation: whoever looks for it and another word walks only what both have.
fn mark(organisation: OrganisationId) -> String {
    format!("o{}", organisation.0.simple())
}

fn insert_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "INSERT INTO message_words (owner, message_id, words) VALUES ($1, $2, $3)",
        Engine::Postgres => {
            "INSERT INTO message_words (owner, message_id, words) VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' ')))
             ON CONFLICT (owner, message_id) DO UPDATE SET words = excluded.words"
        }
    }
}

fn find_sql(engine: Engine) -> String {
    let found = match engine {
        Engine::Sqlite => "w.message_words MATCH $3",
        Engine::Postgres => "w.owner = $1 AND w.words @@ CAST($3 AS tsquery)",
    };
    format!(
        "SELECT m.id, m.chat_id, c.contact_id, k.name AS contact_name, m.sender, m.text, f.name AS file_name, m.at
         FROM message_words w
           JOIN messages m ON m.organisation_id = $1 AND m.id = w.message_id
           JOIN chats c ON c.organisation_id = m.organisation_id AND c.id = m.chat_id
           JOIN contacts k ON k.organisation_id = c.organisation_id AND k.id = c.contact_id
           LEFT JOIN files f ON f.organisation_id = m.organisation_id AND f.id = m.file_id
         WHERE {found} AND {} AND ($4 IS NULL OR m.id < $4) AND ($5 IS NULL OR m.chat_id = $5) AND m.revoked_at IS NULL
         ORDER BY m.id DESC LIMIT $6",
        assigned("c", "$2")
    )
}

/// Whether there are messages whose words are not known yet.
pub async fn any_pending(db: &Db) -> Result<bool> {
    Ok(read!(db, c => sqlx::query_scalar::<_, MessageId>(ANY_PENDING).fetch_optional(c))?.is_some())
}
/// Messages whose words are not known yet, oldest first.
pub async fn pending(tx: &mut Tx, limit: i64) -> Result<Vec<Pending>> {
    write!(tx, c => sqlx::query_as::<_, Pending>(PENDING).bind(limit).fetch_all(c))
}
/// Keeps the words of a message, parted by spaces; none takes it out.
pub async fn keep(tx: &mut Tx, message: &Pending, words: &str) -> Result<()> {
    if message.edited_at.is_some() || message.revoked_at.is_some() {
        execute!(tx, FORGET, message.organisation_id, message.id)?;
    }
    if !words.is_empty() {
        let words = format!("{} {words}", mark(message.organisation_id));
        let sql = insert_sql(tx.engine());
        execute!(tx, sql, message.organisation_id, message.id, words)?;
    }
    execute!(tx, DONE, message.organisation_id, message.id, message.edited_at.unwrap_or(0)).map(drop)
}
/// The words of all messages are to be made anew.
pub async fn forget_all(tx: &mut Tx) -> Result<()> {
    execute!(tx, ANEW).map(drop)
}

/// What is looked for: each of these is there, as one of its words or as the beginning of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Letters and digits only.
    pub words: Vec<(Vec<String>, Option<String>)>,
}

impl Wanted {
    fn text(&self, organisation: OrganisationId, engine: Engine) -> String {
        let (quote, or, and, beginning) = match engine {
            Engine::Sqlite => ('"', " OR ", " AND ", " *"),
            Engine::Postgres => ('\'', " | ", " & ", ":*"),
        };
        let whole = |word: &String| format!("{quote}{word}{quote}");
        let one = |(words, begins): &(Vec<String>, Option<String>)| {
            let begins = begins.iter().map(|word| format!("{quote}{word}{quote}{beginning}"));
            format!("({})", words.iter().map(whole).chain(begins).collect::<Vec<_>>().join(or))
        };
        let mark = whole(&mark(organisation));
        std::iter::once(mark).chain(self.words.iter().map(one)).collect::<Vec<_>>().join(and)
    }
}

/// Messages somebody sees that have all the words, newest first; `before` is the last one of the page before.
pub async fn find(
    db: &Db,
    sight: Sight,
    wanted: &Wanted,
    before: Option<MessageId>,
    chat: Option<ChatId>,
    limit: i64,
) -> Result<Vec<FoundRow>> {
    let (sql, text) = (find_sql(db.engine()), wanted.text(sight.organisation, db.engine()));
    read!(db, c => sqlx::query_as::<_, FoundRow>(&sql).bind(sight.organisation).bind(sight.viewer).bind(&text).bind(before).bind(chat).bind(limit).fetch_all(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    vec![insert_sql(engine).to_owned(), find_sql(engine)]
}
