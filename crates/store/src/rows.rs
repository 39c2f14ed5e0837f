//! Rows of any table as typed values that mean the same on both engines: read in the order of their key, written back as
//! they were.

use crate::tables::{Column, Kind, Table};
use crate::{Engine, Error, Result, Tx, batch};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use futures::StreamExt;
use futures::stream::BoxStream;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use sqlx::Row as _;
use std::collections::BTreeMap;

/// A value. What is «true» is 1; JSON is text, always written in the same way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
    Bytes {
        #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
        bytes: Vec<u8>,
    },
}

/// The values of a row, in the order of the table's columns.
pub type Row = Vec<Value>;

/// Rows written with one statement.
const CHUNKS: [usize; 4] = [64, 16, 4, 1];

/// Bytes as a text, for JSON.
pub fn to_base64<S: Serializer>(bytes: &[u8], to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_str(&BASE64.encode(bytes))
}
/// Bytes from a text of JSON.
pub fn from_base64<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Vec<u8>, D::Error> {
    BASE64.decode(String::deserialize(from)?).map_err(serde::de::Error::custom)
}

impl Value {
    /// About how much memory it takes.
    pub fn weight(&self) -> usize {
        match self {
            Value::Null | Value::Integer(_) => 8,
            Value::Text(text) => text.len(),
            Value::Bytes { bytes } => bytes.len(),
        }
    }
    /// Its text, "" for anything else.
    pub fn text(&self) -> &str {
        if let Value::Text(text) = self { text } else { "" }
    }
}

/// Reads a table in the order of its key.
pub(crate) fn select_sql(engine: Engine, name: &str, columns: &[Column]) -> String {
    let postgres = engine == Engine::Postgres;
    let values = columns.iter().map(|column| {
        let cast = if postgres && column.kind == Kind::Json { "::text" } else { "" };
        format!("\"{}\"{cast}", column.name)
    });
    let mut key: Vec<_> = columns.iter().filter(|column| column.key > 0).collect();
    key.sort_by_key(|column| column.key);
    // By bytes, as SQLite does it, whatever language PostgreSQL was set up in.
    let key = key.iter().map(|column| {
        let collation = if postgres && column.kind == Kind::Text { " COLLATE \"C\"" } else { "" };
        format!("\"{}\"{collation}", column.name)
    });
    let list = |parts: Vec<String>| parts.join(", ");
    format!("SELECT {} FROM \"{}\" ORDER BY {}", list(values.collect()), name, list(key.collect()))
}

fn insert_sql(engine: Engine, table: &Table, rows: usize) -> String {
    let postgres = engine == Engine::Postgres;
    let names: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let hole = |n: usize| match table.columns[n % table.columns.len()].kind {
        Kind::Json if postgres => format!("CAST(${} AS JSONB)", n + 1),
        _ => format!("${}", n + 1),
    };
    let row = |r: usize| {
        let holes: Vec<String> = (r * names.len()..(r + 1) * names.len()).map(hole).collect();
        format!("({})", holes.join(", "))
    };
    let values: Vec<String> = (0..rows).map(row).collect();
    let numbered = if postgres { " OVERRIDING SYSTEM VALUE" } else { "" };
    format!("INSERT INTO \"{}\" ({}){numbered} VALUES {}", table.name, names.join(", "), values.join(", "))
}

/// Reads one value of a row by what its column holds.
macro_rules! value {
    ($row:expr, $place:expr, $kind:expr) => {
        match $kind {
            Kind::Integer => $row.try_get::<Option<i64>, _>($place)?.map(Value::Integer),
            Kind::Boolean => $row.try_get::<Option<bool>, _>($place)?.map(|yes| Value::Integer(i64::from(yes))),
            Kind::Text => $row.try_get::<Option<String>, _>($place)?.map(Value::Text),
            Kind::Json => $row.try_get::<Option<String>, _>($place)?.map(|json| written_anew(&json)).transpose()?,
            Kind::Bytes => $row.try_get::<Option<Vec<u8>>, _>($place)?.map(|bytes| Value::Bytes { bytes }),
        }
        .unwrap_or(Value::Null)
    };
}

/// All rows of a table in the order of its key, read as they are asked for.
pub fn read<'a>(tx: &'a mut Tx, table: &'a Table) -> BoxStream<'a, Result<Row>> {
    macro_rules! rows {
        ($t:expr) => {
            sqlx::query(&table.select)
                .fetch(&mut **$t)
                .map(|row| {
                    let row = row?;
                    let values = table.columns.iter().enumerate();
                    values.map(|(place, column)| Ok(value!(row, place, column.kind))).collect()
                })
                .boxed()
        };
    }
    match tx {
        Tx::Sqlite(t) => rows!(t),
        Tx::Postgres(t) => rows!(t),
    }
}

/// Writes rows.
pub async fn insert(tx: &mut Tx, table: &Table, rows: &[Row]) -> Result<()> {
    for (range, place) in batch::pieces(rows.len(), &CHUNKS) {
        let sql = insert_sql(tx.engine(), table, CHUNKS[place]);
        macro_rules! run {
            ($t:expr) => {{
                let mut query = sqlx::query(&sql);
                for row in &rows[range] {
                    if row.len() != table.columns.len() {
                        return Err(Error::Corrupt(format!("a row of {} has {} values", table.name, row.len())));
                    }
                    for (value, column) in row.iter().zip(&table.columns) {
                        query = match (column.kind, value) {
                            (Kind::Integer, Value::Null) => query.bind(None::<i64>),
                            (Kind::Integer, Value::Integer(number)) => query.bind(number),
                            (Kind::Boolean, Value::Null) => query.bind(None::<bool>),
                            (Kind::Boolean, Value::Integer(number @ (0 | 1))) => query.bind(*number == 1),
                            (Kind::Text | Kind::Json, Value::Null) => query.bind(None::<&str>),
                            (Kind::Text | Kind::Json, Value::Text(text)) => query.bind(text),
                            (Kind::Bytes, Value::Null) => query.bind(None::<&[u8]>),
                            (Kind::Bytes, Value::Bytes { bytes }) => query.bind(bytes),
                            _ => {
                                let place = format!("{}.{}", table.name, column.name);
                                return Err(Error::Corrupt(format!("{place} cannot hold {value:.60?}")));
                            }
                        };
                    }
                }
                query.execute(&mut **$t).await?;
            }};
        }
        match tx {
            Tx::Sqlite(t) => run!(t),
            Tx::Postgres(t) => run!(t),
        }
    }
    Ok(())
}

fn written_anew(json: &str) -> Result<Value> {
    let mut text = String::with_capacity(json.len());
    let read = serde_json::from_str::<&RawValue>(json).and_then(|json| write_json(json, &mut text));
    read.map_err(|error| Error::Corrupt(format!("what should be JSON is not: {error}")))?;
    Ok(Value::Text(text))
}

/// One way of writing JSON: names in order, no spaces, numbers as the shortest text of what the program reads from them.
fn write_json(json: &RawValue, out: &mut String) -> serde_json::Result<()> {
    let text = json.get();
    match text.as_bytes().first() {
        Some(b'{') => {
            let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            for (n, (name, value)) in fields.iter().enumerate() {
                out.push(if n == 0 { '{' } else { ',' });
                out.push_str(&serde_json::to_string(name)?);
                out.push(':');
                write_json(value, out)?;
            }
            out.push_str(if fields.is_empty() { "{}" } else { "}" });
        }
        Some(b'[') => {
            let entries: Vec<&RawValue> = serde_json::from_str(text)?;
            out.push('[');
            for (n, entry) in entries.iter().enumerate() {
                out.push_str(if n == 0 { "" } else { "," });
                write_json(entry, out)?;
            }
            out.push(']');
        }
        Some(b'"') => out.push_str(&serde_json::to_string(&serde_json::from_str::<String>(text)?)?),
        Some(b'-' | b'0'..=b'9') => out.push_str(&number(text)),
        _ => out.push_str(text),
    }
    Ok(())
}

/// PostgreSQL writes numbers without exponent, and knows no minus before a zero.
fn number(text: &str) -> String {
    match (text.parse::<i64>(), text.parse::<u64>(), text.parse::<f64>()) {
        (Ok(whole), ..) => whole.to_string(),
        (_, Ok(whole), _) => whole.to_string(),
        (.., Ok(broken)) if broken.is_finite() => {
            let plain = if broken == 0.0 { "0".to_owned() } else { broken.to_string() };
            let dotted = text.contains('.') && !text.contains(['e', 'E']);
            if dotted && !plain.contains('.') { format!("{plain}.0") } else { plain }
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anew(json: &str) -> String {
        written_anew(json).unwrap().text().to_owned()
    }

    #[test]
    fn json_that_means_the_same_is_written_the_same() {
        let as_sqlite =
            r#"{"bb":[1,2.0,-0.0,1e16],"a":{"y":null,"x":"ё\n\u0041 \/"},"c":[0.30000000000000004,1.5e-7,-2.5e20]}"#;
        let as_postgres = r#"{"a": {"x": "ё\nA /", "y": null}, "c": [0.30000000000000004, 0.00000015, -250000000000000000000], "bb": [1, 2.0, 0.0, 10000000000000000]}"#;
        assert_eq!(anew(as_sqlite), anew(as_postgres));
        assert_eq!(anew("18446744073709551615"), "18446744073709551615");
        assert_eq!((anew("{}"), anew(" [ ] "), anew("true")), ("{}".into(), "[]".into(), "true".into()));
        assert_ne!(anew("1"), anew("\"1\""));
        assert!(written_anew("{").is_err());
    }

    #[test]
    fn values_keep_their_kind_in_a_line_of_json() {
        let row =
            vec![Value::Null, Value::Integer(i64::MIN), Value::Text("1".into()), Value::Bytes { bytes: vec![0, 255] }];
        let line = serde_json::to_string(&row).unwrap();
        assert_eq!(line, r#"[null,-9223372036854775808,"1",{"bytes":"AP8="}]"#);
        assert_eq!(serde_json::from_str::<Row>(&line).unwrap(), row);
    }
}
