//! Invitations to review (the ledger that decides whether somebody was invited) and the reviews that followed.

use crate::sight::{self, Sight};
use crate::{Db, Result, Tx};
use domain::channel::ReviewContent;
use domain::ids::*;
use domain::queue::JobState;
use domain::views::{InvitationCount, InvitationState, InvitationView, ReviewView};

/// An invitation to write.
#[derive(Clone, Debug)]
pub struct NewInvitation<'a> {
    pub id: InvitationId,
    pub connection: ConnectionId,
    /// Account at the service; with the reference it says what an invitation is about, whoever makes it.
    pub account: &'a str,
    pub reference: &'a str,
    pub object_kind: &'a str,
    pub object_id: &'a str,
    pub contact: Option<ContactId>,
    pub email: &'a str,
    /// The address in the form in which two spellings are one.
    pub email_key: &'a str,
    pub name: &'a str,
    pub member: &'a str,
    /// Folded: what it is found by.
    pub search_text: &'a str,
    pub link: Option<&'a str>,
    pub run: Option<RunId>,
    pub job: JobId,
}

const INSERT: &str = "INSERT INTO invitations (organisation_id, id, connection_id, account, reference, object_kind, object_id, contact_id, email, email_key,
      name, member, search_text, link, run_id, job_id, state, code, detail, created_at, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'pending', '', '', $17, $17)
    ON CONFLICT (organisation_id, account, reference) DO NOTHING";
const RECENT: &str =
    "SELECT created_at FROM invitations WHERE organisation_id = $1 AND email_key = $2 AND created_at >= $3
    AND state IN ('pending', 'sent', 'unknown') ORDER BY created_at DESC LIMIT 1";
const SET_STATE: &str = "UPDATE invitations SET state = $3, code = $4, detail = $5, changed_at = $6,
      sent_at = CASE WHEN $3 = 'sent' THEN $6 ELSE sent_at END
    WHERE organisation_id = $1 AND id = $2";
const OF_JOB: &str = "SELECT id FROM invitations WHERE organisation_id = $1 AND job_id = $2";

/// Writes an invitation; `false` when this case has one already, whoever made it and however it ended.
pub async fn invite(tx: &mut Tx, organisation: OrganisationId, new: &NewInvitation<'_>, now: i64) -> Result<bool> {
    let done = execute!(
        tx,
        INSERT,
        organisation,
        new.id,
        new.connection,
        new.account,
        new.reference,
        new.object_kind,
        new.object_id,
        new.contact,
        new.email,
        new.email_key,
        new.name,
        new.member,
        new.search_text,
        new.link,
        new.run,
        new.job,
        now
    )?;
    Ok(done == 1)
}
/// When this person was last invited, if that was since `since` and did not fail.
pub async fn invited_at(tx: &mut Tx, organisation: OrganisationId, email_key: &str, since: i64) -> Result<Option<i64>> {
    write!(tx, c => sqlx::query_scalar::<_, i64>(RECENT).bind(organisation).bind(email_key).bind(since).fetch_optional(c))
}
/// Writes how an invitation stands.
pub async fn set_state(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: InvitationId,
    state: InvitationState,
    code: &str,
    detail: &str,
    now: i64,
) -> Result<()> {
    execute!(tx, SET_STATE, organisation, id, state, code, detail, now).map(|_| ())
}
/// The invitation a job sends.
pub async fn of_job(tx: &mut Tx, organisation: OrganisationId, job: JobId) -> Result<Option<InvitationId>> {
    write!(tx, c => sqlx::query_scalar::<_, InvitationId>(OF_JOB).bind(organisation).bind(job).fetch_optional(c))
}

const INVITATION: &str = "SELECT i.id, i.connection_id, i.reference, i.object_kind, i.object_id, i.contact_id, i.email, i.name, i.member, i.link, i.run_id,
      i.job_id, i.state, i.code, i.detail, COALESCE(j.attempts, 0) AS attempts, CASE WHEN j.state = 'ready' THEN j.run_at END AS next_at,
      (SELECT MAX(r.stars) FROM reviews r WHERE r.organisation_id = i.organisation_id AND r.reference = i.reference AND r.removed_at IS NULL) AS stars,
      i.created_at, i.sent_at
    FROM invitations i LEFT JOIN jobs j ON j.organisation_id = i.organisation_id AND j.id = i.job_id
    WHERE i.organisation_id = $1";

/// Whoever does not see everything sees the invitations of clients they see.
fn seen(place: &str) -> String {
    format!("({place} IS NULL OR i.contact_id IS NOT NULL AND {})", sight::contact("i.contact_id", place))
}
fn invitations_sql() -> String {
    format!(
        "{INVITATION} AND ($2 IS NULL OR i.state = $2) AND ($3 IS NULL OR i.search_text LIKE $3 ESCAPE '\\')
         AND ($4 IS NULL OR i.id < $4) AND {} ORDER BY i.id DESC LIMIT $5",
        seen("$6")
    )
}
fn invitation_sql() -> String {
    format!("{INVITATION} AND i.id = $2 AND {}", seen("$3"))
}

/// Invitations, newest first; `like` is a pattern for the folded search text.
pub async fn invitations(
    db: &Db,
    sight: Sight,
    state: Option<InvitationState>,
    like: Option<&str>,
    before: Option<InvitationId>,
    limit: i64,
) -> Result<Vec<InvitationView>> {
    let sql = invitations_sql();
    read!(db, c => sqlx::query_as::<_, InvitationView>(&sql).bind(sight.organisation).bind(state).bind(like).bind(before).bind(limit).bind(sight.viewer).fetch_all(c))
}
/// One invitation.
pub async fn invitation(db: &Db, sight: Sight, id: InvitationId) -> Result<Option<InvitationView>> {
    let sql = invitation_sql();
    read!(db, c => sqlx::query_as::<_, InvitationView>(&sql).bind(sight.organisation).bind(id).bind(sight.viewer).fetch_optional(c))
}

fn counts_sql(group: &str) -> String {
    format!(
        "SELECT {group} AS name, COUNT(CASE WHEN i.state = 'sent' THEN 1 END) AS sent, COUNT(CASE WHEN i.state IN ('pending', 'unknown') THEN 1 END) AS pending,
      COUNT(CASE WHEN i.state = 'failed' THEN 1 END) AS failed,
      COUNT(CASE WHEN EXISTS (SELECT 1 FROM reviews r WHERE r.organisation_id = i.organisation_id AND r.reference = i.reference AND r.removed_at IS NULL) THEN 1 END) AS reviews
    FROM invitations i WHERE i.organisation_id = $1 AND i.created_at >= $2 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100"
    )
}
fn days_sql() -> String {
    // Number of the day since the epoch on a clock so many milliseconds ahead.
    counts_sql("CAST((i.created_at + $3) / 86400000 AS TEXT)")
}
fn members_sql() -> String {
    counts_sql("i.member")
}

/// Invitations since a moment by day: `name` is the day's number since the epoch on a clock `ahead_ms` ahead of UTC.
pub async fn by_day(db: &Db, organisation: OrganisationId, since: i64, ahead_ms: i64) -> Result<Vec<InvitationCount>> {
    let sql = days_sql();
    read!(db, c => sqlx::query_as::<_, InvitationCount>(&sql).bind(organisation).bind(since).bind(ahead_ms).fetch_all(c))
}
/// Invitations since a moment by whose case it was.
pub async fn by_member(db: &Db, organisation: OrganisationId, since: i64) -> Result<Vec<InvitationCount>> {
    let sql = members_sql();
    read!(db, c => sqlx::query_as::<_, InvitationCount>(&sql).bind(organisation).bind(since).fetch_all(c))
}

const STARS: &str =
    "SELECT stars, COUNT(*) AS count FROM reviews WHERE organisation_id = $1 AND published_at >= $2 AND removed_at IS NULL
    GROUP BY stars";

/// Reviews published since a moment, counted by stars.
pub async fn by_stars(db: &Db, organisation: OrganisationId, since: i64) -> Result<Vec<(i64, i64)>> {
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(STARS).bind(organisation).bind(since).fetch_all(c))
}

const UPSERT: &str = "INSERT INTO reviews (organisation_id, id, connection_id, external_id, reference, stars, title, body, language, author, link, answer,
      published_at, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (organisation_id, connection_id, external_id) DO UPDATE SET reference = COALESCE(excluded.reference, reviews.reference),
      stars = excluded.stars, title = excluded.title, body = excluded.body, language = excluded.language, author = excluded.author,
      link = COALESCE(excluded.link, reviews.link), answer = COALESCE(excluded.answer, reviews.answer), changed_at = excluded.changed_at, removed_at = NULL
    RETURNING id";
const REMOVE: &str = "UPDATE reviews SET removed_at = $4, changed_at = $4
    WHERE organisation_id = $1 AND connection_id = $2 AND external_id = $3 AND removed_at IS NULL RETURNING id";
const ANSWER: &str =
    "UPDATE reviews SET answer = $3, answer_job_id = $4, changed_at = $5 WHERE organisation_id = $1 AND id = $2";
// An update that changes nothing takes the row's lock on both engines: two answers at once are one after the other.
const BARE: &str = "UPDATE reviews SET changed_at = changed_at WHERE organisation_id = $1 AND id = $2
    RETURNING connection_id, external_id, removed_at,
      (SELECT j.state FROM jobs j WHERE j.organisation_id = reviews.organisation_id AND j.id = reviews.answer_job_id) AS answer_state";
const KNOWN: &str = "SELECT stars, title, body FROM reviews WHERE organisation_id = $1 AND connection_id = $2 AND external_id = $3 AND removed_at IS NULL";
const INVITED: &str =
    "SELECT contact_id FROM invitations WHERE organisation_id = $1 AND connection_id = $2 AND reference = $3";

/// A review as its service tells it.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    pub connection: ConnectionId,
    pub external_id: &'a str,
    pub reference: Option<&'a str>,
    pub content: &'a ReviewContent,
    pub at: i64,
}

/// Writes a review or what changed in it; answers its id, `new` unless it was known.
pub async fn upsert(
    tx: &mut Tx,
    organisation: OrganisationId,
    new: ReviewId,
    told: &Told<'_>,
    now: i64,
) -> Result<ReviewId> {
    let c = told.content;
    write!(tx, t => sqlx::query_scalar::<_, ReviewId>(UPSERT).bind(organisation).bind(new).bind(told.connection).bind(told.external_id)
        .bind(told.reference).bind(i64::from(c.stars)).bind(&c.title).bind(&c.text).bind(&c.language).bind(&c.author)
        .bind(c.link.as_deref()).bind(c.answer.as_deref()).bind(told.at).bind(now).fetch_one(t))
}
/// Marks a review as taken down; `None` when it is unknown or was so already.
pub async fn remove(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    external_id: &str,
    now: i64,
) -> Result<Option<ReviewId>> {
    write!(tx, c => sqlx::query_scalar::<_, ReviewId>(REMOVE).bind(organisation).bind(connection).bind(external_id).bind(now).fetch_optional(c))
}
/// Notes our answer and the job that brings it.
pub async fn answer(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ReviewId,
    text: &str,
    job: JobId,
    now: i64,
) -> Result<()> {
    execute!(tx, ANSWER, organisation, id, text, job, now).map(|_| ())
}

/// What answering needs to know of a review.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BareReview {
    pub connection_id: ConnectionId,
    pub external_id: String,
    pub removed_at: Option<i64>,
    /// State of the job that brings the last answer.
    pub answer_state: Option<JobState>,
}

/// A review for answering.
pub async fn bare(tx: &mut Tx, organisation: OrganisationId, id: ReviewId) -> Result<Option<BareReview>> {
    write!(tx, c => sqlx::query_as::<_, BareReview>(BARE).bind(organisation).bind(id).fetch_optional(c))
}

/// What a review says.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Known {
    pub stars: i64,
    pub title: String,
    pub body: String,
}

/// What a review said so far; `None` when it is new, or was taken down.
pub async fn known(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    external_id: &str,
) -> Result<Option<Known>> {
    write!(tx, c => sqlx::query_as::<_, Known>(KNOWN).bind(organisation).bind(connection).bind(external_id).fetch_optional(c))
}
/// The contact that was invited under this reference.
pub async fn invited(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    reference: &str,
) -> Result<Option<ContactId>> {
    let found = write!(tx, c => sqlx::query_scalar::<_, Option<ContactId>>(INVITED).bind(organisation).bind(connection).bind(reference).fetch_optional(c))?;
    Ok(found.flatten())
}

const REVIEW: &str = "SELECT r.id, r.connection_id, r.external_id, r.stars, r.title, r.body, r.language, r.author, r.link, r.answer, j.state AS answer_state,
      j.id AS answer_job_id, j.code AS answer_code, j.detail AS answer_detail,
      i.id AS invitation_id, i.link AS case_link, i.object_kind AS case_kind, i.object_id AS case_id, i.member, r.published_at, r.removed_at
    FROM reviews r
    LEFT JOIN jobs j ON j.organisation_id = r.organisation_id AND j.id = r.answer_job_id
    LEFT JOIN invitations i ON i.organisation_id = r.organisation_id AND i.connection_id = r.connection_id AND i.reference = r.reference
    WHERE r.organisation_id = $1";

fn reviews_sql() -> String {
    format!(
        "{REVIEW} AND ($2 IS NULL OR r.stars = $2) AND ($7 IS NULL OR r.stars <= $7)
         AND ($3 = 0 OR (r.removed_at IS NULL AND (r.answer IS NULL OR j.state IN ('dead', 'cancelled'))))
         AND ($4 IS NULL OR r.published_at < $4 OR (r.published_at = $4 AND r.id < $5)) ORDER BY r.published_at DESC, r.id DESC LIMIT $6"
    )
}
fn review_sql() -> String {
    format!("{REVIEW} AND r.id = $2")
}

/// Which reviews a list shows; absent fields do not narrow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub stars: Option<i64>,
    pub max_stars: Option<i64>,
    /// Only those that stand there without our answer.
    pub unanswered: bool,
    /// Moment and id of the last one seen.
    pub before: Option<(i64, ReviewId)>,
}

/// Reviews, newest first.
pub async fn reviews(db: &Db, organisation: OrganisationId, f: Wanted, limit: i64) -> Result<Vec<ReviewView>> {
    let (sql, at, id) = (reviews_sql(), f.before.map(|b| b.0), f.before.map(|b| b.1));
    read!(db, c => sqlx::query_as::<_, ReviewView>(&sql).bind(organisation).bind(f.stars).bind(i64::from(f.unanswered)).bind(at).bind(id)
        .bind(limit).bind(f.max_stars).fetch_all(c))
}
/// One review.
pub async fn review(db: &Db, organisation: OrganisationId, id: ReviewId) -> Result<Option<ReviewView>> {
    let sql = review_sql();
    read!(db, c => sqlx::query_as::<_, ReviewView>(&sql).bind(organisation).bind(id).fetch_optional(c))
}

const INVITING: &str = "SELECT COUNT(*) FROM rule_versions v
    JOIN rules r ON r.organisation_id = v.organisation_id AND r.id = v.rule_id AND r.version = v.version
    WHERE v.organisation_id = $1 AND r.state IN ('on', 'shadow') AND CAST(v.tree AS TEXT) LIKE '%\"invite_to_review\"%'";

/// Whether a published rule that is on invites to reviews.
pub async fn inviting(db: &Db, organisation: OrganisationId) -> Result<bool> {
    let count = read!(db, c => sqlx::query_scalar::<_, i64>(INVITING).bind(organisation).fetch_one(c))?;
    Ok(count > 0)
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![invitations_sql(), invitation_sql(), days_sql(), members_sql(), reviews_sql(), review_sql()]
}
