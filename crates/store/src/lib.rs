//! SQL and nothing else: every statement of Pult, one text for SQLite and PostgreSQL.
//!
//! A statement is a `const` beside the one function that runs it; that function takes `&Db` (reads) or `&mut Tx` (writes)
//! and, first of its own arguments, the organisation (PostgreSQL checks it once more: `walls`). The macros [`read!`] and [`write!`] expand a call once per engine,
//! so native column types work on both. Times are epoch milliseconds from the caller; only nodes tell
//! theirs by the clock of the database (`nodes`).

#[macro_use]
mod macros;

pub mod db;
mod error;

pub mod accounts;
mod batch;
pub mod chats;
pub mod claims;
pub mod connections;
pub mod contacts;
pub mod custom;
pub mod dashboard;
pub mod desk;
pub mod duplicates;
pub mod events;
pub mod files;
pub mod health;
pub mod identities;
pub mod jobs;
pub mod journal;
pub mod later;
pub mod learnt;
pub mod live;
pub mod looks;
pub mod merging;
pub mod messages;
pub mod migrations;
pub mod nodes;
pub mod notes;
pub mod occasions;
pub mod orders;
pub mod organisations;
pub mod products;
pub mod push;
pub mod reaches;
pub mod replays;
pub mod rest;
pub mod retention;
pub mod reviews;
pub mod rows;
pub mod rule_facts;
pub mod rule_guard;
pub mod rule_page;
pub mod rules;
pub mod runs;
pub mod sealed;
pub mod seals;
pub mod search;
pub mod second_factors;
pub mod sight;
mod sound;
pub mod stops;
pub mod tables;
pub mod timeline;
pub mod walls;

pub use db::{Db, Engine, Tx};
pub use error::{Error, Result};
