//! Every statement is prepared on both engines, and the two migrated schemas are compared. SQLite always; PostgreSQL at
//! `TEST_POSTGRES_URL`, where it is set.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{postgres, sqlite};
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgPool, PgTypeInfo};
use sqlx::{Executor, Row};
use std::collections::BTreeMap;
use std::path::Path;
use store::{Db, Engine};

// Statements ---------------------------------------------------------------------------------------------------------

/// Statements built at run time; a module that builds some and is not here fails the test below.
fn built(engine: Engine) -> Vec<(&'static str, Vec<String>)> {
    vec![
        ("chats.rs", store::chats::built_statements(engine)),
        ("claims.rs", store::claims::built_statements(engine)),
        ("connections.rs", store::connections::built_statements(engine)),
        ("contacts.rs", store::contacts::built_statements(engine)),
        ("dashboard.rs", store::dashboard::built_statements(engine)),
        ("desk.rs", store::desk::built_statements(engine)),
        ("duplicates.rs", store::duplicates::built_statements()),
        ("db.rs", store::db::built_statements(engine)),
        ("events.rs", store::events::built_statements(engine)),
        ("health.rs", store::health::built_statements(engine)),
        ("jobs.rs", store::jobs::built_statements()),
        ("later.rs", store::later::built_statements(engine)),
        ("live.rs", store::live::built_statements()),
        ("merging.rs", store::merging::built_statements(engine)),
        ("messages.rs", store::messages::built_statements(engine)),
        ("migrations.rs", store::migrations::built_statements(engine)),
        ("nodes.rs", store::nodes::built_statements(engine)),
        ("orders.rs", store::orders::built_statements(engine)),
        ("organisations.rs", store::organisations::built_statements(engine)),
        ("products.rs", store::products::built_statements(engine)),
        ("push.rs", store::push::built_statements(engine)),
        ("reviews.rs", store::reviews::built_statements(engine)),
        ("rule_guard.rs", store::rule_guard::built_statements(engine)),
        ("rules.rs", store::rules::built_statements()),
        ("runs.rs", store::runs::built_statements(engine)),
        ("sight.rs", store::sight::built_statements(engine)),
        ("search.rs", store::search::built_statements(engine)),
        ("seals.rs", store::seals::built_statements()),
        ("stops.rs", store::stops::built_statements()),
        ("timeline.rs", store::timeline::built_statements()),
        ("tables.rs", store::tables::built_statements(engine)),
        ("walls.rs", store::walls::built_statements(engine)),
    ]
}

fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let name = |p: &Path| p.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|p| (name(p), std::fs::read_to_string(p).unwrap())).collect()
}

/// Constants of a source text that are statements: name and text.
fn constants(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in source.split("const ").skip(1) {
        let Some((name, rest)) = part.split_once(": &str =") else { continue };
        let Some(literal) = rest.trim_start().strip_prefix('"') else { continue };
        let text = unescaped(literal);
        let starts = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|word| text.starts_with(word));
        if starts && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') {
            found.push((name.to_owned(), text));
        }
    }
    found
}

/// The value of a string literal, from behind its opening quote.
fn unescaped(literal: &str) -> String {
    let mut text = String::new();
    let mut rest = literal.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('"', _) => return text,
            ('\\', Some('\n')) => while rest.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some(_)) => text.extend(rest.next()),
            _ => text.push(c),
        }
    }
    panic!("a literal without end: {literal:.80}");
}

/// All statements with the place they are from.
fn statements(engine: Engine) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let built = built(engine);
    for (file, source) in sources() {
        all.extend(constants(&source).into_iter().map(|(name, sql)| (format!("{file} {name}"), sql)));
        let listed = built.iter().any(|(name, _)| *name == file);
        assert_eq!(source.contains("pub fn built_statements"), listed, "{file}: built statements are not in this test");
    }
    for (file, list) in built {
        all.extend(list.into_iter().map(|sql| (format!("{file} built"), sql)));
    }
    assert!(all.len() > 150, "the scan finds too little: {}", all.len());
    all
}

#[test]
fn the_scan_reads_literals_as_the_compiler_does() {
    let source = "const A: &str = \"SELECT '\\\\' FROM \\\"a\\\"\";\nconst B: &str =\n    \"UPDATE a \\\n      SET b = 1\";\nconst C: &str = \"no\";";
    let expected =
        [("A".to_owned(), "SELECT '\\' FROM \"a\"".to_owned()), ("B".to_owned(), "UPDATE a SET b = 1".to_owned())];
    assert_eq!(constants(source), expected);
}

#[tokio::test]
async fn every_statement_is_understood_by_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(folder.path()).await;
    assert!(db.prepare("SELECT nothing FROM nowhere").await.is_err());
    let mut wrong = Vec::new();
    for (place, sql) in statements(Engine::Sqlite) {
        if let Err(error) = db.prepare(&sql).await {
            wrong.push(format!("{place}: {error}\n{sql}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is asked on the way of one event or one job: it must find its few rows by an index, however large the tables are.
/// SQLite plans without statistics; an `ORDER BY id LIMIT 1` too many has made it walk a whole organisation before.
const HOT: &[&str] = &[
    "chats.rs LATEST_OF_CONTACT",
    "contacts.rs BY_EMAIL",
    "contacts.rs BY_OTHER_EMAIL",
    "duplicates.rs ADD_KEY",
    "duplicates.rs ADD_PAIR",
    "duplicates.rs CLAIM",
    "duplicates.rs CLEAR_KEYS",
    "duplicates.rs CLEAR_PAIRS",
    "duplicates.rs DECIDED",
    "duplicates.rs RENEW",
    "duplicates.rs SHARING",
    "merging.rs BRANCH",
    "merging.rs CAME",
    "merging.rs INTO",
    "merging.rs LOCK",
    "merging.rs NOTE_PERSONS",
    "merging.rs PERSONS",
    "merging.rs TWICE",
    "merging.rs WENT",
    "merging.rs built",
    "reaches.rs OF_CONTACT",
    "contacts.rs ROW",
    "jobs.rs FINISH",
    "jobs.rs ATTEMPT",
    "learnt.rs LEARN",
    "learnt.rs OF_CONNECTION",
    "contacts.rs BY_PHONE",
    "contacts.rs BY_IDENTITY",
    "messages.rs BY_EXTERNAL",
    "messages.rs BY_ID",
    "messages.rs BY_JOB",
    "messages.rs FILE_MESSAGES",
    "occasions.rs ONE",
    "notes.rs LIST",
    "orders.rs FILES",
    "reviews.rs BARE",
    "reviews.rs INVITED",
    "reviews.rs KNOWN",
    "reviews.rs OF_JOB",
    "reviews.rs RECENT",
    "rule_facts.rs",
    "rule_guard.rs BEAT",
    "rule_guard.rs RAN_SINCE",
    "rule_guard.rs UNANSWERED",
    "rules.rs CLOCK",
    "rules.rs LISTENED",
    "rules.rs LISTENING",
    "rules.rs PRESENCE",
    "rules.rs TREE",
    "timeline.rs",
];

#[tokio::test]
async fn the_way_of_an_event_walks_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let Db::Sqlite { write: pool, .. } = sqlite(folder.path()).await else { panic!("SQLite") };
    let hot = |place: &str, sql: &str| {
        HOT.iter().any(|hot| place == *hot || hot.ends_with(".rs") && place.starts_with(hot))
            || place == "runs.rs built" && sql.contains("waits_for = 'answer'")
            || place == "chats.rs built"
                && (sql.contains("ORDER BY branch")
                    || sql.contains("FROM chats WHERE organisation_id = $1 AND id = $2"))
    };
    let (mut looked_at, mut walks) = (0, Vec::new());
    for (place, sql) in statements(Engine::Sqlite).into_iter().filter(|(place, sql)| hot(place, sql)) {
        looked_at += 1;
        let holes = (1..=30).rev().find(|n| sql.contains(&format!("${n}"))).unwrap_or(0);
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        let mut query = sqlx::query(&explain);
        for _ in 0..holes {
            query = query.bind("1");
        }
        for row in query.fetch_all(&pool).await.unwrap() {
            let step: String = sqlx::Row::get(&row, "detail");
            // Members of one organisation are few, and so are its rules.
            let few = step.contains("members") || step.contains("rules") || step.contains("connections");
            let walk = step.starts_with("SCAN")
                || step.ends_with("(organisation_id=?)")
                || step.contains("(organisation_id=? AND id>?)");
            if walk && !few && !step.contains("CONSTANT ROW") {
                walks.push(format!("{place}: {step}"));
            }
        }
    }
    assert!(looked_at >= HOT.len(), "{looked_at} of {}", HOT.len());
    assert!(walks.is_empty(), "{}", walks.join("\n"));
}

#[tokio::test]
async fn every_statement_is_understood_by_postgres() {
    let Some(Db::Postgres { write: pool, .. }) = postgres("prepare").await else { return };
    assert!(prepare(&pool, "SELECT nothing FROM nowhere").await.is_err());
    let mut wrong = Vec::new();
    for (place, sql) in statements(Engine::Postgres) {
        if let Err(error) = prepare(&pool, &sql).await {
            wrong.push(format!("{place}: {error}\n{sql}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// How PostgreSQL means to answer a prepared question whose values it does not know.
async fn plan_of(pool: &PgPool, question: &str, values: &str) -> Vec<String> {
    let mut connection = pool.acquire().await.unwrap();
    for sql in ["SET plan_cache_mode = force_generic_plan", &format!("PREPARE question {question}")] {
        sqlx::raw_sql(sql).execute(&mut *connection).await.unwrap();
    }
    let plan =
        sqlx::raw_sql(&format!("EXPLAIN EXECUTE question ({values})")).fetch_all(&mut *connection).await.unwrap();
    plan.iter().map(|row| sqlx::Row::get(row, 0)).collect()
}

/// Whoever keeps a payload proves its event; with no statistics yet, the wrong index made that a walk over all events.
#[tokio::test]
async fn a_young_postgres_finds_an_event_by_its_key() {
    let Some(Db::Postgres { write: pool, .. }) = postgres("young").await else { return };
    let proof = "(text, text) AS SELECT 1 FROM ONLY events x WHERE organisation_id = $1 AND id = $2 FOR KEY SHARE OF x";
    let plan = plan_of(&pool, proof, "'a', 'b'").await;
    assert!(plan.iter().any(|step| step.contains("events_pkey")), "{plan:?}");
}

/// What takes jobs and events in order of their lines; with types and values for PostgreSQL.
fn lines(engine: Engine) -> [(String, &'static str, &'static str); 2] {
    let all = statements(engine);
    [
        ("UPDATE jobs SET state = 'running'", "bigint, bigint, text, text, bigint, text", "1, 2, 'n', 'b', 8, 'o'"),
        ("SELECT e.organisation_id, e.id, e.connection_id, c.provider", "bigint, bigint, text", "1, 8, 'o'"),
    ]
    .map(|(start, types, values)| {
        let ordered =
            |sql: &str| sql.trim_start().starts_with(start) && sql.contains("order_key") && !sql.contains("$7");
        let (_, sql) = all.iter().find(|(_, sql)| ordered(sql)).expect(start);
        (sql.clone(), types, values)
    })
}

/// Five thousand waiting jobs were compared with five thousand, each second: in SQLite through the wrong index, in PostgreSQL
/// until it had its statistics.
#[tokio::test]
async fn sqlite_finds_the_first_of_a_line_by_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let Db::Sqlite { write: pool, .. } = sqlite(folder.path()).await else { panic!("SQLite") };
    for (sql, _, values) in lines(Engine::Sqlite) {
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        let query = values.split(", ").fold(sqlx::query(&explain), |query, value| query.bind(value));
        let plan = query.fetch_all(&pool).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| sqlx::Row::get(row, "detail")).collect();
        assert!(plan.iter().any(|step| step.contains("order_key=?")), "{}", plan.join("\\n"));
    }
}

#[tokio::test]
async fn a_young_postgres_finds_the_first_of_a_line_by_its_key() {
    let Some(Db::Postgres { write: pool, .. }) = postgres("lines").await else { return };
    for (sql, types, values) in lines(Engine::Postgres) {
        let plan = plan_of(&pool, &format!("({types}) AS {sql}"), values).await;
        let keyed = plan.iter().any(|step| step.contains("Index Cond") && step.contains("order_key"));
        assert!(keyed, "{}", plan.join("\n"));
    }
}

/// Types a value may have: text, bigint, boolean, bytea, jsonb.
const TYPES: [u32; 5] = [25, 20, 16, 17, 3802];

/// Prepares as the program does: with the types of the values. They are not known here, so where PostgreSQL cannot tell
/// (`$2 IS NULL OR …`) the types are tried.
async fn prepare(pool: &PgPool, sql: &str) -> Result<(), String> {
    let holes = (1..=30).rev().find(|n| sql.contains(&format!("${n}"))).unwrap_or(0);
    let mut types = vec![Oid(0); holes];
    let mut trying: Option<(usize, usize)> = None;
    loop {
        let given: Vec<PgTypeInfo> = types.iter().map(|oid| PgTypeInfo::with_oid(*oid)).collect();
        let Err(error) = pool.prepare_with(sql, &given).await else { return Ok(()) };
        let text = error.to_string();
        let unclear = text.split_once("data type of parameter $").and_then(|(_, n)| n.parse::<usize>().ok());
        let (hole, choice) = match (unclear, trying) {
            (Some(n), _) => (n - 1, 0),
            (None, Some((hole, choice))) => (hole, choice + 1),
            (None, None) => return Err(text),
        };
        types[hole] = Oid(*TYPES.get(choice).ok_or(text)?);
        trying = Some((hole, choice));
    }
}

/// Copies and moves read the tables from the database: none may be missing, and both engines must mean the same by them.
#[tokio::test]
async fn copies_know_every_table_and_what_its_columns_hold() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(folder.path()).await;
    let tables = store::tables::all(&mut db.snapshot().await.unwrap()).await.unwrap();
    let named: BTreeMap<_, Vec<_>> =
        tables.iter().map(|t| (t.name.clone(), t.columns.iter().map(|c| c.name.clone()).collect())).collect();
    let there = schema(&db, SQLITE_COLUMNS, "").await;
    let expected: BTreeMap<_, Vec<_>> = there.into_iter().map(|(t, c)| (t, c.into_keys().collect())).collect();
    assert_eq!(named, expected);
    let Some(other) = postgres("tables").await else { return };
    let mut others = store::tables::all(&mut other.snapshot().await.unwrap()).await.unwrap();
    for column in others.iter_mut().flat_map(|table| &mut table.columns) {
        if column.kind == store::tables::Kind::Boolean {
            column.kind = store::tables::Kind::Integer;
        }
    }
    let columns = |tables: Vec<store::tables::Table>| {
        tables.into_iter().map(|table| (table.name, table.columns)).collect::<BTreeMap<_, _>>()
    };
    // JSON is found in the texts of the migrations: one written in an unusual way shows here.
    assert_eq!(columns(tables), columns(others));
}

/// Merging two cards moves whatever names the card that goes. A new table that names one must be told how
/// (`store/src/merging.rs`), else its rows would be lost, or stand in the way.
#[tokio::test]
async fn merging_knows_every_column_that_may_name_a_contact() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(folder.path()).await;
    let mut tx = db.snapshot().await.unwrap();
    let known = store::merging::known_columns();
    let mut unknown = Vec::new();
    let mut there = Vec::new();
    for table in store::tables::all(&mut tx).await.unwrap() {
        for column in &table.columns {
            let name = format!("{}.{}", table.name, column.name);
            let named =
                column.name == "contact_id" || column.name.ends_with("_contact_id") || column.name == "object_id";
            if named && !known.contains(&name) {
                unknown.push(name.clone());
            }
            there.push(name);
        }
    }
    for table in store::tables::referring(&mut tx, "contacts").await.unwrap() {
        if !known.iter().any(|column| column.starts_with(&format!("{table}."))) {
            unknown.push(format!("{table} (a foreign key)"));
        }
    }
    assert_eq!(
        unknown,
        Vec::<String>::new(),
        "say in store/src/merging.rs what becomes of these when two cards are merged"
    );
    let gone: Vec<&String> = known.iter().filter(|column| !there.contains(column)).collect();
    assert!(gone.is_empty(), "no such columns any more: {gone:?}");
}

// Schemas ------------------------------------------------------------------------------------------------------------

/// Per table its columns with «may be empty», and its indexes with «unique». Words of messages are kept in the way of each engine.
type Schema = BTreeMap<String, BTreeMap<String, bool>>;

const SQLITE_COLUMNS: &str = "SELECT m.name, p.name, p.\"notnull\" = 0 AND p.pk = 0
    FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'message_words%'";
const SQLITE_INDEXES: &str = "SELECT m.name, i.name, i.\"unique\" = 1
    FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin = 'c' AND m.name NOT LIKE 'message_words%'";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, is_nullable = 'YES'
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'message_words'";
const POSTGRES_INDEXES: &str = "SELECT t.relname::text, c.relname::text, i.indisunique
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE n.nspname = 'public' AND t.relname <> 'message_words' AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))";

async fn schema(db: &Db, sqlite: &str, postgres: &str) -> Schema {
    let rows: Vec<(String, String, bool)> = match db {
        Db::Sqlite { read, .. } => {
            let rows = read.fetch_all(sqlite).await.unwrap();
            rows.iter().map(|r| (r.get(0), r.get(1), r.get::<i64, _>(2) != 0)).collect()
        }
        Db::Postgres { write: pool, .. } => {
            let rows = pool.fetch_all(postgres).await.unwrap();
            rows.iter().map(|r| (r.get(0), r.get(1), r.get(2))).collect()
        }
    };
    let mut schema = Schema::new();
    for (table, name, fact) in rows.into_iter().filter(|(table, ..)| !table.starts_with('_')) {
        schema.entry(table).or_default().insert(name, fact);
    }
    schema
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = sqlite(folder.path()).await;
    let columns = schema(&sqlite, SQLITE_COLUMNS, POSTGRES_COLUMNS).await;
    assert!(columns["orders"]["chat_id"] && !columns["orders"]["number"] && columns.len() > 20, "{columns:?}");
    let Some(postgres) = postgres("schema").await else { return };
    assert_eq!(columns, schema(&postgres, SQLITE_COLUMNS, POSTGRES_COLUMNS).await);
    let indexes = schema(&sqlite, SQLITE_INDEXES, POSTGRES_INDEXES).await;
    assert!(indexes["contacts"]["contacts_by_phone"] && !indexes["orders"]["orders_by_status"], "{indexes:?}");
    assert_eq!(indexes, schema(&postgres, SQLITE_INDEXES, POSTGRES_INDEXES).await);
}
