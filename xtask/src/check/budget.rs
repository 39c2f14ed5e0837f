//! The size of the first page: what a browser with an empty cache downloads before the application runs.

use anyhow::{Result, bail};

use crate::build::Manifest;

/// What we aim for.
pub const AIM: u64 = 290_000;
/// What must never be passed.
const LIMIT: u64 = 450_000;

/// One part of the first page.
pub struct Piece {
    /// What it is.
    pub what: &'static str,
    /// Bytes before compression.
    pub plain: u64,
    /// Bytes with gzip.
    pub gzip: u64,
    /// Bytes with brotli, as sent to every browser of today.
    pub brotli: u64,
}

/// Script, program and style sheet.
pub fn pieces(manifest: &Manifest) -> Vec<Piece> {
    let parts = [("WebAssembly", &manifest.wasm), ("JavaScript", &manifest.script), ("CSS", &manifest.style)];
    let piece = |(what, address): (&'static str, &String)| {
        let file = manifest.files.iter().find(|file| file.path == *address)?;
        Some(Piece {
            what,
            plain: file.size,
            gzip: file.gzip.unwrap_or(file.size),
            brotli: file.brotli.unwrap_or(file.size),
        })
    };
    parts.into_iter().filter_map(piece).collect()
}

/// Compares, and prints the figure either way.
pub fn check(manifest: &Manifest) -> Result<()> {
    let total: u64 = pieces(manifest).iter().map(|piece| piece.brotli).sum();
    let kilobytes = |bytes: u64| bytes as f64 / 1000.0;
    eprintln!(
        "first page: {:.1} kB brotli; aim {:.0}, limit {:.0}",
        kilobytes(total),
        kilobytes(AIM),
        kilobytes(LIMIT)
    );
    if total > LIMIT {
        bail!("the first page is {:.1} kB too large", kilobytes(total - LIMIT));
    }
    if total > AIM {
        eprintln!("⚠ {:.1} kB above the aim", kilobytes(total - AIM));
    }
    Ok(())
}
