//! Rules: keeping and publishing them, and running them on what happens. What a rule means is in `domain::rules`; here
//! its facts are gathered ([`facts`]), its steps are done ([`acts`]), and its runs written ([`engine`]).
//!
//! Whoever changes something calls [`happened`] inside the same unit of work, so that a change and what rules make of it
//! are durable together or not at all.

mod acts;
mod engine;
mod facts;
mod list;
mod offer;
mod save;
mod told;
mod waiting;

pub(crate) use acts::Did;
pub use engine::happened;
pub use facts::Occasion;
pub use list::{get, list, run, runs, test};
pub use save::{create, publish, update};
pub(crate) use told::{Told, completed, told};
pub(crate) use waiting::answered;
pub use waiting::run_due;
