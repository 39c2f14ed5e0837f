//! Layers that ask for the whole attention (dialog) or stand at the side (drawer). Both are the browser's `<dialog>`:
//! focus stays inside, Escape closes, focus goes back, the page behind is inert.

use super::button::{Button, Variant};
use super::floating::keep_equal;
use super::icon::Icon;
use super::icon_paths::IconName;
use crate::i18n::use_texts;
use leptos::html;
use leptos::prelude::*;

/// A question or a short form in the middle. Its children exist only while it is open.
#[component]
pub fn Dialog(
    /// Open or not, both ways.
    open: RwSignal<bool>,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// 720 px instead of 480 px.
    #[prop(optional)]
    wide: bool,
    /// Body; put the buttons last in `<div class="dialog-actions">` or [`FormActions`](super::FormActions).
    children: ChildrenFn,
) -> impl IntoView {
    let class = if wide { "dialog wide" } else { "dialog" };
    view! { <Layer open=open title=title class=class modal=true children=children /> }
}

/// A panel at the right edge: details without leaving the list.
#[component]
pub fn Drawer(
    /// Open or not, both ways.
    open: RwSignal<bool>,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Greys out the page behind. Leave off to let people go on working in the list.
    #[prop(optional)]
    modal: bool,
    /// Buttons in the heading.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Body.
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Layer open=open title=title class="drawer" modal=modal actions=actions children=children /> }
}

#[component]
fn Layer(
    open: RwSignal<bool>,
    title: Signal<String>,
    class: &'static str,
    modal: bool,
    #[prop(optional_no_strip)] actions: Option<ViewFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let t = use_texts();
    let node = NodeRef::<html::Dialog>::new();
    // The content goes after the dialog is closed: the browser gives the focus back only while it is still inside.
    let shown = RwSignal::new(open.get_untracked());
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        match (wanted, dialog.open()) {
            (true, false) => {
                keep_equal(shown, true);
                // After the content is there, so that its first field gets the focus.
                request_animation_frame(move || {
                    if open.try_get_untracked() != Some(true) || dialog.open() {
                        return;
                    }
                    if modal {
                        let _ = dialog.show_modal();
                    } else {
                        dialog.show();
                    }
                });
            }
            (false, true) => dialog.close(),
            (false, false) => keep_equal(shown, false),
            _ => {}
        }
    });
    let body = move || {
        shown.get().then(|| {
            let actions = actions.clone();
            view! {
                <header class="layer-head">
                    <h2>{move || title.get()}</h2>
                    {actions.map(|actions| view! { <div class="layer-actions">{actions.run()}</div> })}
                </header>
                <div class="layer-body">{children()}</div>
                <button type="button" class="layer-close" aria-label=t.ui_close() title=t.ui_close() on:click=move |_| open.set(false)>
                    <Icon name=IconName::Close />
                </button>
            }
        })
    };
    view! {
        <dialog
            class=class
            node_ref=node
            aria-label=move || title.get()
            on:close=move |_| {
                keep_equal(open, false);
                shown.set(false);
            }
            on:mousedown=move |event| {
                // The backdrop belongs to the dialog element itself; its content is in children.
                if modal && event.target() == event.current_target() {
                    open.set(false);
                }
            }
            on:keydown=move |event| {
                if event.key() == "Escape" && !event.default_prevented() {
                    event.stop_propagation();
                    if !modal {
                        open.set(false);
                    }
                }
            }
        >
            {move || body()}
        </dialog>
    }
    .into_any()
}

/// Asks before something destructive or outward: says what will happen and how many it reaches.
#[component]
pub fn ConfirmDialog(
    /// Open or not, both ways.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What will happen, to how many, and whether it can be undone.
    #[prop(into)]
    text: Signal<String>,
    /// The verb on the button.
    #[prop(into)]
    confirm: String,
    /// Destroys something.
    #[prop(optional)]
    danger: bool,
    /// Work is under way; the caller closes the dialog when it is done.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Called when confirmed.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let t = use_texts();
    let confirm = StoredValue::new(confirm);
    view! {
        <Dialog open=open title=title>
            <p class="dialog-text">{move || text.get()}</p>
            <div class="dialog-actions">
                <Button on_click=move || open.set(false)>{t.action_cancel()}</Button>
                <Button
                    variant=if danger { Variant::Danger } else { Variant::Primary }
                    pending=pending
                    on_click=on_confirm
                >
                    {confirm.get_value()}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
