//! «Требует внимания»: worded from codes; zero is a calm line.

use crate::format::{Format, use_format};
use crate::i18n::use_texts;
use crate::live::{LiveState, use_live_state};
use crate::pages::chats::words::client_name;
use crate::ui::*;
use domain::views::{Attention, DashboardView};
use leptos::prelude::*;
use texts::Texts;

#[component]
pub fn AttentionCard(data: Signal<DashboardView>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let live = use_live_state();
    let list = Memo::new(move |_| data.with(|data| data.attention.clone()));
    // The card asks once for its aside; what changes is a closure inside.
    let aside = move || {
        let count = list.with(Vec::len);
        let severe = list.with(|list| list.iter().any(|item| item.severe));
        let tone = if severe { Tone::Danger } else { Tone::Accent };
        view! {
            {(count > 0).then(|| view! { <Badge tone=tone>{count}</Badge> })}
            <small>{move || (live.get() == LiveState::On).then(|| t.home_live())}</small>
        }
    };
    // Lengths of time are those of the moment the answer was made; they go on from there.
    let loaded_at = Memo::new(move |_| {
        list.track();
        now.get_untracked()
    });
    let row = move |item: Attention| {
        let tone = if item.severe { Tone::Danger } else { Tone::Accent };
        let (href, verb) = (StoredValue::new(item.href.clone()), StoredValue::new(verb(t, &item.code)));
        let words = Memo::new(move |_| {
            let newest = list.with(|list| list.iter().find(|i| i.code == item.code && i.href == item.href).cloned());
            words(t, format, newest.as_ref().unwrap_or(&item), now.get() - loaded_at.get())
        });
        let title = Signal::derive(move || words.with(|words| words.0.clone()));
        let note = Signal::derive(move || words.with(|words| words.1.clone()));
        let end = move || view! { <LinkButton href=href.get_value() small=true>{verb.get_value()}</LinkButton> };
        view! { <ListRow title=title note=note start=move || view! { <Dot tone=tone /> } end=end /> }
    };
    move || match list.with(Vec::is_empty) {
        true => view! {
            <div class="calm" role="status">
                <Icon name=IconName::Success />
                <span>{t.home_calm()}</span>
            </div>
        }
        .into_any(),
        false => view! {
            <Card title=t.home_attention() aside=move || aside flush=true attention=true>
                <For each=move || list.get() key=|item| (item.code.clone(), item.href.clone()) children=row />
            </Card>
        }
        .into_any(),
    }
}

/// Title and second line; `passed` since the answer was made.
fn words(t: Texts, format: Format, item: &Attention, passed: i64) -> (String, String) {
    let text = |name: &str| item.args.get(name).cloned().unwrap_or_default();
    let number = |name: &str| text(name).parse::<i64>().unwrap_or(0);
    // Whole minutes: seconds would only flicker.
    let length = |name: &str| format.duration(((number(name) + passed) / 60_000).max(1) * 60_000);
    match item.code.as_str() {
        "overdue_order" => (t.home_overdue(text("number"), length("late_ms")), text("title")),
        "connection_reauth" => (t.home_reauth(text("name")), t.home_reauth_note(number("waiting"))),
        "dead_jobs" => (t.home_dead(number("count")), t.home_dead_note()),
        "unknown_jobs" => (t.home_unknown(number("count")), t.home_unknown_note()),
        "long_wait" => (t.home_long_wait(client_name(t, &text("name"), None), length("waiting_ms")), String::new()),
        other => (other.to_owned(), String::new()),
    }
}

fn verb(t: Texts, code: &str) -> String {
    match code {
        "connection_reauth" => t.home_reauth_do(),
        "long_wait" => t.home_long_wait_do(),
        "dead_jobs" | "unknown_jobs" => t.home_jobs_do(),
        _ => t.action_open(),
    }
}
