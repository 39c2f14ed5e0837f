//! Notices on this device, and on which other devices they are on. What the browser can do is known only in the browser, so
//! the page begins with «looking».

use super::device::{device, device_text, is_phone};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::{Refresh, use_refresh};
use crate::push::{Ability, push_remove, push_test};
#[cfg(feature = "hydrate")]
use crate::push::{ability, current, mark, push_here, push_subscribe, subscribe};
use crate::session::use_me;
use crate::ui::*;
use domain::ApiError;
use domain::ids::PushDeviceId;
use domain::views::{MeView, PushDeviceView, PushView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::Texts;

/// What the card knows.
#[derive(Clone, Copy)]
struct Here {
    ability: RwSignal<Option<Ability>>,
    view: RwSignal<Option<PushView>>,
    error: RwSignal<Option<ApiError>>,
    /// The browser's push service did not answer.
    failed: RwSignal<bool>,
    pending: RwSignal<bool>,
    refresh: Refresh,
    toasts: Toasts,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "a browser remembers who switched it on"))]
    me: Memo<MeView>,
}

impl Here {
    fn device(self) -> Option<PushDeviceView> {
        self.view.with(|view| view.as_ref()?.devices.iter().find(|device| device.current).cloned())
    }
}

/// The card.
#[component]
pub fn PushCard() -> impl IntoView {
    let t = use_texts();
    let here = Here {
        ability: RwSignal::new(None),
        view: RwSignal::new(None),
        error: RwSignal::new(None),
        failed: RwSignal::new(false),
        pending: RwSignal::new(false),
        refresh: use_refresh(["me"]),
        toasts: use_toasts(),
        me: use_me(),
    };
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        here.refresh.tick();
        look(here);
    });
    let others = move || here.view.with(|view| view.as_ref().is_some_and(|view| !view.devices.is_empty()));
    let list = move || here.view.with(|view| view.as_ref().map(|view| view.devices.clone()).unwrap_or_default());
    let retry = move || here.refresh.now();
    view! {
        <Card title=t.push_title()>
            <div class="stack">
                <p class="settings-note">{t.push_note()}</p>
                {move || match here.error.get() {
                    Some(error) => view! { <LoadError error=error retry=retry /> }.into_any(),
                    None => view! { <State here /> }.into_any(),
                }}
                <Show when=others>
                    <div class="push-devices">
                        <h3>{t.push_devices()}</h3>
                        <For each=list key=|device| format!("{device:?}") let:device>
                            <Device device here />
                        </For>
                    </div>
                </Show>
            </div>
        </Card>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn look(here: Here) {
    spawn_local(async move {
        let endpoint = current().await.map(|input| input.endpoint);
        let _ = here.ability.try_set(Some(ability()));
        match push_here(endpoint).await {
            Ok(view) => {
                let _ = here.view.try_set(Some(view));
                let _ = here.error.try_set(None);
            }
            Err(Fault(error)) => drop(here.error.try_set(Some(error))),
        }
    });
}

/// Word, colour, sign and what to do.
fn words(t: Texts, ability: Option<Ability>, on: bool, failed: bool) -> (String, Tone, IconName, String) {
    match ability {
        None => (t.push_looking(), Tone::Neutral, IconName::Bell, String::new()),
        Some(Ability::Denied) => (t.push_denied(), Tone::Warning, IconName::Warning, t.push_denied_note()),
        Some(Ability::Insecure) => (t.push_insecure(), Tone::Warning, IconName::Lock, t.push_insecure_note()),
        Some(Ability::NeedsInstall) => (t.push_install(), Tone::Info, IconName::Info, t.push_install_note()),
        Some(Ability::Unsupported) => {
            (t.push_unsupported(), Tone::Warning, IconName::Warning, t.push_unsupported_note())
        }
        Some(Ability::Ready) if on => (t.push_on(), Tone::Success, IconName::Check, String::new()),
        Some(Ability::Ready) if failed => (t.push_failed(), Tone::Danger, IconName::Alert, t.push_failed_note()),
        Some(Ability::Ready) => (t.push_off(), Tone::Neutral, IconName::Bell, t.push_off_note()),
    }
}

#[component]
fn State(here: Here) -> impl IntoView {
    let t = use_texts();
    let device = Memo::new(move |_| here.device());
    // Until the server has answered nobody knows whether it is on.
    let known =
        move || here.ability.get().filter(|ability| *ability != Ability::Ready || here.view.with(Option::is_some));
    let state = move || {
        let (word, tone, icon, note) = words(t, known(), device.with(Option::is_some), here.failed.get());
        view! {
            <Badge tone=tone icon=icon>{word}</Badge>
            {(!note.is_empty()).then(|| view! { <span>{note}</span> })}
        }
    };
    let turn_on = move || {
        #[cfg(feature = "hydrate")]
        {
            let Some(view) = here.view.get_untracked() else { return };
            here.pending.set(true);
            here.failed.set(false);
            spawn_local(async move {
                match subscribe(&view.key).await {
                    Ok(input) => match push_subscribe(input).await {
                        Ok(()) => {
                            if let Some(me) = here.me.try_get_untracked() {
                                mark(&me, Some(view.session));
                            }
                            here.toasts.success(t.push_turned_on());
                        }
                        Err(Fault(error)) => here.toasts.error(&error),
                    },
                    Err(Ability::Ready) => drop(here.failed.try_set(true)),
                    Err(other) => drop(here.ability.try_set(Some(other))),
                }
                let _ = here.pending.try_set(false);
                here.refresh.now();
            });
        }
    };
    let test = move |id: PushDeviceId| {
        here.pending.set(true);
        spawn_local(async move {
            match push_test(id).await {
                Ok(()) => here.toasts.info(t.push_test_sent()),
                Err(Fault(error)) => here.toasts.error(&error),
            }
            let _ = here.pending.try_set(false);
        });
    };
    let buttons = move || {
        match (known(), device.get()) {
        (Some(Ability::Ready), None) => view! {
            <Button icon=IconName::Bell pending=here.pending on_click=turn_on>{t.push_turn_on()}</Button>
        }
        .into_any(),
        (Some(Ability::Ready), Some(device)) => view! {
            <Button pending=here.pending on_click=move || test(device.id)>{t.push_test()}</Button>
            <Button variant=Variant::Ghost on_click=move || turn_off(here, t, device.id, true)>{t.push_turn_off()}</Button>
        }
        .into_any(),
        _ => ().into_any(),
    }
    };
    view! {
        <div class="push-state" role="status">
            <div class="push-words">{state}</div>
            <div class="line">{buttons}</div>
        </div>
    }
    .into_any()
}

/// Switches a device off; this one also forgets that it was on.
fn turn_off(here: Here, t: Texts, id: PushDeviceId, this: bool) {
    spawn_local(async move {
        match push_remove(id).await {
            Ok(()) => {
                #[cfg(feature = "hydrate")]
                if let Some(me) = here.me.try_get_untracked().filter(|_| this) {
                    mark(&me, None);
                }
                #[cfg(not(feature = "hydrate"))]
                let _ = this;
                here.toasts.success(t.push_turned_off());
            }
            Err(Fault(error)) => here.toasts.error(&error),
        }
        here.refresh.now();
    });
}

#[component]
fn Device(device: PushDeviceView, here: Here) -> impl IntoView {
    let t = use_texts();
    let words = device_text(t, &device.user_agent);
    let icon = if is_phone(self::device(&device.user_agent).1) { IconName::Phone } else { IconName::Globe };
    let (id, current) = (device.id, device.current);
    let last = match (device.used_at, device.failed.is_empty()) {
        (_, false) => view! { <span class="push-trouble">{t.push_device_failed(&device.failed)}</span> }.into_any(),
        (Some(at), true) => view! { {t.push_device_last()} " " <Time at=at /> }.into_any(),
        (None, true) => t.push_device_never().into_any(),
    };
    let end = match current {
        true => view! { <Badge tone=Tone::Success icon=IconName::Check>{t.push_device_here()}</Badge> }.into_any(),
        false => view! {
            <button
                type="button"
                class="button small"
                aria-label=t.push_device_remove_of(&words)
                on:click=move |_| turn_off(here, t, id, false)
            >
                <span class="button-text">{t.push_device_remove()}</span>
            </button>
        }
        .into_any(),
    };
    view! {
        <div class="row">
            <div class="row-start"><Icon name=icon /></div>
            <div class="row-text">
                <p class="row-title">{words}</p>
                <p class="row-note" title=device.user_agent>
                    {last} ", " {t.push_device_since()} " " <Time at=device.created_at style=TimeStyle::Full />
                </p>
            </div>
            <div class="row-end">{end}</div>
        </div>
    }
    .into_any()
}
