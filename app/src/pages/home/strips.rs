//! Connections in one line each, and the latest lines of the journal.

use crate::i18n::use_texts;
use crate::pages::journal::{line_icon, line_text, line_tone, object_href};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{ConnectionState, ConnectionView, DashboardView, JournalView};
use leptos::prelude::*;
use texts::Texts;

#[component]
pub fn Connections(data: Signal<DashboardView>) -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::ConnectionsRead);
    let may_manage = use_may(Permission::ConnectionsManage);
    let list = Memo::new(move |_| data.with(|data| data.connections.clone()));
    let aside = move || {
        let (all, on) =
            list.with(|list| (list.len(), list.iter().filter(|c| c.state == ConnectionState::Active).count()));
        (all > 0).then(|| view! { <small>{t.home_connections_on(on.to_string(), all.to_string())}</small> })
    };
    let row = move |connection: ConnectionView| {
        let (tone, hollow) = look(connection.state);
        let at = connection.last_event_at;
        let end = move || at.map(|at| view! { <Time at=at /> });
        view! {
            <ListRow
                title=connection.name.clone()
                note=note(t, &connection)
                href=format!("/connections/{}", connection.id)
                start=move || view! { <Dot tone=tone hollow=hollow /> }
                end=end
            />
        }
    };
    let body = move || {
        match list.with(Vec::is_empty) {
        true => {
            let connect = may_manage.get().then(|| {
                view! { <LinkButton href="/connections" variant=Variant::Primary icon=IconName::Connections>{t.action_connect()}</LinkButton> }
            });
            view! { <EmptyState compact=true icon=IconName::Connections title=t.home_no_connections() hint=t.home_no_connections_hint()>{connect}</EmptyState> }.into_any()
        }
        false => view! { <For each=move || list.get() key=|c| (c.id, c.rev, c.state, c.last_event_at, c.waiting_jobs) children=row /> }.into_any(),
    }
    };
    move || may.get().then(|| view! { <Card title=t.nav_connections() aside=move || aside flush=true>{body}</Card> })
}

const fn look(state: ConnectionState) -> (Tone, bool) {
    match state {
        ConnectionState::Active => (Tone::Success, false),
        ConnectionState::Setup => (Tone::Accent, true),
        ConnectionState::Reauth => (Tone::Danger, false),
        ConnectionState::Off => (Tone::Neutral, true),
    }
}

fn note(t: Texts, connection: &ConnectionView) -> String {
    let state = match connection.state {
        ConnectionState::Active => t.home_connection_active(connection.events_today),
        ConnectionState::Setup => t.home_connection_setup(),
        ConnectionState::Reauth => t.home_connection_reauth(),
        ConnectionState::Off => t.home_connection_off(),
    };
    match connection.waiting_jobs {
        0 => state,
        waiting => format!("{state} · {}", t.home_connection_waiting(waiting)),
    }
}

#[component]
pub fn Recent(data: Signal<DashboardView>) -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::JournalRead);
    let list = Memo::new(move |_| data.with(|data| data.recent.clone()));
    let aside = move || view! { <span class="push"><Link href="/journal">{t.action_show_all()}</Link></span> };
    let row = move |line: JournalView| {
        let (icon, tone, at) = (line_icon(&line), line_tone(&line), line.at);
        let href =
            object_href(&line.object_kind, &line.object_id).unwrap_or_else(|| format!("/journal?open={}", line.id));
        view! {
            <ListRow
                title=line_text(t, &line)
                note=line.actor_name.clone().unwrap_or_default()
                href=href
                start=move || view! { <span class=format!("journal-sign {}", tone.class())><Icon name=icon size=14 /></span> }
                end=move || view! { <Time at=at style=TimeStyle::List /> }
            />
        }
    };
    let body = move || {
        match list.with(Vec::is_empty) {
        true => view! { <EmptyState compact=true icon=IconName::Journal title=t.journal_lines_empty() hint=t.journal_lines_empty_hint() /> }.into_any(),
        false => view! { <For each=move || list.get() key=|line| line.id children=row /> }.into_any(),
    }
    };
    move || may.get().then(|| view! { <Card title=t.home_recent() aside=aside flush=true>{body}</Card> })
}
