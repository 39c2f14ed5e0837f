//! Views that are made once, however often the server looks a page over.

use leptos::prelude::*;

/// A view made when it is really shown.
///
/// Before it renders what waits for data, the server walks over it, once or more often as the data come in, and makes every
/// reactive view on the way only to drop it. Resources and transitions in such a view would be counted each time; the
/// browser makes it once, looks for their data under other numbers, and cannot wake the page up.
pub fn made_once(make: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    Suspend::new(async move {
        looked_over().await;
        // What is read meanwhile must not make it anew and wipe what a person has typed.
        untrack(make)
    })
    .into_any()
}

/// Ready at the second look on the server, at once in the browser.
pub async fn looked_over() {
    #[cfg(feature = "ssr")]
    {
        let mut looked = false;
        std::future::poll_fn(|context| {
            if std::mem::replace(&mut looked, true) {
                return std::task::Poll::Ready(());
            }
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        })
        .await;
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos::tachys::view::RenderHtml;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_page_that_is_looked_over_twice_is_made_once() {
        let made = Arc::new(AtomicUsize::new(0));
        let count = made.clone();
        let owner = Owner::new();
        owner.with(|| {
            let mut view = move || {
                let count = count.clone();
                made_once(move || {
                    count.fetch_add(1, Ordering::SeqCst);
                    "page".into_any()
                })
            };
            RenderHtml::dry_resolve(&mut view);
            RenderHtml::dry_resolve(&mut view);
            futures::executor::block_on(RenderHtml::resolve(view));
        });
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }
}
