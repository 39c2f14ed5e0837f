//! A member's role in the table: a choice for whoever may give it, else a word. Changing one's own role asks first.

use super::api::members_role;
use super::words::role_text;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::{ConfirmAction, Doing, Refresh};
use crate::session::use_me;
use crate::ui::*;
use domain::access::{Permission, Role};
use domain::views::MemberView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Roles somebody with this role may give, as choices.
pub(super) fn grantable(t: texts::Texts, by: Role) -> Vec<Choice> {
    let may = Role::ALL.iter().filter(|role| by.may_grant(**role));
    may.map(|role| Choice::new(role.as_str(), role_text(t, *role))).collect()
}

/// The role of one member.
#[component]
pub(super) fn RoleCell(
    /// Whose role.
    member: MemberView,
    /// It is one's own.
    mine: bool,
    /// Role of whoever looks.
    by: Role,
    /// Set to ask before one's own role changes.
    own: RwSignal<Option<Role>>,
    /// Told after a change.
    refresh: Refresh,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let may = by.allows(Permission::MembersManage) && by.may_grant(member.role) && member.active;
    if !may {
        return view! { <span>{role_text(t, member.role)}</span> }.into_any();
    }
    let chosen = RwSignal::new(member.role.as_str().to_owned());
    let pending = RwSignal::new(false);
    let label = t.team_role_of(&member.name);
    let change = move |text: String| {
        let Ok(role) = text.parse::<Role>() else { return };
        if mine {
            chosen.set(member.role.as_str().to_owned());
            own.set(Some(role));
            return;
        }
        let name = member.name.clone();
        pending.set(true);
        spawn_local(async move {
            match members_role(member.user_id, role).await {
                Ok(()) => toasts.success(t.team_role_changed(name, role_text(t, role))),
                Err(Fault(error)) => {
                    toasts.error(&error);
                    let _ = chosen.try_set(member.role.as_str().to_owned());
                }
            }
            let _ = pending.try_set(false);
            refresh.after_change();
        });
    };
    view! { <Select value=chosen choices=grantable(t, by) label=label small=true disabled=pending on_change=change /> }
        .into_any()
}

/// Asks before somebody changes their own role.
#[component]
pub(super) fn OwnRoleDialog(wanted: RwSignal<Option<Role>>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(wanted.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && wanted.with_untracked(Option::is_some) {
            wanted.set(None);
        }
    });
    let text =
        Signal::derive(move || wanted.get().map(|role| t.team_role_own_text(role_text(t, role))).unwrap_or_default());
    let confirm = move |()| {
        let role = wanted.get_untracked()?;
        let (user, name) = me.with_untracked(|me| (me.user_id, me.name.clone()));
        let doing: Doing = Box::pin(async move {
            members_role(user, role).await?;
            Ok(t.team_role_changed(name, role_text(t, role)))
        });
        Some(doing)
    };
    view! {
        <ConfirmAction
            open=open
            title=t.team_role_own_title()
            text=text
            confirm=t.team_role_own_confirm()
            refresh=refresh
            action=confirm
        />
    }
    .into_any()
}
