//! What stands inside a side panel: parts with headings, one below the other.

use leptos::prelude::*;

/// The whole content of a panel.
#[component]
pub fn Panel(
    /// [`PanelPart`]s and whatever comes before them.
    children: Children,
) -> impl IntoView {
    view! { <div class="panel">{children()}</div> }
}

/// A part of a panel with its heading.
#[component]
pub fn PanelPart(
    /// Heading.
    #[prop(into)]
    title: String,
    /// Right of it.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// Content.
    children: Children,
) -> impl IntoView {
    let label = title.clone();
    view! {
        <section class="panel-part" aria-label=label>
            <header>
                <h3>{title}</h3>
                {aside.map(|aside| move || aside.run())}
            </header>
            {children()}
        </section>
    }
    .into_any()
}
