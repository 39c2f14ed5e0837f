//! The live stream in the browser: one `EventSource` per tab. Hints say what changed; pages fetch again what they show.
//! Bursts are gathered: the first hint acts at once, the rest of a quarter second together.

use leptos::prelude::*;
use std::collections::HashMap;

/// Whether the stream is up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LiveState {
    /// Changes arrive. Also the first moment, so that nothing flashes.
    #[default]
    On,
    Connecting,
    /// Connection lost; the browser tries again by itself.
    Off,
}

#[derive(Clone, Copy)]
struct Live {
    topics: StoredValue<HashMap<String, ArcRwSignal<u32>>>,
    state: RwSignal<LiveState>,
}

impl Live {
    fn topic(self, key: &str) -> ArcRwSignal<u32> {
        let known = self.topics.with_value(|topics| topics.get(key).cloned());
        known.unwrap_or_else(|| {
            let signal = ArcRwSignal::new(0);
            self.topics.update_value(|topics| {
                topics.insert(key.to_owned(), signal.clone());
            });
            signal
        })
    }
}

/// Starts the stream after the position the page was rendered at; call once inside the signed-in frame.
pub fn provide_live(after: i64) {
    let live = Live { topics: StoredValue::new(HashMap::new()), state: RwSignal::new(LiveState::On) };
    provide_context(live);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::listen(live, after));
    #[cfg(not(feature = "hydrate"))]
    let _ = after;
}

/// Whether the stream is up.
pub fn use_live_state() -> Signal<LiveState> {
    use_context::<Live>().map_or_else(|| Signal::stored(LiveState::Connecting), |live| live.state.into())
}

/// A number that grows whenever something of these topics changes; give it to a resource as its source.
/// A topic is a word (`orders`) or one thing (`chats:<id>`).
pub fn use_hints<S: Into<String>>(topics: impl IntoIterator<Item = S>) -> Signal<u32> {
    let Some(live) = use_context::<Live>() else { return Signal::stored(0) };
    let signals: Vec<ArcRwSignal<u32>> = topics.into_iter().map(|topic| live.topic(&topic.into())).collect();
    Signal::derive(move || signals.iter().map(|signal| signal.get()).fold(0u32, u32::wrapping_add))
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Live, LiveState};
    use domain::views::Hint;
    use leptos::prelude::*;
    use std::collections::BTreeSet;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;

    const GATHER: Duration = Duration::from_millis(250);

    pub fn listen(live: Live, after: i64) {
        let Ok(source) = web_sys::EventSource::new(&format!("/api/live?after={after}")) else { return };
        let waiting = StoredValue::new(BTreeSet::<String>::new());
        let gathering = StoredValue::new(false);
        let on = |name: &str, handler: Box<dyn FnMut(web_sys::MessageEvent)>| {
            let closure = Closure::wrap(handler);
            let _ = source.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
            // Lives as long as the page.
            closure.forget();
        };
        on(
            "hint",
            Box::new(move |event| {
                let Some(hint) = event.data().as_string().and_then(|text| serde_json::from_str::<Hint>(&text).ok())
                else {
                    return;
                };
                waiting.update_value(|waiting| {
                    // Without an id it may be any of them: `chats:` stands for every thing of the topic.
                    waiting.insert(format!("{}:{}", hint.topic, hint.id));
                    waiting.insert(hint.topic);
                });
                if !gathering.get_value() {
                    flush(live, waiting);
                    gather(live, waiting, gathering);
                }
            }),
        );
        // Something was missed: everything shown is fetched again.
        on("resync", Box::new(move |_| all(live)));
        let was_off = StoredValue::new(false);
        on(
            "open",
            Box::new(move |_| {
                live.state.set(LiveState::On);
                if was_off.get_value() {
                    was_off.set_value(false);
                    all(live);
                }
            }),
        );
        on(
            "error",
            Box::new(move |_| {
                was_off.set_value(true);
                live.state.set(LiveState::Off);
            }),
        );
        on_cleanup({
            let source = send_wrapper::SendWrapper::new(source);
            move || source.close()
        });
    }

    fn gather(live: Live, waiting: StoredValue<BTreeSet<String>>, gathering: StoredValue<bool>) {
        gathering.set_value(true);
        set_timeout(
            move || {
                if waiting.try_with_value(BTreeSet::is_empty).unwrap_or(true) {
                    let _ = gathering.try_update_value(|on| *on = false);
                } else {
                    flush(live, waiting);
                    gather(live, waiting, gathering);
                }
            },
            GATHER,
        );
    }

    fn flush(live: Live, waiting: StoredValue<BTreeSet<String>>) {
        let topics = waiting.try_update_value(std::mem::take).unwrap_or_default();
        for topic in topics {
            let whole = topic.ends_with(':');
            let hit = |key: &str| if whole { key.starts_with(&topic) } else { key == topic };
            let signals = live.topics.try_with_value(|known| {
                known.iter().filter(|(key, _)| hit(key)).map(|(_, signal)| signal.clone()).collect::<Vec<_>>()
            });
            for signal in signals.unwrap_or_default() {
                signal.update(|n| *n = n.wrapping_add(1));
            }
        }
    }

    fn all(live: Live) {
        let signals =
            live.topics.try_with_value(|topics| topics.values().cloned().collect::<Vec<_>>()).unwrap_or_default();
        for signal in signals {
            signal.update(|n| *n = n.wrapping_add(1));
        }
    }
}
