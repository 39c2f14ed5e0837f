//! The page of all connections: those that are, and those that can be made.

use super::api::{connections_list, connections_providers};
use super::facts::{FactWarnings, LastError, Pulse, Quiet, fact};
use super::state::{Hands, OnOff, StateBadge};
use super::words::{provider_hint, provider_icon, provider_name};
use crate::format::phone;
use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{Followed, Refresh, use_refresh};
use crate::session::use_may;
use crate::ui::{Button, EmptyState, Icon, IconName, LinkButton, Skeleton, SkeletonShape, Variant};
use domain::access::Permission;
use domain::ids::ConnectionId;
use domain::views::{ConnectionState, ConnectionView, ProviderView};
use leptos::prelude::*;

/// Connections and what can be connected.
#[component]
pub fn ConnectionsPage() -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["connections", "jobs"]);
    let list = Resource::new(move || refresh.tick(), |_| connections_list());
    let providers = Resource::new(|| (), |()| connections_providers());
    let tiles = || view! { <Skeleton shape=SkeletonShape::Tiles count=3 /> }.into_any();
    view! {
        <Screen title=t.nav_connections()>
            <Followed resource=list skeleton=tiles let:list>
                <Connected list refresh />
            </Followed>
            <Followed resource=providers skeleton=tiles let:providers>
                <Possible providers />
            </Followed>
        </Screen>
    }
    .into_any()
}

#[component]
fn Connected(list: Signal<Vec<ConnectionView>>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let ids = Memo::new(move |_| list.with(|list| list.iter().map(|connection| connection.id).collect::<Vec<_>>()));
    let card = move |id: ConnectionId| {
        let connection =
            Signal::derive(move || list.with(|list| list.iter().find(|connection| connection.id == id).cloned()));
        view! { <ConnectionCard id connection refresh /> }
    };
    let nothing = move || {
        ids.with(Vec::is_empty).then(|| {
            view! { <EmptyState icon=IconName::Connections title=t.connections_empty() hint=t.connections_empty_hint() compact=true /> }
        })
    };
    view! {
        <div class="connection-grid">
            <For each=move || ids.get() key=|id| *id children=card />
        </div>
        {nothing}
    }
    .into_any()
}

#[component]
fn ConnectionCard(id: ConnectionId, connection: Signal<Option<ConnectionView>>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let hands = Hands::new(id, connection, refresh);
    let manages = use_may(Permission::ConnectionsManage);
    let seen = Memo::new(move |_| connection.get());
    let face = move || {
        let connection = seen.get()?;
        let number = phone(fact(&connection, "display_phone_number").unwrap_or(&connection.account));
        let icon = provider_icon(&connection.provider);
        Some(view! {
            <header class="connection-head">
                <span class="connection-sign"><Icon name=icon size=18 /></span>
                <div>
                    <h2><a class="row-link" href=format!("/connections/{id}")>{connection.name.clone()}</a></h2>
                    <small class="quiet">{number}</small>
                </div>
                <StateBadge state=connection.state />
            </header>
            <Pulse connection=connection.clone() />
            <Quiet connection=connection.clone() />
            <FactWarnings connection=connection.clone() />
            <LastError connection=connection.clone() />
        })
    };
    let main = move || {
        let state = seen.with(|connection| connection.as_ref().map(|connection| connection.state));
        let words = if state == Some(ConnectionState::Setup) { t.connections_continue() } else { t.action_edit() };
        view! { <LinkButton href=format!("/connections/{id}") small=true>{words}</LinkButton> }
    };
    let attention = move || {
        seen.with(|c| c.as_ref().is_some_and(|c| matches!(c.state, ConnectionState::Reauth | ConnectionState::Setup)))
    };
    view! {
        <section class="card connection-card" class:attention=attention>
            {face}
            <Show when=move || manages.get()>
                <footer class="connection-actions">
                    <Button small=true icon=IconName::Refresh pending=hands.checking() on_click=move || hands.check()>{t.action_check()}</Button>
                    {main}
                    <span class="push"><OnOff hands /></span>
                </footer>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn Possible(providers: Signal<Vec<ProviderView>>) -> impl IntoView {
    let t = use_texts();
    let manages = use_may(Permission::ConnectionsManage);
    let one = move |provider: ProviderView| {
        let hint = provider_hint(t, &provider.id);
        view! {
            <section class="card connection-card possible">
                <header class="connection-head">
                    <span class="connection-sign"><Icon name=provider_icon(&provider.id) size=18 /></span>
                    <div>
                        <h2>{provider_name(t, &provider.id, &provider.name)}</h2>
                        <small class="quiet">{hint}</small>
                    </div>
                </header>
                <footer class="connection-actions">
                    <LinkButton href=format!("/connections/new/{}", provider.id) variant=Variant::Primary small=true icon=IconName::Plus>
                        {t.action_connect()}
                    </LinkButton>
                </footer>
            </section>
        }
    };
    view! {
        <Show when=move || manages.get()>
            <h2 class="connection-possible">{t.connections_possible()}</h2>
            <div class="connection-grid">{move || providers.get().into_iter().map(one).collect_view()}</div>
        </Show>
    }
    .into_any()
}
