//! How orders are kept: deadlines per status and the notice to the client, written together.

use super::deadlines::{Deadlines, DeadlinesEditor};
use super::draft::{Draft, DraftForm, use_organisation};
use super::notice::{NoticeDraft, NoticeEditor};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::views::{OrganisationInput, OrganisationSettings};
use leptos::prelude::*;

/// The tab.
#[component]
pub fn OrderSettings() -> impl IntoView {
    let loaded = use_organisation();
    view! {
        <Loaded resource=loaded skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=8 /> } let:organisation>
            <OrderForm draft=Draft::new(organisation, loaded) />
        </Loaded>
    }
    .into_any()
}

#[component]
fn OrderForm(draft: Draft) -> impl IntoView {
    let t = use_texts();
    let first = untrack(|| draft.settings());
    let deadlines = Deadlines::new(&first.deadlines);
    let notice = NoticeDraft::new(first.order_notice);
    let dirty = Signal::derive(move || {
        let base = draft.settings();
        deadlines.read().map_or(true, |read| read != base.deadlines) || notice.read() != base.order_notice
    });
    let submit = move || match untrack(|| deadlines.read()) {
        Ok(minutes) => {
            let order_notice = untrack(|| notice.read());
            let settings = OrganisationSettings { deadlines: minutes, order_notice, ..untrack(|| draft.settings()) };
            draft.save(OrganisationInput { settings, ..draft.input() });
        }
        Err(error) => draft.refuse(error),
    };
    let currency = draft.input().currency;
    view! {
        <DraftForm draft=draft dirty=dirty on_submit=submit>
            <Card title=t.settings_deadlines()>
                <DeadlinesEditor deadlines=deadlines />
            </Card>
            <Card title=t.settings_notice()>
                <NoticeEditor notice=notice currency=currency />
            </Card>
        </DraftForm>
    }
    .into_any()
}
