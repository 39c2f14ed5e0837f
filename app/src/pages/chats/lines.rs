//! What a thread shows, as data: messages gathered from several loads, with the lines between days. Pure.

use domain::chats::Sender;
use domain::ids::MessageId;
use domain::views::{MessageView, Page, ThreadView};
use std::collections::BTreeMap;

/// Messages known so far, by age.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Log {
    pub messages: BTreeMap<MessageId, MessageView>,
    /// Cursor of what lies before; none at the beginning of the chat.
    pub cursor: Option<String>,
    /// Loads of older messages already gathered in.
    taken: usize,
}

impl Log {
    /// The log after the newest messages were loaded again and older ones were asked for.
    pub fn follow(before: Option<&Log>, fresh: &ThreadView, older: &[Page<MessageView>]) -> Log {
        let first = fresh.messages.first().map(|message| message.id);
        // More came than one load holds: what lies between is not known, so the old part is let go.
        let joined = |log: &&Log| match (log.messages.last_key_value(), first) {
            (Some((last, _)), Some(first)) => first <= *last || fresh.older_cursor.is_none(),
            _ => false,
        };
        let mut log = match before.filter(joined) {
            Some(log) => log.clone(),
            None => Log { messages: BTreeMap::new(), cursor: fresh.older_cursor.clone(), taken: older.len() },
        };
        if before.is_none() {
            log.taken = 0;
        }
        for page in older.iter().skip(log.taken) {
            log.messages.extend(page.items.iter().map(|message| (message.id, message.clone())));
            log.cursor.clone_from(&page.next_cursor);
        }
        log.taken = older.len();
        log.messages.extend(fresh.messages.iter().map(|message| (message.id, message.clone())));
        log
    }
    /// How many messages of the customer came after `seen`.
    pub fn unseen(&self, seen: Option<MessageId>) -> usize {
        let newer = self.messages.values().rev().take_while(|message| seen.is_none_or(|seen| message.id > seen));
        newer.filter(|message| message.sender == Sender::Customer).count()
    }
    /// The first of the last `count` messages of the customer.
    pub fn first_unread(&self, count: i64) -> Option<MessageId> {
        let count = usize::try_from(count).ok()?.checked_sub(1)?;
        self.messages
            .values()
            .rev()
            .filter(|message| message.sender == Sender::Customer)
            .nth(count)
            .map(|message| message.id)
    }
    /// The newest message of ours that travels to the customer.
    pub fn last_sent(&self) -> Option<MessageId> {
        self.messages.values().rev().find(|message| message.delivery.is_some()).map(|message| message.id)
    }
}

/// A line of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Line {
    /// Another day begins; a moment of it, and the message it stands above.
    Day(i64, MessageId),
    /// Unread from here on.
    Unread,
    Message(MessageId),
}

/// Lines in the order they are shown. `day` gives the number of a moment's local day.
pub(super) fn lines(log: &Log, unread_from: Option<MessageId>, day: impl Fn(i64) -> i64) -> Vec<Line> {
    let mut lines = Vec::with_capacity(log.messages.len() + 8);
    let mut today = None;
    for message in log.messages.values() {
        let this = day(message.at);
        if today != Some(this) {
            lines.push(Line::Day(message.at, message.id));
            today = Some(this);
        }
        if unread_from == Some(message.id) {
            lines.push(Line::Unread);
        }
        lines.push(Line::Message(message.id));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::chats::{Channel, ChatStatus, MessageKind};
    use domain::ids::Id;
    use domain::views::{ChatView, ConnectionState};

    const DAY: i64 = 86_400_000;

    fn id<T: Id>(n: i64) -> T {
        T::make(n, &[0; 10])
    }
    fn message(n: i64, at: i64) -> MessageView {
        MessageView {
            id: id(n),
            chat_id: id(1),
            sender: Sender::Customer,
            author_id: None,
            author_name: None,
            kind: MessageKind::Text,
            text: n.to_string(),
            meta: serde_json::Value::Null,
            file_id: None,
            file_name: None,
            file_mime: None,
            file_size: None,
            file_state: None,
            reply_to: None,
            delivery: None,
            delivery_at: None,
            error_code: None,
            error_detail: None,
            job_id: None,
            job_run_at: None,
            job_attempts: None,
            reactions: serde_json::Value::Null,
            at,
            edited_at: None,
            revoked_at: None,
        }
    }
    fn thread(messages: std::ops::Range<i64>, cursor: Option<&str>) -> ThreadView {
        let chat = ChatView {
            id: id(1),
            contact_id: id(1),
            contact_name: String::new(),
            contact_phone: None,
            connection_id: id(1),
            channel: Channel::Whatsapp,
            status: ChatStatus::Active,
            assignee_id: None,
            assignee_name: None,
            waiting_since: None,
            unread: 0,
            last_message_at: 0,
            last_inbound_at: None,
            snoozed_until: None,
            preview: String::new(),
            preview_kind: MessageKind::Text,
            preview_sender: Sender::Customer,
            created_at: 0,
            rev: 1,
        };
        ThreadView {
            chat,
            messages: messages.map(|n| message(n, n)).collect(),
            older_cursor: cursor.map(str::to_owned),
            window_until: None,
            connection_name: String::new(),
            connection_state: ConnectionState::Active,
            nobodys: None,
            later: Vec::new(),
        }
    }
    fn numbers(log: &Log) -> Vec<i64> {
        log.messages.values().map(|message| message.at).collect()
    }

    #[test]
    fn loads_are_gathered_and_a_gap_lets_the_old_part_go() {
        let log = Log::follow(None, &thread(10..13, Some("10")), &[]);
        let older = [Page { items: (7..10).map(|n| message(n, n)).collect(), next_cursor: Some("7".into()) }];
        let log = Log::follow(Some(&log), &thread(11..15, Some("11")), &older);
        assert_eq!((numbers(&log), log.cursor.as_deref()), ((7..15).collect(), Some("7")));
        let again = Log::follow(Some(&log), &thread(11..15, Some("11")), &older);
        assert_eq!(again, log);
        let far = Log::follow(Some(&log), &thread(30..33, Some("30")), &older);
        assert_eq!((numbers(&far), far.cursor.as_deref()), ((30..33).collect(), Some("30")));
        let far = Log::follow(Some(&far), &thread(30..34, Some("30")), &older);
        assert_eq!(numbers(&far), (30..34).collect::<Vec<_>>());
        assert_eq!(
            (far.unseen(Some(id(31))), far.unseen(None), far.first_unread(2), far.first_unread(0)),
            (2, 4, Some(id(32)), None)
        );
    }

    #[test]
    fn days_and_the_unread_mark_stand_between_messages() {
        let mut log = Log::default();
        for (n, at) in [(1, 0), (2, 10), (3, DAY), (4, DAY + 1)] {
            log.messages.insert(id(n), message(n, at));
        }
        let shown = lines(&log, Some(id(4)), |at| at.div_euclid(DAY));
        let wanted = [
            Line::Day(0, id(1)),
            Line::Message(id(1)),
            Line::Message(id(2)),
            Line::Day(DAY, id(3)),
            Line::Message(id(3)),
            Line::Unread,
            Line::Message(id(4)),
        ];
        assert_eq!(shown, wanted);
    }
}
