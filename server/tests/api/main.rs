//! The black-box suite: the real program, driven through its doors as people, integrators and providers use them.
//! Runs on the database `TEST_DB` names (`sqlite`, or `postgres` at `TEST_POSTGRES_URL`); every test has an installation of
//! its own. Conditions are waited for, never times.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod accounts;
mod contract;
mod live;
mod look;
mod nodes;
mod operations;
mod own_hooks;
mod pipeline;
mod records;
mod reviews;
mod rules;
mod storage;
mod support;
mod webhooks;
