//! An installation for tests: a fresh database per test (`TEST_DB=sqlite|postgres`, the latter at `TEST_POSTGRES_URL`),
//! a clock that moves when told, and people who sign up as people do. Starts no workers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "every test binary uses its own part")]

use domain::access::Role;
use domain::ids::*;
use domain::views::{AcceptInvite, JournalView, SignUp};
use services::accounts::{self, mail::Letter};
use services::rates::Limits;
use services::{App, Config, Cx, ErrorCode, Mailer, ManualClock, Vault};
use std::sync::Arc;

/// Saturday 21 November 2026, 12:00 UTC.
pub const NOON: i64 = 1_795_262_400_000;
/// Everybody's password here.
pub const PASSWORD: &str = "зелёный слон 7";
/// Everybody's address.
pub const PEER: &str = "192.0.2.7";

/// An installation on its own database.
pub struct TestApp {
    pub app: Arc<App>,
    pub clock: Arc<ManualClock>,
    folder: tempfile::TempDir,
}

/// An installation whose mails are shown in the journal.
pub async fn app() -> TestApp {
    app_with(|_| {}).await
}

/// An installation with another configuration.
pub async fn app_with(change: impl FnOnce(&mut Config)) -> TestApp {
    let folder = tempfile::tempdir().unwrap();
    let db = store::Db::open(&database(folder.path()).await).await.unwrap();
    db.migrate().await.unwrap();
    let clock = Arc::new(ManualClock::at(NOON));
    let mut config = Config {
        public_url: "https://pult.example".into(),
        data_dir: folder.path().to_owned(),
        mailer: Mailer::Journal,
        demo: true,
        keep: Default::default(),
        proxies: 0,
        limits: Limits { key: 0, person: 0, address: 0 },
        sign_in: Vec::new(),
        private_nets: true,
        traces: None,
        session_days: 90,
        node: "test".into(),
        address: "127.0.0.1:0".into(),
        boot: "1".into(),
    };
    change(&mut config);
    let http = reqwest::Client::builder().build().unwrap();
    let app = App::new(db, clock.clone(), Vault::new([7; 32]), http, config);
    TestApp { app, clock, folder }
}

/// Address of a fresh database.
async fn database(folder: &std::path::Path) -> String {
    match std::env::var("TEST_DB").as_deref() {
        Ok("postgres") => {
            use sqlx::{Connection, Executor};
            let server = std::env::var("TEST_POSTGRES_URL").expect("TEST_DB=postgres needs TEST_POSTGRES_URL");
            let unique =
                folder.file_name().unwrap_or_default().to_string_lossy().replace(|c: char| !c.is_alphanumeric(), "");
            let name = format!("pult_test_{}_{}", std::process::id(), unique.to_lowercase());
            let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
            // A role without rights owns it, so that row-level security binds us as it does in life.
            let role = "DO $$ BEGIN CREATE ROLE pult_bound LOGIN; \
                        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
            connection.execute(role).await.unwrap();
            connection.execute(format!("CREATE DATABASE {name} OWNER pult_bound").as_str()).await.unwrap();
            connection.close().await.unwrap();
            let mut url = url::Url::parse(&server).unwrap();
            url.set_path(&name);
            url.set_username("pult_bound").unwrap();
            url.to_string()
        }
        Ok("sqlite") | Err(_) => format!("sqlite://{}", folder.join("pult.db").display()),
        Ok(other) => panic!("TEST_DB={other}: sqlite or postgres"),
    }
}

/// The e-mail of a person called like this.
pub fn email_of(name: &str) -> String {
    format!("{name}@sever.example")
}

impl TestApp {
    /// Another node on the same database, by the same clock.
    pub fn another_node(&self, boot: &str) -> Arc<App> {
        let config = Config { boot: boot.into(), node: boot.into(), ..self.app.config.clone() };
        App::new(self.app.db.clone(), self.clock.clone(), Vault::new([7; 32]), self.app.http.clone(), config)
    }
    /// Moves the clock.
    pub fn advance(&self, ms: i64) {
        self.clock.advance(ms);
    }
    /// A new owner with an organisation «{name} и Ко».
    pub async fn owner(&self, name: &str) -> Cx {
        let input = SignUp {
            name: name.into(),
            email: email_of(name),
            password: PASSWORD.into(),
            organisation: format!("{name} и Ко"),
            time_zone: "Asia/Novosibirsk".into(),
            language: "ru".into(),
        };
        let signed_in = accounts::sign_up(&self.app, input, PEER).await.unwrap();
        self.cx(signed_in.user, signed_in.organisation).await
    }
    /// A new member of the owner's organisation, invited and joined.
    pub async fn member(&self, owner: &Cx, name: &str, role: Role) -> Cx {
        let link = accounts::invites::create(owner, &email_of(name), role).await.unwrap().link;
        let token = link.rsplit('/').next().unwrap().to_owned();
        let input = AcceptInvite { token, name: name.into(), password: PASSWORD.into(), language: "ru".into() };
        let signed_in = accounts::invites::accept_new(&self.app, input).await.unwrap();
        self.cx(signed_in.user, signed_in.organisation).await
    }
    /// The context of a person's next request.
    pub async fn cx(&self, user: UserId, organisation: Option<OrganisationId>) -> Cx {
        accounts::authenticate(&self.app, user, organisation).await.unwrap()
    }
    /// The same person's next request: role and time as they are now.
    pub async fn again(&self, cx: &Cx) -> Cx {
        self.cx(cx.user().unwrap(), Some(cx.organisation)).await
    }
    /// A context with an API key of these scopes.
    pub async fn key(&self, owner: &Cx, scopes: &str) -> Cx {
        let key = accounts::keys::create(owner, "ключ", scopes, None).await.unwrap().key;
        accounts::keys::authenticate_key(&self.app, &key).await.unwrap()
    }
    /// Letters of an organisation, oldest first.
    pub async fn letters(&self, organisation: OrganisationId) -> Vec<Letter> {
        let filter = store::jobs::JobFilter { kind: Some(accounts::mail::KIND), ..Default::default() };
        let jobs = store::jobs::list(&self.app.db, organisation, &filter, 100).await.unwrap();
        let mut letters = Vec::new();
        for job in jobs.iter().rev() {
            let payload = store::jobs::payload(&self.app.db, organisation, job.id).await.unwrap().unwrap();
            letters.push(accounts::mail::open(&self.app, organisation, &payload).unwrap());
        }
        letters
    }
    /// The token of the newest letter that has a link to this page.
    pub async fn token(&self, organisation: OrganisationId, page: &str) -> String {
        let mark = format!("https://pult.example/{page}/");
        let letters = self.letters(organisation).await;
        let text = letters.iter().rev().find_map(|l| l.text.split_once(&mark)).expect("a letter with such a link").1;
        text.split_whitespace().next().unwrap().to_owned()
    }
    /// Lines of the journal with this code, newest first.
    pub async fn journal(&self, organisation: OrganisationId, code: &str) -> Vec<JournalView> {
        let lines = store::journal::list(&self.app.db, organisation, &Default::default(), 200).await.unwrap();
        lines.into_iter().filter(|line| line.code == code).collect()
    }
    /// Topics and ids of live hints of an organisation since a position.
    pub async fn hints(&self, organisation: OrganisationId, after: i64) -> Vec<(String, String)> {
        let rows = store::live::since_for(&self.app.db, organisation, after, 1_000).await.unwrap();
        rows.into_iter().map(|row| (row.topic, row.object_id)).collect()
    }
    /// The newest position of live hints.
    pub async fn live_rev(&self) -> i64 {
        store::live::bounds(&self.app.db).await.unwrap().1
    }
    /// Runs SQL that no operation offers (rows of other parts), without values.
    pub async fn sql(&self, sql: &str) {
        use sqlx::Executor;
        match &self.app.db {
            store::Db::Sqlite { write, .. } => write.execute(sql).await.map(|_| ()).unwrap(),
            store::Db::Postgres { write, .. } => {
                let sql = format!("SET pult.organisation = '*'; {sql}");
                write.execute(sql.as_str()).await.map(|_| ()).unwrap();
            }
        }
    }
}

/// The code of an expected error.
pub fn code<T: std::fmt::Debug>(result: services::Result<T>) -> ErrorCode {
    result.expect_err("should have been refused").into_api().code
}

/// The code and the field of an expected error.
pub fn code_and_field<T: std::fmt::Debug>(result: services::Result<T>) -> (ErrorCode, String) {
    let error = result.expect_err("should have been refused").into_api();
    (error.code, error.field.unwrap_or_default())
}
