//! The team: members with presence, role and what is on their plate; invitations; what each role may do.
//! Owns what is shown; who may give which role is the table in `domain`, and the services check it.

mod api;
mod deactivate;
mod invite;
mod invites;
mod members;
mod past;
mod place;
mod role;
mod roles;
mod words;

pub use api::*;
pub use place::visibility_text;
pub use words::{permission_text, role_hint, role_text};

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{use_address, use_refresh};
use crate::session::use_may;
use crate::ui::{Button, IconName, Variant};
use domain::access::Permission;
use leptos::prelude::*;

/// The page.
#[component]
pub fn TeamPage() -> impl IntoView {
    let t = use_texts();
    let may_manage = use_may(Permission::MembersManage);
    let (inviting, _) = use_address().layer("new");
    let refresh = use_refresh(["members"]);
    let invite = move || {
        move || {
            may_manage.get().then(|| {
                view! {
                    <Button variant=Variant::Primary icon=IconName::UserPlus on_click=move || inviting.set(true)>
                        {t.team_invite()}
                    </Button>
                }
            })
        }
    };
    view! {
        <Screen title=t.nav_team() actions=invite>
            <members::Members may_manage=may_manage inviting=inviting refresh=refresh />
            {move || may_manage.get().then(|| view! { <invites::Invites refresh=refresh /> })}
            <roles::Roles />
            <invite::InviteDialog open=inviting refresh=refresh />
        </Screen>
    }
    .into_any()
}
