//! Several rows with one statement: texts are made once for a few sizes, so that the engine keeps them prepared.

use std::ops::Range;

/// Placeholders of `rows` rows of `columns` columns, each followed by `extra`.
pub fn values(columns: usize, rows: usize, extra: &str) -> String {
    let row = |r: usize| {
        let holes: Vec<String> = (1..=columns).map(|c| format!("${}", r * columns + c)).collect();
        format!("({}{extra})", holes.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Cuts `total` rows into pieces of the sizes given, largest first, of which the last is 1: range and place of the size.
pub fn pieces(total: usize, sizes: &[usize]) -> Vec<(Range<usize>, usize)> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    for (place, size) in sizes.iter().enumerate() {
        while total - at >= *size {
            pieces.push((at..at + size, place));
            at += size;
        }
    }
    pieces
}
