//! What the palette finds. Records are looked up on the server, with the eyes of whoever asks; pages and actions are known
//! here.

use super::Asked;
use crate::door::{Answer, Door};
use crate::frame::{FrameData, Section};
use crate::i18n::use_texts;
use crate::pages::settings;
use crate::ui::{Icon, IconName, presence_text};
use domain::access::{Permission, Presence, Role};
use domain::text::{fold, readings};
use domain::views::{Found, FoundKind};
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

/// What a line does.
#[derive(Clone, PartialEq)]
enum Does {
    Go(String),
    Presence(Presence),
    Keys,
    SignOut,
}

/// A line to choose.
#[derive(Clone, PartialEq)]
struct Entry {
    icon: IconName,
    title: String,
    note: String,
    does: Does,
    /// Also shown before anything is typed.
    usual: bool,
}

impl Entry {
    fn go(icon: IconName, title: String, note: String, href: impl Into<String>) -> Self {
        Self { icon, title, note, does: Does::Go(href.into()), usual: true }
    }
    fn does(does: Does, icon: IconName, title: String, note: String) -> Self {
        Self { icon, title, note, does, usual: false }
    }
    fn rare(self) -> Self {
        Self { usual: false, ..self }
    }
}

/// Everything of this role that needs no looking up.
fn known(t: Texts, role: Role) -> Vec<Entry> {
    let pages = Section::all()
        .filter(|section| section.visible_to(role))
        .map(|section| Entry::go(section.icon(), section.title(t), t.palette_page(), section.href()));
    let action = |permission: Permission, icon: IconName, title: String, href: &str| {
        role.allows(permission).then(|| Entry::go(icon, title, t.palette_action(), href))
    };
    let actions = [
        action(Permission::OrdersWrite, IconName::Plus, t.palette_new_order(), "/orders?new=1"),
        action(Permission::ContactsWrite, IconName::Plus, t.palette_new_contact(), "/contacts?new=1"),
        action(Permission::ProductsWrite, IconName::Plus, t.palette_new_product(), "/catalogue?open=new"),
        action(Permission::RulesManage, IconName::Plus, t.palette_new_rule(), "/rules?new=1"),
        action(Permission::MembersManage, IconName::UserPlus, t.team_invite_title(), "/team?new=1"),
        action(Permission::ConnectionsManage, IconName::Plus, t.palette_new_connection(), "/connections"),
        action(Permission::JobsManage, IconName::CircleSlash, t.palette_stop(), "/stop"),
    ];
    // Pages behind pages.
    let inner = |section: Section, title: String, href: &str| {
        section.visible_to(role).then(|| Entry::go(section.icon(), title, section.title(t), href).rare())
    };
    let inner = [
        inner(Section::Contacts, t.contacts_tab_duplicates(), "/contacts?tab=duplicates"),
        inner(Section::Rules, t.rules_tab_runs(), "/rules/runs"),
        inner(Section::Journal, t.journal_tab_events(), "/journal?tab=events"),
        inner(Section::Journal, t.journal_tab_jobs(), "/journal?tab=jobs"),
    ];
    let settings = settings::tabs(t, role)
        .into_iter()
        .map(|(key, title)| Entry::go(IconName::Settings, title, t.nav_settings(), format!("/settings/{key}")).rare());
    let own = Presence::ALL.iter().map(|&presence| {
        Entry::does(Does::Presence(presence), IconName::User, presence_text(t, presence), t.frame_my_status())
    });
    let end = [
        Entry::does(Does::Keys, IconName::Info, t.keys_title(), t.palette_action()),
        Entry::does(Does::SignOut, IconName::SignOut, t.action_sign_out(), t.palette_action()),
    ];
    pages
        .chain(actions.into_iter().flatten())
        .chain(inner.into_iter().flatten())
        .chain(settings.filter(move |_| Section::Settings.visible_to(role)))
        .chain(own)
        .chain(end)
        .collect()
}

/// Whether a line is meant by what was typed: its title contains it, or the note of one that is not always shown.
fn fits(entry: &Entry, meant: &[String]) -> bool {
    let (title, note) = (fold(&entry.title), fold(&entry.note));
    meant.iter().any(|reading| title.contains(reading.as_str()) || (!entry.usual && note.contains(reading.as_str())))
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
    Entry::go(icon, title, note, href)
}

/// The lines under the field.
#[component]
pub fn Lines(asked: Asked) -> impl IntoView {
    let t = use_texts();
    let Asked { open, typed, count, active, entered, frame } = asked;
    let navigate = StoredValue::new(Box::new(use_navigate()) as Box<dyn Fn(&str, NavigateOptions) + Send + Sync>);
    let all = StoredValue::new(known(t, frame.with_value(|frame: &FrameData| frame.role)));
    let records = RwSignal::new(Vec::<Entry>::new());
    let searching = RwSignal::new(false);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let entries = Memo::new(move |_| {
        let mut entries = records.get();
        let meant = typed.with(|typed| readings(typed));
        let meant = |entry: &&Entry| if meant.is_empty() { entry.usual } else { fits(entry, &meant) };
        all.with_value(|all| entries.extend(all.iter().filter(meant).cloned()));
        entries
    });
    Effect::new(move |_| count.set(entries.with(Vec::len)));
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
    Effect::new(move |_| {
        let text = typed.get();
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        if text.trim().is_empty() {
            records.set(Vec::new());
            searching.set(false);
            return;
        }
        waiting.set_value(set_timeout_with_handle(move || look_up(text), PAUSE).ok());
    });
    let run = move |does: &Does| {
        open.set(false);
        match does {
            Does::Go(href) => navigate.with_value(|navigate| navigate(href, NavigateOptions::default())),
            Does::Presence(presence) => frame.with_value(|frame| frame.on_presence.run(*presence)),
            Does::Keys => frame.with_value(|frame| frame.on_keys.into_iter().for_each(|on_keys| on_keys.run(()))),
            Does::SignOut => frame.with_value(|frame| frame.on_sign_out.run(())),
        }
    };
    Effect::new(move |_| {
        if entered.get() {
            entered.set(false);
            if let Some(entry) = entries.with_untracked(|all| all.get(active.get_untracked()).cloned()) {
                run(&entry.does);
            }
        }
    });
    let line = move |(place, entry): (usize, Entry)| {
        let does = entry.does.clone();
        let words = view! {
            <Icon name=entry.icon size=16 />
            <span>{entry.title}</span>
            <small>{entry.note}</small>
        };
        let click = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            run(&does);
        };
        let (id, chosen) = (format!("palette-{place}"), move || (active.get() == place).to_string());
        let inside = match entry.does {
            Does::Go(href) => {
                view! { <a id=id role="option" aria-selected=chosen href=href tabindex="-1" on:click=click>{words}</a> }
                    .into_any()
            }
            _ => view! { <button id=id role="option" aria-selected=chosen type="button" tabindex="-1" on:click=click>{words}</button> }
                .into_any(),
        };
        view! { <li role="none">{inside}</li> }
    };
    // With the arrows one comes to lines beyond the edge.
    Effect::new(move |_| {
        let page = document();
        let chosen = page.get_element_by_id(&format!("palette-{}", active.get()));
        if let (Some(list), Some(chosen)) = (page.get_element_by_id("palette-lines"), chosen) {
            let (frame, line) = (list.get_bounding_client_rect(), chosen.get_bounding_client_rect());
            let beyond = (line.bottom() - frame.bottom()).max(0.0) + (line.top() - frame.top()).min(0.0);
            list.set_scroll_top(list.scroll_top() + beyond as i32);
        }
    });
    view! {
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
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Language;

    fn lines(role: Role, typed: &str) -> Vec<String> {
        let meant = readings(typed);
        let all = known(texts::load(Language::Ru), role);
        all.into_iter().filter(|entry| fits(entry, &meant)).map(|entry| entry.title).collect()
    }

    #[test]
    fn actions_are_found_by_what_they_do_in_any_layout_and_only_by_who_may() {
        assert!(lines(Role::Owner, "новый").contains(&"Новый заказ".to_owned()));
        // The keys of «заказ» and of «перерыв» in the wrong layout.
        assert!(lines(Role::Seller, "pfrfp").contains(&"Новый заказ".to_owned()));
        assert_eq!(lines(Role::Seller, "gththsd"), ["Перерыв"]);
        assert_eq!(lines(Role::Seller, "мой статус").len(), 4);
        assert_eq!(lines(Role::Owner, "пригласить"), ["Пригласить сотрудника"]);
        assert!(lines(Role::Seller, "пригласить").is_empty());
        assert!(lines(Role::Quality, "новый").is_empty());
    }
}
