//! One sentence for every line of the journal, made from its code and arguments. A code nobody has worded yet is shown as
//! it is; a missing argument leaves its place empty, never an error.

use super::words::{event_kind_text, failure_words, job_kind_text};
use super::words_of_changes::field_text;
use crate::format::phone;
use crate::i18n::error_text;
use crate::pages::chats::words::status_text as chat_status_text;
use crate::pages::contacts::value_text;
use crate::pages::orders::status_text as order_status_text;
use crate::pages::settings::device_text;
use crate::pages::team::role_text;
use crate::ui::{IconName, Tone, presence_text};
use domain::ApiError;
use domain::rules::FieldKind;
use domain::views::JournalView;
use serde_json::Value as Json;
use std::str::FromStr;
use texts::Texts;

/// Arguments of a line, read without complaint.
#[derive(Clone, Copy)]
struct Args<'a>(&'a Json);

impl Args<'_> {
    fn text(self, name: &str) -> String {
        match self.0.get(name) {
            Some(Json::String(text)) => text.clone(),
            None | Some(Json::Null) => String::new(),
            Some(other) => other.to_string(),
        }
    }
    fn has(self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
    /// What the line says a field was (`from`) or is (`to`). Older lines say it as an argument of its own.
    fn changed(self, field: &str, end: &str, older: &str) -> String {
        let changes = self.0.get("changes").and_then(Json::as_array).into_iter().flatten();
        let change = changes.into_iter().find(|change| change.get("field").and_then(Json::as_str) == Some(field));
        change.map_or_else(|| self.text(older), |change| Args(change).text(end))
    }
    fn count(self, name: &str) -> i64 {
        self.0.get(name).and_then(Json::as_i64).unwrap_or(0)
    }
    /// A stored word in the reader's language; an unknown one as it is.
    fn word<T: FromStr>(self, name: &str, say: impl Fn(T) -> String) -> String {
        let text = self.text(name);
        text.parse().map_or(text, say)
    }
}

/// What happened.
pub fn line_text(t: Texts, line: &JournalView) -> String {
    let a = Args(&line.args);
    conversation(t, line, a)
        .or_else(|| trade(t, &line.code, a))
        .or_else(|| machinery(t, &line.code, a))
        .or_else(|| people(t, &line.code, a))
        .unwrap_or_else(|| line.code.clone())
}

fn conversation(t: Texts, line: &JournalView, a: Args<'_>) -> Option<String> {
    Some(match line.code.as_str() {
        "chat_created" => t.journal_line_chat_created(),
        "chat_assigned" if a.has("user_id") => t.journal_line_chat_assigned(),
        "chat_assigned" => t.journal_line_chat_unassigned(),
        "chat_status" => t.journal_line_chat_status(a.word("to", |status| chat_status_text(t, status))),
        "no_answer_needed" => t.journal_line_no_answer_needed(),
        "canned_reply_saved" => t.journal_line_canned_reply_saved(a.text("shortcut")),
        "canned_reply_deleted" => t.journal_line_canned_reply_deleted(),
        "message_failed" => t.journal_line_message_failed(reason(t, a)),
        "marketing_preference" if a.text("marketing") == "true" => t.journal_line_marketing_yes(),
        "marketing_preference" => t.journal_line_marketing_no(),
        "contact_created" => t.journal_line_contact_created(a.text("name")),
        "contact_changed" => t.journal_line_contact_changed(a.text("name"), contact_fields(t, line)),
        "contact_moved" => t.journal_line_contact_moved(phone(&a.text("to"))),
        "contact_noted" => t.journal_line_contact_noted(),
        "contact_note_edited" => t.journal_line_contact_note_edited(),
        "contact_note_deleted" => t.journal_line_contact_note_deleted(),
        "contact_merged" => t.journal_line_contact_merged(a.text("name")),
        "contact_went" => t.journal_line_contact_went(a.text("name")),
        "contact_parted" => t.journal_line_contact_parted(a.text("name")),
        "contacts_differ" => t.journal_line_contacts_differ(a.text("name")),
        "contacts_may_be_one" => t.journal_line_contacts_may_be_one(a.text("name")),
        "contact_identity_conflict" => t.journal_line_contact_identity_conflict(),
        _ => return None,
    })
}

fn trade(t: Texts, code: &str, a: Args<'_>) -> Option<String> {
    let status = |name: &str| a.word(name, |status| order_status_text(t, status));
    let number = a.text("number");
    Some(match code {
        "order_created" => t.journal_line_order_created(number),
        "order_status" => t.journal_line_order_status(number, status("from"), status("to")),
        "order_changed" => t.journal_line_order_changed(number),
        "order_assigned" => t.journal_line_order_assigned(number),
        "order_commented" => t.journal_line_order_commented(number),
        "order_file" => t.journal_line_order_file(number, a.text("name")),
        "notice_sent" => t.journal_line_notice_sent(number, status("status")),
        "notice_as_template" => t.journal_line_notice_as_template(number),
        "notice_failed" => {
            t.journal_line_notice_failed(number, a.word("code", |code| error_text(t, &ApiError::new(code))))
        }
        "notice_no_channel" => t.journal_line_notice_no_channel(number),
        "product_created" => t.journal_line_product_created(a.text("name")),
        "product_changed" => t.journal_line_product_changed(a.text("name")),
        _ => return None,
    })
}

fn machinery(t: Texts, code: &str, a: Args<'_>) -> Option<String> {
    let job = || job_kind_text(t, &a.text("kind"));
    Some(match code {
        "connection_created" => t.journal_line_connection_created(a.text("name")),
        "connection_changed" => t.journal_line_connection_changed(a.text("name")),
        "connection_handshake" => t.journal_line_connection_handshake(),
        "connection_refused" => t.journal_line_connection_refused(a.count("held"), reason(t, a)),
        "connection_resumed" => t.journal_line_connection_resumed(),
        "connection_rests" => t.journal_line_connection_rests(a.text("name"), reason(t, a)),
        "connection_silent" => t.journal_line_connection_silent(a.count("minutes"), a.text("name"), a.text("usual")),
        "connection_speaks" => t.journal_line_connection_speaks(a.text("name")),
        "event_replayed" => t.journal_line_event_replayed(event_kind_text(t, &a.text("kind"))),
        "connection_off" => t.journal_line_connection_off(a.count("held")),
        "template_changed" => {
            t.journal_line_template_changed(a.text("name"), either(a.text("status"), a.text("category")))
        }
        "account_event" => t.journal_line_account_event(either(a.text("detail"), a.text("event"))),
        "rule_created" => t.journal_line_rule_created(a.text("name")),
        "rule_changed" => t.journal_line_rule_changed(a.text("name")),
        "rule_published" => t.journal_line_rule_published(a.text("name"), a.text("version")),
        "rule_state" if a.text("to") == "off" => t.journal_line_rule_off(a.text("name")),
        "rule_state" if a.text("to") == "shadow" => t.journal_line_rule_shadow(a.text("name")),
        "rule_state" => t.journal_line_rule_on(a.text("name")),
        "rule_paused" if a.text("why") == "ceiling" => t.journal_line_rule_too_often(a.text("ceiling"), a.text("name")),
        "rule_paused" => t.journal_line_rule_paused(a.text("name")),
        "stop_pulled" if a.text("scope") == "all" => t.stops_line_pulled_all(),
        "stop_pulled" => t.stops_line_pulled(a.text("target")),
        "database_restored" => t.stops_line_restored(a.text("count")),
        "stop_lifted" if a.text("send") == "true" => t.stops_line_sent(a.text("count")),
        "stop_lifted" => t.stops_line_dropped(a.text("count")),
        "rule_released" => t.journal_line_rule_released(a.text("name")),
        "rule_dropped" => t.journal_line_rule_dropped(a.text("name")),
        "rule_example_saved" => t.journal_line_rule_example_saved(a.text("name")),
        "rule_example_deleted" => t.journal_line_rule_example_deleted(),
        "contact_field" if a.changed(&a.text("field"), "to", "after").is_empty() => {
            t.journal_line_contact_field_cleared(a.text("field"))
        }
        "contact_field" => {
            let kind = a.text("kind").parse().unwrap_or(FieldKind::Text);
            let value = a.changed(&a.text("field"), "to", "after");
            t.journal_line_contact_field(a.text("field"), value_text(t, kind, &value))
        }
        "contact_tagged" => t.journal_line_contact_tagged(a.text("tag")),
        "contact_untagged" => t.journal_line_contact_untagged(a.text("tag")),
        "rule_failed" => t.journal_line_rule_failed(a.word("code", |code| error_text(t, &ApiError::new(code)))),
        "invitation_sent" => t.journal_line_invitation_sent(a.text("email")),
        "invitation_failed" => t.journal_line_invitation_failed(a.text("email"), a.text("code")),
        "invitation_decided" => t.journal_line_invitation_decided(a.text("email")),
        "review_received" => t.journal_line_review_received(a.text("stars"), a.text("author")),
        "review_changed" => t.journal_line_review_changed(a.text("stars"), a.text("author")),
        "review_removed" => t.journal_line_review_removed(),
        "review_answered" => t.journal_line_review_answered(),
        "events_found" => t.journal_line_events_found(a.count("count"), a.text("service")),
        "chat_routed" => t.chats_notice_routed(a.text("name")),
        "chat_kept" => t.chats_notice_kept(a.text("name")),
        "chat_let_go" => t.chats_notice_let_go(a.text("name")),
        "chat_snoozed" => t.chats_notice_snoozed(),
        "chat_unsnoozed" => t.chats_notice_unsnoozed(),
        "message_planned" => t.journal_line_message_planned(),
        "message_unplanned" => t.journal_line_message_unplanned(),
        "message_plan_failed" => {
            t.journal_line_message_plan_failed(a.word("code", |code| error_text(t, &ApiError::new(code))))
        }
        "rule_decided" if a.text("yes") == "true" => t.journal_line_rule_agreed(),
        "rule_decided" => t.journal_line_rule_refused(),
        "rule_retried" => t.journal_line_rule_retried(),
        "rule_undone" => t.journal_line_rule_undone(a.text("name"), a.text("count")),
        "rule_rerun" => t.journal_line_rule_rerun(),
        "event_failed" => t.journal_line_event_failed(event_kind_text(t, &a.text("kind")), a.text("why")),
        "job_dead" => t.journal_line_job_dead(job(), reason(t, a)),
        "job_unknown" => t.journal_line_job_unknown(job()),
        "job_retried" => t.journal_line_job_retried(job()),
        "job_cancelled" => t.journal_line_job_cancelled(job()),
        "unknown_resolved" => t.journal_line_unknown_resolved(),
        "loop_stopped" => t.journal_line_loop_stopped(job()),
        "mail_shown" => t.journal_line_mail_shown(a.text("to"), a.text("subject")),
        _ => return None,
    })
}

fn people(t: Texts, code: &str, a: Args<'_>) -> Option<String> {
    let name = || a.text("name");
    let role = |field: &str| a.word(field, |role| role_text(t, role));
    Some(match code {
        "organisation_created" => t.journal_line_organisation_created(name()),
        "organisation_updated" => t.journal_line_organisation_updated(),
        "signed_in" if !a.text("provider").is_empty() => t.identity_line_signed_in(a.text("provider"), name()),
        "domain_verified" => t.journal_line_domain_verified(a.text("host")),
        "domain_failed" => t.journal_line_domain_failed(a.text("host")),
        "signed_in" => t.journal_line_signed_in(name()),
        "way_in_added" => t.identity_line_added(a.text("provider")),
        "way_in_removed" => t.identity_line_removed(a.text("provider")),
        "ways_in_dropped" => t.identity_line_dropped(),
        "profile_changed" => t.journal_line_profile_changed(),
        "password_changed" => t.journal_line_password_changed(),
        "password_reset_requested" => t.journal_line_password_reset_requested(),
        "second_factor_on" => t.factor_line_on(),
        "second_factor_off" => t.factor_line_off(),
        "second_factor_reset" => t.factor_line_reset(name()),
        "recovery_codes_renewed" => t.factor_line_renewed(),
        "recovery_code_used" => t.factor_line_used(),
        "password_reset" => t.journal_line_password_reset(),
        "email_confirmed" => t.journal_line_email_confirmed(),
        "confirmation_sent" => t.journal_line_confirmation_sent(a.text("email")),
        "push_on" => t.push_line_on(device_text(t, &a.text("user_agent"))),
        "push_off" => t.push_line_off(device_text(t, &a.text("user_agent"))),
        "session_revoked" => t.journal_line_session_revoked(),
        "sessions_revoked" => t.journal_line_sessions_revoked(a.count("count")),
        "member_invited" => t.journal_line_member_invited(a.text("email"), role("role")),
        "invite_revoked" => t.journal_line_invite_revoked(a.text("email")),
        "member_joined" => t.journal_line_member_joined(name(), role("role")),
        "member_deactivated" => t.journal_line_member_deactivated(name()),
        "member_reactivated" => t.journal_line_member_reactivated(name()),
        "member_place" => t.journal_line_member_place(name()),
        "role_changed" => {
            let word = |text: String| text.parse().map_or(text, |role| role_text(t, role));
            let (from, to) = (a.changed("role", "from", "before"), a.changed("role", "to", "after"));
            t.journal_line_role_changed(name(), word(from), word(to))
        }
        "presence_changed" => {
            let presence = a.changed("presence", "to", "after");
            t.journal_line_presence_changed(name(), presence.parse().map_or(presence, |it| presence_text(t, it)))
        }
        "handed_over" => t.journal_line_handed_over(a.text("from")),
        "key_created" => t.journal_line_key_created(name()),
        "key_revoked" => t.journal_line_key_revoked(name()),
        _ => return None,
    })
}

fn reason(t: Texts, a: Args<'_>) -> String {
    failure_words(t, &a.text("code"), &a.text("detail"))
}

fn either(first: String, second: String) -> String {
    if first.is_empty() { second } else { first }
}

/// Which fields changed; older lines keep them by name.
fn contact_fields(t: Texts, line: &JournalView) -> String {
    let names = match line.args.get("changes") {
        Some(Json::Array(changes)) => changes.iter().filter_map(|change| change.get("field")?.as_str()).collect(),
        Some(Json::Object(changes)) => changes.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    names.into_iter().map(|name| field_text(t, line, name).to_lowercase()).collect::<Vec<_>>().join(", ")
}

/// The colour of a line.
pub fn line_tone(line: &JournalView) -> Tone {
    match line.level.as_str() {
        "error" => Tone::Danger,
        "warning" => Tone::Warning,
        _ => Tone::Neutral,
    }
}

/// The sign of a line: trouble first, else what it is about.
pub fn line_icon(line: &JournalView) -> IconName {
    match (line.level.as_str(), line.object_kind.as_str()) {
        ("error", _) => IconName::Failure,
        ("warning", _) => IconName::Warning,
        (_, "order") => IconName::Orders,
        (_, "chat" | "message" | "canned_reply") => IconName::Chats,
        (_, "contact") => IconName::Contacts,
        (_, "product") => IconName::Catalogue,
        (_, "connection") => IconName::Connections,
        (_, "member" | "invite" | "user") => IconName::Team,
        (_, "organisation") => IconName::Settings,
        (_, "key") => IconName::Key,
        (_, "job") if line.code == "mail_shown" => IconName::Mail,
        (_, "job") => IconName::Send,
        _ => IconName::Info,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{Id, JournalId};
    use texts::Language;

    fn line(code: &str, args: Json) -> String {
        let t = texts::load(Language::Ru);
        let line = JournalView {
            id: JournalId::make(0, &[0; 10]),
            at: 0,
            level: "info".into(),
            code: code.into(),
            args,
            actor_kind: "user".into(),
            actor_id: None,
            actor_name: None,
            object_kind: String::new(),
            object_id: String::new(),
            cause_kind: None,
            cause_id: None,
        };
        line_text(t, &line)
    }

    #[test]
    fn codes_become_sentences() {
        assert_eq!(
            line(
                "role_changed",
                serde_json::json!({"name": "Анна", "changes": [{"field": "role", "from": "seller", "to": "admin"}]})
            ),
            "Роль изменена: Анна, Продавец → Администратор"
        );
        let older = serde_json::json!({"name": "Анна", "before": "seller", "after": "admin"});
        assert_eq!(line("role_changed", older), "Роль изменена: Анна, Продавец → Администратор");
        assert!(
            line("job_dead", serde_json::json!({"kind": "mail", "code": "550", "detail": "no such user"}))
                .contains("no such user (550)")
        );
    }

    #[test]
    fn unknown_codes_and_broken_arguments_do_not_hide_the_line() {
        assert_eq!(line("something_new", Json::Null), "something_new");
        for code in ["order_status", "job_dead", "contact_changed", "connection_refused", "role_changed"] {
            assert!(!line(code, serde_json::json!([1, "x"])).is_empty(), "{code}");
        }
    }
}
