//! The pages' door: how a server function learns who asks, and how errors travel to the browser.
//!
//! A server function is at most five lines: `let cx = cx()?;` → one `services` call → its answer. It decides nothing.

use domain::{ApiError, ErrorCode};
#[cfg(feature = "ssr")]
use leptos::prelude::*;
use leptos::server_fn::codec::Post;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType, Http};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Serialize};

/// How arguments and answers travel: the `protocol` of every server function.
pub type Door = Http<Post<Json>, Post<Json>>;

/// JSON, read from text as a page reads the data it came with: one reader per type in the browser instead of two.
pub struct Json;

impl ContentType for Json {
    const CONTENT_TYPE: &'static str = "application/json";
}
impl FormatType for Json {
    const FORMAT_TYPE: Format = Format::Text;
}
impl<T: Serialize> Encodes<T> for Json {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<bytes::Bytes, serde_json::Error> {
        Ok(serde_json::to_vec(output)?.into())
    }
}
impl<T: DeserializeOwned> Decodes<T> for Json {
    type Error = serde_json::Error;

    fn decode(bytes: bytes::Bytes) -> Result<T, serde_json::Error> {
        serde_json::from_str(std::str::from_utf8(&bytes).map_err(serde_json::Error::custom)?)
    }
}

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
    type Encoder = Json;

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
