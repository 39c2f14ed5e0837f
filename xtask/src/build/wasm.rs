//! The browser's program: cargo for WebAssembly, split into the part every page needs and one for each lazy page,
//! `wasm-bindgen` for its JavaScript, `wasm-opt` for its size.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
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

/// The module that fetches the parts; the program asks for it by this name.
const LOADER: &str = "./split.js";

/// The files a browser needs to run the application; they refer to each other by relative names.
pub struct Package {
    /// Relative path and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// Lazy page → the parts it needs besides the program, without their ending.
    pub parts: BTreeMap<String, Vec<String>>,
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
        let mut cargo = workspace.cargo(["rustc", "--package", "frontend", "--lib", "--target", WASM]);
        // The linker's notes on who refers to whom, for splitting; given here, they rebuild nothing but the last crate.
        run(cargo.args(["--profile", profile, "--", "-C", "link-arg=--emit-relocs"]))
    })?;
    let folder = if fast { "debug" } else { profile };
    let compiled = workspace.target.join(WASM).join(folder).join("frontend.wasm");
    let out = workspace.target.join("bound").join(folder);
    let shrinker = if fast { None } else { Shrinker::find(workspace)? };

    let code = fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let version = shrinker.as_ref().map_or("", |shrinker| &shrinker.version);
    let stamp = Stamp::new(&out.with_extension("stamp"), [code.as_slice(), version.as_bytes()]);
    let parts_file = out.with_extension("parts.json");
    if !stamp.is_current() {
        let parts = step("Splitting it and binding it to JavaScript", || {
            if out.exists() {
                fs::remove_dir_all(&out)?;
            }
            let (main, parts) = split(&code, &out)?;
            bind(main, &out, fast)?;
            Ok(parts)
        })?;
        if let Some(shrinker) = shrinker {
            step("Shrinking it", || shrinker.shrink_all(&out))?;
        }
        fs::write(&parts_file, serde_json::to_string(&parts)?)?;
        stamp.record()?;
    }

    let names = files_below(&out)?;
    let files = names.into_iter().map(|name| Ok((name.clone(), fs::read(out.join(name))?)));
    let parts = serde_json::from_str(&fs::read_to_string(parts_file)?)?;
    Ok(Package { files: files.collect::<Result<_>>()?, parts })
}

/// Writes what only lazy pages need into files of their own; returns the rest, and which page needs which files.
fn split(code: &[u8], out: &Path) -> Result<(Vec<u8>, BTreeMap<String, Vec<String>>)> {
    let main = out.join("main.wasm");
    let script = format!("./{}", Package::SCRIPT);
    let mut options = wasm_split_cli_support::Options::new(code);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = &script;
    options.link_name = LOADER;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting: {error:#}"))?;
    let rest = fs::read(&main)?;
    fs::remove_file(main)?;
    Ok((rest, split.prefetch_map.into_iter().collect()))
}

fn bind(code: Vec<u8>, out: &Path, fast: bool) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes(NAME, code).web(true)?.typescript(false).omit_default_module_path(true);
    bindgen.keep_debug(fast).remove_name_section(!fast).remove_producers_section(true);
    // The parts are linked to the program by these names.
    bindgen.keep_lld_exports(true).demangle(false);
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

    fn shrink_all(&self, folder: &Path) -> Result<()> {
        for name in files_below(folder)?.iter().filter(|name| name.ends_with(".wasm")) {
            let file = folder.join(name);
            run(Command::new(&self.program).arg("-Oz").args(FEATURES).arg(&file).arg("-o").arg(&file))?;
        }
        Ok(())
    }
}
