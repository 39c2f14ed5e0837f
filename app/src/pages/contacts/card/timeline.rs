//! The one timeline of a client: what was said, noted, ordered, asked for and changed; filtered by kind, page by page.

use super::super::api::contacts_timeline;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::chats::words::{channel_icon, channel_text, summary};
use crate::pages::journal::{line_icon, line_text, line_tone, run_href};
use crate::pages::lists::{Address, ChipMenu, Chips, CursorPager, Followed, use_refresh};
use crate::pages::orders::{number_text, order_href, status_icon, status_text, status_tone};
use crate::pages::reviews::invitation_state_text;
use crate::pages::rules::outcome_look;
use crate::ui::*;
use domain::chats::Sender;
use domain::ids::ContactId;
use domain::views::{
    InvitationMoment, JournalView, NoteView, OrderMoment, RunMoment, TalkMoment, TimelineEntry, TimelineFilter,
    TimelineKind,
};
use leptos::prelude::*;
use texts::Texts;

/// The timeline with its filter and pages.
#[component]
pub fn ClientTimeline(id: ContactId, address: Address) -> impl IntoView {
    let t = use_texts();
    let topics = ["orders", "chats", "reviews", "runs"].map(str::to_owned);
    let refresh = use_refresh(topics.into_iter().chain([format!("contacts:{id}")]));
    let filter =
        Memo::new(move |_| TimelineFilter { kind: address.read("kind"), cursor: address.get("cursor"), limit: None });
    let page = Resource::new(
        move || (refresh.tick(), filter.get()),
        move |(_, filter)| async move { contacts_timeline(id, filter.clone()).await.map(|page| (filter, page)) },
    );
    let choices =
        TimelineKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind_text(t, *kind))).collect::<Vec<_>>();
    let choices = Signal::stored(choices);
    view! {
        <Card title=t.contacts_timeline()>
            <div class="stack">
                <Chips label=t.journal_filters()>
                    <ChipMenu address=address name="kind" label=t.contacts_timeline_kind() choices=choices />
                </Chips>
                <Followed resource=page skeleton=|| view! { <Skeleton shape=SkeletonShape::Text count=6 /> } let:data>
                    {
                        let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                        let entries = move || data.with(|(filter, page)| shown(t, filter, &page.items));
                        view! {
                            {entries}
                            <CursorPager address=address next=next />
                        }
                    }
                </Followed>
            </div>
        </Card>
    }
    .into_any()
}

fn shown(t: Texts, filter: &TimelineFilter, entries: &[TimelineEntry]) -> AnyView {
    match entries.is_empty() {
        true if filter.kind.is_some() => view! { <p class="quiet">{t.contacts_timeline_none_of_kind()}</p> }.into_any(),
        true => view! { <p class="quiet">{t.contacts_timeline_none()}</p> }.into_any(),
        false => {
            let entries = entries.iter().cloned().map(move |entry| one(t, entry)).collect_view();
            view! { <Timeline label=t.contacts_timeline()>{entries}</Timeline> }.into_any()
        }
    }
}

/// The word of a kind.
fn kind_text(t: Texts, kind: TimelineKind) -> String {
    match kind {
        TimelineKind::Messages => t.contacts_timeline_messages(),
        TimelineKind::Notes => t.contacts_notes(),
        TimelineKind::Orders => t.nav_orders(),
        TimelineKind::Reviews => t.contacts_timeline_reviews(),
        TimelineKind::Rules => t.nav_rules(),
        TimelineKind::Chats => t.contacts_timeline_chats(),
        TimelineKind::Changes => t.contacts_timeline_changes(),
    }
}

fn one(t: Texts, entry: TimelineEntry) -> AnyView {
    match entry {
        TimelineEntry::Messages(talk) => talked(t, talk),
        TimelineEntry::Notes(note) => noted(t, note),
        TimelineEntry::Orders(step) => ordered(t, step),
        TimelineEntry::Reviews(invitation) => invited(t, invitation),
        TimelineEntry::Rules(run) => ran(t, run),
        TimelineEntry::Chats(line) | TimelineEntry::Changes(line) => changed(t, line),
    }
}

fn talked(t: Texts, talk: TalkMoment) -> AnyView {
    let title = format!("{} · {}", channel_text(t, talk.channel), t.contacts_timeline_count(talk.count));
    let words = summary(t, talk.last_kind, &talk.last_text);
    let who = match talk.last_sender {
        Sender::Customer => t.contacts_timeline_client_said(words),
        _ => t.contacts_timeline_we_said(words),
    };
    view! {
        <TimelineItem icon=channel_icon(talk.channel) title=title at=talk.last_at>
            <a class="link quiet timeline-words" href=format!("/chats/{}", talk.chat_id)>{who}</a>
        </TimelineItem>
    }
    .into_any()
}

fn noted(t: Texts, note: NoteView) -> AnyView {
    let author = note.author_name.unwrap_or_else(|| t.contacts_notes_somebody());
    view! {
        <TimelineItem icon=IconName::Note tone=Tone::Accent title=t.contacts_timeline_noted(author) at=note.created_at>
            <p class="timeline-words">{note.text}</p>
        </TimelineItem>
    }
    .into_any()
}

fn ordered(t: Texts, step: OrderMoment) -> AnyView {
    let to = status_text(t, step.to_status);
    let title = match step.from_status {
        Some(from) => t.order_history_step(status_text(t, from), to),
        None => t.order_history_created(),
    };
    let number = number_text(t, step.number);
    let order = if step.title.is_empty() { number } else { format!("{number} · {}", step.title) };
    let more: Vec<String> =
        [step.actor_name.unwrap_or_default(), step.reason].into_iter().filter(|it| !it.is_empty()).collect();
    view! {
        <TimelineItem icon=status_icon(step.to_status) tone=status_tone(step.to_status) title=title at=step.at>
            <a class="link quiet" href=order_href(step.order_id)>{order}</a>
            <span>{more.join(" · ")}</span>
        </TimelineItem>
    }
    .into_any()
}

fn invited(t: Texts, invitation: InvitationMoment) -> AnyView {
    let title = format!("{} · {}", t.reviews_invitation(), invitation_state_text(t, invitation.state));
    view! {
        <TimelineItem icon=IconName::Star title=title at=invitation.created_at>
            <a class="link quiet" href=format!("/reviews?open={}", invitation.id)>{invitation.email}</a>
        </TimelineItem>
    }
    .into_any()
}

fn ran(t: Texts, run: RunMoment) -> AnyView {
    let (word, tone, icon) = outcome_look(t, run.outcome);
    view! {
        <TimelineItem icon=icon tone=tone title=t.contacts_timeline_ran(run.rule_name, word) at=run.started_at>
            <Link href=format!("/rules/runs/{}", run.id) quiet=true>{t.action_why()}</Link>
        </TimelineItem>
    }
    .into_any()
}

fn changed(t: Texts, line: JournalView) -> AnyView {
    let who = line.actor_name.clone();
    let why = run_href(&line).map(|href| view! { <Link href=href quiet=true>{t.action_why()}</Link> });
    let changes = crate::pages::journal::changes_text(t, use_format(), &line);
    let changes =
        changes.into_iter().map(|(field, from, to)| view! { <li>{t.contacts_timeline_change(field, from, to)}</li> });
    let changes = changes.collect_view();
    view! {
        <TimelineItem icon=line_icon(&line) tone=line_tone(&line) title=line_text(t, &line) at=line.at>
            {who}
            <ul class="timeline-changes">{changes}</ul>
            {why}
        </TimelineItem>
    }
    .into_any()
}
