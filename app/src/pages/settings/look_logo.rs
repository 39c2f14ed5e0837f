//! The logo: what it is now, another one, or none.

use super::api::look_logo_remove;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::upload::upload_to;
use crate::session::{use_may, use_me};
use crate::ui::*;
use domain::ApiError;
use domain::access::Permission;
use domain::views::logo_address;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Largest picture taken, as the server takes it.
const MAX_BYTES: u64 = 4 << 20;

/// «Логотип».
#[component]
pub fn LogoCard() -> impl IntoView {
    let t = use_texts();
    let (me, toasts, may) = (use_me(), use_toasts(), use_may(Permission::SettingsManage));
    let name = Signal::derive(move || me.with(|me| me.organisation.name.clone()));
    let logo =
        Memo::new(move |_| me.with(|me| me.organisation.logo.map(|logo| logo_address(me.organisation.id, logo))));
    let files = RwSignal::new(Vec::<Picked>::new());
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(picked) = files.with(|files| files.first().cloned()) else { return };
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        error.set(None);
        spawn_local(async move {
            match upload_to("/api/look/logo", &picked.file).await {
                Ok(_) => toasts.success(t.look_logo_set()),
                Err(why) => drop(error.try_set(Some(why))),
            }
            let _ = pending.try_set(false);
            let _ = files.try_set(Vec::new());
        });
    });
    let remove = move || {
        spawn_local(async move {
            match look_logo_remove().await {
                Ok(()) => toasts.success(t.look_logo_removed()),
                Err(Fault(error)) => toasts.error(&error),
            }
        });
    };
    let words = Signal::derive(move || error.get().map(|error| crate::i18n::error_text(t, &error)));
    let another = move || {
        may.get().then(|| {
            view! {
                <Field name="logo" label=t.look_logo_another() help=t.look_logo_help() error=words>
                    <FileDrop files=files accept="image/png,image/jpeg,image/webp" max_bytes=MAX_BYTES />
                </Field>
            }
        })
    };
    let away = move || {
        (may.get() && logo.get().is_some())
            .then(|| view! { <Button small=true on_click=remove>{t.look_logo_remove()}</Button> })
    };
    view! {
        <Card title=t.look_logo()>
            <div class="look-logo">
                <OrganisationSign name=name logo=logo />
                <p class="settings-note">
                    {move || if logo.get().is_some() { t.look_logo_is() } else { t.look_logo_none() }}
                </p>
                {away}
            </div>
            {another}
        </Card>
    }
    .into_any()
}
