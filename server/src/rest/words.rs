//! English words of errors, for people who read answers of REST. Programs read the code.

use domain::{ApiError, ErrorCode};

/// Short title of a code.
pub fn title(code: ErrorCode) -> String {
    let words = code.as_str().replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What happened, what is safe, what to do.
pub fn detail(error: &ApiError) -> String {
    let arg = |name: &str| error.args.get(name).cloned().unwrap_or_default();
    let sentence = match error.code {
        ErrorCode::Unauthenticated => {
            "Give a valid API key as `Authorization: Bearer …`, or sign the webhook.".to_owned()
        }
        ErrorCode::Forbidden => format!("The key or role lacks `{}`. Nothing was changed.", arg("permission")),
        ErrorCode::NotFound => "It is not there, or it is not yours.".to_owned(),
        ErrorCode::BadRequest => format!("The request cannot be read: {}. Nothing was changed.", arg("reason")),
        ErrorCode::Required => "This field is required.".to_owned(),
        ErrorCode::TooLong => format!("At most {} characters.", arg("max")),
        ErrorCode::OutOfRange => format!("Must be between {} and {}.", arg("min"), arg("max")),
        ErrorCode::PrivateAddress => {
            "This address is not called: it must be https on the open internet. Nothing was saved.".to_owned()
        }
        ErrorCode::PayloadGone => {
            "What came with this event was deleted when its time was over. Nothing was changed.".to_owned()
        }
        ErrorCode::NotAllowed => "The value is not one of those allowed here.".to_owned(),
        ErrorCode::Stale => {
            "Somebody changed it meanwhile. Load it again and repeat the change with the new `rev`.".to_owned()
        }
        ErrorCode::ContactMerged => {
            format!("This card went into the contact {}. Nothing was changed; write to that one.", arg("id"))
        }
        ErrorCode::TooLate => format!("It can be undone within {} days only. Nothing was changed.", arg("days")),
        ErrorCode::AlreadyExists => format!("There is one already ({}). Nothing was changed.", arg("what")),
        ErrorCode::TransitionNotAllowed => format!("An order cannot go from `{}` to `{}`.", arg("from"), arg("to")),
        ErrorCode::ReasonRequired => "This step needs a reason.".to_owned(),
        ErrorCode::AmountTooLarge => "The amount does not fit. Nothing was changed.".to_owned(),
        ErrorCode::AnsweredMeanwhile => {
            format!("{} has answered since the message in `after`. Nothing was sent.", arg("name"))
        }
        ErrorCode::WindowClosed => "The channel's 24 hours are over; only an approved template can be sent.".to_owned(),
        ErrorCode::FileTooLarge => format!("The body is larger than {} bytes.", arg("max_bytes")),
        ErrorCode::IdempotencyMismatch => "This Idempotency-Key belongs to another request.".to_owned(),
        ErrorCode::IdempotencyInProgress => "The first request with this Idempotency-Key is still running.".to_owned(),
        ErrorCode::StorageUnavailable => {
            "The database does not answer. Nothing was stored; repeat the request later.".to_owned()
        }
        ErrorCode::Internal => {
            format!("Something broke on our side (reference {}). The log says more.", arg("reference"))
        }
        ErrorCode::BadEmail => "This is not an e-mail address.".to_owned(),
        ErrorCode::BadPhone => {
            "This is not a phone number; write it with the country, like +7 913 204-45-67.".to_owned()
        }
        ErrorCode::WeakPassword => {
            format!("The password needs at least {} characters and must not be your e-mail.", arg("min"))
        }
        ErrorCode::CommonPassword => "This password is one of those that are tried first; take another one.".to_owned(),
        ErrorCode::LowContrast => {
            format!("This colour cannot be read on the dark surfaces; {} can.", arg("nearest"))
        }
        ErrorCode::BadImage => {
            format!("This is no PNG, JPEG or WebP picture, or larger than {} pixels on a side.", arg("max"))
        }
        ErrorCode::BadHost => "This cannot be an address of its own; write it like pult.example.com.".to_owned(),
        ErrorCode::EmailTaken => "Somebody signs in with this e-mail already.".to_owned(),
        ErrorCode::WrongCredentials => "E-mail or password is wrong.".to_owned(),
        ErrorCode::TooManyAttempts | ErrorCode::RateLimited => {
            format!("Too many requests; try again in {} seconds.", arg("seconds"))
        }
        ErrorCode::SecondFactorMissing => "The organisation demands a second factor of its members.".to_owned(),
        ErrorCode::CodeWrong => "The code is wrong.".to_owned(),
        ErrorCode::CodeUsed => "The code was used already.".to_owned(),
        ErrorCode::LinkInvalid => "The link was used already, is too old, or was never made.".to_owned(),
        ErrorCode::Deactivated => "This member is deactivated in the organisation.".to_owned(),
        ErrorCode::CurrencyMismatch => {
            "All prices of one order must be in the currency of the organisation.".to_owned()
        }
        ErrorCode::ProductInactive => "This item of the catalogue is switched off.".to_owned(),
        ErrorCode::ConnectionUnavailable => {
            "The connection is switched off or gone; nothing can be sent over it.".to_owned()
        }
        ErrorCode::NobodyNamed => "There is neither a phone nor an e-mail to know the client by.".to_owned(),
        ErrorCode::NoChannel => "There is no channel that reaches this contact.".to_owned(),
        ErrorCode::RuleInvalid => "The rule has problems and cannot be published; its draft lists them.".to_owned(),
        ErrorCode::LastOwner => "The last owner of an organisation stays its owner.".to_owned(),
        ErrorCode::LastWayIn => "This is the last way to sign in; add a password or another one first.".to_owned(),
        ErrorCode::JobState => "The job is not in a state where this is possible. Nothing was changed.".to_owned(),
        ErrorCode::UnknownProvider => "There is no provider of this name.".to_owned(),
        ErrorCode::Offline => "Pult could not be reached.".to_owned(),
    };
    match &error.field {
        Some(field) => format!("{field}: {sentence}"),
        None => sentence,
    }
}
