//! Orders as columns by status. A card moves at once and goes back if the services refuse.

use super::api::orders_board;
use super::filters::filter_of;
use super::moving::{MoveDialog, order_label, use_mover};
use super::status::{Deadline, is_late, number_text, status_text, status_tone, title_text};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, Followed, use_refresh};
use crate::session::use_me;
use crate::ui::*;
use domain::orders::OrderStatus;
use domain::views::{BoardLane, OrderView};
use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The columns; cancelled orders are found in the table.
const COLUMNS: [OrderStatus; 5] =
    [OrderStatus::New, OrderStatus::Assigned, OrderStatus::InProgress, OrderStatus::Ready, OrderStatus::Delivered];

/// The board with its dialogs.
#[component]
pub fn OrderBoard(
    /// Address of the page.
    address: Address,
) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["orders"]);
    let filter = Memo::new(move |_| filter_of(address));
    let lanes = Resource::new(move || (refresh.tick(), filter.get()), |(_, filter)| orders_board(filter));
    let mover = use_mover(refresh);
    view! {
        <Followed resource=lanes skeleton=|| view! { <Skeleton shape=SkeletonShape::Block count=5 /> } let:lanes>
            <Columns lanes=lanes mover=mover address=address />
        </Followed>
        <p class="board-hint no-phone">{t.orders_board_hint()}</p>
        <MoveDialog mover=mover />
    }
    .into_any()
}

#[component]
fn Columns(lanes: Signal<Vec<BoardLane>>, mover: super::moving::Mover, address: Address) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let me = use_me();
    let now = use_now();
    let orders = Memo::new(move |_| {
        let one = |order: &OrderView| (order.id.to_string(), order.clone());
        lanes.with(|lanes| lanes.iter().flat_map(|lane| lane.orders.iter().map(one)).collect::<HashMap<_, _>>())
    });
    // Where each card lies: as stored, or where it was just put.
    let cards = Signal::derive(move || {
        let now = now.get();
        let card = |order: &OrderView| {
            let status = mover.under_way(order).unwrap_or(order.status);
            BoardCard {
                key: order.id.to_string(),
                column: status.as_str().to_owned(),
                revision: revision(order),
                late: is_late(order, now),
            }
        };
        lanes.with(|lanes| lanes.iter().flat_map(|lane| lane.orders.iter().map(card)).collect::<Vec<_>>())
    });
    let columns = Signal::derive(move || {
        let currency = me.with(|me| me.organisation.currency.clone());
        let one = |status: OrderStatus| {
            let lane = lanes.with(|lanes| {
                lanes.iter().find(|lane| lane.status == status).map(|l| (l.count, l.total_minor, l.orders.len()))
            });
            let (count, total, shown) = lane.unwrap_or_default();
            let (number, sum) = (format.integer(count), format.money(total, &currency));
            let all = i64::try_from(shown).is_ok_and(|shown| shown >= count);
            let note =
                if all { t.orders_lane(number, sum) } else { t.orders_lane_part(shown.to_string(), number, sum) };
            BoardColumn {
                key: status.as_str().to_owned(),
                title: status_text(t, status),
                tone: status_tone(status),
                note,
            }
        };
        COLUMNS.map(one).to_vec()
    });
    let find = move |key: &str| orders.with(|orders| orders.get(key).cloned());
    let may_move = move |(key, column): (String, String)| {
        let to = column.parse::<OrderStatus>().ok();
        find(&key).zip(to).is_some_and(|(order, to)| mover.allows(order.status, to))
    };
    let on_move = move |(key, column): (String, String)| {
        let found = orders.with_untracked(|orders| orders.get(&key).cloned());
        if let Some((order, to)) = found.zip(column.parse::<OrderStatus>().ok()) {
            mover.start(order, to, false);
        }
    };
    let card = move |key: String| match orders.with_untracked(|orders| orders.get(&key).cloned()) {
        Some(order) => view! { <OrderCardView order=order address=address /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <Board
            label=t.orders_board()
            columns=columns
            cards=cards
            card=card
            may_move=Callback::new(may_move)
            on_move=Callback::new(on_move)
        />
    }
    .into_any()
}

/// Changes with whatever the card shows, also names that are stored elsewhere.
fn revision(order: &OrderView) -> u64 {
    let mut hasher = DefaultHasher::new();
    (order.rev, &order.contact_name, &order.assignee_name, order.deadline_at).hash(&mut hasher);
    hasher.finish()
}

#[component]
fn OrderCardView(order: OrderView, address: Address) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let id = order.id.to_string();
    let href = move || address.href(&[("open", Some(&id))]);
    let contact = order.contact_name.clone();
    let sum = (order.total_minor > 0).then(|| format.money(order.total_minor, &order.currency));
    let words = [Some(contact).filter(|c| !c.is_empty()), sum].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <p class="board-card-head">
            <span>{number_text(t, order.number)}</span>
            <Deadline order=order.clone() />
        </p>
        <a class="row-link order-card-title" href=href draggable="false" aria-label=order_label(t, &order)>
            {title_text(t, &order.title)}
        </a>
        <p class="board-card-foot">
            <span class="ellipsis">{words}</span>
            {match order.assignee_name.clone() {
                Some(name) => view! { <Avatar name=name size=AvatarSize::Small labelled=true /> }.into_any(),
                None => view! { <Badge>{t.order_unassigned()}</Badge> }.into_any(),
            }}
        </p>
    }
    .into_any()
}
