//! One's e-mail: confirmed or not, and the letter again.

use super::api::profile_confirm;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::session::use_me;
use crate::ui::*;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Address and state.
#[component]
pub fn EmailState() -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let toasts = use_toasts();
    let pending = RwSignal::new(false);
    let confirmed = Memo::new(move |_| me.with(|me| me.email_confirmed));
    let resend = move || {
        let demo = me.with_untracked(|me| me.demo);
        pending.set(true);
        spawn_local(async move {
            match profile_confirm().await {
                Ok(()) if demo => toasts.success(t.settings_email_sent_demo()),
                Ok(()) => toasts.success(t.settings_email_sent()),
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
        });
    };
    let state = move || match confirmed.get() {
        true => {
            view! { <Badge tone=Tone::Success icon=IconName::Success>{t.settings_email_confirmed()}</Badge> }.into_any()
        }
        false => view! { <Badge tone=Tone::Warning icon=IconName::Warning>{t.settings_email_unconfirmed()}</Badge> }
            .into_any(),
    };
    let ask = move || {
        (!confirmed.get()).then(|| {
            view! {
                <p class="field-help">{t.settings_email_unconfirmed_text()}</p>
                <div><Button small=true icon=IconName::Mail pending=pending on_click=resend>{t.settings_email_resend()}</Button></div>
            }
        })
    };
    view! {
        <div class="email-state">
            <span class="field-label">{t.settings_email()}</span>
            <p class="line"><span>{move || me.with(|me| me.email.clone())}</span>{state}</p>
            {ask}
        </div>
    }
    .into_any()
}
