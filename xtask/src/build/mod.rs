//! `cargo xtask build`: the order of the steps. Each step lies in a file of its own and skips itself when nothing changed.

mod compress;
mod hash;
mod manifest;
mod site;
mod style;
mod wasm;

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;

use crate::workspace::{Workspace, run, step};

pub use manifest::Manifest;

/// What to build.
#[derive(Args, Clone, Copy, Default)]
pub struct Options {
    /// One optimised binary with the site inside.
    #[arg(long)]
    pub release: bool,
    /// For trying things out: browser's part unoptimised, nothing compressed.
    #[arg(long, conflicts_with = "release")]
    pub fast: bool,
}

/// Builds everything and returns the server's program.
pub fn build(workspace: &Workspace, options: &Options) -> Result<PathBuf> {
    if options.release {
        // The program takes the finished site in.
        site(workspace, options.fast)?;
        server(workspace, true)?;
        return Ok(workspace.binary("release"));
    }
    // The halves share nothing (each has a profile of its own), and linking the browser's keeps only one core busy.
    std::thread::scope(|scope| {
        let program = scope.spawn(|| server(workspace, false));
        let site = site(workspace, options.fast);
        program.join().map_err(|_| anyhow!("building the server stopped"))??;
        site
    })?;
    Ok(workspace.binary("debug"))
}

fn server(workspace: &Workspace, release: bool) -> Result<()> {
    step("Building the server", || {
        let mut cargo = workspace.cargo(["build", "--package", "server", "--bin", "pult"]);
        if release {
            cargo.args(["--release", "--features", "embed-site"]).env("PULT_SITE_DIR", workspace.site());
        }
        run(&mut cargo)
    })
}

/// Builds what the browser loads. Comes before the server, which takes it in on release.
pub fn site(workspace: &Workspace, fast: bool) -> Result<Manifest> {
    let package = wasm::build(workspace, fast)?;
    step("Putting the site together", || {
        let public = site::public(workspace)?;
        let style = style::bundle(workspace, &public)?;
        site::publish(workspace, site::Parts { package, style, public }, !fast)
    })
}
