//! Rules: «Когда … если … то …» as data, and the one evaluator behind live runs, tests, the time machine and «Почему?».
//!
//! - [`tree`]: what a rule is: trigger, conditions, steps. Versioned, closed, bounded.
//! - [`act`]: what a step says.
//! - [`facts`]: what is known at one moment: typed values by field name, and the business hours.
//! - [`weigh`]: conditions against facts: yes, no or «no data», with what was seen.
//! - [`template`]: texts with fields in them; a hole is never sent.
//! - [`walk`]: steps against facts: what to do now, and where to go on later.
//! - [`check`]: what is wrong with a rule before it is published.
//! - [`replay`]: what a set of rules would have made of something that happened.
//!
//! Everything here is pure and total: the same input gives the same output, hostile input costs a bounded time.

pub mod act;
pub mod check;
pub mod facts;
pub mod replay;
pub mod template;
pub mod tree;
pub mod walk;
pub mod weigh;

#[cfg(test)]
mod tests;

pub use check::{Problem, problems};
pub use facts::{Facts, FieldKind, FieldSpec, Hours};
pub use template::Template;
pub use tree::{Act, CallField, DateOf, Delay, Node, Op, RuleTree, Step, Trigger};
pub use walk::{Halt, Place, Todo, Walk, behind, due, resume, start};
pub use weigh::{Seen, Truth, weigh};
