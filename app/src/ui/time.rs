//! Moments that stay true while the page is open. Owns the page's idea of «now»: the server gives it with the page,
//! the browser moves it on after the page is awake, so that both render the same text at first.

use crate::format::use_format;
use leptos::prelude::*;
use std::time::Duration;

const STEP: Duration = Duration::from_secs(15);

#[derive(Clone, Copy)]
struct Now(RwSignal<i64>);

/// Sets «now» to the server's time; call once in the shell.
pub fn provide_now(server_ms: i64) {
    let now = RwSignal::new(server_ms);
    provide_context(Now(now));
    if cfg!(feature = "hydrate") {
        Effect::new(move |_| {
            // The server's clock is the true one; the browser's only measures how much time has gone by.
            let start = js_sys::Date::now();
            let tick = move || now.set(server_ms + (js_sys::Date::now() - start) as i64);
            if let Ok(handle) = set_interval_with_handle(tick, STEP) {
                on_cleanup(move || handle.clear());
            }
        });
    }
}

/// Epoch milliseconds now, moving on every 15 seconds.
pub fn use_now() -> Signal<i64> {
    use_context::<Now>().map_or_else(|| Signal::stored(0), |now| now.0.into())
}

/// How a [`Time`] is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeStyle {
    /// «5 минут назад».
    #[default]
    Relative,
    /// `15:58`, «Вчера», `14.06`: for lists.
    List,
    /// `21.11.2026, 15:58`.
    Full,
    /// `15:58`.
    Clock,
    /// «завтра в 10:00».
    Deadline,
    /// «21 ноября 2026 г.».
    Long,
}

/// A moment, with the exact one in its title.
#[component]
pub fn Time(
    /// Epoch milliseconds.
    at: i64,
    /// How it is written.
    #[prop(optional)]
    style: TimeStyle,
) -> impl IntoView {
    let format = use_format();
    let now = use_now();
    let text = move || match style {
        TimeStyle::Relative => format.relative(at, now.get()),
        TimeStyle::List => format.list_time(at, now.get()),
        TimeStyle::Full => format.date_time(at),
        TimeStyle::Clock => format.time(at),
        TimeStyle::Deadline => format.day_time(at, now.get()),
        TimeStyle::Long => format.date_long(at),
    };
    view! { <time class="time" title=format.exact(at) datetime=iso(at)>{move || text()}</time> }.into_any()
}

/// `2026-11-21T08:58:00Z`, for machines.
pub fn iso(ms: i64) -> String {
    let c = crate::format::civil(ms, 0);
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
}
