//! Words, signs and colours of rules: triggers, fields, values, outcomes. What the server offers and these tables do not
//! know is shown by its key, never hidden.

use super::words_of_services;
use crate::format::Format;
use crate::i18n::error_text;
use crate::pages::{chats, orders};
use crate::ui::{IconName, Tone, presence_text};
use domain::ErrorCode;
use domain::rules::check::ProblemCode;
use domain::rules::{FieldKind, FieldSpec, Problem};
use domain::views::{RuleState, RunLine, RunOutcome};
use serde_json::Value as Json;
use texts::Texts;

/// What starts a rule, as it goes on after «Когда».
pub fn trigger_text(t: Texts, event: &str) -> String {
    match event {
        "message.received" => t.rules_trigger_message_received(),
        "chat.created" => t.rules_trigger_chat_created(),
        "order.created" => t.rules_trigger_order_created(),
        "order.status_changed" => t.rules_trigger_order_status_changed(),
        "chat.unanswered" => t.rules_trigger_chat_unanswered(),
        "order.deadline" => t.rules_trigger_order_deadline(),
        "day.time" => t.rules_trigger_day_time(),
        "chat.assigned" => t.rules_trigger_chat_assigned(),
        "chat.status_changed" => t.rules_trigger_chat_status_changed(),
        "order.assigned" => t.rules_trigger_order_assigned(),
        "order.changed" => t.rules_trigger_order_changed(),
        "contact.created" => t.rules_trigger_contact_created(),
        "contact.changed" => t.rules_trigger_contact_changed(),
        "contact.date" => t.rules_trigger_contact_date(),
        other => words_of_services::trigger_text(t, other).unwrap_or_else(|| other.to_owned()),
    }
}

/// The name of a field.
pub fn field_text(t: Texts, key: &str) -> String {
    match key {
        "now" => t.rules_field_now(),
        "now.weekday" => t.rules_field_now_weekday(),
        "now.day" => t.rules_field_now_day(),
        "contact.changed" => t.rules_field_contact_changed(),
        "contact.note" => t.rules_field_contact_note(),
        "contact.name" => t.rules_field_contact_name(),
        "contact.phone" => t.rules_field_contact_phone(),
        "contact.email" => t.rules_field_contact_email(),
        "contact.company" => t.rules_field_contact_company(),
        "contact.city" => t.rules_field_contact_city(),
        "chat.channel" => t.rules_field_chat_channel(),
        "chat.status" => t.rules_field_chat_status(),
        "chat.from_status" => t.rules_field_chat_from_status(),
        "chat.assigned" => t.rules_field_chat_assigned(),
        "chat.last_inbound_at" => t.rules_field_chat_last_inbound_at(),
        "message.text" => t.rules_field_message_text(),
        "message.kind" => t.rules_field_message_kind(),
        "message.first" => t.rules_field_message_first(),
        "order.number" => t.rules_field_order_number(),
        "order.title" => t.rules_field_order_title(),
        "order.status" => t.rules_field_order_status(),
        "order.from_status" => t.rules_field_order_from_status(),
        "order.source" => t.rules_field_order_source(),
        "order.total" => t.rules_field_order_total(),
        "order.total_before" => t.rules_field_order_total_before(),
        "order.changed" => t.rules_field_order_changed(),
        "order.items" => t.rules_field_order_items(),
        "order.assigned" => t.rules_field_order_assigned(),
        "order.assignee_presence" => t.rules_field_order_assignee_presence(),
        "order.deadline_at" => t.rules_field_order_deadline_at(),
        "chat.assignee_presence" => t.rules_field_chat_assignee_presence(),
        "chat.started_by" => t.rules_field_chat_started_by(),
        "chat.waiting_minutes" => t.rules_field_chat_waiting_minutes(),
        "contact.tags" => t.rules_field_contact_tags(),
        "contact.created_at" => t.rules_field_contact_created_at(),
        "contact.orders" => t.rules_field_contact_orders(),
        "contact.orders_30d" => t.rules_field_contact_orders_month(),
        "contact.spent" => t.rules_field_contact_spent(),
        "contact.last_order_at" => t.rules_field_contact_last_order_at(),
        "contact.messages_7d" => t.rules_field_contact_messages_week(),
        "contact.invited_at" => t.rules_field_contact_invited_at(),
        other => {
            let learnt = || other.strip_prefix("event.").unwrap_or(other).to_owned();
            words_of_services::field_text(t, other).unwrap_or_else(learnt)
        }
    }
}

/// The name of a field: its sender's, where it was learnt.
pub fn field_name(t: Texts, field: &FieldSpec) -> String {
    if field.label.is_empty() { field_text(t, &field.key) } else { field.label.clone() }
}

/// The heading a field stands under in a list.
pub fn field_group(t: Texts, key: &str) -> String {
    match key.split('.').next().unwrap_or_default() {
        "contact" | "custom" => t.rules_fields_client(),
        "chat" => t.rules_fields_chat(),
        "message" => t.rules_fields_message(),
        "order" => t.rules_fields_order(),
        _ => t.rules_fields_other(),
    }
}

/// A value of a field with choices: the organisation's word, else ours.
pub fn choice_text(t: Texts, field: &FieldSpec, value: &str) -> String {
    let place = field.choices.iter().position(|choice| choice == value);
    if let Some(name) = place.and_then(|n| field.names.get(n)).filter(|name| !name.is_empty()) {
        return name.clone();
    }
    let word = match field.key.as_str() {
        "order.status" | "order.from_status" => value.parse().ok().map(|status| orders::status_text(t, status)),
        "order.source" => value.parse().ok().map(|source| orders::source_text(t, source)),
        "chat.started_by" if value == "customer" => Some(t.rules_started_by_client()),
        "chat.started_by" => Some(t.rules_started_by_us()),
        "order.assignee_presence" | "chat.assignee_presence" => {
            value.parse().ok().map(|presence| presence_text(t, presence))
        }
        "chat.channel" => value.parse().ok().map(|channel| chats::words::channel_text(t, channel)),
        "now.weekday" => weekday_text(t, value),
        "contact.changed" => Some(field_text(t, &format!("contact.{value}"))),
        "order.changed" => Some(field_text(t, &format!("order.{value}"))),
        "chat.status" | "chat.from_status" => value.parse().ok().map(|status| chats::words::status_text(t, status)),
        "message.kind" => value.parse().ok().map(|kind| chats::words::kind_text(t, kind)),
        other => words_of_services::choice_text(t, other, value),
    };
    word.unwrap_or_else(|| value.to_owned())
}

fn weekday_text(t: Texts, day: &str) -> Option<String> {
    Some(match day {
        "monday" => t.rules_weekday_monday(),
        "tuesday" => t.rules_weekday_tuesday(),
        "wednesday" => t.rules_weekday_wednesday(),
        "thursday" => t.rules_weekday_thursday(),
        "friday" => t.rules_weekday_friday(),
        "saturday" => t.rules_weekday_saturday(),
        "sunday" => t.rules_weekday_sunday(),
        _ => return None,
    })
}

/// What a call of a service does.
pub fn call_text(t: Texts, action: &str) -> String {
    match action {
        "tag" => t.rules_call_tag(),
        "note" => t.rules_call_note(),
        "close" => t.rules_call_close(),
        "open" => t.rules_call_open(),
        other => other.to_owned(),
    }
}

/// An input of such a call.
pub fn input_text(t: Texts, name: &str) -> String {
    match name {
        "tag" => t.rules_in_tag(),
        "text" => t.rules_in_text(),
        "conversation_id" => t.rules_in_conversation(),
        other => other.to_owned(),
    }
}

/// A kind of step.
pub fn act_text(t: Texts, word: &str) -> String {
    match word {
        "send_message" => t.rules_act_send_message(),
        "invite_to_review" => t.rules_act_invite_to_review(),
        "assign" => t.rules_act_assign(),
        "assign_free" => t.rules_act_assign_free(),
        "add_tag" => t.rules_act_add_tag(),
        "remove_tag" => t.rules_act_remove_tag(),
        "set_field" => t.rules_act_set_field(),
        "use_service" => t.rules_act_use_service(),
        "comment" => t.rules_act_comment(),
        "change_order" => t.rules_act_change_order(),
        "create_order" => t.rules_act_create_order(),
        "close_chat" => t.rules_act_close_chat(),
        "save_contact" => t.rules_act_save_contact(),
        "call_webhook" => t.rules_act_call_webhook(),
        "notify" => t.rules_act_notify(),
        "branch" => t.rules_act_branch(),
        "wait_for_answer" => t.rules_act_wait_for_answer(),
        "approve" => t.rules_act_approve(),
        "stop" => t.rules_act_stop(),
        other => other.to_owned(),
    }
}

/// A value an evaluation saw.
pub fn value_text(t: Texts, f: Format, currency: &str, field: &FieldSpec, value: &Json) -> String {
    match (field.kind, value) {
        (FieldKind::Choice, Json::String(word)) => choice_text(t, field, word),
        (FieldKind::Phone, Json::String(number)) => crate::format::phone(number),
        (_, Json::String(text)) => format!("«{text}»"),
        (_, Json::Bool(true)) => t.state_yes().to_lowercase(),
        (_, Json::Bool(false)) => t.state_no().to_lowercase(),
        (FieldKind::Date, value) => value.as_i64().map(|at| f.date_time(at)).unwrap_or_default(),
        (FieldKind::Money, value) => value.as_i64().map(|minor| f.money(minor, currency)).unwrap_or_default(),
        (_, Json::Array(list)) => {
            let said =
                |word: &str| if field.choices.is_empty() { word.to_owned() } else { choice_text(t, field, word) };
            let words = list.iter().filter_map(Json::as_str).map(said).collect::<Vec<_>>();
            words.join(", ")
        }
        (_, value) => value.as_f64().map(|number| f.decimal(number, 3)).unwrap_or_default(),
    }
}

/// What is wrong with a block; `name` names fields.
pub fn problem_text(t: Texts, problem: &Problem, name: impl Fn(&str) -> String) -> String {
    let what = || name(&problem.what);
    match problem.code {
        ProblemCode::UnknownTrigger => t.rules_problem_unknown_trigger(),
        ProblemCode::DateNeeded => t.rules_problem_date_needed(),
        ProblemCode::MinutesNeeded => t.rules_problem_minutes_needed(),
        ProblemCode::NoSteps => t.rules_problem_no_steps(),
        ProblemCode::UnknownField => t.rules_problem_unknown_field(what()),
        ProblemCode::WrongOperator => t.rules_problem_wrong_operator(),
        ProblemCode::WrongValue => t.rules_problem_wrong_value(),
        ProblemCode::EmptyText => t.rules_problem_empty_text(),
        ProblemCode::BadTemplate => t.rules_problem_bad_template(),
        ProblemCode::UnknownFilter => t.rules_problem_unknown_filter(&problem.what),
        ProblemCode::NotADate => t.rules_problem_not_a_date(),
        ProblemCode::Unreachable => t.rules_problem_unreachable(),
        ProblemCode::Gone => t.rules_problem_gone(),
        ProblemCode::Impossible => t.rules_problem_impossible(),
        ProblemCode::ExampleFails => t.rules_problem_example_fails(&problem.what),
    }
}

/// Word, colour and sign of a rule's state; a rule never published is a draft.
pub fn state_look(t: Texts, state: RuleState, published: bool) -> (String, Tone, IconName) {
    match state {
        RuleState::Archived => (t.rules_state_archived(), Tone::Neutral, IconName::Inbox),
        _ if !published => (t.rules_state_draft(), Tone::Neutral, IconName::Pencil),
        RuleState::On => (t.rules_state_on(), Tone::Success, IconName::Play),
        RuleState::Off => (t.rules_state_off(), Tone::Neutral, IconName::Pause),
        RuleState::Shadow => (t.rules_state_shadow(), Tone::Info, IconName::Eye),
    }
}

/// Word, colour and sign of an outcome.
pub fn outcome_look(t: Texts, outcome: RunOutcome) -> (String, Tone, IconName) {
    match outcome {
        RunOutcome::Waiting => (t.rules_outcome_waiting(), Tone::Info, IconName::Clock),
        RunOutcome::Done => (t.rules_outcome_done(), Tone::Success, IconName::Check),
        RunOutcome::Failed => (t.rules_outcome_failed(), Tone::Danger, IconName::Alert),
        RunOutcome::Nothing => (t.rules_outcome_nothing(), Tone::Neutral, IconName::Minus),
        RunOutcome::Blocked => (t.rules_outcome_blocked(), Tone::Warning, IconName::CircleSlash),
    }
}

/// What stood in the way, in a few words for a list; "" if nothing did.
pub fn note_text(t: Texts, note: &str) -> String {
    match note {
        "" => String::new(),
        "no_data" => t.rules_note_no_data(),
        "missing_fields" => t.rules_note_missing_fields(),
        "loop" => t.rules_note_loop(),
        "unreadable" => t.rules_note_unreadable(),
        note if note.starts_with("other_rule:") => t.rules_note_other_rule(),
        code => code_text(t, code),
    }
}

/// The text of an error known by its code only.
pub fn code_text(t: Texts, code: &str) -> String {
    match code.parse::<ErrorCode>() {
        // Its text names the steps, which are not known here.
        Ok(ErrorCode::TransitionNotAllowed) => t.rules_note_transition(),
        Ok(code) => error_text(t, &domain::ApiError::new(code)),
        Err(_) => words_of_services::gate_text(t, code).unwrap_or_else(|| code.to_owned()),
    }
}

/// What a run is about: words and address.
pub fn about(t: Texts, line: &RunLine) -> (String, Option<String>) {
    let name = line.contact_name.as_deref().unwrap_or_default();
    let name = chats::words::client_name(t, name, line.contact_phone.as_deref());
    let href = crate::pages::journal::object_href(&line.run.object_kind, &line.run.object_id);
    let words = match (line.run.object_kind.as_str(), line.order_number) {
        ("order", Some(number)) => t.rules_trial_order(orders::number_text(t, number), name),
        ("chat", _) if line.run.contact_id.is_some() => t.rules_run_chat_of(name),
        ("chat", _) => t.rules_run_chat(),
        (other, _) if line.run.contact_id.is_some() => {
            t.rules_run_thing_of(crate::pages::journal::object_text(t, other), name)
        }
        (other, _) => crate::pages::journal::object_text(t, other),
    };
    (words, href)
}
