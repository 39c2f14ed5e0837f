//! Words about providers: what their settings are called, where to find them, what their facts mean.

use crate::ui::{IconName, Tone};
use texts::Texts;

/// The sign of a provider.
pub fn provider_icon(provider: &str) -> IconName {
    match provider {
        "whatsapp" => IconName::Phone,
        "intercom" => IconName::Chats,
        "trustpilot" => IconName::Star,
        "webhook" => IconName::Braces,
        _ => IconName::Connections,
    }
}

/// What a provider is called: its own name, where it has one.
pub fn provider_name(t: Texts, provider: &str, name: &str) -> String {
    match provider {
        "webhook" => t.connections_webhook_name(),
        _ => name.to_owned(),
    }
}

/// What a provider is for, in one line.
pub fn provider_hint(t: Texts, provider: &str) -> String {
    match provider {
        "whatsapp" => t.connections_whatsapp_hint(),
        "intercom" => t.connections_intercom_hint(),
        "trustpilot" => t.connections_trustpilot_hint(),
        "webhook" => t.connections_webhook_hint(),
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
        ("intercom", "access_token") => (t.connections_intercom_token(), Some(t.connections_intercom_token_help())),
        ("intercom", "client_secret") => (t.connections_intercom_secret(), Some(t.connections_intercom_secret_help())),
        ("intercom", "app_id") => (t.connections_intercom_app(), Some(t.connections_intercom_app_help())),
        ("trustpilot", "api_key") => (t.connections_trustpilot_key(), Some(t.connections_trustpilot_key_help())),
        ("trustpilot", "api_secret") => {
            (t.connections_trustpilot_secret(), Some(t.connections_trustpilot_secret_help()))
        }
        ("trustpilot", "business_unit") => {
            (t.connections_trustpilot_unit(), Some(t.connections_trustpilot_unit_help()))
        }
        ("trustpilot", "business_user_id") => {
            (t.connections_trustpilot_user(), Some(t.connections_trustpilot_user_help()))
        }
        ("trustpilot", "username") => (t.connections_trustpilot_login(), Some(t.connections_trustpilot_login_help())),
        ("trustpilot", "password") => (t.connections_trustpilot_password(), None),
        ("trustpilot", "sender_name") => {
            (t.connections_trustpilot_sender(), Some(t.connections_trustpilot_sender_help()))
        }
        ("trustpilot", "sender_email") => (t.connections_trustpilot_from(), Some(t.connections_trustpilot_from_help())),
        ("trustpilot", "reply_to") => (t.connections_trustpilot_reply(), Some(t.connections_trustpilot_reply_help())),
        ("trustpilot", "locale") => (t.connections_trustpilot_locale(), Some(t.connections_trustpilot_locale_help())),
        ("trustpilot", "template_id") => {
            (t.connections_trustpilot_template(), Some(t.connections_trustpilot_template_help()))
        }
        ("trustpilot", "redirect_uri") => {
            (t.connections_trustpilot_redirect(), Some(t.connections_trustpilot_redirect_help()))
        }
        ("trustpilot", "time_format") => (t.connections_trustpilot_time(), Some(t.connections_trustpilot_time_help())),
        ("trustpilot", "api_url") => (t.connections_base_url(), Some(t.connections_base_url_help())),
        ("trustpilot", "invitations_url") => {
            (t.connections_trustpilot_invitations(), Some(t.connections_base_url_help()))
        }
        ("webhook", "secret") => (t.connections_webhook_secret(), Some(t.connections_webhook_secret_help())),
        ("webhook", "signature_header") => {
            (t.connections_webhook_signature(), Some(t.connections_webhook_signature_help()))
        }
        ("webhook", "id_field") => (t.connections_webhook_number(), Some(t.connections_webhook_number_help())),
        ("webhook", "url") => (t.connections_webhook_target(), Some(t.connections_webhook_target_help())),
        (_, "version") => (t.connections_api_version(), Some(t.connections_api_version_help())),
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
        "intercom" => (
            vec![t.connections_intercom_step_open()],
            vec![t.connections_intercom_step_topics(), t.connections_intercom_step_save()],
        ),
        "trustpilot" => (
            vec![t.connections_trustpilot_step_open()],
            vec![t.connections_trustpilot_step_events(), t.connections_trustpilot_step_save()],
        ),
        "webhook" => (
            vec![t.connections_webhook_step_open()],
            vec![t.connections_webhook_step_body(), t.connections_webhook_step_repeat()],
        ),
        _ => (vec![t.connections_step_open()], vec![t.connections_step_save()]),
    }
}

/// How to make the first event happen.
pub fn first_event_hint(t: Texts, provider: &str, number: &str) -> String {
    match (provider, number) {
        ("whatsapp", "") => t.connections_whatsapp_first(),
        ("whatsapp", number) => t.connections_whatsapp_first_to(number),
        ("intercom", _) => t.connections_intercom_first(),
        ("trustpilot", _) => t.connections_trustpilot_first(),
        ("webhook", _) => t.connections_webhook_first(),
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
        "name" => t.connections_fact_company(),
        "domain" => t.connections_fact_domain(),
        "stars" => t.connections_fact_stars(),
        "score" => t.connections_fact_score(),
        "reviews" => t.connections_fact_reviews(),
        "templates" => t.connections_fact_templates(),
        "app_name" => t.connections_fact_workspace(),
        "region" => t.connections_fact_region(),
        "timezone" => t.connections_fact_zone(),
        "admin_name" => t.connections_fact_admin(),
        _ => return None,
    })
}

/// A setting that is not demanded, but without which the usual way does not work: it stands among the demanded ones.
pub fn is_usual(provider: &str, setting: &str) -> bool {
    matches!(
        (provider, setting),
        ("trustpilot", "business_user_id") | ("webhook", "signature_header" | "id_field" | "url")
    )
}

/// What is wrong when a fact that must hold does not.
pub fn fact_warning(t: Texts, fact: &str) -> Option<String> {
    Some(match fact {
        "template_known" => t.connections_trustpilot_no_template(),
        "person_known" => t.connections_trustpilot_no_person(),
        _ => return None,
    })
}

/// What makes the provider call the address, where that is not obvious from the steps.
pub fn handshake_hint(t: Texts, provider: &str) -> Option<String> {
    Some(match provider {
        "intercom" => t.connections_intercom_handshake(),
        "trustpilot" => t.connections_trustpilot_handshake(),
        "webhook" => t.connections_webhook_handshake(),
        _ => return None,
    })
}

/// Where its work is seen when it is set up.
pub fn onward(t: Texts, provider: &str) -> (&'static str, String) {
    match provider {
        "intercom" | "webhook" => ("/rules", t.connections_open_rules()),
        "trustpilot" => ("/reviews", t.connections_open_reviews()),
        _ => ("/chats?box=all", t.connections_open_chats()),
    }
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
