//! «Почему он?»: everybody who was considered when a chat was given out, and what was found about them.

use crate::i18n::use_texts;
use crate::ui::presence_text;
use domain::routing::{Considered, Decision, RoutingReason, Verdict};
use leptos::prelude::*;
use serde_json::Value as Json;
use texts::Texts;

/// Opens under the line; nothing when the line has no reasons.
pub(super) fn reasons(meta: &Json) -> Option<AnyView> {
    let decision: Decision = serde_json::from_value(meta.get("decision")?.clone()).ok()?;
    let t = use_texts();
    let one = |considered: &Considered| {
        let chosen = considered.verdict == Verdict::Chosen;
        view! { <li class:chosen=chosen><b>{considered.name.clone()}</b>" "<span>{verdict(t, considered)}</span></li> }
    };
    let all = decision.considered.iter().map(one).collect_view();
    Some(
        view! {
            <details class="routed">
                <summary>{t.chats_routed_why()}</summary>
                <p>{reason(t, decision.reason)}</p>
                <ul>{all}</ul>
            </details>
        }
        .into_any(),
    )
}

fn reason(t: Texts, reason: RoutingReason) -> String {
    match reason {
        RoutingReason::Returning => t.chats_routed_returning(),
        RoutingReason::Turn => t.chats_routed_turn(),
        RoutingReason::Load => t.chats_routed_load(),
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
