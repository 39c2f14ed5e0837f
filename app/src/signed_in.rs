//! Around every page of a signed-in person: loads who they are, keeps it fresh, draws the frame. Sends to the sign-in
//! when the session is over, also in a page that has been open for hours.

use crate::door::{Answer, Fault};
use crate::format::provide_utc_offset;
use crate::frame::{Frame, FrameData, FrameOrganisation, remembered_collapsed};
use crate::i18n::{Localised, provide_language, use_texts};
use crate::keys::KeySheet;
use crate::live::{provide_live, use_hints, use_live_state};
use crate::pages::settings::profile_language;
use crate::pages::team::role_text;
use crate::palette::Palette;
use crate::session::{CurrentMe, load_me};
use crate::ui::{LoadError, Skeleton, SkeletonShape, looked_over, provide_now, provide_toasts, use_toasts};
use domain::access::Presence;
use domain::views::{MeView, logo_address};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Outlet;
use texts::Language;

/// Sets the presence of the signed-in person.
#[server(prefix = "/api/ui", endpoint = "presence_set")]
pub async fn set_presence(presence: Presence) -> Answer<()> {
    Ok(services::accounts::members::set_presence(&crate::door::cx()?, presence).await?)
}

/// The parent of all signed-in routes.
#[component]
pub fn SignedIn() -> impl IntoView {
    let first = OnceResource::new(load_me());
    view! {
        <Suspense fallback=|| view! { <Skeleton shape=SkeletonShape::Tiles /> }>
            {move || Suspend::new(async move {
                let first = first.await;
                looked_over().await;
                match first {
                    Ok(first) => view! { <Inside first /> }.into_any(),
                    Err(Fault(error)) => view! { <Outside error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// No session, or no organisation that lets this person in.
#[component]
fn Outside(error: ApiError) -> impl IntoView {
    provide_language(Language::default());
    if error.code == ErrorCode::Unauthenticated {
        Effect::new(move |_| to_sign_in());
    }
    view! { <main class="frame-content"><LoadError error /></main> }.into_any()
}

#[component]
fn Inside(first: MeView) -> impl IntoView {
    provide_language(Language::from_code(&first.language).unwrap_or_default());
    provide_utc_offset(first.utc_offset_minutes);
    provide_now(first.now_ms);
    provide_toasts();
    provide_live(first.live_rev);

    let current = RwSignal::new(first.clone());
    let view = Memo::new(move |_| current.get());
    provide_context(CurrentMe(view));
    keep_fresh(current);
    #[cfg(feature = "hydrate")]
    Effect::new(|_| {
        crate::calling::keep_in_touch();
        crate::calling::call();
    });
    // What is rendered reacts from here on; tests and slow phones can tell.
    Effect::new(|_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-awake", "yes");
        }
    });

    let (searching, keys) = (RwSignal::new(false), RwSignal::new(false));
    let t = use_texts();
    let here = Memo::new(move |_| {
        view.with(|me| {
            let (o, note) = (&me.organisation, role_text(t, me.role));
            let logo = o.logo.map(|logo| logo_address(o.id, logo));
            FrameOrganisation { id: o.id.to_string(), name: o.name.clone(), note, logo }
        })
    });
    let setting = move |name: &'static str| move || view.with(|me| me.organisation.settings.get(name).cloned());
    let (accent, white_label) = (setting("accent"), setting("white_label"));
    let accent = Memo::new(move |_| accent().and_then(|accent| Some(accent.as_str()?.to_owned())).unwrap_or_default());
    Effect::new(move |before: Option<String>| {
        let now = accent.get();
        // The page came with its colour; only a change is painted.
        if before.is_some_and(|before| before != now) {
            paint(&now);
        }
        now
    });
    let own = Memo::new(move |_| white_label().is_some_and(|own| own == true));
    let mark = move || if own.get() { here.with(|here| here.name.clone()) } else { t.app_name() };
    let toasts = use_toasts();
    let count =
        move |read: fn(&MeView) -> i64| Signal::derive(move || view.with(|me| u32::try_from(read(me)).unwrap_or(0)));
    let data = FrameData {
        organisation: here.into(),
        mark: Signal::derive(mark),
        organisations: first
            .organisations
            .iter()
            .map(|o| FrameOrganisation {
                id: o.organisation_id.to_string(),
                name: o.organisation_name.clone(),
                note: String::new(),
                logo: None,
            })
            .collect(),
        person: first.name.clone(),
        role: first.role,
        presence: Signal::derive(move || view.with(|me| me.presence)),
        chats: count(|me| me.unanswered_chats),
        orders: count(|me| me.open_orders),
        connections: count(|me| me.broken_connections),
        reviews: count(|me| me.reviews),
        notifications: Signal::stored(0),
        sending_stopped: Signal::derive(move || view.with(|me| me.stops > 0)),
        live: use_live_state(),
        collapsed: RwSignal::new(remembered_collapsed()),
        on_presence: Callback::new(move |presence: Presence| {
            current.update(|me| me.presence = presence);
            spawn_local(async move {
                if let Err(Fault(error)) = set_presence(presence).await {
                    toasts.error(&error);
                }
            });
        }),
        on_language: Callback::new(move |language: Language| {
            spawn_local(async move {
                if let Err(Fault(error)) = profile_language(language.code().to_owned()).await {
                    toasts.error(&error);
                }
            });
        }),
        on_organisation: Callback::new(|id: String| post_form("/auth/organisation", &[("organisation_id", &id)])),
        on_sign_out: Callback::new(|()| post_form("/auth/sign-out", &[])),
        on_keys: Some(Callback::new(move |()| keys.set(true))),
        on_search: Some(Callback::new(move |()| searching.set(true))),
        on_notifications: None,
    };
    let frame = StoredValue::new(data.clone());
    let above = move || view! { <Palette open=searching frame /> <KeySheet open=keys /> };
    view! { <Localised><Frame data=data.clone() palette=above><Outlet /></Frame></Localised> }.into_any()
}

/// Gives the page another colour, as the server would have.
fn paint(accent: &str) {
    if let Some(root) = document().document_element() {
        let style = domain::look::style(accent);
        let _ = if style.is_empty() { root.remove_attribute("style") } else { root.set_attribute("style", &style) };
    }
}

/// Fetches the person again when something they see in the frame changes.
fn keep_fresh(current: RwSignal<MeView>) {
    let hints = use_hints(["me", "members", "settings", "chats", "orders", "connections", "reviews", "stops"]);
    Effect::new(move |before: Option<u32>| {
        let now = hints.get();
        if before.is_some_and(|before| before != now) {
            spawn_local(async move {
                match load_me().await {
                    Ok(fresh) => current.set(fresh),
                    Err(Fault(error)) if matches!(error.code, ErrorCode::Unauthenticated | ErrorCode::Deactivated) => {
                        to_sign_in()
                    }
                    // The strip of the frame already says that the link is gone; old figures stay.
                    Err(_) => {}
                }
            });
        }
        now
    });
}

/// Leaves for the sign-in; afterwards the person is back on this page.
fn to_sign_in() {
    let location = window().location();
    let here = format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    let _ = location.set_href(&format!("/sign-in?next={}", js_sys::encode_uri_component(&here)));
}

/// Posts a form like a person would: the answer is a new page.
fn post_form(action: &str, fields: &[(&str, &str)]) {
    use wasm_bindgen::JsCast;
    let page = document();
    let Ok(form) = page.create_element("form").map(|form| form.unchecked_into::<web_sys::HtmlFormElement>()) else {
        return;
    };
    form.set_method("post");
    form.set_action(action);
    for (name, value) in fields {
        let Ok(input) = page.create_element("input") else { return };
        let _ = input.set_attribute("type", "hidden");
        let _ = input.set_attribute("name", name);
        let _ = input.set_attribute("value", value);
        let _ = form.append_child(&input);
    }
    if let Some(body) = page.body() {
        let _ = body.append_child(&form);
        let _ = form.submit();
    }
}
