//! What became of a message we sent: sign, word, exact time; why it failed and a way to repeat it.

use super::desk::Desk;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::{ConfirmDialog, Icon, IconName, Tooltip, use_now};
use domain::delivery::Delivery;
use domain::views::MessageView;
use leptos::prelude::*;
use texts::Texts;

/// The ticks of a message and what can be done about it.
#[component]
pub(super) fn Delivered(desk: Desk, message: Memo<Option<MessageView>>) -> impl IntoView {
    let state = Memo::new(move |_| message.get().and_then(|message| State::of(&message)));
    let last = Memo::new(move |_| {
        let id = message.with(|message| message.as_ref().map(|message| message.id));
        desk.log.with(|log| log.last_sent() == id)
    });
    let press = move |unclear: bool| {
        let id = message.with_untracked(|message| message.as_ref().map(|message| message.id));
        match id {
            Some(id) if unclear => desk.doubtful.set(Some(id)),
            Some(id) => desk.retry(id),
            None => {}
        }
    };
    move || state.get().map(|state| ticks(desk, state, last.get(), Callback::new(press)))
}

/// Asks before a message is repeated that may have arrived.
#[component]
pub(super) fn Doubtful(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if desk.doubtful.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && desk.doubtful.with_untracked(Option::is_some) {
            desk.doubtful.set(None);
        }
    });
    let repeat = move || {
        if let Some(id) = desk.doubtful.get_untracked() {
            desk.retry(id);
        }
        open.set(false);
    };
    view! {
        <ConfirmDialog
            open=open
            title=t.chats_unknown_title()
            text=t.chats_unknown_text()
            confirm=t.action_retry()
            on_confirm=repeat
        />
    }
}

/// Everything the ticks depend on.
#[derive(Clone, Debug, PartialEq)]
struct State {
    delivery: Delivery,
    at: Option<i64>,
    code: Option<String>,
    detail: Option<String>,
    run_at: Option<i64>,
    attempts: i64,
    repeatable: bool,
}

impl State {
    fn of(message: &MessageView) -> Option<State> {
        Some(State {
            delivery: message.delivery?,
            at: message.delivery_at,
            code: message.error_code.clone(),
            detail: message.error_detail.clone(),
            run_at: message.job_run_at,
            attempts: message.job_attempts.unwrap_or(0),
            repeatable: message.job_id.is_some(),
        })
    }
}

fn ticks(desk: Desk, state: State, last: bool, retry: Callback<bool>) -> AnyView {
    let t = use_texts();
    let f = use_format();
    let now = use_now();
    let (icon, word, class) = sign(t, state.delivery);
    let exact = state.at.map(|at| t.chats_delivery_at(&word, f.exact(at))).unwrap_or_else(|| word.clone());
    let waits = (state.delivery == Delivery::Queued).then(|| {
        let (attempts, run_at) = (state.attempts, state.run_at);
        move || {
            let at = run_at?;
            let time = f.time(at);
            // Seconds within one minute would look like «now».
            let words = match attempts {
                0 if at <= now.get() + 2_000 => return None,
                0 => t.chats_queued_until(time),
                _ => t.chats_queued_again(time, (attempts + 1).to_string()),
            };
            Some(view! { <span class="delivery-note">{words}</span> })
        }
    });
    let trouble = matches!(state.delivery, Delivery::Failed | Delivery::Unknown);
    let unclear = state.delivery == Delivery::Unknown;
    let reason =
        (state.delivery == Delivery::Failed).then(|| reason(t, state.code.as_deref(), state.detail.as_deref()));
    let repeat = (trouble && state.repeatable).then(|| {
        view! {
            <Show when=move || desk.may_write.get()>
                <button type="button" class="delivery-retry" on:click=move |_| retry.run(unclear)>
                    <Icon name=IconName::Refresh size=12 />
                    {t.action_retry()}
                </button>
            </Show>
        }
    });
    // Words stand where they matter; elsewhere they are for screen readers and on hover.
    let spoken = last || trouble;
    view! {
        <Tooltip text=exact>
            <span class=format!("delivery {class}")>
                <Icon name=icon size=14 />
                <span class:visually-hidden=!spoken>{word}</span>
            </span>
        </Tooltip>
        {waits}
        {reason.map(|reason| view! { <span class="delivery-note failed">{reason}</span> })}
        {unclear.then(|| view! { <span class="delivery-note">{t.chats_unknown_note()}</span> })}
        {repeat}
    }
    .into_any()
}

fn sign(t: Texts, delivery: Delivery) -> (IconName, String, &'static str) {
    match delivery {
        Delivery::Queued => (IconName::Clock, t.chats_delivery_queued(), "queued"),
        Delivery::Accepted => (IconName::Check, t.chats_delivery_accepted(), "sent"),
        Delivery::Sent => (IconName::Check, t.chats_delivery_sent(), "sent"),
        Delivery::Delivered => (IconName::CheckCheck, t.chats_delivery_delivered(), "delivered"),
        Delivery::Read => (IconName::CheckCheck, t.chats_delivery_read(), "read"),
        Delivery::Played => (IconName::CheckCheck, t.chats_delivery_played(), "read"),
        Delivery::Failed => (IconName::Alert, t.chats_delivery_failed(), "failed"),
        Delivery::Unknown => (IconName::Help, t.chats_delivery_unknown(), "unknown"),
    }
}

/// Why a message failed, in words where the code is known, else as the provider says it.
fn reason(t: Texts, code: Option<&str>, detail: Option<&str>) -> String {
    let code = code.unwrap_or_default();
    failure_text(t, code).unwrap_or_else(|| match (detail.unwrap_or_default(), code) {
        ("", "") => t.chats_failure_unnamed(),
        ("", code) => t.chats_failure_code(code),
        (detail, _) => detail.to_owned(),
    })
}

/// The words of a messenger's error code we know.
pub(crate) fn failure_text(t: Texts, code: &str) -> Option<String> {
    Some(match code {
        "131047" | "window_closed" => t.chats_failure_window(),
        "131026" | "131021" => t.chats_failure_unreachable(),
        "131050" => t.chats_failure_opted_out(),
        "130403" => t.chats_failure_blocked(),
        "131049" | "130472" | "130497" => t.chats_failure_not_now(),
        "131048" | "131064" | "368" => t.chats_failure_spam(),
        "132001" => t.chats_failure_no_template(),
        "132015" | "132016" => t.chats_failure_template_paused(),
        "132000" | "132005" | "132007" | "132008" | "132012" | "132018" | "132068" | "132069" => {
            t.chats_failure_template()
        }
        "131053" | "131052" => t.chats_failure_media(),
        "131042" => t.chats_failure_payment(),
        "0" | "3" | "10" | "190" | "131005" | "131031" | "131037" | "131045" | "133010" => t.chats_failure_access(),
        "file_missing" => t.chats_failure_file(),
        "text_too_long" => t.chats_failure_long(),
        "cancelled" => t.chats_failure_cancelled(),
        "stopped" => t.stops_failure(),
        "changed_since" => t.rules_changed_since(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Language;

    #[test]
    fn failures_are_worded_or_quoted() {
        let t = texts::load(Language::Ru);
        assert!(reason(t, Some("131047"), Some("Re-engagement")).contains("24"));
        assert_eq!(reason(t, Some("999"), Some("Something new")), "Something new");
        assert!(reason(t, Some("999"), None).contains("999"));
        assert!(!reason(t, None, None).is_empty());
    }
}
