//! What a built site consists of: written as `manifest.json` for the server's `assets.rs`, read again by the next build,
//! the size budget and the benches.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::workspace::Workspace;

/// What the server needs to know of the site; it is read there by `assets.rs`.
#[derive(Serialize, Deserialize, Default)]
pub struct Manifest {
    /// The style sheet's address.
    pub style: String,
    /// The JavaScript module's address.
    pub script: String,
    /// The WebAssembly's address.
    pub wasm: String,
    /// Part of the program → the addresses of the WebAssembly it needs besides.
    #[serde(default)]
    pub parts: BTreeMap<String, Vec<String>>,
    /// Name in `public/` → address.
    pub public: BTreeMap<String, String>,
    /// Everything that is served.
    pub files: Vec<Published>,
}

impl Manifest {
    /// Reads the manifest of the last build.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let path = workspace.site().join("manifest.json");
        let text = fs::read_to_string(&path).context("no site yet; `cargo xtask build` makes it")?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The files as a Rust table, taken into the binary by the server's `embed-site` feature.
    pub fn embedded(&self) -> String {
        let mut text = String::from("pub static FILES: &[(&str, &[u8])] = &[\n");
        for file in &self.files {
            // Packed files go without their plain copy; the server unpacks it for the rare client that takes nothing else.
            let plain = file.gzip.is_none().then_some("");
            let endings = [plain, file.brotli.map(|_| ".br"), file.gzip.map(|_| ".gz")];
            for ending in endings.into_iter().flatten() {
                let name = format!("{}{ending}", file.path);
                // Writing into a string cannot fail.
                let _ = writeln!(text, "    ({name:?}, include_bytes!({:?})),", format!("files{name}"));
            }
        }
        text.push_str("];\npub static MANIFEST: &str = include_str!(\"manifest.json\");\n");
        text
    }
}

/// One served file.
#[derive(Serialize, Deserialize, PartialEq)]
pub struct Published {
    /// Its address.
    pub path: String,
    /// `Content-Type`.
    pub mime: String,
    /// Hash of its content.
    pub hash: String,
    /// Whether the address changes with the content.
    pub immutable: bool,
    /// Sizes as stored: plain, and compressed where that helps.
    pub size: u64,
    /// Size of the brotli copy.
    pub brotli: Option<u64>,
    /// Size of the gzip copy.
    pub gzip: Option<u64>,
}
