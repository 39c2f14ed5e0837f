//! Accounts as people meet them, on a real database: every rule of sign-up, sign-in, sessions, members, links and keys.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;

mod identities;
mod invites;
mod keys;
mod mail;
mod members;
mod organisation;
mod profile;
mod recovery;
mod rest;
mod sessions;
mod sign_in;
mod sign_up;
