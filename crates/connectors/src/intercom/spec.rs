//! What Intercom is and can do, as data for the wizard, the rule constructor and the limits of calling.

use crate::{Action, Field, FieldKind, Limits, ServiceStep, Setting, SettingKind, Spec, Sweep, Trigger, Undo};

const fn field(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: false, choices: &[] }
}

const fn choice(name: &'static str, choices: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Choice, required: false, choices }
}

/// Whoever can act in a conversation, as [`super::map`] names them.
const AUTHORS: &[&str] = &["admin", "bot", "user"];

const fn required(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: true, choices: &[] }
}

const fn setting(name: &'static str, kind: SettingKind, required: bool, default: Option<&'static str>) -> Setting {
    Setting { name, kind, required, default }
}

/// What closing and opening take.
const MANAGE: &[Field] = &[
    required("conversation_id", FieldKind::Text),
    field("admin_id", FieldKind::Text),
    choice("expect", &["open", "closed", "snoozed"]),
];

/// Fields of a conversation event: its own first, then what every conversation has, then the contact's. The last five
/// never come in an event; the look-up brings them.
macro_rules! conversation {
    ($($own:expr),*) => {
        &[
            $($own,)*
            required("conversation_id", FieldKind::Text),
            choice("state", &["open", "closed", "snoozed"]),
            field("source_type", FieldKind::Choice),
            field("tags", FieldKind::List),
            field("rating", FieldKind::Number),
            field("remark", FieldKind::Text),
            field("reopened", FieldKind::Number),
            field("ticket", FieldKind::Flag),
            field("ai_agent", FieldKind::Flag),
            field("admin_id", FieldKind::Text),
            field("admin_name", FieldKind::Text),
            field("assignee_id", FieldKind::Text),
            field("team_id", FieldKind::Text),
            field("link", FieldKind::Text),
            field("contact_id", FieldKind::Text),
            field("external_id", FieldKind::Text),
            field("email", FieldKind::Text),
            field("name", FieldKind::Text),
            choice("role", &["user", "lead"]),
            field("phone", FieldKind::Phone),
            field("locale", FieldKind::Text),
            field("hard_bounced", FieldKind::Flag),
            field("unsubscribed", FieldKind::Flag),
            field("spam", FieldKind::Flag),
        ]
    };
}

/// Static description of the connector.
pub static SPEC: Spec = Spec {
    id: "intercom",
    name: "Intercom",
    channel: None,
    settings: &[
        setting("access_token", SettingKind::Secret, true, None),
        setting("client_secret", SettingKind::Secret, true, None),
        setting("app_id", SettingKind::Text, true, None),
        setting("base_url", SettingKind::Url, false, Some("https://api.intercom.io")),
        setting("version", SettingKind::Text, false, Some("2.14")),
    ],
    triggers: &[
        Trigger { kind: "conversation_closed", fields: conversation![choice("closed_by", AUTHORS)] },
        Trigger { kind: "conversation_started", fields: conversation![field("text", FieldKind::Text)] },
        Trigger {
            kind: "conversation_replied",
            fields: conversation![choice("author", AUTHORS), field("text", FieldKind::Text)],
        },
        Trigger { kind: "conversation_assigned", fields: conversation![] },
        Trigger { kind: "conversation_rated", fields: conversation![] },
        Trigger { kind: "conversation_opened", fields: conversation![] },
    ],
    actions: &[
        Action {
            id: "contact",
            inputs: &[
                required("id", FieldKind::Text),
                field("external_id", FieldKind::Text),
                field("email", FieldKind::Text),
            ],
            idempotent: true,
        },
        Action {
            id: "conversation",
            inputs: &[required("id", FieldKind::Text), field("with_contact", FieldKind::Flag)],
            idempotent: true,
        },
        Action {
            id: "closed_since",
            inputs: &[required("since", FieldKind::Number), field("cursor", FieldKind::Text)],
            idempotent: true,
        },
        Action {
            id: "tag",
            inputs: &[
                required("conversation_id", FieldKind::Text),
                field("tag_id", FieldKind::Text),
                field("tag", FieldKind::Text),
                field("admin_id", FieldKind::Text),
            ],
            idempotent: true,
        },
        Action {
            id: "note",
            inputs: &[
                required("conversation_id", FieldKind::Text),
                required("text", FieldKind::Text),
                field("admin_id", FieldKind::Text),
            ],
            idempotent: false,
        },
        Action { id: "close", inputs: MANAGE, idempotent: true },
        Action { id: "open", inputs: MANAGE, idempotent: true },
        Action { id: "check", inputs: &[], idempotent: true },
    ],
    steps: &[
        ServiceStep { action: "tag", undo: None },
        ServiceStep { action: "note", undo: None },
        ServiceStep { action: "close", undo: Some(Undo { action: "open", expect: "closed" }) },
        ServiceStep { action: "open", undo: Some(Undo { action: "close", expect: "open" }) },
    ],
    // Counted in windows of ten seconds, the smallest seen being 167 (the usual one is ten times that): 15 steady and 15 at
    // once are 165 in any such window. Nobody is written to through Intercom, so there is no limit per person.
    limits: Limits { per_second: 15.0, burst: 15.0, recipient_burst: 1_000.0, recipient_interval_ms: 1 },
    sweep: Some(Sweep { action: "closed_since", minutes: 10 }),
    // One conversation with the parts that caused the event; e-mails in them are HTML.
    max_body: 4 * 1024 * 1024,
};
