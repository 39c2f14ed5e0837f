//! Where one is signed in, and ending it there.

use super::api::{sessions_end, sessions_end_others, sessions_list};
use super::device::{device, device_text, is_phone};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::{ConfirmAction, Doing, Refresh, use_refresh};
use crate::ui::*;
use domain::views::SessionView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The tab.
#[component]
pub fn SessionSettings() -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["me"]);
    let sessions = Resource::new(move || refresh.tick(), |_| sessions_list());
    let asking = RwSignal::new(false);
    let others = RwSignal::new(0usize);
    let list = move |list: Vec<SessionView>| {
        let count = list.iter().filter(|session| !session.current).count();
        let ask = move || {
            others.set(count);
            asking.set(true);
        };
        let end_others = move || {
            match count {
            0 => view! { <span>{t.settings_sessions_only()}</span> }.into_any(),
            _ => view! { <span class="push"><Button small=true on_click=ask>{t.settings_sessions_end_others()}</Button></span> }
                .into_any(),
        }
        };
        let rows =
            list.into_iter().map(|session| view! { <SessionRow session=session refresh=refresh /> }).collect_view();
        view! { <Card title=t.settings_sessions() aside=end_others flush=true>{rows}</Card> }
    };
    view! {
        <Loaded resource=sessions let:data>{list(data)}</Loaded>
        <p class="settings-note">{t.settings_sessions_note()}</p>
        <EndOthers open=asking count=others refresh=refresh />
    }
    .into_any()
}

#[component]
fn SessionRow(session: SessionView, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let pending = RwSignal::new(false);
    let id = session.id;
    let end = move |_| {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            match sessions_end(id).await {
                Ok(()) => toasts.success(t.settings_session_ended()),
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
            refresh.now();
        });
    };
    let words = device_text(t, &session.user_agent);
    let icon = if is_phone(device(&session.user_agent).1) { IconName::Phone } else { IconName::Globe };
    let last = match session.current {
        true => {
            view! { <Badge tone=Tone::Success icon=IconName::Check>{t.settings_session_current()}</Badge> }.into_any()
        }
        false => view! {
            <button
                type="button"
                class="button small"
                aria-label=t.settings_session_end_of(&words)
                aria-busy=move || pending.get().then_some("true")
                on:click=end
            >
                <span class="button-text">{t.settings_session_end()}</span>
                <span class="button-spinner"><Icon name=IconName::Loader class="spin" /></span>
            </button>
        }
        .into_any(),
    };
    view! {
        <div class="row">
            <div class="row-start"><Icon name=icon /></div>
            <div class="row-text">
                <p class="row-title">{words}</p>
                <p class="row-note" title=session.user_agent>
                    {(!session.address.is_empty()).then(|| format!("{}, ", t.settings_session_from(&session.address)))}
                    {t.settings_session_used()} " " <Time at=session.last_seen_at /> ", "
                    {t.settings_session_began()} " " <Time at=session.created_at style=TimeStyle::Full /> ", "
                    {t.settings_session_ends()} " " <Time at=session.ends_at style=TimeStyle::Full />
                </p>
            </div>
            <div class="row-end">{last}</div>
        </div>
    }
    .into_any()
}

#[component]
fn EndOthers(open: RwSignal<bool>, count: RwSignal<usize>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let text = Signal::derive(move || t.settings_sessions_end_text(count.get().to_string()));
    let end = move |()| {
        let doing: Doing = Box::pin(async move {
            let ended = sessions_end_others().await?;
            refresh.now();
            Ok(t.settings_sessions_ended(ended.to_string()))
        });
        Some(doing)
    };
    view! {
        <ConfirmAction
            open=open
            title=t.settings_sessions_end_title()
            text=text
            confirm=t.settings_sessions_end_others()
            refresh=refresh
            action=end
        />
    }
    .into_any()
}
