//! Where a layer that floats over the page goes: beside its anchor, inside the window. Browser only; the layers
//! themselves are popovers (top layer, closed by Escape or a click outside), so nothing clips them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Preferred place of a floating layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Below, left edges in line.
    #[default]
    BelowStart,
    /// Below, right edges in line.
    BelowEnd,
    /// Above, left edges in line.
    AboveStart,
    /// Above, right edges in line.
    AboveEnd,
    /// Above, centred.
    Above,
    /// To the right, centred.
    Right,
}

const GAP: f64 = 6.0;
const EDGE: f64 = 8.0;

/// Moves a shown popover beside its anchor; flips where there is no room.
pub fn put_beside(layer: &web_sys::HtmlElement, anchor: &web_sys::Element, place: Place) {
    let (Some(width), Some(height)) = (number(window().inner_width()), number(window().inner_height())) else { return };
    let a = anchor.get_bounding_client_rect();
    let (w, h) = (f64::from(layer.offset_width()), f64::from(layer.offset_height()));
    let below = a.bottom() + GAP;
    let above = a.top() - GAP - h;
    let vertical = |wanted: f64, other: f64| {
        if wanted < EDGE || wanted + h > height - EDGE {
            if other >= EDGE && other + h <= height - EDGE { other } else { wanted }
        } else {
            wanted
        }
    };
    let (x, y) = match place {
        Place::BelowStart => (a.left(), vertical(below, above)),
        Place::BelowEnd => (a.right() - w, vertical(below, above)),
        Place::AboveStart => (a.left(), vertical(above, below)),
        Place::AboveEnd => (a.right() - w, vertical(above, below)),
        Place::Above => (a.left() + a.width() / 2.0 - w / 2.0, vertical(above, below)),
        Place::Right => (a.right() + GAP, a.top() + a.height() / 2.0 - h / 2.0),
    };
    let x = x.min(width - w - EDGE).max(EDGE);
    let y = y.min(height - h - EDGE).max(EDGE);
    let style = layer.style();
    let _ = style.set_property("left", &format!("{}px", x as i32));
    let _ = style.set_property("top", &format!("{}px", y as i32));
}

/// Whether a popover or dialog is shown now.
pub fn is_shown(element: &web_sys::Element) -> bool {
    element.matches(":popover-open").unwrap_or(false)
}

/// Sets a signal only where it differs: setting it to the same would draw what depends on it anew and lose the focus.
pub fn keep_equal(signal: RwSignal<bool>, value: bool) {
    if signal.get_untracked() != value {
        signal.set(value);
    }
}

/// The elements inside that match, in order of the document.
pub fn all_inside(element: &web_sys::Element, selector: &str) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = element.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok()).collect()
}

/// Whether the event came from something that has its own use for clicks and keys.
pub fn from_control(event: &web_sys::Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("a,button,input,select,textarea,label,[contenteditable]").ok().flatten())
        .is_some()
}

/// Whether a person is typing or something lies over the page, so that letter shortcuts must not act.
pub fn is_typing(event: &web_sys::Event) -> bool {
    // In a dialog whose focused button has just gone, keys come from the body. A menu has letters to itself, too.
    let over = leptos::prelude::document().query_selector("dialog:modal, [role=menu]:popover-open").ok().flatten();
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).and_then(|e| {
        e.closest("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]").ok().flatten()
    });
    over.or(field).is_some()
}

fn number(value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>) -> Option<f64> {
    value.ok()?.as_f64()
}
