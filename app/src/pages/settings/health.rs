//! «Состояние»: how the program and every outside service fare, what the environment decides, and where the rest is changed.

use super::api::settings_health;
use super::nodes::Nodes;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::connections::{StateBadge, provider_icon};
use crate::pages::lists::{Followed, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{EnvironmentValue, EnvironmentView, HealthHour, HealthView, OwnHealth, ServiceHealth};
use leptos::prelude::*;
use texts::Texts;

const HOUR_MS: i64 = 3_600_000;

/// A forecast of ten years or more says nothing.
const FAR: i64 = 3_650;

/// The tab.
#[component]
pub fn Health() -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["connections", "jobs", "events"]);
    let health = Resource::new(move || refresh.tick(), |_| settings_health());
    let form = || view! { <Skeleton shape=SkeletonShape::Form count=5 /> };
    view! {
        <Followed resource=health skeleton=form let:data>
            {
                let own = Memo::new(move |_| data.with(|data: &HealthView| data.own.clone()));
                let services = Memo::new(move |_| data.with(|data| data.services.clone()));
                let environment = Memo::new(move |_| data.with(|data| data.environment.clone()));
                let nodes = Memo::new(move |_| data.with(|data| data.nodes.clone()));
                // Alone on a file there are no others.
                let several = move || nodes.with(Vec::len) > 1 || own.with(|own| own.database != "SQLite");
                view! {
                    <Card title=t.health_own()>{move || view! { <Own own=own.get() /> }}</Card>
                    {move || (several() && !nodes.with(Vec::is_empty)).then(|| view! { <Nodes nodes=nodes.get() /> })}
                    {move || services.get().into_iter().map(|service| view! { <Service service=service /> }).collect_view()}
                    {move || environment.get().map(|environment| view! { <Environment environment=environment own=own /> })}
                    <Changeable />
                }
            }
        </Followed>
    }
    .into_any()
}

#[component]
fn Own(own: OwnHealth) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let may_journal = use_may(Permission::JournalRead);
    let size = format.file_size(u64::try_from(own.database_bytes).unwrap_or(0));
    let free = own.disk.free_bytes.map(|bytes| format.file_size(u64::try_from(bytes).unwrap_or(0)));
    let room = own
        .disk
        .days_left
        .filter(|days| *days < FAR)
        .map_or_else(String::new, |days| format!(" · {}", t.health_disk_days(days)));
    let started = own.started_at;
    // Whole minutes: seconds would only flicker.
    let uptime = move || format.duration(((now.get() - started) / 60_000).max(1) * 60_000);
    let figure = move |count: i64, href: &'static str, tone: Tone| {
        let words = StoredValue::new(format.integer(count));
        move || match may_journal.get() && count > 0 {
            true => view! { <Link href=href>{words.get_value()}</Link> }.into_any(),
            false if count > 0 && tone != Tone::Neutral => {
                view! { <Badge tone=tone>{words.get_value()}</Badge> }.into_any()
            }
            false => words.get_value().into_any(),
        }
    };
    view! {
        <Facts>
            <Fact label=t.health_version()>{own.version.clone()}</Fact>
            <Fact label=t.health_uptime()>{uptime}</Fact>
            <Fact label=t.health_database()>{format!("{} · {size}", own.database)}</Fact>
            {free.map(|free| view! { <Fact label=t.health_disk()>{format!("{free}{}", room)}</Fact> })}
            <Fact label=t.health_inbox()>{figure(own.inbox, "/journal?tab=events&state=new", Tone::Neutral)}</Fact>
            <Fact label=t.health_ready()>{figure(own.ready, "/journal?tab=jobs&state=ready", Tone::Neutral)}</Fact>
            <Fact label=t.health_held()>{figure(own.held, "/journal?tab=jobs&state=held", Tone::Warning)}</Fact>
            <Fact label=t.health_unknown()>{figure(own.unknown, "/journal?tab=jobs&state=unknown", Tone::Warning)}</Fact>
            <Fact label=t.health_dead()>{figure(own.dead, "/journal?tab=jobs&state=dead", Tone::Danger)}</Fact>
        </Facts>
    }
    .into_any()
}

#[component]
fn Service(service: ServiceHealth) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let hours = StoredValue::new(service.hours.clone());
    let sum = |read: fn(&HealthHour) -> i64| service.hours.iter().map(read).sum::<i64>();
    let (calls, failed, events) = (sum(|hour| hour.calls), sum(|hour| hour.failed), sum(|hour| hour.events));
    let sentence = t.health_day(format.integer(calls), format.integer(failed), format.integer(events));
    let labels = Signal::derive(move || {
        let hour = |back: i64| format.time((now.get() / HOUR_MS - back) * HOUR_MS);
        (0..24).rev().map(hour).collect::<Vec<_>>()
    });
    let series = Signal::derive(move || {
        let row = |name: String, tone: Tone, read: fn(&HealthHour) -> i64| Series {
            name,
            tone,
            values: hours.with_value(|hours| hours.iter().map(|hour| read(hour) as f64).collect()),
        };
        vec![
            row(t.health_calls(), Tone::Success, |hour| hour.calls - hour.failed),
            row(t.health_failed(), Tone::Danger, |hour| hour.failed),
            row(t.health_events(), Tone::Info, |hour| hour.events),
        ]
    });
    let write = Callback::new(move |value: f64| format.decimal(value, 1));
    let moment = move |at: Option<i64>| match at {
        Some(at) => view! { <Time at=at /> }.into_any(),
        None => view! { <span class="quiet">{t.health_never()}</span> }.into_any(),
    };
    let error = service.last_error.clone().filter(|text| !text.is_empty());
    let error = error.zip(service.last_error_at).map(|(text, at)| {
        view! { <Fact label=t.health_last_error()>{text}" · "<Time at=at /></Fact> }
    });
    let waiting = (service.waiting_jobs > 0).then(|| {
        view! { <Fact label=t.connections_waiting()>{format.integer(service.waiting_jobs)}</Fact> }
    });
    let icon = provider_icon(&service.provider);
    view! {
        <section class="card connection-card">
            <header class="connection-head">
                <span class="connection-sign"><Icon name=icon size=18 /></span>
                <div>
                    <h2><a class="row-link" href=format!("/connections/{}", service.id)>{service.name.clone()}</a></h2>
                    <small class="quiet">{sentence.clone()}</small>
                </div>
                <StateBadge state=service.state />
            </header>
            <Facts>
                <Fact label=t.health_last_ok()>{moment(service.last_ok_at)}</Fact>
                <Fact label=t.connections_last_event()>{moment(service.last_event_at)}</Fact>
                {error}
                {waiting}
            </Facts>
            <Chart label=sentence.clone() labels=labels series=series write=write />
        </section>
    }
    .into_any()
}

/// What is read from outside at the start. Secrets are never among it.
#[component]
fn Environment(environment: EnvironmentView, own: Memo<OwnHealth>) -> impl IntoView {
    let t = use_texts();
    let mail = if environment.mail { t.health_mail_set() } else { t.health_mail_not_set() };
    let protected =
        (!environment.secure).then(|| view! { <Notice tone=Tone::Warning>{t.health_not_secure()}</Notice> });
    let value = move |of: EnvironmentValue| {
        let words = match (of.variable.as_str(), of.value.as_str()) {
            (_, "") => t.health_not_set(),
            ("PULT_ALLOW_PRIVATE_NETS", "0") => t.health_no(),
            ("PULT_ALLOW_PRIVATE_NETS", _) => t.health_yes(),
            ("PULT_RATE_PERSON" | "PULT_RATE_KEY" | "PULT_RATE_ADDRESS", "0") => t.health_no_limit(),
            _ => of.value.clone(),
        };
        view! { <Fact label=variable_text(t, &of.variable)>{words}" "<code>{of.variable.clone()}</code></Fact> }
    };
    let demo = environment.demo.then(|| view! { <Notice tone=Tone::Info>{t.health_demo()}</Notice> });
    view! {
        <Card title=t.health_environment() aside=move || view! { <small>{t.health_environment_note()}</small> }>
            <div class="stack">
                {demo}
                {protected}
                <Facts>
                    <Fact label=t.health_database()>{move || own.get().database}" "<code>"DATABASE_URL"</code></Fact>
                    <Fact label=t.health_mail()>{mail}" "<code>"PULT_SMTP_URL"</code></Fact>
                    <Fact label=t.health_key()>{t.health_key_set()}" "<code>"PULT_SECRET_KEY"</code></Fact>
                    {environment.values.into_iter().map(value).collect_view()}
                </Facts>
            </div>
        </Card>
    }
    .into_any()
}

/// What a variable is about.
fn variable_text(t: Texts, variable: &str) -> String {
    match variable {
        "PULT_PUBLIC_URL" => t.health_address(),
        "PULT_ADDR" => t.health_listens(),
        "PULT_NODE" => t.health_node(),
        "PULT_DATA_DIR" => t.health_folder(),
        "PULT_PROXY_DEPTH" => t.health_proxies(),
        "PULT_SIGN_IN_FILE" => t.health_sign_in(),
        "PULT_SESSION_DAYS" => t.health_session_days(),
        "PULT_RATE_PERSON" => t.health_rate_person(),
        "PULT_RATE_KEY" => t.health_rate_key(),
        "PULT_RATE_ADDRESS" => t.health_rate_address(),
        "PULT_KEEP_PAYLOADS_DAYS" => t.health_keep_payloads(),
        "PULT_KEEP_EVENTS_DAYS" => t.health_keep_events(),
        "PULT_KEEP_JOBS_DAYS" => t.health_keep_jobs(),
        "PULT_KEEP_OCCASIONS_DAYS" => t.health_keep_occasions(),
        "PULT_ALLOW_PRIVATE_NETS" => t.health_private_nets(),
        "OTEL_EXPORTER_OTLP_ENDPOINT" => t.health_traces(),
        other => other.to_owned(),
    }
}

/// Where everything else is changed.
#[component]
fn Changeable() -> impl IntoView {
    let t = use_texts();
    let rows = [
        (
            Permission::SettingsManage,
            "/settings/organisation",
            t.settings_tab_organisation(),
            t.health_change_organisation(),
        ),
        (Permission::SettingsManage, "/settings/orders", t.settings_tab_orders(), t.health_change_orders()),
        (Permission::ConnectionsManage, "/connections", t.nav_connections(), t.health_change_connections()),
        (Permission::RulesManage, "/rules", t.nav_rules(), t.health_change_rules()),
        (Permission::MembersManage, "/team", t.nav_team(), t.health_change_team()),
        (Permission::KeysManage, "/settings/keys", t.settings_tab_keys(), t.health_change_keys()),
    ];
    let may_any = use_may(Permission::SettingsManage);
    let list = rows
        .into_iter()
        .map(|(permission, href, title, note)| {
            let may = use_may(permission);
            let (title, note) = (StoredValue::new(title), StoredValue::new(note));
            move || may.get().then(|| view! { <ListRow title=title.get_value() note=note.get_value() href=href /> })
        })
        .collect::<Vec<_>>();
    let list = StoredValue::new(list);
    view! {
        <Show when=move || may_any.get()>
            <Card title=t.health_changeable() flush=true>{list.with_value(|list| list.iter().copied().collect_view())}</Card>
        </Show>
    }
    .into_any()
}
