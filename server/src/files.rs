//! Files: upload from pages, and serving with headers that let no stored file act as a page of ours.

use crate::guard::problem;
use crate::state::AppState;
use app::door::Caller;
use axum::body::Body;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use domain::ids::FileId;
use domain::{ApiError, ErrorCode};
use http::{HeaderValue, header};
use services::files;

const CROSS_ORIGIN_RESOURCE_POLICY: header::HeaderName =
    header::HeaderName::from_static("cross-origin-resource-policy");

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route("/api/files", post(upload)).route("/files/{id}", get(download))
}

async fn upload(Extension(Caller(caller)): Extension<Caller>, form: Multipart) -> Response {
    let cx = match caller {
        Ok(cx) => cx,
        Err(error) => return problem(error),
    };
    let (name, bytes) = match sent_file(form).await {
        Ok(sent) => sent,
        Err(error) => return problem(error),
    };
    match files::upload(&cx, &name, &bytes).await {
        Ok(view) => Json(view).into_response(),
        Err(error) => problem(error.into_api()),
    }
}

/// The file of a form: its name and bytes.
pub async fn sent_file(mut form: Multipart) -> Result<(String, bytes::Bytes), ApiError> {
    let unreadable = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => ApiError::new(ErrorCode::FileTooLarge).arg("max_bytes", files::MAX_BYTES),
        _ => ApiError::new(ErrorCode::BadRequest).arg("reason", error.body_text()),
    };
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Err(ApiError::new(ErrorCode::Required).field("file")),
            Err(error) => return Err(unreadable(error)),
        };
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        return Ok((name, field.bytes().await.map_err(unreadable)?));
    }
}

async fn download(Extension(Caller(caller)): Extension<Caller>, Path(id): Path<FileId>) -> Response {
    let opened = match caller {
        Ok(cx) => files::open(&cx, id).await.map_err(services::Error::into_api),
        Err(error) => Err(error),
    };
    let (view, path) = match opened {
        Ok(opened) => opened,
        Err(error) => return problem(error),
    };
    let Ok(file) = tokio::fs::File::open(&path).await else { return problem(ApiError::new(ErrorCode::NotFound)) };
    let mut response = Body::from_stream(tokio_util::io::ReaderStream::new(file)).into_response();
    let headers = response.headers_mut();
    let encoded = crate::caller::encode(&view.name);
    let disposition = format!("{}; filename*=UTF-8''{}", files::disposition(&view.mime), encoded.replace('/', "%2F"));
    for (name, value) in [
        (header::CONTENT_TYPE, HeaderValue::from_str(&view.mime).ok()),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).ok()),
        (CROSS_ORIGIN_RESOURCE_POLICY, Some(HeaderValue::from_static("same-origin"))),
        (header::CONTENT_LENGTH, Some(HeaderValue::from(view.size))),
        (header::CACHE_CONTROL, Some(HeaderValue::from_static("private, max-age=86400, immutable"))),
    ] {
        if let Some(value) = value {
            headers.insert(name, value);
        }
    }
    response
}
