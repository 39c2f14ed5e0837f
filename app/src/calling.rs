//! What calls a person who is not looking (CHT-11): a sound, a notification of the browser. And the other way round: the
//! browser tells now and then that somebody is there (ACC-6).

use crate::door::{Answer, Door};
use domain::views::Calls;
use leptos::prelude::*;

/// What came since a moment.
#[server(prefix = "/api/ui", endpoint = "chats_calls", protocol = Door)]
pub async fn chats_calls(since: i64) -> Answer<Calls> {
    Ok(services::chats::calls(&crate::door::cx()?, since).await?)
}

/// A page of this member is alive, and before their eyes.
#[server(prefix = "/api/ui", endpoint = "presence_seen")]
pub async fn presence_seen(looking: bool) -> Answer<()> {
    let session = crate::door::session_id().filter(|_| looking);
    Ok(services::accounts::members::seen(&crate::door::cx()?, session.as_ref()).await?)
}

/// No page of this browser is before their eyes any more.
#[server(prefix = "/api/ui", endpoint = "presence_away")]
pub async fn presence_away() -> Answer<()> {
    Ok(services::accounts::members::looked_away(&crate::door::cx()?, crate::door::session_id().as_ref()).await?)
}

#[cfg(feature = "hydrate")]
pub use browser::{allow_notifications, beep, call, keep_in_touch, may_notify};

/// Whether this browser shows notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", allow(dead_code, reason = "only a browser knows"))]
pub enum Notifying {
    Allowed,
    /// Not asked yet.
    Unasked,
    /// Refused by the person, or the browser has none.
    Denied,
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Notifying, chats_calls, presence_seen};
    use crate::i18n::use_texts;
    use crate::live::use_hints;
    use crate::session::use_me;
    use domain::access::Permission;
    use domain::views::{CallView, MeView};
    use leptos::leptos_dom::helpers::window_event_listener_untyped;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use web_sys::{AudioContext, Notification, NotificationOptions, NotificationPermission, ServiceWorkerRegistration};

    /// How often a page says that it is alive.
    const BEAT: Duration = Duration::from_secs(60);
    /// A page nobody has touched for so long is not looked at, however visible it is.
    const IDLE_MS: f64 = 120_000.0;
    /// A page that comes into view says so a moment after the one that goes out of it.
    const SOON: Duration = Duration::from_millis(400);
    /// The last message called for, so that of several tabs one calls.
    const CALLED: &str = "pult-called";

    /// Says now and every minute that somebody is there, and whether the page is before their eyes; timers of a sleeping
    /// phone do not run. Whoever looks is not sent notices.
    pub fn keep_in_touch() {
        let touched = StoredValue::new(js_sys::Date::now());
        let said = StoredValue::new(0.0);
        let looking = move || {
            let idle = js_sys::Date::now() - touched.try_get_value().unwrap_or(0.0);
            !document().hidden() && document().has_focus().unwrap_or(false) && idle < IDLE_MS
        };
        let beat = move || {
            let looking = looking();
            if looking {
                let _ = said.try_set_value(js_sys::Date::now());
            }
            spawn_local(async move { drop(presence_seen(looking).await) });
        };
        beat();
        if let Ok(handle) = set_interval_with_handle(beat, BEAT) {
            on_cleanup(move || handle.clear());
        }
        // Whoever comes back says so at once.
        let touch = move || {
            let now = js_sys::Date::now();
            let _ = touched.try_set_value(now);
            if now - said.try_get_value().unwrap_or(now) > BEAT.as_millis() as f64 && looking() {
                beat();
            }
        };
        for event in ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] {
            listen(event, touch);
        }
        let back = move || {
            touch();
            set_timeout(
                move || {
                    if looking() {
                        beat()
                    }
                },
                SOON,
            );
        };
        let away = move || {
            if said.try_get_value().is_some_and(|at| at > 0.0) {
                let _ = said.try_set_value(0.0);
                // Also from a page that is being closed.
                if let Ok(nothing) = web_sys::UrlSearchParams::new() {
                    let _ = window()
                        .navigator()
                        .send_beacon_with_opt_url_search_params("/api/ui/presence_away", Some(&nothing));
                }
            }
        };
        listen("focus", back);
        listen("blur", away);
        listen("pagehide", away);
        listen("visibilitychange", move || if document().hidden() { away() } else { back() });
    }

    /// Listens as long as the page is there; what happens in the document comes by the window.
    fn listen(event: &'static str, then: impl Fn() + 'static) {
        let handle = window_event_listener_untyped(event, move |_| then());
        on_cleanup(move || handle.remove());
    }

    /// Listens for what comes while the person looks elsewhere.
    pub fn call() {
        let t = use_texts();
        let me = use_me();
        let hints = use_hints(["chats"]);
        let since = StoredValue::new(me.with_untracked(|me| me.now_ms));
        let asking = StoredValue::new(false);
        register();
        me.with_untracked(|me| crate::push::keep(me.clone()));
        Effect::new(move |before: Option<u32>| {
            let now = hints.get();
            let wanted = me.with_untracked(|me| me.role.allows(Permission::ChatsRead) && loud(me));
            if before.is_none_or(|before| before == now) || !wanted || asking.get_value() {
                return now;
            }
            asking.set_value(true);
            spawn_local(async move {
                let answer = chats_calls(since.try_get_value().unwrap_or(i64::MAX)).await;
                let _ = asking.try_set_value(false);
                let Ok(calls) = answer else { return };
                let _ = since.try_set_value(calls.now);
                let Some(me) = me.try_get_untracked() else { return };
                for call in calls.items.iter().rev().filter(|call| !is_read(call)) {
                    tell(&me, call, |name| if call.mention { t.calls_mention(name) } else { name.to_owned() });
                }
            });
            now
        });
    }

    /// Whether anything at all is to be seen or heard now.
    fn loud(me: &MeView) -> bool {
        let local = js_sys::Date::now() as i64 / 60_000 + i64::from(me.utc_offset_minutes);
        let choices = me.notifications;
        (choices.sound || choices.desktop) && !choices.is_quiet(local.rem_euclid(24 * 60) as u16)
    }

    /// The chat is open before somebody's eyes.
    fn is_read(call: &CallView) -> bool {
        let path = window().location().pathname().unwrap_or_default();
        !document().hidden() && path.ends_with(&call.chat_id.to_string())
    }

    fn tell(me: &MeView, call: &CallView, title: impl Fn(&str) -> String) {
        let id = call.message_id.to_string();
        if let Ok(Some(kept)) = window().local_storage() {
            if kept.get_item(CALLED).ok().flatten().is_some_and(|last| last >= id) {
                return;
            }
            let _ = kept.set_item(CALLED, &id);
        }
        if me.notifications.sound {
            beep();
        }
        if me.notifications.desktop && document().hidden() && may_notify() == Notifying::Allowed {
            let options = NotificationOptions::new();
            options.set_body(&call.text);
            options.set_tag(&call.chat_id.to_string());
            options.set_icon("/icon-192.png");
            let data = js_sys::Object::new();
            let _ = js_sys::Reflect::set(&data, &"id".into(), &id.as_str().into());
            let url = format!("/chats/{}?box=all", call.chat_id);
            let _ = js_sys::Reflect::set(&data, &"url".into(), &url.into());
            options.set_data(&data);
            notify(title(&call.contact_name), id, options);
        }
    }

    /// Through the service worker, which opens the chat also when the page is gone; phones know no other way. What a push
    /// has shown already is not shown again.
    fn notify(title: String, id: String, options: NotificationOptions) {
        let Some(worker) = worker() else { return };
        let Ok(ready) = worker.ready() else { return };
        spawn_local(async move {
            if let Ok(found) = wasm_bindgen_futures::JsFuture::from(ready).await {
                let registration: ServiceWorkerRegistration = found.unchecked_into();
                let Ok(shown) = registration.get_notifications() else { return };
                let Ok(shown) = wasm_bindgen_futures::JsFuture::from(shown).await else { return };
                let same = |shown: wasm_bindgen::JsValue| {
                    let shown: Notification = shown.unchecked_into();
                    let data = js_sys::Reflect::get(&shown.data(), &"id".into());
                    data.is_ok_and(|of| of.as_string().as_deref() == Some(&id))
                };
                if js_sys::Array::from(&shown).iter().any(same) {
                    return;
                }
                let _ = registration.show_notification_with_options(&title, &options);
            }
        });
    }

    /// Where the page is not safe (plain http in a local network) there is none.
    fn worker() -> Option<web_sys::ServiceWorkerContainer> {
        let navigator = window().navigator();
        js_sys::Reflect::has(&navigator, &"serviceWorker".into()).ok()?.then(|| navigator.service_worker())
    }

    fn register() {
        if let Some(worker) = worker() {
            let promise = worker.register("/sw.js");
            spawn_local(async move { drop(wasm_bindgen_futures::JsFuture::from(promise).await) });
        }
    }

    /// Whether this browser shows notifications.
    pub fn may_notify() -> Notifying {
        if worker().is_none() || !js_sys::Reflect::has(&window(), &"Notification".into()).unwrap_or(false) {
            return Notifying::Denied;
        }
        match Notification::permission() {
            NotificationPermission::Granted => Notifying::Allowed,
            NotificationPermission::Default => Notifying::Unasked,
            _ => Notifying::Denied,
        }
    }

    /// Asks the person, as browsers demand, in answer to a click.
    pub fn allow_notifications(then: impl FnOnce(Notifying) + 'static) {
        let Ok(asked) = Notification::request_permission() else { return then(Notifying::Denied) };
        spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
            then(may_notify());
        });
    }

    /// Two short tones. Browsers keep silent until the page was touched once.
    pub fn beep() {
        let Ok(audio) = AudioContext::new() else { return };
        let end = audio.current_time() + 0.36;
        for (tone, at) in [(784.0, 0.0), (1046.5, 0.14)] {
            let (Ok(source), Ok(volume)) = (audio.create_oscillator(), audio.create_gain()) else { return };
            let at = audio.current_time() + at;
            source.frequency().set_value(tone);
            let _ = volume.gain().set_value_at_time(0.12, at);
            let _ = volume.gain().exponential_ramp_to_value_at_time(0.001, at + 0.2);
            let _ = source
                .connect_with_audio_node(&volume)
                .and_then(|_| volume.connect_with_audio_node(&audio.destination()));
            let _ = source.start_with_when(at);
            let _ = source.stop_with_when(end);
        }
        let close = Closure::once_into_js(move || drop(audio.close()));
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(close.unchecked_ref(), 800);
    }
}
