//! Rules: keeping and publishing them, and running them on what happens. What a rule means is in `domain::rules`; here
//! its facts are gathered ([`facts`]), its steps are done ([`acts`]), and its runs written ([`engine`]).
//!
//! Whoever changes something calls [`happened`] inside the same unit of work, so that a change and what rules make of it
//! are durable together or not at all.

mod acts;
mod engine;
pub mod examples;
mod facts;
mod guard;
mod list;
mod offer;
pub mod replay;
mod save;
mod told;
mod unanswered;
mod waiting;

pub(crate) use acts::Did;
pub use engine::happened;
pub use facts::Occasion;
pub use guard::release;
pub use list::{get, list, run, runs, test};
pub use save::{create, publish, update};
pub(crate) use told::{Told, completed, told};
pub use unanswered::run_unanswered;
pub(crate) use waiting::answered;
pub use waiting::run_due;
