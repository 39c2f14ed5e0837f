//! Cards that may be of one person. A worker compares cards that were changed with all others by their keys; people look at
//! the pairs and decide. Nothing is ever merged by itself.

use crate::{ApiError, App, Cx, ErrorCode, Result, Work, memo, validate};
use domain::access::Permission;
use domain::custom::{CustomField, PREFIX};
use domain::duplicates::{Compared, Key, MOST_SHARED, PLACE_CHANNEL, PLACE_MORE, Reason, keys};
use domain::ids::*;
use domain::rules::FieldKind;
use domain::views::{DecidePair, DuplicateFilter, DuplicateView, Page, ReasonView};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use store::duplicates::{self as rows, PairQuery, PairRow, ordered};
use store::jobs::Cause;
use store::sight::Thing;
use tokio_util::sync::CancellationToken;

/// Cards compared in one transaction; other writers get in between two.
const BATCH: i64 = 50;
const REST: Duration = Duration::from_secs(3);
const BREATH: Duration = Duration::from_millis(50);

/// A page of pairs that nobody has decided about, or of those that are different people.
pub async fn list(cx: &Cx, filter: &DuplicateFilter) -> Result<Page<DuplicateView>> {
    cx.allow(Permission::ContactsRead)?;
    let limit = validate::limit(filter.limit);
    let after = filter.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(cursor).transpose()?;
    let query = PairQuery { different: filter.different, contact: filter.contact_id, after };
    let found = rows::list(cx.db(), cx.sight(), query, limit + 1).await?;
    let page = Page::cut(found, limit as usize, |row| format!("{}.{}.{}", row.weight, row.one_id, row.other_id));
    let fields = super::custom::fields(cx).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for row in &page.items {
        items.extend(view(cx, row, &fields).await?);
    }
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// How many pairs wait for a decision.
pub async fn count(cx: &Cx) -> Result<i64> {
    cx.allow(Permission::ContactsRead)?;
    Ok(rows::count(cx.db(), cx.sight()).await?)
}

fn cursor(text: &str) -> Result<(i64, ContactId, ContactId)> {
    let mut parts = text.split('.');
    let mut part = || parts.next().unwrap_or_default();
    let read = (part().parse(), part().parse(), part().parse());
    match read {
        (Ok(weight), Ok(one), Ok(other)) => Ok((weight, one, other)),
        _ => Err(ApiError::new(ErrorCode::NotAllowed).field("cursor").into()),
    }
}

async fn view(cx: &Cx, row: &PairRow, fields: &[CustomField]) -> Result<Option<DuplicateView>> {
    let one = store::contacts::one(cx.db(), cx.sight(), row.one_id).await?;
    let other = store::contacts::one(cx.db(), cx.sight(), row.other_id).await?;
    // A card may have gone between the two looks.
    let (Some(one), Some(other)) = (one, other) else { return Ok(None) };
    let place = |place: &str| match place.strip_prefix(PREFIX) {
        Some(key) => fields.iter().find(|field| field.key == key).map_or(key.to_owned(), |field| field.name.clone()),
        None => place.to_owned(),
    };
    let reason = |reason: &Reason| ReasonView {
        kind: reason.kind,
        value: reason.value.clone(),
        one: place(&reason.one),
        other: place(&reason.other),
    };
    let reasons = row.reasons.0.iter().map(reason).collect();
    Ok(Some(DuplicateView { one, other, reasons, found_at: row.found_at }))
}

/// «Это разные люди», or that again taken back.
pub async fn decide(cx: &Cx, input: &DecidePair) -> Result<()> {
    cx.allow(Permission::ContactsWrite)?;
    let pair = ordered(input.one_id, input.other_id);
    let mut work = cx.work().await?;
    for id in [pair.0, pair.1] {
        if store::contacts::row(&mut work.tx, cx.organisation, id).await?.is_none() {
            return Err(super::merging::missing(cx, &mut work, id).await?);
        }
        cx.sees(&mut work, Thing::Contact(id)).await?;
    }
    let by = cx.user().map(|user| user.to_string());
    if pair.0 == pair.1 {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("other_id").into());
    }
    let changed = match input.different {
        true => rows::are_different(&mut work.tx, cx.organisation, pair, by.as_deref(), cx.now).await?,
        false => rows::may_be_one(&mut work.tx, cx.organisation, pair).await?,
    };
    if !changed && !input.different {
        return Err(ErrorCode::NotFound.into());
    }
    if changed {
        let line = if input.different { "contacts_differ" } else { "contacts_may_be_one" };
        for (at, other) in [pair, (pair.1, pair.0)] {
            let row = store::contacts::row(&mut work.tx, cx.organisation, other).await?;
            let name = row.map(|row| row.name).unwrap_or_default();
            work.journal(line, "contact", at, serde_json::json!({"name": name, "other": other})).await?;
            work.hint("contacts", at);
        }
        work.hint("duplicates", "");
        work.commit().await?;
    }
    Ok(())
}

/// Before `gone` is taken away: who is known to be somebody else than `gone` is somebody else than `kept` too.
pub(super) async fn forget(work: &mut Work, kept: ContactId, gone: ContactId) -> Result<()> {
    let (organisation, now) = (work.organisation, work.now);
    for (other, by) in rows::decided(&mut work.tx, organisation, gone).await? {
        if other != kept {
            rows::are_different(&mut work.tx, organisation, ordered(kept, other), by.as_deref(), now).await?;
        }
    }
    rows::clear_pairs(&mut work.tx, organisation, gone).await?;
    rows::set_keys(&mut work.tx, organisation, gone, &[]).await?;
    rows::renew(&mut work.tx, organisation, kept).await?;
    Ok(())
}

/// Whoever parts two cards says that they are of different people.
pub(super) async fn parted(work: &mut Work, kept: ContactId, gone: ContactId, by: Option<&str>) -> Result<()> {
    rows::are_different(&mut work.tx, work.organisation, ordered(kept, gone), by, work.now).await?;
    Ok(rows::renew(&mut work.tx, work.organisation, kept).await?)
}

/// Compares the next cards that were changed; answers how many.
pub async fn compare_some(app: &Arc<App>) -> Result<usize> {
    let pending = rows::pending(&app.db, BATCH).await?;
    for cards in pending.chunk_by(|a, b| a.0 == b.0) {
        let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
        let mut work = Work::begin(app, cards[0].0, ("system", None), nobody, app.clock.now()).await?;
        let mut changed = false;
        for (organisation, id) in cards {
            if rows::claim(&mut work.tx, *organisation, *id, work.now).await? {
                changed |= compare(&mut work, *id).await?;
            }
        }
        if changed {
            work.hint("duplicates", "");
        }
        work.commit().await?;
    }
    Ok(pending.len())
}

/// Makes the keys of a card and its pairs anew; answers whether there are or were any.
async fn compare(work: &mut Work, id: ContactId) -> Result<bool> {
    let organisation = work.organisation;
    let keys = keys(&compared(work, id).await?);
    rows::set_keys(&mut work.tx, organisation, id, &keys).await?;
    let before = rows::clear_pairs(&mut work.tx, organisation, id).await?;
    let mut pairs: BTreeMap<(ContactId, ContactId), Vec<Reason>> = BTreeMap::new();
    for Key { kind, value, place, shown } in keys {
        let most = MOST_SHARED as i64;
        let others = rows::sharing(&mut work.tx, organisation, kind, &value, id, most + 1).await?;
        if others.len() > MOST_SHARED {
            continue;
        }
        for (other, there) in others {
            let pair = ordered(id, other);
            let (one, other) = if pair.0 == id { (place.clone(), there) } else { (there, place.clone()) };
            let reasons = pairs.entry(pair).or_default();
            // The same phone in two places of a card is one reason.
            if !reasons.iter().any(|known| known.kind == kind && known.value == shown) {
                reasons.push(Reason { kind, value: shown.clone(), one, other });
            }
        }
    }
    for (pair, reasons) in &pairs {
        rows::add_pair(&mut work.tx, organisation, *pair, reasons, work.now).await?;
    }
    Ok(before > 0 || !pairs.is_empty())
}

async fn compared(work: &mut Work, id: ContactId) -> Result<Compared> {
    let Some(row) = store::contacts::row(&mut work.tx, work.organisation, id).await? else {
        return Ok(Compared::default());
    };
    let fields = memo::organisation(work).await?.settings.contact_fields.clone();
    let values = store::custom::of_contact_in(&mut work.tx, work.organisation, id).await?;
    let identities = store::contacts::identities_in(&mut work.tx, work.organisation, id).await?;
    let more = store::reaches::of_contact_in(&mut work.tx, work.organisation, id).await?;
    let own = [row.phone, row.email].into_iter().flatten().map(|value| (String::new(), value));
    let more = more.into_iter().map(|reach| (PLACE_MORE.to_owned(), reach.value));
    let channels = identities.into_iter().map(|it| (format!("{PLACE_CHANNEL}{}", it.channel), it.external_id));
    let kind = |key: &str| fields.iter().find(|field| field.key == key).map(|field| field.kind);
    let value =
        |(key, value): (String, String)| Some((kind(&key)?, key, value)).map(|(kind, key, value)| (key, kind, value));
    let values: Vec<(String, FieldKind, String)> = values.into_iter().filter_map(value).collect();
    Ok(Compared {
        name: row.name,
        company: row.company,
        city: row.city,
        reaches: own.chain(more).chain(channels).collect(),
        values,
    })
}

/// The worker.
pub(crate) async fn run(app: Arc<App>, stop: CancellationToken) {
    loop {
        let compared = compare_some(&app).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "Cards of clients could not be compared");
            0
        });
        let rest = if compared as i64 == BATCH { BREATH } else { REST };
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(rest) => {}
        }
    }
}
