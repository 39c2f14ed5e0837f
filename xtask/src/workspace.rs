//! Where things lie, and how other programs are started: the root, the target directory, `cargo`, and honest errors.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

use anyhow::{Context, Result, bail};

/// The browser's target.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The checkout and the directory everything is built into.
pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory.
    pub target: PathBuf,
}

impl Workspace {
    /// Finds both from what Cargo says of itself.
    pub fn locate() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").context("start this through `cargo xtask`")?;
        let root = Path::new(&manifest).parent().context("xtask lies inside the workspace")?.to_path_buf();
        let mut workspace = Self { target: root.join("target"), root };
        let metadata = workspace.metadata()?;
        workspace.target =
            metadata["target_directory"].as_str().context("cargo metadata names the target directory")?.into();
        Ok(workspace)
    }

    /// Where the built site lies.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The server's program of a profile (`debug`, `release`).
    pub fn binary(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join(format!("pult{}", env::consts::EXE_SUFFIX))
    }

    /// `cargo` with these arguments, in the root.
    pub fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = self.command(env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
        // What cargo tells us about ourselves is no news for others: build scripts that look at it (ring's) would run again,
        // and with them everything above, each time cargo is started by us and by a person in turn.
        for (name, _) in env::vars_os() {
            let own =
                name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
            if own {
                command.env_remove(name);
            }
        }
        command.args(arguments);
        command
    }

    /// Any other program, in the root.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// What `cargo metadata` says of the workspace's own packages.
    pub fn metadata(&self) -> Result<serde_json::Value> {
        let text = output(&mut self.cargo(["metadata", "--format-version", "1", "--no-deps"]))?;
        Ok(serde_json::from_str(&text)?)
    }
}

/// Runs a program to its end; its output goes to the terminal. Anything but success is an error naming the command.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a program and returns what it wrote to standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}", shown(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote something that is not text", shown(command)))
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let mut words = vec![Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}

/// Says what begins, does it, and says how long it took when one could notice.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("• {what}");
    let begin = Instant::now();
    let result = work()?;
    let seconds = begin.elapsed().as_secs_f32();
    if seconds >= 1.0 {
        eprintln!("  {seconds:.1} s");
    }
    Ok(result)
}

/// Writes a file only when its content differs, so that nothing downstream is rebuilt for nothing.
pub fn write_if_changed(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Every file below a folder, as paths relative to it with `/`, sorted; nothing when the folder is missing.
pub fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(current) = open.pop() {
        if !current.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&current)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                open.push(entry.path());
            } else {
                let path = entry.path();
                let relative = path.strip_prefix(folder)?.to_str().context("file names are UTF-8")?;
                found.push(relative.replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}
