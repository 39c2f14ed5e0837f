//! Conditions against facts. Three answers: yes, no, «no data»; «not» of no data is no data, so that a missing value never
//! makes a rule fire. Nothing is skipped: people want to see every tick and cross.

use super::{Facts, FieldKind, Node, Op};
use crate::text::fold;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::borrow::Cow;

/// An answer of three-valued logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Truth {
    #[serde(rename = "+")]
    Yes,
    #[serde(rename = "-")]
    No,
    #[serde(rename = "?")]
    NoData,
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::NoData => Self::NoData,
        }
    }
}

/// What one condition or group came to; in the order of the tree, a group before its members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    #[serde(rename = "t")]
    pub truth: Truth,
    /// The value a condition saw, shortened.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Json>,
}

/// Longest text kept of a seen value, in characters.
const SHOWN: usize = 120;
/// Most members kept of a seen list.
const SHOWN_LIST: usize = 20;

/// Weighs the whole tree.
pub fn weigh(node: &Node, facts: &Facts) -> (Truth, Vec<Seen>) {
    let mut seen = Vec::with_capacity(16);
    let truth = enter(node, facts, &mut seen);
    (truth, seen)
}

fn enter(node: &Node, facts: &Facts, seen: &mut Vec<Seen>) -> Truth {
    let at = seen.len();
    seen.push(Seen { truth: Truth::NoData, value: None });
    let truth = match node {
        Node::Test { field, op } => {
            let value = facts.get(field);
            seen[at].value = value.map(shown);
            test(op, value, facts)
        }
        Node::All { of } => !any(of.iter().map(|child| !enter(child, facts, seen))),
        Node::Any { of } => any(of.iter().map(|child| enter(child, facts, seen))),
        Node::None { of } => !any(of.iter().map(|child| enter(child, facts, seen))),
    };
    seen[at].truth = truth;
    truth
}

/// Looks at all of them even when the answer is settled.
fn any(answers: impl Iterator<Item = Truth>) -> Truth {
    answers.fold(Truth::No, |so_far, next| match (so_far, next) {
        (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
        (Truth::NoData, _) | (_, Truth::NoData) => Truth::NoData,
        _ => Truth::No,
    })
}

fn shown(value: &Json) -> Json {
    match value {
        Json::String(text) => Json::String(crate::text::preview(text, SHOWN)),
        Json::Array(list) => Json::Array(list.iter().take(SHOWN_LIST).map(|one| shown_flat(one)).collect()),
        other => shown_flat(other),
    }
}

fn shown_flat(value: &Json) -> Json {
    match value {
        Json::String(text) => Json::String(crate::text::preview(text, SHOWN)),
        Json::Array(_) | Json::Object(_) => Json::String("…".into()),
        plain => plain.clone(),
    }
}

fn test(op: &Op, value: Option<&Json>, facts: &Facts) -> Truth {
    match op {
        Op::Present => return value.is_some_and(|value| !is_empty(value)).into(),
        Op::Absent => return value.is_none_or(is_empty).into(),
        _ => {}
    }
    let Some(value) = value else { return Truth::NoData };
    let answer = match op {
        Op::Equal { value: wanted } => text(value).map(|text| same(&text, wanted)),
        Op::NotEqual { value: wanted } => text(value).map(|text| !same(&text, wanted)),
        Op::OneOf { values } => text(value).map(|text| values.iter().any(|one| same(&text, one))),
        Op::NoneOf { values } => text(value).map(|text| !values.iter().any(|one| same(&text, one))),
        Op::Contains { value: wanted } => text(value).map(|text| fold(&text).contains(&fold(wanted))),
        Op::NotContains { value: wanted } => text(value).map(|text| !fold(&text).contains(&fold(wanted))),
        Op::StartsWith { value: wanted } => text(value).map(|text| fold(&text).starts_with(&fold(wanted))),
        Op::Exactly { number } => value.as_f64().map(|it| it == *number),
        Op::Less { number } => value.as_f64().map(|it| it < *number),
        Op::More { number } => value.as_f64().map(|it| it > *number),
        Op::Between { from, to } => value.as_f64().map(|it| it >= *from && it <= *to),
        Op::Before { at } => value.as_i64().map(|it| it < *at),
        Op::After { at } => value.as_i64().map(|it| it > *at),
        Op::Within { minutes } => value.as_i64().map(|it| it >= ago(facts.at, *minutes) && it <= facts.at),
        Op::Older { minutes } => value.as_i64().map(|it| it < ago(facts.at, *minutes)),
        Op::InHours => value.as_i64().map(|it| facts.hours.open(it)),
        Op::OutOfHours => value.as_i64().map(|it| !facts.hours.open(it)),
        Op::Has { value: wanted } => list(value).map(|list| list.iter().any(|one| same(one, wanted))),
        Op::HasAny { values } => {
            list(value).map(|list| values.iter().any(|wanted| list.iter().any(|one| same(one, wanted))))
        }
        Op::HasAll { values } => {
            list(value).map(|list| values.iter().all(|wanted| list.iter().any(|one| same(one, wanted))))
        }
        Op::HasNone { values } => {
            list(value).map(|list| !values.iter().any(|wanted| list.iter().any(|one| same(one, wanted))))
        }
        Op::Yes => value.as_bool(),
        Op::No => value.as_bool().map(|it| !it),
        Op::Present | Op::Absent => None,
    };
    // A value of another type than the operator needs says nothing.
    answer.map_or(Truth::NoData, Truth::from)
}

fn ago(at: i64, minutes: u32) -> i64 {
    at.saturating_sub(i64::from(minutes) * 60_000)
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::String(text) => text.trim().is_empty(),
        Json::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Texts, and numbers as somebody would type them.
fn text(value: &Json) -> Option<Cow<'_, str>> {
    match value {
        Json::String(text) => Some(text.into()),
        Json::Number(number) => Some(number.to_string().into()),
        _ => None,
    }
}

fn list(value: &Json) -> Option<Vec<Cow<'_, str>>> {
    value.as_array().map(|list| list.iter().filter_map(text).collect())
}

/// Equal for a person: case and ё do not matter, nor does how a phone is written.
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    if one == other {
        return true;
    }
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '(');
    fold(one) == fold(other)
        || number(one)
            && number(other)
            && match (crate::phone::normalise(one), crate::phone::normalise(other)) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            }
}

impl Op {
    /// Whether it makes sense for fields of this type.
    pub const fn fits(&self, kind: FieldKind) -> bool {
        use FieldKind::{Choice, Date, Flag, List, Money, Number, Phone, Text};
        match self {
            Op::Present | Op::Absent => true,
            Op::Equal { .. } | Op::NotEqual { .. } | Op::OneOf { .. } | Op::NoneOf { .. } => {
                matches!(kind, Text | Choice | Phone)
            }
            Op::Contains { .. } | Op::NotContains { .. } | Op::StartsWith { .. } => matches!(kind, Text | Phone),
            Op::Exactly { .. } | Op::Less { .. } | Op::More { .. } | Op::Between { .. } => {
                matches!(kind, Number | Money)
            }
            Op::Before { .. }
            | Op::After { .. }
            | Op::Within { .. }
            | Op::Older { .. }
            | Op::InHours
            | Op::OutOfHours => matches!(kind, Date),
            Op::Has { .. } | Op::HasAny { .. } | Op::HasAll { .. } | Op::HasNone { .. } => matches!(kind, List),
            Op::Yes | Op::No => matches!(kind, Flag),
        }
    }
}
