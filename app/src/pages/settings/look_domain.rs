//! The organisation's own address: naming it, what to set up for it, and how it stands.

use super::api::{look_domain, look_domain_check, look_domain_claim, look_domain_remove, settings_address};
use crate::door::{Answer, Fault};
use crate::i18n::use_texts;
use crate::live::use_hints;
use crate::session::use_may;
use crate::ui::*;
use domain::ApiError;
use domain::access::Permission;
use domain::views::DomainView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// «Свой адрес».
#[component]
pub fn OwnDomain() -> impl IntoView {
    let t = use_texts();
    let hints = use_hints(["settings"]);
    let state = Resource::new(move || hints.get(), |_| look_domain());
    let address = Resource::new(|| (), |()| settings_address());
    view! {
        <Card title=t.look_domain()>
            <Loaded resource=state skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=1 /> } let:state>
                {match state {
                    Some(domain) => view! { <Claimed domain address /> }.into_any(),
                    None => view! { <Claim /> }.into_any(),
                }}
            </Loaded>
        </Card>
    }
    .into_any()
}

/// Does something about the address and says what is wrong with it.
fn act(error: RwSignal<Option<ApiError>>, pending: RwSignal<bool>, work: impl Future<Output = Answer<()>> + 'static) {
    if pending.get_untracked() {
        return;
    }
    pending.set(true);
    error.set(None);
    spawn_local(async move {
        if let Err(Fault(why)) = work.await {
            let _ = error.try_set(Some(why));
        }
        let _ = pending.try_set(false);
    });
}

#[component]
fn Claim() -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::SettingsManage);
    let (host, error, pending) = (RwSignal::new(String::new()), RwSignal::new(None), RwSignal::new(false));
    let submit = move || act(error, pending, look_domain_claim(host.get_untracked()));
    move || match may.get() {
        false => view! { <p class="settings-note">{t.look_domain_none()}</p> }.into_any(),
        true => view! {
            <Form on_submit=submit error=error>
                <Field name="host" label=t.look_domain_name() help=t.look_domain_help()>
                    <Input value=host placeholder="pult.example.ru" input_mode="url" max_length=253 />
                </Field>
                <FormActions>
                    <Button variant=Variant::Primary submit=true pending=pending>{t.look_domain_claim()}</Button>
                </FormActions>
            </Form>
        }
        .into_any(),
    }
}

#[component]
fn Claimed(domain: DomainView, address: Resource<Answer<String>>) -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::SettingsManage);
    let (error, pending) = (RwSignal::new(None), RwSignal::new(false));
    let (tone, icon, words) = match (&domain.verified_at, domain.failure.as_str()) {
        (Some(_), _) => (Tone::Success, IconName::Check, t.look_domain_works()),
        (None, "") => (Tone::Info, IconName::Loader, t.look_domain_asked()),
        (None, _) => (Tone::Warning, IconName::Warning, t.look_domain_failed()),
    };
    let why = match domain.failure.as_str() {
        "" => None,
        "taken" => Some(t.look_domain_taken()),
        "private_address" => Some(t.look_domain_private()),
        "elsewhere" => Some(t.look_domain_elsewhere()),
        _ => Some(t.look_domain_silent()),
    };
    let checked = domain.checked_at;
    let steps = domain.verified_at.is_none().then(|| {
        let host = domain.host.clone();
        view! {
            <Loaded resource=address skeleton=|| () let:address>
                <ol class="look-steps">
                    <li>{t.look_domain_step_name(&host, bare(&address))}</li>
                    <li>{t.look_domain_step_proxy(&host)}</li>
                </ol>
            </Loaded>
        }
    });
    let actions = move || {
        may.get().then(|| {
            view! {
                <div class="form-actions">
                    <Button pending=pending on_click=move || act(error, pending, look_domain_check())>{t.look_domain_check()}</Button>
                    <Button on_click=move || act(error, pending, look_domain_remove())>{t.look_domain_remove()}</Button>
                </div>
            }
        })
    };
    view! {
        <div class="look-domain">
            <p class="look-domain-line"><code>{domain.host.clone()}</code> <Badge tone=tone icon=icon>{words}</Badge></p>
            {why.map(|why| view! { <p class="settings-note">{why}</p> })}
            {checked.map(|at| view! { <p class="settings-note">{t.look_domain_checked()} " " <Time at=at /></p> })}
            {steps}
            {move || error.get().map(|error| view! { <p class="field-error" role="alert">{crate::i18n::error_text(t, &error)}</p> })}
            {actions}
        </div>
    }
    .into_any()
}

/// An address without its scheme.
fn bare(address: &str) -> String {
    address.split("://").last().unwrap_or_default().to_owned()
}
