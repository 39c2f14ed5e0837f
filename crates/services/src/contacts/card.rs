//! The card of a contact: who it is, where it writes from, what it ordered and what was noted about it.

use super::{duplicates, merging};
use crate::{Cx, ErrorCode, Result};
use domain::access::Permission;
use domain::ids::{ContactId, Id, NoteId};
use domain::views::{ContactCard, DuplicateFilter};
use store::chats::ChatQuery;
use store::orders::OrderQuery;

/// How many of each a card shows.
const SHOWN: i64 = 20;

/// One contact with everything on its card.
pub async fn get(cx: &Cx, id: ContactId) -> Result<ContactCard> {
    cx.allow(Permission::ContactsRead)?;
    // A link to a card that went into another one leads to that one.
    let contact = match store::contacts::one(cx.db(), cx.sight(), id).await? {
        Some(contact) => contact,
        None => {
            let now = merging::led_to(cx, id).await?;
            store::contacts::one(cx.db(), cx.sight(), now).await?.ok_or(ErrorCode::NotFound)?
        }
    };
    let id = contact.id;
    let chats = ChatQuery { contact: Some(id), ..Default::default() };
    let orders = OrderQuery { contact: Some(id), ..Default::default() };
    // A key or role that may see contacts but not their chats or orders gets the card without them.
    let allowed = |permission| cx.allow(permission).is_ok();
    Ok(ContactCard {
        tags: store::contacts::tags_of(cx.db(), cx.organisation, id).await?,
        fields: super::custom::of_card(cx, id).await?,
        reaches: store::reaches::of_contact(cx.db(), cx.organisation, id).await?,
        merges: store::merging::into_card(cx.db(), cx.organisation, id, merging::UNDO_MS).await?,
        duplicates: duplicates::list(cx, &DuplicateFilter { contact_id: Some(id), ..Default::default() }).await?.items,
        identities: store::contacts::identities(cx.db(), cx.organisation, id).await?,
        chats: match allowed(Permission::ChatsRead) {
            true => store::chats::list(cx.db(), cx.sight(), &chats, SHOWN).await?,
            false => Vec::new(),
        },
        orders: match allowed(Permission::OrdersRead) {
            true => store::orders::list(cx.db(), cx.sight(), &orders, SHOWN).await?,
            false => Vec::new(),
        },
        notes: store::notes::list(cx.db(), cx.organisation, id, NoteId::make(cx.now + 1, &[0; 10]), SHOWN).await?,
        contact,
    })
}
