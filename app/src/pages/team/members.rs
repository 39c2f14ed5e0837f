//! Members as rows.

use super::api::{members_list, members_reactivate, members_reset_factor};
use super::deactivate::DeactivateDialog;
use super::past::PresenceDialog;
use super::place::{PlaceDialog, sees};
use super::role::{OwnRoleDialog, RoleCell};
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::live::use_hints;
use crate::pages::lists::{ConfirmAction, Doing, Followed, Refresh};
use crate::session::use_me;
use crate::ui::*;
use domain::access::{Permission, Presence, Role};
use domain::views::MemberView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// After so long without a sign of life the table says so.
const SILENT_MS: i64 = 5 * 60_000;

/// The table with its dialogs.
#[component]
pub fn Members(may_manage: Signal<bool>, inviting: RwSignal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    // What is on their plate changes with chats and orders.
    let work = use_hints(["chats", "orders"]);
    let members = Resource::new(move || (refresh.tick(), work.get()), |_| members_list());
    let leaving = RwSignal::new(None::<MemberView>);
    let placing = RwSignal::new(None::<MemberView>);
    let own_role = RwSignal::new(None::<Role>);
    let past = RwSignal::new(None::<MemberView>);
    let resetting = RwSignal::new(None::<MemberView>);
    let rows = Rows { refresh, leaving, placing, own_role, past, resetting };
    view! {
        <Followed resource=members let:data>
            <div class="team-table">
                <Table
                    label=t.nav_team()
                    columns=rows.columns()
                    rows=data
                    key=|member: &MemberView| member.user_id.to_string()
                    row_class=|member: &MemberView| if member.active { "" } else { "member-off" }
                />
            </div>
            <DeactivateDialog member=leaving members=data refresh=refresh />
            <PlaceDialog member=placing members=data refresh=refresh />
            <PresenceDialog member=past />
            <ResetFactor member=resetting refresh=refresh />
            {move || {
                let alone = data.with(|members| members.len() < 2);
                (alone && may_manage.get())
                    .then(|| {
                        view! {
                            <EmptyState icon=IconName::Team title=t.team_alone() hint=t.team_alone_hint() compact=true>
                                <Button icon=IconName::UserPlus on_click=move || inviting.set(true)>{t.team_invite()}</Button>
                            </EmptyState>
                        }
                    })
            }}
        </Followed>
        <OwnRoleDialog wanted=own_role refresh=refresh />
    }
    .into_any()
}

/// Whoever lost their phone signs in with the password alone until they set up another: asked, because it opens a door.
#[component]
fn ResetFactor(member: RwSignal<Option<MemberView>>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let (open, shown) = opened_by(member);
    let name = move || shown.with(|member| member.as_ref().map(|member| member.name.clone()).unwrap_or_default());
    let reset = Callback::new(move |()| {
        let member = shown.get_untracked()?;
        let doing: Doing = Box::pin(async move {
            members_reset_factor(member.user_id).await?;
            Ok(t.factor_was_reset(&member.name))
        });
        Some(doing)
    });
    let text = Signal::derive(move || t.factor_reset_text(name()));
    view! { <ConfirmAction open=open title=t.factor_reset() text=text confirm=t.factor_reset_confirm() refresh=refresh action=reset /> }
}

/// A dialog that is open while there is a member: whether it is, and whom it shows; the last one stays while it fades out.
pub(super) fn opened_by(member: RwSignal<Option<MemberView>>) -> (RwSignal<bool>, RwSignal<Option<MemberView>>) {
    let open = RwSignal::new(false);
    let shown = RwSignal::new(None::<MemberView>);
    Effect::new(move |_| {
        if let Some(member) = member.get() {
            shown.set(Some(member));
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && member.with_untracked(Option::is_some) {
            member.set(None);
        }
    });
    (open, shown)
}

/// What the cells of the table share.
#[derive(Clone, Copy)]
struct Rows {
    refresh: Refresh,
    leaving: RwSignal<Option<MemberView>>,
    placing: RwSignal<Option<MemberView>>,
    own_role: RwSignal<Option<Role>>,
    past: RwSignal<Option<MemberView>>,
    resetting: RwSignal<Option<MemberView>>,
}

impl Rows {
    fn columns(self) -> Vec<Column<MemberView>> {
        let t = use_texts();
        let format = use_format();
        let me = use_me();
        // Figures of the frame change all the time; the rows depend on these two only.
        let me = Memo::new(move |_| me.with(|me| (me.user_id, me.role)));
        let since = move |member: &MemberView| view! { <span class="quiet">{format.date(member.created_at)}</span> };
        let role = move |member: &MemberView| {
            let (id, by) = me.get();
            view! { <RoleCell member=member.clone() mine=id == member.user_id by=by own=self.own_role refresh=self.refresh /> }
        };
        let chats = move |member: &MemberView| {
            let count = format.integer(member.open_chats);
            let label = t.team_chats_of(&member.name, &count);
            // Only one's own chats have a list of their own.
            let own = me.get().0 == member.user_id;
            number(count, label, own.then(|| "/chats?box=mine".to_owned()))
        };
        let orders = move |member: &MemberView| {
            let count = format.integer(member.open_orders);
            let label = t.team_orders_of(&member.name, &count);
            number(count, label, Some(format!("/orders?assignee_id={}", member.user_id)))
        };
        let actions = move |member: &MemberView| {
            let (id, by) = me.get();
            let may = by.allows(Permission::MembersManage) && by.may_grant(member.role);
            may.then(|| self.actions(member.clone(), id == member.user_id))
        };
        vec![
            Column::new("name", t.team_column_name(), move |member: &MemberView| {
                person(member, me.get().0 == member.user_id)
            }),
            Column::new("presence", t.team_column_presence(), presence).width("165px"),
            Column::new("role", t.team_column_role(), role).width("172px"),
            Column::new("sees", t.team_sees(), move |member: &MemberView| sees(t, member)).secondary().width("130px"),
            Column::new("open_chats", t.team_column_chats(), chats).end().width("112px"),
            Column::new("open_orders", t.team_column_orders(), orders).end().width("88px"),
            Column::new("created_at", t.team_column_since(), since).secondary().end().width("118px"),
            Column::new("actions", "", actions).end().width("56px"),
        ]
    }

    fn actions(self, member: MemberView, mine: bool) -> AnyView {
        let t = use_texts();
        let toasts = use_toasts();
        let label = t.team_actions_of(&member.name);
        let items = Signal::derive(move || {
            let reset = member.second_factor.then(|| {
                let member = member.clone();
                MenuItem::action(t.factor_reset(), move || self.resetting.set(Some(member.clone()))).icon(IconName::Key)
            });
            let member = member.clone();
            let placed = member.clone();
            let place =
                MenuItem::action(t.team_place(), move || self.placing.set(Some(placed.clone()))).icon(IconName::Eye);
            let seen = member.clone();
            let past = MenuItem::action(t.team_presence_past(), move || self.past.set(Some(seen.clone())))
                .icon(IconName::Clock);
            if mine {
                return vec![place, past];
            }
            let item = match member.active {
                true => MenuItem::action(t.team_deactivate(), move || self.leaving.set(Some(member.clone())))
                    .icon(IconName::Lock)
                    .danger(),
                false => MenuItem::action(t.team_reactivate(), move || {
                    let member = member.clone();
                    spawn_local(async move {
                        match members_reactivate(member.user_id).await {
                            Ok(()) => toasts.success(t.team_reactivated(&member.name)),
                            Err(Fault(error)) => toasts.error(&error),
                        }
                        self.refresh.after_change();
                    });
                })
                .icon(IconName::Undo),
            };
            [place, past].into_iter().chain(reset).chain([item]).collect::<Vec<_>>()
        });
        view! { <Menu label=label items=items place=Place::BelowEnd /> }.into_any()
    }
}

fn person(member: &MemberView, own: bool) -> AnyView {
    let t = use_texts();
    let active = member.active;
    let avatar = match active {
        true => view! { <Avatar name=member.name.clone() presence=Signal::stored(member.presence) /> }.into_any(),
        false => view! { <Avatar name=member.name.clone() /> }.into_any(),
    };
    view! {
        <span class="member">
            {avatar}
            <span class="member-words">
                <b>{member.name.clone()}</b>
                {own.then(|| view! { <Badge>{t.team_you()}</Badge> })}
                <small>{member.email.clone()}</small>
            </span>
        </span>
    }
    .into_any()
}

fn presence(member: &MemberView) -> AnyView {
    let t = use_texts();
    if !member.active {
        return view! { <Badge icon=IconName::Lock>{t.team_off()}</Badge> }.into_any();
    }
    let silent = silence(member);
    view! {
        <span>
            {presence_text(t, member.presence)} <span class="quiet">", "<Time at=member.presence_at /></span>
            {silent}
        </span>
    }
    .into_any()
}

/// On shift, but nobody has heard of their browser for a while.
fn silence(member: &MemberView) -> impl IntoView + use<> {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let (at, on_shift) = (member.seen_at, member.presence != Presence::Offline && member.seen_at > 0);
    move || {
        (on_shift && now.get() - at > SILENT_MS)
            .then(|| view! { <small class="quiet">{t.team_silent(format.relative(at, now.get()))}</small> })
    }
}

/// A figure that opens its rows.
fn number(text: String, label: String, href: Option<String>) -> AnyView {
    match href.filter(|_| text != "0") {
        Some(href) => view! { <a class="link quiet" href=href aria-label=label>{text}</a> }.into_any(),
        None => view! { <span>{text}</span> }.into_any(),
    }
}
