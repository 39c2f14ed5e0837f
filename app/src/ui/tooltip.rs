//! A short text that appears beside something on hover and focus. Never the only place of information.

use super::floating::{Place, put_beside};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Shows `text` above its child after a moment; Escape hides it.
#[component]
pub fn Tooltip(
    /// The words; empty shows nothing.
    #[prop(into)]
    text: Signal<String>,
    /// Where it appears.
    #[prop(default = Place::Above)]
    place: Place,
    /// What it explains.
    children: Children,
) -> impl IntoView {
    let anchor = NodeRef::<html::Span>::new();
    let layer = NodeRef::<html::Span>::new();
    // A press may take its own button away, and the leaving focus comes after that: then nothing is here any more.
    let here = |node: NodeRef<html::Span>| node.try_get_untracked().flatten();
    let show = move || {
        let (Some(anchor), Some(layer)) = (here(anchor), here(layer)) else { return };
        if text.try_get_untracked().unwrap_or_default().is_empty() || layer.show_popover().is_err() {
            return;
        }
        let target = anchor.first_element_child().unwrap_or_else(|| anchor.unchecked_into());
        put_beside(&layer, &target, place);
    };
    let hide = move || {
        if let Some(layer) = here(layer) {
            let _ = layer.hide_popover();
        }
    };
    view! {
        <span
            class="tooltip-anchor"
            node_ref=anchor
            on:mouseenter=move |_| show()
            on:mouseleave=move |_| hide()
            on:focusin=move |event| {
                let by_keyboard = event
                    .target()
                    .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
                    .is_some_and(|e| e.matches(":focus-visible").unwrap_or(false));
                if by_keyboard {
                    show();
                }
            }
            on:focusout=move |_| hide()
            on:click=move |_| hide()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    hide();
                }
            }
        >
            {children()}
            <span class="tooltip" role="tooltip" popover="manual" node_ref=layer>{move || text.get()}</span>
        </span>
    }
    .into_any()
}
