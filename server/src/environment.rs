//! The environment: every variable Pult reads, its default, and the installation made from them.

use crate::log;
use anyhow::{Context, Result, bail};
use base64::Engine as _;
use connectors::identity::{self, Provider};
use services::rates::Limits;
use services::retention::Keep;
use services::{App, Clock, Config, Mailer, SystemClock, Vault};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use store::Db;

/// Values of the environment.
#[derive(Clone, Debug)]
pub struct Environment {
    /// `PULT_ADDR`.
    pub addr: SocketAddr,
    /// `DATABASE_URL`.
    pub database_url: String,
    /// `PULT_DATA_DIR`.
    pub data_dir: PathBuf,
    /// `PULT_PUBLIC_URL`, without a trailing slash.
    pub public_url: String,
    /// `PULT_SMTP_URL` and `PULT_MAIL_FROM`.
    pub mailer: Mailer,
    /// `PULT_KEEP_PAYLOADS_DAYS`, `PULT_KEEP_EVENTS_DAYS`, `PULT_KEEP_JOBS_DAYS`, `PULT_KEEP_OCCASIONS_DAYS`.
    pub keep: Keep,
    /// `PULT_PROXY_DEPTH`: reverse proxies in front of us.
    pub proxies: usize,
    /// `PULT_RATE_KEY`, `PULT_RATE_PERSON`, `PULT_RATE_ADDRESS`: requests per minute, 0 without limit.
    pub limits: Limits,
    /// `PULT_SIGN_IN_FILE`: services people may sign in with.
    pub sign_in: Vec<Provider>,
    /// `PULT_SESSION_DAYS`: after so many a session ends however much it is used.
    pub session_days: i64,
    /// `PULT_ALLOW_PRIVATE_NETS`: `1` lets addresses people type lead into private networks.
    pub private_nets: bool,
    /// `OTEL_EXPORTER_OTLP_ENDPOINT` and its like: where spans go.
    pub traces: Option<services::traces::Settings>,
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
}

/// A variable that is a number.
fn number<N: FromStr>(name: &str, default: N) -> Result<N> {
    let Some(text) = variable(name) else { return Ok(default) };
    text.parse().ok().with_context(|| format!("{name}={text} is not a number, or none that makes sense here"))
}

/// Log files, where `PULT_LOG_DIR` wants them: `PULT_LOG_FILE_MB` each, kept for `PULT_LOG_DAYS`.
pub fn log_files() -> Result<Option<log::Files>> {
    let Some(folder) = variable("PULT_LOG_DIR") else { return Ok(None) };
    let most_bytes = number::<u32>("PULT_LOG_FILE_MB", 50)?.max(1);
    let days = number::<u32>("PULT_LOG_DAYS", 30)?.max(1);
    Ok(Some(log::Files { folder: folder.into(), most_bytes: u64::from(most_bytes) << 20, days: days.into() }))
}

/// Services of the operator's file; none without one.
fn sign_in(plain: bool) -> Result<Vec<Provider>> {
    let Some(path) = variable("PULT_SIGN_IN_FILE") else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read PULT_SIGN_IN_FILE={path}"))?;
    identity::read(&text, plain).with_context(|| format!("PULT_SIGN_IN_FILE={path} cannot be used"))
}

impl Environment {
    /// Reads it; `demo` only changes the default of the data directory and the mailer.
    pub fn read(demo: bool) -> Result<Self> {
        let addr = variable("PULT_ADDR").unwrap_or_else(|| "127.0.0.1:3000".into());
        let addr: SocketAddr =
            addr.parse().with_context(|| format!("PULT_ADDR={addr} is not an address with a port"))?;
        let data_dir =
            PathBuf::from(variable("PULT_DATA_DIR").unwrap_or_else(|| if demo { "data/demo" } else { "data" }.into()));
        let database_url =
            variable("DATABASE_URL").unwrap_or_else(|| format!("sqlite://{}/pult.db", data_dir.display()));
        let public_url = variable("PULT_PUBLIC_URL").unwrap_or_else(|| format!("http://{addr}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            bail!("PULT_PUBLIC_URL={public_url} must begin with https:// or http://");
        }
        let host = public_url.split("://").nth(1).and_then(|rest| rest.split([':', '/']).next()).unwrap_or("localhost");
        let from = variable("PULT_MAIL_FROM").unwrap_or_else(|| format!("Пульт <pult@{host}>"));
        let mailer = match variable("PULT_SMTP_URL") {
            Some(url) => Mailer::Smtp { url, from },
            None if demo => Mailer::Journal,
            None => Mailer::None,
        };
        let private_nets = variable("PULT_ALLOW_PRIVATE_NETS").is_some_and(|value| value == "1");
        let sign_in = sign_in(private_nets)?;
        let usual = Keep::default();
        let days =
            |name: &str, usual: i64| Ok::<_, anyhow::Error>(i64::from(number::<u32>(name, usual as u32)?.max(1)));
        let keep = Keep {
            payloads: days("PULT_KEEP_PAYLOADS_DAYS", usual.payloads)?,
            events: days("PULT_KEEP_EVENTS_DAYS", usual.events)?,
            jobs: days("PULT_KEEP_JOBS_DAYS", usual.jobs)?,
            occasions: days("PULT_KEEP_OCCASIONS_DAYS", usual.occasions)?,
        };
        let proxies = number("PULT_PROXY_DEPTH", 0)?;
        let limits = Limits {
            key: number("PULT_RATE_KEY", 6_000)?,
            person: number("PULT_RATE_PERSON", 3_000)?,
            address: number("PULT_RATE_ADDRESS", 12_000)?,
        };
        let session_days = days("PULT_SESSION_DAYS", 90)?;
        let traces = services::traces::Settings::read(variable)?;
        Ok(Self {
            traces,
            session_days,
            keep,
            proxies,
            limits,
            addr,
            database_url,
            data_dir,
            public_url,
            mailer,
            sign_in,
            private_nets,
        })
    }

    /// Opens the database. Does not migrate.
    pub async fn open(&self) -> Result<Db> {
        Db::open(&self.database_url).await.with_context(|| "the database cannot be opened (DATABASE_URL)")
    }

    /// Puts the installation together on an open, migrated database.
    pub fn app(&self, db: Db, demo: bool) -> Result<Arc<App>> {
        self.app_with_clock(db, demo, Arc::new(SystemClock))
    }

    /// The same with another clock (demo history).
    pub fn app_with_clock(&self, db: Db, demo: bool, clock: Arc<dyn Clock>) -> Result<Arc<App>> {
        Ok(self.app_with_key(db, demo, clock, self.vault()?))
    }

    /// The same with a key that is not kept yet (restoring).
    pub fn app_with_key(&self, db: Db, demo: bool, clock: Arc<dyn Clock>, vault: Vault) -> Arc<App> {
        let node = variable("PULT_NODE").or_else(|| std::fs::read_to_string("/etc/hostname").ok()).unwrap_or_default();
        let private_nets = demo || self.private_nets;
        let config = Config {
            public_url: self.public_url.clone(),
            data_dir: self.data_dir.clone(),
            mailer: self.mailer.clone(),
            demo,
            keep: self.keep,
            proxies: self.proxies,
            limits: self.limits,
            sign_in: self.sign_in.clone(),
            private_nets,
            traces: self.traces.clone(),
            session_days: self.session_days,
            node: format!("{}:{}", node.trim(), self.addr.port()),
            address: self.addr.to_string(),
            boot: services::random_token(),
        };
        App::new(db, clock, vault, connectors::address::client(private_nets), config)
    }

    /// The secret key: of the environment, else the one in the data directory; `None` before the first start.
    pub fn key(&self) -> Result<Option<String>> {
        if let Some(text) = variable("PULT_SECRET_KEY") {
            return Ok(Some(text));
        }
        let path = self.key_path();
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Where the key lies, unless it is in the environment.
    pub fn key_path(&self) -> PathBuf {
        self.data_dir.join("secret.key")
    }

    /// Keys used before: of the environment (`PULT_OLD_SECRET_KEYS`, separated by commas), and those the data directory has.
    pub fn old_keys(&self) -> Result<Vec<String>> {
        let path = self.old_keys_path();
        let kept = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let told = variable("PULT_OLD_SECRET_KEYS").unwrap_or_default();
        let all = told.split(',').chain(kept.lines()).map(str::trim).filter(|text| !text.is_empty());
        Ok(all.map(str::to_owned).collect())
    }

    /// Where keys used before lie, one a line.
    pub fn old_keys_path(&self) -> PathBuf {
        self.data_dir.join("secret.old.keys")
    }

    /// Makes a new key in the data directory and puts the one there was among the old ones. A crash between the two leaves
    /// the key both current and old, which is harmless.
    pub fn rotate_key(&self) -> Result<()> {
        if variable("PULT_SECRET_KEY").is_some() {
            bail!(
                "the key is in the environment: put a new one into PULT_SECRET_KEY, the present one into \
                 PULT_OLD_SECRET_KEYS, and start again"
            );
        }
        let current = self.key()?.context("there is no secret key yet")?;
        let mut old = self.old_keys()?;
        old.push(current);
        let beside = |path: &Path| path.with_extension("part");
        for (path, text) in [(self.old_keys_path(), old.join("\n")), (self.key_path(), new_key())] {
            let _ = std::fs::remove_file(beside(&path));
            write_private(&beside(&path), &text)
                .and_then(|()| std::fs::rename(beside(&path), &path))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }

    /// Keeps a key in the data directory, where there is none yet.
    pub fn keep_key(&self, text: &str) -> Result<()> {
        let path = self.key_path();
        write_private(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// The key, made on first start.
    fn vault(&self) -> Result<Vault> {
        if let Some(text) = self.key()? {
            let current = Vault::from_base64(&text).context("the secret key cannot be used")?;
            let old = |text: String| Vault::from_base64(&text).context("an old secret key cannot be used");
            return self.old_keys()?.into_iter().try_fold(current, |vault, text| Ok(vault.after(old(text)?)));
        }
        let text = new_key();
        self.keep_key(&text)?;
        tracing::warn!(path = %self.key_path().display(), "A secret key was made; keep a copy of it, without it stored secrets cannot be opened");
        Ok(Vault::from_base64(&text)?)
    }
}

fn new_key() -> String {
    base64::engine::general_purpose::STANDARD.encode(services::random_bytes::<32>())
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
