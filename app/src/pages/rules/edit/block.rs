//! What every block has: the handle it is dragged and moved by, its menu, the place where something can be dropped, and its
//! problems in words.

use super::desk::use_desk;
use super::places::{Way, apart};
use crate::i18n::use_texts;
use crate::pages::rules::words::{field_name, problem_text};
use crate::ui::*;
use domain::rules::Problem;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The handle: dragged with the pointer, moved with the arrows. Not a `<button>`: not every browser lets one be dragged.
#[component]
pub fn Grip(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let place = StoredValue::new(at);
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let way = match event.key().as_str() {
            "ArrowUp" => Way::Up,
            "ArrowDown" => Way::Down,
            "ArrowRight" => Way::In,
            "ArrowLeft" => Way::Out,
            "Delete" => {
                event.prevent_default();
                return desk.remove(&place.get_value());
            }
            _ => return,
        };
        event.prevent_default();
        desk.nudge(&place.get_value(), way);
    };
    let start = move |event: leptos::ev::DragEvent| {
        event.stop_propagation();
        let block = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|target| target.closest("[data-at]").ok().flatten());
        if let (Some(data), Some(block)) = (event.data_transfer(), block) {
            let _ = data.set_data("text/plain", "");
            data.set_effect_allowed("move");
            data.set_drag_image(&block, 12, 12);
        }
        desk.dragged.set(Some(place.get_value()));
    };
    let end = move |_| {
        desk.dragged.set(None);
        desk.over.set(None);
    };
    view! {
        <span
            role="button"
            tabindex="0"
            class="rule-grip"
            draggable="true"
            aria-label=t.rules_move()
            title=t.rules_move_keys()
            on:keydown=keys
            on:dragstart=start
            on:dragend=end
        >
            <Icon name=IconName::Grip size=14 />
        </span>
    }
    .into_any()
}

/// What can be done with a block, also without a pointer or a keyboard.
#[component]
pub fn BlockMenu(
    at: String,
    /// Lines of the block itself, above the others.
    #[prop(optional, into)]
    own: Option<Callback<(), Vec<MenuItem>>>,
) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let place = StoredValue::new(at);
    let items =
        Signal::derive(move || {
            desk.tree.track();
            let at = place.get_value();
            let mut items = own.map(|own| own.run(())).unwrap_or_default();
            let ways = [
                (Way::Up, t.rules_move_up(), IconName::ArrowUp),
                (Way::Down, t.rules_move_down(), IconName::ArrowDown),
                (Way::In, t.rules_move_in(), IconName::ArrowRight),
                (Way::Out, t.rules_move_out(), IconName::ArrowLeft),
            ];
            let possible = ways.into_iter().filter(|way| desk.may_nudge(&at, way.0));
            items.extend(possible.map(|(way, label, icon)| {
                MenuItem::action(label, move || desk.nudge(&place.get_value(), way)).icon(icon)
            }));
            let copy = move || desk.duplicate(&place.get_value());
            let remove = move || desk.remove(&place.get_value());
            items.push(MenuItem::action(t.rules_duplicate(), copy).icon(IconName::Copy));
            items.push(MenuItem::action(t.rules_remove(), remove).icon(IconName::Trash).danger());
            items
        });
    view! { <Menu label=t.ui_menu() items=items place=Place::BelowEnd class="rule-more"><Icon name=IconName::More size=16 /></Menu> }
        .into_any()
}

/// Around a block: its place, and where something dropped on it goes.
#[component]
pub fn Block(at: String, class: &'static str, children: Children) -> impl IntoView {
    let desk = use_desk();
    let place = StoredValue::new(at.clone());
    let over = move |behind: bool| {
        desk.over.with(|over| {
            over.as_ref().is_some_and(|over| place.with_value(|place| over.0 == *place) && over.1 == behind)
        })
    };
    let mine = move || desk.dragged.with(|from| place.with_value(|place| from.as_ref() == Some(place)));
    let behind = |event: &leptos::ev::DragEvent| {
        let target = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        target.is_some_and(|target| {
            let area = target.get_bounding_client_rect();
            f64::from(event.client_y()) > area.top() + area.height() / 2.0
        })
    };
    view! {
        <div
            class=class
            class:dragged=mine
            class:drop-before=move || over(false)
            class:drop-behind=move || over(true)
            class:faulty=move || desk.problems.with(|found| place.with_value(|place| found.iter().any(|one| one.at == *place)))
            data-at=at
            on:dragover=move |event| {
                if desk.takes(&place.get_value()) {
                    event.prevent_default();
                    event.stop_propagation();
                    let here = Some((place.get_value(), behind(&event)));
                    if desk.over.get_untracked() != here {
                        desk.over.set(here);
                    }
                }
            }
            on:drop=move |event| {
                let at = place.get_value();
                if let (true, Some((list, index))) = (desk.takes(&at), apart(&at)) {
                    event.prevent_default();
                    event.stop_propagation();
                    desk.drop_at(list, index + usize::from(behind(&event)));
                }
            }
        >
            {children()}
        </div>
    }
    .into_any()
}

/// The end of a list: what is dropped here goes behind everything.
#[component]
pub fn ListEnd(
    list: String,
    /// Buttons that add.
    children: Children,
) -> impl IntoView {
    let desk = use_desk();
    let place = StoredValue::new(list);
    // A member that does not exist stands for the end.
    let end = move || format!("{}/end", place.get_value());
    let over = move || desk.over.with(|over| over.as_ref().is_some_and(|over| over.0 == end()));
    view! {
        <div
            class="rule-add"
            class:drop-before=over
            on:dragover=move |event| {
                if desk.takes(&end()) {
                    event.prevent_default();
                    event.stop_propagation();
                    let here = Some((end(), false));
                    if desk.over.get_untracked() != here {
                        desk.over.set(here);
                    }
                }
            }
            on:drop=move |event| {
                if desk.takes(&end()) {
                    event.prevent_default();
                    event.stop_propagation();
                    let list = place.get_value();
                    let index = desk.tree.with_untracked(|tree| super::places::length(tree, &list));
                    desk.drop_at(&list, index);
                }
            }
        >
            {children()}
        </div>
    }
    .into_any()
}

/// What is wrong at a place, in words.
#[component]
pub fn Problems(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let mine = Memo::new(move |_| {
        desk.problems.with(|found| found.iter().filter(|one| one.at == at).cloned().collect::<Vec<_>>())
    });
    move || {
        let words = |problem: &Problem| problem_text(t, problem, |key| field_name(t, &desk.field(key)));
        let one = |problem| view! { <p class="field-error"><Icon name=IconName::Alert size=14 />{words(&problem)}</p> };
        mine.get().into_iter().map(one).collect_view()
    }
}
