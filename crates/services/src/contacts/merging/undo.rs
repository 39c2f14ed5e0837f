//! A merge is undone: the card that went is back with what came over from it. What has happened since stays with the card
//! that stayed, and what somebody has changed since is not changed back.

use super::{Before, Kept, UNDO_MS, called, fields, hints, missing};
use crate::contacts::{duplicates, search};
use crate::{ApiError, Cx, ErrorCode, Result, Work};
use domain::access::Permission;
use domain::channel::Person;
use domain::custom::PREFIX;
use domain::ids::{ContactId, MergeId};
use domain::views::{Parted, ReachView, Stayed};
use serde_json::json;
use std::collections::BTreeMap;
use store::contacts::{self as rows, ContactRow};
use store::merging::{self as ledger, WholeRow};
use store::sight::Thing;

/// Parts two cards again; answers what did not go back.
pub async fn undo(cx: &Cx, id: MergeId) -> Result<Parted> {
    cx.allow(Permission::ContactsWrite)?;
    let mut work = cx.work().await?;
    let Some(merge) = ledger::lock(&mut work.tx, cx.organisation, id).await? else {
        // Somebody else was faster, or there is none.
        let known = ledger::exists(&mut work.tx, cx.organisation, id).await?;
        return Err(if known { ErrorCode::Stale } else { ErrorCode::NotFound }.into());
    };
    let Some(kept) = ledger::alone(&mut work.tx, cx.organisation, merge.kept_id).await? else {
        // It went into another one itself: that has to be undone first.
        return Err(missing(cx, &mut work, merge.kept_id).await?);
    };
    cx.sees(&mut work, Thing::Contact(merge.kept_id)).await?;
    if cx.now - merge.merged_at > UNDO_MS {
        return Err(ApiError::new(ErrorCode::TooLate).arg("days", UNDO_MS / 86_400_000).into());
    }
    let before: Before = serde_json::from_value(merge.before.clone()).map_err(anyhow::Error::from)?;
    let mut stayed = Vec::new();
    turn_back(&mut work, &kept, &before, &mut stayed).await?;
    let gone = bring_back(&mut work, merge.gone_id, &before.gone, &mut stayed).await?;
    let rows = ledger::back(&mut work.tx, cx.organisation, id, merge.gone_id, merge.kept_id).await?;
    with_their_own(&mut work, id, merge.gone_id).await?;
    stayed.extend(rows.into_iter().map(|(what, count)| Stayed { what, count }));
    stayed.dedup();
    let by = cx.user().map(|user| user.to_string());
    ledger::undone(&mut work.tx, cx.organisation, id, by.as_deref(), cx.now).await?;
    duplicates::parted(&mut work, merge.kept_id, merge.gone_id, by.as_deref()).await?;
    for (at, other, name) in
        [(merge.kept_id, merge.gone_id, called(&gone)), (merge.gone_id, merge.kept_id, called(&kept))]
    {
        let args = json!({"name": name, "other": other, "merge_id": id, "stayed": stayed});
        work.journal("contact_parted", "contact", at, args).await?;
    }
    hints(&mut work, merge.kept_id, merge.gone_id);
    work.commit().await?;
    Ok(Parted { kept_id: merge.kept_id, gone_id: merge.gone_id, stayed })
}

/// A chat goes back with the card: what is written in it must not reach the other person, who has written in it meanwhile.
async fn with_their_own(work: &mut Work, merge: MergeId, gone: ContactId) -> Result<()> {
    for (chat, person, was) in ledger::persons(&mut work.tx, work.organisation, merge, gone).await? {
        let row = store::chats::row(&mut work.tx, work.organisation, chat).await?;
        let Some(channel) = row.map(|row| row.channel) else { continue };
        let mut theirs = false;
        for key in person.0.keys() {
            theirs |= rows::id_by_identity(&mut work.tx, work.organisation, channel, key).await? == Some(gone);
        }
        if !theirs {
            let was: Person = serde_json::from_str(&was).map_err(anyhow::Error::from)?;
            ledger::set_person(&mut work.tx, work.organisation, chat, &was).await?;
        }
    }
    Ok(())
}

/// The card that stayed gets its own values back wherever it still has what the merge wrote.
async fn turn_back(work: &mut Work, kept: &WholeRow, before: &Before, stayed: &mut Vec<Stayed>) -> Result<()> {
    let (id, organisation, now) = (kept.row.id, work.organisation, work.now);
    let values = fields::values_of(work, id).await?;
    let mut fields_now = fields::read(&kept.row, &values);
    for (field, written) in &before.after {
        let was = before.kept.fields.get(field).cloned().unwrap_or_default();
        let is = fields_now.get(field).cloned().unwrap_or_default();
        if was == *written {
            continue;
        }
        if is != *written {
            stayed.push(Stayed { what: field.clone(), count: 0 });
            continue;
        }
        if let Some(key) = field.strip_prefix(PREFIX) {
            store::custom::set(&mut work.tx, organisation, id, key, &was, now).await?;
        }
        fields_now.insert(field.clone(), was);
    }
    for tag in &before.tags_added {
        rows::remove_tag(&mut work.tx, organisation, id, tag).await?;
    }
    for ReachView { kind, value } in &before.reaches {
        store::reaches::remove(&mut work.tx, organisation, id, kind, value).await?;
    }
    let mut row = kept.row.clone();
    fields::write(&mut row, &fields_now);
    if row.phone != kept.row.phone && taken(work, &mut row.phone, id).await? {
        stayed.push(Stayed { what: "phone".into(), count: 0 });
    }
    row.search_text = search::text_of(&row);
    rows::update(&mut work.tx, organisation, &row, now).await?;
    Ok(())
}

/// The card that went, as it was; without its phone if that is somebody else's by now.
async fn bring_back(work: &mut Work, id: ContactId, was: &Kept, stayed: &mut Vec<Stayed>) -> Result<WholeRow> {
    let mut row = empty(id, was.rev);
    fields::write(&mut row, &was.fields);
    if taken(work, &mut row.phone, id).await? {
        stayed.push(Stayed { what: "phone".into(), count: 0 });
    }
    row.search_text = search::text_of(&row);
    let whole = WholeRow { row, unreachable: was.unreachable.clone(), created_at: was.created_at };
    let (organisation, now) = (work.organisation, work.now);
    ledger::restore(&mut work.tx, organisation, &whole, now).await?;
    for tag in &was.tags {
        rows::add_tag(&mut work.tx, organisation, id, tag, now).await?;
    }
    let values: BTreeMap<&str, &String> =
        was.fields.iter().filter_map(|(field, value)| Some((field.strip_prefix(PREFIX)?, value))).collect();
    for (key, value) in values {
        store::custom::set(&mut work.tx, organisation, id, key, value, now).await?;
    }
    Ok(whole)
}

/// Whether somebody else has this phone; then it is left out.
async fn taken(work: &mut Work, phone: &mut Option<String>, but: ContactId) -> Result<bool> {
    let Some(wanted) = phone.as_deref() else { return Ok(false) };
    let owner = rows::id_by_phone(&mut work.tx, work.organisation, wanted).await?;
    let taken = owner.is_some_and(|owner| owner != but);
    if taken {
        *phone = None;
    }
    Ok(taken)
}

fn empty(id: ContactId, rev: i64) -> ContactRow {
    ContactRow {
        id,
        name: String::new(),
        phone: None,
        email: None,
        company: String::new(),
        city: String::new(),
        note: String::new(),
        search_text: String::new(),
        rev,
    }
}
