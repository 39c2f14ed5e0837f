//! Keeping views apart: those that look alike, and those that come and go with the address.

use leptos::prelude::*;

/// The view of a page or a tab. Without it a view that has the same shape as the one before is laid over it: rows of the old
/// list stay until the new data is there, and watch signals that are gone. Every call of this has a shape of its own.
pub fn apart<F>(make: F) -> AnyView
where
    F: Fn() -> AnyView + Send + 'static,
{
    (move || untrack(&make)).into_any()
}

/// Which tab or page is shown, one step behind the address: what the old one watches in the address hears of the change
/// first, while it is still there.
pub fn settled<T>(source: Memo<T>) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let shown = RwSignal::new(source.get_untracked());
    Effect::new(move |_| {
        let now = source.get();
        if shown.with_untracked(|shown| *shown != now) {
            shown.set(now);
        }
    });
    shown.into()
}
