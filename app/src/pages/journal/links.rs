//! Where the things of the journal live: addresses of objects and causes, and the filters all three parts share.

use super::api::journal_connections;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, ChipMenu};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{ConnectionView, JournalFilter, JournalView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::Texts;

/// Address of the thing a line or job is about; some have no page of their own.
pub fn object_href(kind: &str, id: &str) -> Option<String> {
    Some(match kind {
        "order" => format!("/orders?show=all&open={id}"),
        "chat" => format!("/chats/{id}"),
        "contact" => format!("/contacts/{id}"),
        "product" => format!("/catalogue?show=all&open={id}"),
        "connection" => format!("/connections/{id}"),
        "event" => format!("/journal?tab=events&open={id}"),
        "job" => format!("/journal?tab=jobs&open={id}"),
        "invitation" => format!("/reviews?open={id}"),
        "review" => format!("/reviews?tab=reviews&open={id}"),
        "member" | "invite" => "/team".to_owned(),
        "organisation" | "key" => "/settings".to_owned(),
        "stop" => "/stop".to_owned(),
        "run" => format!("/rules/runs/{id}"),
        "rule" => format!("/rules/{id}"),
        _ => return None,
    })
}

/// The run of a rule that wrote a line.
pub fn run_href(line: &JournalView) -> Option<String> {
    let run = line.cause_id.as_deref().filter(|_| line.cause_kind.as_deref() == Some("run"))?;
    object_href("run", run)
}

/// The word of a kind of thing.
pub fn object_text(t: Texts, kind: &str) -> String {
    match kind {
        "order" => t.journal_object_order(),
        "chat" => t.journal_object_chat(),
        "message" => t.journal_object_message(),
        "contact" => t.journal_object_contact(),
        "product" => t.journal_object_product(),
        "connection" => t.journal_object_connection(),
        "event" => t.journal_object_event(),
        "job" => t.journal_object_job(),
        "invitation" => t.reviews_invitation(),
        "review" => t.reviews_review(),
        "member" | "user" => t.journal_object_member(),
        "invite" => t.journal_object_invite(),
        "organisation" => t.journal_object_organisation(),
        "key" => t.journal_object_key(),
        "canned_reply" => t.journal_object_canned_reply(),
        "system" => t.journal_actor_system(),
        "conversation" => t.journal_object_conversation(),
        "webhook" => t.journal_object_webhook(),
        "stop" => t.stops_title(),
        "rule" => t.journal_object_rule(),
        "run" => t.journal_object_run(),
        other => other.to_owned(),
    }
}

/// A link to a thing, or its word where it has no page.
pub fn object_link(t: Texts, kind: &str, id: &str) -> AnyView {
    let word = object_text(t, kind);
    match object_href(kind, id) {
        Some(href) => view! { <Link href=href>{word}</Link> }.into_any(),
        None => view! { <span>{word}</span> }.into_any(),
    }
}

/// What the address asks for.
pub fn filter_of(address: Address) -> JournalFilter {
    JournalFilter {
        level: address.get("level"),
        state: address.get("state"),
        kind: address.get("kind"),
        connection_id: address.read("connection_id"),
        object_kind: address.get("object_kind"),
        object_id: address.get("object_id"),
        actor_id: address.read("actor_id"),
        rule_id: address.read("rule_id"),
        cursor: address.get("cursor"),
        limit: None,
    }
}

/// Whether it narrows anything.
pub fn narrows(filter: &JournalFilter) -> bool {
    *filter != JournalFilter { cursor: filter.cursor.clone(), limit: filter.limit, ..Default::default() }
}

/// Connections for the filter; empty until the browser has asked, or without the right.
pub fn use_connections() -> Signal<Vec<ConnectionView>> {
    let connections = RwSignal::new(Vec::new());
    let may = use_may(Permission::ConnectionsRead);
    Effect::new(move |_| {
        if may.get() {
            spawn_local(async move {
                if let Ok(list) = journal_connections().await {
                    let _ = connections.try_set(list);
                }
            });
        }
    });
    connections.into()
}

/// The filter by connection.
#[component]
pub fn ConnectionChip(address: Address) -> impl IntoView {
    let t = use_texts();
    let connections = use_connections();
    let choices = Signal::derive(move || {
        connections.with(|list| list.iter().map(|c| Choice::new(c.id.to_string(), c.name.clone())).collect::<Vec<_>>())
    });
    view! { <ChipMenu address=address name="connection_id" label=t.journal_filter_connection() choices=choices /> }
}

/// Shown while the list is about one thing only; taking it away shows everything again.
#[component]
pub fn ObjectChip(address: Address) -> impl IntoView {
    let t = use_texts();
    move || {
        let kind = address.get("object_kind")?;
        address.get("object_id")?;
        let clear = move |_| address.set(&[("object_kind", None), ("object_id", None), ("cursor", None)]);
        let label = t.lists_clear(object_text(t, &kind));
        Some(view! {
            <span class="chip on">
                <span class="chip-button"><span>{t.journal_filter_object()}</span><b>{object_text(t, &kind)}</b></span>
                <button type="button" class="chip-clear" aria-label=label.clone() title=label on:click=clear>
                    <Icon name=IconName::Close size=12 />
                </button>
            </span>
        })
    }
}

/// An honest nothing for any of the three lists.
pub fn nothing(filter: &JournalFilter, icon: IconName, title: String, hint: String, reset: &'static str) -> AnyView {
    let t = use_texts();
    match narrows(filter) {
        true => view! {
            <EmptyState icon=IconName::Search title=t.ui_nothing_found() hint=t.ui_nothing_found_hint()>
                <LinkButton href=reset>{t.lists_reset()}</LinkButton>
            </EmptyState>
        }
        .into_any(),
        false => view! { <EmptyState icon=icon title=title hint=hint /> }.into_any(),
    }
}
