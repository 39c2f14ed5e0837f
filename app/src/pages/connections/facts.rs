//! What the provider tells about the account, and how the connection fares.

use super::words::{fact_grade, fact_label, fact_warning};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::{Badge, Fact, Facts, Icon, IconName, Notice, Time, Tone};
use domain::views::ConnectionView;
use leptos::prelude::*;
use serde_json::Value as Json;

/// Facts the provider told, in the order of importance.
const ORDER: [&str; 15] = [
    "verified_name",
    "display_phone_number",
    "quality_rating",
    "messaging_limit",
    "throughput",
    "name",
    "domain",
    "stars",
    "score",
    "reviews",
    "templates",
    "app_name",
    "region",
    "timezone",
    "admin_name",
];
/// Facts that are bad news when they are false.
const NEEDED: [&str; 2] = ["template_known", "person_known"];

/// A fact as text, if the provider told it.
pub(super) fn fact<'a>(connection: &'a ConnectionView, name: &str) -> Option<&'a str> {
    connection.facts.get(name).and_then(Json::as_str).filter(|text| !text.is_empty())
}

/// A fact as it is shown: words, a number, how many there are of a list.
fn written(connection: &ConnectionView, name: &str) -> Option<String> {
    match connection.facts.get(name)? {
        Json::Array(list) => Some(use_format().integer(i64::try_from(list.len()).unwrap_or(0))),
        Json::Number(number) => Some(use_format().decimal(number.as_f64()?, 1)),
        _ => fact(connection, name).map(str::to_owned),
    }
}

/// Whether there is anything to show.
pub(super) fn known(connection: &ConnectionView) -> bool {
    ORDER.iter().any(|name| fact_label(use_texts(), name).is_some() && written(connection, name).is_some())
}

/// What the check found wrong although the sign-in works, and what to do about it.
#[component]
pub(super) fn FactWarnings(connection: ConnectionView) -> impl IntoView {
    let t = use_texts();
    let bad = |name: &&&str| connection.facts.get(**name).and_then(Json::as_bool) == Some(false);
    let words = NEEDED.iter().filter(bad).filter_map(|name| fact_warning(t, name));
    words.map(|words| view! { <Notice tone=Tone::Warning>{words}</Notice> }).collect_view()
}

/// The account as the provider sees it.
#[component]
pub(super) fn AccountFacts(connection: ConnectionView) -> impl IntoView {
    let t = use_texts();
    let one = move |name: &&str| {
        let label = fact_label(t, name)?;
        let value = written(&connection, name)?;
        let shown = match fact_grade(t, name, &value) {
            Some((icon, word, tone)) => view! { <Badge tone=tone icon=icon>{word}</Badge> }.into_any(),
            None => value.into_any(),
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

/// That it has fallen silent, or is left alone for a while.
#[component]
pub(super) fn Quiet(connection: ConnectionView) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let silent = connection.silent_since.map(|since| {
        let usual = f.duration(connection.usual_gap.unwrap_or_default());
        view! { <Notice tone=Tone::Warning>{t.connections_silent(f.date_time(since), usual)}</Notice> }
    });
    let rests = connection.rests_until.map(|until| {
        view! { <Notice tone=Tone::Warning>{t.connections_rests(f.time_seconds(until))}</Notice> }
    });
    view! { {silent} {rests} }
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
