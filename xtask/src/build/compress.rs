//! The two compressions browsers ask for, as strong as they go: it is done once and downloaded often.

use std::io::Write as _;

use anyhow::{Result, anyhow};

/// Below this many bytes compression saves less than its header costs.
const SMALL: usize = 256;

/// A file's two compressed copies.
pub struct Copies {
    /// `Content-Encoding: br`.
    pub brotli: Vec<u8>,
    /// `Content-Encoding: gzip`.
    pub gzip: Vec<u8>,
}

/// Whether a file of this type and size is worth it.
pub fn pays(mime: &str, content: &[u8]) -> bool {
    let text = mime.starts_with("text/") || ["json", "wasm", "svg"].iter().any(|kind| mime.contains(kind));
    text && content.len() >= SMALL
}

/// Makes both, side by side.
pub fn copies(content: &[u8]) -> Result<Copies> {
    std::thread::scope(|scope| {
        let gzip = scope.spawn(|| gzip(content));
        let brotli = brotli(content)?;
        let gzip = gzip.join().map_err(|_| anyhow!("compressing stopped"))??;
        Ok(Copies { brotli, gzip })
    })
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let settings =
        ::brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    ::brotli::BrotliCompress(&mut &*content, &mut compressed, &settings)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
