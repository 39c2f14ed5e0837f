//! The language of the page: which texts are shown, and switching them without a reload.
//! Owns the language context and the text of an error; must not hold texts themselves (that is the `texts` crate).
//!
//! In a component: `let t = use_texts();` then `t.orders_title()`: a plain `String`, no closure needed, because
//! [`Localised`] builds its children anew when the language changes.

use crate::ui::Each;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos_meta::Html;
use std::sync::Arc;
use texts::{Language, Texts};

#[derive(Clone, Copy)]
struct CurrentLanguage(RwSignal<Language>);

/// Makes `initial` the language of everything below; call once in the shell.
pub fn provide_language(initial: Language) {
    provide_context(CurrentLanguage(RwSignal::new(initial)));
}

/// The current language.
pub fn use_language() -> Language {
    use_context::<CurrentLanguage>().map(|language| language.0.get_untracked()).unwrap_or_default()
}

/// The texts of the current language. `Copy`, so closures may capture it.
pub fn use_texts() -> Texts {
    texts::load(use_language())
}

/// A function that switches the language of the whole page at once. Call this in the body of a component, the result
/// in an event handler; keeping the choice (cookie, profile) is the caller's work.
pub fn use_set_language() -> impl Fn(Language) + Copy + Send + Sync + 'static {
    let current = use_context::<CurrentLanguage>();
    move |language| {
        if let Some(current) = current {
            current.0.set(language);
        }
    }
}

/// Everything inside is built anew when the language changes. Wrap the routes in it, once.
#[component]
pub fn Localised(children: ChildrenFn) -> impl IntoView {
    let current = use_context::<CurrentLanguage>().map(|language| language.0);
    let code = move || current.map(|language| language.get()).unwrap_or_default().code();
    let keys = Signal::derive(move || vec![code().to_owned()]);
    view! {
        <Html attr:lang=move || code() />
        <Each keys=keys item=Arc::new(move |_| children()) />
    }
}

/// What an error says to a person. Every code has its own text; a new code does not compile until it has one.
pub fn error_text(t: Texts, error: &ApiError) -> String {
    use ErrorCode::*;
    let arg = |name: &str| error.args.get(name).cloned().unwrap_or_default();
    match error.code {
        Unauthenticated => t.error_unauthenticated(),
        Forbidden => t.error_forbidden(),
        NotFound => t.error_not_found(),
        BadRequest => t.error_bad_request(arg("reason")),
        Required => t.error_required(),
        TooLong => t.error_too_long(arg("max")),
        OutOfRange => t.error_out_of_range(arg("min"), arg("max")),
        NotAllowed => t.error_not_allowed(),
        PayloadGone => t.error_payload_gone(),
        PrivateAddress => t.error_private_address(),
        BadEmail => t.error_bad_email(),
        BadPhone => t.error_bad_phone(),
        WeakPassword => t.error_weak_password(arg("min")),
        CommonPassword => t.error_common_password(),
        LowContrast => t.error_low_contrast(arg("nearest")),
        BadImage => t.error_bad_image(arg("max")),
        BadHost => t.error_bad_host(),
        EmailTaken => t.error_email_taken(),
        WrongCredentials => t.error_wrong_credentials(),
        SecondFactorMissing => t.error_second_factor_missing(),
        CodeWrong => t.error_code_wrong(),
        CodeUsed => t.error_code_used(),
        TooManyAttempts => t.error_too_many_attempts(arg("seconds")),
        LinkInvalid => t.error_link_invalid(),
        Deactivated => t.error_deactivated(),
        Stale => t.error_stale(),
        ContactMerged => t.error_contact_merged(),
        TooLate => t.error_too_late(arg("days")),
        AlreadyExists => t.error_already_exists(),
        TransitionNotAllowed => {
            let word = |name| {
                arg(name).parse().map_or_else(|_| arg(name), |status| crate::pages::orders::status_text(t, status))
            };
            t.error_transition_not_allowed(word("from"), word("to"))
        }
        ReasonRequired => t.error_reason_required(),
        AmountTooLarge => t.error_amount_too_large(),
        CurrencyMismatch => t.error_currency_mismatch(),
        ProductInactive => t.error_product_inactive(),
        WindowClosed => t.error_window_closed(),
        AnsweredMeanwhile => t.error_answered_meanwhile(arg("name")),
        ConnectionUnavailable => t.error_connection_unavailable(),
        NoChannel => t.error_no_channel(),
        NobodyNamed => t.error_nobody_named(),
        RuleInvalid => t.error_rule_invalid(arg("count")),
        LastOwner => t.error_last_owner(),
        LastWayIn => t.error_last_way_in(),
        JobState => t.error_job_state(),
        FileTooLarge => {
            let bytes = arg("max_bytes").parse().unwrap_or(0);
            t.error_file_too_large(crate::format::Format::new(t, use_language(), 0).file_size(bytes))
        }
        IdempotencyMismatch => t.error_idempotency_mismatch(),
        IdempotencyInProgress => t.error_idempotency_in_progress(),
        UnknownProvider => t.error_unknown_provider(),
        RateLimited => t.error_rate_limited(arg("seconds")),
        StorageUnavailable => t.error_storage_unavailable(),
        Offline => t.error_offline(),
        Internal => match error.args.get("reference") {
            Some(reference) => t.error_internal_reference(reference),
            None => t.error_internal(),
        },
    }
}
