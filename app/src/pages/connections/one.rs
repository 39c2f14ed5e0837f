//! One connection: while it is set up a wizard of three steps, afterwards a page with everything about it.

use super::address::{AddressSteps, FirstEvent, Handshake, shaken_at};
use super::api::{connections_get, connections_providers, connections_templates};
use super::facts::{AccountFacts, FactWarnings, LastError, Pulse, Quiet, known};
use super::settings::SettingsForm;
use super::state::{Hands, OnOff, StateBadge};
use super::words::provider_name;
use crate::door::Answer;
use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::chats::template_status;
use crate::pages::lists::{Followed, Refresh, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::ids::ConnectionId;
use domain::views::{ConnectionSetup, ConnectionState, ProviderView, TemplateView};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

/// Steps of the wizard, as the address names them.
const STEPS: [&str; 3] = ["settings", "address", "event"];

fn step_names() -> Vec<String> {
    let t = use_texts();
    vec![t.connections_step_settings(), t.connections_step_address(), t.connections_step_event()]
}

/// The wizard for a new connection: its first step.
#[component]
pub fn NewConnectionPage() -> impl IntoView {
    let t = use_texts();
    let params = use_params_map();
    let wanted = Memo::new(move |_| params.with(|params| params.get_str("provider").unwrap_or_default().to_owned()));
    let providers = Resource::new(|| (), |()| connections_providers());
    let manages = use_may(Permission::ConnectionsManage);
    let navigate = use_navigate();
    let saved = Callback::new(move |setup: ConnectionSetup| {
        navigate(&format!("/connections/{}?step=address", setup.connection.id), Default::default());
    });
    let form = move |providers: Signal<Vec<ProviderView>>| {
        let provider = Memo::new(move |_| {
            let found = providers.with(|list| list.iter().find(|provider| *wanted.read() == provider.id).cloned());
            found.filter(|_| manages.get())
        });
        move || match provider.get() {
            Some(provider) => view! {
                <Card title=provider_name(t, &provider.id, &provider.name)>
                    <SettingsForm provider=provider on_saved=saved />
                </Card>
            }
            .into_any(),
            None => view! {
                <EmptyState icon=IconName::Connections title=t.connections_unknown()>
                    <LinkButton href="/connections">{t.connections_all()}</LinkButton>
                </EmptyState>
            }
            .into_any(),
        }
    };
    view! {
        <Screen title=t.connections_new() aside=back narrow=true>
            <Stepper steps=step_names() current=0usize />
            <Followed resource=providers skeleton=form_skeleton let:providers>{form(providers)}</Followed>
        </Screen>
    }
    .into_any()
}

fn back() -> AnyView {
    let t = use_texts();
    view! { <LinkButton href="/connections" variant=Variant::Ghost small=true icon=IconName::ArrowLeft>{t.connections_all()}</LinkButton> }
        .into_any()
}

fn form_skeleton() -> AnyView {
    view! { <Skeleton shape=SkeletonShape::Form /> }.into_any()
}

/// One connection: settings and set-up.
#[component]
pub fn ConnectionPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse::<ConnectionId>().ok())));
    let page = |id: Option<ConnectionId>| match id {
        Some(id) => view! { <One id /> }.into_any(),
        None => view! { <crate::pages::NotFound /> }.into_any(),
    };
    view! { <For each=move || [id.get()] key=|id| *id children=page /> }
}

#[component]
fn One(id: ConnectionId) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh([format!("connections:{id}"), "jobs".to_owned()]);
    let setup = Resource::new(move || refresh.tick(), move |_| connections_get(id));
    let providers = Resource::new(|| (), |()| connections_providers());
    let title = RwSignal::new(t.nav_connections());
    view! {
        <Screen title=title aside=back narrow=true>
            <Followed resource=setup skeleton=form_skeleton let:setup>
                <Shown id setup providers refresh />
            </Followed>
        </Screen>
    }
    .into_any()
}

#[component]
fn Shown(
    id: ConnectionId,
    setup: Signal<ConnectionSetup>,
    providers: Resource<Answer<Vec<ProviderView>>>,
    refresh: Refresh,
) -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let step = query.with(|query| query.get_str("step").unwrap_or_default().to_owned());
        STEPS.iter().position(|name| *name == step)
    });
    let state =
        Memo::new(move |_| setup.with(|setup| (setup.connection.state, shaken_at(&setup.connection).is_some())));
    // The wizard stays until its end is seen, also when the first event has already made the connection active.
    let step = Memo::new(move |_| match (asked.get(), state.get()) {
        (Some(step), _) => Some(step),
        (None, (ConnectionState::Setup, shaken)) => Some(if shaken { 2 } else { 1 }),
        (None, _) => None,
    });
    let manages = use_may(Permission::ConnectionsManage);
    move || match step.get().filter(|_| manages.get()) {
        Some(step) => view! { <Wizard id step setup providers /> }.into_any(),
        None => view! { <Details id setup providers refresh /> }.into_any(),
    }
}

fn step_href(id: ConnectionId, step: usize) -> String {
    format!("/connections/{id}?step={}", STEPS[step.min(STEPS.len() - 1)])
}

#[component]
fn Wizard(
    id: ConnectionId,
    step: usize,
    setup: Signal<ConnectionSetup>,
    providers: Resource<Answer<Vec<ProviderView>>>,
) -> impl IntoView {
    let t = use_texts();
    let navigate = use_navigate();
    let go = Callback::new(move |step: usize| navigate(&step_href(id, step), Default::default()));
    // Where no messages are waited for, a proven address is all there is to set up.
    let done = Memo::new(move |_| {
        setup
            .with(|setup| setup.connection.last_event_at.is_some() || setup.connection.state == ConnectionState::Active)
    });
    let shaken = Memo::new(move |_| setup.with(|setup| shaken_at(&setup.connection).is_some()));
    let (onward, onward_words) = super::words::onward(t, &setup.get_untracked().connection.provider);
    let onward_words = StoredValue::new(onward_words);
    let facts = move || {
        let connection = setup.with(|setup| setup.connection.clone());
        known(&connection).then(|| {
            let warned = connection.clone();
            view! {
                <Card title=t.connections_account()>
                    <div class="stack"><FactWarnings connection=warned /><AccountFacts connection=connection /></div>
                </Card>
            }
        })
    };
    let error = move || view! { <LastError connection=setup.with(|setup| setup.connection.clone()) /> };
    let body = match step {
        0 => view! { <Settings setup providers on_saved=move || go.run(1) /> }.into_any(),
        1 => view! {
            <Card title=t.connections_step_address()>
                <div class="stack">
                    <AddressSteps setup />
                    <Handshake setup />
                    {error}
                </div>
            </Card>
            <div class="form-actions">
                {move || {
                    let variant = if shaken.get() { Variant::Primary } else { Variant::Secondary };
                    view! { <LinkButton href=step_href(id, 2) variant=variant>{t.action_next()}</LinkButton> }
                }}
                <LinkButton href=step_href(id, 0) variant=Variant::Ghost>{t.action_back()}</LinkButton>
            </div>
            {facts}
        }
        .into_any(),
        _ => view! {
            <Card title=t.connections_step_event()>
                <div class="stack">
                    <Handshake setup />
                    <FirstEvent setup />
                    {error}
                </div>
            </Card>
            <div class="form-actions">
                <Show when=move || done.get()>
                    <LinkButton href=onward variant=Variant::Primary>{onward_words.get_value()}</LinkButton>
                    <LinkButton href=format!("/connections/{id}")>{t.action_done()}</LinkButton>
                </Show>
                <Show when=move || !done.get()>
                    <LinkButton href="/connections">{t.connections_later()}</LinkButton>
                </Show>
                <LinkButton href=step_href(id, 1) variant=Variant::Ghost>{t.action_back()}</LinkButton>
            </div>
            {facts}
        }
        .into_any(),
    };
    view! {
        <Stepper steps=step_names() current=step on_select=go />
        {body}
    }
    .into_any()
}

/// The form, once the provider's needs are known.
#[component]
fn Settings(
    setup: Signal<ConnectionSetup>,
    providers: Resource<Answer<Vec<ProviderView>>>,
    #[prop(into)] on_saved: Callback<()>,
) -> impl IntoView {
    let t = use_texts();
    let saved = Callback::new(move |_: ConnectionSetup| on_saved.run(()));
    let form = move |providers: Signal<Vec<ProviderView>>| {
        let connection = setup.get_untracked().connection;
        let provider = providers.get_untracked().into_iter().find(|provider| provider.id == connection.provider);
        provider.map(|provider| view! { <SettingsForm provider=provider connection=Some(connection) on_saved=saved /> })
    };
    view! {
        <Card title=t.connections_step_settings()>
            <Followed resource=providers skeleton=form_skeleton let:providers>{form(providers)}</Followed>
        </Card>
    }
    .into_any()
}

#[component]
fn Details(
    id: ConnectionId,
    setup: Signal<ConnectionSetup>,
    providers: Resource<Answer<Vec<ProviderView>>>,
    refresh: Refresh,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let connection = Memo::new(move |_| setup.with(|setup| setup.connection.clone()));
    let hands = Hands::new(id, Signal::derive(move || Some(connection.get())), refresh);
    let manages = use_may(Permission::ConnectionsManage);
    let head = move || {
        let connection = connection.get();
        view! {
            <header class="connection-head">
                <span class="connection-sign"><Icon name=super::words::provider_icon(&connection.provider) size=18 /></span>
                <div>
                    <h2>{connection.name.clone()}</h2>
                    <small class="quiet">{connection.account.clone()}</small>
                </div>
                <StateBadge state=connection.state />
            </header>
            <div class="connection-columns">
                <Pulse connection=connection.clone() />
                <AccountFacts connection=connection.clone() />
            </div>
            {(connection.state == ConnectionState::Reauth).then(|| view! { <Notice tone=Tone::Danger>{t.connections_reauth_hint()}</Notice> })}
            <Quiet connection=connection.clone() />
            <FactWarnings connection=connection.clone() />
            <LastError connection=connection />
        }
    };
    let saved = move || {
        toasts.success(t.state_saved());
        refresh.after_change();
    };
    view! {
        <section class="card connection-card">
            {head}
            <Show when=move || manages.get()>
                <footer class="connection-actions">
                    <Button small=true icon=IconName::Refresh pending=hands.checking() on_click=move || hands.check()>{t.action_check()}</Button>
                    <span class="push"><OnOff hands /></span>
                </footer>
            </Show>
        </section>
        <Show when=move || manages.get()>
            <Card title=t.connections_step_address()>
                <div class="stack">
                    <AddressSteps setup />
                    <Handshake setup />
                    <FirstEvent setup />
                </div>
            </Card>
            <Settings setup providers on_saved=saved />
        </Show>
        <Templates id refresh />
    }
    .into_any()
}

/// Templates the provider has approved, and those it has not.
#[component]
fn Templates(id: ConnectionId, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let templates = Resource::new(move || refresh.tick(), move |_| connections_templates(id));
    let row = move |template: TemplateView| {
        let approved = template.status.eq_ignore_ascii_case("approved");
        let (icon, tone) = if approved { (IconName::Success, Tone::Success) } else { (IconName::Clock, Tone::Warning) };
        let word = template_status(t, &template.status);
        view! {
            <li class="row">
                <div class="row-text">
                    <p class="row-title"><code>{template.name}</code>" "<small class="quiet">{template.language}</small></p>
                    <p class="row-note">{template.body}</p>
                </div>
                <div class="row-end"><Badge tone=tone icon=icon>{word}</Badge></div>
            </li>
        }
    };
    let list = move |templates: Signal<Vec<TemplateView>>| {
        move || {
            let list = templates.get();
            (!list.is_empty()).then(|| {
                view! { <Card title=t.connections_templates() flush=true><ul>{list.into_iter().map(row).collect_view()}</ul></Card> }
            })
        }
    };
    view! { <Followed resource=templates skeleton=|| ().into_any() let:templates>{list(templates)}</Followed> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::Id;

    #[test]
    fn steps_have_addresses() {
        let id = ConnectionId::make(0, &[0; 10]);
        assert!(step_href(id, 1).ends_with("?step=address"));
        assert!(step_href(id, 9).ends_with("?step=event"));
    }
}
