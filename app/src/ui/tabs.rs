//! Switching between views of one thing. Tabs with an address are links (Back works), the others a tab list.

use super::badge::Counter;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// One tab.
#[derive(Clone)]
pub struct Tab {
    /// Value when chosen.
    pub key: String,
    /// The words.
    pub label: String,
    /// Number beside them.
    pub count: Option<Signal<u32>>,
    /// Address; makes it a link.
    pub href: Option<String>,
}

impl Tab {
    /// A tab that sets the signal to `key`.
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self { key: key.into(), label: label.into(), count: None, href: None }
    }
    /// With a number.
    pub fn count(mut self, count: impl Into<Signal<u32>>) -> Self {
        self.count = Some(count.into());
        self
    }
    /// As a link.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// A row of tabs. Arrows move between them.
#[component]
pub fn Tabs(
    /// What they switch, for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs.
    tabs: Vec<Tab>,
    /// Key of the chosen one.
    #[prop(into)]
    selected: Signal<String>,
    /// Called with the key that was pressed (not for links).
    #[prop(optional, into)]
    on_select: Option<Callback<String>>,
    /// Looks like one control with parts: for switching the form of the same data.
    #[prop(optional)]
    segmented: bool,
) -> impl IntoView {
    let links = tabs.iter().any(|tab| tab.href.is_some());
    let one = move |tab: Tab| {
        let key = StoredValue::new(tab.key);
        let on = move || key.with_value(|key| selected.with(|selected| selected == key));
        let inner = view! {
            <span>{tab.label}</span>
            {tab.count.map(|count| view! { <Counter count=count quiet=true /> })}
        };
        match tab.href {
            Some(href) => view! {
                <a class="tab" href=href aria-current=move || on().then_some("page")>{inner}</a>
            }
            .into_any(),
            None => view! {
                <button
                    type="button"
                    class="tab"
                    role="tab"
                    aria-selected=move || on().to_string()
                    tabindex=move || if on() { "0" } else { "-1" }
                    on:click=move |_| {
                        if let Some(on_select) = on_select {
                            on_select.run(key.get_value());
                        }
                    }
                >
                    {inner}
                </button>
            }
            .into_any(),
        }
    };
    view! {
        <div
            class=if segmented { "tabs segmented" } else { "tabs" }
            role=if links { "navigation" } else { "tablist" }
            aria-label=label
            on:keydown=move |event| step(&event)
        >
            {tabs.into_iter().map(one).collect_view()}
        </div>
    }
    .into_any()
}

/// Left and right arrows choose the neighbour.
fn step(event: &leptos::ev::KeyboardEvent) {
    let Some(tab) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
    let next = match event.key().as_str() {
        "ArrowRight" => tab.next_element_sibling(),
        "ArrowLeft" => tab.previous_element_sibling(),
        _ => return,
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        let _ = next.focus();
        if next.get_attribute("role").as_deref() == Some("tab") {
            next.click();
        }
    }
}
