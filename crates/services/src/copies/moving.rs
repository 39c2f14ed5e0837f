//! Moving from one database to another, row by row. The one moved from stays as it is.

use super::load::Loader;
use super::steps_of;
use super::sums::{Sum, Summing};
use anyhow::Result;
use futures::TryStreamExt;
use store::{Db, rows, tables};

/// Moves everything into an empty database; what was moved, table by table. Both are opened alone.
pub async fn move_to(from: &Db, to: &Db) -> Result<Vec<Sum>> {
    let mut source = from.snapshot().await?;
    let steps = steps_of(&mut source).await?;
    let mut loader = Loader::begin(to, &steps, false).await?;
    let mut sums = Vec::new();
    for table in tables::all(&mut source).await? {
        let columns: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        loader.table(&table.name, &columns).await?;
        let mut sum = Summing::of(&table.name);
        let mut rows = rows::read(&mut source, &table);
        while let Some(row) = rows.try_next().await? {
            sum.add(&row)?;
            loader.row(row).await?;
        }
        sums.push(sum.end());
    }
    loader.finish(&sums).await?.commit().await?;
    Ok(sums)
}
