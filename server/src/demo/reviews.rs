//! Two weeks of conversations that were closed in Intercom, the rule that invites after them, and what clients wrote on
//! Trustpilot. Both simulators tell it by real webhooks: a listener of the demo's own takes them while the clock is moved.

use super::people::{OWNER, TEAM};
use super::reviews_words::{CASES, Case, REVIEWS, Written};
use super::{worded, wrong};
use crate::environment::Environment;
use crate::hooks;
use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Path, Request};
use axum::routing::any;
use connectors::simulator::FaultOrder;
use connectors::{intercom, trustpilot};
use domain::ids::OrganisationId;
use domain::queue::JobState;
use domain::views::*;
use serde_json::{Value as Json, json};
use services::pipeline;
use services::{Clock, Cx, ManualClock, connections, reviews, rules};
use std::sync::Arc;
use std::time::Duration;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const DAYS: i64 = 14;
/// Which conversation is refused by Trustpilot, and which is cut off in the middle of sending: the last one.
const REFUSED: usize = 24;

/// The two services beside WhatsApp.
#[derive(Debug)]
pub struct Simulators {
    pub intercom: intercom::simulator::Simulator,
    pub trustpilot: trustpilot::simulator::Simulator,
}

impl Simulators {
    /// Starts both, as the demo's shop has set them up.
    pub async fn start() -> Result<Self> {
        let any_port = ([127, 0, 0, 1], 0).into();
        let intercom = intercom::simulator::Simulator::start(any_port).await.context("Intercom's simulator")?;
        let trustpilot = trustpilot::simulator::Simulator::start(any_port).await.context("Trustpilot's simulator")?;
        let admin = |(place, (name, email, ..)): (usize, &(&str, &str, _, _))| json!({"id": (991_267_715 + place).to_string(), "name": name, "email": email});
        let admins: Vec<Json> = TEAM.iter().take(3).enumerate().map(admin).collect();
        let desk = json!({"admins": admins, "app_name": "Сервис «Север»", "timezone": "Asia/Novosibirsk"});
        intercom.ask("settings", desk).await.map_err(wrong)?;
        let profile = json!({"domain": "sever.example", "display_name": "Сервис «Север»"});
        trustpilot.ask("settings", profile).await.map_err(wrong)?;
        Ok(Self { intercom, trustpilot })
    }

    /// Settings of a connection to this provider, if it is one of the two.
    pub fn settings(&self, provider: &str) -> Option<serde_json::Map<String, Json>> {
        match provider {
            "intercom" => Some(self.intercom.settings()),
            "trustpilot" => Some(self.trustpilot.settings()),
            _ => None,
        }
    }

    /// Tells the provider where its events go.
    pub async fn call_back(&self, provider: &str, url: &str) -> Result<()> {
        let order = json!({"url": url});
        match provider {
            "intercom" => self.intercom.ask("callback", order).await.map_err(wrong)?,
            _ => self.trustpilot.ask("callback", order).await.map_err(wrong)?,
        };
        Ok(())
    }

    /// Both clocks to this time.
    async fn move_to(&self, at: i64) -> Result<()> {
        let here = |told: Json| told["now_ms"].as_i64().unwrap_or(at);
        let still = || json!({"advance_ms": 0});
        let ahead = at - here(self.intercom.ask("clock", still()).await.map_err(wrong)?);
        self.intercom.ask("clock", json!({"advance_ms": ahead})).await.map_err(wrong)?;
        let ahead = at - here(self.trustpilot.ask("clock", still()).await.map_err(wrong)?);
        self.trustpilot.ask("clock", json!({"advance_ms": ahead})).await.map_err(wrong)?;
        Ok(())
    }
}

struct Story<'a> {
    app: Arc<services::App>,
    db: store::Db,
    clock: Arc<ManualClock>,
    organisation: OrganisationId,
    services: &'a Simulators,
}

/// Makes the history up to an hour ago.
pub async fn make(
    environment: &Environment,
    db: &store::Db,
    organisation: OrganisationId,
    services: &Simulators,
) -> Result<()> {
    let now = services::SystemClock.now();
    let clock = Arc::new(ManualClock::at(now - DAYS * DAY));
    let app = environment.app_with_clock(db.clone(), true, clock.clone())?;
    let workers = pipeline::start(&app).await.map_err(worded)?;
    let story = Story { app, db: db.clone(), clock, organisation, services };
    let listening = listen(&story.app).await?;
    story.move_to(now - DAYS * DAY).await?;
    story.connect(&listening.0).await?;
    let gap = (DAYS * DAY - 3 * 60 * MINUTE) / CASES.len() as i64;
    for (place, case) in CASES.iter().enumerate() {
        story.move_to(now - DAYS * DAY + gap * place as i64 + (place as i64 * 37 % 50) * MINUTE).await?;
        story.close(place, case).await?;
    }
    story.answer().await?;
    story.move_to(now - MINUTE).await?;
    // The last invitation hangs at the provider: stopping here leaves it as a power cut would.
    workers.stop(Duration::from_millis(50)).await;
    listening.1.abort();
    Ok(())
}

/// Takes webhooks for the time of the history. Gives its address and the task to end.
async fn listen(app: &Arc<services::App>) -> Result<(String, tokio::task::JoinHandle<()>)> {
    let app = app.clone();
    let take = move |Path((provider, key)): Path<(String, String)>, request: Request| {
        let app = app.clone();
        async move { hooks::take(&app, &provider, &key, request).await }
    };
    let router = Router::new().route("/api/hooks/{provider}/{key}", any(take));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    let task = tokio::spawn(async move {
        // Ends with the history.
        let _ = axum::serve(listener, router).await;
    });
    Ok((address, task))
}

impl Story<'_> {
    fn cx(&self) -> Cx {
        Cx::system(&self.app, self.organisation)
    }

    async fn move_to(&self, at: i64) -> Result<()> {
        self.clock.advance(at - self.clock.now());
        self.services.move_to(at).await
    }

    /// Both connections and the rule between them.
    async fn connect(&self, address: &str) -> Result<()> {
        let mut inviter = None;
        for provider in ["intercom", "trustpilot"] {
            let settings = self.services.settings(provider).unwrap_or_default();
            let input = SaveConnection { provider: provider.into(), name: String::new(), settings };
            let setup = connections::save(&self.cx(), input).await.map_err(worded)?;
            self.services.call_back(provider, &format!("{address}{}", setup.webhook_path)).await?;
            inviter = Some(setup.connection.id);
        }
        self.quiet().await?;
        let test = |field: &str, op: Json| json!({"is": "test", "field": field, "op": op});
        let draft = json!({
            "v": 1, "trigger": {"event": "intercom.conversation_closed"},
            "when": {"is": "all", "of": [
                test("event.closed_by", json!({"is": "equal", "value": "admin"})),
                {"is": "any", "of": [
                    test("event.rating", json!({"is": "absent"})),
                    test("event.rating", json!({"is": "more", "number": 3})),
                ]},
            ]},
            "then": [{"act": {"do": "invite_to_review", "connection_id": inviter, "quiet_days": 30}}],
        });
        let input = SaveRule {
            name: Some("Приглашение к отзыву".into()), draft: Some(draft), ..Default::default()
        };
        let rule = rules::create(&self.cx(), &input).await.map_err(worded)?;
        rules::publish(&self.cx(), rule.rule.id, &Default::default()).await.map_err(worded)?;
        Ok(())
    }

    /// A conversation is closed; some clients write a review the next hours.
    async fn close(&self, place: usize, case: &Case) -> Result<()> {
        let trouble = |order: FaultOrder| FaultOrder { on: "email-invitations".into(), ..order };
        let last = place + 1 == CASES.len();
        if place == REFUSED {
            let refusal = trouble(FaultOrder { fail_next: 1, status: 400, code: 4, ..FaultOrder::default() });
            self.services.trustpilot.faults().order(&refusal);
        }
        if last {
            self.services.trustpilot.faults().order(&trouble(FaultOrder { hang: 1, ..FaultOrder::default() }));
        }
        let member = TEAM.get(case.member).map_or(OWNER, |member| member.0);
        let order = json!({
            "email": case.email, "name": case.name, "admin": member, "unsubscribed": case.unsubscribed, "by": case.by,
        });
        let mut order = order;
        if case.rating > 0 {
            order["rating"] = case.rating.into();
        }
        let closed = self.services.intercom.ask("close", order).await.map_err(wrong)?;
        let conversation = closed["conversation"].as_str().unwrap_or_default().to_owned();
        if last {
            return self.until_running().await;
        }
        self.quiet().await?;
        for review in REVIEWS.iter().filter(|review| review.of == place) {
            self.clock.advance(review.after_minutes * MINUTE);
            self.services.move_to(self.clock.now()).await?;
            self.review(review, case.name, Some(&conversation)).await?;
        }
        Ok(())
    }

    async fn review(&self, review: &Written, author: &str, conversation: Option<&str>) -> Result<()> {
        let order = json!({
            "stars": review.stars, "title": review.title, "text": review.text, "author": author, "language": "ru",
            "reference": conversation.map(|id| format!("ic-{id}")),
        });
        self.services.trustpilot.ask("review", order).await.map_err(wrong)?;
        self.quiet().await
    }

    /// The team answers where it promised to.
    async fn answer(&self) -> Result<()> {
        let filter = ReviewFilter { limit: Some(200), ..Default::default() };
        let list = reviews::reviews(&self.cx(), &filter).await.map_err(worded)?;
        for review in list.items {
            let words = REVIEWS.iter().find(|written| written.text == review.body).and_then(|written| written.answer);
            if let Some(words) = words {
                reviews::answer(&self.cx(), review.id, words).await.map_err(worded)?;
            }
        }
        // All but the invitation that hangs.
        self.until_due_is_none().await
    }

    /// Until nothing is under way at this moment of the clock.
    async fn quiet(&self) -> Result<()> {
        // Work begets work: only what is quiet twice in a row is quiet.
        let mut calm = 0;
        while calm < 2 {
            let now = self.clock.now();
            let events = !store::events::any_due(&self.db, i64::MAX).await?;
            let due = store::jobs::next_due(&self.db).await?.is_none_or(|at| at > now);
            let running = store::jobs::count(&self.db, self.organisation, JobState::Running).await?;
            calm = if events && due && running == 0 { calm + 1 } else { 0 };
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    }

    async fn until_running(&self) -> Result<()> {
        while store::jobs::count(&self.db, self.organisation, JobState::Running).await? == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    }

    async fn until_due_is_none(&self) -> Result<()> {
        loop {
            let due = store::jobs::next_due(&self.db).await?.is_some_and(|at| at <= self.clock.now());
            if !due && store::jobs::count(&self.db, self.organisation, JobState::Running).await? <= 1 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}
