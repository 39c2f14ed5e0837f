//! Pages, one file or folder each.

#[cfg(debug_assertions)]
pub mod gallery;

pub mod catalogue;
pub mod chats;
pub mod connections;
pub mod contacts;
pub mod home;
pub mod journal;
pub mod lists;
pub mod order_form;
pub mod orders;
pub mod reviews;
pub mod rules;
pub mod settings;
pub mod stops;
pub mod team;
pub mod upload;

use crate::frame::Section;
use crate::i18n::use_texts;
use crate::ui::{EmptyState, IconName, LinkButton};
use leptos::prelude::*;

/// An address that leads nowhere, with a way back.
#[component]
pub fn NotFound() -> impl IntoView {
    let t = use_texts();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <main class="frame-content">
            <EmptyState icon=IconName::Search title=t.error_not_found()>
                <LinkButton href=Section::Dashboard.href()>{t.soon_back()}</LinkButton>
            </EmptyState>
        </main>
    }
    .into_any()
}
