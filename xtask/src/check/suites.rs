//! The test suites and what they need from outside: a database, the built program, a browser.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::SERVER_SIDE;
use crate::workspace::{Workspace, output, run};

/// Which database the black-box tests use.
pub enum Database {
    /// A file per test.
    Sqlite,
    /// The server at this address.
    Postgres(String),
}

/// The packages whose tests need a database, as nextest selects them.
const WITH_DATABASE: &str = "package(store) + package(services) + package(server)";

/// The workspace's own tests; with PostgreSQL only those that can tell the difference.
pub fn tests(workspace: &Workspace, database: Database) -> Result<()> {
    let nextest = has_nextest(workspace);
    let mut cargo = if nextest {
        workspace.cargo(["nextest", "run", "--no-tests", "pass", "--no-fail-fast"])
    } else {
        eprintln!("cargo-nextest is missing, so `cargo test` runs them one crate after another");
        workspace.cargo(["test", "--quiet"])
    };
    cargo.args(SERVER_SIDE);
    match database {
        Database::Sqlite => cargo.env("TEST_DB", "sqlite").env_remove("TEST_POSTGRES_URL"),
        Database::Postgres(url) => {
            if nextest {
                cargo.args(["--filterset", WITH_DATABASE]);
            }
            cargo.env("TEST_DB", "postgres").env("TEST_POSTGRES_URL", url)
        }
    };
    run(&mut cargo)
}

fn has_nextest(workspace: &Workspace) -> bool {
    let mut question = workspace.cargo(["nextest", "--version"]);
    question.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The document the server gives against the one integrators read in the repository.
pub fn openapi(workspace: &Workspace, program: &Path) -> Result<()> {
    let committed = workspace.root.join("server/openapi.json");
    let current = output(workspace.command(program).arg("openapi"))?;
    let written = std::fs::read_to_string(&committed).unwrap_or_default();
    if written.trim_end() != current.trim_end() {
        let line = written.lines().zip(current.lines()).take_while(|(left, right)| left == right).count() + 1;
        bail!("server/openapi.json is not what the server gives, from line {line} on; write it anew: make openapi");
    }
    Ok(())
}

/// Playwright against the built program.
pub fn browser(workspace: &Workspace, program: &Path, postgres: &str) -> Result<()> {
    let folder = workspace.root.join("end2end");
    let playwright = folder.join("node_modules/.bin/playwright");
    if !playwright.exists() {
        bail!("Playwright is missing; `scripts/setup test` installs it");
    }
    let mut command = Command::new(playwright);
    command.arg("test").current_dir(folder).env("PULT_BIN", program).env("E2E_POSTGRES_URL", postgres);
    run(&mut command).context("the page of a failed test lies in end2end/test-results")
}
