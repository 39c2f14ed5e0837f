//! Words for the codes of events and jobs. A code nobody has worded yet is shown as it is.

use crate::pages::chats::failure_text;
use crate::ui::{IconName, Tone};
use domain::queue::{EventState, JobState};
use texts::Texts;

/// Kinds of jobs, for the filter.
pub const JOB_KINDS: [&str; 16] = [
    "send_message",
    "download_media",
    "mark_read",
    "invite",
    "answer_review",
    "look_up",
    "call_webhook",
    "call_service",
    "sweep",
    "check_connection",
    "subscribe",
    "sync_templates",
    "mail",
    "call",
    "push",
    "check_domain",
];
/// Kinds of events, for the filter.
pub const EVENT_KINDS: [&str; 11] =
    ["message", "status", "reaction", "edit", "revoke", "echo", "preference", "moved", "template", "account", "error"];

/// What a job does.
pub fn job_kind_text(t: Texts, kind: &str) -> String {
    match kind {
        "send_message" => t.journal_job_send_message(),
        "download_media" => t.journal_job_download_media(),
        "mark_read" => t.journal_job_mark_read(),
        "check_connection" => t.journal_job_check_connection(),
        "subscribe" => t.journal_job_subscribe(),
        "sync_templates" => t.journal_job_sync_templates(),
        "mail" => t.journal_job_mail(),
        "check_domain" => t.journal_job_check_domain(),
        "invite" => t.journal_job_invite(),
        "answer_review" => t.journal_job_answer_review(),
        "look_up" => t.journal_job_look_up(),
        "call_webhook" => t.journal_job_call_webhook(),
        "call_service" => t.journal_job_call_service(),
        "sweep" => t.journal_job_sweep(),
        "call" => t.push_journal_call(),
        "push" => t.push_journal_push(),
        other => other.to_owned(),
    }
}

/// What an event is.
pub fn event_kind_text(t: Texts, kind: &str) -> String {
    match kind {
        "message" => t.journal_event_message(),
        "status" => t.journal_event_status(),
        "reaction" => t.journal_event_reaction(),
        "edit" => t.journal_event_edit(),
        "revoke" => t.journal_event_revoke(),
        "echo" => t.journal_event_echo(),
        "preference" => t.journal_event_preference(),
        "moved" | "system" => t.journal_event_moved(),
        "template" => t.journal_event_template(),
        "account" | "phone_number_quality_update" => t.journal_event_account(),
        "error" => t.journal_event_error(),
        "conversation_closed" => t.journal_event_conversation_closed(),
        "conversation_started" => t.journal_event_conversation_started(),
        "conversation_replied" => t.journal_event_conversation_replied(),
        "conversation_assigned" => t.journal_event_conversation_assigned(),
        "conversation_rated" => t.journal_event_conversation_rated(),
        "conversation_opened" => t.journal_event_conversation_opened(),
        "review_created" => t.journal_event_review_created(),
        "received" => t.journal_event_received(),
        "review_updated" => t.journal_event_review_updated(),
        "review_deleted" => t.journal_event_review_deleted(),
        "review_found" => t.journal_event_review_found(),
        other => other.to_owned(),
    }
}

/// The state of a job.
pub fn job_state_text(t: Texts, state: JobState) -> String {
    match state {
        JobState::Ready => t.journal_state_ready(),
        JobState::Running => t.journal_state_running(),
        JobState::Done => t.journal_state_done(),
        JobState::Dead => t.journal_state_dead(),
        JobState::Held => t.journal_state_held(),
        JobState::Unknown => t.journal_state_unknown(),
        JobState::Cancelled => t.journal_state_cancelled(),
    }
}

/// Its colour and sign.
pub const fn job_state_look(state: JobState) -> (Tone, IconName) {
    match state {
        JobState::Ready => (Tone::Neutral, IconName::Clock),
        JobState::Running => (Tone::Info, IconName::Play),
        JobState::Done => (Tone::Success, IconName::Success),
        JobState::Dead => (Tone::Danger, IconName::Failure),
        JobState::Held => (Tone::Warning, IconName::Pause),
        JobState::Unknown => (Tone::Warning, IconName::Help),
        JobState::Cancelled => (Tone::Neutral, IconName::CircleSlash),
    }
}

/// The verdict on an event.
pub fn event_state_text(t: Texts, state: EventState) -> String {
    match state {
        EventState::New => t.journal_verdict_new(),
        EventState::Done => t.journal_verdict_done(),
        EventState::Ignored => t.journal_verdict_ignored(),
        EventState::Failed => t.journal_verdict_failed(),
    }
}

/// Its colour and sign.
pub const fn event_state_look(state: EventState) -> (Tone, IconName) {
    match state {
        EventState::New => (Tone::Info, IconName::Clock),
        EventState::Done => (Tone::Success, IconName::Success),
        EventState::Ignored => (Tone::Neutral, IconName::CircleSlash),
        EventState::Failed => (Tone::Danger, IconName::Failure),
    }
}

/// Why an event had no consequences.
pub fn event_note_text(t: Texts, note: &str) -> String {
    match note {
        "no_connection" => t.journal_note_no_connection(),
        "other_account" => t.journal_note_other_account(),
        "no_channel" => t.journal_note_no_channel(),
        "message_unknown" => t.journal_note_message_unknown(),
        "id_too_long" => t.journal_note_id_too_long(),
        "repeat" => t.journal_note_repeat(),
        other => other.to_owned(),
    }
}

/// Why something failed: in words where the code is known, else the detail with the provider's code, or whichever there is.
pub fn failure_words(t: Texts, code: &str, detail: &str) -> String {
    if code == "no_mail_server" {
        return t.journal_no_mail_server();
    }
    failure_text(t, code).unwrap_or_else(|| match (detail, code) {
        ("", code) => code.to_owned(),
        (detail, code) if code.is_empty() || detail.contains(code) => detail.to_owned(),
        (detail, code) => format!("{detail} ({code})"),
    })
}

/// How an attempt of a job ended.
pub fn attempt_text(t: Texts, outcome: &str) -> String {
    match outcome {
        "retry" => t.journal_attempt_retry(),
        "limited" => t.journal_attempt_limited(),
        other => other.parse().map_or_else(|_| other.to_owned(), |state| job_state_text(t, state)),
    }
}

/// Its colour.
pub fn attempt_tone(outcome: &str) -> Tone {
    match outcome {
        "retry" | "limited" => Tone::Warning,
        other => other.parse().map_or(Tone::Neutral, |state| job_state_look(state).0),
    }
}
