//! `read!` and `write!`: one call text, expanded for each engine.

/// Runs a query on the readers, which reach what the handle may: `read!(db, c => sqlx::query_as::<_, Row>(SQL).bind(x).fetch_all(c))`.
macro_rules! read {
    ($db:expr, $c:ident => $body:expr) => {
        match $db {
            $crate::Db::Sqlite { read: $c, .. } => $body.await.map_err($crate::Error::from),
            $crate::Db::Postgres { read, reach, .. } => match $crate::walls::reader(read, *reach).await {
                Ok(mut reader) => {
                    let $c = &mut *reader;
                    $body.await.map_err($crate::Error::from)
                }
                Err(error) => Err(error),
            },
        }
    };
}

/// Runs a query inside a transaction: `write!(tx, c => sqlx::query(SQL).bind(x).execute(c))`.
macro_rules! write {
    ($tx:expr, $c:ident => $body:expr) => {
        match $tx {
            $crate::Tx::Sqlite(transaction) => {
                let $c = &mut **transaction;
                $body.await.map_err($crate::Error::from)
            }
            $crate::Tx::Postgres(transaction) => {
                let $c = &mut **transaction;
                $body.await.map_err($crate::Error::from)
            }
        }
    };
}

/// Runs a statement inside a transaction and answers how many rows it changed.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(transaction) => sqlx::query($sql)$(.bind($bind))*.execute(&mut **transaction).await.map(|r| r.rows_affected()).map_err($crate::Error::from),
            $crate::Tx::Postgres(transaction) => sqlx::query($sql)$(.bind($bind))*.execute(&mut **transaction).await.map(|r| r.rows_affected()).map_err($crate::Error::from),
        }
    };
}
