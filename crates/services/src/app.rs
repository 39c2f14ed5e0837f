//! The running installation: database, clock, keys and wake-up calls, shared by every door and worker.

use crate::clock::{Clock, IdSource};
use crate::rates::{Limits, Rates};
use crate::retention::Keep;
use crate::{Vault, live::Live, metrics::Metrics};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use store::Db;
use tokio::sync::{Notify, Semaphore};

/// How mail leaves the house.
#[derive(Clone, Debug)]
pub enum Mailer {
    /// Through this SMTP server (`smtp://user:password@host:587`, `smtps://…`).
    Smtp { url: String, from: String },
    /// Demo: mails are only shown in the journal.
    Journal,
    /// Not set up: mail jobs stop with a clear reason.
    None,
}

/// What the environment decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address people and providers reach us under, without a trailing slash.
    pub public_url: String,
    pub data_dir: PathBuf,
    pub mailer: Mailer,
    /// Simulators instead of providers; shown in the interface.
    pub demo: bool,
    /// Reverse proxies in front of us, each of which adds an address to `X-Forwarded-For`.
    pub proxies: usize,
    /// How long things are kept.
    pub keep: Keep,
    /// How often somebody may ask.
    pub limits: Limits,
    /// Services people may sign in with; none unless the operator names some.
    pub sign_in: Vec<connectors::identity::Provider>,
    /// Days after which a session ends however much it is used.
    pub session_days: i64,
    /// Whether addresses people type may lead into private networks, and be plain HTTP.
    pub private_nets: bool,
    /// Where spans go, if anywhere.
    pub traces: Option<crate::traces::Settings>,
    /// The name this node wants; another one that has it makes it one with a number (`nodes`).
    pub node: String,
    /// Where it listens, shown to people.
    pub address: String,
    /// Fresh at each start; leases belong to it.
    pub boot: String,
}

impl Config {
    /// Whether cookies may be `__Host-` and `Secure`.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
    /// How long a session lives at most.
    pub fn longest_session(&self) -> i64 {
        self.session_days * crate::zone::DAY_MS
    }
}

/// The running installation.
#[derive(Debug)]
pub struct App {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub started_at: i64,
    pub ids: IdSource,
    pub vault: Vault,
    pub http: reqwest::Client,
    pub config: Config,
    pub live: Live,
    pub metrics: Metrics,
    pub traces: crate::traces::Traces,
    /// Rung after a commit that wrote events.
    pub wake_events: Notify,
    /// Rung after a commit that wrote jobs.
    pub wake_jobs: Notify,
    /// Rung after a commit that may have made a chat wait or a member free.
    pub wake_routing: Notify,
    /// Password hashing is heavy in memory: this many at a time.
    pub hashing: Semaphore,
    pub ingest: crate::pipeline::Ingest,
    pub connections: crate::connections::Cache,
    pub push: crate::push::Keys,
    pub attempts: crate::accounts::AttemptLimiter,
    pub identities: crate::accounts::identities::Known,
    pub rates: Rates,
    pub nodes: crate::nodes::Nodes,
    pub gauges: crate::gauges::Gauges,
    pub trees: crate::rules::Trees,
    /// What was found when the journal was walked for its page.
    pub walked: crate::seals::Walked,
    pub haste: crate::pipeline::Haste,
    /// Whose events are applied next.
    pub turns: Mutex<domain::fair::Turns>,
}

impl App {
    /// Puts an installation together. Workers are started separately by [`crate::pipeline::start`].
    pub fn new(db: Db, clock: Arc<dyn Clock>, vault: Vault, http: reqwest::Client, config: Config) -> Arc<Self> {
        Arc::new(Self {
            ingest: crate::pipeline::Ingest::new(),
            connections: Default::default(),
            push: Default::default(),
            attempts: Default::default(),
            identities: Default::default(),
            rates: Default::default(),
            nodes: Default::default(),
            gauges: Default::default(),
            trees: Default::default(),
            walked: Default::default(),
            haste: Default::default(),
            turns: Default::default(),
            live: Live::new(),
            metrics: Metrics::default(),
            traces: crate::traces::Traces::new(config.traces.clone()),
            wake_events: Notify::new(),
            wake_jobs: Notify::new(),
            wake_routing: Notify::new(),
            hashing: Semaphore::new(2),
            ids: IdSource::default(),
            started_at: clock.now(),
            db,
            clock,
            vault,
            http,
            config,
        })
    }
}
