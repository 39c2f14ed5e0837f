//! An installation of the real program for the time of a proof: its folder, its database, its process. It can be killed.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};
use serde_json::{Value as Json, json};

use super::http::ask;
use crate::build;
use crate::workspace::Workspace;

/// How long something may take that must come.
const PATIENCE: Duration = Duration::from_secs(180);

/// The program to prove: `PULT_BIN`, else one built as it is handed out.
pub fn program(workspace: &Workspace) -> Result<PathBuf> {
    match env::var_os("PULT_BIN") {
        Some(path) => Ok(path.into()),
        None => build::build(workspace, &build::Options { fast: false, release: true }),
    }
}

/// One installation.
pub struct Stage {
    program: PathBuf,
    pub folder: PathBuf,
    /// Where the program keeps its files.
    data: PathBuf,
    database: String,
    pub addr: SocketAddr,
    process: Option<Child>,
    /// More of the environment, for the serving process only.
    pub variables: Vec<(String, String)>,
}

/// An organisation and a key for everything in it.
#[derive(Clone)]
pub struct Organisation {
    key: String,
    addr: SocketAddr,
}

/// A connection: where its provider posts, and its id.
#[derive(Clone)]
pub struct Connection {
    pub path: String,
    pub id: String,
}

impl Stage {
    /// Not yet serving. Without an address the database is a file in the installation's own folder.
    pub fn new(program: &Path, name: &str, database: Option<String>) -> Result<Self> {
        let folder = env::temp_dir().join(format!("pult-proof-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        // Freed again at once: nobody else takes a port the system has just given out.
        let addr = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let database = database.unwrap_or_else(|| format!("sqlite://{}/pult.db", folder.display()));
        Ok(Self {
            program: program.into(),
            data: folder.clone(),
            folder,
            database,
            addr,
            process: None,
            variables: Vec::new(),
        })
    }

    /// Another node of the same installation, not yet serving.
    pub fn beside(&self, name: &str) -> Result<Self> {
        let mut another = Self::new(&self.program, name, Some(self.database.clone()))?;
        another.data.clone_from(&self.data);
        Ok(another)
    }

    /// Goes on with the file in this folder; `synchronous` says what its commits are worth.
    pub fn set_database(&mut self, folder: &Path, synchronous: Option<&str>) {
        let query = synchronous.map_or(String::new(), |worth| format!("?synchronous={worth}"));
        self.database = format!("sqlite://{}/pult.db{query}", folder.display());
        self.data = folder.into();
    }

    fn command(&self) -> Result<Command> {
        let mut command = Command::new(&self.program);
        let log = fs::OpenOptions::new().create(true).append(true).open(self.folder.join("log"))?;
        command.env("DATABASE_URL", &self.database).env("PULT_DATA_DIR", &self.data).stderr(log);
        command.env("PULT_ADDR", self.addr.to_string()).env("PULT_ALLOW_PRIVATE_NETS", "1").env("RUST_LOG", "warn");
        Ok(command)
    }

    /// The command line of the program.
    pub fn cli(&self, arguments: &[&str], input: &str) -> Result<Json> {
        let mut command = self.command()?;
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        child.stdin.take().context("standard input")?.write_all(input.as_bytes())?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("pult {} ended with {}; see {}/log", arguments.join(" "), output.status, self.folder.display());
        }
        Ok(serde_json::from_slice(&output.stdout).unwrap_or_default())
    }

    /// Starts it, and waits until it listens.
    pub fn start(&mut self) -> Result<()> {
        let mut command = self.command()?;
        command.envs(self.variables.clone());
        let mut process = command.arg("serve").stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(process.stdout.take().context("standard output")?).lines();
        let listens = lines.any(|line| line.is_ok_and(|line| line.contains("listening on ")));
        // Whatever else it says must not fill the pipe.
        thread::spawn(move || lines.for_each(drop));
        self.process = Some(process);
        if !listens {
            bail!("pult did not start; see {}/log", self.folder.display());
        }
        Ok(())
    }

    /// `kill -9`.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill()?;
            process.wait()?;
        }
        Ok(())
    }

    /// An organisation with its key.
    pub fn organisation(&self, name: &str) -> Result<Organisation> {
        let email = format!("owner@{}.example", name.to_lowercase());
        let new = [
            "admin",
            "create-organisation",
            "--name",
            name,
            "--owner-email",
            &email,
            "--owner-password-stdin",
            "--json",
        ];
        let made = self.cli(&new, "a password of proofs 1\n")?;
        let id = word(&made, "organisation_id")?;
        let key = self.cli(&["admin", "create-api-key", "--organisation", &id, "--scopes", "*", "--json"], "")?;
        Ok(Organisation { key: word(&key, "key")?, addr: self.addr })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = self.kill();
        // What went wrong is worth looking at.
        if !thread::panicking() && env::var_os("PULT_KEEP").is_none() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A word of an answer.
pub fn word(answer: &Json, name: &str) -> Result<String> {
    Ok(answer[name].as_str().with_context(|| format!("{name} is missing in {answer}"))?.to_owned())
}

impl Organisation {
    /// One call of REST; it must succeed.
    pub fn call(&self, method: &str, path: &str, body: &Json) -> Result<Json> {
        let bearer = format!("Bearer {}", self.key);
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let (status, text) = ask(self.addr, method, &format!("/api/v1{path}"), &headers, &body)?;
        if !(200..300).contains(&status) {
            bail!("{method} {path}: {status} {text}");
        }
        Ok(serde_json::from_str(&text)?)
    }

    /// Every row of a list.
    pub fn all(&self, path: &str) -> Result<Vec<Json>> {
        let (mut rows, mut cursor) = (Vec::new(), String::new());
        loop {
            let sign = if path.contains('?') { '&' } else { '?' };
            let page = self.call("GET", &format!("{path}{sign}limit=200{cursor}"), &Json::Null)?;
            rows.extend(page["items"].as_array().cloned().unwrap_or_default());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Ok(rows),
            }
        }
    }

    /// Connects a service.
    pub fn connect(&self, provider: &str, settings: &Json) -> Result<Connection> {
        let made =
            self.call("POST", "/connections", &json!({"provider": provider, "name": provider, "settings": settings}))?;
        Ok(Connection { path: word(&made, "webhook_path")?, id: word(&made["connection"], "id")? })
    }

    /// Publishes a rule without conditions.
    pub fn rule(&self, name: &str, event: &str, acts: &[Json]) -> Result<()> {
        let then: Vec<Json> = acts.iter().map(|act| json!({"act": act})).collect();
        let draft = json!({"v": 1, "trigger": {"event": event}, "when": {"is": "all", "of": []}, "then": then});
        let made = self.call("POST", "/rules", &json!({"name": name, "ceiling": 100_000, "draft": draft}))?;
        self.call("POST", &format!("/rules/{}/publish", word(&made, "id")?), &json!({})).map(drop)
    }

    /// Publishes a rule that calls so many times for every event of this webhook of one's own, each with its number.
    pub fn tells(&self, own: &Connection, times: usize) -> Result<()> {
        // One event, so that its fields are known to rules; nobody listens yet.
        let first = json!({"number": "first"}).to_string();
        let (status, text) = ask(self.addr, "POST", &own.path, &[("Content-Type", "application/json")], &first)?;
        if status != 200 {
            bail!("the first event: {status} {text}");
        }
        self.settled()?;
        let call = json!({"do": "call_webhook", "connection_id": own.id, "event": "proof.told",
            "fields": [{"name": "number", "text": "{{event.number}}"}]});
        self.rule("Tell", "webhook.received", &vec![call; times])
    }

    /// Waits until nothing is under way.
    pub fn settled(&self) -> Result<()> {
        let begun = Instant::now();
        for path in
            ["/events?state=new", "/jobs?state=ready", "/jobs?state=running", "/events?state=new", "/jobs?state=ready"]
        {
            loop {
                let page = self.call("GET", &format!("{path}&limit=1"), &Json::Null)?;
                if page["items"].as_array().is_none_or(Vec::is_empty) {
                    break;
                }
                if begun.elapsed() > PATIENCE {
                    bail!("still under way after {} s: {}", PATIENCE.as_secs(), page["items"][0]);
                }
                thread::sleep(Duration::from_millis(200));
            }
        }
        Ok(())
    }
}
