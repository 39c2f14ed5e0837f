//! How an order is named and coloured everywhere: number, status, deadline.

use crate::format::{Format, use_format};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::ids::OrderId;
use domain::orders::{OrderSource, OrderStatus};
use domain::views::OrderView;
use leptos::prelude::*;
use texts::Texts;

/// The word of a status.
pub fn status_text(t: Texts, status: OrderStatus) -> String {
    match status {
        OrderStatus::New => t.order_status_new(),
        OrderStatus::Assigned => t.order_status_assigned(),
        OrderStatus::InProgress => t.order_status_in_progress(),
        OrderStatus::Ready => t.order_status_ready(),
        OrderStatus::Delivered => t.order_status_delivered(),
        OrderStatus::Cancelled => t.order_status_cancelled(),
    }
}

/// Its colour.
pub const fn status_tone(status: OrderStatus) -> Tone {
    match status {
        OrderStatus::New | OrderStatus::Delivered => Tone::Neutral,
        OrderStatus::Assigned => Tone::Accent,
        OrderStatus::InProgress => Tone::Info,
        OrderStatus::Ready => Tone::Success,
        OrderStatus::Cancelled => Tone::Danger,
    }
}

/// Its sign.
pub const fn status_icon(status: OrderStatus) -> IconName {
    match status {
        OrderStatus::New => IconName::CircleDashed,
        OrderStatus::Assigned => IconName::User,
        OrderStatus::InProgress => IconName::Wrench,
        OrderStatus::Ready => IconName::Success,
        OrderStatus::Delivered => IconName::CheckCheck,
        OrderStatus::Cancelled => IconName::CircleSlash,
    }
}

/// A status as icon, word and colour.
#[component]
pub fn StatusBadge(
    /// The status.
    status: OrderStatus,
) -> impl IntoView {
    let t = use_texts();
    view! { <Badge tone=status_tone(status) icon=status_icon(status)>{status_text(t, status)}</Badge> }
}

/// How an order came to be, in words.
pub fn source_text(t: Texts, source: OrderSource) -> String {
    match source {
        OrderSource::Manual => t.order_source_manual(),
        OrderSource::Chat => t.order_source_chat(),
        OrderSource::Api => t.order_source_api(),
        OrderSource::Rule => t.order_source_rule(),
        OrderSource::Shop => t.order_source_shop(),
    }
}

/// «№ 1042».
pub fn number_text(t: Texts, number: i64) -> String {
    t.order_number(number.to_string())
}

/// The title, or what stands for a missing one.
pub(super) fn title_text(t: Texts, title: &str) -> String {
    if title.is_empty() { t.order_no_title() } else { title.to_owned() }
}

/// Address of an order: its panel over the list of all.
pub fn order_href(id: OrderId) -> String {
    format!("/orders?show=all&open={id}")
}

/// Whether an order is over its deadline.
pub fn is_late(order: &OrderView, now: i64) -> bool {
    !order.status.is_final() && order.deadline_at.is_some_and(|deadline| deadline < now)
}

/// How long something is late, without seconds.
pub(super) fn lateness(format: Format, deadline: i64, now: i64) -> String {
    format.duration(((now - deadline) / 60_000).max(1) * 60_000)
}

/// When the order must leave its status: «завтра в 10:00», or how long it is late, in red.
#[component]
pub fn Deadline(
    /// Status and deadline are read.
    order: OrderView,
    /// Says «без срока» where there is none.
    #[prop(optional)]
    always: bool,
) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let deadline = order.deadline_at.filter(|_| !order.status.is_final());
    let Some(deadline) = deadline else {
        return always.then(|| view! { <span class="quiet">{t.order_no_deadline()}</span> }).into_any();
    };
    let exact = format.exact(deadline);
    let late = Memo::new(move |_| deadline < now.get());
    view! {
        <span class="deadline" class:late=move || late.get() title=exact>
            {move || late.get().then(|| view! { <Icon name=IconName::Clock size=12 /> })}
            {move || match late.get() {
                true => t.order_overdue(lateness(format, deadline, now.get())),
                false => format.day_time(deadline, now.get()),
            }}
        </span>
    }
    .into_any()
}
