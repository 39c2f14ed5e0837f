//! What stands around a table: pages by cursor below it, the bar of bulk actions while rows are selected.

use super::button::{Button, Variant};
use super::icon_paths::IconName;
use super::table::Selection;
use crate::i18n::use_texts;
use leptos::prelude::*;

/// Previous and next page of a list read by cursor. Shows nothing when there is one page.
#[component]
pub fn Pager(
    /// There are rows before.
    #[prop(into)]
    has_previous: Signal<bool>,
    /// There are rows after.
    #[prop(into)]
    has_next: Signal<bool>,
    /// Goes back.
    #[prop(into)]
    on_previous: Callback<()>,
    /// Goes on.
    #[prop(into)]
    on_next: Callback<()>,
    /// Words at the start (how many are shown).
    #[prop(optional, into)]
    summary: Signal<String>,
) -> impl IntoView {
    let t = use_texts();
    view! {
        <nav class="pager" aria-label=t.ui_pages() hidden=move || !has_previous.get() && !has_next.get()>
            <span class="pager-summary">{move || summary.get()}</span>
            <Button
                small=true
                icon=IconName::ChevronLeft
                disabled=Signal::derive(move || !has_previous.get())
                on_click=on_previous
            >
                {t.ui_page_previous()}
            </Button>
            <Button
                small=true
                icon=IconName::ChevronRight
                disabled=Signal::derive(move || !has_next.get())
                on_click=on_next
            >
                {t.ui_page_next()}
            </Button>
        </nav>
    }
    .into_any()
}

/// Actions on the selected rows; appears over the bottom of the page while any row is selected.
#[component]
pub fn BulkBar(
    /// Selected rows.
    selected: Selection,
    /// Buttons.
    children: ChildrenFn,
) -> impl IntoView {
    let t = use_texts();
    let count = Memo::new(move |_| selected.with(|selected| selected.len()));
    let children = StoredValue::new(children);
    let any = move || count.get() > 0;
    view! {
        <Show when=any>
            <div class="bulk-bar" role="region" aria-label=t.ui_selected()>
                <span>
                    {move || t.format_rows_selected(count.get())}
                </span>
                {children.with_value(|children| children())}
                <Button small=true variant=Variant::Ghost on_click=move || selected.update(|s| s.clear())>
                    {t.action_clear()}
                </Button>
            </div>
        </Show>
    }
    .into_any()
}
