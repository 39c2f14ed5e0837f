//! A PostgreSQL server of our own for the time of a test run: empty, on a free loopback port, forgotten afterwards.
//!
//! `initdb` refuses to work for root, so there everything runs as the system's `postgres` user.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};

use crate::workspace::output;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Folders are called this and the number of the process that made them.
const PREFIX: &str = "pult-postgres-";

/// A running server; it stops and its files go when this is dropped.
pub struct Cluster {
    server: Child,
    folder: PathBuf,
    port: u16,
}

/// What a commit is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing, for speed: tests throw everything away.
    None,
    /// What a commit says is on the disk, as where it is used in earnest: for measurements.
    Full,
}

impl Cluster {
    /// Makes and starts one.
    pub fn start(durability: Durability) -> Result<Self> {
        let programs = programs()?;
        let user = User::find()?;
        remove_left_behind()?;
        let folder = env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        user.give(&folder)?;

        let data = folder.join("data");
        output(
            user.command(&programs.join("initdb"))
                .args(["--username=pult", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
                .arg("--pgdata")
                .arg(&data),
        )?;

        // Freed again at once: nobody else takes a port the system has just given out.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = fs::File::create(folder.join("log"))?;
        let server = user
            .command(&programs.join("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-k"])
            .arg(&folder)
            .args(settings(durability))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut cluster = Self { server, folder, port };
        cluster.wait(&programs)?;
        Ok(cluster)
    }

    /// The address of the database a test harness connects to in order to make its own ones.
    pub fn url(&self) -> String {
        format!("postgres://pult@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&mut self, programs: &Path) -> Result<()> {
        let begin = Instant::now();
        loop {
            let mut ready = Command::new(programs.join("pg_isready"));
            ready.args(["--quiet", "--host=127.0.0.1", "--port", &self.port.to_string()]);
            if ready.status()?.success() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() || begin.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL did not start:\n{log}");
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGQUIT: at once, nothing is kept.
        let asked = Command::new("kill").args(["-QUIT", &self.server.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes the folders of runs that were interrupted.
fn remove_left_behind() -> Result<()> {
    for entry in fs::read_dir(env::temp_dir())?.flatten() {
        let name = entry.file_name();
        let Some(process) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        if !Path::new("/proc").join(process).exists() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    Ok(())
}

fn settings(durability: Durability) -> Vec<&'static str> {
    let mut settings = vec!["listen_addresses=127.0.0.1", "max_connections=400", "shared_buffers=128MB"];
    if durability == Durability::None {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]);
    }
    settings.into_iter().flat_map(|setting| ["-c", setting]).collect()
}

/// The folder with `initdb` and `postgres`: Debian keeps them out of `PATH`, one folder per version.
fn programs() -> Result<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = debian
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = versions.into_iter().rev().map(|(_, folder)| folder).chain(env::split_paths(&path));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
        .context("no PostgreSQL server programs found; `scripts/setup test` installs them")
}

/// Who the server runs as.
struct User {
    /// User and group, when it is not ourselves.
    other: Option<(u32, u32)>,
}

impl User {
    fn find() -> Result<Self> {
        let number = |arguments: &[&str]| -> Result<u32> {
            let text = output(Command::new("id").args(arguments))?;
            text.trim().parse().with_context(|| format!("id said {text:?}"))
        };
        let other = if number(&["-u"])? == 0 {
            Some((number(&["-u", "postgres"])?, number(&["-g", "postgres"])?))
        } else {
            None
        };
        Ok(Self { other })
    }

    /// A program run as that user. It is asked to stop when we die, however that happens: nothing is left running.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "INT"]);
        if let Some((user, group)) = self.other {
            command.args(["--reuid", &user.to_string(), "--regid", &group.to_string(), "--clear-groups"]);
        }
        // The user may not enter the folder we stand in.
        command.arg("--").arg(program).current_dir("/");
        command
    }

    fn give(&self, folder: &Path) -> Result<()> {
        if let Some((user, group)) = self.other {
            std::os::unix::fs::chown(folder, Some(user), Some(group))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing_behind() {
        let cluster = Cluster::start(Durability::None).unwrap();
        let (folder, port) = (cluster.folder.clone(), cluster.port.to_string());
        let mut psql = Command::new(programs().unwrap().join("psql"));
        let answer = output(psql.args([&cluster.url(), "-Atc", "SHOW fsync"])).unwrap();
        assert_eq!(answer.trim(), "off");
        drop(cluster);
        assert!(!folder.exists());
        let mut ready = Command::new(programs().unwrap().join("pg_isready"));
        assert!(!ready.args(["--quiet", "--host=127.0.0.1", "--port", &port]).status().unwrap().success());
    }
}
