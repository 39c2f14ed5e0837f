//! What the provider tells about the account, and how the connection fares.

use super::words::{fact_grade, fact_label};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::{Badge, Fact, Facts, Icon, IconName, Time};
use domain::views::ConnectionView;
use leptos::prelude::*;
use serde_json::Value as Json;

/// Facts the provider told, in the order of importance.
const ORDER: [&str; 5] = ["verified_name", "display_phone_number", "quality_rating", "messaging_limit", "throughput"];

/// A fact as text, if the provider told it.
pub(super) fn fact<'a>(connection: &'a ConnectionView, name: &str) -> Option<&'a str> {
    connection.facts.get(name).and_then(Json::as_str).filter(|text| !text.is_empty())
}

/// Whether there is anything to show.
pub(super) fn known(connection: &ConnectionView) -> bool {
    ORDER.iter().any(|name| fact(connection, name).is_some())
}

/// The account as the provider sees it.
#[component]
pub(super) fn AccountFacts(connection: ConnectionView) -> impl IntoView {
    let t = use_texts();
    let one = move |name: &&str| {
        let value = fact(&connection, name)?;
        let label = fact_label(t, name)?;
        let shown = match fact_grade(t, name, value) {
            Some((icon, word, tone)) => view! { <Badge tone=tone icon=icon>{word}</Badge> }.into_any(),
            None => value.to_owned().into_any(),
        };
        Some(view! { <Fact label=label>{shown}</Fact> })
    };
    view! { <Facts>{ORDER.iter().filter_map(one).collect_view()}</Facts> }.into_any()
}

/// Last event, events of today, what waits.
#[component]
pub(super) fn Pulse(connection: ConnectionView) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let last = match connection.last_event_at {
        Some(at) => view! { <Time at=at /> }.into_any(),
        None => view! { <span class="quiet">{t.connections_no_event()}</span> }.into_any(),
    };
    let waiting = (connection.waiting_jobs > 0).then(|| {
        view! { <Fact label=t.connections_waiting()>{f.integer(connection.waiting_jobs)}</Fact> }
    });
    view! {
        <Facts>
            <Fact label=t.connections_last_event()>{last}</Fact>
            <Fact label=t.connections_events_today()>{f.integer(connection.events_today)}</Fact>
            {waiting}
        </Facts>
    }
    .into_any()
}

/// The last error, where there is one that no later success has healed.
#[component]
pub(super) fn LastError(connection: ConnectionView) -> impl IntoView {
    let t = use_texts();
    let healed = connection.last_ok_at > connection.last_error_at;
    let error = connection.last_error.clone().filter(|text| !text.is_empty() && !healed);
    error.map(|text| {
        view! {
            <p class="connection-error" role="note">
                <Icon name=IconName::Alert size=14 />
                <span>
                    {t.connections_last_error()}" "{text}
                    {connection.last_error_at.map(|at| view! { " · "<Time at=at /> })}
                </span>
            </p>
        }
    })
}
