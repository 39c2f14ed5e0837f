//! What came in: events of the inbox, each with its verdict, its payload and what it caused.

use super::api::{journal_event, journal_events, journal_replay};
use super::jobs::JobBadge;
use super::lines::Moment;
use super::links::{ConnectionChip, filter_of, nothing, use_connections};
use super::words::{EVENT_KINDS, event_kind_text, event_note_text, event_state_look, event_state_text, job_kind_text};
use super::words_of_lines::{line_icon, line_text, line_tone};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{
    Address, ChipMenu, Chips, ConfirmAction, CursorPager, Doing, Followed, NewAbove, Panel, PanelPart, Refresh, Steady,
    use_refresh,
};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::ids::EventId;
use domain::queue::EventState;
use domain::views::{ConnectionView, EventCard, EventView, JobView, JournalView};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;

/// The list and the panel of one event.
#[component]
pub fn Events(address: Address) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["events"]);
    let filter = Memo::new(move |_| filter_of(address));
    let events = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { journal_events(filter.clone()).await.map(|page| (filter, page)) },
    );
    let connections = use_connections();
    let current = Signal::derive(move || address.get("open"));
    let states = EventState::ALL.iter().map(|s| Choice::new(s.as_str(), event_state_text(t, *s))).collect::<Vec<_>>();
    let kinds = EVENT_KINDS.map(|kind| Choice::new(kind, event_kind_text(t, kind))).to_vec();
    view! {
        <Chips label=t.journal_filters()>
            <ChipMenu address=address name="state" label=t.journal_filter_verdict() choices=Signal::stored(states) />
            <ChipMenu address=address name="kind" label=t.journal_filter_kind() choices=Signal::stored(kinds) />
            <ConnectionChip address=address />
        </Chips>
        <Followed resource=events let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |event: &EventView| event.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                let empty = move || {
                    let filter = data.with(|(filter, _)| filter.clone());
                    nothing(&filter, IconName::Webhook, t.journal_events_empty(), t.journal_events_empty_hint(), "/journal?tab=events")
                };
                view! {
                    <NewAbove steady=steady>
                        <Table
                            label=t.journal_tab_events()
                            columns=columns(connections)
                            rows=steady.rows
                            key=|event: &EventView| event.id.to_string()
                            on_open=move |id: String| address.set(&[("open", Some(&id))])
                            current=current
                            empty=empty
                        />
                    </NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
        <EventDrawer address=address connections=connections />
    }
    .into_any()
}

fn columns(connections: Signal<Vec<ConnectionView>>) -> Vec<Column<EventView>> {
    let t = use_texts();
    let format = use_format();
    let kind = move |event: &EventView| event_kind_text(t, &event.kind);
    let verdict = move |event: &EventView| view! { <Verdict event=event.clone() /> };
    let source = move |event: &EventView| {
        let event = event.clone();
        move || connection_name(connections, &event)
    };
    let took = move |event: &EventView| {
        event
            .processed_at
            .map(|at| view! { <span class="quiet nowrap">{format.duration(at - event.received_at)}</span> })
    };
    let at = |event: &EventView| view! { <Moment at=event.received_at /> };
    vec![
        Column::new("kind", t.journal_column_event(), kind),
        Column::new("verdict", t.journal_column_verdict(), verdict),
        Column::new("source", t.journal_column_connection(), source).width("240px"),
        Column::new("took", t.journal_column_took(), took).end().secondary().width("100px"),
        Column::new("at", t.journal_column_received(), at).end().width("150px"),
    ]
}

fn connection_name(connections: Signal<Vec<ConnectionView>>, event: &EventView) -> String {
    let known =
        connections.with(|list| list.iter().find(|c| Some(c.id) == event.connection_id).map(|c| c.name.clone()));
    known.or_else(|| event.provider.clone()).unwrap_or_default()
}

#[component]
fn Verdict(event: EventView) -> impl IntoView {
    let t = use_texts();
    let (tone, icon) = event_state_look(event.state);
    let note = event.note.as_deref().map(|note| event_note_text(t, note));
    view! {
        <span class="journal-verdict">
            <Badge tone=tone icon=icon>{event_state_text(t, event.state)}</Badge>
            {note.map(|note| view! { <span class="quiet ellipsis">{note}</span> })}
        </span>
    }
}

#[component]
fn EventDrawer(address: Address, connections: Signal<Vec<ConnectionView>>) -> impl IntoView {
    let t = use_texts();
    let (open, item) = address.layer("open");
    let panel = move || {
        item.get().map(|id| match id.parse::<EventId>() {
            Ok(id) => view! { <Loading id=id connections=connections /> }.into_any(),
            Err(_) => view! { <LoadError error=ApiError::new(ErrorCode::NotFound) /> }.into_any(),
        })
    };
    view! { <Drawer open=open title=t.journal_event_title()>{panel}</Drawer> }
}

#[component]
fn Loading(id: EventId, connections: Signal<Vec<ConnectionView>>) -> impl IntoView {
    // What it caused may still be under way.
    let refresh = use_refresh(["events", "jobs"]);
    let card = Resource::new(move || refresh.tick(), move |_| journal_event(id));
    view! {
        <Followed resource=card skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=6 /> } let:card>
            <Body card=card connections=connections refresh=refresh />
        </Followed>
    }
    .into_any()
}

#[component]
fn Body(card: Signal<EventCard>, connections: Signal<Vec<ConnectionView>>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let event = Memo::new(move |_| card.with(|card| card.event.clone()));
    let caused = Memo::new(move |_| card.with(|card| (card.journal.clone(), card.jobs.clone())));
    // Headers and payload never change, until they are deleted; then there is nothing to do once more.
    let kept = card.with_untracked(|card| !card.data.is_null());
    let (headers, data) = card.with_untracked(|card| (card.headers.to_string(), card.data.to_string()));
    let facts = move || {
        let event = event.get();
        let name = connection_name(connections, &event);
        view! {
            <p class="journal-line large">
                <Icon name=IconName::Webhook />
                <span>{event_kind_text(t, &event.kind)}</span>
            </p>
            <Verdict event=event.clone() />
            <Facts>
                <Fact label=t.journal_column_received()>{format.exact(event.received_at)}</Fact>
                {event.processed_at.map(|at| view! { <Fact label=t.journal_processed()>{format.exact(at)}</Fact> })}
                {(event.attempts > 0).then(|| view! { <Fact label=t.journal_attempts()>{format.integer(event.attempts)}</Fact> })}
                {event
                    .connection_id
                    .map(|id| view! { <Fact label=t.journal_column_connection()><Link href=format!("/connections/{id}")>{name}</Link></Fact> })}
                {event
                    .replay_of
                    .map(|id| {
                        let href = format!("/journal?tab=events&open={id}");
                        view! { <Fact label=t.journal_replay_of()><Link href=href>{t.journal_replay_first()}</Link></Fact> }
                    })}
                <Fact label=t.journal_dedupe_key()><code>{event.dedupe_key}</code></Fact>
            </Facts>
        }
    };
    let consequences = move || {
        let (lines, jobs) = caused.get();
        if lines.is_empty() && jobs.is_empty() {
            return view! { <p class="quiet">{t.journal_caused_nothing()}</p> }.into_any();
        }
        let line = move |line: JournalView| {
            view! { <TimelineItem icon=line_icon(&line) tone=line_tone(&line) title=line_text(t, &line) at=line.at style=TimeStyle::Clock /> }
        };
        let job = move |job: JobView| {
            let href = format!("/journal?tab=jobs&open={}", job.id);
            view! {
                <TimelineItem icon=IconName::Send title=job_kind_text(t, &job.kind) at=job.created_at style=TimeStyle::Clock>
                    <p class="line"><JobBadge job=job.clone() /><Link href=href>{t.journal_open_job()}</Link></p>
                </TimelineItem>
            }
        };
        view! {
            <Timeline label=t.journal_caused()>
                {lines.into_iter().rev().map(line).collect_view()}
                {jobs.into_iter().rev().map(job).collect_view()}
            </Timeline>
        }
        .into_any()
    };
    view! {
        <Panel>
            {facts}
            {kept.then(|| view! { <Again id=event.with_untracked(|event| event.id) refresh=refresh /> })}
            <PanelPart title=t.journal_caused()>
                {consequences}
            </PanelPart>
            <PanelPart title=t.journal_payload()>
                {match kept {
                    true => view! { <Json text=data label=t.journal_payload() /> }.into_any(),
                    false => view! { <p class="quiet">{t.journal_payload_gone()}</p> }.into_any(),
                }}
            </PanelPart>
            <PanelPart title=t.journal_headers()>
                <Json text=headers label=t.journal_headers() />
            </PanelPart>
        </Panel>
    }
    .into_any()
}

/// Doing it once more, after a question: rules start anew.
#[component]
fn Again(id: EventId, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::JobsManage);
    let asking = RwSignal::new(false);
    let again = Callback::new(move |()| {
        let doing: Doing = Box::pin(async move {
            journal_replay(id).await?;
            Ok(t.journal_replayed())
        });
        Some(doing)
    });
    let button = move || {
        may.get().then(|| {
            view! {
                <div class="line">
                    <Button small=true icon=IconName::Refresh on_click=move || asking.set(true)>{t.journal_replay()}</Button>
                </div>
            }
        })
    };
    view! {
        {button}
        <ConfirmAction
            open=asking
            title=t.journal_replay_title()
            text=t.journal_replay_text()
            confirm=t.journal_replay()
            refresh=refresh
            action=again
        />
    }
    .into_any()
}
