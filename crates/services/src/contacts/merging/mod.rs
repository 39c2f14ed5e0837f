//! Two cards of one person become one: everything of the card that goes comes over, in one transaction, and is noted so
//! that it can go back. No rule starts from it: nothing has happened to the client.

mod fields;
mod undo;

pub use undo::undo;

use super::{duplicates, search};
use crate::{ApiError, Cx, Error, ErrorCode, Result, Work, changes, memo};
use domain::access::Permission;
use domain::custom::PREFIX;
use domain::ids::{ContactId, MergeId};
use domain::views::*;
use fields::{Sides, values_of};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use store::contacts as rows;
use store::merging::{self as ledger, MergeRow, WholeRow};
use store::sight::Thing;

/// How long a merge can be undone: thirty days.
pub const UNDO_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Cards followed one into the other at most.
const MOST_STEPS: usize = 50;

/// A card as the ledger keeps it: its fields by name, its tags, and what cannot be typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    fields: BTreeMap<String, String>,
    tags: Vec<String>,
    unreachable: Option<String>,
    created_at: i64,
    rev: i64,
}

/// What a merge keeps for going back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Before {
    /// The card that went.
    gone: Kept,
    /// The card that stayed, as it was, and as the merge left it.
    kept: Kept,
    after: BTreeMap<String, String>,
    tags_added: Vec<String>,
    /// Phones and e-mails that have led to the card since.
    reaches: Vec<ReachView>,
}

/// What making `gone` a part of `kept` would do.
pub async fn preview(cx: &Cx, kept: ContactId, gone: ContactId) -> Result<MergePreview> {
    cx.allow(Permission::ContactsRead)?;
    let mut work = cx.work().await?;
    let sides = both(cx, &mut work, kept, gone).await?;
    let one = async |id| Ok::<_, Error>(rows::one(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?);
    Ok(MergePreview {
        fields: sides.fields(&memo::organisation(&mut work).await?.settings.contact_fields),
        tags: sides.new_tags(),
        moves: ledger::counts(&mut work.tx, cx.organisation, gone).await?,
        twice: ledger::chats_twice(&mut work.tx, cx.organisation, gone, kept).await?,
        kept: one(kept).await?,
        gone: one(gone).await?,
    })
}

/// Merges; answers the card that stays. Of two people at once one does it, the other is told which card there is now.
pub async fn merge(cx: &Cx, kept: ContactId, input: &MergeContacts) -> Result<ContactView> {
    cx.allow(Permission::ContactsWrite)?;
    let gone = input.gone_id;
    let mut work = cx.work().await?;
    let sides = both(cx, &mut work, kept, gone).await?;
    let older = |rev: Option<i64>, side: &WholeRow| rev.is_some_and(|rev| rev != side.row.rev);
    if older(input.kept_rev, &sides.kept) || older(input.gone_rev, &sides.gone) {
        return Err(ErrorCode::Stale.into());
    }
    let after = sides.chosen(&input.take)?;
    let id: MergeId = work.id();
    let name = called(&sides.gone);
    let before = Before {
        gone: kept_of(&sides.gone, &sides.gone_values, &sides.gone_tags),
        kept: kept_of(&sides.kept, &sides.kept_values, &sides.kept_tags),
        tags_added: sides.new_tags(),
        reaches: sides.left_over(&after),
        after,
    };
    let row = MergeRow { id, kept_id: kept, gone_id: gone, before: json!(before), merged_at: cx.now };
    let by = cx.user().map(|user| user.to_string());
    ledger::insert(&mut work.tx, cx.organisation, &row, &name, by.as_deref()).await?;
    ledger::over(&mut work.tx, cx.organisation, id, gone, kept).await?;
    take_over(&mut work, &sides, &before).await?;
    tell(&mut work, &sides, id, &before).await?;
    work.commit().await?;
    Ok(rows::one(cx.db(), cx.sight(), kept).await?.ok_or(ErrorCode::NotFound)?)
}

/// Merges into a card, newest first.
pub async fn list(cx: &Cx, kept: ContactId) -> Result<Vec<MergeView>> {
    cx.allow(Permission::ContactsRead)?;
    rows::one(cx.db(), cx.sight(), kept).await?.ok_or(ErrorCode::NotFound)?;
    Ok(ledger::into_card(cx.db(), cx.organisation, kept, UNDO_MS).await?)
}

/// Fields, tags and what else has no row of its own; then the card that goes is taken away.
async fn take_over(work: &mut Work, sides: &Sides, before: &Before) -> Result<()> {
    let (organisation, now) = (work.organisation, work.now);
    let (kept, gone) = (sides.kept.row.id, sides.gone.row.id);
    for tag in &before.tags_added {
        rows::add_tag(&mut work.tx, organisation, kept, tag, now).await?;
    }
    for (field, value) in before.after.iter().filter_map(|(field, value)| Some((field.strip_prefix(PREFIX)?, value))) {
        if sides.kept_values.get(field) != Some(value) {
            store::custom::set(&mut work.tx, organisation, kept, field, value, now).await?;
        }
    }
    ledger::bare(&mut work.tx, organisation, gone).await?;
    duplicates::forget(work, kept, gone).await?;
    rows::delete(&mut work.tx, organisation, gone).await?;
    let mut row = sides.kept.row.clone();
    fields::write(&mut row, &before.after);
    row.search_text = search::text_of(&row);
    rows::update(&mut work.tx, organisation, &row, now).await?;
    for reach in &before.reaches {
        store::reaches::add(&mut work.tx, organisation, kept, reach, now).await?;
    }
    Ok(())
}

/// One line on each card, and hints for whoever shows either.
async fn tell(work: &mut Work, sides: &Sides, merge: MergeId, before: &Before) -> Result<()> {
    let (kept, gone) = (sides.kept.row.id, sides.gone.row.id);
    let own = memo::organisation(work).await?.settings.contact_fields.clone();
    // Fields of the organisation's own by the names people know them by.
    let label = |field: &String| {
        let own = own.iter().find(|own| own.in_rules() == *field);
        own.map_or_else(|| field.clone(), |own| own.name.clone())
    };
    let named = |fields: &BTreeMap<String, String>| -> BTreeMap<String, String> {
        fields.iter().map(|(field, value)| (label(field), value.clone())).collect()
    };
    let changes = changes::between(&json!(named(&before.kept.fields)), &json!(named(&before.after)));
    let args = json!({"name": called(&sides.gone), "other": gone, "merge_id": merge, "changes": changes});
    work.journal("contact_merged", "contact", kept, args).await?;
    let args = json!({"name": called(&sides.kept), "other": kept, "merge_id": merge});
    work.journal("contact_went", "contact", gone, args).await?;
    hints(work, kept, gone);
    Ok(())
}

fn hints(work: &mut Work, kept: ContactId, gone: ContactId) {
    work.hint("contacts", kept);
    work.hint("contacts", gone);
    for topic in ["chats", "orders", "reviews", "runs", "duplicates"] {
        work.hint(topic, "");
    }
}

/// What a card is called in the journal.
fn called(side: &WholeRow) -> String {
    let row = &side.row;
    let name = Some(row.name.clone()).filter(|name| !name.is_empty());
    name.or(row.phone.clone()).or(row.email.clone()).unwrap_or_default()
}

fn kept_of(side: &WholeRow, values: &BTreeMap<String, String>, tags: &[String]) -> Kept {
    Kept {
        fields: fields::read(&side.row, values),
        tags: tags.to_vec(),
        unreachable: side.unreachable.clone(),
        created_at: side.created_at,
        rev: side.row.rev,
    }
}

/// Both cards, held until the transaction ends, always the older first; both must be seen.
async fn both(cx: &Cx, work: &mut Work, kept: ContactId, gone: ContactId) -> Result<Sides> {
    let mut found = BTreeMap::new();
    let (older, newer) = store::duplicates::ordered(kept, gone);
    for id in [older, newer] {
        match ledger::alone(&mut work.tx, cx.organisation, id).await? {
            Some(row) => {
                cx.sees(work, Thing::Contact(id)).await?;
                let tags = rows::tags(&mut work.tx, cx.organisation, id).await?;
                found.insert(id, (row, values_of(work, id).await?, tags));
            }
            None => return Err(missing(cx, work, id).await?),
        }
    }
    if kept == gone {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("gone_id").into());
    }
    let mut side = |id| found.remove(&id).ok_or(ErrorCode::NotFound);
    let ((kept, kept_values, kept_tags), (gone, gone_values, gone_tags)) = (side(kept)?, side(gone)?);
    Ok(Sides { kept, gone, kept_values, gone_values, kept_tags, gone_tags })
}

/// Why a card is not there: it went into another one that these eyes see, or there is none.
pub(crate) async fn missing(cx: &Cx, work: &mut Work, id: ContactId) -> Result<Error> {
    let now = current(work, id).await?;
    if now == id {
        return Ok(ErrorCode::NotFound.into());
    }
    cx.sees(work, Thing::Contact(now)).await?;
    Ok(ApiError::new(ErrorCode::ContactMerged).arg("id", now).into())
}

/// The card a reference leads to today.
pub(crate) async fn current(work: &mut Work, id: ContactId) -> Result<ContactId> {
    let mut at = id;
    for _ in 0..MOST_STEPS {
        match ledger::went(&mut work.tx, work.organisation, at).await? {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(at)
}

/// The same for reading.
pub(super) async fn led_to(cx: &Cx, id: ContactId) -> Result<ContactId> {
    let mut at = id;
    for _ in 0..MOST_STEPS {
        match ledger::went_of(cx.db(), cx.organisation, at).await? {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(at)
}

/// All cards that are in this one by now, itself first.
pub(super) async fn all_in(cx: &Cx, id: ContactId) -> Result<Vec<ContactId>> {
    let mut all = vec![id];
    let mut next = 0;
    while next < all.len() && all.len() < MOST_STEPS {
        all.extend(ledger::came(cx.db(), cx.organisation, all[next]).await?);
        next += 1;
    }
    Ok(all)
}
