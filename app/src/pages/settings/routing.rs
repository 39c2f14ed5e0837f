//! How chats find their member, and when quiet ones are closed.

use super::draft::{Draft, DraftForm, use_organisation};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::routing::{Routing, RoutingMode};
use domain::views::{OrganisationInput, OrganisationSettings};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use texts::Texts;

/// The tab.
#[component]
pub fn RoutingSettings() -> impl IntoView {
    let loaded = use_organisation();
    view! {
        <Loaded resource=loaded skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=4 /> } let:organisation>
            <RoutingForm draft=Draft::new(organisation, loaded) />
        </Loaded>
    }
    .into_any()
}

/// The word of a way to give chats out.
pub fn routing_mode_text(t: Texts, mode: RoutingMode) -> String {
    match mode {
        RoutingMode::Hand => t.settings_routing_hand(),
        RoutingMode::First => t.settings_routing_first(),
        RoutingMode::Equal => t.settings_routing_equal(),
        RoutingMode::Load => t.settings_routing_load(),
    }
}

/// What it means, under the choice.
fn mode_note(t: Texts, mode: RoutingMode) -> String {
    match mode {
        RoutingMode::Hand => t.settings_routing_hand_note(),
        RoutingMode::First => t.settings_routing_first_note(),
        RoutingMode::Equal => t.settings_routing_equal_note(),
        RoutingMode::Load => t.settings_routing_load_note(),
    }
}

#[component]
fn RoutingForm(draft: Draft) -> impl IntoView {
    let t = use_texts();
    let (mode, capacity) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (returning, days) = (RwSignal::new(true), RwSignal::new(String::new()));
    let silent = RwSignal::new(String::new());
    Effect::new(move |_| {
        let stored = draft.settings().routing;
        mode.set(stored.mode.as_str().to_owned());
        capacity.set(stored.capacity.to_string());
        returning.set(stored.returning);
        silent.set(stored.silent_after_minutes.to_string());
        days.set(stored.close_after_days.to_string());
    });
    let number = |text: RwSignal<String>, field: &str| {
        let typed = text.get();
        let typed = if typed.trim().is_empty() { "0".to_owned() } else { typed };
        typed.trim().parse::<i64>().map_err(|_| ApiError::new(ErrorCode::NotAllowed).field(field))
    };
    let read = move || -> Result<Routing, ApiError> {
        Ok(Routing {
            mode: mode.with(|mode| mode.parse()).unwrap_or(RoutingMode::First),
            capacity: number(capacity, "settings.routing.capacity")?,
            returning: returning.get(),
            silent_after_minutes: number(silent, "settings.routing.silent_after_minutes")?,
            close_after_days: number(days, "settings.routing.close_after_days")?,
        })
    };
    let dirty = Signal::derive(move || !mode.with(String::is_empty) && read() != Ok(draft.settings().routing));
    let submit = move || match untrack(read) {
        Ok(routing) => {
            let settings = OrganisationSettings { routing, ..untrack(|| draft.settings()) };
            draft.save(OrganisationInput { settings, ..draft.input() });
        }
        Err(error) => draft.refuse(error),
    };
    let choices: Vec<Choice> =
        RoutingMode::ALL.iter().map(|mode| Choice::new(mode.as_str(), routing_mode_text(t, *mode))).collect();
    let note =
        Signal::derive(move || mode.with(|mode| mode.parse()).map(|mode| mode_note(t, mode)).unwrap_or_default());
    let automatic = move || mode.with(|mode| mode.parse::<RoutingMode>().is_ok_and(RoutingMode::is_automatic));
    view! {
        <DraftForm draft=draft dirty=dirty on_submit=submit>
            <Field name="settings.routing.mode" label=t.settings_routing_mode()>
                <Select value=mode choices=choices />
            </Field>
            <p class="quiet">{move || note.get()}</p>
            <Show when=automatic>
                <Field name="settings.routing.capacity" label=t.settings_routing_capacity() help=t.settings_routing_capacity_help()>
                    <Input value=capacity input_mode="numeric" max_length=4 />
                </Field>
                <Field name="settings.routing.silent_after_minutes" label=t.settings_routing_silent() help=t.settings_routing_silent_help()>
                    <Input value=silent input_mode="numeric" max_length=4 suffix=t.settings_routing_minutes() />
                </Field>
                <Checkbox checked=returning label=t.settings_routing_returning() note=t.settings_routing_returning_note() />
            </Show>
            <Field name="settings.routing.close_after_days" label=t.settings_routing_close() help=t.settings_routing_close_help()>
                <Input value=days input_mode="numeric" max_length=3 suffix=t.settings_routing_days() />
            </Field>
        </DraftForm>
    }
    .into_any()
}
