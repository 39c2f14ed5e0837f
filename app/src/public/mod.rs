//! Public pages, rendered on the server only, without the application: light in bytes, whole without JavaScript.
//!
//! Every function here takes what it shows and answers a finished [`Document`]; it loads and decides nothing. The forms
//! post to `/auth/…` (`server/src/auth.rs`), and come back with what was typed and the errors on their fields.

mod account;
mod document;
mod form;
mod landing;
mod letters;
mod message;
mod outside;
mod picture;
mod second_factor;

pub use account::{NewOrganisationForm, SignInForm, SignInNote, SignUpForm, new_organisation, sign_in, sign_up};
pub use document::{Document, Visit};
pub use form::Errors;
pub use landing::landing;
pub use letters::{JoinAs, JoinForm, confirm, forgot, join, reset};
pub use message::{confirmed, deactivated, failed, link_invalid, not_found, sent};
pub use outside::{Outside, Trouble, Vouched, forgotten, provider_failed, provider_go};
pub use second_factor::{FactorStage, recovery_codes, second_factor, sign_in_code};

/// Cookie that remembers the language chosen before the sign-in.
pub const LANGUAGE_COOKIE: &str = "pult_lang";

/// Which link of a letter does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// New password.
    Reset,
    /// Invitation.
    Join,
    /// Confirmation of an address.
    Confirm,
}
