//! Inviting somebody: address and role, then the link to pass on.

use super::api::invites_create;
use super::words::{role_hint, role_text};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::session::use_me;
use crate::ui::*;
use domain::ApiError;
use domain::access::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// An invitation that was just made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    /// Who is invited.
    pub email: String,
    /// The link.
    pub link: String,
}

/// The dialog: the form first, then its result.
#[component]
pub fn InviteDialog(open: RwSignal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let made = RwSignal::new(None::<Made>);
    Effect::new(move |_| {
        if open.get() {
            made.set(None);
        }
    });
    let title =
        Signal::derive(
            move || if made.with(Option::is_some) { t.team_invite_done_title() } else { t.team_invite_title() },
        );
    view! {
        <Dialog open=open title=title>
            {move || match made.get() {
                None => view! { <InviteForm made=made open=open refresh=refresh /> }.into_any(),
                Some(invite) => view! {
                    <Result invite=invite />
                    <div class="dialog-actions">
                        <Button on_click=move || made.set(None)>{t.team_invite_more()}</Button>
                        <Button variant=Variant::Primary on_click=move || open.set(false)>{t.action_done()}</Button>
                    </div>
                }
                .into_any(),
            }}
        </Dialog>
    }
    .into_any()
}

#[component]
fn InviteForm(made: RwSignal<Option<Made>>, open: RwSignal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let by = use_me().with_untracked(|me| me.role);
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Seller);
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let (address, role) = (email.get_untracked(), role.get_untracked());
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = invites_create(address.clone(), role).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(invite) => {
                    let _ = made.try_set(Some(Made { email: address.trim().to_owned(), link: invite.link }));
                    refresh.after_change();
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    let choice = move |this: Role| {
        view! {
            <label class="choice-card">
                <input
                    type="radio"
                    name="role"
                    value=this.as_str()
                    checked=role.get_untracked() == this
                    prop:checked=move || role.get() == this
                    on:change=move |_| role.set(this)
                />
                <span>{role_text(t, this)}<small>{role_hint(t, this)}</small></span>
            </label>
        }
    };
    let choices = Role::ALL.iter().copied().filter(|role| by.may_grant(*role)).map(choice).collect_view();
    view! {
        <Form on_submit=submit error=error>
            <Field name="email" id="invite-email" label=t.team_invite_email() help=t.team_invite_email_help() required=true>
                <Input value=email kind="email" autocomplete="off" input_mode="email" autofocus=true />
            </Field>
            <fieldset class="choice-cards">
                <legend class="field-label">{t.team_invite_role()}</legend>
                {choices}
            </fieldset>
            <FormError />
            <div class="dialog-actions">
                <Button on_click=move || open.set(false)>{t.action_cancel()}</Button>
                <Button variant=Variant::Primary submit=true pending=pending>{t.team_invite_submit()}</Button>
            </div>
        </Form>
    }
    .into_any()
}

/// The link of an invitation, to copy.
#[component]
pub(super) fn Result(invite: Made) -> impl IntoView {
    let t = use_texts();
    let demo = use_me().with_untracked(|me| me.demo);
    view! {
        <div class="stack">
            <p>{t.team_invite_done_text(invite.email)}</p>
            <CopyField value=invite.link label=t.team_invite_link() />
            {demo.then(|| view! { <p class="quiet">{t.team_invite_done_demo()}</p> })}
        </div>
    }
    .into_any()
}
