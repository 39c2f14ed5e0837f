//! Form posts of the sign-in.

use crate::state::AppState;
use axum::Router;

/// Routes of the form posts.
pub fn routes() -> Router<AppState> {
    Router::new()
}
