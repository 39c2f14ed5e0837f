//! One way to show what is loaded: skeleton first, then data, an honest nothing, or the error with a retry.

use super::button::Button;
use super::empty::EmptyState;
use super::icon_paths::IconName;
use super::made_once::made_once;
use super::skeleton::Skeleton;
use crate::i18n::{error_text, use_texts};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;

/// Shows a resource. While it is loaded again the old data stays. The child gets the data:
/// `<Loaded resource=orders let:page><OrderTable page=page /></Loaded>`. For an empty answer show an
/// [`EmptyState`](super::EmptyState) inside.
#[component]
pub fn Loaded<T, E, F, V>(
    /// What is loaded.
    resource: Resource<Result<T, E>>,
    /// Stand-in of the final size; rows if not given.
    #[prop(optional, into)]
    skeleton: Option<ViewFn>,
    /// View of the data.
    children: F,
) -> impl IntoView
where
    T: Clone + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    E: Clone + Into<ApiError> + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let fallback = move || match &skeleton {
        Some(skeleton) => skeleton.run(),
        None => view! { <Skeleton /> }.into_any(),
    };
    let show = move || {
        let children = children.clone();
        resource.get().map(move |result| match result {
            Ok(data) => made_once(move || children(data).into_any()),
            Err(error) => view! { <LoadError error=error.into() retry=move || resource.refetch() /> }.into_any(),
        })
    };
    view! { <Transition fallback=fallback>{show}</Transition> }.into_any()
}

/// An error in the place of what could not be shown.
#[component]
pub fn LoadError(
    /// The error.
    error: ApiError,
    /// Tries again.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let t = use_texts();
    let icon = match error.code {
        ErrorCode::Forbidden | ErrorCode::Deactivated => IconName::Lock,
        ErrorCode::NotFound | ErrorCode::UnknownProvider => IconName::Search,
        ErrorCode::Offline => IconName::Offline,
        _ => IconName::Warning,
    };
    let worth_retrying = !matches!(error.code, ErrorCode::Forbidden | ErrorCode::NotFound | ErrorCode::Deactivated);
    let retry = retry.filter(|_| worth_retrying);
    view! {
        <div role="alert">
            <EmptyState icon=icon title=t.ui_failed() hint=error_text(t, &error)>
                {retry.map(|retry| view! { <Button icon=IconName::Refresh on_click=retry>{t.action_retry()}</Button> })}
            </EmptyState>
        </div>
    }
    .into_any()
}
