//! The second factor in the settings: how it stands with oneself, and whether the organisation demands it. Setting up is
//! done on a page of its own, without a script.

use super::api::{organisation_factor, organisation_require_factor, profile_second_factor};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::session::use_me;
use crate::ui::*;
use domain::access::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// «Вход по коду» of the profile.
#[component]
pub fn OwnFactor() -> impl IntoView {
    let t = use_texts();
    let state = Resource::new(|| (), |()| profile_second_factor());
    view! {
        <Card title=t.factor_title()>
            <Loaded resource=state skeleton=|| view! { <Skeleton shape=SkeletonShape::Text count=1 /> } let:state>
                {
                    let words = if state.on { t.factor_on(state.codes_left) } else { t.factor_lead() };
                    let verb = if state.on { t.factor_manage() } else { t.factor_begin() };
                    view! {
                        <p class="settings-line">
                            <span>{words}</span>
                            <a class="button" href="/second-factor" rel="external"><span class="button-text">{verb}</span></a>
                        </p>
                    }
                }
            </Loaded>
        </Card>
    }
    .into_any()
}

/// The demand of the organisation; owners may change it.
#[component]
pub fn DemandedFactor() -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let toasts = use_toasts();
    let state = Resource::new(|| (), |()| organisation_factor());
    let mine = Signal::derive(move || me.with(|me| me.role == Role::Owner));
    view! {
        <Card title=t.factor_title()>
            <Loaded resource=state skeleton=|| view! { <Skeleton shape=SkeletonShape::Text count=1 /> } let:required>
                {
                    let on = RwSignal::new(required);
                    let save = move |wanted: bool| {
                        on.set(wanted);
                        spawn_local(async move {
                            if let Err(Fault(error)) = organisation_require_factor(wanted).await {
                                toasts.error(&error);
                                let _ = on.try_set(!wanted);
                            }
                        });
                    };
                    view! {
                        <Switch
                            checked=on
                            on_change=save
                            disabled=Signal::derive(move || !mine.get())
                            label=t.factor_demand()
                            note=t.factor_demand_note()
                        />
                    }
                }
            </Loaded>
        </Card>
    }
    .into_any()
}
