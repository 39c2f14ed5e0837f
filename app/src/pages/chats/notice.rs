//! System lines of a thread: what happened to the chat and its orders, in words.

use super::words::status_text;
use crate::i18n::use_texts;
use crate::pages::orders::{order_href, status_text as order_status_text};
use crate::ui::{Icon, IconName, Link, Time, TimeStyle};
use domain::views::MessageView;
use leptos::prelude::*;
use serde_json::Value as Json;
use texts::Texts;

/// A line between messages; what a rule did says why, to those who may look at rules.
pub(super) fn notice(message: &MessageView, reads_rules: bool) -> AnyView {
    let t = use_texts();
    let (icon, words) = words(t, &message.text, &message.meta);
    let order = message.meta.get("order_id").and_then(Json::as_str).and_then(|id| id.parse().ok());
    let words = match order {
        Some(id) => view! { <Link href=order_href(id) quiet=true>{words}</Link> }.into_any(),
        None => view! { <span>{words}</span> }.into_any(),
    };
    let author = message.author_name.clone().map(|name| view! { <span>{name}</span> });
    let run = message.meta.get("run_id").and_then(Json::as_str).filter(|_| reads_rules);
    let why = run.map(|run| view! { <Link href=format!("/rules/runs/{run}") quiet=true>{t.action_why()}</Link> });
    let at = message.at;
    let reasons = super::routed::reasons(&message.meta);
    view! {
        <div class="thread-notice">
            <span>
                <Icon name=icon size=12 />
                {words}
                {author}
                {why}
                <Time at=at style=TimeStyle::Clock />
            </span>
            {reasons}
        </div>
    }
    .into_any()
}

fn words(t: Texts, code: &str, meta: &Json) -> (IconName, String) {
    let text = |name: &str| match meta.get(name) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let order = |name: &str| text(name).parse().map_or_else(|_| text(name), |status| order_status_text(t, status));
    match code {
        "chat_status" if text("to") == "closed" => (IconName::Check, t.chats_notice_closed()),
        "chat_status" if text("from") == "closed" => (IconName::Undo, t.chats_notice_reopened()),
        "chat_status" => {
            let to = text("to").parse().map_or_else(|_| text("to"), |status| status_text(t, status));
            (IconName::Tag, t.chats_notice_status(to))
        }
        "chat_assigned" if text("user_id").is_empty() => (IconName::User, t.chats_notice_unassigned()),
        "chat_assigned" => (IconName::User, t.chats_notice_assigned(text("name"))),
        "chat_routed" => (IconName::User, t.chats_notice_routed(text("name"))),
        "chat_kept" => (IconName::User, t.chats_notice_kept(text("name"))),
        "chat_let_go" => (IconName::User, t.chats_notice_let_go(text("name"))),
        "chat_snoozed" => (IconName::Clock, t.chats_notice_snoozed()),
        "chat_unsnoozed" => (IconName::Undo, t.chats_notice_unsnoozed()),
        "chat_woken" => (IconName::Bell, t.chats_notice_woken()),
        "later_cancelled" => (IconName::CircleSlash, t.chats_notice_later_cancelled()),
        "chat_taken" => (IconName::User, t.chats_notice_taken()),
        "no_answer_needed" => (IconName::CircleSlash, t.chats_notice_no_answer()),
        "order_created" => (IconName::Orders, t.chats_notice_order_created(text("number"))),
        "order_status" => (IconName::Orders, t.chats_notice_order_status(text("number"), order("to"))),
        "order_notice_failed" | "order_notice_skipped" => {
            (IconName::Warning, t.chats_notice_order_untold(text("number")))
        }
        other => (IconName::Info, t.chats_notice_other(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use texts::Language;

    #[test]
    fn codes_become_sentences() {
        let t = texts::load(Language::Ru);
        let line = |code, meta: Json| words(t, code, &meta).1;
        assert_eq!(line("chat_status", json!({"from": "active", "to": "closed"})), "Чат закрыт");
        assert!(line("order_status", json!({"number": 42, "to": "ready"})).contains("42"));
        assert!(line("something_new", json!({})).contains("something_new"));
        assert_eq!(line("chat_assigned", json!({"user_id": null})), t.chats_notice_unassigned());
    }
}
