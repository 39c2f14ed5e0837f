//! The interface: routes and pages. Compiled twice: `ssr` into the server, `hydrate` into the browser; never both at once.
//!
//! Must not name `store` or a provider, and holds no business rule: a server function makes one `services` call.

pub mod format;
pub mod i18n;
pub mod shell;
pub mod ui;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

pub use shell::shell;

/// The whole application inside `<body>`: the router and what surrounds every page.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title text="Pult" />
        <Router>
            <Routes fallback=|| view! { <h1>"404"</h1> }>
                <Route path=path!("/") view=Start />
            </Routes>
        </Router>
    }
}

/// The first page: a counter that only works once the page is hydrated.
#[component]
fn Start() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! {
        <main>
            <h1>"Pult"</h1>
            <button on:click=move |_| set_count.update(|count| *count += 1)>{count}</button>
        </main>
    }
}
