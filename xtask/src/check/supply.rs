//! What comes in from outside (`deny.toml`, looked at by `cargo deny` where it is installed), and whether the tests that
//! `docs/security.md` leans on exist.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;

use anyhow::{Result, bail};

use crate::workspace::{Workspace, files_below, run};

/// Both.
pub fn check(workspace: &Workspace) -> Result<()> {
    promises(workspace)?;
    let mut question = workspace.cargo(["deny", "--version"]);
    if !question.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        eprintln!(
            "cargo-deny is missing: licences, sources and bans were NOT checked (cargo install --locked cargo-deny)"
        );
        return Ok(());
    }
    // Known holes are looked up on the net, which a build must not need: `.github/workflows/advisories.yml` does, every morning.
    run(&mut workspace.cargo(["deny", "check", "licenses", "bans", "sources"]))
}

/// Every test named in `docs/security.md` is a function somewhere.
fn promises(workspace: &Workspace) -> Result<()> {
    let table = fs::read_to_string(workspace.root.join("docs/security.md"))?;
    let mut sources = String::new();
    for folder in ["crates", "server", "xtask"] {
        for name in files_below(&workspace.root.join(folder))? {
            if name.ends_with(".rs") {
                sources += &fs::read_to_string(workspace.root.join(folder).join(name))?;
            }
        }
    }
    let broken = broken(&table, &sources);
    if !broken.is_empty() {
        bail!("docs/security.md names tests that do not exist: {}", broken.join(", "));
    }
    Ok(())
}

/// Names in the last column of the table that no source has.
fn broken(table: &str, sources: &str) -> Vec<String> {
    let known: BTreeSet<&str> = sources.split("fn ").skip(1).filter_map(|rest| rest.split('(').next()).collect();
    let rows = table.lines().filter(|line| line.starts_with("| "));
    let proofs = rows.filter_map(|line| line.trim_end().trim_end_matches('|').rsplit('|').next());
    let named = proofs.flat_map(|proof| proof.split('`').skip(1).step_by(2));
    named
        .filter(|name| name.contains('_') && !name.contains(['/', '.', ' ']) && !known.contains(name))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_without_a_test_is_found() {
        let table = "| V1.1 | `not_looked_at` | `there_is_one`, `there_is_none` |\n| V1.2 | words | `docs/x_y.md` |";
        assert_eq!(broken(table, "#[test]\nfn there_is_one() {}"), ["there_is_none"]);
    }
}
