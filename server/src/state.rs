//! What every route may use.

use crate::assets::Site;
use leptos::prelude::LeptosOptions;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_util::sync::CancellationToken;

/// Shared state of the routes.
#[derive(Clone)]
pub struct AppState {
    pub app: Arc<services::App>,
    pub site: Arc<Site>,
    pub leptos: LeptosOptions,
    /// Sign-in shown on the public pages of a demo installation.
    pub demo: Option<DemoSignIn>,
    /// Workers run and the schema is current.
    pub ready: Arc<AtomicBool>,
    /// Ends open streams when the program stops.
    pub stopping: CancellationToken,
}

/// Sign-in of the demo.
#[derive(Clone, Debug)]
pub struct DemoSignIn {
    pub email: String,
    pub password: String,
}

impl AppState {
    /// Whether work may be accepted.
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire) && !self.stopping.is_cancelled()
    }
}

impl axum::extract::FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
