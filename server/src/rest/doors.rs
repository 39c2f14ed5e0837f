//! What every handler uses: who asks, reading bodies and queries with clear errors, answering, and creating once.

use crate::guard::problem;
use crate::state::AppState;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::response::{IntoResponse, Response};
use domain::{ApiError, ErrorCode};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use services::{Cx, accounts, rest};

/// An error as problem details.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    r#type: String,
    title: String,
    status: u16,
    /// Stable code.
    code: String,
    /// One sentence for people.
    detail: String,
    /// The input field it belongs to.
    field: Option<String>,
}

/// An error on its way out.
#[derive(Debug)]
pub struct Fault(ApiError);

impl From<services::Error> for Fault {
    fn from(error: services::Error) -> Self {
        Fault(error.into_api())
    }
}
impl From<ApiError> for Fault {
    fn from(error: ApiError) -> Self {
        Fault(error)
    }
}
impl From<ErrorCode> for Fault {
    fn from(code: ErrorCode) -> Self {
        Fault(ApiError::new(code))
    }
}
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        problem(self.0)
    }
}

/// What handlers answer.
pub type Answer<T> = Result<Json<T>, Fault>;

/// The caller, by API key.
pub struct Key(pub Cx);

impl FromRequestParts<AppState> for Key {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let key = value.strip_prefix("Bearer ").ok_or(ErrorCode::Unauthenticated)?;
        Ok(Key(accounts::keys::authenticate_key(&state.app, key.trim()).await?))
    }
}

/// Query parameters with a clear error.
pub struct Filter<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Filter<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|q| Filter(q.0)).map_err(|e| ApiError::new(ErrorCode::BadRequest).arg("reason", e.body_text()).into())
    }
}

/// An id in the path; one that is none leads nowhere.
pub struct Id<T>(pub T);

impl<T: std::str::FromStr> FromRequestParts<AppState> for Id<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        let path =
            axum::extract::Path::<String>::from_request_parts(parts, state).await.map_err(|_| ErrorCode::NotFound)?;
        path.0.parse().map(Id).map_err(|_| ErrorCode::NotFound.into())
    }
}

/// Two ids of an address.
pub struct Ids<A, B>(pub A, pub B);

impl<A: std::str::FromStr, B: std::str::FromStr> FromRequestParts<AppState> for Ids<A, B> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        let path = axum::extract::Path::<(String, String)>::from_request_parts(parts, state).await;
        let (first, second) = path.map_err(|_| ErrorCode::NotFound)?.0;
        Ok(Self(first.parse().map_err(|_| ErrorCode::NotFound)?, second.parse().map_err(|_| ErrorCode::NotFound)?))
    }
}

/// A JSON body, with the raw bytes for the idempotency key.
pub struct Body<T> {
    pub input: T,
    hash: String,
    key: Option<String>,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, state: &AppState) -> Result<Self, Fault> {
        let key = request.headers().get("idempotency-key").map(|v| v.to_str().unwrap_or("\u{7f}").to_owned());
        let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
        let bytes = Bytes::from_request(request, state).await.map_err(|e| match e.status() {
            StatusCode::PAYLOAD_TOO_LARGE => ApiError::new(ErrorCode::FileTooLarge).arg("max_bytes", 1024 * 1024),
            _ => ApiError::new(ErrorCode::BadRequest).arg("reason", e.body_text()),
        })?;
        // A list would be read as the fields in their order, which nobody means.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err(ApiError::new(ErrorCode::BadRequest).arg("reason", "the body must be a JSON object").into());
        }
        let input =
            serde_json::from_slice(&bytes).map_err(|e| ApiError::new(ErrorCode::BadRequest).arg("reason", e))?;
        Ok(Body { input, hash: rest::request_hash(&method, &path, &bytes), key })
    }
}

impl<T> Body<T> {
    /// Creates once per `Idempotency-Key`; answers 201, or the first answer again.
    pub async fn create<V, F>(self, cx: Cx, work: impl FnOnce(Cx, T) -> F + Send + 'static) -> Result<Response, Fault>
    where
        T: Send + 'static,
        V: Serialize,
        F: Future<Output = services::Result<V>> + Send + 'static,
    {
        let inner = cx.clone();
        let job = work(inner, self.input);
        let done = rest::once(&cx, self.key.as_deref(), &self.hash, async move {
            let view = job.await?;
            Ok((201, serde_json::to_string(&view).map_err(anyhow_error)?))
        })
        .await?;
        let status = StatusCode::from_u16(done.status).unwrap_or(StatusCode::CREATED);
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], done.body).into_response();
        if done.replayed {
            response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
        }
        Ok(response)
    }
}

fn anyhow_error(error: serde_json::Error) -> services::Error {
    services::Error::Internal(anyhow::Error::from(error))
}

/// An address under `/api/v1` that does not exist.
pub async fn unknown() -> Fault {
    ErrorCode::NotFound.into()
}
