//! The dependency arrows between our crates: they point down, and what is not listed here does not exist.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// Who may know whom.
const ALLOWED: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("texts", &[]),
    ("store", &["domain"]),
    ("connectors", &["domain"]),
    ("services", &["store", "connectors", "domain", "texts"]),
    ("app", &["domain", "texts", "services"]),
    ("frontend", &["app"]),
    ("server", &["app", "services", "connectors", "store", "domain", "texts"]),
    ("xtask", &["domain"]),
];

/// The pages reach the use cases on the server only.
const ONLY_ON_SERVER: (&str, &str) = ("app", "services");

/// Reads the packages and compares. Tests may know more, so development dependencies are free.
pub fn check(workspace: &Workspace) -> Result<()> {
    let metadata = workspace.metadata()?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists packages")?;
    let allowed = BTreeMap::from(ALLOWED);
    let mut wrong = Vec::new();
    for package in packages {
        let name = package["name"].as_str().context("a package has a name")?;
        let Some(may) = allowed.get(name) else {
            wrong.push(format!("{name} is new: say in xtask/src/check/arrows.rs whom it may know"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().context("a dependency has a name")?;
            if dependency["path"].is_null() || dependency["kind"] == "dev" {
                continue;
            }
            if !may.contains(&to) {
                wrong.push(format!("{name} must not know {to}"));
            } else if (name, to) == ONLY_ON_SERVER && dependency["optional"] != true {
                wrong.push(format!("{name} may know {to} only behind its feature `ssr`"));
            }
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n  "));
    }
    Ok(())
}
