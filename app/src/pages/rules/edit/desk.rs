//! The rule being edited: its tree with undo and redo, what it can be made of, what is wrong with it, and what is dragged.
//! Blocks change it by place; saving watches it.

use super::history::History;
use super::places::{self, Way};
use crate::format::{Format, use_format};
use crate::i18n::use_texts;
use crate::pages::rules::outline::Speech;
use crate::session::use_me;
use domain::ids::{RuleId, UserId};
use domain::rules::{FieldSpec, Node, Problem, RuleTree, Step, problems};
use domain::views::{OfferedTrigger, RuleOffer};
use leptos::prelude::*;
use texts::Texts;
use wasm_bindgen::JsCast;

/// What every block of the constructor shares.
#[derive(Clone, Copy)]
pub struct Desk {
    pub id: RuleId,
    pub tree: RwSignal<RuleTree>,
    pub offer: Signal<RuleOffer>,
    /// What is known about the trigger; `None` when there is no such.
    pub trigger: Memo<Option<OfferedTrigger>>,
    pub problems: Memo<Vec<Problem>>,
    /// Whether there is something to undo, and to redo.
    pub depth: RwSignal<(bool, bool)>,
    /// Place of the block being dragged.
    pub dragged: RwSignal<Option<String>>,
    /// The block under it, and whether it would go behind that block.
    pub over: RwSignal<Option<(String, bool)>>,
    /// Who edits.
    pub me: UserId,
    pub currency: StoredValue<String>,
    history: StoredValue<History>,
    t: Texts,
    f: Format,
}

/// The desk around.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

impl Desk {
    /// A desk with this tree on it.
    pub fn new(id: RuleId, tree: RuleTree, offer: Signal<RuleOffer>) -> Self {
        let tree = RwSignal::new(rooted(tree));
        let event = Memo::new(move |_| tree.with(|tree| tree.trigger.event.clone()));
        let trigger = Memo::new(move |_| {
            offer.with(|offer| offer.triggers.iter().find(|trigger| *event.read() == trigger.event).cloned())
        });
        let problems = Memo::new(move |_| {
            trigger.with(|trigger| {
                let offer = trigger.as_ref().map(OfferedTrigger::offer);
                tree.with(|tree| problems(tree, offer.as_ref()))
            })
        });
        let (me, currency) = use_me().with_untracked(|me| (me.user_id, me.organisation.currency.clone()));
        Self {
            id,
            tree,
            offer,
            trigger,
            problems,
            depth: RwSignal::new((false, false)),
            dragged: RwSignal::new(None),
            over: RwSignal::new(None),
            me,
            currency: StoredValue::new(currency),
            history: StoredValue::new(History::default()),
            t: use_texts(),
            f: use_format(),
        }
    }

    /// Changes the tree; `place` joins what is typed into one place.
    pub fn change(self, place: &str, change: impl FnOnce(&mut RuleTree)) {
        let Some(old) = self.tree.try_get_untracked() else { return };
        let mut new = old.clone();
        change(&mut new);
        if new != old {
            self.history.update_value(|history| history.note(old, place));
            self.show(new);
        }
    }
    /// Puts another tree on the desk; it can be undone.
    pub fn replace(self, tree: RuleTree) {
        self.change("", move |old| *old = rooted(tree));
    }
    fn show(self, tree: RuleTree) {
        self.tree.set(tree);
        self.depth.set(self.history.with_value(History::depth));
    }
    /// Takes the last change back.
    pub fn undo(self) {
        let now = self.tree.get_untracked();
        if let Some(old) = self.history.try_update_value(|history| history.undo(now)).flatten() {
            self.show(old);
        }
    }
    /// Does it again.
    pub fn redo(self) {
        let now = self.tree.get_untracked();
        if let Some(new) = self.history.try_update_value(|history| history.redo(now)).flatten() {
            self.show(new);
        }
    }
    /// Changes one condition or group; what is typed there is one change.
    pub fn change_node(self, at: &str, change: impl FnOnce(&mut Node)) {
        self.change(at, |tree| places::change_node(tree, at, change));
    }
    /// Changes one step; what is typed there is one change.
    pub fn change_step(self, at: &str, change: impl FnOnce(&mut Step)) {
        self.change(at, |tree| places::change_step(tree, at, change));
    }
    /// Adds a piece at the end of a list.
    pub fn add(self, list: &str, piece: places::Piece) {
        let end = self.tree.with_untracked(|tree| places::length(tree, list));
        self.change("", |tree| {
            places::insert(tree, list, end, piece);
        });
        focus_inside(format!("{list}/{end}"));
    }
    /// Takes a piece out.
    pub fn remove(self, at: &str) {
        self.change("", |tree| {
            places::remove(tree, at);
        });
    }
    /// Puts a copy behind it.
    pub fn duplicate(self, at: &str) {
        self.change("", |tree| {
            if let (Some(piece), Some((list, index))) = (places::copy(tree, at), places::apart(at)) {
                places::insert(tree, list, index + 1, piece);
            }
        });
    }
    /// Moves a piece one step, and the focus with it.
    pub fn nudge(self, at: &str, way: Way) {
        let mut place = None;
        self.change("", |tree| place = places::nudge(tree, at, way));
        if let Some(place) = place {
            focus_grip(place);
        }
    }
    /// Whether it can be moved that way.
    pub fn may_nudge(self, at: &str, way: Way) -> bool {
        self.tree.with_untracked(|tree| places::nudge(&mut tree.clone(), at, way).is_some())
    }
    /// Drops what is dragged before the `index`-th member of a list.
    pub fn drop_at(self, list: &str, index: usize) {
        self.over.set(None);
        if let Some(from) = self.dragged.try_update(Option::take).flatten() {
            self.change("", |tree| {
                places::shift(tree, &from, list, index);
            });
        }
    }
    /// Whether what is dragged belongs into lists of the same kind as this place lies in.
    pub fn takes(self, at: &str) -> bool {
        let step = |at: &str| at.starts_with("then") && !at.contains("/if");
        self.dragged.with(|from| {
            from.as_deref()
                .is_some_and(|from| step(from) == step(at) && from != at && !at.starts_with(&format!("{from}/")))
        })
    }

    /// The condition or group at a place.
    pub fn node(self, at: String) -> Memo<Option<Node>> {
        Memo::new(move |_| self.tree.with(|tree| places::node(tree, &at).cloned()))
    }
    /// The step at a place.
    pub fn step(self, at: String) -> Memo<Option<Step>> {
        Memo::new(move |_| self.tree.with(|tree| places::step(tree, &at).cloned()))
    }
    /// How many members a list has, as keys for a list of views.
    pub fn members(self, list: String) -> Signal<Vec<String>> {
        let count = Memo::new(move |_| self.tree.with(|tree| places::length(tree, &list)));
        Signal::derive(move || (0..count.get()).map(|n| n.to_string()).collect())
    }
    /// What is known about a field.
    pub fn field(self, key: &str) -> FieldSpec {
        let event = self.tree.with(|tree| tree.trigger.event.clone());
        self.offer.with(|offer| self.speech(offer, "").field(&event, key))
    }
    /// Fields the trigger brings.
    pub fn fields(self) -> Vec<FieldSpec> {
        self.trigger.with(|trigger| trigger.as_ref().map(|trigger| trigger.fields.clone()).unwrap_or_default())
    }
    /// The way its words are made.
    pub fn speech<'a>(self, offer: &'a RuleOffer, currency: &'a str) -> Speech<'a> {
        Speech { t: self.t, f: self.f, currency, offer }
    }
}

/// A rule whose conditions are one condition gets a group around it, so that there is where to add another.
pub(super) fn rooted(mut tree: RuleTree) -> RuleTree {
    if matches!(tree.when, Node::Test { .. }) {
        tree.when = Node::All { of: vec![tree.when] };
    }
    tree
}

fn focus(selector: String) {
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// The handle of a block, once it is there.
fn focus_grip(at: String) {
    focus(format!("[data-at=\"{at}\"] .rule-grip"));
}

/// The first thing to fill in of a new block.
fn focus_inside(at: String) {
    focus(format!("[data-at=\"{at}\"] :is(select, input, textarea)"));
}
