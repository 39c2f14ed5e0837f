//! Pages of a list read by cursor, with the cursor in the address.

use super::address::Address;
use crate::ui::Pager;
use leptos::prelude::*;

/// Previous and next page. Back to the first page, where the way here is not known (an opened link).
#[component]
pub fn CursorPager(
    /// Address of the page.
    address: Address,
    /// Cursor of the next page.
    #[prop(into)]
    next: Signal<Option<String>>,
) -> impl IntoView {
    let trail = StoredValue::new(Vec::<Option<String>>::new());
    let forward = move || {
        if let Some(next) = next.get_untracked() {
            let here = address.get_untracked("cursor");
            trail.update_value(|trail| trail.push(here));
            address.set(&[("cursor", Some(&next))]);
            to_top();
        }
    };
    let back = move || {
        let before = trail.try_update_value(Vec::pop).flatten().flatten();
        address.set(&[("cursor", before.as_deref())]);
        to_top();
    };
    view! {
        <Pager
            has_previous=Signal::derive(move || address.get("cursor").is_some())
            has_next=Signal::derive(move || next.with(Option::is_some))
            on_previous=back
            on_next=forward
        />
    }
    .into_any()
}

fn to_top() {
    if let Some(content) = document().get_element_by_id("content") {
        content.set_scroll_top(0);
    }
}
