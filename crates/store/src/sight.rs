//! Whose eyes read: a member may be narrowed to their own, or their team's, chats and orders, and to the clients behind them.
//! Every list and every look at one of these takes a [`Sight`] instead of an organisation, so that none can forget it.

use crate::{Result, Tx};
use domain::ids::*;

/// An organisation as somebody sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    pub organisation: OrganisationId,
    /// The member whose visibility narrows what is read; `None` sees everything.
    pub viewer: Option<UserId>,
}

impl Sight {
    /// Nothing is hidden: workers, keys, and members who may see all.
    pub const fn all(organisation: OrganisationId) -> Self {
        Self { organisation, viewer: None }
    }
}

/// Condition over a chat or order `row`: nobody's, the viewer's own, or of a member of the viewer's team. The organisation is
/// `$1`, the viewer stands at `place`.
pub(crate) fn assigned(row: &str, place: &str) -> String {
    format!(
        "({place} IS NULL OR {row}.assignee_id IS NULL OR {row}.assignee_id = {place} OR {row}.assignee_id IN
          (SELECT mate.user_id FROM members own JOIN members mate ON mate.organisation_id = own.organisation_id AND mate.team = own.team
           WHERE own.organisation_id = $1 AND own.user_id = {place} AND own.visibility = 'team' AND own.team <> ''))"
    )
}

/// Condition over the id of a contact: it has a chat or an order the viewer sees, or none at all.
pub(crate) fn contact(id: &str, place: &str) -> String {
    let of = |table: &str, row: &str| {
        format!("SELECT 1 FROM {table} {row} WHERE {row}.organisation_id = $1 AND {row}.contact_id = {id}")
    };
    let (chats, orders) = (of("chats", "vc"), of("orders", "vo"));
    format!(
        "({place} IS NULL OR EXISTS ({chats} AND {}) OR EXISTS ({orders} AND {}) OR NOT EXISTS ({chats}) AND NOT EXISTS ({orders}))",
        assigned("vc", place),
        assigned("vo", place)
    )
}

/// Something a member may or may not see.
#[derive(Clone, Copy, Debug)]
pub enum Thing {
    Chat(ChatId),
    Order(OrderId),
    Contact(ContactId),
    /// A file, through what it is attached to; one attached to nothing is seen by whoever knows its id.
    File(FileId),
}

fn chat_sql() -> String {
    format!("SELECT COUNT(*) FROM chats c WHERE c.organisation_id = $1 AND c.id = $2 AND {}", assigned("c", "$3"))
}
fn order_sql() -> String {
    format!("SELECT COUNT(*) FROM orders o WHERE o.organisation_id = $1 AND o.id = $2 AND {}", assigned("o", "$3"))
}
fn contact_sql() -> String {
    format!("SELECT COUNT(*) FROM contacts k WHERE k.organisation_id = $1 AND k.id = $2 AND {}", contact("k.id", "$3"))
}
fn file_sql() -> String {
    let chats = "SELECT 1 FROM messages m JOIN chats c ON c.organisation_id = m.organisation_id AND c.id = m.chat_id
         WHERE m.organisation_id = $1 AND m.file_id = f.id";
    let orders =
        "SELECT 1 FROM order_files a JOIN orders o ON o.organisation_id = a.organisation_id AND o.id = a.order_id
         WHERE a.organisation_id = $1 AND a.file_id = f.id";
    format!(
        "SELECT COUNT(*) FROM files f WHERE f.organisation_id = $1 AND f.id = $2 AND ($3 IS NULL OR EXISTS ({chats} AND {})
           OR EXISTS ({orders} AND {}) OR NOT EXISTS ({chats}) AND NOT EXISTS ({orders}))",
        assigned("c", "$3"),
        assigned("o", "$3")
    )
}

/// Whether something is there for these eyes, as the transaction sees it.
pub async fn sees(tx: &mut Tx, sight: Sight, thing: Thing) -> Result<bool> {
    macro_rules! count {
        ($sql:expr, $id:expr) => {
            write!(tx, c => sqlx::query_scalar::<_, i64>(&$sql).bind(sight.organisation).bind($id).bind(sight.viewer).fetch_one(c))
        };
    }
    let found = match thing {
        Thing::Chat(id) => count!(chat_sql(), id)?,
        Thing::Order(id) => count!(order_sql(), id)?,
        Thing::Contact(id) => count!(contact_sql(), id)?,
        Thing::File(id) => count!(file_sql(), id)?,
    };
    Ok(found > 0)
}

/// Whether a file may be opened with these eyes.
pub async fn sees_file(db: &crate::Db, sight: Sight, id: FileId) -> Result<bool> {
    let sql = file_sql();
    let found = read!(db, c => sqlx::query_scalar::<_, i64>(&sql).bind(sight.organisation).bind(id).bind(sight.viewer).fetch_one(c))?;
    Ok(found > 0)
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![chat_sql(), order_sql(), contact_sql(), file_sql()]
}
