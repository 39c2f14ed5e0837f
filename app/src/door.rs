//! The pages' door: how a server function learns who asks, and how errors travel to the browser.
//!
//! A server function is at most five lines: `let cx = cx()?;` → one `services` call → its answer. It decides nothing.

use domain::{ApiError, ErrorCode};
#[cfg(feature = "ssr")]
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// An error of a server function: a code with arguments, worded by the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fault(pub ApiError);

/// What a server function answers.
pub type Answer<T> = Result<T, Fault>;

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
impl std::error::Error for Fault {}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Fault(match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => ApiError::new(ErrorCode::Offline),
            ServerFnErrorErr::Args(why)
            | ServerFnErrorErr::MissingArg(why)
            | ServerFnErrorErr::Deserialization(why) => ApiError::new(ErrorCode::BadRequest).arg("reason", why),
            _ => ApiError::new(ErrorCode::Internal),
        })
    }
}

/// Who asks, found by the server before the page or function runs; in the extensions of the request.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct Caller(pub Result<services::Cx, ApiError>);

/// The context of this request.
#[cfg(feature = "ssr")]
pub fn cx() -> Answer<services::Cx> {
    let caller = use_context::<http::request::Parts>().and_then(|parts| parts.extensions.get::<Caller>().cloned());
    caller.map_or(Err(ApiError::new(ErrorCode::Unauthenticated)), |caller| caller.0).map_err(fault)
}

/// The browser session of this request.
#[cfg(feature = "ssr")]
pub fn session_id() -> Option<services::accounts::sessions::Id> {
    let session =
        use_context::<http::request::Parts>()?.extensions.get::<services::accounts::sessions::Session>().cloned();
    session.and_then(|session| session.id())
}

/// An error with its HTTP status set on the response.
#[cfg(feature = "ssr")]
fn fault(error: ApiError) -> Fault {
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(error.code.http_status()))
    {
        response.set_status(status);
    }
    Fault(error)
}

#[cfg(feature = "ssr")]
impl From<services::Error> for Fault {
    fn from(error: services::Error) -> Self {
        fault(error.into_api())
    }
}
