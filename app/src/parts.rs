//! The pages as parts of the program: a browser fetches a page's code when somebody opens it, and the others while it rests.
//!
//! `xtask` cuts the program at these places, and the document asks for the part of its own address right away
//! ([`part_of`]). Сводка, where everybody comes first, stays in the program, and with it what it shares with the others. Few
//! and larger parts on purpose: what several share is cut into pieces of its own, one for every combination.

use crate::ui::{LoadError, Skeleton};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use leptos_router::LazyRoute;

/// The part that holds the page at this address; empty when it lies in the program.
pub fn part_of(path: &str) -> &'static str {
    match path.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "chats" => "chats",
        "orders" | "contacts" | "catalogue" => "trade",
        "rules" => "rules",
        "reviews" | "team" | "connections" | "journal" | "stop" | "settings" => "office",
        _ => "",
    }
}

/// `Name in part, file => page;` makes the route `Lazy::<Name>` of the page and puts its code into that part.
macro_rules! parts {
    ($($name:ident in $part:ident, $file:ident => $page:path;)*) => {
        /// Fetches the part that holds the page at this address. Afterwards the page can be woken up in one go. A failure
        /// shows itself when the page is opened.
        pub async fn fetch(path: &str) {
            $(if part_of(path) == stringify!($part) {
                let _ = $file::fetch().await;
            })*
        }

        $(
            /// The page of this name.
            pub struct $name;

            impl LazyRoute for $name {
                fn data() -> Self {
                    Self
                }

                async fn view(_: Self) -> AnyView {
                    $file::$file().await.unwrap_or_else(|_| view! { <NotFetched /> }.into_any())
                }
            }

            mod $file {
                use leptos::prelude::*;
                use leptos::wasm_split::{SplitLoaderError, wasm_split};

                #[wasm_split($part, wasm_split_path = leptos::wasm_split, preload(fetch), fallible)]
                pub fn $file() -> Result<AnyView, SplitLoaderError> {
                    Ok(crate::ui::apart(|| $page().into_any()))
                }
            }
        )*
    };
}

parts! {
    Chats in chats, chats => crate::pages::chats::ChatsPage;
    Orders in trade, orders => crate::pages::orders::OrdersPage;
    Contacts in trade, contacts => crate::pages::contacts::ContactsPage;
    Contact in trade, contact => crate::pages::contacts::ContactPage;
    Catalogue in trade, catalogue => crate::pages::catalogue::CataloguePage;
    Rules in rules, rules => crate::pages::rules::RulesPage;
    Runs in rules, runs => crate::pages::rules::RunsPage;
    Run in rules, run => crate::pages::rules::RunPage;
    Rule in rules, rule => crate::pages::rules::RulePage;
    Reviews in office, reviews => crate::pages::reviews::ReviewsPage;
    Team in office, team => crate::pages::team::TeamPage;
    Connections in office, connections => crate::pages::connections::ConnectionsPage;
    NewConnection in office, new_connection => crate::pages::connections::NewConnectionPage;
    Connection in office, connection => crate::pages::connections::ConnectionPage;
    Journal in office, journal => crate::pages::journal::JournalPage;
    Stops in office, stops => crate::pages::stops::StopsPage;
    Settings in office, settings => crate::pages::settings::SettingsPage;
}

/// What opens above any page lies with the office: whoever never asks for it gets everything else first.
pub mod above {
    use crate::palette::Asked;
    use leptos::prelude::*;
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    /// What the palette finds.
    #[wasm_split(office, wasm_split_path = leptos::wasm_split, fallible)]
    pub fn palette(asked: Asked) -> Result<AnyView, SplitLoaderError> {
        Ok(view! { <crate::palette::lines::Lines asked /> }.into_any())
    }

    /// The sheet of keys.
    #[wasm_split(office, wasm_split_path = leptos::wasm_split, fallible)]
    pub fn keys() -> Result<AnyView, SplitLoaderError> {
        Ok(view! { <crate::keys::Keys /> }.into_any())
    }
}

/// Shows a view of [`above`] as soon as its part is there.
#[component]
pub fn Fetched<F>(part: impl Fn() -> F + Send + Sync + 'static) -> impl IntoView
where
    F: Future<Output = Result<AnyView, SplitLoaderError>> + Send + 'static,
{
    let shown = move || {
        let part = part();
        Suspend::new(async move { part.await.unwrap_or_else(|_| view! { <NotFetched /> }.into_any()) })
    };
    view! { <Suspense fallback=|| view! { <Skeleton count=4 /> }>{shown}</Suspense> }.into_any()
}

/// The link is gone, or the server has been replaced and no longer knows this build: a new page helps in both cases.
#[component]
fn NotFetched() -> impl IntoView {
    let again = Callback::new(|()| {
        let _ = window().location().reload();
    });
    view! { <main class="frame-content"><LoadError error=ApiError::new(ErrorCode::Offline) retry=again /></main> }
        .into_any()
}
