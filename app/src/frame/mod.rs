//! The frame around every signed-in page: sidebar, top bar, bottom bar on phones. Takes [`FrameData`] and draws; must not
//! load anything.
//!
//! Once around the routes: `<Frame data=data><Outlet /></Frame>`. Every page: `<Screen title=t.nav_orders()
//! actions=move || view! { <Button …/> }>…</Screen>`, which brings the top bar, the window title and the scrolling content.

mod data;
mod screen;
mod section;
mod sidebar;

pub use data::{FrameData, FrameOrganisation, LiveState, use_frame};
pub use screen::{Screen, Soon};
pub use section::Section;

use crate::i18n::use_texts;
use crate::ui::floating::is_typing;
use crate::ui::{ToastRegion, use_toasts};
use leptos::context::Provider;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;
use sidebar::{BottomBar, Sidebar};

/// Cookie that remembers the narrow sidebar: `1` or `0`.
const SIDEBAR_COOKIE: &str = "pult_sidebar";

/// Whether the person narrowed the sidebar the last time: the same on the server and in the browser.
pub fn remembered_collapsed() -> bool {
    #[cfg(feature = "ssr")]
    let cookies = use_context::<http::request::Parts>()
        .and_then(|parts| Some(parts.headers.get(http::header::COOKIE)?.to_str().ok()?.to_owned()));
    #[cfg(not(feature = "ssr"))]
    let cookies =
        wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlDocument>(document()).ok().and_then(|page| page.cookie().ok());
    let narrow = format!("{SIDEBAR_COOKIE}=1");
    cookies.is_some_and(|cookies| cookies.split(';').any(|cookie| cookie.trim() == narrow))
}

/// Sidebar and bottom bar around the page.
#[component]
pub fn Frame(
    /// What it shows.
    data: FrameData,
    /// What the search opens; it is there once the page is awake.
    #[prop(optional, into)]
    palette: ViewFn,
    /// The page: a [`Screen`].
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let collapsed = data.collapsed;
    let on_search = data.on_search;
    let _ = use_toasts();
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            // By place on the keyboard, so that it works in both layouts.
            let palette = (event.ctrl_key() || event.meta_key()) && event.code() == "KeyK";
            let slash = event.key() == "/" && !event.ctrl_key() && !event.alt_key() && !is_typing(&event);
            if let Some(on_search) = on_search.filter(|_| palette || slash) {
                event.prevent_default();
                on_search.run(());
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <div class="frame" class:collapsed=move || collapsed.get()>
            <a class="skip-link visually-hidden" href="#content">{t.nav_skip()}</a>
            <Sidebar data=data.clone() />
            <div class="frame-main">
                <Provider value=data.clone()>{children()}</Provider>
            </div>
            <BottomBar data=data />
            <ToastRegion />
            {move || awake.get().then(|| palette.run())}
        </div>
    }
    .into_any()
}
