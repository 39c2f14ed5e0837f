//! Content hashes, for names that change with the content and for knowing that an input did not change.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::workspace::write_if_changed;

/// The first 16 hexadecimal digits of the SHA-256 over the parts, each with its length.
pub fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut state = Sha256::new();
    for part in parts {
        state.update((part.len() as u64).to_le_bytes());
        state.update(part);
    }
    state.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Remembers from which inputs a result was made.
pub struct Stamp {
    path: PathBuf,
    inputs: String,
}

impl Stamp {
    /// A stamp beside a result, for these inputs.
    pub fn new<'a>(path: &Path, inputs: impl IntoIterator<Item = &'a [u8]>) -> Self {
        Self { path: path.to_path_buf(), inputs: hash(inputs) }
    }

    /// Whether the result was made from the same inputs.
    pub fn is_current(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|recorded| recorded == self.inputs)
    }

    /// Says that it now is.
    pub fn record(&self) -> Result<()> {
        write_if_changed(&self.path, self.inputs.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_border_between_parts_counts() {
        assert_ne!(hash([b"ab".as_slice(), b"c"]), hash([b"a".as_slice(), b"bc"]));
        assert_eq!(hash([b"ab".as_slice()]).len(), 16);
    }
}
