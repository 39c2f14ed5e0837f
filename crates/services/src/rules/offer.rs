//! What rules can start from, and the fields each trigger brings.

use super::learnt;
use crate::{Cx, Result, contacts};
use domain::access::Presence;
use domain::chats::{Channel, ChatStatus, MessageKind};
use domain::ids::ConnectionId;
use domain::orders::{OrderSource, OrderStatus};
use domain::rules::check::Offer;
use domain::rules::{FieldKind, FieldSpec};

/// A trigger: one of Pult's own, or one a service declares.
#[derive(Clone, Debug)]
pub struct Kind {
    pub event: String,
    about: About,
    /// Fields of a service's event.
    own: Vec<FieldSpec>,
    /// Its fields are up to the sender and learnt from what comes.
    learns: bool,
}

/// What the events of a trigger belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Chat,
    Order,
    /// A client, and the chat they used last.
    Contact,
    /// A thing of a service's, and its client.
    Foreign,
    /// A moment, and nobody.
    Moment,
}

/// A client waits for an answer, for so many minutes.
pub const UNANSWERED: &str = "chat.unanswered";
/// The deadline of an order comes, in so many minutes.
pub const DEADLINE: &str = "order.deadline";
/// It is so many minutes after midnight, every day.
pub const DAILY: &str = "day.time";

/// A day comes that is counted from a date of a client's own fields.
pub const DATE: &str = "contact.date";

/// Triggers of Pult itself.
const OWN: [(&str, About); 14] = [
    ("message.received", About::Chat),
    ("chat.created", About::Chat),
    (UNANSWERED, About::Chat),
    ("chat.assigned", About::Chat),
    ("chat.status_changed", About::Chat),
    ("order.created", About::Order),
    ("order.status_changed", About::Order),
    ("order.assigned", About::Order),
    ("order.changed", About::Order),
    (DEADLINE, About::Order),
    ("contact.created", About::Contact),
    ("contact.changed", About::Contact),
    (DATE, About::Contact),
    (DAILY, About::Moment),
];

/// What of a client can change, beside the organisation's own fields.
pub const CONTACT_PARTS: [&str; 7] = ["name", "phone", "email", "company", "city", "note", "tags"];
/// What of an order can change, beside its status and who has it.
pub const ORDER_PARTS: [&str; 2] = ["title", "items"];
/// Days of the week as conditions name them, from Monday.
pub const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Every trigger: Pult's own, then those of services.
pub fn kinds() -> Vec<Kind> {
    let own =
        OWN.iter().map(|(event, about)| Kind { event: (*event).into(), about: *about, own: Vec::new(), learns: false });
    // Messages of messengers are Pult's own triggers.
    let services = connectors::ALL.iter().map(|c| c.spec()).filter(|spec| spec.channel.is_none());
    own.chain(services.flat_map(|spec| spec.triggers.iter().map(|trigger| told(spec, trigger)))).collect()
}

fn told(spec: &connectors::Spec, trigger: &connectors::Trigger) -> Kind {
    let own = trigger.fields.iter().filter_map(|field| {
        let kind = kind_of(field.kind)?;
        let choices = field.choices.iter().map(|value| (*value).to_owned()).collect();
        Some(FieldSpec { choices, ..FieldSpec::new(format!("event.{}", field.name), kind) })
    });
    let event = format!("{}.{}", spec.id, trigger.kind);
    let learns = trigger.fields.is_empty();
    Kind { event, about: About::Foreign, own: own.collect(), learns }
}

fn kind_of(kind: connectors::FieldKind) -> Option<FieldKind> {
    use connectors::FieldKind as Given;
    Some(match kind {
        Given::Text => FieldKind::Text,
        Given::Number => FieldKind::Number,
        Given::Money => FieldKind::Money,
        Given::Date => FieldKind::Date,
        Given::Phone => FieldKind::Phone,
        Given::Choice => FieldKind::Choice,
        Given::List => FieldKind::List,
        Given::Flag => FieldKind::Flag,
        Given::Object => return None,
    })
}

/// The trigger of this name.
pub fn kind(event: &str) -> Option<Kind> {
    kinds().into_iter().find(|kind| kind.event == event)
}

impl Kind {
    /// What its events belong to.
    pub const fn about(&self) -> About {
        self.about
    }
    /// Whether a connection of this provider tells it.
    pub fn is_of(&self, provider: &str) -> bool {
        self.event.split_once('.').is_some_and(|(of, _)| of == provider)
    }
    /// Fields rules on it may read in this organisation: those that were learnt, of one connection if one is named, then
    /// those that are always there.
    pub async fn fields_in(&self, cx: &Cx, connection: Option<ConnectionId>) -> Result<Vec<FieldSpec>> {
        self.fields_with(cx, connection, &contacts::custom::specs(cx).await?).await
    }
    /// The same where the organisation's own fields are known already.
    pub async fn fields_with(
        &self,
        cx: &Cx,
        connection: Option<ConnectionId>,
        own: &[FieldSpec],
    ) -> Result<Vec<FieldSpec>> {
        let mut fields = Vec::new();
        if self.learns {
            let found = store::learnt::of_event(cx.db(), cx.organisation, &self.event, connection).await?;
            fields = learnt::specs(found);
        }
        fields.extend(self.fields());
        if self.about != About::Moment {
            fields.extend_from_slice(own);
        }
        if let Some(changed) = fields.iter_mut().find(|field| field.key == "contact.changed") {
            changed.names = vec![String::new(); changed.choices.len()];
            changed.choices.extend(own.iter().map(|field| field.key.clone()));
            changed.names.extend(own.iter().map(|field| field.label.clone()));
        }
        Ok(fields)
    }
    /// Whether what its events bring is learnt.
    pub const fn learns(&self) -> bool {
        self.learns
    }
    /// Whether it comes by the clock.
    fn by_clock(&self) -> bool {
        [UNANSWERED, DEADLINE, DAILY, DATE].contains(&self.event.as_str())
    }
    /// Fields that are always there.
    pub fn fields(&self) -> Vec<FieldSpec> {
        use FieldKind::{Date, Flag, List, Money, Number, Phone, Text};
        let mut fields = self.own.clone();
        fields.extend([
            field("now", Date),
            choice("now.weekday", WEEKDAYS.into_iter()),
            field("now.day", Number),
            field("contact.name", Text),
            field("contact.phone", Phone),
            field("contact.email", Text),
            field("contact.company", Text),
            field("contact.city", Text),
            choice("chat.channel", Channel::ALL.iter().map(|it| it.as_str())),
            choice("chat.status", ChatStatus::ALL.iter().map(|it| it.as_str())),
            field("chat.assigned", Flag),
            choice("chat.assignee_presence", Presence::ALL.iter().map(|it| it.as_str())),
            choice("chat.started_by", ["customer", "member"].into_iter()),
            field("chat.last_inbound_at", Date),
            field("contact.tags", List),
            field("contact.created_at", Date),
            field("contact.orders", Number),
            field("contact.orders_30d", Number),
            field("contact.spent", Money),
            field("contact.last_order_at", Date),
            field("contact.messages_7d", Number),
            field("contact.invited_at", Date),
        ]);
        if self.event == UNANSWERED {
            fields.push(field("chat.waiting_minutes", Number));
        }
        if self.event == "message.received" {
            fields.extend([
                field("message.text", Text),
                choice("message.kind", MessageKind::ALL.iter().map(|it| it.as_str())),
                field("message.first", Flag),
            ]);
        }
        match self.event.as_str() {
            "chat.status_changed" => {
                fields.push(choice("chat.from_status", ChatStatus::ALL.iter().map(|it| it.as_str())));
            }
            "contact.changed" => fields.push(list("contact.changed", &CONTACT_PARTS)),
            "order.changed" => {
                fields.extend([list("order.changed", &ORDER_PARTS), field("order.total_before", Money)]);
            }
            _ => {}
        }
        if self.about == About::Order {
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
        Offer {
            fields,
            waits: self.by_clock(),
            from_zero: self.by_clock() && self.event != UNANSWERED,
            dated: self.event == DATE,
            chat: matches!(self.about, About::Chat | About::Order | About::Contact),
            order: self.about == About::Order,
            contact: self.about != About::Moment,
        }
    }
}

fn field(key: &str, kind: FieldKind) -> FieldSpec {
    FieldSpec::new(key, kind)
}

fn list(key: &str, choices: &[&str]) -> FieldSpec {
    FieldSpec { kind: FieldKind::List, ..choice(key, choices.iter().copied()) }
}

fn choice<'a>(key: &str, choices: impl Iterator<Item = &'a str>) -> FieldSpec {
    FieldSpec { choices: choices.map(str::to_owned).collect(), ..FieldSpec::new(key, FieldKind::Choice) }
}
