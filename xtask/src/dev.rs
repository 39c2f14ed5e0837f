//! `cargo xtask dev`: the demo, built quickly, and again after every change; open pages reload themselves.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::build::{Options, build};
use crate::workspace::{Workspace, files_below};

/// What a build is made of.
const WATCHED: [&str; 8] = ["app", "crates", "frontend", "locales", "migrations", "public", "server", "style"];

/// How often to look. Asking a few hundred files costs a millisecond; a watching library would cost every build minutes.
const PAUSE: Duration = Duration::from_millis(300);

/// Runs until interrupted.
pub fn dev(workspace: &Workspace) -> Result<()> {
    loop {
        let seen = times(workspace);
        let server = match build(workspace, &Options { fast: true, release: false }) {
            Ok(program) => Some(start(workspace, &program)?),
            Err(error) => {
                eprintln!("✗ {error:#}\n  waiting for the next change");
                None
            }
        };
        while times(workspace) == seen {
            sleep(PAUSE);
        }
        if let Some(server) = server {
            stop(server);
        }
    }
}

fn start(workspace: &Workspace, program: &Path) -> Result<Child> {
    Ok(workspace.command(program).arg("demo").env("PULT_DEV_RELOAD", "1").spawn()?)
}

/// Asks first, so that the server releases its work; insists after a while.
fn stop(mut server: Child) {
    let _ = Command::new("kill").args(["-TERM", &server.id().to_string()]).status();
    for _ in 0..50 {
        if !matches!(server.try_wait(), Ok(None)) {
            return;
        }
        sleep(Duration::from_millis(100));
    }
    let _ = server.kill();
    let _ = server.wait();
}

/// When each watched file was changed.
fn times(workspace: &Workspace) -> BTreeMap<PathBuf, SystemTime> {
    let mut times = BTreeMap::new();
    for folder in WATCHED {
        let folder = workspace.root.join(folder);
        for name in files_below(&folder).unwrap_or_default() {
            let path = folder.join(name);
            if let Ok(changed) = fs::metadata(&path).and_then(|data| data.modified()) {
                times.insert(path, changed);
            }
        }
    }
    times
}
