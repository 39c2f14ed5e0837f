//! What each role may do, straight from the permission table.

use super::words::{permission_text, role_hint, role_text};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::access::{Permission, Role};
use leptos::prelude::*;

/// The table, folded until asked for.
#[component]
pub fn Roles() -> impl IntoView {
    let t = use_texts();
    let heads =
        Role::ALL.iter().map(|role| view! { <th scope="col" title=role_hint(t, *role)>{role_text(t, *role)}</th> });
    let cell = move |role: Role, permission: Permission| match role.allows(permission) {
        true => view! { <td><Icon name=IconName::Check label=t.team_roles_may() /></td> }.into_any(),
        false => view! { <td class="quiet"><Icon name=IconName::Minus label=t.team_roles_may_not() /></td> }.into_any(),
    };
    let row = move |permission: &Permission| {
        let cells = Role::ALL.iter().map(|role| cell(*role, *permission)).collect_view();
        view! { <tr><th scope="row">{permission_text(t, *permission)}</th>{cells}</tr> }
    };
    view! {
        <details class="card roles">
            <summary><Icon name=IconName::ChevronRight size=14 /><h2>{t.team_roles()}</h2></summary>
            <div class="roles-scroll">
                <table>
                    <thead><tr><th scope="col">{t.team_roles_right()}</th>{heads.collect_view()}</tr></thead>
                    <tbody>{Permission::ALL.iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <p class="roles-note">{t.team_roles_note()}</p>
        </details>
    }
    .into_any()
}
