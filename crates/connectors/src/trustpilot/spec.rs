//! What Trustpilot is and can do, as data for the wizard, the rule constructor and the limits of sending.

use crate::{Action, Field, FieldKind, Limits, Setting, SettingKind, Spec, Sweep, Trigger};

const fn field(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: false, choices: &[] }
}

const fn required(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: true, choices: &[] }
}

const fn setting(name: &'static str, kind: SettingKind, required: bool, default: Option<&'static str>) -> Setting {
    Setting { name, kind, required, default }
}

/// Created and updated events have the same shape.
const REVIEW: &[Field] = &[
    field("id", FieldKind::Text),
    field("reference", FieldKind::Text),
    field("stars", FieldKind::Number),
    field("title", FieldKind::Text),
    field("text", FieldKind::Text),
    field("language", FieldKind::Text),
    field("author", FieldKind::Text),
    field("tags", FieldKind::List),
    field("verified", FieldKind::Flag),
    field("location", FieldKind::Text),
    field("created_at", FieldKind::Date),
    field("link", FieldKind::Text),
];

/// Static description of the connector.
pub static SPEC: Spec = Spec {
    id: "trustpilot",
    name: "Trustpilot",
    channel: None,
    settings: &[
        setting("api_key", SettingKind::Text, true, None),
        setting("api_secret", SettingKind::Secret, true, None),
        // Domain, or the id of 24 hexadecimal digits.
        setting("business_unit", SettingKind::Text, true, None),
        // The person in whose name invitations go out, when the application signs in by itself.
        setting("business_user_id", SettingKind::Text, false, None),
        // Both given: a person signs in instead of the application.
        setting("username", SettingKind::Text, false, None),
        setting("password", SettingKind::Secret, false, None),
        setting("sender_name", SettingKind::Text, false, None),
        setting("sender_email", SettingKind::Text, false, None),
        setting("reply_to", SettingKind::Text, false, None),
        setting("locale", SettingKind::Text, false, Some("ru-RU")),
        setting("template_id", SettingKind::Text, false, None),
        setting("redirect_uri", SettingKind::Url, false, None),
        // `iso`, or `us` for MM/dd/yyyy HH:mm:ss: the provider's own pages disagree.
        setting("time_format", SettingKind::Text, false, Some("iso")),
        setting("api_url", SettingKind::Url, false, Some("https://api.trustpilot.com")),
        setting("invitations_url", SettingKind::Url, false, Some("https://invitations-api.trustpilot.com")),
    ],
    triggers: &[
        Trigger { kind: "review_created", fields: REVIEW },
        Trigger { kind: "review_updated", fields: REVIEW },
        Trigger {
            kind: "review_deleted",
            fields: &[
                field("id", FieldKind::Text),
                field("reference", FieldKind::Text),
                field("stars", FieldKind::Number),
            ],
        },
    ],
    actions: &[
        Action { id: "check", inputs: &[], idempotent: true },
        // The mail is queued at once and its fate cannot be asked for.
        Action {
            id: "invite",
            inputs: &[
                required("reference", FieldKind::Text),
                required("email", FieldKind::Text),
                field("name", FieldKind::Text),
                field("locale", FieldKind::Text),
                field("template_id", FieldKind::Text),
                field("tags", FieldKind::List),
                field("send_at_ms", FieldKind::Date),
            ],
            idempotent: false,
        },
        // A second link to the same form sends nothing to anybody.
        Action {
            id: "link",
            inputs: &[
                required("reference", FieldKind::Text),
                required("email", FieldKind::Text),
                field("name", FieldKind::Text),
                field("locale", FieldKind::Text),
                field("tags", FieldKind::List),
            ],
            idempotent: true,
        },
        Action {
            id: "reviews",
            inputs: &[
                field("page", FieldKind::Number),
                field("per_page", FieldKind::Number),
                field("reference", FieldKind::Text),
            ],
            idempotent: true,
        },
        Action { id: "review", inputs: &[required("id", FieldKind::Text)], idempotent: true },
        // Public words: nobody says what a second answer to the same review does.
        Action {
            id: "reply",
            inputs: &[required("id", FieldKind::Text), required("message", FieldKind::Text)],
            idempotent: false,
        },
        Action {
            id: "erase",
            inputs: &[field("emails", FieldKind::List), field("older_than_ms", FieldKind::Date)],
            idempotent: true,
        },
    ],
    // The provider asks for at most 833 calls in five minutes. A recipient has no limit of its own.
    steps: &[],
    limits: Limits { per_second: 2.0, burst: 2.0, recipient_burst: 2.0, recipient_interval_ms: 500 },
    sweep: Some(Sweep { action: "reviews", minutes: 60 }),
    max_body: 1024 * 1024,
};
