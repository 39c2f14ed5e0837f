//! The HTML document around [`App`](crate::App): head, style sheet, and the script that wakes the page up in the browser.
//! Compiled into the server only.
//!
//! Knows the names of the built files only through [`SiteFiles`], which the server puts into the context of every render.

use std::collections::BTreeMap;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;
use crate::parts::part_of;

/// Where the files of this build are served; their addresses change with their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFiles {
    /// The one style sheet.
    pub style: String,
    /// The JavaScript module made by `wasm-bindgen`.
    pub script: String,
    /// The application itself.
    pub wasm: String,
    /// Part → the files of the application it needs besides ([`crate::parts`]).
    pub parts: BTreeMap<String, Vec<String>>,
    /// Name in `public/` → address.
    pub public: BTreeMap<String, String>,
    /// Whether the page reloads itself when the server has been rebuilt (`make dev`).
    pub reload: bool,
}

impl Default for SiteFiles {
    /// The names `cargo leptos` gives.
    fn default() -> Self {
        Self {
            style: "/pkg/pult.css".into(),
            script: "/pkg/pult.js".into(),
            wasm: "/pkg/pult.wasm".into(),
            parts: BTreeMap::new(),
            public: BTreeMap::new(),
            reload: false,
        }
    }
}

impl SiteFiles {
    /// Fonts of the first paint: what lies directly in `public/fonts/` (a deeper folder is loaded when it is needed).
    pub(crate) fn fonts(&self) -> Vec<String> {
        let first = self.public.iter().filter(|(name, _)| {
            name.strip_prefix("fonts/").is_some_and(|name| name.ends_with(".woff2") && !name.contains('/'))
        });
        first.map(|(_, address)| address.clone()).collect()
    }
}

/// How the organisation of a page looks, put beside the request by the server.
#[derive(Clone, Debug)]
pub struct Look(pub domain::views::LookView);

/// What a page may load: only ours, and only scripts that carry the nonce.
pub fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// The document every page is rendered into.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<leptos_axum::ResponseOptions>())
        && let Ok(policy) = http::HeaderValue::from_str(&content_security_policy(&nonce))
    {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
    let files = use_context::<SiteFiles>().unwrap_or_default();
    let fonts = files.fonts().into_iter().map(|font| {
        view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="" /> }
    });
    let look = use_context::<http::request::Parts>().and_then(|parts| parts.extensions.get::<Look>().cloned());
    let style = look.as_ref().map(|Look(look)| domain::look::style(&look.accent)).filter(|style| !style.is_empty());
    let own = look.map(|Look(look)| look).filter(|look| look.white_label);
    let icon = own.as_ref().and_then(|look| look.logo_address()).unwrap_or_else(|| "/favicon.svg".to_owned());
    let manifest = own.map_or_else(
        || "/manifest.webmanifest".to_owned(),
        |look| format!("/look/{}/manifest.webmanifest", look.organisation_id),
    );
    view! {
        <!DOCTYPE html>
        <html lang="ru" style=style>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="dark" />
                <meta name="theme-color" content="#0a0c11" />
                <link rel="icon" href=icon />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <meta name="mobile-web-app-capable" content="yes" />
                <meta name="apple-mobile-web-app-status-bar-style" content="black" />
                <link rel="manifest" href=manifest />
                <link rel="stylesheet" href=files.style.clone() />
                {fonts.collect_view()}
                {files.reload.then(|| view! { <Reload /> })}
                <AutoReload options />
                <WakeUp files />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Loads the application into the page. Left out on pages that must work without JavaScript and weigh nothing.
#[component]
pub fn WakeUp(
    /// The built files of this build.
    files: SiteFiles,
) -> impl IntoView {
    let nonce = use_nonce();
    let start = format!(
        "import start, {{ hydrate }} from {:?}; start({{ module_or_path: {:?} }}).then(hydrate);",
        files.script, files.wasm
    );
    let path = use_context::<http::request::Parts>().map(|request| request.uri.path().to_owned()).unwrap_or_default();
    let needed = [files.wasm].into_iter().chain(files.parts.get(part_of(&path)).cloned().unwrap_or_default());
    let needed = needed.map(|wasm| {
        view! { <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" /> }
    });
    view! {
        <link rel="modulepreload" href=files.script nonce=nonce.clone() />
        {needed.collect_view()}
        <script type="module" nonce=nonce inner_html=start></script>
    }
}

/// Reloads the page when another process answers: the server has been rebuilt.
#[component]
fn Reload() -> impl IntoView {
    let script = "let first; setInterval(async () => { try { \
        const now = await (await fetch('/pkg/process')).text(); \
        if (first && now !== first) location.reload(); first = now; } catch {} }, 500);";
    view! { <script type="module" nonce=use_nonce() inner_html=script></script> }
}
