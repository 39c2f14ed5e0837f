//! Switching a member off: says what stays, and to whom their open work goes.

use super::api::members_deactivate;
use super::members::opened_by;
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::ApiError;
use domain::views::MemberView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog, open while there is a member.
#[component]
pub fn DeactivateDialog(
    member: RwSignal<Option<MemberView>>,
    members: Signal<Vec<MemberView>>,
    refresh: Refresh,
) -> impl IntoView {
    let t = use_texts();
    let (open, shown) = opened_by(member);
    let title = Signal::derive(move || {
        shown.with(|m| m.as_ref().map(|m| t.team_deactivate_title(&m.name)).unwrap_or_default())
    });
    view! {
        <Dialog open=open title=title>
            {move || shown.get().map(|member| view! { <Leave member=member members=members open=open refresh=refresh /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Leave(
    member: MemberView,
    members: Signal<Vec<MemberView>>,
    open: RwSignal<bool>,
    refresh: Refresh,
) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let toasts = use_toasts();
    let heir = RwSignal::new(String::new());
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let (user, name) = (member.user_id, member.name.clone());
    let heirs = Signal::derive(move || {
        let others = |m: &&MemberView| m.active && m.user_id != user;
        members.with(|members| {
            members
                .iter()
                .filter(others)
                .map(|m| Choice::new(m.user_id.to_string(), m.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let has_work = member.open_chats + member.open_orders > 0;
    let work = match has_work {
        true => view! {
            <p>{t.team_hand_over_work(format.integer(member.open_chats), format.integer(member.open_orders))}</p>
            <Field name="hand_over_to" label=t.team_hand_over()>
                <Select value=heir choices=heirs placeholder=t.team_hand_over_nobody() />
            </Field>
        }
        .into_any(),
        false => view! { <p class="quiet">{t.team_hand_over_none()}</p> }.into_any(),
    };
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let to = heir.with_untracked(|heir| heir.parse().ok());
        let name = name.clone();
        pending.set(true);
        spawn_local(async move {
            let answer = members_deactivate(user, to).await;
            let _ = pending.try_set(false);
            match answer {
                Ok((chats, orders)) => {
                    toasts.success(match to {
                        Some(_) => t.team_deactivated_handed(name, chats.to_string(), orders.to_string()),
                        None => t.team_deactivated(name),
                    });
                    let _ = open.try_set(false);
                    refresh.after_change();
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    view! {
        <Form on_submit=submit error=error>
            <p class="dialog-text">{t.team_deactivate_text()}</p>
            {work}
            <FormError />
            <div class="dialog-actions">
                <Button on_click=move || open.set(false)>{t.action_cancel()}</Button>
                <Button variant=Variant::Danger submit=true pending=pending>{t.team_deactivate()}</Button>
            </div>
        </Form>
    }
    .into_any()
}
