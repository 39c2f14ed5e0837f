//! Who may do what through which door. The tables in [`rest`] and [`functions`] name every operation with the right it
//! needs; an operation without a line fails the suite. Each is called as nobody, by callers without the right, and by
//! another organisation with our ids.

mod functions;
mod pages;
mod rest;
mod strangers;
mod world;

use world::World;

/// An id that nothing has.
const NOTHING: &str = "0198c0de-0000-7000-8000-000000000000";
