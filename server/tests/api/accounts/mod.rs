//! People: signing up and in, sessions and their cookies, roles that change, and other sites that would like to act for them.

mod canaries;
mod forms;
mod headers;
mod identities;
mod invitations;
mod origin;
pub mod second_factor;
mod secrets;
pub mod sessions;

use crate::support::{Browser, json, text};
use domain::access::Role;

/// Invites somebody; gives the token of the link.
pub async fn invited(owner: &Browser, email: &str, role: Role) -> String {
    let made = owner.server_fn("invites_create", json!({"email": email, "role": role})).await.good();
    text(&made, "link").rsplit('/').next().expect("a token").to_owned()
}
