//! Errors as the outside sees them: a stable code, arguments for the text, and the field they belong to.
//! Prose is made by whoever shows the error; nothing here is meant for a person to read.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A stored or received text that is none of the known values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {kind}")]
pub struct BadText {
    kind: &'static str,
    text: String,
}

impl BadText {
    /// For conversions of this crate; long texts are cut.
    pub fn of(kind: &'static str, text: &str) -> Self {
        Self { kind, text: text.chars().take(80).collect() }
    }
}

crate::macros::text_enum! {
    /// What went wrong, as a stable code. The interface has a text for each; REST sends it as `code`.
    pub enum ErrorCode {
        /// No or expired sign-in.
        Unauthenticated = "unauthenticated",
        /// Signed in, but the role or scope does not include this.
        Forbidden = "forbidden",
        /// Not there, or not yours.
        NotFound = "not_found",
        /// Input could not be read at all (`reason`).
        BadRequest = "bad_request",
        /// A field is empty that must not be.
        Required = "required",
        /// A field is longer than `max` characters.
        TooLong = "too_long",
        /// A number or date is outside `min`–`max`.
        OutOfRange = "out_of_range",
        /// Not one of the allowed values.
        NotAllowed = "not_allowed",
        /// An address calls do not go to: not https, or inside a private network.
        PrivateAddress = "private_address",
        /// Not an e-mail address.
        BadEmail = "bad_email",
        /// Not a phone number.
        BadPhone = "bad_phone",
        /// Password shorter than `min` characters, or as good as the e-mail.
        WeakPassword = "weak_password",
        /// One of the passwords that are tried first.
        CommonPassword = "common_password",
        /// A colour that cannot be read on our surfaces; `nearest` can.
        LowContrast = "low_contrast",
        /// No picture that is shown, or larger than `max` on a side.
        BadImage = "bad_image",
        /// No address an organisation could have of its own.
        BadHost = "bad_host",
        /// The e-mail is already in use.
        EmailTaken = "email_taken",
        /// E-mail or password is wrong.
        WrongCredentials = "wrong_credentials",
        /// The organisation demands a second factor, and this person has none.
        SecondFactorMissing = "second_factor_missing",
        /// The code of the second factor is wrong.
        CodeWrong = "code_wrong",
        /// This code was taken already.
        CodeUsed = "code_used",
        /// Too many attempts; try again after `seconds`.
        TooManyAttempts = "too_many_attempts",
        /// The link is used up, expired or wrong.
        LinkInvalid = "link_invalid",
        /// The account is deactivated in this organisation.
        Deactivated = "deactivated",
        /// Somebody changed it meanwhile; load again.
        Stale = "stale",
        /// This card went into another one (`id`); changes belong there.
        ContactMerged = "contact_merged",
        /// It can no longer be undone: more than `days` days have passed.
        TooLate = "too_late",
        /// What came with this event was deleted when its time was over.
        PayloadGone = "payload_gone",
        /// Already exists (`what`).
        AlreadyExists = "already_exists",
        /// A step of the order that is not allowed from `from` to `to`.
        TransitionNotAllowed = "transition_not_allowed",
        /// The step needs a reason.
        ReasonRequired = "reason_required",
        /// A sum does not fit.
        AmountTooLarge = "amount_too_large",
        /// All prices of one order must be in one currency.
        CurrencyMismatch = "currency_mismatch",
        /// The catalogue item is switched off.
        ProductInactive = "product_inactive",
        /// The channel's window is closed: only a template can be sent.
        WindowClosed = "window_closed",
        /// A colleague (`name`) has answered the client meanwhile; nothing was sent.
        AnsweredMeanwhile = "answered_meanwhile",
        /// The connection is paused or needs a new sign-in.
        ConnectionUnavailable = "connection_unavailable",
        /// No channel to reach this contact.
        NoChannel = "no_channel",
        /// Neither a phone nor an e-mail to know a client by.
        NobodyNamed = "nobody_named",
        /// The last owner cannot be removed or lowered.
        LastOwner = "last_owner",
        /// The last way to sign in cannot be taken away.
        LastWayIn = "last_way_in",
        /// The job is not in a state where this is possible.
        JobState = "job_state",
        /// The rule has `count` problems and cannot be published; `at` is where the first one is.
        RuleInvalid = "rule_invalid",
        /// The file is larger than `max_bytes`.
        FileTooLarge = "file_too_large",
        /// The same idempotency key came with another request.
        IdempotencyMismatch = "idempotency_mismatch",
        /// The same idempotency key is being worked on right now.
        IdempotencyInProgress = "idempotency_in_progress",
        /// The provider is unknown.
        UnknownProvider = "unknown_provider",
        /// Too many requests for this key; try after `seconds`.
        RateLimited = "rate_limited",
        /// The database does not answer or the disk is full; nothing was stored.
        StorageUnavailable = "storage_unavailable",
        /// The browser could not reach Pult.
        Offline = "offline",
        /// Something broke on our side; the log has it under `reference`.
        Internal = "internal",
    }
}

/// An error with its arguments, ready to cross a door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}{}{}", field.as_deref().map(|f| format!(" in {f}")).unwrap_or_default(), if args.is_empty() { String::new() } else { format!(" {args:?}") })]
pub struct ApiError {
    /// The stable code.
    pub code: ErrorCode,
    /// Values for the text, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// The input field it belongs to, as a dotted path (`items.0.quantity`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl ApiError {
    /// An error of that code, without arguments.
    pub fn new(code: ErrorCode) -> Self {
        Self { code, args: BTreeMap::new(), field: None }
    }
    /// The same error with one more argument.
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
    /// The same error, placed on an input field.
    pub fn field(mut self, path: impl Into<String>) -> Self {
        self.field = Some(path.into());
        self
    }
}

impl ErrorCode {
    /// The HTTP status that carries this code.
    pub const fn http_status(self) -> u16 {
        use ErrorCode::*;
        match self {
            Unauthenticated | WrongCredentials => 401,
            Forbidden | Deactivated | SecondFactorMissing => 403,
            NotFound | UnknownProvider | LinkInvalid => 404,
            Stale
            | AnsweredMeanwhile
            | ContactMerged
            | TooLate
            | PayloadGone
            | AlreadyExists
            | EmailTaken
            | TransitionNotAllowed
            | LastOwner
            | LastWayIn
            | JobState
            | IdempotencyInProgress => 409,
            BadRequest => 400,
            FileTooLarge => 413,
            TooManyAttempts | RateLimited => 429,
            StorageUnavailable | Offline => 503,
            Internal => 500,
            Required
            | TooLong
            | OutOfRange
            | NotAllowed
            | PrivateAddress
            | BadEmail
            | BadPhone
            | WeakPassword
            | CommonPassword
            | LowContrast
            | BadImage
            | BadHost
            | CodeWrong
            | CodeUsed
            | ReasonRequired
            | AmountTooLarge
            | CurrencyMismatch
            | ProductInactive
            | WindowClosed
            | ConnectionUnavailable
            | NoChannel
            | NobodyNamed
            | RuleInvalid
            | IdempotencyMismatch => 422,
        }
    }
}
