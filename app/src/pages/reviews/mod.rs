//! Reviews: what needs a person now, then invitations, reviews and statistics. Owns what is shown; who may be invited,
//! once and never twice, is the services' business.

mod api;
mod attention;
mod hands;
mod invitation;
mod invitations;
mod list;
mod review;
mod setup;
mod stars;
mod statistics;
mod words;

pub use api::*;
pub use words::state_text as invitation_state_text;

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, Followed, use_address, use_refresh};
use crate::ui::*;
use leptos::prelude::*;

/// Part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Invitations,
    Reviews,
    Statistics,
}

impl Part {
    fn of(address: Address) -> Self {
        match address.get("tab").as_deref() {
            Some("reviews") => Part::Reviews,
            Some("statistics") => Part::Statistics,
            _ => Part::Invitations,
        }
    }
    const fn key(self) -> &'static str {
        match self {
            Part::Invitations => "invitations",
            Part::Reviews => "reviews",
            Part::Statistics => "statistics",
        }
    }
}

/// The page.
#[component]
pub fn ReviewsPage() -> impl IntoView {
    let t = use_texts();
    let address = use_address();
    let refresh = use_refresh(["reviews", "connections", "rules"]);
    let attention = Resource::new(move || refresh.tick(), |_| reviews_attention());
    let part = settled(Memo::new(move |_| Part::of(address)));
    let selected = Signal::derive(move || part.get().key().to_owned());
    let tabs = vec![
        Tab::new("invitations", t.reviews_tab_invitations()).href("/reviews"),
        Tab::new("reviews", t.reviews_tab_reviews()).href("/reviews?tab=reviews"),
        Tab::new("statistics", t.reviews_tab_statistics()).href("/reviews?tab=statistics"),
    ];
    view! {
        <Screen title=t.nav_reviews()>
            <Followed resource=attention skeleton=|| view! { <Skeleton count=1 /> } let:data>
                <setup::Setup data=data />
                <attention::AttentionCard data=data refresh=refresh />
            </Followed>
            <Tabs label=t.reviews_tabs() tabs=tabs selected=selected />
            {move || match part.get() {
                Part::Invitations => apart(move || view! { <invitations::Invitations address=address /> }.into_any()),
                Part::Reviews => apart(move || view! { <list::Reviews address=address /> }.into_any()),
                Part::Statistics => apart(move || view! { <statistics::Statistics address=address /> }.into_any()),
            }}
        </Screen>
    }
    .into_any()
}
