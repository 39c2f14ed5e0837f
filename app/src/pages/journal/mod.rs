//! The journal: what happened (lines), what came in (events), what goes out (jobs). Owns what is shown and the words for
//! every code; retrying and cancelling is the services'.

mod api;
mod events;
mod filters;
mod jobs;
mod lines;
mod links;
mod whole;
mod words;
mod words_of_changes;
mod words_of_lines;

pub use api::*;
pub use jobs::Attempts;
pub use links::{object_href, object_text, run_href};
pub use words::{attempt_text, event_kind_text, job_kind_text, job_state_text};
pub use words_of_changes::changes_text;
pub use words_of_lines::{line_icon, line_text, line_tone};

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, use_address};
use crate::ui::*;
use leptos::prelude::*;

/// Part of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Lines,
    Events,
    Jobs,
}

impl Part {
    fn of(address: Address) -> Self {
        match address.get("tab").as_deref() {
            Some("events") => Part::Events,
            Some("jobs") => Part::Jobs,
            _ => Part::Lines,
        }
    }
    const fn key(self) -> &'static str {
        match self {
            Part::Lines => "lines",
            Part::Events => "events",
            Part::Jobs => "jobs",
        }
    }
}

/// The page.
#[component]
pub fn JournalPage() -> impl IntoView {
    let t = use_texts();
    let address = use_address();
    let part = settled(Memo::new(move |_| Part::of(address)));
    let selected = Signal::derive(move || part.get().key().to_owned());
    let tabs = vec![
        Tab::new("lines", t.journal_tab_lines()).href("/journal"),
        Tab::new("events", t.journal_tab_events()).href("/journal?tab=events"),
        Tab::new("jobs", t.journal_tab_jobs()).href("/journal?tab=jobs"),
    ];
    view! {
        <Screen title=t.nav_journal()>
            <Tabs label=t.journal_tabs() tabs=tabs selected=selected />
            {move || match part.get() {
                Part::Lines => apart(move || view! { <lines::Lines address=address /> }.into_any()),
                Part::Events => apart(move || view! { <events::Events address=address /> }.into_any()),
                Part::Jobs => apart(move || view! { <jobs::Jobs address=address /> }.into_any()),
            }}
        </Screen>
    }
    .into_any()
}
