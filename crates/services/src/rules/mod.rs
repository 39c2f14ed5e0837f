//! Rules: keeping and publishing them, and running them on what happens. What a rule means is in `domain::rules`; here
//! its facts are gathered ([`facts`]), its steps are done ([`acts`]), and its runs written ([`engine`]).
//!
//! Whoever changes something calls [`happened`] inside the same unit of work, so that a change and what rules make of it
//! are durable together or not at all.

mod acts;
mod again;
mod by_clock;
mod decide;
mod engine;
pub mod examples;
mod existing;
mod facts;
mod guard;
mod learnt;
mod list;
mod look;
mod offer;
mod recipes;
pub mod replay;
mod retry;
mod save;
mod told;
mod trees;
mod undo;
mod waiting;

pub(crate) use acts::Did;
pub use again::rerun;
pub use by_clock::run_by_clock;
pub use decide::decide;
pub use engine::happened;
pub use existing::reach;
pub use facts::Occasion;
pub use guard::release;
pub use list::{get, list, run, runs, test};
pub use look::{desk, facts_of, lines, offered, recent, run_desk, run_lines};
pub use retry::{retry, retry_all};
pub use save::{begin, create, edit, publish, shift, update};
pub(crate) use told::{Told, completed, told};
pub use trees::Trees;
pub use undo::{undo, writes};
pub use waiting::run_due;
pub(crate) use waiting::{Dated, answered, date_changed};
