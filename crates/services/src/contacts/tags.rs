//! Tags of contacts.

use super::{happened, save};
use crate::changes;
use crate::{ApiError, Cx, ErrorCode, Result, Work};
use domain::access::Permission;
use domain::ids::ContactId;
use domain::text::tag;
use serde_json::json;
use store::contacts as rows;

/// Most tags of one contact.
const MOST: usize = 50;

/// Tags of a contact.
pub async fn get(cx: &Cx, id: ContactId) -> Result<Vec<String>> {
    cx.allow(Permission::ContactsRead)?;
    rows::one(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?;
    Ok(rows::tags_of(cx.db(), cx.organisation, id).await?)
}

/// Makes these the tags of a contact; answers them as they are kept.
pub async fn set(cx: &Cx, id: ContactId, tags: &[String]) -> Result<Vec<String>> {
    cx.allow(Permission::ContactsWrite)?;
    let mut wanted = Vec::new();
    for given in tags {
        wanted.push(
            tag(given)
                .ok_or_else(|| ApiError::new(ErrorCode::TooLong).arg("max", domain::text::MOST_TAG).field("tags"))?,
        );
    }
    wanted.sort();
    wanted.dedup();
    if wanted.len() > MOST {
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", MOST).field("tags").into());
    }
    let mut work = cx.work().await?;
    save::held(cx, &mut work, id).await?;
    let before = rows::tags(&mut work.tx, cx.organisation, id).await?;
    for gone in before.iter().filter(|tag| !wanted.contains(tag)) {
        write(&mut work, id, gone, false).await?;
    }
    for new in wanted.iter().filter(|tag| !before.contains(tag)) {
        write(&mut work, id, new, true).await?;
    }
    if before != wanted {
        happened::changed(&mut work, id, ["tags"]).await?;
        work.commit().await?;
    }
    Ok(wanted)
}

/// Adds a tag or takes it away, inside a unit of work.
pub(crate) async fn change_in(work: &mut Work, id: ContactId, text: &str, add: bool) -> Result<()> {
    let Some(tag) = tag(text) else { return Err(ApiError::new(ErrorCode::Required).field("tag").into()) };
    if write(work, id, &tag, add).await? {
        happened::changed(work, id, ["tags"]).await?;
    }
    Ok(())
}

/// `false`: it was so already.
async fn write(work: &mut Work, id: ContactId, tag: &str, add: bool) -> Result<bool> {
    let changed = match add {
        true => rows::add_tag(&mut work.tx, work.organisation, id, tag, work.now).await?,
        false => rows::remove_tag(&mut work.tx, work.organisation, id, tag).await?,
    };
    if changed {
        let line = if add { "contact_tagged" } else { "contact_untagged" };
        let (from, to) = if add { (None, Some(tag)) } else { (Some(tag), None) };
        let args = json!({"tag": tag, "changes": [changes::one("tags", from, to)]});
        work.journal(line, "contact", id, args).await?;
        work.hint("contacts", id);
    }
    Ok(changed)
}
