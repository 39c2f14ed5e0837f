//! Notices of this device while no page is open (CHT-11, web push): the door, and what the browser can do for it. What is
//! shown when a notice comes is up to the service worker (`public/sw.js`).

use crate::door::{Answer, Door};
#[cfg(feature = "ssr")]
use crate::door::{cx, session_id};
use domain::ids::{PushDeviceId, SessionId};
use domain::views::{PushInput, PushView};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use services::push;

/// The devices of the person, and the key to subscribe for; `endpoint` is the address of this browser.
#[server(prefix = "/api/ui", endpoint = "push_here", protocol = Door)]
pub async fn push_here(endpoint: Option<String>) -> Answer<PushView> {
    Ok(push::here(&cx()?, session_id().as_ref(), endpoint.as_deref()).await?)
}

/// Switches notices on for this browser, or follows it to another address.
#[server(prefix = "/api/ui", endpoint = "push_subscribe", protocol = Door)]
pub async fn push_subscribe(input: PushInput) -> Answer<()> {
    Ok(push::subscribe(&cx()?, session_id().as_ref(), input).await?)
}

/// This browser was switched on in the session `before`; answers the present session if it is on.
#[server(prefix = "/api/ui", endpoint = "push_keep", protocol = Door)]
pub async fn push_keep(input: PushInput, before: SessionId) -> Answer<Option<SessionId>> {
    Ok(push::keep(&cx()?, session_id().as_ref(), input, before).await?)
}

/// Switches a device off.
#[server(prefix = "/api/ui", endpoint = "push_remove", protocol = Door)]
pub async fn push_remove(id: PushDeviceId) -> Answer<()> {
    Ok(push::remove(&cx()?, id).await?)
}

/// Sends a notice on trial.
#[server(prefix = "/api/ui", endpoint = "push_test", protocol = Door)]
pub async fn push_test(id: PushDeviceId) -> Answer<()> {
    Ok(push::test(&cx()?, id).await?)
}

#[cfg(feature = "hydrate")]
pub use browser::{ability, current, keep, mark, subscribe};

/// What this browser can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", allow(dead_code, reason = "only a browser knows"))]
pub enum Ability {
    /// It can be switched on; it may ask the person first.
    Ready,
    /// The person has refused it.
    Denied,
    /// The address is without https.
    Insecure,
    /// iOS: only for what stands on the home screen.
    NeedsInstall,
    Unsupported,
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Ability, push_keep};
    use domain::ids::SessionId;
    use domain::views::{MeView, PushInput};
    use js_sys::{JSON, Reflect, Uint8Array};
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use serde::Deserialize;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        Notification, NotificationPermission, PushManager, PushSubscription, PushSubscriptionOptionsInit,
        ServiceWorkerRegistration,
    };

    /// What a browser writes of itself.
    #[derive(Deserialize)]
    struct Written {
        endpoint: String,
        keys: Keys,
    }
    #[derive(Deserialize)]
    struct Keys {
        p256dh: String,
        auth: String,
    }

    fn has(object: &JsValue, name: &str) -> bool {
        Reflect::has(object, &name.into()).unwrap_or(false)
    }

    /// What this browser can do.
    pub fn ability() -> Ability {
        let (window, navigator) = (window(), window().navigator());
        if !window.is_secure_context() {
            return Ability::Insecure;
        }
        let able = has(&navigator, "serviceWorker") && has(&window, "PushManager") && has(&window, "Notification");
        match able {
            true if Notification::permission() == NotificationPermission::Denied => Ability::Denied,
            true => Ability::Ready,
            false if is_ios() => Ability::NeedsInstall,
            false => Ability::Unsupported,
        }
    }

    /// Of Apple's systems those for phones and tablets; a tablet calls itself a Mac, but can be touched.
    fn is_ios() -> bool {
        let navigator = window().navigator();
        let agent = navigator.user_agent().unwrap_or_default();
        agent.contains("iPhone")
            || agent.contains("iPad")
            || agent.contains("Macintosh") && navigator.max_touch_points() > 1
    }

    async fn manager() -> Option<PushManager> {
        let worker = window().navigator().service_worker();
        // Without a worker that could be had nobody would ever be ready.
        JsFuture::from(worker.register("/sw.js")).await.ok()?;
        let ready: ServiceWorkerRegistration = JsFuture::from(worker.ready().ok()?).await.ok()?.unchecked_into();
        ready.push_manager().ok()
    }

    fn read(subscription: &JsValue) -> Option<PushInput> {
        let text = JSON::stringify(subscription).ok()?.as_string()?;
        let Written { endpoint, keys } = serde_json::from_str(&text).ok()?;
        Some(PushInput { endpoint, p256dh: keys.p256dh, auth: keys.auth, instead_of: None })
    }

    async fn subscription(manager: &PushManager) -> Option<PushSubscription> {
        let found = JsFuture::from(manager.get_subscription().ok()?).await.ok()?;
        (!found.is_null() && !found.is_undefined()).then(|| found.unchecked_into())
    }

    /// How this browser is reached now, if it is.
    pub async fn current() -> Option<PushInput> {
        if ability() != Ability::Ready {
            return None;
        }
        read(subscription(&manager().await?).await?.as_ref())
    }

    /// Asks the person and then the browser's push service. `Err` says what stood in the way; `Ready`: the push service.
    pub async fn subscribe(key: &str) -> Result<PushInput, Ability> {
        if let Ok(asked) = Notification::request_permission() {
            let _ = JsFuture::from(asked).await;
        }
        if Notification::permission() != NotificationPermission::Granted {
            return Err(Ability::Denied);
        }
        let manager = manager().await.ok_or(Ability::Unsupported)?;
        let options = PushSubscriptionOptionsInit::new();
        options.set_user_visible_only(true);
        let key = bytes(key).ok_or(Ability::Ready)?;
        Reflect::set(&options, &"applicationServerKey".into(), &key).map_err(|_| Ability::Ready)?;
        let asked = || manager.subscribe_with_options(&options);
        let mut answer = JsFuture::from(asked().map_err(|_| Ability::Ready)?).await;
        if answer.is_err() {
            // It may have subscribed for another key once.
            if let Some(old) = subscription(&manager).await {
                JsFuture::from(old.unsubscribe().map_err(|_| Ability::Ready)?).await.map_err(|_| Ability::Ready)?;
                answer = JsFuture::from(asked().map_err(|_| Ability::Ready)?).await;
            }
        }
        answer.ok().and_then(|made| read(made.as_ref())).ok_or(Ability::Ready)
    }

    /// A key in the form browsers take.
    fn bytes(key: &str) -> Option<JsValue> {
        let plain = window().atob(&key.replace('-', "+").replace('_', "/")).ok()?;
        let bytes: Vec<u8> = plain.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
        Some(Uint8Array::from(bytes.as_slice()).into())
    }

    fn place(me: &MeView) -> String {
        format!("pult-push:{}", me.organisation.id)
    }

    /// Remembers that this browser was switched on, by whom and in which session; `None`: that it is off.
    pub fn mark(me: &MeView, session: Option<SessionId>) {
        let Ok(Some(kept)) = window().local_storage() else { return };
        let _ = match session {
            Some(session) => kept.set_item(&place(me), &format!("{}:{session}", me.user_id)),
            None => kept.remove_item(&place(me)),
        };
    }

    /// A page opens: a browser that was switched on stays so when its person has signed in anew.
    pub fn keep(me: MeView) {
        let kept = window().local_storage().ok().flatten().and_then(|kept| kept.get_item(&place(&me)).ok()?);
        let Some((user, before)) = kept.as_deref().and_then(|kept| kept.split_once(':')) else { return };
        let Ok(before) = before.parse::<SessionId>() else { return };
        if user != me.user_id.to_string() || Notification::permission() != NotificationPermission::Granted {
            return;
        }
        spawn_local(async move {
            let Some(input) = current().await else { return };
            if let Ok(session) = push_keep(input, before).await {
                mark(&me, session);
            }
        });
    }
}
