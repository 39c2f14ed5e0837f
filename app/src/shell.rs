//! The HTML document around [`App`](crate::App): head, style sheet, and the scripts that wake the page up in the browser.
//!
//! Knows the names of the built files only through [`SiteFiles`], which the server puts into the context of every render.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;

/// Where the built style sheet, script and WebAssembly of this build are served (their names change with their content).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFiles {
    /// The one style sheet.
    pub style: String,
    /// The JavaScript module made by `wasm-bindgen`.
    pub script: String,
    /// The application itself.
    pub wasm: String,
    /// Fonts the first paint needs.
    pub fonts: Vec<String>,
}

impl Default for SiteFiles {
    /// The names `cargo leptos` gives.
    fn default() -> Self {
        Self {
            style: "/pkg/pult.css".into(),
            script: "/pkg/pult.js".into(),
            wasm: "/pkg/pult.wasm".into(),
            fonts: Vec::new(),
        }
    }
}

/// The document every page is rendered into.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let files = use_context::<SiteFiles>().unwrap_or_default();
    let fonts = files.fonts.iter().cloned().map(|font| {
        view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="" /> }
    });
    view! {
        <!DOCTYPE html>
        <html lang="ru">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="dark" />
                <link rel="stylesheet" href=files.style.clone() />
                {fonts.collect_view()}
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
    view! {
        <link rel="modulepreload" href=files.script nonce=nonce.clone() />
        <link rel="preload" href=files.wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module" nonce=nonce>
            {start}
        </script>
    }
}
