//! The tables there are, read from the database itself, so that copies and moves leave no new one out. Words of messages are
//! made from messages and are no tables of their own.

use crate::{Engine, Error, Result, Tx, migrations, rows};
use std::collections::BTreeMap;

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    /// By name, so that both engines give them in one order.
    pub columns: Vec<Column>,
    /// Reads its rows.
    pub(crate) select: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    /// Place in the primary key; 0 outside of it.
    pub key: i64,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Integer,
    /// PostgreSQL only; a number elsewhere.
    Boolean,
    Text,
    Json,
    Bytes,
}

fn columns_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'message_words%' AND m.name <> '_sqlx_migrations' ORDER BY m.name, c.name"
        }
        Engine::Postgres => {
            "SELECT t.relname::text, c.attname::text, format_type(c.atttypid, c.atttypmod),
               COALESCE(array_position(i.indkey::int2[], c.attnum) + 1, 0)::bigint
             FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
               LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
             WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND t.relname NOT IN ('message_words', '_sqlx_migrations')
             ORDER BY t.relname COLLATE \"C\", c.attname COLLATE \"C\""
        }
    }
}

fn references_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "SELECT m.name, f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
        }
        Engine::Postgres => {
            "SELECT t.relname::text, o.relname::text FROM pg_constraint k
               JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
             WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace"
        }
    }
}

/// Columns PostgreSQL numbers by itself; SQLite notices a higher number by itself.
fn numbered_sql() -> &'static str {
    "SELECT t.relname::text, c.attname::text FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
     WHERE t.relnamespace = current_schema()::regnamespace AND c.attidentity <> ''"
}

/// All tables with their columns; what others refer to comes before them.
pub async fn all(tx: &mut Tx) -> Result<Vec<Table>> {
    let json = migrations::json_columns();
    let (columns, references) = (columns_sql(tx.engine()), references_sql(tx.engine()));
    let columns = write!(tx, c => sqlx::query_as::<_, (String, String, String, i64)>(columns).fetch_all(c))?;
    let references = write!(tx, c => sqlx::query_as::<_, (String, String)>(references).fetch_all(c))?;
    let mut tables = BTreeMap::<String, Vec<Column>>::new();
    for (table, name, kind, key) in columns {
        let kind = match kind.to_lowercase().as_str() {
            "integer" | "bigint" => Kind::Integer,
            "boolean" => Kind::Boolean,
            "text" if json.contains(&(table.clone(), name.clone())) => Kind::Json,
            "text" => Kind::Text,
            "jsonb" => Kind::Json,
            "blob" | "bytea" => Kind::Bytes,
            other => return Err(Error::Corrupt(format!("{table}.{name} is of a kind copies do not know: {other}"))),
        };
        tables.entry(table).or_default().push(Column { name, kind, key });
    }
    in_order(tables, &references, tx.engine())
}

fn in_order(
    mut tables: BTreeMap<String, Vec<Column>>,
    references: &[(String, String)],
    engine: Engine,
) -> Result<Vec<Table>> {
    let mut ordered = Vec::new();
    while !tables.is_empty() {
        let waits = |name: &str| {
            references.iter().any(|(from, to)| from == name && to != name && tables.contains_key(to.as_str()))
        };
        let next = tables.keys().find(|name| !waits(name)).cloned();
        let found = next.and_then(|name| tables.remove_entry(&name));
        let (name, columns) = found.ok_or_else(|| Error::Corrupt("tables refer to each other in a circle".into()))?;
        if columns.iter().all(|column| column.key == 0) {
            return Err(Error::Corrupt(format!("{name} has no primary key, so its rows have no order")));
        }
        ordered.push(Table { select: rows::select_sql(engine, &name, &columns), name, columns });
    }
    Ok(ordered)
}

/// Tables that refer to this one by a foreign key.
pub async fn referring(tx: &mut Tx, to: &str) -> Result<Vec<String>> {
    let sql = references_sql(tx.engine());
    let all = write!(tx, c => sqlx::query_as::<_, (String, String)>(sql).fetch_all(c))?;
    Ok(all.into_iter().filter(|(_, other)| other == to).map(|(table, _)| table).collect())
}

/// Whether no table has a row.
pub async fn are_empty(tx: &mut Tx) -> Result<bool> {
    for table in all(tx).await? {
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM \"{}\" LIMIT 1) AS r", table.name);
        if write!(tx, c => sqlx::query_scalar::<_, i64>(&sql).fetch_one(c))? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes all tables away, and what is known of steps taken.
pub async fn drop_all(tx: &mut Tx) -> Result<()> {
    for table in all(tx).await?.iter().rev() {
        execute!(tx, &format!("DROP TABLE \"{}\"", table.name))?;
    }
    execute!(tx, "DROP TABLE IF EXISTS message_words")?;
    execute!(tx, "DROP TABLE IF EXISTS _sqlx_migrations").map(drop)
}

/// Lets PostgreSQL number on behind the highest number there is.
pub async fn number_on(tx: &mut Tx) -> Result<()> {
    let Tx::Postgres(transaction) = tx else { return Ok(()) };
    let numbered: Vec<(String, String)> = sqlx::query_as(numbered_sql()).fetch_all(&mut **transaction).await?;
    for (table, column) in numbered {
        let next = format!("(SELECT COALESCE(MAX(\"{column}\"), 0) + 1 FROM \"{table}\")");
        let sql = format!("SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), {next}, false)");
        sqlx::query(&sql).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    let mut statements = vec![columns_sql(engine), references_sql(engine)];
    if engine == Engine::Postgres {
        statements.push(numbered_sql());
    }
    statements.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_refer_to_comes_first_and_a_circle_is_refused() {
        let column = || vec![Column { name: "id".into(), kind: Kind::Text, key: 1 }];
        let tables = || ["a", "b", "c"].map(|name| (name.to_owned(), column())).into_iter().collect::<BTreeMap<_, _>>();
        let refers = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let ordered =
            in_order(tables(), &[refers("a", "c"), refers("c", "b"), refers("b", "b")], Engine::Sqlite).unwrap();
        let names: Vec<&str> = ordered.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["b", "c", "a"]);
        assert!(in_order(tables(), &[refers("a", "c"), refers("c", "a")], Engine::Sqlite).is_err());
    }
}
