//! The browser's program: cargo for WebAssembly, `wasm-bindgen` for its JavaScript, `wasm-opt` for its size.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::hash::Stamp;
use crate::workspace::{WASM, Workspace, files_below, output, run, step};

/// The name of the made files: `pult.js`, `pult_bg.wasm`.
const NAME: &str = "pult";

/// What every browser we serve can do (see the targets in `style.rs`); `wasm-opt` refuses code that uses what is not listed.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The files a browser needs to run the application; they refer to each other by relative names.
pub struct Package {
    /// Relative path and content.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// The JavaScript module that starts the program.
    pub const SCRIPT: &str = "pult.js";
    /// The program.
    pub const PROGRAM: &str = "pult_bg.wasm";
}

/// Compiles and binds, and shrinks unless `fast`.
pub fn build(workspace: &Workspace, fast: bool) -> Result<Package> {
    let profile = if fast { "dev" } else { "wasm" };
    step("Building the browser's part", || {
        run(&mut workspace.cargo(["build", "--package", "frontend", "--lib", "--target", WASM, "--profile", profile]))
    })?;
    let folder = if fast { "debug" } else { profile };
    let compiled = workspace.target.join(WASM).join(folder).join("frontend.wasm");
    let out = workspace.target.join("bound").join(folder);
    let shrinker = if fast { None } else { Shrinker::find(workspace)? };

    let code = fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let version = shrinker.as_ref().map_or("", |shrinker| &shrinker.version);
    let stamp = Stamp::new(&out.with_extension("stamp"), [code.as_slice(), version.as_bytes()]);
    if !stamp.is_current() {
        step("Binding it to JavaScript", || bind(&code, &out, fast))?;
        if let Some(shrinker) = shrinker {
            step("Shrinking it", || shrinker.shrink(&out.join(Package::PROGRAM)))?;
        }
        stamp.record()?;
    }

    let names = files_below(&out)?;
    let files = names.into_iter().map(|name| Ok((name.clone(), fs::read(out.join(name))?)));
    Ok(Package { files: files.collect::<Result<_>>()? })
}

fn bind(code: &[u8], out: &Path, fast: bool) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes(NAME, code.to_vec()).web(true)?.typescript(false).omit_default_module_path(true);
    bindgen.keep_debug(fast).remove_name_section(!fast).remove_producers_section(true);
    bindgen.generate(out).context("wasm-bindgen")
}

/// `wasm-opt` from npm.
struct Shrinker {
    program: PathBuf,
    version: String,
}

impl Shrinker {
    /// Looks for it; the application runs without, only larger.
    fn find(workspace: &Workspace) -> Result<Option<Self>> {
        let program = workspace.root.join("end2end/node_modules/.bin/wasm-opt");
        if !program.exists() {
            eprintln!(
                "  wasm-opt is missing, so the page will be larger than it should be; `scripts/setup build` installs it"
            );
            return Ok(None);
        }
        let version = output(Command::new(&program).arg("--version"))?;
        Ok(Some(Self { program, version }))
    }

    fn shrink(&self, file: &Path) -> Result<()> {
        run(Command::new(&self.program).arg("-Oz").args(FEATURES).arg(file).arg("-o").arg(file))
    }
}
