//! State of a connection in words, and what a person can do with it: check, switch on and off.

use super::api::{connections_check, connections_switch};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::{Badge, ConfirmDialog, IconName, Switch, Toasts, Tone, use_toasts};
use domain::ids::ConnectionId;
use domain::views::{ConnectionState, ConnectionView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use texts::Texts;

/// After this a check counts as not answered.
const PATIENCE: Duration = Duration::from_secs(20);

/// The word of a state.
pub fn state_text(t: Texts, state: ConnectionState) -> String {
    match state {
        ConnectionState::Setup => t.connections_state_setup(),
        ConnectionState::Active => t.connections_state_active(),
        ConnectionState::Reauth => t.connections_state_reauth(),
        ConnectionState::Off => t.connections_state_off(),
    }
}

/// A state as icon, word and colour.
#[component]
pub fn StateBadge(
    /// The state.
    state: ConnectionState,
) -> impl IntoView {
    let t = use_texts();
    let (icon, tone) = match state {
        ConnectionState::Setup => (IconName::CircleDashed, Tone::Warning),
        ConnectionState::Active => (IconName::Success, Tone::Success),
        ConnectionState::Reauth => (IconName::Alert, Tone::Danger),
        ConnectionState::Off => (IconName::CircleSlash, Tone::Neutral),
    };
    view! { <Badge tone=tone icon=icon>{state_text(t, state)}</Badge> }
}

/// Working with one connection.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    id: ConnectionId,
    connection: Signal<Option<ConnectionView>>,
    refresh: Refresh,
    toasts: Toasts,
    texts: Texts,
    /// When it was last answered before the check under way.
    checking: RwSignal<Option<(Option<i64>, Option<i64>)>>,
    switching: RwSignal<bool>,
    asking: RwSignal<bool>,
    refused: RwSignal<u32>,
}

impl Hands {
    /// Call in the body of a component.
    pub fn new(id: ConnectionId, connection: Signal<Option<ConnectionView>>, refresh: Refresh) -> Self {
        let hands = Self {
            id,
            connection,
            refresh,
            toasts: use_toasts(),
            texts: use_texts(),
            checking: RwSignal::new(None),
            switching: RwSignal::new(false),
            asking: RwSignal::new(false),
            refused: RwSignal::new(0),
        };
        // The answer comes by the live stream.
        Effect::new(move |_| {
            let Some(before) = hands.checking.get() else { return };
            let Some(now) = connection.get() else { return };
            if (now.last_ok_at, now.last_error_at) != before {
                hands.checking.set(None);
                if now.last_error_at == before.1 {
                    hands.toasts.success(hands.texts.connections_checked(now.name));
                }
            }
        });
        hands
    }
    /// A check is under way.
    pub fn checking(self) -> Signal<bool> {
        Signal::derive(move || self.checking.get().is_some())
    }
    /// «Проверить».
    pub fn check(self) {
        let Some(now) = self.connection.get_untracked().filter(|_| self.checking.get_untracked().is_none()) else {
            return;
        };
        self.checking.set(Some((now.last_ok_at, now.last_error_at)));
        spawn_local(async move {
            match connections_check(self.id).await {
                Ok(()) => self.refresh.after_change(),
                Err(Fault(error)) => {
                    let _ = self.checking.try_set(None);
                    self.toasts.error(&error);
                }
            }
        });
        set_timeout(
            move || {
                if self.checking.try_update(Option::take).flatten().is_some() {
                    self.toasts.info(self.texts.connections_check_slow());
                }
            },
            PATIENCE,
        );
    }
    fn switch(self, on: bool) {
        if self.switching.get_untracked() {
            return;
        }
        self.switching.set(true);
        spawn_local(async move {
            let answer = connections_switch(self.id, on).await;
            let _ = self.switching.try_set(false);
            let _ = self.asking.try_set(false);
            match answer {
                Ok(()) => self.refresh.after_change(),
                Err(Fault(error)) => {
                    let _ = self.refused.try_update(|n| *n += 1);
                    self.toasts.error(&error);
                }
            }
        });
    }
}

/// On or off. Switching off is asked about, because what waits then stays.
#[component]
pub(super) fn OnOff(hands: Hands) -> impl IntoView {
    let t = use_texts();
    let state =
        Memo::new(move |_| hands.connection.with(|c| c.as_ref().map(|c| (c.state, c.name.clone(), c.waiting_jobs))));
    let on = Signal::derive(move || {
        state.with(|state| state.as_ref().is_some_and(|(state, ..)| *state != ConnectionState::Off))
    });
    // The switch moves at once; it moves back when the question is answered with no, or the change is refused.
    let shown = RwSignal::new(on.get_untracked());
    Effect::new(move |_| {
        hands.refused.track();
        let stored = on.get();
        if !hands.asking.get() {
            shown.set(stored);
        }
    });
    let wish = move |wanted: bool| {
        shown.set(wanted);
        if wanted { hands.switch(true) } else { hands.asking.set(true) }
    };
    let name = move || state.with(|state| state.as_ref().map(|(_, name, _)| name.clone()).unwrap_or_default());
    let title = Signal::derive(move || t.connections_off_title(name()));
    let text = Signal::derive(move || {
        let waiting = state.with(|state| state.as_ref().map_or(0, |(_, _, waiting)| *waiting));
        if waiting > 0 { t.connections_off_text_waiting(waiting) } else { t.connections_off_text() }
    });
    let label = t.connections_switch();
    view! {
        <Switch checked=shown on_change=wish label=label disabled=hands.switching />
        <ConfirmDialog
            open=hands.asking
            title=title
            text=text
            confirm=t.connections_off()
            danger=true
            pending=hands.switching
            on_confirm=move || hands.switch(false)
        />
    }
    .into_any()
}
