//! Words about providers: what their settings are called, where to find them, what their facts mean.

use crate::ui::{IconName, Tone};
use texts::Texts;

/// The sign of a provider.
pub fn provider_icon(provider: &str) -> IconName {
    match provider {
        "whatsapp" => IconName::Phone,
        _ => IconName::Connections,
    }
}

/// What a provider is for, in one line.
pub fn provider_hint(t: Texts, provider: &str) -> String {
    match provider {
        "whatsapp" => t.connections_whatsapp_hint(),
        _ => String::new(),
    }
}

/// Label of a setting, and where its value is found. An unknown one keeps the provider's own name.
pub fn setting_words(t: Texts, provider: &str, setting: &str) -> (String, Option<String>) {
    match (provider, setting) {
        ("whatsapp", "phone_number_id") => {
            (t.connections_whatsapp_number(), Some(t.connections_whatsapp_number_help()))
        }
        ("whatsapp", "waba_id") => (t.connections_whatsapp_account(), Some(t.connections_whatsapp_account_help())),
        ("whatsapp", "app_id") => (t.connections_whatsapp_app(), Some(t.connections_whatsapp_app_help())),
        ("whatsapp", "app_secret") => (t.connections_whatsapp_secret(), Some(t.connections_whatsapp_secret_help())),
        ("whatsapp", "access_token") => (t.connections_whatsapp_token(), Some(t.connections_whatsapp_token_help())),
        (_, "verify_token") => (t.connections_verify_token(), Some(t.connections_verify_token_help())),
        (_, "api_version") => (t.connections_api_version(), Some(t.connections_api_version_help())),
        (_, "base_url") => (t.connections_base_url(), Some(t.connections_base_url_help())),
        (_, other) => (other.to_owned(), None),
    }
}

/// What to do in the provider's console before and after the address is entered there.
pub fn address_steps(t: Texts, provider: &str) -> (Vec<String>, Vec<String>) {
    match provider {
        "whatsapp" => (
            vec![t.connections_whatsapp_step_open()],
            vec![t.connections_whatsapp_step_confirm(), t.connections_whatsapp_step_subscribe()],
        ),
        _ => (vec![t.connections_step_open()], vec![t.connections_step_save()]),
    }
}

/// How to make the first event happen.
pub fn first_event_hint(t: Texts, provider: &str, number: &str) -> String {
    match (provider, number) {
        ("whatsapp", "") => t.connections_whatsapp_first(),
        ("whatsapp", number) => t.connections_whatsapp_first_to(number),
        _ => t.connections_first_hint(),
    }
}

/// Label of a fact the provider told about the account; facts without a label are not shown.
pub fn fact_label(t: Texts, fact: &str) -> Option<String> {
    Some(match fact {
        "verified_name" => t.connections_fact_name(),
        "display_phone_number" => t.connections_fact_number(),
        "quality_rating" => t.connections_fact_quality(),
        "throughput" => t.connections_fact_throughput(),
        "messaging_limit" => t.connections_fact_limit(),
        _ => return None,
    })
}

/// A fact that is a grade: sign, word, colour.
pub fn fact_grade(t: Texts, fact: &str, value: &str) -> Option<(IconName, String, Tone)> {
    Some(match (fact, value) {
        ("quality_rating", "GREEN") => (IconName::Success, t.connections_quality_high(), Tone::Success),
        ("quality_rating", "YELLOW") => (IconName::Warning, t.connections_quality_medium(), Tone::Warning),
        ("quality_rating", "RED") => (IconName::Alert, t.connections_quality_low(), Tone::Danger),
        ("quality_rating", _) => (IconName::Circle, t.connections_quality_unknown(), Tone::Neutral),
        ("throughput", "STANDARD") => (IconName::Circle, t.connections_throughput_standard(), Tone::Neutral),
        ("throughput", "HIGH") => (IconName::Success, t.connections_throughput_high(), Tone::Success),
        _ => return None,
    })
}
