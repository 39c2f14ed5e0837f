//! The time machine: what a set of rules would have made of something that happened, and how that differs with a draft.

use super::{Act, Facts, Halt, RuleTree, Truth, start, weigh};
use crate::ids::ConnectionId;
use serde::{Deserialize, Serialize};

/// What one rule would have made of one occasion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Fate {
    /// Listens to something else, or its conditions were not met.
    Nothing,
    /// A condition saw no value.
    NoData,
    /// Another rule (its place in the set) had reached people already.
    Displaced { by: usize },
    /// A text had a hole.
    Missing { fields: Vec<String> },
    /// It would have acted: its steps up to the first waiting, as words and texts.
    Fires { acts: Vec<String> },
}

impl Fate {
    /// Whether it would have acted.
    pub const fn fires(&self) -> bool {
        matches!(self, Self::Fires { .. })
    }
}

/// Something that happened, as it was recorded.
#[derive(Clone, Copy, Debug)]
pub struct Then<'a> {
    pub event: &'a str,
    pub connection: Option<ConnectionId>,
    pub facts: &'a Facts,
}

/// The fate of every rule of a set, in the order of precedence, as the live engine decides it.
pub fn fates(rules: &[&RuleTree], then: Then<'_>) -> Vec<Fate> {
    let mut spoken = None;
    rules.iter().enumerate().map(|(place, rule)| fate(rule, place, then, &mut spoken)).collect()
}

fn fate(rule: &RuleTree, place: usize, then: Then<'_>, spoken: &mut Option<usize>) -> Fate {
    let wanted = rule.trigger.connection_id;
    if rule.trigger.event != then.event || wanted.is_some_and(|wanted| then.connection != Some(wanted)) {
        return Fate::Nothing;
    }
    match weigh(&rule.when, then.facts).0 {
        Truth::No => return Fate::Nothing,
        Truth::NoData => return Fate::NoData,
        Truth::Yes => {}
    }
    let speaks = rule.steps().iter().any(|step| step.act.is_irreversible());
    if speaks {
        if let Some(by) = *spoken {
            return Fate::Displaced { by };
        }
        *spoken = Some(place);
    }
    let walk = start(rule, then.facts);
    if let Some(todo) = walk.todo.iter().find(|todo| !todo.missing.is_empty()) {
        return Fate::Missing { fields: todo.missing.clone() };
    }
    let mut acts: Vec<String> = walk.todo.iter().map(|todo| said(&todo.act)).collect();
    match walk.halt {
        Halt::End => {}
        Halt::NoDate { field, .. } => return Fate::Missing { fields: vec![field] },
        Halt::Later { .. } => acts.push("wait".into()),
        Halt::Answer { .. } => acts.push("wait_for_answer".into()),
        Halt::Approval { .. } => acts.push("approve".into()),
    }
    Fate::Fires { acts }
}

/// A step in one line: its word and what it says.
fn said(act: &Act) -> String {
    let (word, detail) = (act.word(), act.said());
    if detail.is_empty() { word.to_owned() } else { format!("{word}: {}", crate::text::preview(&detail, 120)) }
}

/// How a draft changes the fate of an occasion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// It would act where nothing was done before.
    Starts,
    /// It would act no more.
    Stops,
    /// It would act otherwise.
    Changes,
    /// It acts as before.
    Stays,
    /// Another rule would act, or not, because of it.
    Others,
}

/// Compares two fates of the drafted rule; `None` when neither acts.
pub fn difference(before: &Fate, after: &Fate) -> Option<Difference> {
    match (before.fires(), after.fires()) {
        (false, false) => None,
        (false, true) => Some(Difference::Starts),
        (true, false) => Some(Difference::Stops),
        (true, true) if before == after => Some(Difference::Stays),
        (true, true) => Some(Difference::Changes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Node, Op, Step, Trigger};

    fn rule(event: &str, field: &str, text: &str) -> RuleTree {
        RuleTree {
            v: 1,
            trigger: Trigger::of(event),
            when: Node::Test { field: field.into(), op: Op::Present },
            then: vec![Step { after: None, act: Act::SendMessage { text: text.into() } }],
        }
    }

    fn facts() -> Facts {
        Facts::default().with("contact.name", "Анна").with("order.title", "Ремонт")
    }

    #[test]
    fn the_first_rule_that_speaks_wins_and_the_other_is_named() {
        let (first, second) = (rule("a", "contact.name", "1"), rule("a", "order.title", "2"));
        let elsewhere = rule("b", "contact.name", "3");
        let facts = facts();
        let then = Then { event: "a", connection: None, facts: &facts };
        assert_eq!(
            fates(&[&elsewhere, &first, &second], then),
            [Fate::Nothing, Fate::Fires { acts: vec!["send_message: 1".into()] }, Fate::Displaced { by: 1 }]
        );
    }

    #[test]
    fn missing_data_and_holes_are_told_apart() {
        let facts = facts();
        let then = Then { event: "a", connection: None, facts: &facts };
        assert_eq!(
            fates(&[&rule("a", "contact.name", "{{contact.email}}")], then),
            [Fate::Missing { fields: vec!["contact.email".into()] }]
        );
        let mut doubtful = rule("a", "contact.email", "1");
        doubtful.when = Node::Test { field: "contact.email".into(), op: Op::Equal { value: "x".into() } };
        assert_eq!(fates(&[&doubtful], then), [Fate::NoData]);
    }

    #[test]
    fn a_draft_starts_stops_changes_or_leaves_things_as_they_are() {
        let fires = |text: &str| Fate::Fires { acts: vec![text.into()] };
        for (before, after, is) in [
            (Fate::Nothing, fires("1"), Some(Difference::Starts)),
            (fires("1"), Fate::Displaced { by: 0 }, Some(Difference::Stops)),
            (fires("1"), fires("2"), Some(Difference::Changes)),
            (fires("1"), fires("1"), Some(Difference::Stays)),
            (Fate::NoData, Fate::Nothing, None),
        ] {
            assert_eq!(difference(&before, &after), is);
        }
    }
}
