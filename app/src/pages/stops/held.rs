//! What waits behind a stop: to whom, what it says, why it was to go out; some of it can be dropped.

use super::{stops_drop, stops_held};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::journal::{job_kind_text, object_href};
use crate::pages::lists::{ConfirmAction, CursorPager, Doing, Followed, Refresh, use_address};
use crate::ui::*;
use domain::ids::JobId;
use domain::views::{HeldSend, ListFilter};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The list.
#[component]
pub fn Held(refresh: Refresh, may: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let address = use_address();
    let cursor = Memo::new(move |_| address.get("cursor"));
    let page = Resource::new(
        move || (refresh.tick(), cursor.get()),
        |(_, cursor)| stops_held(ListFilter { cursor, limit: Some(50), ..Default::default() }),
    );
    let selected = RwSignal::new(BTreeSet::<String>::new());
    let dropping = RwSignal::new(false);
    let question =
        Signal::derive(move || t.stops_drop_text(i64::try_from(selected.with(BTreeSet::len)).unwrap_or(i64::MAX)));
    let drop_them = Callback::new(move |()| {
        let jobs: Vec<JobId> = selected.with_untracked(|all| all.iter().filter_map(|id| id.parse().ok()).collect());
        let doing: Doing = Box::pin(async move {
            let count = stops_drop(jobs).await?;
            let _ = selected.try_set(BTreeSet::new());
            Ok(t.stops_dropped(i64::try_from(count).unwrap_or(i64::MAX)))
        });
        Some(doing)
    });
    let bulk = move || {
        may.get().then(|| {
            view! {
                <BulkBar selected=selected>
                    <Button small=true variant=Variant::Danger icon=IconName::Trash on_click=move || dropping.set(true)>{t.stops_drop_confirm()}</Button>
                </BulkBar>
            }
        })
    };
    view! {
        <Followed resource=page let:page>
            {
                let rows = Signal::derive(move || page.with(|page| page.items.clone()));
                let next = Signal::derive(move || page.with(|page| page.next_cursor.clone()));
                let shown = move || {
                    let empty = rows.with(Vec::is_empty) && cursor.get().is_none();
                    (!empty).then(|| {
                        view! {
                            <Card title=t.stops_queue()>
                                <Table
                                    label=t.stops_queue()
                                    columns=columns()
                                    rows=rows
                                    key=|one: &HeldSend| one.id.to_string()
                                    selected=selected
                                />
                                <CursorPager address=address next=next />
                            </Card>
                        }
                    })
                };
                view! { {shown} }
            }
        </Followed>
        {bulk}
        <ConfirmAction open=dropping title=t.stops_drop_title() text=question confirm=t.stops_drop_confirm() refresh=refresh action=drop_them />
    }
    .into_any()
}

fn columns() -> Vec<Column<HeldSend>> {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let to = move |one: &HeldSend| {
        let name = if one.recipient.is_empty() { t.stops_somebody() } else { one.recipient.clone() };
        match one.chat_id {
            Some(chat) => view! { <Link href=format!("/chats/{chat}")>{name}</Link> }.into_any(),
            None => view! { <span>{name}</span> }.into_any(),
        }
    };
    let what = move |one: &HeldSend| {
        view! {
            <span class="held-what">
                <span class="quiet">{job_kind_text(t, &one.kind)}</span>
                <span class="ellipsis">{one.text.clone()}</span>
            </span>
        }
    };
    let why = move |one: &HeldSend| match (one.cause_kind.as_str(), one.cause_id.as_deref()) {
        ("run", Some(run)) => view! { <Link href=format!("/rules/runs/{run}")>{t.stops_by_rule()}</Link> }.into_any(),
        (kind, Some(id)) => match object_href(kind, id) {
            Some(href) => view! { <Link href=href>{t.stops_by_event()}</Link> }.into_any(),
            None => view! { <span class="quiet">{t.stops_by_person()}</span> }.into_any(),
        },
        _ => view! { <span class="quiet">{t.stops_by_person()}</span> }.into_any(),
    };
    let at = move |one: &HeldSend| {
        let at = one.created_at;
        view! { <span class="quiet">{move || format.relative(at, now.get())}</span> }
    };
    vec![
        Column::new("to", t.stops_column_to(), to).width("180px"),
        Column::new("what", t.stops_column_what(), what),
        Column::new("why", t.stops_column_why(), why).width("130px"),
        Column::new("at", t.stops_column_at(), at).end().width("130px"),
    ]
}
