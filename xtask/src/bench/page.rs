//! The first page in bytes, piece by piece, beside an empty application.

use anyhow::Result;

use crate::build::Manifest;
use crate::check::budget::{AIM, Piece, pieces};

/// An empty hydrated application with a router, built the same way: WebAssembly and JavaScript with brotli.
const FLOOR: u64 = 103_000;

/// Prints the table.
pub fn print(manifest: &Manifest) -> Result<()> {
    let pieces = pieces(manifest);
    println!("{:<12}{:>12}{:>12}{:>12}", "", "plain", "gzip", "brotli");
    for piece in &pieces {
        row(piece.what, piece);
    }
    let sum = |size: fn(&Piece) -> u64| pieces.iter().map(size).sum::<u64>();
    let total = Piece { what: "together", plain: sum(|p| p.plain), gzip: sum(|p| p.gzip), brotli: sum(|p| p.brotli) };
    row(total.what, &total);
    println!(
        "{:.2} of an empty application's {:.1} kB; {:.0} % of the {:.0} kB aimed for",
        total.brotli as f64 / FLOOR as f64,
        FLOOR as f64 / 1000.0,
        total.brotli as f64 * 100.0 / AIM as f64,
        AIM as f64 / 1000.0,
    );
    Ok(())
}

fn row(name: &str, piece: &Piece) {
    let kilobytes = |bytes: u64| format!("{:.1} kB", bytes as f64 / 1000.0);
    println!("{name:<12}{:>12}{:>12}{:>12}", kilobytes(piece.plain), kilobytes(piece.gzip), kilobytes(piece.brotli));
}
