//! Words of what connected services bring: their triggers, the fields of their events, and the values of those.

use texts::Texts;

/// What starts a rule at a service.
pub fn trigger_text(t: Texts, event: &str) -> Option<String> {
    Some(match event {
        "intercom.conversation_closed" => t.rules_trigger_conversation_closed(),
        "intercom.conversation_started" => t.rules_trigger_conversation_started(),
        "intercom.conversation_replied" => t.rules_trigger_conversation_replied(),
        "intercom.conversation_assigned" => t.rules_trigger_conversation_assigned(),
        "intercom.conversation_rated" => t.rules_trigger_conversation_rated(),
        "intercom.conversation_opened" => t.rules_trigger_conversation_opened(),
        "trustpilot.review_created" => t.rules_trigger_review_created(),
        "trustpilot.review_updated" => t.rules_trigger_review_updated(),
        "trustpilot.review_deleted" => t.rules_trigger_review_deleted(),
        "webhook.received" => t.rules_trigger_webhook_received(),
        _ => return None,
    })
}

/// The name of a field of such an event.
pub fn field_text(t: Texts, key: &str) -> Option<String> {
    Some(match key.strip_prefix("event.")? {
        "closed_by" => t.rules_field_closed_by(),
        "author" => t.rules_field_author(),
        "text" => t.rules_field_text(),
        "title" => t.rules_field_title(),
        "conversation_id" => t.rules_field_conversation_id(),
        "state" => t.rules_field_state(),
        "source_type" => t.rules_field_source_type(),
        "tags" => t.rules_field_tags(),
        "rating" => t.rules_field_rating(),
        "remark" => t.rules_field_remark(),
        "reopened" => t.rules_field_reopened(),
        "ticket" => t.rules_field_ticket(),
        "ai_agent" => t.rules_field_ai_agent(),
        "admin_id" => t.rules_field_admin_id(),
        "admin_name" => t.rules_field_admin_name(),
        "assignee_id" => t.rules_field_assignee_id(),
        "team_id" => t.rules_field_team_id(),
        "link" => t.rules_field_link(),
        "contact_id" => t.rules_field_contact_id(),
        "external_id" => t.rules_field_external_id(),
        "email" => t.rules_field_email(),
        "name" => t.rules_field_name(),
        "role" => t.rules_field_role(),
        "phone" => t.rules_field_phone(),
        "locale" => t.rules_field_locale(),
        "hard_bounced" => t.rules_field_hard_bounced(),
        "unsubscribed" => t.rules_field_unsubscribed(),
        "spam" => t.rules_field_spam(),
        "stars" => t.rules_field_stars(),
        "reference" => t.rules_field_reference(),
        "language" => t.rules_field_language(),
        "verified" => t.rules_field_verified(),
        "location" => t.rules_field_location(),
        "created_at" => t.rules_field_created_at(),
        "id" => t.rules_field_id(),
        _ => return None,
    })
}

/// Why a step was not done: codes of gates that are no errors.
pub fn gate_text(t: Texts, code: &str) -> Option<String> {
    Some(match code {
        "no_email" => t.rules_gate_no_email(),
        "unsubscribed" => t.rules_gate_unsubscribed(),
        "hard_bounced" => t.rules_gate_hard_bounced(),
        "marked_spam" => t.rules_gate_marked_spam(),
        "already_invited" => t.rules_gate_already_invited(),
        "invited_recently" => t.rules_gate_invited_recently(),
        "nobody_free" => t.rules_gate_nobody_free(),
        "ceiling" => t.rules_gate_ceiling(),
        "dropped" => t.rules_gate_dropped(),
        _ => return None,
    })
}

/// A value of a field of such an event.
pub fn choice_text(t: Texts, field: &str, value: &str) -> Option<String> {
    Some(match (field, value) {
        ("event.closed_by" | "event.author", "admin") => t.rules_value_admin(),
        ("event.closed_by" | "event.author", "bot") => t.rules_value_bot(),
        ("event.closed_by" | "event.author" | "event.role", "user") => t.rules_value_user(),
        ("event.role", "lead") => t.rules_value_lead(),
        ("event.state", "open") => t.rules_value_open(),
        ("event.state", "closed") => t.rules_value_closed(),
        ("event.state", "snoozed") => t.rules_value_snoozed(),
        _ => return None,
    })
}
