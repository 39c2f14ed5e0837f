//! The signed-in person on the page: loaded once for the frame, fetched again when `me`, `members`, `settings`, `chats`
//! or `orders` change, given to pages through [`use_me`].

use crate::door::Answer;
use domain::access::Permission;
use domain::views::MeView;
use leptos::prelude::*;

/// Everything the frame needs.
#[server(prefix = "/api/ui", endpoint = "me")]
pub async fn load_me() -> Answer<MeView> {
    Ok(services::accounts::me(&crate::door::cx()?).await?)
}

/// The signed-in person, kept up to date; inside the signed-in frame only.
#[derive(Clone, Copy)]
pub struct CurrentMe(pub Memo<MeView>);

/// The signed-in person. Panics outside the signed-in frame, which is a mistake of the page.
pub fn use_me() -> Memo<MeView> {
    expect_context::<CurrentMe>().0
}

/// Whether the signed-in person may do this; for showing or hiding controls (the server checks again).
pub fn use_may(permission: Permission) -> Signal<bool> {
    let me = use_me();
    Memo::new(move |_| me.with(|me| me.role.allows(permission))).into()
}
