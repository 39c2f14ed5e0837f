//! Negotiation, caching and addresses of the site's files.

use http::Method;
use tower::ServiceExt;

use super::*;

const MANIFEST: &str = r#"{
    "style": "/pkg/pult.1.css", "script": "/pkg/1/pult.js", "wasm": "/pkg/1/pult_bg.wasm", "public": {},
    "files": [
        {"path": "/pkg/1/pult_bg.wasm", "mime": "application/wasm", "hash": "aa", "immutable": true, "brotli": 1, "gzip": 1},
        {"path": "/robots.txt", "mime": "text/plain", "hash": "bb", "immutable": false, "brotli": null, "gzip": null}
    ]
}"#;

const WASM: &str = "/pkg/1/pult_bg.wasm";

async fn get_with(path: &str, headers: &[(http::HeaderName, &str)]) -> Response {
    // Every copy holds its own name; the packed one holds the name of the plain one.
    let content = |name: &str| match name.strip_suffix(".gz") {
        Some(plain) => packed(plain),
        None => name.to_owned().into(),
    };
    let site = Site::read(MANIFEST, |name| Ok(content(name))).unwrap();
    let mut request = http::Request::builder().method(Method::GET).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    site.routes::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn packed(text: &str) -> Bytes {
    let mut packer = flate2::read::GzEncoder::new(text.as_bytes(), flate2::Compression::fast());
    let mut bytes = Vec::new();
    packer.read_to_end(&mut bytes).unwrap();
    bytes.into()
}

async fn body(response: Response) -> String {
    let is_packed = header(&response, CONTENT_ENCODING) == "gzip";
    let bytes = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
    let bytes = if is_packed { unpacked(&bytes) } else { bytes };
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn header(response: &Response, name: http::HeaderName) -> &str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn the_smallest_copy_the_browser_understands() {
    for (accept, coding, file) in [
        ("gzip, deflate, br, zstd", "br", "/pkg/1/pult_bg.wasm.br"),
        ("gzip;q=1.0, br;q=0.2", "br", "/pkg/1/pult_bg.wasm.br"),
        ("gzip", "gzip", "/pkg/1/pult_bg.wasm"),
        ("GZIP, br;q=0", "gzip", "/pkg/1/pult_bg.wasm"),
        ("*", "br", "/pkg/1/pult_bg.wasm.br"),
        ("br;q=0, *", "gzip", "/pkg/1/pult_bg.wasm"),
        ("identity", "", "/pkg/1/pult_bg.wasm"),
        ("br;q=nonsense", "", "/pkg/1/pult_bg.wasm"),
        ("brotli", "", "/pkg/1/pult_bg.wasm"),
    ] {
        let response = get_with(WASM, &[(ACCEPT_ENCODING, accept)]).await;
        assert_eq!(header(&response, CONTENT_ENCODING), coding, "{accept}");
        assert_eq!(header(&response, VARY), "accept-encoding");
        assert_eq!(header(&response, CONTENT_TYPE), "application/wasm");
        assert_eq!(body(response).await, file, "{accept}");
    }
    let response = get_with(WASM, &[]).await;
    assert_eq!(body(response).await, WASM);
}

#[tokio::test]
async fn hashed_names_are_kept_for_ever_and_others_asked_for_again() {
    let response = get_with(WASM, &[]).await;
    assert_eq!(header(&response, CACHE_CONTROL), "public, max-age=31536000, immutable");
    let response = get_with("/robots.txt", &[(ACCEPT_ENCODING, "br")]).await;
    assert_eq!(header(&response, CACHE_CONTROL), "public, no-cache");
    assert_eq!(header(&response, CONTENT_ENCODING), "");
    assert_eq!(header(&response, VARY), "");
}

#[tokio::test]
async fn a_known_tag_is_answered_without_the_content() {
    let first = get_with(WASM, &[(ACCEPT_ENCODING, "br")]).await;
    let tag = header(&first, ETAG).to_owned();
    assert_eq!(tag, "\"aa-br\"");
    for tags in [tag.clone(), format!("W/{tag}"), format!("\"zz\", {tag}"), "*".into()] {
        let again = get_with(WASM, &[(ACCEPT_ENCODING, "br"), (IF_NONE_MATCH, &tags)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{tags}");
        assert_eq!(header(&again, ETAG), tag);
        assert_eq!(header(&again, VARY), "accept-encoding");
        assert_eq!(body(again).await, "");
    }
    let other_copy = get_with(WASM, &[(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, &tag)]).await;
    assert_eq!(other_copy.status(), StatusCode::OK);
}

#[tokio::test]
async fn files_of_another_build_are_not_found() {
    let response = get_with("/pkg/0/pult.js", &[]).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(body(response).await, "");
}
