//! Settings: of the organisation (its own, its orders, API keys) and of the person (profile, sessions). Each part has an
//! address of its own. Owns what is shown and typed; what is allowed is decided by the services.

mod api;
mod clients;
mod deadlines;
mod device;
mod draft;
mod email;
mod health;
mod hours;
mod identities;
mod key_form;
mod keys;
mod look;
mod look_accent;
mod look_domain;
mod look_logo;
mod nodes;
mod notice;
mod orders;
mod organisation;
mod password;
mod profile;
mod push;
mod routing;
mod second_factor;
mod sessions;
mod zones;

pub use api::*;
pub use device::device_text;
pub use routing::routing_mode_text;
pub use zones::{currency_choices, zone_choices};

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::NotFound;
use crate::session::use_me;
use crate::ui::{Tab, Tabs, apart, settled};
use domain::access::{Permission, Role};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use texts::Texts;

/// The parts that somebody of this role sees: last word of the address, and name.
pub fn tabs(t: Texts, role: Role) -> Vec<(&'static str, String)> {
    let all = [
        ("organisation", t.settings_tab_organisation()),
        ("look", t.settings_tab_look()),
        ("orders", t.settings_tab_orders()),
        ("clients", t.settings_tab_clients()),
        ("chats", t.settings_tab_chats()),
        ("profile", t.settings_tab_profile()),
        ("sessions", t.settings_tab_sessions()),
        ("keys", t.settings_tab_keys()),
        ("health", t.health_tab()),
    ];
    all.into_iter().filter(|(key, _)| *key != "keys" || role.allows(Permission::KeysManage)).collect()
}

/// The page: one tab per part.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let t = use_texts();
    let params = use_params_map();
    let part = Memo::new(move |_| params.with(|params| params.get_str("tab").unwrap_or("organisation").to_owned()));
    let part = settled(part);
    let role = Memo::new({
        let me = use_me();
        move |_| me.with(|me| me.role)
    });
    let tabs = move || {
        let tab = |(key, label): (&str, String)| Tab::new(key, label).href(format!("/settings/{key}"));
        let tabs = tabs(t, role.get()).into_iter().map(tab).collect::<Vec<_>>();
        view! { <Tabs label=t.settings_tabs() tabs=tabs selected=part /> }
    };
    let body = move || match part.get().as_str() {
        "organisation" => apart(|| view! { <organisation::OrganisationSettings /> }.into_any()),
        "look" => apart(|| view! { <look::LookSettings /> }.into_any()),
        "orders" => apart(|| view! { <orders::OrderSettings /> }.into_any()),
        "clients" => apart(|| view! { <clients::ClientSettings /> }.into_any()),
        "chats" => apart(|| view! { <routing::RoutingSettings /> }.into_any()),
        "profile" => apart(|| view! { <profile::ProfileSettings /> }.into_any()),
        "sessions" => apart(|| view! { <sessions::SessionSettings /> }.into_any()),
        "keys" => apart(|| view! { <keys::KeySettings /> }.into_any()),
        "health" => apart(|| view! { <health::Health /> }.into_any()),
        _ => view! { <NotFound /> }.into_any(),
    };
    view! {
        <Screen title=t.nav_settings() narrow=true>
            {tabs}
            {body}
        </Screen>
    }
    .into_any()
}
