//! Presence of a member in the last week, as they said it.

use super::api::members_presence;
use super::members::opened_by;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::Followed;
use crate::ui::*;
use domain::access::Presence;
use domain::views::MemberView;
use leptos::prelude::*;

/// The dialog, open while there is a member.
#[component]
pub fn PresenceDialog(member: RwSignal<Option<MemberView>>) -> impl IntoView {
    let t = use_texts();
    let (open, shown) = opened_by(member);
    let title =
        Signal::derive(move || shown.with(|m| m.as_ref().map(|m| t.team_presence_of(&m.name)).unwrap_or_default()));
    view! {
        <Dialog open=open title=title>
            {move || shown.get().map(|member| view! { <Past member /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Past(member: MemberView) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let user = member.user_id;
    let past = Resource::new(|| (), move |()| members_presence(user));
    let skeleton = || view! { <Skeleton count=4 /> }.into_any();
    view! {
        <Followed resource=past skeleton=skeleton let:past>
            {move || {
                let past = past.get();
                if past.is_empty() {
                    return view! { <p class="quiet">{t.team_presence_nothing()}</p> }.into_any();
                }
                let ends = std::iter::once(None).chain(past.iter().map(|(at, _)| Some(*at))).collect::<Vec<_>>();
                let line = move |((at, presence), end): ((i64, Presence), Option<i64>)| {
                    let lasted = end.map(|end| view! { <p class="quiet">{format.duration(end - at)}</p> });
                    view! {
                        <TimelineItem icon=IconName::Clock title=presence_text(t, presence) at=at style=TimeStyle::Full>{lasted}</TimelineItem>
                    }
                };
                view! { <Timeline label=t.team_presence_past()>{past.into_iter().zip(ends).map(line).collect_view()}</Timeline> }
                    .into_any()
            }}
        </Followed>
    }
    .into_any()
}
