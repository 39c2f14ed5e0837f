//! How the order came to where it is.

use super::super::status::{status_icon, status_text, status_tone};
use crate::i18n::use_texts;
use crate::pages::lists::PanelPart;
use crate::pages::rules::why_href;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{OrderCard, OrderStepView};
use leptos::prelude::*;

#[component]
pub fn OrderHistory(card: Signal<OrderCard>) -> impl IntoView {
    let t = use_texts();
    let steps = Memo::new(move |_| card.with(|card| card.steps.clone()));
    let one = move |step: OrderStepView| {
        let title = match step.from_status {
            Some(from) => t.order_history_step(status_text(t, from), status_text(t, step.to_status)),
            None => t.order_history_created(),
        };
        let who = step.actor_name.unwrap_or_else(|| t.order_history_pult());
        view! {
            <TimelineItem
                icon=status_icon(step.to_status)
                tone=status_tone(step.to_status)
                title=title
                at=step.at
                style=TimeStyle::Full
            >
                <span>{t.order_history_by(who)}</span>
                {(!step.reason.is_empty()).then(|| view! { <p class="order-reason">{step.reason}</p> })}
            </TimelineItem>
        }
    };
    let may_ask = use_may(Permission::RulesRead);
    let id = card.with_untracked(|card| card.order.id);
    let why = move || may_ask.get().then(|| view! { <Link href=why_href(id) quiet=true>{t.action_why()}</Link> });
    view! {
        <PanelPart title=t.order_history() aside=why>
            {move || {
                view! { <Timeline label=t.order_history()>{steps.get().into_iter().rev().map(one).collect_view()}</Timeline> }
            }}
        </PanelPart>
    }
    .into_any()
}
