//! Steps against facts: what is to be done now, and where a run goes on later. A run is nothing but a [`Place`] in the tree:
//! whoever drives it asks again with fresh facts when the time has come.

use super::weigh::{Seen, Truth, weigh};
use super::{Act, Delay, Facts, RuleTree, Step, Template};
use serde::{Deserialize, Serialize};

/// Where a run stands: indexes of steps from the outside in, with the branch taken on the way (`2t0`: first step of the
/// «then» of the third step).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(Vec<(u16, Side)>);

/// Which list of steps inside a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Side {
    Then,
    Otherwise,
}

impl Place {
    fn top(index: u16) -> Self {
        Self(vec![(index, Side::Then)])
    }
    fn inside(&self, side: Side) -> Self {
        let mut path = self.0.clone();
        if let Some(last) = path.last_mut() {
            last.1 = side;
        }
        path.push((0, Side::Then));
        Self(path)
    }
    /// The act of the step it points at.
    pub fn act<'a>(&self, tree: &'a RuleTree) -> Option<&'a Act> {
        let (list, index) = self.find(tree)?;
        list.get(index).map(|step| &step.act)
    }
    fn next(&self) -> Self {
        let mut path = self.0.clone();
        if let Some(last) = path.last_mut() {
            *last = (last.0.saturating_add(1), Side::Then);
        }
        Self(path)
    }
    fn up(&self) -> Option<Self> {
        (self.0.len() > 1).then(|| Self(self.0[..self.0.len() - 1].to_vec()))
    }
    /// The step here.
    pub fn step<'a>(&self, tree: &'a RuleTree) -> Option<&'a Step> {
        let (list, index) = self.find(tree)?;
        list.get(index)
    }
    /// The list it lies in, and its index there.
    fn find<'a>(&self, tree: &'a RuleTree) -> Option<(&'a [Step], usize)> {
        let mut list: &[Step] = &tree.then;
        let (last, way) = self.0.split_last()?;
        for (index, side) in way {
            let step = list.get(usize::from(*index))?;
            list = step.act.inside()[usize::from(*side == Side::Otherwise)]?;
        }
        Some((list, usize::from(last.0)))
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, (index, side)) in self.0.iter().enumerate() {
            write!(f, "{index}")?;
            if n + 1 < self.0.len() {
                f.write_str(if *side == Side::Then { "t" } else { "o" })?;
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for Place {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("«{text}» is no place in a rule");
        let mut path = Vec::new();
        let mut rest = text;
        loop {
            let end = rest.find(['t', 'o']).unwrap_or(rest.len());
            let index = rest[..end].parse().map_err(|_| bad())?;
            let side = if rest[end..].starts_with('o') { Side::Otherwise } else { Side::Then };
            path.push((index, side));
            if end == rest.len() {
                return Ok(Self(path));
            }
            if path.len() > super::tree::MOST_DEPTH + 1 {
                return Err(bad());
            }
            rest = &rest[end + 1..];
        }
    }
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Something to do now.
#[derive(Clone, Debug, PartialEq)]
pub struct Todo {
    pub place: Place,
    /// The step's act, its texts filled in.
    pub act: Act,
    /// Fields its texts lack: it must not be done.
    pub missing: Vec<String>,
}

/// A branch that was decided, for the trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    pub place: Place,
    pub truth: Truth,
    pub seen: Vec<Seen>,
}

/// Why a run does not go on by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// All done, or a «stop».
    End,
    /// Go on at this place when it is time.
    Later { place: Place, at: i64 },
    /// A delay counts to a date that is not known.
    NoDate { place: Place, field: String },
    /// Until the client writes (`true`) or the time is over (`false`).
    Answer { place: Place, until: i64 },
    /// Until a member decides; `otherwise` when the time is over.
    Approval { place: Place, until: i64, otherwise: bool },
}

/// One stretch of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    pub todo: Vec<Todo>,
    pub turns: Vec<Turn>,
    pub halt: Halt,
    /// What is known at its end, where a step made more known.
    pub known: Option<Facts>,
}

/// From the first step.
pub fn start(tree: &RuleTree, facts: &Facts) -> Walk {
    onward(tree, facts, Place::top(0), None)
}

/// From a place where a run halted. `waited`: its delay is over; `answer`: what the waiting came to (the client wrote, the
/// member agreed).
pub fn resume(tree: &RuleTree, facts: &Facts, place: &Place, answer: Option<bool>) -> Walk {
    onward(tree, facts, place.clone(), Some(answer))
}

/// From behind a step that was just done, as after one that made more known.
pub fn behind(tree: &RuleTree, facts: &Facts, place: &Place) -> Walk {
    onward(tree, facts, place.next(), None)
}

/// `resumed`: the first step's delay is over, with the answer it waited for.
fn onward(tree: &RuleTree, facts: &Facts, from: Place, mut resumed: Option<Option<bool>>) -> Walk {
    let mut walk = Walk { todo: Vec::new(), turns: Vec::new(), halt: Halt::End, known: None };
    let mut place = from;
    let mut facts = std::borrow::Cow::Borrowed(facts);
    loop {
        let Some((list, index)) = place.find(tree) else { return walk };
        let Some(step) = list.get(index) else {
            // The end of a list: on after the step that holds it.
            match place.up() {
                Some(outer) => place = outer.next(),
                None => return walk,
            }
            continue;
        };
        let answer = match resumed.take() {
            Some(answer) => answer,
            None => {
                if let Some(delay) = &step.after {
                    walk.halt = match due(delay, &facts) {
                        Ok(at) if at <= facts.at => Halt::End,
                        Ok(at) => Halt::Later { place: place.clone(), at },
                        Err(field) => Halt::NoDate { place: place.clone(), field },
                    };
                    if walk.halt != Halt::End {
                        return walk;
                    }
                }
                None
            }
        };
        place = match &step.act {
            Act::Stop => return walk,
            Act::Branch { when, .. } => {
                let (truth, seen) = weigh(when, &facts);
                walk.turns.push(Turn { place: place.clone(), truth, seen });
                place.inside(if truth == Truth::Yes { Side::Then } else { Side::Otherwise })
            }
            Act::WaitForAnswer { minutes, .. } => match answer {
                Some(wrote) => place.inside(if wrote { Side::Then } else { Side::Otherwise }),
                None => {
                    walk.halt = Halt::Answer { place, until: later(facts.at, *minutes) };
                    return walk;
                }
            },
            Act::Approve { minutes, otherwise_yes, .. } => match answer {
                Some(agreed) => place.inside(if agreed { Side::Then } else { Side::Otherwise }),
                None => {
                    walk.halt = Halt::Approval { place, until: later(facts.at, *minutes), otherwise: *otherwise_yes };
                    return walk;
                }
            },
            act => {
                let (act, missing) = filled(act, &facts);
                if let Some(more) = learnt(&act, &facts).filter(|_| missing.is_empty()) {
                    walk.known = Some(more.clone());
                    facts = std::borrow::Cow::Owned(more);
                }
                walk.todo.push(Todo { place: place.clone(), act, missing });
                place.next()
            }
        };
    }
}

fn later(at: i64, minutes: u32) -> i64 {
    at.saturating_add(i64::from(minutes) * 60_000)
}

/// When a delay that begins now is over.
/// When a delay is over; `Err`: the date it counts from is missing.
pub fn due(delay: &Delay, facts: &Facts) -> Result<i64, String> {
    match delay {
        Delay::Minutes { minutes } => Ok(later(facts.at, *minutes)),
        Delay::InHours { minutes } => Ok(facts.hours.next_open(later(facts.at, *minutes))),
        Delay::Until { field, shift_minutes } => {
            let date = facts.get(field).and_then(serde_json::Value::as_i64).ok_or_else(|| field.clone())?;
            Ok(date.saturating_add(i64::from(*shift_minutes) * 60_000))
        }
    }
}

/// The act with its text filled in, and the fields that were missing.
fn filled(act: &Act, facts: &Facts) -> (Act, Vec<String>) {
    let mut act = act.clone();
    let mut missing = Vec::new();
    for text in act.texts_mut() {
        match Template::parse(text).map(|template| template.fill(facts)) {
            Ok(Ok(full)) => *text = full,
            Ok(Err(holes)) => missing.extend(holes),
            // Refused when it was published; a stored one of another version may still be here.
            Err(error) => missing.push(error.to_string()),
        }
    }
    (act, missing)
}

/// What is known after a step: a client that was just saved has at least what was said of them. The live engine looks
/// again instead; this is for those who only try.
fn learnt(act: &Act, facts: &Facts) -> Option<Facts> {
    let Act::SaveContact { name, phone, email } = act else { return None };
    let mut facts = facts.clone();
    let phone = crate::phone::normalise(phone).unwrap_or_default();
    for (field, value) in [("contact.name", name), ("contact.phone", &phone), ("contact.email", email)] {
        if facts.get(field).is_none() && !value.trim().is_empty() {
            facts = facts.with(field, value.trim());
        }
    }
    Some(facts)
}
