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
    let read = move |before: Option<&State>| {
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
    };
    // The server asks anew each time: a transition may be told that the data are here before a memo is told that it is stale,
    // and would then send a page without them, which the browser cannot wake up.
    let state: Signal<State> =
        if cfg!(feature = "ssr") { Signal::derive(move || read(None)) } else { Memo::new(read).into() };
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::door::Answer;
    use futures::StreamExt;
    use hydration_context::SsrSharedContext;
    use leptos::tachys::view::RenderHtml;
    use std::sync::Arc;

    /// The server renders a page on several threads; whichever is first, what was loaded is in the page.
    #[tokio::test(flavor = "multi_thread", worker_threads = 8)]
    async fn what_was_loaded_is_in_the_page_however_the_threads_fall() {
        let _ = any_spawner::Executor::init_tokio();
        let mut without = 0;
        for round in 0..2_000u32 {
            let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
            let html = owner.with(|| {
                let resource = Resource::new(|| (), move |()| async move { Answer::Ok(loaded(round).await) });
                view! { <Followed resource=resource skeleton=|| ().into_any() let:data><b>{move || data.get()}</b></Followed> }
                    .into_any()
                    .to_html_stream_out_of_order()
            });
            let html = html.collect::<String>().await;
            without += u32::from(!html.contains("<b>"));
            drop(owner);
        }
        assert_eq!(without, 0, "of 2 000 pages");
    }

    /// Ready after a few turns, so that the page waits for it.
    async fn loaded(round: u32) -> u32 {
        for _ in 0..round % 7 {
            tokio::task::yield_now().await;
        }
        round
    }
}
