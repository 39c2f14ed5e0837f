//! Filling a database with all rows of another one: within one transaction, into tables made for them, and read back.

use super::sums::{Sum, Summing, difference};
use anyhow::{Context, Result, bail};
use futures::TryStreamExt;
use store::rows::{Row, Value};
use store::tables::Table;
use store::{Db, Tx, migrations, rows, tables};

/// Rows written at a time, and about how many bytes they may have together.
const MOST_ROWS: usize = 64;
const MOST_BYTES: usize = 1024 * 1024;

/// A database being filled. Dropped before [`Loader::finish`] it is as it was.
pub(super) struct Loader {
    tx: Tx,
    tables: Vec<Table>,
    /// Place of the table being filled.
    filling: usize,
    waiting: Vec<Row>,
    weight: usize,
}

impl Loader {
    /// Makes empty tables as they are after these steps; refused where somebody's rows are, unless `replace`.
    pub(super) async fn begin(db: &Db, steps: &[i64], replace: bool) -> Result<Self> {
        let mut tx = db.begin().await?;
        let ours = !migrations::steps(&mut tx).await?.is_empty();
        if !tables::are_empty(&mut tx).await? {
            if !ours {
                bail!("the database belongs to another program; nothing was changed, name an empty one");
            }
            if !replace {
                bail!("the database is not empty; nothing was changed, name an empty one");
            }
        }
        if ours {
            tables::drop_all(&mut tx).await?;
        }
        migrations::take_steps(&mut tx, Some(steps)).await?;
        let tables = tables::all(&mut tx).await?;
        Ok(Self { tx, tables, filling: 0, waiting: Vec::new(), weight: 0 })
    }

    /// Turns to a table.
    pub(super) async fn table(&mut self, name: &str, columns: &[String]) -> Result<()> {
        self.write().await?;
        let place = self.tables.iter().position(|table| table.name == name);
        self.filling = place.with_context(|| format!("there is no place for the table {name}; nothing was changed"))?;
        if !self.tables[self.filling].columns.iter().map(|column| &column.name).eq(columns) {
            bail!("the columns of {name} are others than here; nothing was changed");
        }
        Ok(())
    }

    /// Takes a row of that table.
    pub(super) async fn row(&mut self, row: Row) -> Result<()> {
        self.weight += row.iter().map(Value::weight).sum::<usize>();
        self.waiting.push(row);
        if self.waiting.len() >= MOST_ROWS || self.weight >= MOST_BYTES {
            self.write().await?;
        }
        Ok(())
    }

    async fn write(&mut self) -> Result<()> {
        if let Some(table) = self.tables.get(self.filling) {
            rows::insert(&mut self.tx, table, &self.waiting).await?;
        }
        self.waiting.clear();
        self.weight = 0;
        Ok(())
    }

    /// Reads everything back, compares it, and brings the schema up to date. Not committed yet.
    pub(super) async fn finish(mut self, read: &[Sum]) -> Result<Tx> {
        self.write().await?;
        tables::number_on(&mut self.tx).await?;
        let mut written = Vec::new();
        for table in &self.tables {
            let mut sum = Summing::of(&table.name);
            let mut rows = rows::read(&mut self.tx, table);
            while let Some(row) = rows.try_next().await? {
                sum.add(&row)?;
            }
            written.push(sum.end());
        }
        if let Some(difference) = difference(read, &written) {
            bail!("what was written is not what was read: {difference}; nothing was changed");
        }
        migrations::take_steps(&mut self.tx, None).await?;
        store::search::forget_all(&mut self.tx).await?;
        Ok(self.tx)
    }
}
