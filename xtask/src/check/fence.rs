//! The fence around the browser's part: nothing that belongs on a server may be compiled into it.

use anyhow::{Result, bail};

use crate::workspace::{WASM, Workspace, output};

/// Crates that must not be there, and which of their users we cannot help.
const FORBIDDEN: [(&str, &[&str]); 13] = [
    ("axum", &[]),
    ("connectors", &[]),
    ("hyper", &[]),
    // Read by the server's configuration in `leptos_config`; the linker drops all of it.
    ("regex", &["leptos_config"]),
    ("reqwest", &[]),
    ("rusqlite", &[]),
    ("rustls", &[]),
    ("services", &[]),
    ("sqlx", &[]),
    ("sqlx-core", &[]),
    ("store", &[]),
    ("tokio", &[]),
    ("tower", &[]),
];

/// Lists what the browser's part is made of, with who asks for it.
pub fn check(workspace: &Workspace) -> Result<()> {
    let tree = |more: &[&str]| {
        let mut cargo = workspace.cargo(["tree", "--package", "frontend", "--target", WASM, "--edges", "normal"]);
        output(cargo.args(["--prefix", "none", "--format", "{p}"]).args(more))
    };
    let all = tree(&[])?;
    let mut wrong = Vec::new();
    for (name, excused) in FORBIDDEN {
        let present = packages(&all).any(|package| package == name);
        if !present {
            continue;
        }
        let users = tree(&["--invert", name, "--depth", "1"])?;
        let mut blamed: Vec<&str> = packages(&users).filter(|user| *user != name && !excused.contains(user)).collect();
        blamed.sort_unstable();
        blamed.dedup();
        if !blamed.is_empty() {
            wrong.push(format!("{name}, asked for by {}", blamed.join(", ")));
        }
    }
    if !wrong.is_empty() {
        bail!("compiled into the browser's part: {}", wrong.join("; "));
    }
    Ok(())
}

/// The names in lines like `tokio v1.2.3 (*)`.
fn packages(tree: &str) -> impl Iterator<Item = &str> {
    tree.lines().filter_map(|line| line.split_whitespace().next())
}
