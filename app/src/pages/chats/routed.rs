//! «Почему он?»: everybody who was considered when a chat was given out, and what was found about them; and why a chat that
//! waits is still nobody's.

use super::desk::Desk;
use crate::i18n::use_texts;
use crate::ui::{Icon, IconName, presence_text};
use domain::routing::{Considered, Decision, RoutingReason, Verdict};
use leptos::prelude::*;
use serde_json::Value as Json;
use texts::Texts;

/// Opens under the line; nothing when the line has no reasons.
pub(super) fn reasons(meta: &Json) -> Option<AnyView> {
    let decision: Decision = serde_json::from_value(meta.get("decision")?.clone()).ok()?;
    let t = use_texts();
    let title = if decision.chosen.is_some() { t.chats_routed_why() } else { t.action_why() };
    let words = reason(t, decision.reason);
    Some(details(title, words, &decision.considered))
}

/// Under the thread while its chat waits and is nobody's.
#[component]
pub(super) fn Nobodys(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let nobodys = Memo::new(move |_| desk.thread.with(|thread| thread.nobodys.clone()));
    move || {
        let decision = nobodys.get()?;
        let words = match decision.reason {
            RoutingReason::Hand => t.chats_nobodys_hand(),
            RoutingReason::First => t.chats_nobodys_first(),
            other => reason(t, other),
        };
        let why = details(t.chats_nobodys_why(), words, &decision.considered);
        Some(
            view! { <div class="thread-notice"><span><Icon name=IconName::User size=12 />{t.chats_nobodys()}</span>{why}</div> },
        )
    }
}

fn details(title: String, words: String, considered: &[Considered]) -> AnyView {
    let t = use_texts();
    let one = |considered: &Considered| {
        let chosen = considered.verdict == Verdict::Chosen;
        view! { <li class:chosen=chosen><b>{considered.name.clone()}</b>" "<span>{verdict(t, considered)}</span></li> }
    };
    let all = considered.iter().map(one).collect_view();
    let list = (!considered.is_empty()).then(|| view! { <ul>{all}</ul> });
    view! { <details class="routed"><summary>{title}</summary><p>{words}</p>{list}</details> }.into_any()
}

fn reason(t: Texts, reason: RoutingReason) -> String {
    match reason {
        RoutingReason::Returning => t.chats_routed_returning(),
        RoutingReason::Turn => t.chats_routed_turn(),
        RoutingReason::Load => t.chats_routed_load(),
        RoutingReason::First => t.chats_routed_first(),
        RoutingReason::Hand => t.chats_routed_hand(),
        RoutingReason::HandedOver => t.chats_routed_handed_over(),
        RoutingReason::Left => t.chats_routed_left(),
        RoutingReason::Nobody => t.chats_routed_nobody(),
    }
}

fn verdict(t: Texts, c: &Considered) -> String {
    let (open, capacity) = (c.open.to_string(), c.capacity.to_string());
    match c.verdict {
        Verdict::Chosen => t.chats_verdict_chosen(open, capacity),
        Verdict::Away => t.chats_verdict_away(presence_text(t, c.presence)),
        Verdict::Silent => t.chats_verdict_silent(),
        Verdict::Full => t.chats_verdict_full(open, capacity),
        Verdict::Busier => t.chats_verdict_busier(open, capacity),
        Verdict::Later => t.chats_verdict_later(open, capacity),
    }
}
