//! Asks before a page with unsaved changes is left: closing the tab, reloading, or following a link. Browser only.

use crate::i18n::use_texts;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// While `dirty` is true, leaving needs a confirmation. Ends with the component that called it.
pub fn ask_before_leaving(dirty: Signal<bool>) {
    if cfg!(not(feature = "hydrate")) {
        return;
    }
    let question = use_texts().ui_unsaved();
    Effect::new(move |_| {
        let unload = window_event_listener(ev::beforeunload, move |event| {
            if dirty.try_get_untracked() == Some(true) {
                event.prevent_default();
            }
        });
        // In the capture phase: before the router sees the click.
        let question = question.clone();
        let click = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            let leads_away = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                .and_then(|element| element.closest("a[href]:not([target=_blank],[download])").ok().flatten())
                .is_some_and(|link| !link.get_attribute("href").is_some_and(|href| href.starts_with('#')));
            if leads_away
                && dirty.try_get_untracked() == Some(true)
                && !window().confirm_with_message(&question).unwrap_or(true)
            {
                event.prevent_default();
                event.stop_propagation();
            }
        });
        let function: web_sys::js_sys::Function = click.as_ref().unchecked_ref::<web_sys::js_sys::Function>().clone();
        let _ = window().add_event_listener_with_callback_and_bool("click", &function, true);
        let keep = StoredValue::new_local((click, function));
        on_cleanup(move || {
            unload.remove();
            keep.with_value(|(_, function)| {
                let _ = window().remove_event_listener_with_callback_and_bool("click", function, true);
            });
        });
    });
}
