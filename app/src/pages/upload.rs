//! Sending a file from the browser to the server. Owns the request; must not know where the file belongs.

use domain::views::FileView;
use domain::{ApiError, ErrorCode};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Largest file taken, as the server takes it.
pub const MAX_BYTES: u64 = 16 << 20;

/// Uploads a file; afterwards it lies under `/files/{id}`.
pub async fn upload(file: &web_sys::File) -> Result<FileView, ApiError> {
    upload_to("/api/files", file).await
}

/// Uploads a file to a place of its own.
pub async fn upload_to(place: &str, file: &web_sys::File) -> Result<FileView, ApiError> {
    let broken = |_| ApiError::new(ErrorCode::Internal);
    let form = web_sys::FormData::new().map_err(broken)?;
    form.append_with_blob_and_filename("file", file, &file.name()).map_err(broken)?;
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(&form);
    let offline = |_| ApiError::new(ErrorCode::Offline);
    let answer = JsFuture::from(leptos::prelude::window().fetch_with_str_and_init(place, &init));
    let answer: web_sys::Response = answer.await.map_err(offline)?.dyn_into().map_err(broken)?;
    let text = JsFuture::from(answer.text().map_err(broken)?).await.map_err(offline)?.as_string().unwrap_or_default();
    match answer.ok() {
        true => serde_json::from_str(&text).map_err(|_| ApiError::new(ErrorCode::Internal)),
        // Problem details carry the same code and arguments as the pages' errors.
        false => Err(serde_json::from_str(&text).unwrap_or_else(|_| ApiError::new(ErrorCode::Internal))),
    }
}
