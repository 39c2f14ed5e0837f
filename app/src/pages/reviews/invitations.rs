//! The ledger of invitations: whom, about what, how it stands, what came of it.

use super::api::invitations_list;
use super::invitation::InvitationDrawer;
use super::stars::Stars;
use super::words::{StateBadge, case_link, invitation_reason, state_text};
use crate::i18n::use_texts;
use crate::pages::lists::{Address, ChipMenu, Chips, CursorPager, Followed, NewAbove, SearchBox, Steady, use_refresh};
use crate::ui::*;
use domain::views::{InvitationFilter, InvitationState, InvitationView};
use leptos::prelude::*;

#[component]
pub fn Invitations(address: Address) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["reviews"]);
    let filter = Memo::new(move |_| InvitationFilter {
        state: address.read("state"),
        search: address.get("q"),
        cursor: address.get("cursor"),
        limit: None,
    });
    let invitations = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { invitations_list(filter.clone()).await.map(|page| (filter, page)) },
    );
    let current = Signal::derive(move || address.get("open"));
    let states = InvitationState::ALL.iter().map(|s| Choice::new(s.as_str(), state_text(t, *s))).collect::<Vec<_>>();
    view! {
        <div class="review-filters">
            <SearchBox address=address label=t.reviews_search() />
            <Chips label=t.reviews_column_state()>
                <ChipMenu address=address name="state" label=t.reviews_column_state() choices=Signal::stored(states) />
            </Chips>
        </div>
        <Followed resource=invitations let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |one: &InvitationView| one.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                view! {
                    <NewAbove steady=steady>
                        <Table
                            label=t.reviews_table()
                            columns=columns()
                            rows=steady.rows
                            key=|one: &InvitationView| one.id.to_string()
                            on_open=move |id: String| address.set(&[("open", Some(&id))])
                            current=current
                            empty=move || nothing(&data.with(|(filter, _)| filter.clone()))
                        />
                    </NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
        <InvitationDrawer address=address />
    }
    .into_any()
}

fn columns() -> Vec<Column<InvitationView>> {
    let t = use_texts();
    let client = |one: &InvitationView| {
        view! {
            <span class="review-client"><b>{one.name.clone()}</b><small class="quiet">{one.email.clone()}</small></span>
        }
    };
    let case = move |one: &InvitationView| {
        let link = case_link(t, &one.object_kind, &one.object_id, one.link.as_deref());
        view! { <span class="nowrap">{link}</span> }
    };
    let member = |one: &InvitationView| one.member.clone();
    let state = move |one: &InvitationView| {
        let why = invitation_reason(t, one);
        view! {
            <span class="journal-verdict">
                <StateBadge invitation=one.clone() />
                {(!why.is_empty()).then(|| view! { <span class="quiet ellipsis" title=why.clone()>{why.clone()}</span> })}
            </span>
        }
    };
    let stars = |one: &InvitationView| one.stars.map(|stars| view! { <Stars count=stars short=true /> });
    let at = |one: &InvitationView| view! { <Time at=one.created_at style=TimeStyle::List /> };
    vec![
        Column::new("client", t.reviews_column_client(), client).width("22%"),
        Column::new("state", t.reviews_column_state(), state),
        Column::new("case", t.reviews_column_case(), case).width("212px"),
        Column::new("member", t.reviews_column_member(), member).width("168px"),
        Column::new("review", t.reviews_column_review(), stars).width("104px"),
        Column::new("at", t.reviews_column_at(), at).end().width("96px"),
    ]
}

/// An honest nothing for what was asked.
fn nothing(filter: &InvitationFilter) -> AnyView {
    let t = use_texts();
    match filter.state.is_some() || filter.search.is_some() {
        true => view! {
            <EmptyState icon=IconName::Search title=t.ui_nothing_found() hint=t.ui_nothing_found_hint()>
                <LinkButton href="/reviews">{t.lists_reset()}</LinkButton>
            </EmptyState>
        }
        .into_any(),
        false => view! {
            <EmptyState icon=IconName::Star title=t.reviews_invitations_empty() hint=t.reviews_invitations_empty_hint() />
        }
        .into_any(),
    }
}
