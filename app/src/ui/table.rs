//! The one table: columns, sorting and pages decided by the server, selection, keyboard, cards on a phone.
//! Owns how rows are shown and walked; must not sort, filter or load by itself.
//!
//! Rows are compared by key and value: an unchanged row is not touched, a changed one is lit for a moment.

use super::each::{Each, ItemView};
use super::floating::from_control;
use super::icon::Icon;
use super::icon_paths::IconName;
use super::table_keys::walk_with_keys;
use crate::i18n::use_texts;
use leptos::html;
use leptos::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

/// How long a changed row stays lit.
const LIT: Duration = Duration::from_millis(1_500);

type Cell<T> = Arc<dyn Fn(&T) -> AnyView + Send + Sync>;

/// A column: heading and how to show its value of a row.
#[derive(Clone)]
pub struct Column<T> {
    head: Head,
    cell: Cell<T>,
}

#[derive(Clone)]
struct Head {
    key: &'static str,
    title: String,
    sortable: bool,
    end: bool,
    secondary: bool,
    width: Option<&'static str>,
}

impl<T> Column<T> {
    /// A column. The first one is the title of the card on a phone. `key` is what the server sorts by.
    pub fn new<V: IntoView + 'static>(
        key: &'static str,
        title: impl Into<String>,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        let head = Head { key, title: title.into(), sortable: false, end: false, secondary: false, width: None };
        Self { head, cell: Arc::new(move |row| cell(row).into_any()) }
    }
    /// The heading sorts.
    pub fn sortable(mut self) -> Self {
        self.head.sortable = true;
        self
    }
    /// Numbers: to the right, tabular figures.
    pub fn end(mut self) -> Self {
        self.head.end = true;
        self
    }
    /// Left out on a phone.
    pub fn secondary(mut self) -> Self {
        self.head.secondary = true;
        self
    }
    /// CSS width.
    pub fn width(mut self, width: &'static str) -> Self {
        self.head.width = Some(width);
        self
    }
}

/// Which column sorts, and which way. In addresses `created` or `-created`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// Key of the column; empty for the natural order.
    pub key: String,
    /// From large to small.
    pub descending: bool,
}

impl Sort {
    /// Reads `created` or `-created`.
    pub fn from_text(text: &str) -> Self {
        match text.strip_prefix('-') {
            Some(key) => Self { key: key.to_owned(), descending: true },
            None => Self { key: text.to_owned(), descending: false },
        }
    }
    /// `created` or `-created`.
    pub fn to_text(&self) -> String {
        if self.descending { format!("-{}", self.key) } else { self.key.clone() }
    }
}

/// Keys of selected rows.
pub type Selection = RwSignal<BTreeSet<String>>;

/// A table of rows of type `T`. `j`/`k` and arrows walk, Enter opens, `x` selects.
#[component]
pub fn Table<T>(
    /// What it lists, for screen readers.
    #[prop(into)]
    label: String,
    /// Columns.
    columns: Vec<Column<T>>,
    /// Rows of this page.
    #[prop(into)]
    rows: Signal<Vec<T>>,
    /// Key of a row.
    key: fn(&T) -> String,
    /// Sorting, both ways.
    #[prop(optional, into)]
    sort: Option<RwSignal<Sort>>,
    /// Selected rows; gives every row a checkbox.
    #[prop(optional, into)]
    selected: Option<Selection>,
    /// Called with the key when a row is pressed or Enter is hit on it.
    #[prop(optional, into)]
    on_open: Option<Callback<String>>,
    /// Key of the row shown in a side panel.
    #[prop(optional, into)]
    current: Option<Signal<Option<String>>>,
    /// Class of a row by its value (`late`).
    #[prop(optional)]
    row_class: Option<fn(&T) -> &'static str>,
    /// Shown when there are no rows.
    #[prop(optional, into)]
    empty: Option<ViewFn>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (heads, cells): (Vec<Head>, Vec<Cell<T>>) = columns.into_iter().map(|c| (c.head, c.cell)).unzip();
    // Each row with a revision that grows when its value changes, so that the untyped body can watch it.
    let known = Memo::new(move |before: Option<&HashMap<String, (u32, T)>>| {
        let step = |row: T| {
            let key = key(&row);
            let revision = match before.and_then(|before| before.get(&key)) {
                Some((revision, old)) if *old == row => *revision,
                Some((revision, _)) => revision + 1,
                None => 0,
            };
            (key, (revision, row))
        };
        rows.get().into_iter().map(step).collect::<HashMap<_, _>>()
    });
    let keys = Signal::derive(move || rows.with(|rows| rows.iter().map(key).collect::<Vec<_>>()));
    let source = Source {
        revision: Arc::new(move |key| known.with(|known| known.get(key).map_or(0, |row| row.0))),
        class: Arc::new(move |key| {
            let class = row_class?;
            known.with_untracked(|known| known.get(key).map(|row| class(&row.1)))
        }),
        cells: Arc::new(move |key| {
            let row = known.with_untracked(|known| known.get(key).map(|row| row.1.clone()));
            row.map(|row| cells.iter().map(|cell| cell(&row)).collect()).unwrap_or_default()
        }),
    };
    view! { <Body label heads keys source sort selected on_open current empty /> }
}

/// The rows without their type, so that one copy of the code shows every table.
#[derive(Clone)]
struct Source {
    revision: Arc<dyn Fn(&str) -> u32 + Send + Sync>,
    class: Arc<dyn Fn(&str) -> Option<&'static str> + Send + Sync>,
    cells: Arc<dyn Fn(&str) -> Vec<AnyView> + Send + Sync>,
}

#[component]
fn Body(
    label: String,
    heads: Vec<Head>,
    keys: Signal<Vec<String>>,
    source: Source,
    #[prop(optional_no_strip)] sort: Option<RwSignal<Sort>>,
    #[prop(optional_no_strip)] selected: Option<Selection>,
    #[prop(optional_no_strip)] on_open: Option<Callback<String>>,
    #[prop(optional_no_strip)] current: Option<Signal<Option<String>>>,
    #[prop(optional_no_strip)] empty: Option<ViewFn>,
) -> impl IntoView {
    let t = use_texts();
    let table = NodeRef::<html::Table>::new();
    walk_with_keys(table, on_open, selected);
    let all = move || {
        selected.is_some_and(|s| s.with(|s| keys.with(|keys| !keys.is_empty() && keys.iter().all(|k| s.contains(k)))))
    };
    let select_all = selected.map(|selected| {
        view! {
            <th class="cell-check" scope="col">
                <input
                    type="checkbox"
                    aria-label=t.ui_select_all()
                    prop:checked=move || all()
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        selected.update(|selected| match on {
                            true => selected.extend(keys.get_untracked()),
                            false => selected.clear(),
                        });
                    }
                />
            </th>
        }
    });
    let head_row = heads.iter().cloned().map(|head| heading(head, sort)).collect_view();
    let heads = StoredValue::new(heads);
    let row: ItemView = Arc::new(move |key| {
        let source = source.clone();
        view! { <Row id=key heads source selected on_open current /> }.into_any()
    });
    let nothing = move || {
        keys.with(Vec::is_empty).then(|| match &empty {
            Some(empty) => empty.run(),
            None => view! { <super::EmptyState title=t.ui_empty() compact=true /> }.into_any(),
        })
    };
    view! {
        <div class="table-frame" class:selectable=selected.is_some() class:openable=on_open.is_some()>
            <table class="table" aria-label=label node_ref=table>
                <thead>
                    <tr>{select_all} {head_row}</tr>
                </thead>
                <tbody>
                    <Each keys=keys item=row />
                </tbody>
            </table>
            {move || nothing()}
        </div>
    }
    .into_any()
}

fn heading(head: Head, sort: Option<RwSignal<Sort>>) -> AnyView {
    let t = use_texts();
    let class = cell_class(&head);
    let style = head.width.map(|width| format!("width:{width}"));
    let Some(sort) = sort.filter(|_| head.sortable) else {
        return view! { <th scope="col" class=class style=style>{head.title}</th> }.into_any();
    };
    let key = head.key;
    let state = move || sort.with(|sort| (sort.key == key).then_some(sort.descending));
    let aria = move || match state() {
        None => "none",
        Some(false) => "ascending",
        Some(true) => "descending",
    };
    let hint = t.ui_sort_by(&head.title);
    view! {
        <th scope="col" class=class style=style aria-sort=move || aria()>
            <button
                type="button"
                class="sort"
                title=hint
                on:click=move |_| {
                    sort.update(|sort| {
                        let descending = sort.key == key && !sort.descending;
                        *sort = Sort { key: key.to_owned(), descending };
                    });
                }
            >
                {head.title}
                {move || match state() {
                    None => view! { <Icon name=IconName::ChevronsUpDown size=12 class="sort-idle" /> },
                    Some(false) => view! { <Icon name=IconName::ArrowUp size=12 /> },
                    Some(true) => view! { <Icon name=IconName::ArrowDown size=12 /> },
                }}
            </button>
        </th>
    }
    .into_any()
}

fn cell_class(head: &Head) -> &'static str {
    match (head.end, head.secondary) {
        (false, false) => "",
        (true, false) => "end",
        (false, true) => "secondary",
        (true, true) => "end secondary",
    }
}

#[component]
fn Row(
    id: String,
    heads: StoredValue<Vec<Head>>,
    source: Source,
    #[prop(optional_no_strip)] selected: Option<Selection>,
    #[prop(optional_no_strip)] on_open: Option<Callback<String>>,
    #[prop(optional_no_strip)] current: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let t = use_texts();
    let key = StoredValue::new(id.clone());
    let revision = {
        let (revision, id) = (source.revision.clone(), id.clone());
        Memo::new(move |_| revision(&id))
    };
    let lit = RwSignal::new(false);
    Effect::new(move |before: Option<u32>| {
        let now = revision.get();
        if before.is_some_and(|before| before != now) {
            lit.set(true);
            set_timeout(
                move || {
                    let _ = lit.try_set(false);
                },
                LIT,
            );
        }
        now
    });
    let (cells, class) = (source.cells.clone(), source.class.clone());
    let cell_id = id.clone();
    let views = move || {
        revision.track();
        let views = cells(&cell_id);
        heads.with_value(|heads| {
            views
                .into_iter()
                .zip(heads)
                .map(|(cell, head)| view! { <td class=cell_class(head) data-label=head.title.clone()>{cell}</td> })
                .collect_view()
        })
    };
    let class_id = id.clone();
    let is_current = move || {
        current.is_some_and(|current| current.with(|current| key.with_value(|key| current.as_ref() == Some(key))))
    };
    let is_selected = move || selected.is_some_and(|s| s.with(|s| key.with_value(|key| s.contains(key))));
    let check = selected.map(|selected| {
        view! {
            <td class="cell-check">
                <input
                    type="checkbox"
                    aria-label=t.ui_select_row()
                    prop:checked=move || is_selected()
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        selected.update(|selected| {
                            if on {
                                selected.insert(key.get_value());
                            } else {
                                selected.remove(&key.get_value());
                            }
                        });
                    }
                />
            </td>
        }
    });
    view! {
        <tr
            data-key=id
            tabindex="-1"
            class=move || {
                revision.track();
                class(&class_id).unwrap_or_default()
            }
            class:lit=move || lit.get()
            class:current=move || is_current()
            class:selected=move || is_selected()
            aria-selected=move || selected.map(|_| is_selected().to_string())
            on:click=move |event| {
                if let Some(on_open) = on_open.filter(|_| !from_control(&event)) {
                    on_open.run(key.get_value());
                }
            }
        >
            {check}
            {move || views()}
        </tr>
    }
    .into_any()
}
