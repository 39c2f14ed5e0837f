//! One icon of the set, inlined as SVG so that it takes the colour of the text. Decorative unless it has a label.

use super::icon_paths::IconName;
use leptos::prelude::*;

/// An icon of 16 px (or `size`). Give `label` only where no text beside it says the same.
#[component]
pub fn Icon(
    /// Which icon.
    name: IconName,
    /// Side in pixels.
    #[prop(default = 16)]
    size: u32,
    /// Text for screen readers.
    #[prop(optional, into)]
    label: Option<String>,
    /// More classes (`spin` turns it).
    #[prop(optional, into)]
    class: Option<&'static str>,
) -> impl IntoView {
    let hidden = if label.is_none() { "true" } else { "false" };
    let role = label.as_ref().map(|_| "img");
    view! {
        <svg
            class=format!("icon {}", class.unwrap_or_default())
            width=size
            height=size
            viewBox="0 0 24 24"
            aria-hidden=hidden
            role=role
            aria-label=label
            inner_html=name.paths()
        ></svg>
    }
    .into_any()
}
