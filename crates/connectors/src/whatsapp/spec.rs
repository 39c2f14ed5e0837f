//! What WhatsApp is and can do, as data for the wizard, the rule constructor and the limits of sending.

use crate::{Action, Field, FieldKind, Limits, Setting, SettingKind, Spec, Trigger};
use domain::chats::Channel;

const fn field(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: false, choices: &[] }
}

const fn required(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: true, choices: &[] }
}

const fn setting(name: &'static str, kind: SettingKind, required: bool, default: Option<&'static str>) -> Setting {
    Setting { name, kind, required, default }
}

/// Static description of the connector.
pub static SPEC: Spec = Spec {
    id: "whatsapp",
    name: "WhatsApp",
    channel: Some(Channel::Whatsapp),
    settings: &[
        setting("phone_number_id", SettingKind::Text, true, None),
        setting("waba_id", SettingKind::Text, true, None),
        setting("app_id", SettingKind::Text, true, None),
        setting("app_secret", SettingKind::Secret, true, None),
        setting("access_token", SettingKind::Secret, true, None),
        setting("verify_token", SettingKind::Generated, false, None),
        setting("api_version", SettingKind::Text, false, Some("v25.0")),
        setting("base_url", SettingKind::Url, false, Some("https://graph.facebook.com")),
    ],
    triggers: &[
        Trigger {
            kind: "message",
            fields: &[
                field("text", FieldKind::Text),
                field("kind", FieldKind::Choice),
                field("payload", FieldKind::Text),
                field("phone", FieldKind::Phone),
                field("name", FieldKind::Text),
                field("forwarded", FieldKind::Flag),
                field("referral", FieldKind::Object),
                field("items", FieldKind::List),
                field("total_minor", FieldKind::Money),
            ],
        },
        Trigger { kind: "reaction", fields: &[field("emoji", FieldKind::Text), field("phone", FieldKind::Phone)] },
        Trigger {
            kind: "status",
            fields: &[
                field("status", FieldKind::Choice),
                field("code", FieldKind::Text),
                field("phone", FieldKind::Phone),
            ],
        },
        Trigger {
            kind: "preference",
            fields: &[field("marketing", FieldKind::Flag), field("phone", FieldKind::Phone)],
        },
        Trigger {
            kind: "template",
            fields: &[
                field("name", FieldKind::Text),
                field("language", FieldKind::Text),
                field("status", FieldKind::Choice),
                field("category", FieldKind::Choice),
                field("reason", FieldKind::Text),
            ],
        },
        Trigger {
            kind: "account",
            fields: &[
                field("event", FieldKind::Choice),
                field("stop", FieldKind::Flag),
                field("detail", FieldKind::Text),
            ],
        },
    ],
    actions: &[
        Action {
            id: "send",
            inputs: &[
                required("to", FieldKind::Object),
                required("content", FieldKind::Object),
                field("reply_to", FieldKind::Text),
            ],
            idempotent: false,
        },
        Action {
            id: "mark_read",
            inputs: &[required("message_id", FieldKind::Text), field("typing", FieldKind::Flag)],
            idempotent: true,
        },
        Action { id: "media", inputs: &[required("id", FieldKind::Text)], idempotent: true },
        Action { id: "templates", inputs: &[], idempotent: true },
        Action { id: "subscribe", inputs: &[field("callback_url", FieldKind::Text)], idempotent: true },
        Action { id: "check", inputs: &[], idempotent: true },
    ],
    // Meta allows 80 messages a second per number, incoming ones included: 60 steady and 20 at once leave room for those
    // and never exceed 80 in any second. One person: 45 at once, repaid at one in six seconds.
    steps: &[],
    limits: Limits { per_second: 60.0, burst: 20.0, recipient_burst: 45.0, recipient_interval_ms: 6_000 },
    // Meta sends up to 3 MB.
    // Every event comes by webhook, and nothing can be asked for afterwards.
    sweep: None,
    max_body: 4 * 1024 * 1024,
};
