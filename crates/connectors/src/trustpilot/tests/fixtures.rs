//! The payloads of the contract, verbatim: webhooks, and bodies of calls and answers.

/// Name and body of each webhook.
pub const HOOKS: &[(&str, &str)] = &[
    ("review_created", include_str!("../fixtures/review_created.json")),
    ("review_deleted", include_str!("../fixtures/review_deleted.json")),
    ("review_updated", include_str!("../fixtures/review_updated.json")),
];

/// Name and body of each request and answer.
pub const BODIES: &[(&str, &str)] = &[
    ("erase_older", include_str!("../fixtures/erase_older.json")),
    ("erase_people", include_str!("../fixtures/erase_people.json")),
    ("error_code", include_str!("../fixtures/error_code.json")),
    ("error_details", include_str!("../fixtures/error_details.json")),
    ("error_fault", include_str!("../fixtures/error_fault.json")),
    ("invitation", include_str!("../fixtures/invitation.json")),
    ("link", include_str!("../fixtures/link.json")),
    ("link_request", include_str!("../fixtures/link_request.json")),
    ("templates", include_str!("../fixtures/templates.json")),
    ("token", include_str!("../fixtures/token.json")),
    ("unit", include_str!("../fixtures/unit.json")),
];

/// One of them.
pub fn fixture(name: &str) -> &'static str {
    HOOKS.iter().chain(BODIES).find(|(n, _)| *n == name).map(|(_, body)| *body).expect("a fixture")
}

/// One of them, read.
pub fn json(name: &str) -> serde_json::Value {
    serde_json::from_str(fixture(name)).expect("JSON")
}
