//! «Если»: groups of conditions within each other, and one condition as a line: field, comparison, value.

use super::block::{Block, BlockMenu, Grip, ListEnd, Problems};
use super::desk::use_desk;
use super::lens::chosen;
use super::places::Piece;
use super::value::Value;
use crate::i18n::use_texts;
use crate::pages::rules::ops;
use crate::pages::rules::words::{field_name, field_text};
use crate::ui::*;
use domain::rules::{FieldSpec, Node, Op};
use leptos::prelude::*;
use std::sync::Arc;

/// A group: how its members count together, the members, and what adds more.
#[component]
pub fn Group(
    at: String,
    /// Before the head: «Если».
    #[prop(optional, into)]
    lead: Option<String>,
) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.node(at.clone());
    let place = StoredValue::new(at.clone());
    let kind = Memo::new(move |_| {
        here.with(|node| match node {
            Some(Node::Any { .. }) => Some("any".to_owned()),
            Some(Node::None { .. }) => Some("none".to_owned()),
            Some(Node::All { .. }) => Some("all".to_owned()),
            _ => None,
        })
    });
    let empty = Memo::new(move |_| here.with(|node| node.as_ref().is_some_and(|node| node.children().is_empty())));
    let kinds = vec![
        Choice::new("all", t.rules_group_all()),
        Choice::new("any", t.rules_group_any()),
        Choice::new("none", t.rules_group_none()),
    ];
    let change = move |word: String| {
        desk.change_node(&place.get_value(), |node| {
            let of = node.children().to_vec();
            *node = match word.as_str() {
                "any" => Node::Any { of },
                "none" => Node::None { of },
                _ => Node::All { of },
            };
        });
    };
    let member: ItemView = Arc::new(move |n| view! { <Member at=format!("{}/{n}", place.get_value()) /> }.into_any());
    let hint = move || {
        let never = kind.with(|kind| kind.as_deref() == Some("any"));
        empty.get().then(|| {
            let words = if never { t.rules_group_empty_any() } else { t.rules_always() };
            view! { <p class="rule-hint">{words}</p> }
        })
    };
    let top = lead.is_some();
    view! {
        <div class="rule-group" class:top=top>
            <div class="rule-line">
                {lead.map(|lead| view! { <b class="rule-lead">{lead}</b> })}
                {(!top).then(|| view! { <Grip at=at.clone() /> })}
                <Select value=chosen(kind) choices=Signal::stored(kinds) label=t.rules_group() small=true on_change=change />
                {(!top).then(|| view! { <span class="push"></span><BlockMenu at=at.clone() /> })}
            </div>
            <div class="rule-members">
                <Each keys=desk.members(at.clone()) item=member />
                {hint}
                <ListEnd list=at.clone()>
                    <Button variant=Variant::Ghost small=true icon=IconName::Plus on_click=move || desk.add(&place.get_value(), new_test(&desk.fields()))>
                        {t.rules_add_condition()}
                    </Button>
                    <Button variant=Variant::Ghost small=true icon=IconName::Plus on_click=move || desk.add(&place.get_value(), new_group(&desk.fields()))>
                        {t.rules_add_group()}
                    </Button>
                </ListEnd>
            </div>
            <Problems at=at />
        </div>
    }
    .into_any()
}

fn blank_test(fields: &[FieldSpec]) -> Node {
    // The first field is the moment itself; what most conditions ask about comes after it.
    let field = fields.iter().find(|field| field.key != "now").or(fields.first());
    let op = field.and_then(|field| ops::fitting(field.kind).into_iter().next()).unwrap_or(Op::Present);
    Node::Test { field: field.map(|field| field.key.clone()).unwrap_or_default(), op }
}

fn new_test(fields: &[FieldSpec]) -> Piece {
    Piece::Node(blank_test(fields))
}

fn new_group(fields: &[FieldSpec]) -> Piece {
    Piece::Node(Node::Any { of: vec![blank_test(fields)] })
}

/// A member of a group: a condition, or a group again.
#[component]
fn Member(at: String) -> impl IntoView {
    let desk = use_desk();
    let here = desk.node(at.clone());
    let is_test = Memo::new(move |_| here.with(|node| node.as_ref().map(|node| matches!(node, Node::Test { .. }))));
    move || {
        let (block, inner) = (at.clone(), at.clone());
        match is_test.get() {
            Some(true) => view! { <Block at=block class="rule-test"><Test at=inner /></Block> }.into_any(),
            Some(false) => view! { <Block at=block class="rule-nested"><Group at=inner /></Block> }.into_any(),
            None => ().into_any(),
        }
    }
}

/// One condition.
#[component]
fn Test(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.node(at.clone());
    let place = StoredValue::new(at.clone());
    let now = use_now();
    let key = Memo::new(move |_| {
        here.with(|node| match node {
            Some(Node::Test { field, .. }) => Some(field.clone()),
            _ => None,
        })
    });
    let op = Memo::new(move |_| {
        here.with(|node| match node {
            Some(Node::Test { op, .. }) => Some(op.clone()),
            _ => None,
        })
    });
    let spec = Memo::new(move |_| key.get().map(|key| desk.field(&key)));
    let fields = Signal::derive(move || {
        let known = desk.fields();
        let mut choices: Vec<Choice> =
            known.iter().map(|field| Choice::new(&field.key, field_name(t, field))).collect();
        // A field the trigger does not bring stays chosen until it is changed.
        if let Some(key) = key.get().filter(|key| !known.iter().any(|field| field.key == *key)) {
            choices.push(Choice::new(key.clone(), field_text(t, &key)));
        }
        choices
    });
    let ops = Signal::derive(move || {
        let Some(field) = spec.get() else { return Vec::new() };
        let mut fitting = ops::fitting(field.kind);
        if let Some(op) = op.get().filter(|op| !op.fits(field.kind)) {
            fitting.push(op);
        }
        fitting.iter().map(|op| Choice::new(ops::key(op), ops::op_text(t, op, field.kind))).collect::<Vec<_>>()
    });
    let word = Memo::new(move |_| op.with(|op| op.as_ref().map(|op| ops::key(op).to_owned())));
    let other_field = move |wanted: String| {
        let new = desk.field(&wanted);
        desk.change_node(&place.get_value(), |node| {
            if let Node::Test { field, op } = node {
                *field = wanted;
                if !op.fits(new.kind)
                    && let Some(first) = ops::fitting(new.kind).into_iter().next()
                {
                    *op = first;
                }
                let texts = ops::texts_of(op);
                if !new.choices.is_empty() && texts.iter().any(|text| !new.choices.contains(text)) {
                    ops::with_texts(op, texts.into_iter().filter(|text| new.choices.contains(text)).collect());
                }
            }
        });
    };
    let other_op = move |word: String| {
        desk.change_node(&place.get_value(), |node| {
            if let Node::Test { op, .. } = node
                && let Some(new) = ops::chosen(&word, op, now.get_untracked())
            {
                *op = new;
            }
        });
    };
    let set = Callback::new(move |new: Op| {
        desk.change_node(&place.get_value(), |node| {
            if let Node::Test { op, .. } = node {
                *op = new;
            }
        });
    });
    view! {
        <div class="rule-line">
            <Grip at=at.clone() />
            <Select value=chosen(key) choices=fields label=t.rules_field() small=true on_change=other_field />
            <Select value=chosen(word) choices=ops label=t.rules_operator() small=true on_change=other_op />
            <Value field=spec op=op set=set />
            <span class="push"></span>
            <BlockMenu at=at.clone() />
        </div>
        <Problems at=at />
    }
    .into_any()
}
