//! The second and third step: the address for the provider with what to do there, and waiting for what comes.

use super::facts::fact;
use super::words::{address_steps, first_event_hint, handshake_hint, setting_words};
use crate::i18n::use_texts;
use crate::ui::{CopyField, Icon, IconName, Notice, Time, Tone};
use domain::views::{ConnectionSetup, ConnectionView};
use leptos::prelude::*;

/// The webhook address and the words that go with it.
#[component]
pub(super) fn AddressSteps(setup: Signal<ConnectionSetup>) -> impl IntoView {
    let t = use_texts();
    let first = setup.get_untracked();
    let provider = first.connection.provider.clone();
    let (before, after) = address_steps(t, &provider);
    let url = Signal::derive(move || setup.with(|setup| setup.webhook_url.clone()));
    let tokens = first.generated.keys().cloned().map(|name| {
        let (label, _) = setting_words(t, &provider, &name);
        let value = Signal::derive(move || setup.with(|setup| setup.generated.get(&name).cloned().unwrap_or_default()));
        view! {
            <li>
                <span>{label.clone()}</span>
                <CopyField value=value label=label secret=true />
            </li>
        }
    });
    // Providers call addresses on the open internet only.
    let local = first.webhook_url.starts_with("http://");
    view! {
        {local.then(|| view! { <Notice tone=Tone::Warning>{t.connections_address_local()}</Notice> })}
        <ol class="connection-steps">
            {before.into_iter().map(|words| view! { <li><span>{words}</span></li> }).collect_view()}
            <li>
                <span>{t.connections_webhook_url()}</span>
                <CopyField value=url label=t.connections_webhook_url() />
            </li>
            {tokens.collect_view()}
            {after.into_iter().map(|words| view! { <li><span>{words}</span></li> }).collect_view()}
        </ol>
    }
    .into_any()
}

/// When the address first proved right: by the provider's check, else by the first event.
pub(super) fn shaken_at(connection: &ConnectionView) -> Option<i64> {
    connection.handshake_at.or(connection.last_event_at)
}

/// «Ждём проверку адреса…» until the provider has called.
#[component]
pub(super) fn Handshake(setup: Signal<ConnectionSetup>) -> impl IntoView {
    let t = use_texts();
    let at = Memo::new(move |_| setup.with(|setup| shaken_at(&setup.connection)));
    let hint = move || {
        let provider = at.get().is_none().then(|| setup.with(|setup| setup.connection.provider.clone()))?;
        Some(view! { <p class="quiet">{handshake_hint(t, &provider)?}</p> })
    };
    view! {
        <Awaited at=at waiting=t.connections_handshake_waiting() done=t.connections_handshake_done() />
        {hint}
    }
}

/// «Ждём первое событие…» until one has come.
#[component]
pub(super) fn FirstEvent(setup: Signal<ConnectionSetup>) -> impl IntoView {
    let t = use_texts();
    let at = Memo::new(move |_| setup.with(|setup| setup.connection.last_event_at));
    let hint = move || {
        at.get().is_none().then(|| {
            let words = setup.with(|setup| {
                let number = fact(&setup.connection, "display_phone_number").unwrap_or_default();
                first_event_hint(t, &setup.connection.provider, number)
            });
            view! { <p class="quiet">{words}</p> }
        })
    };
    view! {
        <Awaited at=at waiting=t.connections_event_waiting() done=t.connections_event_done() />
        {hint}
    }
}

#[component]
fn Awaited(at: Memo<Option<i64>>, waiting: String, done: String) -> impl IntoView {
    move || {
        let inner = match at.get() {
            None => view! { <Icon name=IconName::Loader class="spin" />{waiting.clone()} }.into_any(),
            Some(at) => view! { <Icon name=IconName::Success /><b>{done.clone()}</b><Time at=at /> }.into_any(),
        };
        view! { <p class="connection-awaited" class:done=at.get().is_some() role="status">{inner}</p> }
    }
}
