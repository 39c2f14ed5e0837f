//! The interface: routes and pages. Compiled twice: `ssr` into the server, `hydrate` into the browser; never both at once.
//!
//! Must not name `store` or a provider, and holds no business rule: a server function makes one `services` call.

pub mod door;
pub mod format;
pub mod frame;
pub mod i18n;
pub mod live;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod public;
pub mod session;
#[cfg(feature = "ssr")]
pub mod shell;
mod signed_in;
pub mod ui;

use frame::{Section, Soon};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;
use pages::catalogue::CataloguePage;
use pages::chats::ChatsPage;
use pages::connections::{ConnectionPage, ConnectionsPage, NewConnectionPage};
use pages::contacts::{ContactPage, ContactsPage};
#[cfg(debug_assertions)]
use pages::gallery::GalleryPage;
use pages::home::HomePage;
use pages::journal::JournalPage;
use pages::orders::OrdersPage;
use pages::settings::SettingsPage;
use pages::team::TeamPage;
use signed_in::SignedIn;

#[cfg(feature = "ssr")]
pub use shell::shell;

/// The gallery of building blocks is for people who build.
#[cfg(not(debug_assertions))]
use pages::NotFound as GalleryPage;

/// The whole application inside `<body>`: the router and the frame around every signed-in page.
/// Public pages are not here: the server renders them without a script (`public`).
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=pages::NotFound>
                <ParentRoute path=path!("") view=SignedIn>
                    <Route path=path!("/dashboard") view=HomePage />
                    <Route path=path!("/chats/:id?") view=ChatsPage />
                    <Route path=path!("/orders") view=OrdersPage />
                    <Route path=path!("/contacts") view=ContactsPage />
                    <Route path=path!("/contacts/:id") view=ContactPage />
                    <Route path=path!("/catalogue") view=CataloguePage />
                    <Route path=path!("/rules") view=|| view! { <Soon section=Section::Rules /> } />
                    <Route path=path!("/campaigns") view=|| view! { <Soon section=Section::Campaigns /> } />
                    <Route path=path!("/analytics") view=|| view! { <Soon section=Section::Analytics /> } />
                    <Route path=path!("/team") view=TeamPage />
                    <Route path=path!("/connections") view=ConnectionsPage />
                    <Route path=path!("/connections/new/:provider") view=NewConnectionPage />
                    <Route path=path!("/connections/:id") view=ConnectionPage />
                    <Route path=path!("/journal") view=JournalPage />
                    <Route path=path!("/settings") view=SettingsPage />
                    <Route path=path!("/settings/:tab") view=SettingsPage />
                </ParentRoute>
                <Route path=path!("/ui") view=GalleryPage />
            </Routes>
        </Router>
    }
}
