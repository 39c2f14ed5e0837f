//! Invitations nobody has accepted yet. The link itself is known only when it is made, so copying it again means a new one.

use super::api::{invites_create, invites_list, invites_revoke};
use super::invite::{Made, Result};
use super::words::role_text;
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{ConfirmAction, Doing, Refresh};
use crate::session::use_me;
use crate::ui::*;
use domain::views::InviteView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list; nothing at all when nobody is waited for.
#[component]
pub fn Invites(refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let invites = Resource::new(move || refresh.tick(), |_| invites_list());
    let made = RwSignal::new(None::<Made>);
    let made_open = RwSignal::new(false);
    let revoking = RwSignal::new(None::<InviteView>);
    Effect::new(move |_| {
        if made.with(Option::is_some) {
            made_open.set(true);
        }
    });
    let list = move |list: Vec<InviteView>| {
        (!list.is_empty()).then(move || {
            let rows = list
                .into_iter()
                .map(move |invite| view! { <InviteRow invite=invite made=made revoking=revoking refresh=refresh /> });
            view! { <Card title=t.team_invites() flush=true>{rows.collect_view()}</Card> }
        })
    };
    view! {
        <Loaded resource=invites skeleton=|| () let:data>{list(data)}</Loaded>
        <Dialog open=made_open title=t.team_invite_done_title()>
            {move || made.get().map(|invite| view! { <Result invite=invite /> })}
            <div class="dialog-actions">
                <Button variant=Variant::Primary on_click=move || made_open.set(false)>{t.action_done()}</Button>
            </div>
        </Dialog>
        <RevokeDialog invite=revoking refresh=refresh />
    }
    .into_any()
}

#[component]
fn InviteRow(
    invite: InviteView,
    made: RwSignal<Option<Made>>,
    revoking: RwSignal<Option<InviteView>>,
    refresh: Refresh,
) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let toasts = use_toasts();
    let pending = RwSignal::new(false);
    let may = use_me().with_untracked(|me| me.role.may_grant(invite.role));
    let note = t.team_invite_note(role_text(t, invite.role), format.date(invite.expires_at));
    let again = {
        let (email, role) = (invite.email.clone(), invite.role);
        move || {
            let email = email.clone();
            pending.set(true);
            spawn_local(async move {
                match invites_create(email.clone(), role).await {
                    Ok(invite) => drop(made.try_set(Some(Made { email, link: invite.link }))),
                    Err(Fault(error)) => toasts.error(&error),
                }
                let _ = pending.try_set(false);
                refresh.after_change();
            });
        }
    };
    let title = invite.email.clone();
    let end = move || {
        let (again, invite) = (again.clone(), invite.clone());
        may.then(|| {
            view! {
                <Button small=true icon=IconName::Link pending=pending on_click=again>{t.team_invite_again()}</Button>
                <Button small=true variant=Variant::Ghost on_click=move || revoking.set(Some(invite.clone()))>{t.team_invite_revoke()}</Button>
            }
        })
    };
    view! { <ListRow title=title note=note start=|| view! { <Icon name=IconName::Mail /> } end=end /> }.into_any()
}

#[component]
fn RevokeDialog(invite: RwSignal<Option<InviteView>>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if invite.with(Option::is_some) {
            open.set(true);
        }
    });
    let text = Signal::derive(move || {
        invite.with(|i| i.as_ref().map(|i| t.team_invite_revoke_text(&i.email)).unwrap_or_default())
    });
    let revoke = move |()| {
        let chosen = invite.get_untracked()?;
        let doing: Doing = Box::pin(async move {
            invites_revoke(chosen.id).await?;
            Ok(t.team_invite_revoked(chosen.email))
        });
        Some(doing)
    };
    view! {
        <ConfirmAction
            open=open
            title=t.team_invite_revoke_title()
            text=text
            confirm=t.team_invite_revoke()
            refresh=refresh
            action=revoke
        />
    }
    .into_any()
}
