//! Orders: the status machine. One table says who may move an order where, whether a reason is needed,
//! and how long an order may stay in a status before it counts as overdue.

use crate::access::Role;

crate::macros::text_enum! {
    /// Status of an order.
    pub enum OrderStatus {
        New = "new",
        Assigned = "assigned",
        InProgress = "in_progress",
        Ready = "ready",
        Delivered = "delivered",
        Cancelled = "cancelled",
    }
}

crate::macros::text_enum! {
    /// How an order came to be.
    pub enum OrderSource {
        Manual = "manual",
        Chat = "chat",
        Api = "api",
        Rule = "rule",
        Shop = "shop",
    }
}

/// One allowed step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    pub from: OrderStatus,
    pub to: OrderStatus,
    pub reason_required: bool,
    roles: &'static [Role],
}

const OFFICE: &[Role] = &[Role::Owner, Role::Admin, Role::Seller];
const EVERYONE: &[Role] = &[Role::Owner, Role::Admin, Role::Seller, Role::Technician];
const HEADS: &[Role] = &[Role::Owner, Role::Admin];

const fn step(from: OrderStatus, to: OrderStatus, roles: &'static [Role], reason_required: bool) -> Transition {
    Transition { from, to, reason_required, roles }
}

use OrderStatus::{Assigned, Cancelled, Delivered, InProgress, New, Ready};

/// The whole machine.
pub const TRANSITIONS: &[Transition] = &[
    step(New, Assigned, OFFICE, false),
    step(New, InProgress, EVERYONE, false),
    step(New, Ready, EVERYONE, false),
    step(New, Cancelled, OFFICE, true),
    step(Assigned, New, OFFICE, false),
    step(Assigned, InProgress, EVERYONE, false),
    step(Assigned, Ready, EVERYONE, false),
    step(Assigned, Cancelled, OFFICE, true),
    step(InProgress, Assigned, OFFICE, true),
    step(InProgress, Ready, EVERYONE, false),
    step(InProgress, Cancelled, OFFICE, true),
    step(Ready, InProgress, EVERYONE, true),
    step(Ready, Delivered, EVERYONE, false),
    step(Ready, Cancelled, OFFICE, true),
    step(Delivered, InProgress, OFFICE, true),
    step(Cancelled, New, HEADS, true),
];

/// The step from one status to another for this role (`None`: not allowed). API keys act with the owner's steps.
pub fn transition(role: Role, from: OrderStatus, to: OrderStatus) -> Option<&'static Transition> {
    TRANSITIONS.iter().find(|t| t.from == from && t.to == to && t.roles.contains(&role))
}

/// Where this role may move an order from here, in the order buttons are shown.
pub fn next_statuses(role: Role, from: OrderStatus) -> Vec<OrderStatus> {
    TRANSITIONS.iter().filter(|t| t.from == from && t.roles.contains(&role)).map(|t| t.to).collect()
}

/// Minutes an order may stay in a status when the organisation has set nothing else; `None`: no deadline.
pub const fn default_deadline_minutes(status: OrderStatus) -> Option<i64> {
    match status {
        New => Some(30),
        Assigned => Some(24 * 60),
        InProgress => Some(48 * 60),
        Ready => Some(7 * 24 * 60),
        Delivered | Cancelled => None,
    }
}

impl OrderStatus {
    /// Whether work on the order is over.
    pub const fn is_final(self) -> bool {
        matches!(self, Delivered | Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_can_be_reached_and_left() {
        for status in OrderStatus::ALL {
            assert!(*status == New || TRANSITIONS.iter().any(|t| t.to == *status), "{status} unreachable");
            assert!(TRANSITIONS.iter().any(|t| t.from == *status), "{status} is a trap");
        }
    }

    #[test]
    fn technicians_do_the_work_but_do_not_cancel() {
        assert!(transition(Role::Technician, InProgress, Ready).is_some());
        assert!(transition(Role::Technician, New, Cancelled).is_none());
        assert!(next_statuses(Role::Quality, New).is_empty());
        assert!(transition(Role::Seller, New, Delivered).is_none());
    }
}
