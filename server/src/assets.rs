//! The built site (scripts, style sheet, fonts): taken into the binary on release, read from the target directory otherwise,
//! and served precompressed, with names that browsers may keep for ever.
//!
//! What a site consists of is written by `xtask/src/build/`; this file only reads its manifest. Holds no pages.

use std::collections::BTreeMap;
use std::io::Read;
#[cfg(not(feature = "embed-site"))]
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use app::shell::SiteFiles;
use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;

#[cfg(feature = "embed-site")]
mod embedded {
    include!(concat!(env!("PULT_SITE_DIR"), "/embedded.rs"));
}

/// Everything the browser may load besides pages and data.
pub struct Site {
    names: SiteFiles,
    assets: Vec<(String, Arc<Asset>)>,
}

#[derive(Deserialize)]
struct Manifest {
    style: String,
    script: String,
    wasm: String,
    #[serde(default)]
    parts: BTreeMap<String, Vec<String>>,
    public: BTreeMap<String, String>,
    files: Vec<Published>,
}

#[derive(Deserialize)]
struct Published {
    path: String,
    mime: String,
    hash: String,
    immutable: bool,
    brotli: Option<u64>,
    gzip: Option<u64>,
}

impl Site {
    /// The site inside this binary.
    #[cfg(feature = "embed-site")]
    pub fn load() -> Result<Self> {
        Self::read(embedded::MANIFEST, |name| {
            let found = embedded::FILES.iter().find(|(known, _)| *known == name);
            found.map(|(_, content)| Bytes::from_static(content)).context("not in the binary")
        })
    }

    /// The site of the last `cargo xtask build`, looked for beside this program (or in `PULT_SITE_DIR`); without one pages are
    /// served plain, which is enough for tests of the other doors.
    #[cfg(not(feature = "embed-site"))]
    pub fn load() -> Result<Self> {
        let Some(folder) = folder() else {
            tracing::warn!("No built site found: pages have no style and no script; `cargo xtask build` makes it");
            return Ok(Self { names: SiteFiles::default(), assets: Vec::new() });
        };
        let manifest = std::fs::read_to_string(folder.join("manifest.json"))?;
        let mut site = Self::read(&manifest, |name| Ok(std::fs::read(folder.join("files").join(&name[1..]))?.into()))?;
        site.names.reload = std::env::var_os("PULT_DEV_RELOAD").is_some();
        Ok(site)
    }

    fn read(manifest: &str, content: impl Fn(&str) -> Result<Bytes>) -> Result<Self> {
        let manifest: Manifest = serde_json::from_str(manifest).context("the site's manifest")?;
        let mut assets = Vec::with_capacity(manifest.files.len());
        for file in manifest.files {
            let load = |ending: &str| {
                let name = format!("{}{ending}", file.path);
                content(&name).with_context(|| format!("{name} of the site"))
            };
            let asset = Asset {
                mime: HeaderValue::from_str(&file.mime)?,
                hash: file.hash,
                immutable: file.immutable,
                plain: if file.gzip.is_none() { load("")? } else { Bytes::new() },
                brotli: file.brotli.map(|_| load(".br")).transpose()?,
                gzip: file.gzip.map(|_| load(".gz")).transpose()?,
            };
            assets.push((file.path, Arc::new(asset)));
        }
        let names = SiteFiles {
            style: manifest.style,
            script: manifest.script,
            wasm: manifest.wasm,
            parts: manifest.parts,
            public: manifest.public,
            reload: false,
        };
        Ok(Self { names, assets })
    }

    /// The addresses of this build, for the context of every render.
    pub fn names(&self) -> SiteFiles {
        self.names.clone()
    }

    /// One route per file. An address of another build is a plain 404, never a page.
    pub fn routes<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let mut router = Router::new().route("/pkg/{*path}", get(StatusCode::NOT_FOUND));
        if self.names.reload {
            router = router.route("/pkg/process", get(std::process::id().to_string()));
        }
        for (path, asset) in &self.assets {
            let asset = Arc::clone(asset);
            router = router.route(path, get(async move |headers: HeaderMap| asset.answer(&headers)));
        }
        router
    }
}

/// The nearest `site` folder above this program: `target/debug/pult` and `target/debug/deps/test-…` both find `target/site`.
#[cfg(not(feature = "embed-site"))]
fn folder() -> Option<PathBuf> {
    let has_site = |folder: &Path| folder.join("manifest.json").exists();
    if let Some(folder) = std::env::var_os("PULT_SITE_DIR").map(PathBuf::from) {
        return has_site(&folder).then_some(folder);
    }
    let program = std::env::current_exe().ok()?;
    program.ancestors().skip(1).take(4).map(|above| above.join("site")).find(|folder| has_site(folder))
}

/// What the service worker may do.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/// One file with its compressed copies.
struct Asset {
    mime: HeaderValue,
    hash: String,
    immutable: bool,
    /// Only of what is not compressed: who takes no compressed copy, which no browser does, gets one unpacked on the spot.
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Asset {
    fn answer(&self, request: &HeaderMap) -> Response {
        let (coding, content) = self.choose(request);
        // Each copy is a representation of its own, so a strong tag must name the coding.
        let tag = format!("\"{}{}{}\"", self.hash, if coding.is_some() { "-" } else { "" }, coding.unwrap_or(""));
        let known =
            request.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|tags| names(tags, &tag));

        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Response::new(Body::from(content));
            response.headers_mut().insert(CONTENT_TYPE, self.mime.clone());
            if let Some(coding) = coding {
                response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
            response
        };
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(ETAG, tag);
        }
        let keep = if self.immutable { "public, max-age=31536000, immutable" } else { "public, no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
        // A policy of a script holds where it runs as a worker of its own: that one loads our pages.
        if self.mime.as_bytes().starts_with(b"text/javascript") {
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER_POLICY));
        }
        if self.brotli.is_some() || self.gzip.is_some() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        response
    }

    /// The smallest copy the browser understands.
    fn choose(&self, request: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let accepted = |coding| request.get_all(ACCEPT_ENCODING).iter().any(|value| accepts(value, coding));
        match (&self.brotli, &self.gzip) {
            (Some(copy), _) if accepted("br") => (Some("br"), copy.clone()),
            (_, Some(copy)) if accepted("gzip") => (Some("gzip"), copy.clone()),
            (_, Some(copy)) => (None, unpacked(copy)),
            _ => (None, self.plain.clone()),
        }
    }
}

/// What a gzip copy of ours holds.
fn unpacked(copy: &[u8]) -> Bytes {
    let mut plain = Vec::new();
    // Made by our own build, so it can be read; a broken one is served as far as it goes.
    let _ = flate2::read::GzDecoder::new(copy).read_to_end(&mut plain);
    plain.into()
}

/// Whether an `Accept-Encoding` value allows a coding; a coding named beats `*`, and a weight of zero forbids.
fn accepts(value: &HeaderValue, coding: &str) -> bool {
    let Ok(value) = value.to_str() else { return false };
    let weight = |wanted: &str| {
        value.split(',').find_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next()?;
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok());
            name.eq_ignore_ascii_case(wanted).then_some(weight.unwrap_or(0.0))
        })
    };
    weight(coding).or_else(|| weight("*")).is_some_and(|weight| weight > 0.0)
}

/// Whether an `If-None-Match` value names this tag.
fn names(tags: &str, tag: &str) -> bool {
    tags.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
#[path = "assets_tests.rs"]
mod tests;
