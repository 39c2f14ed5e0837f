//! Where a member stands in the team: what they see, their team, how many chats they take.

use super::api::members_place;
use super::members::opened_by;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::access::Visibility;
use domain::views::{MemberPlace, MemberView};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use texts::Texts;

/// The word of a visibility.
pub fn visibility_text(t: Texts, visibility: Visibility) -> String {
    match visibility {
        Visibility::Own => t.team_sees_own(),
        Visibility::Team => t.team_sees_team(),
        Visibility::All => t.team_sees_all(),
    }
}

/// What a member sees, in the table.
pub(super) fn sees(t: Texts, member: &MemberView) -> AnyView {
    let visibility = if member.role.can_be_narrowed() { member.visibility } else { Visibility::All };
    let team = (!member.team.is_empty()).then(|| view! { <small class="quiet">{member.team.clone()}</small> });
    view! { <span class="member-sees">{visibility_text(t, visibility)}{team}</span> }.into_any()
}

/// The dialog, open while there is a member.
#[component]
pub fn PlaceDialog(
    member: RwSignal<Option<MemberView>>,
    members: Signal<Vec<MemberView>>,
    refresh: Refresh,
) -> impl IntoView {
    let t = use_texts();
    let (open, shown) = opened_by(member);
    let title =
        Signal::derive(move || shown.with(|m| m.as_ref().map(|m| t.team_place_title(&m.name)).unwrap_or_default()));
    view! {
        <Dialog open=open title=title>
            {move || shown.get().map(|member| view! { <PlaceForm member members open refresh /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn PlaceForm(
    member: MemberView,
    members: Signal<Vec<MemberView>>,
    open: RwSignal<bool>,
    refresh: Refresh,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let visibility = RwSignal::new(member.visibility.as_str().to_owned());
    let team = RwSignal::new(member.team.clone());
    let capacity = RwSignal::new(member.capacity.map(|most| most.to_string()).unwrap_or_default());
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let choices = Visibility::ALL.iter().map(|one| Choice::new(one.as_str(), visibility_text(t, *one)));
    let choices: Vec<Choice> = choices.collect();
    // Teams there are, to pick instead of typing them a little differently.
    let teams = move || {
        let known: BTreeSet<String> = members.with(|all| all.iter().map(|m| m.team.clone()).collect());
        let known = known.into_iter().filter(|name| !name.is_empty() && team.with(|team| team != name));
        known
            .map(|name| {
                let words = name.clone();
                view! { <Button small=true on_click=move || team.set(name.clone())>{words}</Button> }
            })
            .collect_view()
    };
    let (user, name) = (member.user_id, member.name.clone());
    let save = move || {
        if pending.get_untracked() {
            return;
        }
        let typed = capacity.get_untracked();
        let most = match typed.trim() {
            "" => None,
            text => match text.parse::<i64>() {
                Ok(most) => Some(most),
                Err(_) => {
                    error.set(Some(ApiError::new(ErrorCode::NotAllowed).field("capacity")));
                    return;
                }
            },
        };
        let Ok(sees) = visibility.get_untracked().parse() else { return };
        let place = MemberPlace { visibility: sees, team: team.get_untracked(), capacity: most };
        let name = name.clone();
        pending.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = members_place(user, place).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.success(t.team_place_saved(name));
                    open.set(false);
                }
                Err(Fault(refused)) => drop(error.try_set(Some(refused))),
            }
            refresh.after_change();
        });
    };
    let narrowed = member.role.can_be_narrowed();
    view! {
        <Form on_submit=save error=error>
            {(!narrowed).then(|| view! { <Notice>{t.team_place_sees_all()}</Notice> })}
            <Field name="visibility" label=t.team_sees() help=t.team_sees_help()>
                <Select value=visibility choices=choices disabled=Signal::stored(!narrowed) />
            </Field>
            <Field name="team" label=t.team_team() help=t.team_team_help()>
                <Input value=team max_length=60 />
            </Field>
            <div class="plan-picks">{teams}</div>
            <Field name="capacity" label=t.team_capacity() help=t.team_capacity_help()>
                <Input value=capacity input_mode="numeric" max_length=4 />
            </Field>
            <FormActions>
                <Button on_click=move || open.set(false)>{t.action_cancel()}</Button>
                <Button variant=Variant::Primary submit=true pending=pending>{t.action_save()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
