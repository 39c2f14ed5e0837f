//! Contacts, catalogue, orders, files and Сводка as people meet them, on a real database.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;

mod contacts;
mod cursors;
mod custom;
mod dashboard;
mod duplicates;
mod editing;
mod fair;
mod files;
mod find;
mod hostile;
mod identities;
mod machine;
mod merging;
mod money;
mod nodes;
mod notice;
mod numbers;
mod on_shift;
mod products;
mod provider;
mod push;
mod retention;
mod rules;
mod said;
mod seals;
mod search;
mod setup;
mod sight;
mod stops;
mod strangers;
mod team;
mod timeline;
mod together;
mod triggers;
mod undo;
mod watch;
