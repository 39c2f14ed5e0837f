//! What rules can start from, and the fields each trigger brings.

use domain::access::Presence;
use domain::chats::{Channel, ChatStatus, MessageKind};
use domain::orders::{OrderSource, OrderStatus};
use domain::rules::check::Offer;
use domain::rules::{FieldKind, FieldSpec};

/// A trigger of Pult itself.
pub struct Kind {
    pub event: &'static str,
    chat: bool,
    order: bool,
}

/// Every trigger.
pub const KINDS: [Kind; 4] = [
    Kind { event: "message.received", chat: true, order: false },
    Kind { event: "chat.created", chat: true, order: false },
    Kind { event: "order.created", chat: true, order: true },
    Kind { event: "order.status_changed", chat: true, order: true },
];

/// The trigger of this name.
pub fn kind(event: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.event == event)
}

impl Kind {
    /// Whether its events are about an order (else about a chat).
    pub const fn is_order(&self) -> bool {
        self.order
    }
    /// Fields rules on it may read.
    pub fn fields(&self) -> Vec<FieldSpec> {
        use FieldKind::{Date, Flag, Money, Number, Phone, Text};
        let mut fields = vec![
            field("now", Date),
            field("contact.name", Text),
            field("contact.phone", Phone),
            field("contact.email", Text),
            field("contact.company", Text),
            field("contact.city", Text),
            choice("chat.channel", Channel::ALL.iter().map(|it| it.as_str())),
            choice("chat.status", ChatStatus::ALL.iter().map(|it| it.as_str())),
            field("chat.assigned", Flag),
            field("chat.last_inbound_at", Date),
        ];
        if self.event == "message.received" {
            fields.extend([
                field("message.text", Text),
                choice("message.kind", MessageKind::ALL.iter().map(|it| it.as_str())),
                field("message.first", Flag),
            ]);
        }
        if self.order {
            let statuses = || OrderStatus::ALL.iter().map(|it| it.as_str());
            fields.extend([
                field("order.number", Number),
                field("order.title", Text),
                choice("order.status", statuses()),
                choice("order.source", OrderSource::ALL.iter().map(|it| it.as_str())),
                field("order.total", Money),
                field("order.assigned", Flag),
                choice("order.assignee_presence", Presence::ALL.iter().map(|it| it.as_str())),
                field("order.deadline_at", Date),
            ]);
            if self.event == "order.status_changed" {
                fields.push(choice("order.from_status", statuses()));
            }
        }
        fields
    }
    /// What the check of a rule needs to know.
    pub fn offer<'a>(&self, fields: &'a [FieldSpec]) -> Offer<'a> {
        Offer { fields, waits: false, chat: self.chat, order: self.order, contact: true }
    }
}

fn field(key: &str, kind: FieldKind) -> FieldSpec {
    FieldSpec { key: key.into(), kind, choices: Vec::new() }
}

fn choice<'a>(key: &str, choices: impl Iterator<Item = &'a str>) -> FieldSpec {
    FieldSpec { key: key.into(), kind: FieldKind::Choice, choices: choices.map(str::to_owned).collect() }
}
