//! The payloads of the contract, verbatim.

/// Name and body of each.
pub const ALL: &[(&str, &str)] = &[
    ("account", include_str!("../fixtures/account.json")),
    ("audio_voice", include_str!("../fixtures/audio_voice.json")),
    ("button", include_str!("../fixtures/button.json")),
    ("contacts", include_str!("../fixtures/contacts.json")),
    ("document", include_str!("../fixtures/document.json")),
    ("echo", include_str!("../fixtures/echo.json")),
    ("edit", include_str!("../fixtures/edit.json")),
    ("image", include_str!("../fixtures/image.json")),
    ("interactive_button", include_str!("../fixtures/interactive_button.json")),
    ("interactive_flow", include_str!("../fixtures/interactive_flow.json")),
    ("interactive_list", include_str!("../fixtures/interactive_list.json")),
    ("location", include_str!("../fixtures/location.json")),
    ("order", include_str!("../fixtures/order.json")),
    ("preference_stop", include_str!("../fixtures/preference_stop.json")),
    ("reaction", include_str!("../fixtures/reaction.json")),
    ("revoke", include_str!("../fixtures/revoke.json")),
    ("status_delivered", include_str!("../fixtures/status_delivered.json")),
    ("status_failed", include_str!("../fixtures/status_failed.json")),
    ("status_group", include_str!("../fixtures/status_group.json")),
    ("status_played", include_str!("../fixtures/status_played.json")),
    ("status_read", include_str!("../fixtures/status_read.json")),
    ("status_sent", include_str!("../fixtures/status_sent.json")),
    ("sticker", include_str!("../fixtures/sticker.json")),
    ("system_identity_changed", include_str!("../fixtures/system_identity_changed.json")),
    ("system_number_changed", include_str!("../fixtures/system_number_changed.json")),
    ("template_category", include_str!("../fixtures/template_category.json")),
    ("template_quality", include_str!("../fixtures/template_quality.json")),
    ("template_status", include_str!("../fixtures/template_status.json")),
    ("text", include_str!("../fixtures/text.json")),
    ("text_from_ad", include_str!("../fixtures/text_from_ad.json")),
    ("text_reply", include_str!("../fixtures/text_reply.json")),
    ("unsupported", include_str!("../fixtures/unsupported.json")),
    ("value_level_error", include_str!("../fixtures/value_level_error.json")),
];

/// One of them.
pub fn fixture(name: &str) -> &'static str {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, body)| *body).expect("a fixture")
}
