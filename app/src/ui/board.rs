//! Cards in columns that people move: by dragging, or with Alt and the arrows. Columns a card may not enter are dimmed
//! while it is dragged. Owns moving; must not decide what is allowed or change data.

use super::each::{Each, ItemView};
use super::floating::all_inside;
use super::tone::Tone;
use crate::i18n::use_texts;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// A column.
#[derive(Clone, PartialEq)]
pub struct BoardColumn {
    /// Its value.
    pub key: String,
    /// Heading.
    pub title: String,
    /// What its dot says.
    pub tone: Tone,
    /// Quiet words in the heading (how many, what sum).
    pub note: String,
}

/// A card, already placed.
#[derive(Clone, PartialEq)]
pub struct BoardCard {
    /// Its key.
    pub key: String,
    /// Key of its column.
    pub column: String,
    /// Grows when the card changes.
    pub revision: u64,
    /// Marked as late.
    pub late: bool,
}

/// Columns of cards.
#[component]
pub fn Board(
    /// What it shows, for screen readers.
    #[prop(into)]
    label: String,
    /// Columns, from left to right.
    #[prop(into)]
    columns: Signal<Vec<BoardColumn>>,
    /// Cards of all columns, in order.
    #[prop(into)]
    cards: Signal<Vec<BoardCard>>,
    /// View of a card by its key. Put one link in it; it opens the card.
    card: impl Fn(String) -> AnyView + Send + Sync + 'static,
    /// Whether a card may go to a column.
    #[prop(into)]
    may_move: Callback<(String, String), bool>,
    /// Called with card and column.
    #[prop(into)]
    on_move: Callback<(String, String)>,
) -> impl IntoView {
    let card: Arc<dyn Fn(String) -> AnyView + Send + Sync> = Arc::new(card);
    let dragged = RwSignal::new(None::<String>);
    let board = NodeRef::<html::Div>::new();
    let column: ItemView = Arc::new(move |key| {
        let found = columns.with_untracked(|columns| columns.iter().find(|c| c.key == key).cloned());
        let Some(column) = found else { return ().into_any() };
        let card = card.clone();
        let note = Memo::new(move |_| {
            columns.with(|columns| columns.iter().find(|c| c.key == key).map(|c| c.note.clone()).unwrap_or_default())
        });
        view! { <Lane column note cards card dragged may_move on_move /> }.into_any()
    });
    let column_keys =
        Signal::derive(move || columns.with(|columns| columns.iter().map(|c| c.key.clone()).collect::<Vec<_>>()));
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" if event.alt_key() => 1,
            "ArrowLeft" if event.alt_key() => -1,
            _ => return,
        };
        let focused = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        let key =
            focused.and_then(|e| e.closest("[data-card]").ok().flatten()).and_then(|e| e.get_attribute("data-card"));
        let Some(key) = key else { return };
        event.prevent_default();
        let from = cards.with_untracked(|cards| cards.iter().find(|c| c.key == key).map(|c| c.column.clone()));
        let order: Vec<String> = columns.with_untracked(|columns| columns.iter().map(|c| c.key.clone()).collect());
        let Some(at) = order.iter().position(|c| Some(c) == from.as_ref()) else { return };
        // The nearest column that way which the card may enter.
        let way: Vec<&String> =
            if step > 0 { order[at + 1..].iter().collect() } else { order[..at].iter().rev().collect() };
        if let Some(to) = way.into_iter().find(|to| may_move.run((key.clone(), (*to).clone()))) {
            on_move.run((key.clone(), to.clone()));
            refocus(board, key);
        }
    };
    view! {
        <div class="board" role="group" aria-label=label node_ref=board on:keydown=keys>
            <Each keys=column_keys item=column />
        </div>
    }
    .into_any()
}

/// The card is drawn anew in its new column; the focus goes with it.
fn refocus(board: NodeRef<html::Div>, key: String) {
    let again = move || {
        let Some(board) = board.try_get_untracked().flatten() else { return };
        let card =
            all_inside(&board, "[data-card]").into_iter().find(|c| c.get_attribute("data-card").as_ref() == Some(&key));
        if let Some(card) = card {
            let target = all_inside(&card, "a,button").into_iter().next().unwrap_or(card);
            let _ = target.focus();
        }
    };
    set_timeout(again, std::time::Duration::from_millis(60));
}

#[component]
fn Lane(
    column: BoardColumn,
    note: Memo<String>,
    cards: Signal<Vec<BoardCard>>,
    card: Arc<dyn Fn(String) -> AnyView + Send + Sync>,
    dragged: RwSignal<Option<String>>,
    may_move: Callback<(String, String), bool>,
    on_move: Callback<(String, String)>,
) -> impl IntoView {
    let t = use_texts();
    let over = RwSignal::new(false);
    let key = StoredValue::new(column.key);
    let title = column.title.clone();
    let mine = Memo::new(move |_| {
        cards.with(|cards| cards.iter().filter(|c| key.with_value(|key| c.column == *key)).cloned().collect::<Vec<_>>())
    });
    let accepts = move || match dragged.get() {
        Some(card) => {
            let here = mine.with(|mine| mine.iter().any(|c| c.key == card));
            !here && may_move.run((card, key.get_value()))
        }
        None => false,
    };
    let barred = move || {
        dragged.with(|card| card.as_ref().is_some_and(|card| !mine.with(|mine| mine.iter().any(|c| c.key == *card))))
            && !accepts()
    };
    // A card that changed is another card: its key carries the revision.
    let name = |card: &BoardCard| format!("{}#{}", card.key, card.revision);
    let names = Signal::derive(move || mine.with(|mine| mine.iter().map(name).collect::<Vec<_>>()));
    let one: ItemView = Arc::new(move |wanted| {
        let found = mine.with_untracked(|mine| mine.iter().find(|card| name(card) == wanted).cloned());
        let Some(item) = found else { return ().into_any() };
        let (id, drag_id) = (item.key.clone(), item.key.clone());
        let is_dragged = {
            let id = item.key.clone();
            move || dragged.with(|card| card.as_ref() == Some(&id))
        };
        view! {
            <li
                class="board-card"
                class:late=item.late
                class:dragged=move || is_dragged()
                draggable="true"
                data-card=id
                on:dragstart=move |event| {
                    if let Some(data) = event.data_transfer() {
                        let _ = data.set_data("text/plain", &drag_id);
                        data.set_effect_allowed("move");
                    }
                    dragged.set(Some(drag_id.clone()));
                }
                on:dragend=move |_| dragged.set(None)
            >
                {card(item.key)}
            </li>
        }
        .into_any()
    });
    view! {
        <section
            class="board-column"
            class:over=move || { over.get() && accepts() }
            class:barred=move || barred()
            aria-label=title
            on:dragover=move |event| {
                if accepts() {
                    event.prevent_default();
                    over.set(true);
                }
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                over.set(false);
                if accepts() && let Some(card) = dragged.get_untracked() {
                    event.prevent_default();
                    dragged.set(None);
                    on_move.run((card, key.get_value()));
                }
            }
        >
            <header>
                <super::Dot tone=column.tone />
                <h2>{column.title}</h2>
                <small>{move || note.get()}</small>
            </header>
            <ul>
                <Each keys=names item=one />
                {move || mine.with(Vec::is_empty).then(|| view! { <li class="board-empty">{t.ui_column_empty()}</li> })}
            </ul>
        </section>
    }
    .into_any()
}
