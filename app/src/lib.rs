//! The interface: routes and pages. Compiled twice: `ssr` into the server, `hydrate` into the browser; never both at once.
//!
//! Must not name `store` or a provider, and holds no business rule: a server function makes one `services` call.

mod calling;
pub mod door;
pub mod format;
pub mod frame;
pub mod i18n;
mod keys;
pub mod live;
pub mod pages;
mod palette;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod public;
mod push;
pub mod session;
#[cfg(feature = "ssr")]
pub mod shell;
mod signed_in;
pub mod ui;

use frame::{Section, Soon};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, path};
#[cfg(debug_assertions)]
use pages::gallery::GalleryPage;
use pages::home::HomePage;
use signed_in::SignedIn;
use ui::apart;

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
                    <Route path=path!("/dashboard") view=|| apart(|| view! { <HomePage /> }.into_any()) />
                    <Route path=path!("/chats/:id?") view={Lazy::<parts::Chats>::new()} />
                    <Route path=path!("/orders") view={Lazy::<parts::Orders>::new()} />
                    <Route path=path!("/contacts") view={Lazy::<parts::Contacts>::new()} />
                    <Route path=path!("/contacts/:id") view={Lazy::<parts::Contact>::new()} />
                    <Route path=path!("/catalogue") view={Lazy::<parts::Catalogue>::new()} />
                    <Route path=path!("/rules") view={Lazy::<parts::Rules>::new()} />
                    <Route path=path!("/rules/runs") view={Lazy::<parts::Runs>::new()} />
                    <Route path=path!("/rules/runs/:id") view={Lazy::<parts::Run>::new()} />
                    <Route path=path!("/rules/:id") view={Lazy::<parts::Rule>::new()} />
                    <Route path=path!("/reviews") view={Lazy::<parts::Reviews>::new()} />
                    <Route path=path!("/campaigns") view=|| apart(|| view! { <Soon section=Section::Campaigns /> }.into_any()) />
                    <Route path=path!("/analytics") view=|| apart(|| view! { <Soon section=Section::Analytics /> }.into_any()) />
                    <Route path=path!("/team") view={Lazy::<parts::Team>::new()} />
                    <Route path=path!("/connections") view={Lazy::<parts::Connections>::new()} />
                    <Route path=path!("/connections/new/:provider") view={Lazy::<parts::NewConnection>::new()} />
                    <Route path=path!("/connections/:id") view={Lazy::<parts::Connection>::new()} />
                    <Route path=path!("/journal") view={Lazy::<parts::Journal>::new()} />
                    <Route path=path!("/stop") view={Lazy::<parts::Stops>::new()} />
                    <Route path=path!("/settings") view={Lazy::<parts::Settings>::new()} />
                    <Route path=path!("/settings/:tab") view={Lazy::<parts::Settings>::new()} />
                </ParentRoute>
                <Route path=path!("/ui") view=GalleryPage />
            </Routes>
        </Router>
    }
}
