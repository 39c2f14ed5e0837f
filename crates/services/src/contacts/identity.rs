//! The one card behind several ids: user id, address and phone of a messenger lead to the same contact.

use super::{happened, save, search};
use crate::changes;
use crate::{Result, Work};
use domain::channel::Person;
use domain::chats::Channel;
use domain::ids::ContactId;
use serde_json::json;
use store::contacts::{self as rows, ContactRow};

/// Longest name kept from a messenger.
const NAME_MAX: usize = 200;

/// The contact of a person in a channel, made if there is none; `true` when it was made just now.
///
/// The strongest known key decides (user id, then address), then the phone. All keys are recorded to that contact; a
/// weaker key that belonged to another card comes over, which the journal notes once.
pub async fn find_or_create_by_identity(
    work: &mut Work,
    channel: Channel,
    person: &Person,
) -> Result<(ContactId, bool)> {
    let mut owners = Vec::new();
    for key in person.keys() {
        owners.push((key, rows::id_by_identity(&mut work.tx, work.organisation, channel, key).await?));
    }
    let known = owners.iter().find_map(|(_, owner)| *owner);
    let (id, created) = match known {
        Some(id) => (id, false),
        None => match by_phone(work, person).await? {
            Some(id) => (id, false),
            None => make(work, channel, person).await?,
        },
    };
    if !created {
        complete(work, id, person).await?;
    }
    for (key, owner) in owners {
        match owner {
            None => {
                rows::add_identity(&mut work.tx, work.organisation, channel, key, id, work.now).await?;
                renew(work, id, created).await?;
            }
            Some(other) if other != id => {
                // What the provider says now counts; the other card keeps everything it has.
                rows::move_identity(&mut work.tx, work.organisation, channel, key, id).await?;
                store::duplicates::renew(&mut work.tx, work.organisation, other).await?;
                renew(work, id, created).await?;
                let args = json!({"channel": channel, "other": other});
                work.journal_at("warning", "contact_identity_conflict", "contact", id, args).await?;
            }
            Some(_) => {}
        }
    }
    Ok((id, created))
}

/// A card that has a new key is to be compared anew; one made just now is so anyway.
async fn renew(work: &mut Work, id: ContactId, created: bool) -> Result<()> {
    if !created {
        store::duplicates::renew(&mut work.tx, work.organisation, id).await?;
    }
    Ok(())
}

async fn by_keys(work: &mut Work, channel: Channel, person: &Person) -> Result<Option<ContactId>> {
    for key in person.keys() {
        if let Some(id) = rows::id_by_identity(&mut work.tx, work.organisation, channel, key).await? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

async fn by_phone(work: &mut Work, person: &Person) -> Result<Option<ContactId>> {
    match person.phone.as_deref() {
        Some(phone) => Ok(rows::id_by_phone(&mut work.tx, work.organisation, phone).await?),
        None => Ok(None),
    }
}

async fn make(work: &mut Work, channel: Channel, person: &Person) -> Result<(ContactId, bool)> {
    let mut row = ContactRow {
        id: work.id(),
        name: messenger_name(person).unwrap_or_default(),
        phone: person.phone.clone(),
        email: None,
        company: String::new(),
        city: String::new(),
        note: String::new(),
        search_text: String::new(),
        rev: 1,
    };
    row.search_text = search::text_of(&row);
    // Another worker may have made the same person a moment ago: then the phone or the first key is taken.
    if !rows::insert(&mut work.tx, work.organisation, &row, work.now).await? {
        let other = by_phone(work, person).await?;
        return Ok((other.ok_or_else(|| anyhow::anyhow!("a phone is taken by nobody"))?, false));
    }
    if let Some(key) = person.keys().next()
        && !rows::add_identity(&mut work.tx, work.organisation, channel, key, row.id, work.now).await?
        && let Some(other) = by_keys(work, channel, person).await?
    {
        rows::delete(&mut work.tx, work.organisation, row.id).await?;
        return Ok((other, false));
    }
    work.journal("contact_created", "contact", row.id, json!({"name": row.name, "channel": channel})).await?;
    work.hint("contacts", row.id);
    Ok((row.id, true))
}

/// Fills in what the messenger knows and nobody has typed: the name, and the phone if it is nobody else's.
async fn complete(work: &mut Work, id: ContactId, person: &Person) -> Result<()> {
    let wants = |row: &ContactRow| {
        (row.name.is_empty() && person.name.is_some()) || (row.phone.is_none() && person.phone.is_some())
    };
    let Some(row) = rows::row(&mut work.tx, work.organisation, id).await? else { return Ok(()) };
    if !wants(&row) {
        return Ok(());
    }
    let Some(mut row) = rows::lock(&mut work.tx, work.organisation, id).await? else { return Ok(()) };
    let before = row.clone();
    if row.name.is_empty() {
        row.name = messenger_name(person).unwrap_or_default();
    }
    if row.phone.is_none()
        && let Some(phone) = person.phone.as_deref()
        && rows::id_by_phone(&mut work.tx, work.organisation, phone).await?.is_none()
    {
        row.phone = Some(phone.to_owned());
    }
    if row != before {
        row.search_text = search::text_of(&row);
        rows::update(&mut work.tx, work.organisation, &row, work.now).await?;
        save::changed(work, &before, &row).await?;
    }
    Ok(())
}

/// A person has a new address: its keys join the old contact, and a phone that was the old address follows.
/// Answers the contact, or nothing when nobody here knew the old address (then there is nothing to move).
pub async fn move_identity(work: &mut Work, channel: Channel, from: &Person, to: &Person) -> Result<Option<ContactId>> {
    let known = by_keys(work, channel, from).await?;
    let Some(id) = known.or(by_phone(work, from).await?) else { return Ok(None) };
    let mut changed = false;
    for key in to.keys() {
        match rows::id_by_identity(&mut work.tx, work.organisation, channel, key).await? {
            Some(owner) if owner == id => {}
            // The provider says whose address it is now; the card of the earlier owner keeps everything else.
            Some(_) => {
                rows::move_identity(&mut work.tx, work.organisation, channel, key, id).await?;
                changed = true;
            }
            None => changed |= rows::add_identity(&mut work.tx, work.organisation, channel, key, id, work.now).await?,
        }
    }
    let Some(mut row) = rows::lock(&mut work.tx, work.organisation, id).await? else { return Ok(None) };
    let old_phone = row.phone.clone();
    if let Some(phone) = to.phone.as_deref()
        && (old_phone.is_none() || old_phone == from.phone)
        && rows::id_by_phone(&mut work.tx, work.organisation, phone).await?.is_none()
    {
        row.phone = Some(phone.to_owned());
        row.search_text = search::text_of(&row);
        rows::update(&mut work.tx, work.organisation, &row, work.now).await?;
        changed = true;
    }
    if row.phone != old_phone {
        happened::changed(work, id, ["phone"]).await?;
    }
    if changed {
        renew(work, id, false).await?;
        let changes = [changes::one("phone", old_phone, row.phone.clone())];
        let args = json!({"channel": channel, "to": row.phone, "changes": changes});
        work.journal("contact_moved", "contact", id, args).await?;
        work.hint("contacts", id);
    }
    Ok(Some(id))
}

/// The name a person gave to the messenger, in one line without control characters.
fn messenger_name(person: &Person) -> Option<String> {
    let name: String = person.name.as_deref()?.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let name = domain::text::preview(&name, NAME_MAX);
    (!name.is_empty()).then_some(name)
}
