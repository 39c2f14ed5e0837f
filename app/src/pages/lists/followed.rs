//! Data that is loaded again and again: skeleton first, then the data in place. What shows it is built once and gets a
//! signal, so that a live change keeps scroll, focus and half-typed text; a single-use view is [`Loaded`](crate::ui::Loaded).

use crate::ui::{LoadError, Skeleton, made_once};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;

/// Shows a resource as a signal: `<Followed resource=orders let:page><OrderTable page=page /></Followed>`.
#[component]
pub fn Followed<T, E, F, V>(
    /// What is loaded.
    resource: Resource<Result<T, E>>,
    /// Stand-in of the final size; rows if not given.
    #[prop(optional, into)]
    skeleton: Option<ViewFn>,
    /// View of the data, called once.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    E: Clone + PartialEq + Into<ApiError> + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let fallback = move || match &skeleton {
        Some(skeleton) => skeleton.run(),
        None => view! { <Skeleton /> }.into_any(),
    };
    view! {
        <Transition fallback=fallback>
            <Inside resource=resource children=children.clone() />
        </Transition>
    }
    .into_any()
}

#[derive(Clone, PartialEq)]
enum State {
    Waiting,
    Here,
    Failed(ApiError),
}

/// Must be made inside the transition: only there does reading the resource make it wait.
#[component]
fn Inside<T, E, F, V>(resource: Resource<Result<T, E>>, children: F) -> impl IntoView
where
    T: Clone + PartialEq + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    E: Clone + PartialEq + Into<ApiError> + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let state = Memo::new(move |before: Option<&State>| {
        let now = resource.with(|result| match result {
            None => State::Waiting,
            Some(Ok(_)) => State::Here,
            Some(Err(error)) => State::Failed(error.clone().into()),
        });
        match now {
            // The frame says that the link is gone; what is shown stays, it will be loaded again with the link.
            State::Failed(ref error) if before == Some(&State::Here) && passing(error) => State::Here,
            now => now,
        }
    });
    move || match state.get() {
        State::Waiting => None,
        // The whole of it in there, because reading a resource «untracked» inside a transition is tracked all the same.
        State::Here => {
            let children = children.clone();
            Some(made_once(move || {
                let Some(first) = resource.with_untracked(|result| result.clone().and_then(Result::ok)) else {
                    return ().into_any();
                };
                let data = Memo::new(move |before: Option<&T>| {
                    let now = resource.with(|result| result.clone().and_then(Result::ok));
                    now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
                });
                children(data.into()).into_any()
            }))
        }
        State::Failed(error) => Some(view! { <LoadError error=error retry=move || resource.refetch() /> }.into_any()),
    }
}

fn passing(error: &ApiError) -> bool {
    matches!(error.code, ErrorCode::Offline | ErrorCode::StorageUnavailable)
}
