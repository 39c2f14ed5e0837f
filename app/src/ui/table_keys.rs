//! The keyboard of a table: walking rows, opening, selecting. Latin and Russian layouts alike.

use super::floating::{all_inside, is_typing};
use super::table::Selection;
use leptos::ev;
use leptos::html;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;

/// `j`/`k`/arrows move the focus between rows, Enter opens, `x` selects.
pub(super) fn walk_with_keys(
    table: NodeRef<html::Table>,
    on_open: Option<Callback<String>>,
    selected: Option<Selection>,
) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
                return;
            }
            let Some(table) = table.try_get_untracked().flatten() else { return };
            let rows = all_inside(&table, "tbody > tr");
            let active = document().active_element();
            let at = rows.iter().position(|row| row.contains(active.as_ref().map(AsRef::as_ref)));
            let focused = at.is_some_and(|i| active.as_ref().is_some_and(|a| a.is_same_node(Some(&rows[i]))));
            let go = |i: usize| {
                if let Some(row) = rows.get(i) {
                    event.prevent_default();
                    let _ = row.focus();
                }
            };
            match event.key().as_str() {
                "j" | "о" => go(at.map_or(0, |i| i + 1)),
                "k" | "л" => go(at.map_or(0, |i| i.saturating_sub(1))),
                "ArrowDown" if focused => go(at.map_or(0, |i| i + 1)),
                "ArrowUp" if focused => go(at.map_or(0, |i| i.saturating_sub(1))),
                "Enter" if focused => {
                    if let Some((on_open, key)) = on_open.zip(at.and_then(|i| rows[i].get_attribute("data-key"))) {
                        event.prevent_default();
                        on_open.run(key);
                    }
                }
                "x" | "ч" if focused => {
                    if let Some((selected, key)) = selected.zip(at.and_then(|i| rows[i].get_attribute("data-key"))) {
                        selected.update(|s| {
                            if !s.remove(&key) {
                                s.insert(key);
                            }
                        });
                    }
                }
                _ => {}
            }
        });
        on_cleanup(move || handle.remove());
    });
}
