//! The size of the first page (Сводка): what a browser with an empty cache downloads before the application runs.

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

/// Program, scripts and style sheet; Сводка needs no further part of the program.
pub fn pieces(manifest: &Manifest) -> Vec<Piece> {
    let piece = |what, belongs: &dyn Fn(&str) -> bool| {
        let files = || manifest.files.iter().filter(|file| belongs(&file.path));
        Piece {
            what,
            plain: files().map(|file| file.size).sum(),
            gzip: files().map(|file| file.gzip.unwrap_or(file.size)).sum(),
            brotli: files().map(|file| file.brotli.unwrap_or(file.size)).sum(),
        }
    };
    vec![
        piece("WebAssembly", &|path| path == manifest.wasm),
        // The loader of the parts is imported by the script.
        piece("JavaScript", &|path| path.ends_with(".js")),
        piece("CSS", &|path| path == manifest.style),
    ]
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
