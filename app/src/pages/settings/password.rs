//! Changing one's password.

use super::api::profile_password;
use crate::door::Fault;
use crate::i18n::{error_text, use_texts};
use crate::session::use_me;
use crate::ui::*;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Least characters, as the services demand; only for the help line.
const LEAST: usize = 10;

/// The form.
#[component]
pub fn PasswordForm() -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let toasts = use_toasts();
    let current = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let missing = if current.with_untracked(String::is_empty) { Some("current_password") } else { None };
        if let Some(field) = missing {
            error.set(Some(ApiError::new(ErrorCode::Required).field(field)));
            return;
        }
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = profile_password(current.get_untracked(), new.get_untracked()).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    let _ = current.try_set(String::new());
                    let _ = new.try_set(String::new());
                    toasts.success(t.settings_password_changed());
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    // The general words about a wrong sign-in speak of an e-mail, which is not asked here.
    let wrong = Signal::derive(move || {
        let error = error.get().filter(|error| error.field.as_deref() == Some("current_password"))?;
        Some(if error.code == ErrorCode::WrongCredentials {
            t.settings_password_wrong()
        } else {
            error_text(t, &error)
        })
    });
    view! {
        <Form on_submit=submit error=error>
            <p class="settings-note">{t.settings_password_note()}</p>
            // For the password manager: whose password it is.
            <input
                class="visually-hidden"
                type="email"
                autocomplete="username"
                readonly
                tabindex="-1"
                aria-hidden="true"
                value=me.with_untracked(|me| me.email.clone())
            />
            <FieldRow>
                <Field name="current_password" label=t.settings_password_current() error=wrong required=true>
                    <Input value=current kind="password" autocomplete="current-password" />
                </Field>
                <Field name="password" label=t.settings_password_new() help=t.settings_password_help(LEAST.to_string()) required=true>
                    <Input value=new kind="password" autocomplete="new-password" />
                </Field>
            </FieldRow>
            <FormActions>
                <Button submit=true pending=pending>{t.settings_password_submit()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    #[test]
    fn the_help_line_tells_the_truth() {
        assert_eq!(super::LEAST, services::accounts::MIN_PASSWORD);
    }
}
