//! Creating an API key: name, rights, how long it works; then its secret, once.

use super::api::keys_create;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::pages::team::permission_text;
use crate::session::use_me;
use crate::ui::*;
use domain::access::Permission;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

const DAY_MS: i64 = 86_400_000;

/// The dialog: the form first, then the secret.
#[component]
pub fn KeyDialog(open: RwSignal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let secret = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if !open.get() {
            secret.set(None);
        }
    });
    let title = Signal::derive(move || {
        if secret.with(Option::is_some) { t.settings_key_created_title() } else { t.settings_key_new() }
    });
    view! {
        <Dialog open=open title=title>
            {move || match secret.get() {
                None => view! { <KeyForm secret=secret open=open refresh=refresh /> }.into_any(),
                Some(key) => view! { <Secret key=key open=open /> }.into_any(),
            }}
        </Dialog>
    }
    .into_any()
}

#[component]
fn KeyForm(secret: RwSignal<Option<String>>, open: RwSignal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let now = use_now();
    let name = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let chosen = RwSignal::new(BTreeSet::<Permission>::new());
    let days = RwSignal::new(String::new());
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let terms = [
        ("", t.settings_key_expires_never()),
        ("30", t.settings_key_expires_30()),
        ("90", t.settings_key_expires_90()),
        ("365", t.settings_key_expires_365()),
    ];
    let terms: Vec<Choice> = terms.into_iter().map(|(value, label)| Choice::new(value, label)).collect();
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let scopes = match all.get_untracked() {
            true => "*".to_owned(),
            false => {
                chosen.with_untracked(|chosen| chosen.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(","))
            }
        };
        let expires_at =
            days.with_untracked(|days| days.parse::<i64>().ok()).map(|days| now.get_untracked() + days * DAY_MS);
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = keys_create(name.get_untracked(), scopes, expires_at).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(key) => {
                    let _ = secret.try_set(Some(key.key));
                    refresh.after_change();
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    let missing = Signal::derive(move || {
        let empty = error.with(|error| {
            error.as_ref().is_some_and(|e| e.field.as_deref() == Some("scopes") && e.code == ErrorCode::Required)
        });
        (empty && !all.get() && chosen.with(BTreeSet::is_empty)).then(|| t.error_required())
    });
    view! {
        <Form on_submit=submit error=error>
            <Field name="name" id="key-name" label=t.settings_key_name() help=t.settings_key_name_help() required=true>
                <Input value=name max_length=100 autocomplete="off" autofocus=true />
            </Field>
            <fieldset class="stack scopes-choice">
                <legend class="field-label">{t.settings_key_scopes()}</legend>
                <Scopes all=all chosen=chosen />
                {move || missing.get().map(|text| view! { <p class="field-error" role="alert"><Icon name=IconName::Alert size=14 />{text}</p> })}
            </fieldset>
            <Field name="expires_at" id="key-expires" label=t.settings_key_expires()>
                <Select value=days choices=terms />
            </Field>
            <FormError />
            <div class="dialog-actions">
                <Button on_click=move || open.set(false)>{t.action_cancel()}</Button>
                <Button variant=Variant::Primary submit=true pending=pending>{t.settings_key_submit()}</Button>
            </div>
        </Form>
    }
    .into_any()
}

/// All rights, or a list to tick. Nobody gives a key more than they may do themselves.
#[component]
fn Scopes(all: RwSignal<bool>, chosen: RwSignal<BTreeSet<Permission>>) -> impl IntoView {
    let t = use_texts();
    let role = use_me().with_untracked(|me| me.role);
    let radio = move |label: String, note: Option<String>, this: bool| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="scopes"
                    checked=all.get_untracked() == this
                    prop:checked=move || all.get() == this
                    on:change=move |_| all.set(this)
                />
                <span class="check-text">{label}{note.map(|note| view! { <small>{note}</small> })}</span>
            </label>
        }
    };
    let scope = move |permission: Permission| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&permission))
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        chosen.update(|chosen| {
                            if on {
                                chosen.insert(permission);
                            } else {
                                chosen.remove(&permission);
                            }
                        });
                    }
                />
                <span class="check-text">{permission_text(t, permission)}<small class="mono">{permission.as_str()}</small></span>
            </label>
        }
    };
    let scopes = Permission::ALL.iter().copied().filter(|p| *p != Permission::OwnProfile && role.allows(*p));
    view! {
        {radio(t.settings_key_some(), None, false)}
        <div class="scopes" hidden=move || all.get()>{scopes.map(scope).collect_view()}</div>
        {radio(t.settings_key_all(), Some(t.settings_key_all_note()), true)}
    }
    .into_any()
}

#[component]
fn Secret(key: String, open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="stack">
            <Notice tone=Tone::Warning>{t.settings_key_created_text()}</Notice>
            <CopyField value=key label=t.settings_key_secret() />
            <p class="quiet">{t.settings_key_use()}</p>
            <code>"Authorization: Bearer …"</code>
        </div>
        <div class="dialog-actions">
            <Button variant=Variant::Primary on_click=move || open.set(false)>{t.action_done()}</Button>
        </div>
    }
    .into_any()
}
