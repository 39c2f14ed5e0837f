//! How many rows a table has and what they say, as one line to compare: the same for both engines.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::rows::Row;

/// A table in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub table: String,
    pub rows: u64,
    /// Of its rows in the order of their key, each as a line of JSON.
    pub sha256: String,
}

/// A sum in the making.
#[derive(Debug)]
pub(super) struct Summing {
    table: String,
    rows: u64,
    hash: Sha256,
}

impl Summing {
    pub(super) fn of(table: &str) -> Self {
        Self { table: table.to_owned(), rows: 0, hash: Sha256::new() }
    }
    pub(super) fn add(&mut self, row: &Row) -> serde_json::Result<()> {
        self.rows += 1;
        self.hash.update(serde_json::to_vec(row)?);
        self.hash.update(b"\n");
        Ok(())
    }
    pub(super) fn end(self) -> Sum {
        Sum { table: self.table, rows: self.rows, sha256: hex::encode(self.hash.finalize()) }
    }
}

/// What differs between the tables read and the tables written, in words; `None` when nothing does.
pub(super) fn difference(read: &[Sum], written: &[Sum]) -> Option<String> {
    let by_name = |sums: &[Sum]| sums.iter().map(|sum| (sum.table.clone(), sum.clone())).collect::<BTreeMap<_, _>>();
    let (read, written) = (by_name(read), by_name(written));
    let missing = read.keys().find(|name| !written.contains_key(*name)).map(|name| format!("{name} is missing"));
    let surplus = written.keys().find(|name| !read.contains_key(*name)).map(|name| format!("{name} is one too many"));
    let other = written.values().find_map(|after| {
        let before = read.get(&after.table)?;
        let (name, rows) = (&after.table, after.rows);
        match (before.rows == rows, before.sha256 == after.sha256) {
            (true, true) => None,
            (false, _) => Some(format!("{name} has {rows} rows instead of {}", before.rows)),
            (true, false) => Some(format!("{name} has other contents")),
        }
    });
    missing.or(surplus).or(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::rows::Value;

    fn sum(table: &str, rows: &[Row]) -> Sum {
        let mut summing = Summing::of(table);
        rows.iter().for_each(|row| summing.add(row).unwrap());
        summing.end()
    }

    #[test]
    fn every_difference_is_found_whichever_side_it_is_on() {
        let text = |text: &str| vec![Value::Text(text.into()), Value::Null];
        let whole = [sum("chats", &[text("a"), text("b")]), sum("users", &[text("a")])];
        assert_eq!(difference(&whole, &whole), None);
        let short = [sum("chats", &[text("a")]), sum("users", &[text("a")])];
        assert_eq!(difference(&whole, &short).unwrap(), "chats has 1 rows instead of 2");
        assert_eq!(difference(&short, &whole).unwrap(), "chats has 2 rows instead of 1");
        for other in
            [text("c"), vec![Value::Null, Value::Text("b".into())], vec![Value::Text("b".into()), Value::Integer(0)]]
        {
            let bent = [sum("chats", &[text("a"), other]), sum("users", &[text("a")])];
            assert_eq!(difference(&whole, &bent).unwrap(), "chats has other contents");
            assert_eq!(difference(&bent, &whole).unwrap(), "chats has other contents");
        }
        let swapped = [sum("chats", &[text("b"), text("a")]), sum("users", &[text("a")])];
        assert_eq!(difference(&whole, &swapped).unwrap(), "chats has other contents");
        assert_eq!(difference(&whole, &whole[..1]).unwrap(), "users is missing");
        assert_eq!(difference(&whole[..1], &whole).unwrap(), "users is one too many");
    }
}
