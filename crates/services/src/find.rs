//! One search over everything somebody may see (UI-7): however it was typed. Every kind is asked for with its own right, and
//! with the eyes of whoever asks.

use crate::{Cx, Result, contacts};
use domain::access::Permission;
use domain::text::{fold, readings};
use domain::views::{Found, FoundKind, MessageQuery};
use store::chats::ChatQuery;
use store::orders::OrderQuery;

/// Of one kind at most.
const SHOWN: i64 = 5;
/// Longest question; what is longer was pasted by mistake.
const MOST: usize = 100;

/// What is found, by kind, the best reading first.
pub async fn find(cx: &Cx, text: &str) -> Result<Vec<Found>> {
    cx.allow(Permission::OwnProfile)?;
    let typed: String = text.chars().take(MOST).collect();
    let mut found: Vec<Found> = Vec::new();
    for reading in readings(typed.trim().trim_start_matches(['№', '#'])) {
        for one in [people(cx, &reading).await?, work(cx, &reading).await?, things(cx, &reading).await?].concat() {
            let same = |known: &Found| known.kind == one.kind && known.id == one.id;
            let full = found.iter().filter(|known| known.kind == one.kind).count() as i64 >= SHOWN;
            if !full && !found.iter().any(same) {
                found.push(one);
            }
        }
    }
    // Knows the ways of typing by itself.
    if cx.allow(Permission::ChatsRead).is_ok() && typed.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
        let query = MessageQuery { q: typed, limit: Some(SHOWN as u32), ..Default::default() };
        let said = crate::search::messages(cx, &query).await?.items;
        found.extend(said.into_iter().map(|message| {
            let place = format!("{}/{}", message.chat_id, message.id);
            one(FoundKind::Message, place, message.text, message.contact_name)
        }));
    }
    found.sort_by_key(|one| one.kind as u8);
    Ok(found)
}

fn one(kind: FoundKind, id: impl ToString, title: String, note: String) -> Found {
    Found { kind, id: id.to_string(), title, note }
}

async fn people(cx: &Cx, reading: &str) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    if cx.allow(Permission::ContactsRead).is_ok() {
        let like = contacts::patterns(Some(reading));
        let rows = store::contacts::list(cx.db(), cx.sight(), None, like.as_ref(), SHOWN).await?;
        let note = |phone: Option<String>, email: Option<String>| phone.or(email).unwrap_or_default();
        found.extend(rows.into_iter().map(|c| one(FoundKind::Contact, c.id, c.name, note(c.phone, c.email))));
    }
    if cx.allow(Permission::ChatsRead).is_ok() {
        let like = contacts::patterns(Some(reading));
        let query = ChatQuery { like: like.as_ref(), ..Default::default() };
        let rows = store::chats::list(cx.db(), cx.sight(), &query, SHOWN).await?;
        found.extend(rows.into_iter().map(|c| one(FoundKind::Chat, c.id, c.contact_name, c.preview)));
    }
    Ok(found)
}

async fn work(cx: &Cx, reading: &str) -> Result<Vec<Found>> {
    if cx.allow(Permission::OrdersRead).is_err() {
        return Ok(Vec::new());
    }
    let query = OrderQuery { like: contacts::patterns(Some(reading)), ..Default::default() };
    let rows = store::orders::list(cx.db(), cx.sight(), &query, SHOWN).await?;
    let title = |number: i64, title: &str| format!("№ {number} · {title}");
    Ok(rows.into_iter().map(|o| one(FoundKind::Order, o.id, title(o.number, &o.title), o.contact_name)).collect())
}

async fn things(cx: &Cx, reading: &str) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    if cx.allow(Permission::ProductsRead).is_ok() {
        let filter =
            domain::views::ListFilter { q: Some(reading.to_owned()), limit: Some(SHOWN as u32), ..Default::default() };
        let rows = crate::products::list(cx, &filter).await?.items;
        found.extend(rows.into_iter().map(|p| one(FoundKind::Product, p.id, p.name, p.sku.unwrap_or_default())));
    }
    if cx.allow(Permission::RulesRead).is_ok() {
        let rules = crate::rules::list(cx).await?.items;
        let named = rules.into_iter().filter(|rule| fold(&rule.name).contains(reading)).take(SHOWN as usize);
        found.extend(named.map(|rule| one(FoundKind::Rule, rule.id, rule.name, String::new())));
    }
    if cx.allow(Permission::MembersRead).is_ok() {
        let members = store::organisations::members(cx.db(), cx.organisation, None).await?;
        let named = members.into_iter().filter(|m| m.active && fold(&m.name).contains(reading)).take(SHOWN as usize);
        found.extend(named.map(|m| one(FoundKind::Member, m.user_id, m.name, m.email)));
    }
    Ok(found)
}
