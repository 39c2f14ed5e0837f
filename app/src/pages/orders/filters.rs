//! The filters of table and board: one reading of the address for both.

use super::api::orders_assignees;
use super::status::status_text;
use crate::i18n::use_texts;
use crate::live::use_hints;
use crate::pages::lists::{Address, SearchBox};
use crate::session::use_me;
use crate::ui::*;
use domain::access::Permission;
use domain::orders::OrderStatus;
use domain::views::{MemberView, OrderFilter};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Sorting when the address says nothing.
pub const USUAL_SORT: &str = "-created_at";

/// Form of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Rows.
    Table,
    /// Columns by status.
    Board,
}

impl View {
    /// The form in the address.
    pub fn of(address: Address) -> Self {
        if address.is("view", "board") { View::Board } else { View::Table }
    }
}

/// What the address asks for. Without a word about it only open orders are shown; the board shows every column.
pub fn filter_of(address: Address) -> OrderFilter {
    let board = View::of(address) == View::Board;
    let status = address.read("status").filter(|_| !board);
    let overdue = address.is("show", "overdue");
    let all = board || overdue || status.is_some() || address.is("show", "all");
    OrderFilter {
        q: address.get("q"),
        status,
        open: (!all).then_some(true),
        overdue: overdue.then_some(true),
        assignee_id: address.read("assignee_id"),
        contact_id: address.read("contact_id"),
        sort: address.get("sort").filter(|_| !board),
        cursor: address.get("cursor").filter(|_| !board),
        limit: None,
    }
}

/// The bar above the list.
#[component]
pub fn Filters(
    /// Address of the page.
    address: Address,
) -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let status = address.chosen("status");
    let assignee = address.chosen("assignee_id");
    let members = use_members();
    let statuses = Signal::stored(
        OrderStatus::ALL.iter().map(|s| Choice::new(s.as_str(), status_text(t, *s))).collect::<Vec<_>>(),
    );
    let people = Signal::derive(move || {
        let mine = me.with(|me| Choice::new(me.user_id.to_string(), t.orders_mine()));
        let others = members.get().into_iter().filter(|m| m.user_id.to_string() != mine.value);
        std::iter::once(mine.clone())
            .chain(others.map(|m| Choice::new(m.user_id.to_string(), m.name)))
            .collect::<Vec<_>>()
    });
    let on_board = Memo::new(move |_| View::of(address) == View::Board);
    let presets = move || {
        let board = on_board.get();
        let tab = |key: &str, label: String| Tab::new(key, label);
        let tabs = match board {
            true => vec![tab("all", t.orders_show_all()), tab("overdue", t.orders_show_overdue())],
            false => {
                let open = tab("open", t.orders_show_open());
                vec![open, tab("overdue", t.orders_show_overdue()), tab("all", t.orders_show_all())]
            }
        };
        let selected = Signal::derive(move || match address.get("show").as_deref() {
            Some("overdue") => "overdue".to_owned(),
            Some("all") => "all".to_owned(),
            _ if board || address.get("status").is_some() => "all".to_owned(),
            _ => "open".to_owned(),
        });
        let choose = move |key: String| {
            let usual = key == "open" || (board && key == "all");
            address.set(&[("show", (!usual).then_some(&*key)), ("status", None), ("cursor", None)]);
        };
        view! { <Tabs label=t.orders_show() tabs=tabs selected=selected on_select=choose /> }
    };
    let by_status = move || {
        (!on_board.get()).then(|| {
            view! {
                <Select
                    value=status
                    choices=statuses
                    placeholder=t.orders_any_status()
                    label=t.orders_column_status()
                    on_change=move |value: String| address.filter("status", &value)
                />
            }
        })
    };
    let form = Signal::derive(move || if on_board.get() { "board".to_owned() } else { "table".to_owned() });
    let switch = move |key: String| address.set(&[("view", (key == "board").then_some("board")), ("cursor", None)]);
    view! {
        <div class="orders-filters" role="search" aria-label=t.orders_filters()>
            {presets}
            <SearchBox address=address label=t.orders_search() />
            {by_status}
            <Select
                value=assignee
                choices=people
                placeholder=t.orders_anybody()
                label=t.orders_column_assignee()
                on_change=move |value: String| address.filter("assignee_id", &value)
            />
            <Tabs
                label=t.orders_view()
                segmented=true
                tabs=vec![Tab::new("table", t.orders_view_table()), Tab::new("board", t.orders_view_board())]
                selected=form
                on_select=switch
            />
        </div>
    }
    .into_any()
}

/// Members who can be given orders, by name; empty until the browser has asked.
pub(super) fn use_members() -> Signal<Vec<MemberView>> {
    let members = RwSignal::new(Vec::new());
    let hints = use_hints(["members"]);
    Effect::new(move |_| {
        hints.track();
        spawn_local(async move {
            if let Ok(mut list) = orders_assignees().await {
                list.retain(|m| m.active && m.role.allows(Permission::OrdersWrite));
                list.sort_by(|a, b| a.name.cmp(&b.name));
                let _ = members.try_set(list);
            }
        });
    });
    members.into()
}
