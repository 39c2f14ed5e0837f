//! What a webhook connection is and can do, as data for the wizard, the rule constructor and the limits of sending.

use crate::{Action, Field, FieldKind, Limits, Setting, SettingKind, Spec, Trigger};

const fn setting(name: &'static str, kind: SettingKind) -> Setting {
    Setting { name, kind, required: false, default: None }
}

/// Static description of the connector.
pub static SPEC: Spec = Spec {
    id: "webhook",
    name: "Webhook",
    channel: None,
    settings: &[
        // Signs what we send, and proves what comes where a header is named below.
        setting("secret", SettingKind::Generated),
        // Header with the signature every call must carry; `webhook-signature` means the scheme of Standard Webhooks.
        // Left empty, the secret address is the proof.
        setting("signature_header", SettingKind::Text),
        // Where in a body the sender's own number of the event stands (`event.id`).
        setting("id_field", SettingKind::Text),
        // Where we send to; needed for sending only.
        setting("url", SettingKind::Url),
    ],
    // What comes is up to the sender: its fields are learnt.
    triggers: &[Trigger { kind: "received", fields: &[] }],
    actions: &[
        // Sends `endpoint.test` where there is an address to send to.
        Action { id: "check", inputs: &[], idempotent: true },
        // The receiver recognises a repeat by the id of the call.
        Action {
            id: "call",
            inputs: &[
                Field { name: "type", kind: FieldKind::Text, required: true, choices: &[] },
                Field { name: "at_ms", kind: FieldKind::Date, required: true, choices: &[] },
                Field { name: "data", kind: FieldKind::Object, required: true, choices: &[] },
            ],
            idempotent: true,
        },
    ],
    // Somebody's own server, which says itself when it is too much.
    steps: &[],
    limits: Limits { per_second: 5_000.0, burst: 5_000.0, recipient_burst: 5_000.0, recipient_interval_ms: 1 },
    sweep: None,
    max_body: 1024 * 1024,
};
