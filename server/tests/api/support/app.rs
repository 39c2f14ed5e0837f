//! One installation: its folder, its database, its process. Dropping it ends the process and fails the test if the program
//! panicked anywhere on the way, even where somebody caught it.

use super::{Api, Browser, Engine, Json, Reply, database::Database, text};
use std::net::UdpSocket;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

/// Everybody's password here.
pub const PASSWORD: &str = "зелёный слон 7";

/// An installation, serving or not.
#[derive(Debug)]
pub struct TestApp {
    pub folder: tempfile::TempDir,
    pub database: Database,
    /// `http://127.0.0.1:port`, the same over restarts.
    pub base: String,
    pub http: reqwest::Client,
    port: Port,
    data: PathBuf,
    variables: Vec<(String, String)>,
    process: Option<Child>,
}

/// Another program on the same installation.
#[derive(Debug)]
pub struct Node {
    pub base: String,
    http: reqwest::Client,
    process: Child,
}

impl Node {
    /// The same caller, who comes to this node.
    pub fn api(&self, api: &Api) -> Api {
        Api { base: self.base.clone(), ..api.clone() }
    }
    /// The owner's browser, signed in at this node.
    pub async fn owner(&self, organisation: &Organisation) -> Browser {
        let mut browser = Browser::new(&self.http, &self.base);
        browser.sign_in(&organisation.owner_email, PASSWORD).await;
        browser
    }
    /// A path outside REST, as a monitor or a provider calls it.
    pub async fn visit(&self, path: &str) -> Reply {
        Reply::of(self.http.get(format!("{}{path}", self.base))).await
    }
    /// `kill -9`.
    pub async fn kill9(mut self) {
        self.process.kill().await.expect("kill");
    }
    /// Sends SIGTERM and waits for the end.
    pub async fn terminate(mut self) {
        terminate(&mut self.process).await;
    }
}

async fn terminate(child: &mut Child) -> i32 {
    let id = child.id().expect("a running process").to_string();
    let asked = Command::new("kill").args(["-TERM", &id]).status().await.expect("kill");
    assert!(asked.success(), "kill -TERM");
    child.wait().await.expect("exit code").code().expect("ended by a signal")
}

/// A figure of a page of metrics.
pub fn figure(metrics: &Reply, name: &str) -> u64 {
    let lines = &mut metrics.text.lines();
    let line = lines.find_map(|line| line.strip_prefix("pult_")?.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {metrics:?}")).parse().expect("a number")
}

/// What the command line answered.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The JSON of a good run.
    #[track_caller]
    pub fn json(&self) -> Json {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// An organisation made on the command line.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: String,
    pub owner_id: String,
    pub owner_email: String,
}

impl TestApp {
    /// A fresh installation that serves.
    pub async fn start() -> Self {
        let mut app = Self::installed().await;
        app.serve().await;
        app
    }

    /// A fresh installation with an organisation and an integrator who may do everything in it.
    pub async fn with_api() -> (Self, Api) {
        let app = Self::start().await;
        let organisation = app.organisation("Север").await;
        let api = app.api(&organisation, "*").await;
        (app, api)
    }

    /// A fresh installation, not serving.
    pub async fn installed() -> Self {
        let folder = tempfile::Builder::new().prefix("pult").rand_bytes(10).tempdir().expect("temporary folder");
        let data = folder.path().join("data");
        Self::installed_at(folder, data).await
    }

    /// The same on an engine of the test's choice.
    pub async fn installed_on(engine: Engine) -> Self {
        let folder = tempfile::Builder::new().prefix("pult").rand_bytes(10).tempdir().expect("temporary folder");
        let data = folder.path().join("data");
        Self::installed_with(engine, folder, data).await
    }

    /// The same with the data in a folder of the test's choice.
    pub async fn installed_at(folder: tempfile::TempDir, data: PathBuf) -> Self {
        Self::installed_with(Engine::of_this_run(), folder, data).await
    }

    async fn installed_with(engine: Engine, folder: tempfile::TempDir, data: PathBuf) -> Self {
        std::fs::create_dir_all(&data).expect("data folder");
        let place = if engine == Engine::Sqlite { data.as_path() } else { folder.path() };
        let database = Database::fresh(engine, place).await;
        let port = Port::take();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .expect("HTTP client");
        let base = format!("http://127.0.0.1:{}", port.number);
        Self { folder, database, base, http, port, data, variables: Vec::new(), process: None }
    }

    /// Sets a variable of the environment for all later starts.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// Where the program keeps its files.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Everything the program wrote to standard error since the installation began.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pult"));
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("NO_COLOR", "1");
        command.env("PULT_ADDR", format!("127.0.0.1:{}", self.port.number)).env("PULT_DATA_DIR", &self.data);
        // Simulators listen on this machine.
        command.env("PULT_ALLOW_PRIVATE_NETS", "1");
        command.env("DATABASE_URL", &self.database.url).current_dir(self.folder.path()).kill_on_drop(true);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Starts the program and waits until it listens.
    pub async fn serve(&mut self) {
        assert!(self.process.is_none(), "it runs already");
        if let Err(ended) = self.try_serve().await {
            panic!("the program ended at start: {ended:?}\n{}", self.log());
        }
    }

    /// Starts the program; `Err` with what it said when it ends before it listens.
    pub async fn try_serve(&mut self) -> Result<(), Ran> {
        let before = self.log().len();
        let log = std::fs::File::options().create(true).append(true).open(self.folder.path().join("log")).expect("log");
        let mut command = self.command();
        command.arg("serve").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().expect("pult");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
        loop {
            match lines.next_line().await.expect("a line") {
                Some(line) if line.contains("listening on") => break,
                Some(_) => {}
                None => {
                    let code = child.wait().await.expect("exit code").code().unwrap_or(-1);
                    return Err(Ran { code, out: String::new(), err: self.log()[before..].to_owned() });
                }
            }
        }
        // Read on, so that the program never writes into a closed pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        self.process = Some(child);
        Ok(())
    }

    /// Starts a second program on the same database and data; it ends when dropped.
    pub async fn second_node(&self) -> Node {
        self.node(&[("PULT_NODE", "second")]).await
    }

    /// Another program on the same database and data, with these variables of its environment; it ends when dropped.
    pub async fn node(&self, variables: &[(&str, &str)]) -> Node {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.path().join("log")).expect("log");
        let mut command = self.command();
        command.arg("serve").env("PULT_ADDR", "127.0.0.1:0").envs(variables.iter().copied());
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().expect("pult");
        let mut lines = BufReader::new(process.stdout.take().expect("stdout")).lines();
        loop {
            let line = lines.next_line().await.expect("a line").expect("the node ended at start");
            if let Some((_, addr)) = line.split_once("listening on ") {
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Node {
                    base: format!("http://{}", addr.trim_end_matches(')')),
                    http: self.http.clone(),
                    process,
                };
            }
        }
    }

    /// Sends SIGTERM and waits for the end; answers the exit code.
    pub async fn terminate(&mut self) -> i32 {
        terminate(&mut self.process.take().expect("it does not run")).await
    }

    /// `kill -9`, without a chance to tidy up.
    pub async fn kill9(&mut self) {
        let mut child = self.process.take().expect("it does not run");
        child.kill().await.expect("kill");
    }

    /// An orderly end and a new start.
    pub async fn restart(&mut self) {
        assert_eq!(self.terminate().await, 0, "{}", self.log());
        self.serve().await;
    }

    /// Runs the command line with something on its standard input.
    pub async fn cli_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("pult");
        // A program that does not read its input closes it; that is no mistake.
        let _ = child.stdin.take().expect("stdin").write_all(input.as_bytes()).await;
        let output = child.wait_with_output().await.expect("output");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Ran { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Runs the command line.
    pub async fn cli(&self, arguments: &[&str]) -> Ran {
        self.cli_with(arguments, "").await
    }

    /// A new organisation; its owner has an e-mail made of the organisation's number.
    pub async fn organisation(&self, name: &str) -> Organisation {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let owner_email = format!("owner{}@sever.example", COUNT.fetch_add(1, Ordering::Relaxed));
        let arguments = ["admin", "create-organisation", "--name", name, "--owner-email", &owner_email];
        let arguments = [&arguments[..], &["--owner-password-stdin", "--json"]].concat();
        let made = self.cli_with(&arguments, &format!("{PASSWORD}\n")).await.json();
        let (id, owner_id) = (text(&made, "organisation_id").to_owned(), text(&made, "user_id").to_owned());
        Organisation { id, owner_id, owner_email }
    }

    /// An integrator of the organisation with these scopes.
    pub async fn api(&self, organisation: &Organisation, scopes: &str) -> Api {
        let arguments = ["admin", "create-api-key", "--organisation", &organisation.id, "--scopes", scopes, "--json"];
        let made = self.cli(&arguments).await.json();
        self.nobody().with_key(text(&made, "key"))
    }

    /// A caller without a key.
    pub fn nobody(&self) -> Api {
        Api { http: self.http.clone(), base: self.base.clone(), key: String::new() }
    }

    /// A browser nobody has signed in with.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.http, &self.base)
    }

    /// The owner's browser, signed in.
    pub async fn owner(&self, organisation: &Organisation) -> Browser {
        let mut browser = self.browser();
        browser.sign_in(&organisation.owner_email, PASSWORD).await;
        browser
    }

    /// A path outside REST, as a monitor or a provider calls it.
    pub async fn visit(&self, path: &str) -> Reply {
        Reply::of(self.http.get(format!("{}{path}", self.base))).await
    }

    /// A counter of `/metrics`.
    pub async fn metric(&self, name: &str) -> u64 {
        figure(&self.visit("/metrics").await, name)
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(child) = &mut self.process {
            let _ = child.start_kill();
        }
        let log = self.log();
        if std::thread::panicking() {
            let tail: Vec<&str> = log.lines().rev().take(40).collect();
            eprintln!("the program's last words:");
            tail.iter().rev().for_each(|line| eprintln!("  {line}"));
        } else {
            assert!(!log.contains("panicked at"), "the program panicked:\n{log}");
        }
    }
}

/// A port of our own, below those the system gives to outgoing calls, so that it stays ours while the program is down.
/// The UDP socket of the same number keeps it from other tests, also from those in other processes.
#[derive(Debug)]
struct Port {
    number: u16,
    _mine: UdpSocket,
}

impl Port {
    fn take() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let seed = std::process::id().wrapping_mul(613);
        for _ in 0..10_000 {
            let number = 10_000 + (seed.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % 20_000) as u16;
            let Ok(mine) = UdpSocket::bind(("127.0.0.1", number)) else { continue };
            if std::net::TcpListener::bind(("127.0.0.1", number)).is_ok() {
                return Self { number, _mine: mine };
            }
        }
        panic!("no free port");
    }
}
