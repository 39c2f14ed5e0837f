//! Going from section to section: sidebar on wide screens, bottom bar on phones, menus of organisation and person.

use super::SIDEBAR_COOKIE;
use super::data::{FrameData, FrameOrganisation};
use super::section::Section;
use crate::i18n::{use_language, use_set_language, use_texts};
use crate::ui::{
    Avatar, Counter, Icon, IconButton, IconName, Menu, MenuItem, OrganisationSign, Place, Tooltip, presence_text,
};
use domain::access::Presence;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use texts::Language;
use wasm_bindgen::JsCast;

/// The sidebar.
#[component]
pub fn Sidebar(data: FrameData) -> impl IntoView {
    let t = use_texts();
    let collapsed = data.collapsed;
    let role = data.role;
    let items = |sections: &[Section]| {
        let shown = sections.iter().copied().filter(move |section| section.visible_to(role));
        shown.map(|section| view! { <NavItem section data=data.clone() /> }).collect_view()
    };
    let toggle = move || {
        collapsed.update(|collapsed| *collapsed = !*collapsed);
        remember(collapsed.get_untracked());
    };
    let icon = Signal::derive(move || if collapsed.get() { IconName::PanelOpen } else { IconName::PanelClose });
    let label = Signal::derive(move || if collapsed.get() { t.nav_expand() } else { t.nav_collapse() });
    view! {
        <aside class="sidebar">
            {organisation(&data)}
            <nav class="sidebar-nav" aria-label=t.nav_label()>
                <div class="sidebar-group">{items(&Section::WORK)}</div>
                <div class="sidebar-group">{items(&Section::UPKEEP)}</div>
            </nav>
            <div class="sidebar-foot">
                {me(&data)}
                <div class="sidebar-toggle">
                    <IconButton icon=icon label=label small=true on_click=toggle />
                </div>
            </div>
        </aside>
    }
    .into_any()
}

/// The four sections used most, and «Ещё».
#[component]
pub fn BottomBar(data: FrameData) -> impl IntoView {
    let t = use_texts();
    let role = data.role;
    let sections = Section::PHONE.into_iter().filter(move |section| section.visible_to(role));
    let rest = Section::all().filter(move |s| !Section::PHONE.contains(s) && s.visible_to(role));
    let rest: Vec<Section> = rest.collect();
    let person = person_menu(&data);
    let name = data.person.clone();
    let more = Signal::derive(move || {
        let links = rest.iter().map(|section| MenuItem::link(section.title(t), section.href()).icon(section.icon()));
        links.chain([MenuItem::Separator, MenuItem::Heading(name.clone())]).chain(person()).collect::<Vec<_>>()
    });
    view! {
        <nav class="bottom-bar" aria-label=t.nav_label()>
            {sections.map(|section| view! { <NavItem section data=data.clone() /> }).collect_view()}
            <Menu label=t.nav_more() items=more place=Place::AboveEnd class="nav-item">
                <Icon name=IconName::Menu />
                <span class="nav-label">{t.nav_more()}</span>
            </Menu>
        </nav>
    }
    .into_any()
}

#[component]
fn NavItem(section: Section, data: FrameData) -> impl IntoView {
    let t = use_texts();
    let location = use_location();
    let here = Memo::new(move |_| location.pathname.with(|path| section.holds(path)));
    let collapsed = data.collapsed;
    let (count, quiet) = match section {
        Section::Chats => (Some(data.chats), false),
        Section::Orders => (Some(data.orders), true),
        Section::Connections => (Some(data.connections), false),
        Section::Reviews => (Some(data.reviews), false),
        _ => (None, false),
    };
    let title = section.title(t);
    let hint = {
        let title = title.clone();
        Signal::derive(move || if collapsed.get() { title.clone() } else { String::new() })
    };
    view! {
        <Tooltip text=hint place=Place::Right>
            <a class="nav-item" href=section.href() aria-current=move || here.get().then_some("page")>
                <Icon name=section.icon() />
                <span class="nav-label">{title}</span>
                {count.map(|count| view! { <Counter count quiet /> })}
            </a>
        </Tooltip>
    }
    .into_any()
}

fn organisation(data: &FrameData) -> AnyView {
    let t = use_texts();
    let here = data.organisation;
    let name = Signal::derive(move || here.with(|here| here.name.clone()));
    let logo = Memo::new(move |_| here.with(|here| here.logo.clone()));
    let face = view! {
        <OrganisationSign name=name logo=logo />
        <span class="organisation-name">
            <b>{move || name.get()}</b>
            <small>{move || here.with(|here| here.note.clone())}</small>
        </span>
    };
    if data.organisations.len() < 2 {
        return view! { <div class="organisation plain">{face}</div> }.into_any();
    }
    let current = here.with_untracked(|here| here.id.clone());
    let (list, go) = (data.organisations.clone(), data.on_organisation);
    let items = Signal::derive(move || {
        let one = |organisation: &FrameOrganisation| {
            let id = organisation.id.clone();
            let here = id == current;
            MenuItem::action(organisation.name.clone(), move || go.run(id.clone())).checked(here)
        };
        std::iter::once(MenuItem::Heading(t.frame_organisations())).chain(list.iter().map(one)).collect::<Vec<_>>()
    });
    view! {
        <Menu label=t.frame_switch_organisation() items=items class="organisation">
            {face}
            <Icon name=IconName::ChevronsUpDown size=14 />
        </Menu>
    }
    .into_any()
}

fn me(data: &FrameData) -> AnyView {
    let t = use_texts();
    let presence = data.presence;
    let (items, person) = (person_menu(data), data.person.clone());
    view! {
        <Menu label=t.frame_profile() items=Signal::derive(items) place=Place::AboveStart class="me">
            <Avatar name=person.clone() presence=presence />
            <span class="me-words">
                <b>{person.clone()}</b>
                <small>{move || presence_text(t, presence.get())}</small>
            </span>
        </Menu>
    }
    .into_any()
}

/// Presence, profile, language, the way out.
fn person_menu(data: &FrameData) -> impl Fn() -> Vec<MenuItem> + Clone + Send + Sync + 'static {
    let t = use_texts();
    let language = use_language();
    let set_language = use_set_language();
    let (presence, set_presence, sign_out) = (data.presence, data.on_presence, data.on_sign_out);
    let (keep_language, on_keys) = (data.on_language, data.on_keys);
    move || {
        let now = presence.get_untracked();
        let states = Presence::ALL.iter().map(|&state| {
            let icon = match state {
                Presence::Active => IconName::Success,
                Presence::Busy => IconName::CircleSlash,
                Presence::Break => IconName::Coffee,
                Presence::Offline => IconName::Moon,
            };
            MenuItem::action(presence_text(t, state), move || set_presence.run(state)).icon(icon).checked(state == now)
        });
        let languages = Language::ALL.into_iter().map(|other| {
            MenuItem::action(texts::load(other).language_name(), move || {
                keep_language.run(other);
                set_language(other);
            })
            .icon(IconName::Globe)
            .checked(other == language)
        });
        let mut items = vec![MenuItem::Heading(t.frame_my_status())];
        items.extend(states);
        items
            .extend([MenuItem::Separator, MenuItem::link(t.frame_profile(), "/settings/profile").icon(IconName::User)]);
        items.extend(languages);
        if let Some(on_keys) = on_keys {
            let sheet = MenuItem::action(t.keys_title(), move || on_keys.run(()));
            items.extend([MenuItem::Separator, sheet.icon(IconName::Info)]);
        }
        items.push(MenuItem::Separator);
        items.push(MenuItem::action(t.action_sign_out(), move || sign_out.run(())).icon(IconName::SignOut));
        items
    }
}

/// Keeps the width of the sidebar for the next page load.
fn remember(collapsed: bool) {
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        let value = u8::from(collapsed);
        let _ = document.set_cookie(&format!("{SIDEBAR_COOKIE}={value}; path=/; max-age=31536000; samesite=lax"));
    }
}
