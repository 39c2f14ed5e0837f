//! Public pages.

use crate::state::AppState;
use axum::Router;

/// Routes of the public pages.
pub fn routes() -> Router<AppState> {
    Router::new()
}

/// Whether a path belongs to a public page.
pub fn is_public(path: &str) -> bool {
    matches!(path, "/" | "/sign-in" | "/sign-up" | "/forgot") || ["/reset/", "/join/", "/confirm/"].iter().any(|p| path.starts_with(p))
}
