//! The filters of the lines: how grave, who, which rule, about what; one thing is found by typing.

use super::api::journal_objects;
use super::links::{ObjectChip, object_text};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, ChipMenu, Chips};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::JournalObject;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Things a line can be about.
const OBJECTS: [&str; 9] =
    ["order", "chat", "contact", "product", "connection", "rule", "job", "member", "organisation"];
/// Those that can be found by name.
const NAMED: [&str; 7] = ["order", "chat", "contact", "product", "connection", "rule", "member"];

/// The bar above the lines.
#[component]
pub fn LineFilters(address: Address) -> impl IntoView {
    let t = use_texts();
    let levels = vec![
        Choice::new("error", t.journal_level_error()),
        Choice::new("warning", t.journal_level_warning()),
        Choice::new("info", t.journal_level_info()),
    ];
    let objects = OBJECTS.map(|kind| Choice::new(kind, object_text(t, kind))).to_vec();
    let people = use_all("member", Permission::MembersRead);
    let rules = use_all("rule", Permission::RulesRead);
    let kind = Memo::new(move |_| address.get("object_kind"));
    let one = Memo::new(move |_| address.get("object_id").is_some());
    let about = move || match one.get() {
        true => view! { <ObjectChip address=address /> }.into_any(),
        false => {
            let objects = objects.clone();
            view! { <ChipMenu address=address name="object_kind" label=t.journal_filter_about() choices=Signal::stored(objects) /> }
                .into_any()
        }
    };
    let search = move || {
        let kind = kind.get().filter(|kind| !one.get() && NAMED.contains(&kind.as_str()))?;
        Some(view! { <ObjectSearch address=address kind=kind /> })
    };
    view! {
        <Chips label=t.journal_filters()>
            <ChipMenu address=address name="level" label=t.journal_filter_level() choices=Signal::stored(levels) />
            <ChipMenu address=address name="actor_id" label=t.journal_column_who() choices=people />
            <ChipMenu address=address name="rule_id" label=t.journal_object_rule() choices=rules />
            {about}
            {search}
        </Chips>
    }
    .into_any()
}

fn choices(found: Vec<JournalObject>) -> Vec<Choice> {
    found.into_iter().map(|it| Choice::new(it.id, it.name)).collect()
}

/// All things of a kind of which there are few; empty until the browser has asked, or without the right.
fn use_all(kind: &'static str, right: Permission) -> Signal<Vec<Choice>> {
    let all = RwSignal::new(Vec::new());
    let may = use_may(right);
    Effect::new(move |_| {
        if may.get() {
            spawn_local(async move {
                if let Ok(found) = journal_objects(kind.to_owned(), String::new()).await {
                    let _ = all.try_set(choices(found));
                }
            });
        }
    });
    all.into()
}

/// One thing of a kind by name or number; chosen, it goes into the address.
#[component]
fn ObjectSearch(address: Address, kind: String) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let (chosen, found) = (RwSignal::new(None::<Choice>), RwSignal::new(Vec::new()));
    let searching = RwSignal::new(false);
    let asked = StoredValue::new(0u32);
    let label = t.journal_filter_find(object_text(t, &kind));
    let search = move |q: String| {
        let (this, kind) = (asked.get_value().wrapping_add(1), kind.clone());
        asked.set_value(this);
        searching.set(true);
        spawn_local(async move {
            let answer = journal_objects(kind, q).await;
            // Only the last question counts.
            if asked.try_get_value() == Some(this) {
                let _ = searching.try_set(false);
                match answer {
                    Ok(list) => drop(found.try_set(choices(list))),
                    Err(Fault(error)) => toasts.error(&error),
                }
            }
        });
    };
    Effect::new(move |_| {
        if let Some(choice) = chosen.get() {
            address.filter("object_id", &choice.value);
        }
    });
    view! {
        <span class="journal-find">
            <Combobox chosen=chosen found=found on_search=search searching=searching placeholder=label.clone() label=label />
        </span>
    }
    .into_any()
}
