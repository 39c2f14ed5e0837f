//! Orders with their numbers, lines, status history, comments and files. The status machine is in `domain::orders`.

use crate::sight::{Sight, assigned};
use crate::{Db, Result, Tx};
use domain::chats::Channel;
use domain::ids::*;
use domain::orders::{OrderSource, OrderStatus};
use domain::views::{CommentView, FileView, OrderItemView, OrderStepView, OrderView};

const SELECT: &str = "SELECT o.id, o.number, o.title, o.status, o.status_since, o.deadline_at, o.contact_id, k.name AS contact_name, k.phone AS contact_phone,
      o.chat_id, o.channel, o.source, o.assignee_id, u.name AS assignee_name, o.total_minor, o.currency, o.created_at, o.updated_at, o.rev
    FROM orders o JOIN contacts k ON k.organisation_id = o.organisation_id AND k.id = o.contact_id LEFT JOIN users u ON u.id = o.assignee_id
    WHERE o.organisation_id = $1";

/// What a list narrows by; the same numbers in every statement.
fn narrow() -> String {
    format!("{NARROW} AND {}", assigned("o", "$10"))
}
const NARROW: &str = "($2 IS NULL OR o.search_text LIKE $2 ESCAPE '\\' OR k.search_text LIKE $2 ESCAPE '\\'
        OR k.search_text LIKE $3 ESCAPE '\\' OR k.search_text LIKE $4 ESCAPE '\\')
      AND ($5 IS NULL OR o.status = $5) AND ($6 IS NULL OR (o.status NOT IN ('delivered', 'cancelled')) = $6)
      AND ($7 IS NULL OR o.deadline_at < $7) AND ($8 IS NULL OR o.assignee_id = $8) AND ($9 IS NULL OR o.contact_id = $9)";

/// What a list is sorted by. Ties fall to the id, so every sort is total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderSort {
    Number,
    #[default]
    CreatedAt,
    TotalMinor,
    StatusSince,
}

impl OrderSort {
    /// Every sort.
    pub const ALL: [OrderSort; 4] =
        [OrderSort::Number, OrderSort::CreatedAt, OrderSort::TotalMinor, OrderSort::StatusSince];
    /// The word in addresses and the name of the column.
    pub const fn as_str(self) -> &'static str {
        match self {
            OrderSort::Number => "number",
            OrderSort::CreatedAt => "created_at",
            OrderSort::TotalMinor => "total_minor",
            OrderSort::StatusSince => "status_since",
        }
    }
    /// The value an order is sorted by.
    pub const fn key(self, order: &OrderView) -> i64 {
        match self {
            OrderSort::Number => order.number,
            OrderSort::CreatedAt => order.created_at,
            OrderSort::TotalMinor => order.total_minor,
            OrderSort::StatusSince => order.status_since,
        }
    }
}

/// Which orders a list shows; absent fields do not narrow. Newest first unless said otherwise.
#[derive(Clone, Debug, Default)]
pub struct OrderQuery {
    /// Folded `LIKE` patterns of which one must match.
    pub like: Option<[String; 3]>,
    pub status: Option<OrderStatus>,
    /// `true`: not over, `false`: over.
    pub open: Option<bool>,
    /// Only those whose deadline was before this time.
    pub overdue_at: Option<i64>,
    pub assignee: Option<UserId>,
    pub contact: Option<ContactId>,
    pub sort: OrderSort,
    pub ascending: bool,
    /// Last row of the page before: sort key and id.
    pub after: Option<(i64, OrderId)>,
}

/// A statement with cursor and one without, so that the engine can start at the cursor instead of counting up to it.
fn list_sql(sort: OrderSort, ascending: bool, after: bool) -> String {
    let key = sort.as_str();
    let (direction, beyond) = if ascending { ("ASC", ">") } else { ("DESC", "<") };
    let after = if after { format!("AND (o.{key}, o.id) {beyond} ($12, $13)") } else { String::new() };
    let narrow = narrow();
    format!("{SELECT} AND {narrow} {after} ORDER BY o.{key} {direction}, o.id {direction} LIMIT $11")
}

macro_rules! narrow {
    ($query:expr, $sight:expr, $q:expr) => {{
        let like = |n: usize| $q.like.as_ref().map(|patterns| patterns[n].as_str());
        $query
            .bind($sight.organisation)
            .bind(like(0))
            .bind(like(1))
            .bind(like(2))
            .bind($q.status)
            .bind($q.open)
            .bind($q.overdue_at)
            .bind($q.assignee)
            .bind($q.contact)
            .bind($sight.viewer)
    }};
}

/// A page of orders.
pub async fn list(db: &Db, sight: Sight, q: &OrderQuery, limit: i64) -> Result<Vec<OrderView>> {
    let sql = list_sql(q.sort, q.ascending, q.after.is_some());
    match q.after {
        Some((key, id)) => {
            read!(db, c => narrow!(sqlx::query_as::<_, OrderView>(&sql), sight, q).bind(limit).bind(key).bind(id).fetch_all(c))
        }
        None => {
            read!(db, c => narrow!(sqlx::query_as::<_, OrderView>(&sql), sight, q).bind(limit).fetch_all(c))
        }
    }
}

fn lanes_sql() -> String {
    let narrow = narrow();
    format!(
        "SELECT o.status, COUNT(*), CAST(COALESCE(SUM(o.total_minor), 0) AS BIGINT)
         FROM orders o JOIN contacts k ON k.organisation_id = o.organisation_id AND k.id = o.contact_id
         WHERE o.organisation_id = $1 AND {narrow} GROUP BY o.status"
    )
}

/// How many orders are in each status, and their sum. Sort and cursor of the query do not matter.
pub async fn lanes(db: &Db, sight: Sight, q: &OrderQuery) -> Result<Vec<(OrderStatus, i64, i64)>> {
    let sql = lanes_sql();
    read!(db, c => narrow!(sqlx::query_as::<_, (OrderStatus, i64, i64)>(&sql), sight, q).fetch_all(c))
}

fn one_sql() -> String {
    format!("{SELECT} AND o.id = $2 AND {}", assigned("o", "$3"))
}

/// One order.
pub async fn one(db: &Db, sight: Sight, id: OrderId) -> Result<Option<OrderView>> {
    let sql = one_sql();
    read!(db, c => sqlx::query_as::<_, OrderView>(&sql).bind(sight.organisation).bind(id).bind(sight.viewer).fetch_optional(c))
}

const ITEMS: &str = "SELECT id, product_id, name, unit, price_minor, quantity_milli, total_minor FROM order_items
    WHERE organisation_id = $1 AND order_id = $2 ORDER BY position";
const STEPS: &str = "SELECT s.at, s.from_status, s.to_status, s.reason, COALESCE(u.name, a.name) AS actor_name
    FROM order_steps s LEFT JOIN users u ON u.id = s.actor_id LEFT JOIN api_keys a ON a.organisation_id = s.organisation_id AND a.id = s.actor_id
    WHERE s.organisation_id = $1 AND s.order_id = $2 ORDER BY s.rev";
const COMMENTS: &str = "SELECT c.id, u.name AS author_name, c.text, c.created_at FROM order_comments c LEFT JOIN users u ON u.id = c.author_id
    WHERE c.organisation_id = $1 AND c.order_id = $2 ORDER BY c.id";
const FILES: &str = "SELECT f.id, f.name, f.mime, f.size, f.state, f.created_at
    FROM order_files o CROSS JOIN files f
    WHERE o.organisation_id = $1 AND o.order_id = $2 AND f.organisation_id = o.organisation_id AND f.id = o.file_id ORDER BY f.id";

/// Lines in their order.
pub async fn items(db: &Db, organisation: OrganisationId, id: OrderId) -> Result<Vec<OrderItemView>> {
    read!(db, c => sqlx::query_as::<_, OrderItemView>(ITEMS).bind(organisation).bind(id).fetch_all(c))
}
/// Status history, oldest first.
/// The same inside a transaction.
pub async fn items_in(tx: &mut Tx, organisation: OrganisationId, id: OrderId) -> Result<Vec<OrderItemView>> {
    write!(tx, c => sqlx::query_as::<_, OrderItemView>(ITEMS).bind(organisation).bind(id).fetch_all(c))
}
pub async fn steps(db: &Db, organisation: OrganisationId, id: OrderId) -> Result<Vec<OrderStepView>> {
    read!(db, c => sqlx::query_as::<_, OrderStepView>(STEPS).bind(organisation).bind(id).fetch_all(c))
}
/// Comments, oldest first.
pub async fn comments(db: &Db, organisation: OrganisationId, id: OrderId) -> Result<Vec<CommentView>> {
    read!(db, c => sqlx::query_as::<_, CommentView>(COMMENTS).bind(organisation).bind(id).fetch_all(c))
}
/// Files, oldest first.
pub async fn files(db: &Db, organisation: OrganisationId, id: OrderId) -> Result<Vec<FileView>> {
    read!(db, c => sqlx::query_as::<_, FileView>(FILES).bind(organisation).bind(id).fetch_all(c))
}

/// An order as it is written.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: i64,
    pub title: String,
    pub status: OrderStatus,
    pub status_since: i64,
    pub deadline_at: Option<i64>,
    pub contact_id: ContactId,
    pub chat_id: Option<ChatId>,
    pub channel: Option<Channel>,
    pub source: OrderSource,
    pub assignee_id: Option<UserId>,
    pub total_minor: i64,
    pub currency: String,
    pub search_text: String,
    pub rev: i64,
}

// The counter's row stays locked until the transaction ends: no number is skipped and none is given twice.
const NEXT_NUMBER: &str = "INSERT INTO counters (organisation_id, name, value) VALUES ($1, 'orders', 1)
    ON CONFLICT (organisation_id, name) DO UPDATE SET value = counters.value + 1 RETURNING value";

/// The next order number of the organisation.
pub async fn next_number(tx: &mut Tx, organisation: OrganisationId) -> Result<i64> {
    write!(tx, c => sqlx::query_scalar::<_, i64>(NEXT_NUMBER).bind(organisation).fetch_one(c))
}

const INSERT: &str = "INSERT INTO orders (organisation_id, id, number, title, status, status_since, deadline_at, contact_id, chat_id, channel, source,
      assignee_id, total_minor, currency, search_text, created_by, created_at, updated_at, rev)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, 1)";

/// Writes a new order; `created_by` is the id of the person or key.
pub async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    row: &OrderRow,
    created_by: Option<&str>,
    now: i64,
) -> Result<()> {
    execute!(
        tx,
        INSERT,
        organisation,
        row.id,
        row.number,
        &row.title,
        row.status,
        row.status_since,
        row.deadline_at,
        row.contact_id,
        row.chat_id,
        row.channel,
        row.source,
        row.assignee_id,
        row.total_minor,
        &row.currency,
        &row.search_text,
        created_by,
        now
    )
    .map(|_| ())
}

// An update that changes nothing takes the row's lock on both engines.
const LOCK: &str = "UPDATE orders SET rev = rev WHERE organisation_id = $1 AND id = $2
    RETURNING id, number, title, status, status_since, deadline_at, contact_id, chat_id, channel, source, assignee_id, total_minor, currency,
      search_text, rev";

const LOOK: &str = "SELECT id, number, title, status, status_since, deadline_at, contact_id, chat_id, channel, source, assignee_id, total_minor, currency,
      search_text, rev FROM orders WHERE organisation_id = $1 AND id = $2";

/// An order inside a transaction, for looking only.
pub async fn look(tx: &mut Tx, organisation: OrganisationId, id: OrderId) -> Result<Option<OrderRow>> {
    write!(tx, c => sqlx::query_as::<_, OrderRow>(LOOK).bind(organisation).bind(id).fetch_optional(c))
}

/// An order for changing; nobody else changes it until the transaction ends.
pub async fn lock(tx: &mut Tx, organisation: OrganisationId, id: OrderId) -> Result<Option<OrderRow>> {
    write!(tx, c => sqlx::query_as::<_, OrderRow>(LOCK).bind(organisation).bind(id).fetch_optional(c))
}

const UPDATE: &str = "UPDATE orders SET title = $3, status = $4, status_since = $5, deadline_at = $6, assignee_id = $7, total_minor = $8, search_text = $9,
      updated_at = $10, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";

/// Writes a locked order with the next revision.
pub async fn update(tx: &mut Tx, organisation: OrganisationId, row: &OrderRow, now: i64) -> Result<()> {
    execute!(
        tx,
        UPDATE,
        organisation,
        row.id,
        &row.title,
        row.status,
        row.status_since,
        row.deadline_at,
        row.assignee_id,
        row.total_minor,
        &row.search_text,
        now
    )
    .map(|_| ())
}

const CLEAR_ITEMS: &str = "DELETE FROM order_items WHERE organisation_id = $1 AND order_id = $2";
const INSERT_ITEM: &str = "INSERT INTO order_items (organisation_id, order_id, id, position, product_id, name, unit, price_minor, quantity_milli, total_minor)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Replaces all lines.
pub async fn replace_items(
    tx: &mut Tx,
    organisation: OrganisationId,
    order: OrderId,
    items: &[OrderItemView],
) -> Result<()> {
    execute!(tx, CLEAR_ITEMS, organisation, order)?;
    for (position, i) in (0_i64..).zip(items) {
        execute!(
            tx,
            INSERT_ITEM,
            organisation,
            order,
            i.id,
            position,
            i.product_id,
            &i.name,
            &i.unit,
            i.price_minor,
            i.quantity_milli,
            i.total_minor
        )?;
    }
    Ok(())
}

const PRODUCTS_IN: &str = "SELECT DISTINCT product_id FROM order_items WHERE organisation_id = $1 AND order_id = $2 AND product_id IS NOT NULL";

/// Catalogue items an order has lines of.
pub async fn products_in(tx: &mut Tx, organisation: OrganisationId, order: OrderId) -> Result<Vec<ProductId>> {
    write!(tx, c => sqlx::query_scalar::<_, ProductId>(PRODUCTS_IN).bind(organisation).bind(order).fetch_all(c))
}

const INSERT_STEP: &str =
    "INSERT INTO order_steps (organisation_id, order_id, rev, at, from_status, to_status, reason, actor_kind, actor_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// A step of the status history; `rev` is the order's revision after it.
#[derive(Clone, Debug)]
pub struct NewStep<'a> {
    pub order: OrderId,
    pub rev: i64,
    pub from: Option<OrderStatus>,
    pub to: OrderStatus,
    pub reason: &'a str,
    /// Kind and id of who acted.
    pub actor: (&'static str, Option<String>),
}

/// Writes a step.
pub async fn insert_step(tx: &mut Tx, organisation: OrganisationId, s: &NewStep<'_>, now: i64) -> Result<()> {
    execute!(
        tx,
        INSERT_STEP,
        organisation,
        s.order,
        s.rev,
        now,
        s.from,
        s.to,
        s.reason,
        s.actor.0,
        s.actor.1.as_deref()
    )
    .map(|_| ())
}

const INSERT_COMMENT: &str = "INSERT INTO order_comments (organisation_id, order_id, id, author_id, text, created_at) VALUES ($1, $2, $3, $4, $5, $6)";

/// Writes a comment.
pub async fn insert_comment(
    tx: &mut Tx,
    organisation: OrganisationId,
    order: OrderId,
    id: CommentId,
    author: Option<UserId>,
    text: &str,
    now: i64,
) -> Result<()> {
    execute!(tx, INSERT_COMMENT, organisation, order, id, author, text, now).map(|_| ())
}

const ATTACH: &str = "INSERT INTO order_files (organisation_id, order_id, file_id) VALUES ($1, $2, $3)
    ON CONFLICT (organisation_id, order_id, file_id) DO NOTHING";

/// Attaches a file; `false` when it was attached already.
pub async fn attach(tx: &mut Tx, organisation: OrganisationId, order: OrderId, file: FileId) -> Result<bool> {
    Ok(execute!(tx, ATTACH, organisation, order, file)? == 1)
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    let mut all = vec![lanes_sql(), one_sql()];
    for sort in OrderSort::ALL {
        for (ascending, after) in [(false, false), (false, true), (true, false), (true, true)] {
            all.push(list_sql(sort, ascending, after));
        }
    }
    all
}
