//! Ctrl+K: one field over pages, actions and records, however it is typed. Records are looked up on the server, with the
//! eyes of whoever asks; pages and actions are known here.

use crate::door::{Answer, Door};
use crate::frame::Section;
use crate::i18n::use_texts;
use crate::session::use_me;
use crate::ui::{Dialog, Icon, IconName};
use domain::access::{Permission, Role};
use domain::text::{fold, readings};
use domain::views::{Found, FoundKind};
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::time::Duration;
use texts::Texts;

/// Pause in typing after which records are looked up.
const PAUSE: Duration = Duration::from_millis(160);

/// Records that match.
#[server(prefix = "/api/ui", endpoint = "palette_find", protocol = Door)]
pub async fn palette_find(text: String) -> Answer<Vec<Found>> {
    Ok(services::find::find(&crate::door::cx()?, &text).await?)
}

/// A line to choose.
#[derive(Clone, PartialEq)]
struct Entry {
    icon: IconName,
    title: String,
    note: String,
    href: String,
}

/// Pages and actions of this role whose names match; all of them before anything is typed.
fn known(t: Texts, role: Role, typed: &str) -> Vec<Entry> {
    let page = |section: Section| Entry {
        icon: section.icon(),
        title: section.title(t),
        note: t.palette_page(),
        href: section.href().to_owned(),
    };
    let action = |permission: Permission, title: String, href: &str| {
        let entry = Entry { icon: IconName::Plus, title, note: t.palette_action(), href: href.to_owned() };
        role.allows(permission).then_some(entry)
    };
    let actions = [
        action(Permission::ContactsWrite, t.palette_new_contact(), "/contacts?new=1"),
        action(Permission::ProductsWrite, t.palette_new_product(), "/catalogue?open=new"),
        action(Permission::ConnectionsManage, t.palette_new_connection(), "/connections"),
        action(Permission::JobsManage, t.palette_stop(), "/stop"),
    ];
    let meant = readings(typed);
    let fits = |entry: &Entry| {
        let title = fold(&entry.title);
        meant.is_empty()
            || meant.iter().any(|reading| {
                title.split(' ').any(|word| word.starts_with(reading.as_str())) || title.contains(reading.as_str())
            })
    };
    Section::all()
        .filter(|section| section.visible_to(role))
        .map(page)
        .chain(actions.into_iter().flatten())
        .filter(fits)
        .collect()
}

fn record(t: Texts, found: Found) -> Entry {
    let (icon, kind, href) = match found.kind {
        FoundKind::Contact => (IconName::Contacts, t.palette_contact(), format!("/contacts/{}", found.id)),
        FoundKind::Chat => (IconName::Chats, t.palette_chat(), format!("/chats/{}?box=all", found.id)),
        FoundKind::Message => {
            let (chat, message) = found.id.split_once('/').unwrap_or_default();
            (IconName::Search, t.palette_message(), format!("/chats/{chat}?box=all&message={message}"))
        }
        FoundKind::Order => (IconName::Orders, t.palette_order(), format!("/orders?open={}", found.id)),
        FoundKind::Product => (IconName::Catalogue, t.palette_product(), format!("/catalogue?open={}", found.id)),
        FoundKind::Rule => (IconName::Rules, t.palette_rule(), format!("/rules/{}", found.id)),
        FoundKind::Member => (IconName::Team, t.palette_member(), "/team".to_owned()),
    };
    let note = if found.note.is_empty() { kind } else { format!("{kind} · {}", found.note) };
    let title = if found.title.is_empty() { t.palette_nameless() } else { found.title };
    Entry { icon, title, note, href }
}

/// The dialog.
#[component]
pub fn Palette(open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    view! { <Dialog open=open title=t.frame_search() wide=true><Field open /></Dialog> }.into_any()
}

#[component]
fn Field(open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let role = use_me().with_untracked(|me| me.role);
    let navigate = use_navigate();
    let navigate = StoredValue::new(Box::new(navigate) as Box<dyn Fn(&str, NavigateOptions) + Send + Sync>);
    let typed = RwSignal::new(String::new());
    let records = RwSignal::new(Vec::<Entry>::new());
    let searching = RwSignal::new(false);
    let active = RwSignal::new(0usize);
    let field = NodeRef::<html::Input>::new();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let entries = Memo::new(move |_| {
        let mut entries = records.get();
        entries.extend(typed.with(|typed| known(t, role, typed)));
        entries
    });
    let look_up = move |text: String| {
        searching.set(true);
        spawn_local(async move {
            let answer = palette_find(text.clone()).await;
            // Only the answer to what stands there now.
            if typed.try_with_untracked(|typed| *typed == text) != Some(true) {
                return;
            }
            let found = answer.unwrap_or_default();
            let _ = records.try_set(found.into_iter().map(|found| record(t, found)).collect());
            let _ = searching.try_set(false);
        });
    };
    let on_input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        active.set(0);
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        if text.trim().is_empty() {
            records.set(Vec::new());
            searching.set(false);
            return;
        }
        waiting.set_value(set_timeout_with_handle(move || look_up(text.clone()), PAUSE).ok());
    };
    let go = move |href: &str| {
        open.set(false);
        navigate.with_value(|navigate| navigate(href, NavigateOptions::default()));
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let count = entries.with_untracked(Vec::len);
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => count.saturating_sub(1),
            "Enter" => {
                event.prevent_default();
                if let Some(entry) = entries.with_untracked(|all| all.get(active.get_untracked()).cloned()) {
                    go(&entry.href);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if count > 0 {
            active.update(|at| *at = (*at + step) % count);
        }
    };
    let line = move |(place, entry): (usize, Entry)| {
        let href = entry.href.clone();
        view! {
            <li id=format!("palette-{place}") role="option" aria-selected=move || (active.get() == place).to_string()>
                <a
                    href=entry.href
                    tabindex="-1"
                    on:click=move |event| {
                        event.prevent_default();
                        go(&href);
                    }
                >
                    <Icon name=entry.icon size=16 />
                    <span>{entry.title}</span>
                    <small>{entry.note}</small>
                </a>
            </li>
        }
    };
    view! {
        <div class="palette">
            <input
                node_ref=field
                type="search"
                class="input"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-lines"
                aria-activedescendant=move || format!("palette-{}", active.get())
                aria-label=t.frame_search()
                placeholder=t.palette_placeholder()
                autocomplete="off"
                maxlength="100"
                on:input=on_input
                on:keydown=keys
            />
            <ul id="palette-lines" role="listbox" aria-label=t.palette_results()>
                {move || entries.get().into_iter().enumerate().map(line).collect_view()}
            </ul>
            {move || {
                let nothing = entries.with(Vec::is_empty);
                let words = match searching.get() {
                    true => t.palette_searching(),
                    false => t.palette_nothing(),
                };
                nothing.then(|| view! { <p class="quiet palette-nothing" role="status">{words}</p> })
            }}
        </div>
    }
    .into_any()
}
