//! The payloads of the contract, verbatim where it has them, and those it describes.

/// Name and body of each webhook.
pub const ALL: &[(&str, &str)] = &[
    ("assigned", include_str!("../fixtures/assigned.json")),
    ("closed", include_str!("../fixtures/closed.json")),
    ("closed_by_bot", include_str!("../fixtures/closed_by_bot.json")),
    ("closed_v1", include_str!("../fixtures/closed_v1.json")),
    ("contact_created", include_str!("../fixtures/contact_created.json")),
    ("contact_unsubscribed", include_str!("../fixtures/contact_unsubscribed.json")),
    ("created", include_str!("../fixtures/created.json")),
    ("deleted", include_str!("../fixtures/deleted.json")),
    ("noted", include_str!("../fixtures/noted.json")),
    ("opened", include_str!("../fixtures/opened.json")),
    ("ping", include_str!("../fixtures/ping.json")),
    ("rated", include_str!("../fixtures/rated.json")),
    ("replied", include_str!("../fixtures/replied.json")),
    ("replied_by_admin", include_str!("../fixtures/replied_by_admin.json")),
    ("replied_by_bot", include_str!("../fixtures/replied_by_bot.json")),
    ("snoozed", include_str!("../fixtures/snoozed.json")),
];

/// Answers of the API.
pub const ME: &str = include_str!("../fixtures/answer_me.json");
pub const CONVERSATION: &str = include_str!("../fixtures/answer_conversation.json");
pub const CONTACT: &str = include_str!("../fixtures/answer_contact.json");
pub const SEARCH: &str = include_str!("../fixtures/answer_search.json");
pub const ERROR: &str = include_str!("../fixtures/answer_error.json");

/// One of the webhooks.
pub fn fixture(name: &str) -> &'static str {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, body)| *body).expect("a fixture")
}
