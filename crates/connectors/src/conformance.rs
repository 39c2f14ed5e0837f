//! The suite every connector must pass. A connector's tests call [`run`] with good settings, the provider's own
//! payloads and a function that signs as the provider does; a broken rule panics with the rule's name and the case.
//! Nothing here knows a provider.

mod calls;
mod fuzz;
mod hooks;

use crate::{ActionCall, Connector, Settings};
use http::HeaderMap;

/// The suite's time; a scheme that signs the time signs this one.
pub const NOW_MS: i64 = 1_789_600_000_000;

/// What the suite needs to know about a provider.
pub struct Suite<'a> {
    pub connector: &'a dyn Connector,
    /// Good settings with every secret filled in.
    pub settings: Settings,
    /// Names of the settings that hold the provider's addresses; the suite points them at its own server.
    pub base_urls: &'a [&'a str],
    /// Name and body of every payload of the contract.
    pub fixtures: &'a [(&'a str, &'a str)],
    /// Headers of a webhook with this body, signed as the provider signs.
    pub sign: fn(&Settings, &[u8]) -> HeaderMap,
    /// A good call for every declared action.
    pub calls: Vec<ActionCall>,
    /// The provider's error answer with this text in it.
    pub error: fn(&str) -> (u16, String),
}

/// What a provider's contract lacks, so that the rule about it cannot hold as it stands.
#[derive(Default)]
pub struct Lacks<'a> {
    /// Nothing is signed: the secret address is the only proof, and that is not the connector's to check.
    pub signature: bool,
    /// Actions whose good answer says nothing but its status.
    pub answers: &'a [&'a str],
}

/// Runs every rule.
///
/// # Panics
/// When the connector breaks one.
pub async fn run(suite: &Suite<'_>) {
    run_without(suite, &Lacks::default()).await;
}

/// Runs every rule a provider with these gaps can keep.
///
/// # Panics
/// When the connector breaks one.
pub async fn run_without(suite: &Suite<'_>, lacks: &Lacks<'_>) {
    declared(suite);
    match lacks.signature {
        true => hooks::unsigned_calls_are_read(suite),
        false => hooks::unverified_calls_are_refused(suite),
    }
    hooks::fixtures_are_read_the_same_twice(suite);
    hooks::garbage_is_malformed(suite);
    hooks::changed_payloads_never_panic(suite);
    fuzz::torn_payloads_never_panic(suite);
    calls::every_action_exists(suite).await;
    calls::failures_are_classified(suite, lacks.answers).await;
    calls::broken_connections_are_classified(suite).await;
    calls::secrets_stay_secret(suite).await;
}

/// The description is whole: unique names, sensible limits, a call for every action, `check` among them.
fn declared(suite: &Suite<'_>) {
    let spec = suite.connector.spec();
    let unique = |names: Vec<&str>, what: &str| {
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), names.len(), "{}: {what} are not unique", spec.id);
    };
    unique(spec.settings.iter().map(|s| s.name).collect(), "settings");
    unique(spec.triggers.iter().map(|t| t.kind).collect(), "triggers");
    unique(spec.actions.iter().map(|a| a.id).collect(), "actions");
    assert!(spec.actions.iter().any(|a| a.id == "check"), "{}: no action check", spec.id);
    assert!(spec.limits.per_second > 0.0 && spec.limits.burst >= 1.0, "{}: limits", spec.id);
    assert!(spec.max_body > 0, "{}: largest body", spec.id);
    for action in spec.actions {
        assert!(suite.calls.iter().any(|call| call.action == action.id), "no call for {}", action.id);
    }
    for step in spec.steps {
        let action = |id: &str| spec.actions.iter().find(|action| action.id == id);
        assert!(action(step.action).is_some(), "no action {}", step.action);
        let Some(undo) = step.undo else { continue };
        let back = action(undo.action).unwrap_or_else(|| panic!("no action {}", undo.action));
        assert!(back.inputs.iter().any(|input| input.name == "expect"), "{} does not look first", back.id);
    }
    for call in &suite.calls {
        assert!(spec.actions.iter().any(|action| action.id == call.action), "{} is not declared", call.action);
    }
    for name in suite.base_urls {
        assert!(spec.settings.iter().any(|setting| setting.name == *name), "no setting {name}");
    }
}
