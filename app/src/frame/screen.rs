//! One page inside the frame: window title, top bar, content.

use super::data::{FrameData, LiveState, use_frame};
use super::section::Section;
use crate::i18n::use_texts;
use crate::ui::{Counter, Dot, EmptyState, Icon, IconButton, IconName, LinkButton, Page, Tone};
use leptos::prelude::*;
use leptos_meta::Title;

/// A page: its name in the window and the top bar, its main action, its content.
#[component]
pub fn Screen(
    /// Name of the page.
    #[prop(into)]
    title: Signal<String>,
    /// The main action, at the end of the top bar. On a phone only its icon stays.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Right after the name: badges, a way back.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// Whole width and height, no scrolling of its own (chats, boards).
    #[prop(optional)]
    full: bool,
    /// Narrow column (settings, forms).
    #[prop(optional)]
    narrow: bool,
    /// Without the space and the column of a [`Page`].
    #[prop(optional)]
    bare: bool,
    /// Parts of the page.
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let frame = use_frame();
    let waiting = frame.as_ref().map(|frame| frame.chats);
    let mark = frame.as_ref().map(|frame| frame.mark);
    let mark = move || mark.map_or_else(|| t.app_name(), |mark| mark.get());
    let window_title = move || match waiting.map_or(0, |waiting| waiting.get()) {
        0 => format!("{} · {}", title.get(), mark()),
        count => format!("({count}) {} · {}", title.get(), mark()),
    };
    let live = frame.as_ref().map(|frame| frame.live);
    let strip = move || {
        (live?.get() == LiveState::Off).then(|| {
            view! { <p class="connection-strip" role="status"><Icon name=IconName::Offline size=14 />{t.frame_live_off()}</p> }
        })
    };
    let content = if bare { children().into_any() } else { view! { <Page full narrow>{children()}</Page> }.into_any() };
    view! {
        <Title text=window_title />
        <header class="top-bar">
            <h1>{move || title.get()}</h1>
            {aside.map(|aside| aside.run())}
            <span class="push"></span>
            {frame.map(tools)}
            {actions.map(|actions| view! { <div class="top-bar-action">{actions.run()}</div> })}
        </header>
        {move || strip()}
        <main id="content" class="frame-content" class:full=full tabindex="-1">
            {content}
        </main>
    }
    .into_any()
}

/// Search, state of sending, notifications.
fn tools(frame: FrameData) -> AnyView {
    let t = use_texts();
    let stopped = frame.sending_stopped;
    let notifications = frame.notifications;
    let search = frame.on_search.map(|on_search| {
        view! {
            <button
                type="button"
                class="search-box"
                aria-keyshortcuts="Control+K"
                aria-label=t.frame_search()
                on:click=move |_| on_search.run(())
            >
                <Icon name=IconName::Search />
                <span class="search-words">{t.frame_search()}</span>
                <kbd>{t.frame_search_keys()}</kbd>
            </button>
        }
    });
    let bell = frame.on_notifications.map(|on_notifications| {
        view! {
            <div class="bell">
                <IconButton icon=IconName::Bell label=t.frame_notifications() on_click=on_notifications />
                <Counter count=notifications />
            </div>
        }
    });
    let words = move || if stopped.get() { t.frame_sending_stopped() } else { t.frame_sending_on() };
    let tone = Signal::derive(move || if stopped.get() { Tone::Danger } else { Tone::Success });
    view! {
        {search}
        <a class="send-state" class:stopped=move || stopped.get() href="/stop" title=move || words()>
            {move || match stopped.get() {
                true => view! { <Icon name=IconName::Stop size=14 /> }.into_any(),
                false => view! { <Dot tone=tone /> }.into_any(),
            }}
            <span>{move || words()}</span>
        </a>
        {bell}
    }
    .into_any()
}

/// An honest page for a section that is not built yet.
#[component]
pub fn Soon(
    /// Which section.
    section: Section,
) -> impl IntoView {
    let t = use_texts();
    let hint = match section {
        Section::Campaigns => t.soon_campaigns(),
        _ => t.soon_analytics(),
    };
    view! {
        <Screen title=section.title(t)>
            <EmptyState icon=section.icon() title=t.soon_title() hint=hint>
                <LinkButton href=Section::Dashboard.href()>{t.soon_back()}</LinkButton>
            </EmptyState>
        </Screen>
    }
    .into_any()
}
