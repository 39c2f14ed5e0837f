//! Comparisons as people choose them: which ones a field has, their words, and changing from one to another without losing
//! what was typed.

use crate::format::Format;
use domain::rules::{FieldKind, FieldSpec, Op};
use texts::Texts;

use super::words::choice_text;

/// One of each, empty. The order of the list.
fn every() -> Vec<Op> {
    let (value, values, number) = (String::new(), Vec::new(), 0.0);
    vec![
        Op::Equal { value: value.clone() },
        Op::NotEqual { value: value.clone() },
        Op::Contains { value: value.clone() },
        Op::NotContains { value: value.clone() },
        Op::StartsWith { value: value.clone() },
        Op::OneOf { values: Vec::new() },
        Op::NoneOf { values: Vec::new() },
        Op::More { number },
        Op::Less { number },
        Op::Exactly { number },
        Op::Between { from: 0.0, to: 0.0 },
        Op::InHours,
        Op::OutOfHours,
        Op::Within { minutes: 1_440 },
        Op::Older { minutes: 1_440 },
        Op::Before { at: 0 },
        Op::After { at: 0 },
        Op::Has { value },
        Op::HasAny { values: Vec::new() },
        Op::HasAll { values: Vec::new() },
        Op::HasNone { values },
        Op::Yes,
        Op::No,
        Op::Present,
        Op::Absent,
    ]
}

/// Comparisons that make sense for fields of this kind.
pub fn fitting(kind: FieldKind) -> Vec<Op> {
    every().into_iter().filter(|op| op.fits(kind)).collect()
}

/// The stable word of a comparison, as in its JSON.
pub const fn key(op: &Op) -> &'static str {
    match op {
        Op::Equal { .. } => "equal",
        Op::NotEqual { .. } => "not_equal",
        Op::OneOf { .. } => "one_of",
        Op::NoneOf { .. } => "none_of",
        Op::Contains { .. } => "contains",
        Op::NotContains { .. } => "not_contains",
        Op::StartsWith { .. } => "starts_with",
        Op::Exactly { .. } => "exactly",
        Op::Less { .. } => "less",
        Op::More { .. } => "more",
        Op::Between { .. } => "between",
        Op::Before { .. } => "before",
        Op::After { .. } => "after",
        Op::Within { .. } => "within",
        Op::Older { .. } => "older",
        Op::InHours => "in_hours",
        Op::OutOfHours => "out_of_hours",
        Op::Has { .. } => "has",
        Op::HasAny { .. } => "has_any",
        Op::HasAll { .. } => "has_all",
        Op::HasNone { .. } => "has_none",
        Op::Yes => "yes",
        Op::No => "no",
        Op::Present => "present",
        Op::Absent => "absent",
    }
}

/// The comparison of this word with the value of another, as far as it can have it.
pub fn chosen(word: &str, old: &Op, now: i64) -> Option<Op> {
    let mut new = every().into_iter().find(|op| key(op) == word)?;
    let texts = texts_of(old);
    let numbers = match old {
        Op::Exactly { number } | Op::Less { number } | Op::More { number } => Some(*number),
        Op::Between { from, .. } => Some(*from),
        _ => None,
    };
    match &mut new {
        Op::Equal { value }
        | Op::NotEqual { value }
        | Op::Contains { value }
        | Op::NotContains { value }
        | Op::StartsWith { value }
        | Op::Has { value } => *value = texts.into_iter().next().unwrap_or_default(),
        Op::OneOf { values }
        | Op::NoneOf { values }
        | Op::HasAny { values }
        | Op::HasAll { values }
        | Op::HasNone { values } => *values = texts,
        Op::Exactly { number } | Op::Less { number } | Op::More { number } => *number = numbers.unwrap_or_default(),
        Op::Between { from, to } => (*from, *to) = (numbers.unwrap_or_default(), numbers.unwrap_or_default()),
        Op::Before { at } | Op::After { at } => {
            *at = match old {
                Op::Before { at } | Op::After { at } => *at,
                _ => now,
            };
        }
        Op::Within { minutes } | Op::Older { minutes } => {
            if let Op::Within { minutes: old } | Op::Older { minutes: old } = old {
                *minutes = *old;
            }
        }
        _ => {}
    }
    Some(new)
}

/// Its texts, one or many.
pub fn texts_of(op: &Op) -> Vec<String> {
    match op {
        Op::Equal { value }
        | Op::NotEqual { value }
        | Op::Contains { value }
        | Op::NotContains { value }
        | Op::StartsWith { value }
        | Op::Has { value } => std::iter::once(value.clone()).filter(|value| !value.is_empty()).collect(),
        Op::OneOf { values }
        | Op::NoneOf { values }
        | Op::HasAny { values }
        | Op::HasAll { values }
        | Op::HasNone { values } => values.clone(),
        _ => Vec::new(),
    }
}

/// The same comparison with other texts.
pub fn with_texts(op: &mut Op, texts: Vec<String>) {
    match op {
        Op::Equal { value }
        | Op::NotEqual { value }
        | Op::Contains { value }
        | Op::NotContains { value }
        | Op::StartsWith { value }
        | Op::Has { value } => *value = texts.into_iter().next().unwrap_or_default(),
        Op::OneOf { values }
        | Op::NoneOf { values }
        | Op::HasAny { values }
        | Op::HasAll { values }
        | Op::HasNone { values } => *values = texts,
        _ => {}
    }
}

/// Words of a comparison between field and value.
pub fn op_text(t: Texts, op: &Op, kind: FieldKind) -> String {
    let choice = matches!(kind, FieldKind::Choice);
    match op {
        Op::Equal { .. } if choice => t.rules_op_is(),
        Op::NotEqual { .. } if choice => t.rules_op_is_not(),
        Op::Equal { .. } => t.rules_op_equal(),
        Op::NotEqual { .. } => t.rules_op_not_equal(),
        Op::OneOf { .. } => t.rules_op_one_of(),
        Op::NoneOf { .. } => t.rules_op_none_of(),
        Op::Contains { .. } => t.rules_op_contains(),
        Op::NotContains { .. } => t.rules_op_not_contains(),
        Op::StartsWith { .. } => t.rules_op_starts_with(),
        Op::Exactly { .. } => t.rules_op_exactly(),
        Op::Less { .. } => t.rules_op_less(),
        Op::More { .. } => t.rules_op_more(),
        Op::Between { .. } => t.rules_op_between(),
        Op::Before { .. } => t.rules_op_before(),
        Op::After { .. } => t.rules_op_after(),
        Op::Within { .. } => t.rules_op_within(),
        Op::Older { .. } => t.rules_op_older(),
        Op::InHours => t.rules_op_in_hours(),
        Op::OutOfHours => t.rules_op_out_of_hours(),
        Op::Has { .. } => t.rules_op_has(),
        Op::HasAny { .. } => t.rules_op_has_any(),
        Op::HasAll { .. } => t.rules_op_has_all(),
        Op::HasNone { .. } => t.rules_op_has_none(),
        Op::Yes => t.rules_op_yes(),
        Op::No => t.rules_op_no(),
        Op::Present => t.rules_op_present(),
        Op::Absent => t.rules_op_absent(),
    }
}

/// Comparison and value as the rest of a sentence: «больше 1 000 ₽».
pub fn rest_text(t: Texts, f: Format, currency: &str, field: &FieldSpec, op: &Op) -> String {
    let number = |number: f64| match field.kind {
        FieldKind::Money => f.money(number as i64, currency),
        _ => f.decimal(number, 3),
    };
    let value = match op {
        Op::Between { from, to } => return t.rules_between(number(*from), number(*to)),
        Op::Exactly { number: n } | Op::Less { number: n } | Op::More { number: n } => number(*n),
        Op::Before { at } | Op::After { at } => f.date_time(*at),
        Op::Within { minutes } | Op::Older { minutes } => f.duration(i64::from(*minutes) * 60_000),
        _ => {
            let quoted = |text: &String| match field.choices.is_empty() {
                true => format!("«{text}»"),
                false => format!("«{}»", choice_text(t, field, text)),
            };
            texts_of(op).iter().map(quoted).collect::<Vec<_>>().join(", ")
        }
    };
    let words = op_text(t, op, field.kind);
    if value.is_empty() { words } else { format!("{words} {value}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_fitting_comparisons_and_only_those() {
        for kind in FieldKind::ALL {
            let fitting = fitting(*kind);
            assert!(fitting.len() >= 4 && fitting.iter().all(|op| op.fits(*kind)), "{kind}");
        }
    }

    #[test]
    fn changing_the_comparison_keeps_the_value() {
        let old = Op::Contains { value: "гарантия".into() };
        assert_eq!(chosen("one_of", &old, 0), Some(Op::OneOf { values: vec!["гарантия".into()] }));
        assert_eq!(chosen("between", &Op::More { number: 5.0 }, 0), Some(Op::Between { from: 5.0, to: 5.0 }));
        assert_eq!(chosen("before", &Op::Present, 7), Some(Op::Before { at: 7 }));
        assert_eq!(chosen("nonsense", &old, 0), None);
        for op in every() {
            assert_eq!(chosen(key(&op), &op, 0), Some(op));
        }
    }
}
