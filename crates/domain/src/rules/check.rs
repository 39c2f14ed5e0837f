//! What is wrong with a rule before it is published. Each problem names its place, so that the page can show it on the block.

use super::template::{Template, TemplateError};
use super::tree::{DateOf, MOST_DAYS};
use super::{Act, Delay, FieldKind, FieldSpec, Node, RuleTree, Step};
use serde::{Deserialize, Serialize};

/// A problem, where it is and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// `when/0/2` or `then/1`: indexes from the outside in; `t` and `o` lead into branches.
    pub at: String,
    pub code: ProblemCode,
    /// The field, filter or value it is about; "" if none.
    #[serde(default)]
    pub what: String,
}

crate::macros::text_enum! {
    /// What can be wrong.
    pub enum ProblemCode {
        UnknownTrigger = "unknown_trigger",
        MinutesNeeded = "minutes_needed",
        /// The trigger counts from a date, and none is chosen.
        DateNeeded = "date_needed",
        NoSteps = "no_steps",
        /// The trigger does not bring such a field, or it was removed.
        UnknownField = "unknown_field",
        /// The operator does not fit the field's type.
        WrongOperator = "wrong_operator",
        /// Nothing was filled in, or not a choice of this field.
        WrongValue = "wrong_value",
        EmptyText = "empty_text",
        BadTemplate = "bad_template",
        UnknownFilter = "unknown_filter",
        NotADate = "not_a_date",
        /// Never reached: it stands after a «stop».
        Unreachable = "unreachable",
        /// The connection, member or other thing it names is not there any more.
        Gone = "gone",
        /// The trigger has no chat or order to do this to.
        Impossible = "impossible",
        /// It does with an example from life what it must not do, or does not do what it must.
        ExampleFails = "example_fails",
    }
}

/// What a rule on one trigger may use.
#[derive(Clone, Debug, Default)]
pub struct Offer<'a> {
    pub fields: &'a [FieldSpec],
    /// Whether the trigger is one of the clock and needs minutes.
    pub waits: bool,
    /// Whether none of them will do: at the date itself, at midnight.
    pub from_zero: bool,
    /// Whether it counts from a date of the client's own fields.
    pub dated: bool,
    /// Whether events of it belong to a chat; to an order; to a contact.
    pub chat: bool,
    pub order: bool,
    pub contact: bool,
}

/// Everything wrong with the rule, in the order of the page. `offer` is `None` when there is no such trigger.
pub fn problems(tree: &RuleTree, offer: Option<&Offer<'_>>) -> Vec<Problem> {
    let mut found = Vec::new();
    let Some(offer) = offer else {
        let what = tree.trigger.event.clone();
        return vec![Problem { at: "trigger".into(), code: ProblemCode::UnknownTrigger, what }];
    };
    let mut check = Check { offer, found: &mut found };
    if offer.waits && tree.trigger.minutes.is_none_or(|minutes| minutes == 0 && !offer.from_zero) {
        check.say("trigger", ProblemCode::MinutesNeeded, "");
    }
    if offer.dated {
        check.date(tree.trigger.date.as_ref());
    }
    check.node(&tree.when, "when");
    if tree.then.is_empty() {
        check.say("then", ProblemCode::NoSteps, "");
    }
    check.steps(&tree.then, "then");
    found
}

struct Check<'a> {
    offer: &'a Offer<'a>,
    found: &'a mut Vec<Problem>,
}

impl Check<'_> {
    fn say(&mut self, at: &str, code: ProblemCode, what: &str) {
        self.found.push(Problem { at: at.to_owned(), code, what: what.to_owned() });
    }
    fn field(&self, key: &str) -> Option<&FieldSpec> {
        self.offer.fields.iter().find(|field| field.key == key)
    }

    fn date(&mut self, date: Option<&DateOf>) {
        let Some(date) = date.filter(|date| !date.field.is_empty()) else {
            return self.say("trigger", ProblemCode::DateNeeded, "");
        };
        match self.field(&date.field).map(|field| field.kind) {
            Some(FieldKind::Date) if date.field.starts_with(crate::custom::PREFIX) => {}
            Some(_) => self.say("trigger", ProblemCode::NotADate, &date.field),
            None => self.say("trigger", ProblemCode::UnknownField, &date.field),
        }
        if date.days.unsigned_abs() > MOST_DAYS.unsigned_abs() {
            self.say("trigger", ProblemCode::WrongValue, "days");
        }
    }

    fn node(&mut self, node: &Node, at: &str) {
        for (n, child) in node.children().iter().enumerate() {
            self.node(child, &format!("{at}/{n}"));
        }
        let Node::Test { field: key, op } = node else { return };
        let Some(field) = self.field(key).cloned() else {
            return self.say(at, ProblemCode::UnknownField, key);
        };
        if !op.fits(field.kind) {
            return self.say(at, ProblemCode::WrongOperator, key);
        }
        if !op.is_filled(&field.choices) {
            self.say(at, ProblemCode::WrongValue, key);
        }
    }

    fn steps(&mut self, steps: &[Step], at: &str) {
        for (n, step) in steps.iter().enumerate() {
            let at = format!("{at}/{n}");
            if n > 0 && matches!(steps[n - 1].act, Act::Stop) {
                self.say(&at, ProblemCode::Unreachable, "");
            }
            if let Some(Delay::Until { field, .. }) = &step.after {
                match self.field(field).map(|field| field.kind) {
                    None => self.say(&at, ProblemCode::UnknownField, field),
                    Some(FieldKind::Date) => {}
                    Some(_) => self.say(&at, ProblemCode::NotADate, field),
                }
            }
            self.act(&step.act, &at);
        }
    }

    fn act(&mut self, act: &Act, at: &str) {
        let possible = match act {
            Act::SendMessage { .. } | Act::CloseChat | Act::WaitForAnswer { .. } => self.offer.chat,
            Act::Comment { .. } | Act::ChangeOrder { .. } => self.offer.order,
            Act::Assign { .. } | Act::AssignFree => self.offer.chat || self.offer.order,
            // Chats and orders have their client.
            Act::SaveContact { .. } => !self.offer.chat && !self.offer.order,
            Act::CreateOrder { .. }
            | Act::InviteToReview { .. }
            | Act::AddTag { .. }
            | Act::RemoveTag { .. }
            | Act::SetField { .. } => self.offer.contact,
            _ => true,
        };
        if !possible {
            self.say(at, ProblemCode::Impossible, act.word());
        }
        let texts = act.texts();
        if texts.iter().any(|text| text.trim().is_empty()) && act.needs_every_text() {
            self.say(at, ProblemCode::EmptyText, "");
        }
        texts.into_iter().for_each(|text| self.text(text, at));
        if let Some(what) = act.misnamed() {
            self.say(at, ProblemCode::WrongValue, what);
        }
        match act {
            // A name alone is nobody.
            Act::SaveContact { phone, email, .. } if phone.trim().is_empty() && email.trim().is_empty() => {
                self.say(at, ProblemCode::EmptyText, "");
            }
            Act::AddTag { tag } | Act::RemoveTag { tag } if crate::text::tag(tag).is_none() => {
                self.say(at, ProblemCode::WrongValue, "tag");
            }
            Act::SetField { field, .. } if self.field(&format!("{}{field}", crate::custom::PREFIX)).is_none() => {
                self.say(at, ProblemCode::UnknownField, field);
            }
            Act::Branch { when, .. } => self.node(when, &format!("{at}/if")),
            Act::WaitForAnswer { minutes: 0, .. } | Act::Approve { minutes: 0, .. } => {
                self.say(at, ProblemCode::MinutesNeeded, "");
            }
            _ => {}
        }
        for (list, letter) in act.inside().into_iter().zip(["t", "o"]) {
            self.steps(list.unwrap_or_default(), &format!("{at}/{letter}"));
        }
    }

    fn text(&mut self, text: &str, at: &str) {
        match Template::parse(text) {
            Err(TemplateError::Filter(name)) => self.say(at, ProblemCode::UnknownFilter, &name),
            Err(TemplateError::Name(name)) => self.say(at, ProblemCode::UnknownField, &name),
            Err(TemplateError::Open | TemplateError::Long) => self.say(at, ProblemCode::BadTemplate, ""),
            Ok(template) => {
                for key in template.fields() {
                    if self.field(key).is_none() {
                        self.say(at, ProblemCode::UnknownField, key);
                    }
                }
            }
        }
    }
}

impl super::Op {
    /// Whether its values are filled in, and among the choices where there are any.
    fn is_filled(&self, choices: &[String]) -> bool {
        use super::Op;
        let good = |value: &String| !value.trim().is_empty() && (choices.is_empty() || choices.contains(value));
        match self {
            Op::Equal { value } | Op::NotEqual { value } | Op::Has { value } => good(value),
            Op::Contains { value } | Op::NotContains { value } | Op::StartsWith { value } => !value.trim().is_empty(),
            Op::OneOf { values }
            | Op::NoneOf { values }
            | Op::HasAny { values }
            | Op::HasAll { values }
            | Op::HasNone { values } => !values.is_empty() && values.iter().all(good),
            Op::Exactly { number } | Op::Less { number } | Op::More { number } => number.is_finite(),
            Op::Between { from, to } => from.is_finite() && to.is_finite() && from <= to,
            Op::Within { minutes } | Op::Older { minutes } => *minutes > 0,
            Op::Before { .. } | Op::After { .. } | Op::InHours | Op::OutOfHours => true,
            Op::Yes | Op::No | Op::Present | Op::Absent => true,
        }
    }
}
