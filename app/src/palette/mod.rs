//! Ctrl+K: one field over pages, actions and records, however it is typed. The field is there at once and loses no key; what
//! it finds ([`lines`]) lies in a part of the program that comes while it rests.

pub mod lines;

use crate::frame::FrameData;
use crate::i18n::use_texts;
use crate::parts::{self, Fetched};
use crate::ui::Dialog;
use leptos::html;
use leptos::prelude::*;

/// What is typed and pressed in the field, and the place among the lines.
#[derive(Clone, Copy)]
pub struct Asked {
    open: RwSignal<bool>,
    typed: RwSignal<String>,
    /// How many lines there are, and which of them is chosen.
    count: RwSignal<usize>,
    active: RwSignal<usize>,
    /// Enter was pressed: the lines go where the chosen one leads, also those that come a moment later.
    entered: RwSignal<bool>,
    frame: StoredValue<FrameData>,
}

/// The dialog.
#[component]
pub fn Palette(
    open: RwSignal<bool>,
    /// Some lines do what the frame does.
    frame: StoredValue<FrameData>,
) -> impl IntoView {
    let t = use_texts();
    view! { <Dialog open=open title=t.frame_search() wide=true><Field open frame /></Dialog> }.into_any()
}

#[component]
fn Field(open: RwSignal<bool>, frame: StoredValue<FrameData>) -> impl IntoView {
    let t = use_texts();
    let asked = Asked {
        open,
        typed: RwSignal::new(String::new()),
        count: RwSignal::new(0),
        active: RwSignal::new(0),
        entered: RwSignal::new(false),
        frame,
    };
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let on_input = move |event: leptos::ev::Event| {
        asked.entered.set(false);
        asked.active.set(0);
        asked.typed.set(event_target_value(&event));
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let count = asked.count.get_untracked();
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => count.saturating_sub(1),
            "Enter" => {
                event.prevent_default();
                asked.entered.set(true);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if count > 0 {
            asked.active.update(|at| *at = (*at + step) % count);
        }
    };
    view! {
        <div class="palette">
            <input
                node_ref=field
                type="search"
                class="input"
                role="combobox"
                aria-expanded=move || (asked.count.get() > 0).to_string()
                aria-controls="palette-lines"
                aria-activedescendant=move || (asked.count.get() > 0).then(|| format!("palette-{}", asked.active.get()))
                aria-label=t.frame_search()
                placeholder=t.palette_placeholder()
                autocomplete="off"
                maxlength="100"
                on:input=on_input
                on:keydown=keys
            />
            <Fetched part=move || parts::above::palette(asked) />
        </div>
    }
    .into_any()
}
