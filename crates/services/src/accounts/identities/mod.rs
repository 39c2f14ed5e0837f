//! Signing in with a service instead of a password, and adding one to an account.
//!
//! Whoever a service sends is known by their id there and by nothing else. Somebody unknown is never taken for the person of
//! an address: they sign in with the password once, in the same browser, and then the service is theirs; or they are new.

mod attempt;
mod forgotten;
mod known;
mod linked;
mod waiting;

pub use attempt::{Back, Begun, Came, Returned, Turned, begin, finish, mark};
pub use forgotten::{confirmed, forget};
pub use known::Known;
pub(super) use linked::drop_all;
pub use linked::{unlink, ways_in};
pub(super) use waiting::settle_new;
pub use waiting::{Waiting, link_waiting};

use crate::App;
use connectors::identity::Provider;
use domain::views::SignInProvider;

/// A provider of this installation.
fn provider<'a>(app: &'a App, id: &str) -> Option<&'a Provider> {
    app.config.sign_in.iter().find(|provider| provider.id == id)
}

/// What is on, for buttons.
pub fn providers(app: &App) -> Vec<SignInProvider> {
    let view = |it: &Provider| SignInProvider { id: it.id.clone(), name: it.name.clone() };
    app.config.sign_in.iter().map(view).collect()
}

/// What a provider is called; one that is off now by its id.
pub fn name(app: &App, id: &str) -> String {
    provider(app, id).map_or_else(|| id.to_owned(), |provider| provider.name.clone())
}
