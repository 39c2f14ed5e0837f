//! Rows that stay under the pointer: while it is over the list, rows change in place but do not come, go or move; what is
//! new waits behind «Новых сверху».

use crate::i18n::use_texts;
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// Rows held in place.
pub struct Steady<T: Send + Sync + 'static> {
    /// What to show.
    pub rows: Signal<Vec<T>>,
    /// How many new rows wait.
    pub waiting: Signal<u32>,
    held: RwSignal<bool>,
}

impl<T: Send + Sync + 'static> Clone for Steady<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Steady<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Steady<T> {
    /// Holds the rows of `list`, which come with the filter they were loaded by: other filters show at once.
    pub fn new<F: Clone + PartialEq + Send + Sync + 'static>(list: Signal<(F, Vec<T>)>, key: fn(&T) -> String) -> Self {
        let held = RwSignal::new(false);
        let shown = Memo::new(move |before: Option<&(F, Vec<T>)>| {
            let now = list.get();
            match before {
                Some((filter, old)) if held.get() && *filter == now.0 && !old.is_empty() => {
                    (now.0, in_place(old, &now.1, key))
                }
                _ => now,
            }
        });
        let waiting = move || {
            list.with(|(_, now)| {
                shown.with(|(_, shown)| now.iter().filter(|row| !shown.iter().any(|s| key(s) == key(row))).count())
            })
        };
        Self {
            rows: Signal::derive(move || shown.with(|(_, rows)| rows.clone())),
            waiting: Signal::derive(move || if held.get() { u32::try_from(waiting()).unwrap_or(u32::MAX) } else { 0 }),
            held,
        }
    }
}

/// The old rows in their old order with their new values.
fn in_place<T: Clone>(old: &[T], now: &[T], key: fn(&T) -> String) -> Vec<T> {
    let new = |row: &T| now.iter().find(|other| key(other) == key(row)).unwrap_or(row).clone();
    old.iter().map(new).collect()
}

/// Around the list: holds its rows while the pointer is over them, and shows what waits.
#[component]
pub fn NewAbove<T: Clone + PartialEq + Send + Sync + 'static>(
    /// The rows.
    steady: Steady<T>,
    /// The list.
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let (held, waiting) = (steady.held, steady.waiting);
    view! {
        <div
            class="steady"
            on:pointerenter=move |event| held.set(event.pointer_type() == "mouse")
            on:pointerleave=move |_| held.set(false)
        >
            {move || {
                let count = waiting.get();
                (count > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="new-above" on:click=move |_| held.set(false)>
                                <Icon name=IconName::ArrowUp size=14 />
                                {t.ui_new_above(count.to_string())}
                            </button>
                        }
                    })
            }}
            {children()}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_rows_change_but_do_not_move() {
        let key = |row: &(&'static str, i32)| row.0.to_owned();
        assert_eq!(in_place(&[("a", 1), ("b", 1)], &[("c", 2), ("b", 2)], key), [("a", 1), ("b", 2)]);
    }
}
