//! One timeline of a client: what was said, noted, ordered, asked for and changed, each as far as these eyes see it. Every
//! kind is read by its own index, a page is the newest of all of them.

use super::merging;
use crate::{ApiError, Cx, ErrorCode, Result, accounts, validate, zone};
use domain::access::Permission;
use domain::chats::{Channel, Sender};
use domain::ids::*;
use domain::text::preview;
use domain::views::*;
use std::collections::BTreeMap;
use store::timeline::{self as rows, Said};

/// Messages read at once for making days of them.
const PIECE: i64 = 400;
/// Characters of the last message that are shown.
const SHOWN: usize = 160;

/// A place in the timeline: what is asked for lies before it.
struct Place {
    at: i64,
    kind: String,
    id: String,
}

impl Place {
    fn read(cursor: Option<&str>) -> Result<Self> {
        let Some(text) = cursor.filter(|cursor| !cursor.is_empty()) else {
            return Ok(Self { at: i64::MAX >> 17, kind: String::new(), id: String::new() });
        };
        let wrong = || ApiError::new(ErrorCode::NotAllowed).field("cursor");
        let mut parts = text.splitn(3, ':');
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let (at, kind, id) = (part(), part(), part());
        let at = at.parse().ok().filter(|at| (0..i64::MAX >> 17).contains(at)).ok_or_else(wrong)?;
        kind.parse::<TimelineKind>().map_err(|_| wrong())?;
        Ok(Self { at, kind, id })
    }
    fn write(entry: &TimelineEntry) -> String {
        let (at, kind, id) = entry.place();
        format!("{at}:{kind}:{id}")
    }
    /// Entries of this kind lie before it when they are older than that, or of that moment with a smaller id.
    fn bound(&self, kind: TimelineKind) -> (i64, String) {
        match self.kind.as_str() {
            same if same == kind.as_str() => (self.at, self.id.clone()),
            other if kind.as_str() < other => (self.at + 1, String::new()),
            _ => (self.at, String::new()),
        }
    }
    /// The same as one id of that kind, where ids are made at the moment of their entry.
    fn id<T: Id + std::str::FromStr>(&self, kind: TimelineKind) -> Result<T> {
        match self.bound(kind) {
            (at, id) if id.is_empty() => Ok(T::make(at, &[0; 10])),
            (_, id) => id.parse().map_err(|_| ApiError::new(ErrorCode::NotAllowed).field("cursor").into()),
        }
    }
}

/// A page of the timeline, newest first.
pub async fn timeline(cx: &Cx, id: ContactId, filter: &TimelineFilter) -> Result<Page<TimelineEntry>> {
    use TimelineKind::*;
    cx.allow(Permission::ContactsRead)?;
    store::contacts::one(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?;
    let place = Place::read(filter.cursor.as_deref())?;
    let limit = validate::limit(filter.limit.or(Some(30)));
    let (db, organisation, sight, most) = (cx.db(), cx.organisation, cx.sight(), limit + 1);
    let wanted = |kind, permission| filter.kind.is_none_or(|only| only == kind) && cx.allow(permission).is_ok();
    let mut entries = Vec::new();
    let chats = match wanted(Messages, Permission::ChatsRead) || wanted(Chats, Permission::ChatsRead) {
        true => rows::chats(db, sight, id).await?,
        false => Vec::new(),
    };
    if wanted(Messages, Permission::ChatsRead) {
        let zone = accounts::organisation::organisation_zone(cx).await?;
        for (chat, channel) in &chats {
            let days = Days { cx, chat: *chat, channel: *channel, zone: &zone };
            entries.extend(days.before(place.id(Messages)?, most).await?.into_iter().map(TimelineEntry::Messages));
        }
    }
    if wanted(Chats, Permission::ChatsRead) {
        for (chat, _) in &chats {
            let lines = rows::lines(db, organisation, ("chat", &chat.to_string()), place.id(Chats)?, most).await?;
            entries.extend(lines.into_iter().map(TimelineEntry::Chats));
        }
    }
    if wanted(Changes, Permission::ContactsRead) {
        // What happened to a card before it went into this one is a part of this one's story.
        for card in merging::all_in(cx, id).await? {
            let lines = rows::lines(db, organisation, ("contact", &card.to_string()), place.id(Changes)?, most).await?;
            entries.extend(lines.into_iter().map(TimelineEntry::Changes));
        }
    }
    if wanted(Notes, Permission::ContactsRead) {
        let notes = store::notes::list(db, organisation, id, place.id(Notes)?, most).await?;
        entries.extend(notes.into_iter().map(TimelineEntry::Notes));
    }
    if wanted(Orders, Permission::OrdersRead) {
        let (at, before) = place.bound(Orders);
        let steps = rows::orders(db, sight, id, (at, &before), most).await?;
        entries.extend(steps.into_iter().map(TimelineEntry::Orders));
    }
    if wanted(Reviews, Permission::ReviewsRead) {
        let bound = (place.bound(Reviews).0, place.id(Reviews)?);
        let invitations = rows::invitations(db, organisation, id, bound, most).await?;
        entries.extend(invitations.into_iter().map(TimelineEntry::Reviews));
    }
    if wanted(Rules, Permission::RulesRead) {
        let runs = rows::runs(db, sight, id, place.id(Rules)?, most).await?;
        entries.extend(runs.into_iter().map(TimelineEntry::Rules));
    }
    entries.sort_by_cached_key(|entry| std::cmp::Reverse(entry.place()));
    Ok(Page::cut(entries, limit as usize, Place::write))
}

/// Messages of one chat, gathered by the organisation's days. A day stands where its last message stands.
struct Days<'a> {
    cx: &'a Cx,
    chat: ChatId,
    channel: Channel,
    zone: &'a str,
}

impl Days<'_> {
    fn start(&self, id: MessageId) -> i64 {
        zone::day_start(self.zone, id.made_at())
    }
    /// Days whose last message is older than that, newest first, at least `most` where there are as many.
    async fn before(&self, before: MessageId, most: i64) -> Result<Vec<TalkMoment>> {
        let (db, organisation) = (self.cx.db(), self.cx.organisation);
        let mut bound = self.untold(before).await?;
        let mut days: BTreeMap<i64, TalkMoment> = BTreeMap::new();
        while (days.len() as i64) < most {
            let said = rows::said(db, organisation, self.chat, bound, PIECE).await?;
            let Some(last) = said.last() else { break };
            // The oldest day of a full piece may go on before it: it is counted as a whole, and the next piece begins there.
            let (oldest, full) = (self.start(last.id), said.len() as i64 == PIECE);
            for one in &said {
                self.add(&mut days, one);
            }
            if !full {
                break;
            }
            let from = MessageId::make(oldest, &[0; 10]);
            if let Some(day) = days.get_mut(&oldest) {
                let to = MessageId::make(day.last_id.made_at() + 1, &[0; 10]);
                (day.count, day.of_client) = rows::said_between(db, organisation, self.chat, from, to).await?;
            }
            bound = from;
        }
        Ok(days.into_values().rev().collect())
    }
    /// Where to go on: a day that has a message at or after the place was told already.
    async fn untold(&self, before: MessageId) -> Result<MessageId> {
        let start = self.start(before);
        // Twenty-six hours reach into the next day whatever the clocks do.
        let end = zone::day_start(self.zone, start.saturating_add(26 * 60 * 60 * 1000));
        let (db, organisation) = (self.cx.db(), self.cx.organisation);
        let (told, _) = rows::said_between(db, organisation, self.chat, before, MessageId::make(end, &[0; 10])).await?;
        Ok(if told > 0 { MessageId::make(start, &[0; 10]) } else { before })
    }
    fn add(&self, days: &mut BTreeMap<i64, TalkMoment>, one: &Said) {
        let of_client = i64::from(one.sender == Sender::Customer);
        let day = days.entry(self.start(one.id)).or_insert_with(|| TalkMoment {
            chat_id: self.chat,
            channel: self.channel,
            count: 0,
            of_client: 0,
            last_id: one.id,
            last_at: one.at,
            last_sender: one.sender,
            last_kind: one.kind,
            last_text: preview(&one.text, SHOWN),
        });
        day.count += 1;
        day.of_client += of_client;
    }
}
