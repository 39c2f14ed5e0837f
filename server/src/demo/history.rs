//! A month of work, made by the use cases while a clock is moved from then to now.

use super::people::{ANSWERS, CANNED, CATALOGUE, CUSTOMERS, NOTE, OWNER, REMINDER, TEAM};
use super::{EMAIL, PASSWORD, worded};
use crate::environment::Environment;
use anyhow::{Context, Result, anyhow, bail};
use connectors::RawHook;
use connectors::whatsapp::simulator::{Simulator, sign};
use domain::access::Visibility;
use domain::ids::{ChatId, OrganisationId, ProductId, UserId};
use domain::orders::OrderStatus;
use domain::views::*;
use serde_json::json;
use services::accounts::{self, invites, organisation};
use services::pipeline::{self, HookAnswer};
use services::{Actor, Clock, Cx, ManualClock, chats, connections, orders, products};
use std::sync::Arc;
use std::time::Duration;

const DAY: i64 = 24 * 60 * MINUTE;
const MINUTE: i64 = 60_000;
const DAYS: i64 = 30;

struct Story {
    app: Arc<services::App>,
    clock: Arc<ManualClock>,
    organisation: OrganisationId,
    owner: UserId,
    team: Vec<UserId>,
    products: Vec<ProductId>,
    secret: String,
    path: (String, String),
    phone_number_id: String,
    waba_id: String,
    written: u64,
}

/// Makes the history up to a minute ago.
pub async fn make(environment: &Environment, db: store::Db, simulator: &Simulator) -> Result<()> {
    let now = services::SystemClock.now();
    let clock = Arc::new(ManualClock::at(now - DAYS * DAY));
    let app = environment.app_with_clock(db, true, clock.clone())?;
    // Nothing is sent before the program serves: the workers only apply what comes in.
    let workers = pipeline::start(&app).await.map_err(worded)?;
    let mut story = found(app, clock, simulator).await?;
    for day in 0..DAYS {
        story.day(day, now).await?;
    }
    story.today(now).await?;
    workers.stop(Duration::from_secs(5)).await;
    Ok(())
}

async fn found(app: Arc<services::App>, clock: Arc<ManualClock>, simulator: &Simulator) -> Result<Story> {
    simulator
        .ask("settings", json!({"window": false, "sent_ms": 0, "delivered_ms": 5, "read_ms": 10}))
        .await
        .map_err(|e| anyhow!(e))?;
    let (id, owner) =
        accounts::setup::create_organisation(&app, "Сервис «Север»", EMAIL, PASSWORD).await.map_err(worded)?;
    let profile =
        ProfileInput { name: OWNER.into(), language: "ru".into(), notifications: NotificationChoices::default() };
    accounts::profile::update(&owner_cx(&app, id, owner), profile).await.map_err(worded)?;
    let system = Cx::system(&app, id);
    let view = organisation::view(&system).await.map_err(worded)?;
    let input = OrganisationInput {
        name: view.name,
        time_zone: "Asia/Novosibirsk".into(),
        currency: "RUB".into(),
        settings: OrganisationSettings::default(),
        rev: view.rev,
    };
    organisation::update(&system, input).await.map_err(worded)?;
    let mut team = Vec::new();
    for (name, email, role, department) in TEAM {
        let invite = invites::create(&owner_cx(&app, id, owner), email, *role).await.map_err(worded)?;
        let token = invite.link.rsplit('/').next().unwrap_or_default().to_owned();
        let input = AcceptInvite { token, name: (*name).into(), password: PASSWORD.into(), language: "ru".into() };
        let user = invites::accept_new(&app, input).await.map_err(worded)?.user;
        let place = MemberPlace { visibility: Visibility::All, team: (*department).into(), capacity: None };
        accounts::members::place(&owner_cx(&app, id, owner), user, &place).await.map_err(worded)?;
        team.push(user);
    }
    let mut goods = Vec::new();
    for (kind, name, sku, unit, price) in CATALOGUE {
        let input = SaveProduct {
            kind: Some(*kind),
            name: Some((*name).into()),
            sku: Some((*sku).into()),
            unit: Some((*unit).into()),
            price_minor: Some(price * 100),
            ..Default::default()
        };
        goods.push(products::create(&system, &input).await.map_err(worded)?.id);
    }
    for (shortcut, title, text) in CANNED {
        let input = SaveCannedReply { shortcut: (*shortcut).into(), title: (*title).into(), text: (*text).into() };
        chats::save_canned(&system, None, input).await.map_err(worded)?;
    }
    let settings = simulator.settings();
    let text = |name: &str| settings.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let (secret, phone_number_id, waba_id) = (text("app_secret"), text("phone_number_id"), text("waba_id"));
    let input = SaveConnection { provider: "whatsapp".into(), name: "WhatsApp +7 383 207-11-02".into(), settings };
    let setup = connections::save(&system, input).await.map_err(worded)?;
    let path = ("whatsapp".to_owned(), setup.connection.webhook_key);
    super::rules::make(&owner_cx(&app, id, owner), team[2]).await?;
    Ok(Story {
        app,
        clock,
        organisation: id,
        owner,
        team,
        products: goods,
        secret,
        path,
        phone_number_id,
        waba_id,
        written: 0,
    })
}

fn owner_cx(app: &Arc<services::App>, organisation: OrganisationId, user: UserId) -> Cx {
    Cx::new(app, Actor::Member { user, role: domain::access::Role::Owner, sees: Visibility::All }, organisation)
}

impl Story {
    fn cx(&self, member: usize) -> Cx {
        let user = self.team.get(member).copied().unwrap_or(self.owner);
        let role = TEAM.get(member).map_or(domain::access::Role::Owner, |t| t.2);
        Cx::new(&self.app, Actor::Member { user, role, sees: Visibility::All }, self.organisation)
    }

    fn move_to(&self, at: i64) {
        self.clock.advance(at - self.clock.now());
    }

    /// A message as Meta would post it, through the door of webhooks.
    async fn customer_writes(&mut self, customer: usize, text: &str) -> Result<()> {
        let (name, phone, ..) = CUSTOMERS[customer];
        self.written += 1;
        let body = json!({"object": "whatsapp_business_account", "entry": [{"id": self.waba_id, "changes": [{"field": "messages", "value": {
            "messaging_product": "whatsapp", "metadata": {"display_phone_number": "73832071102", "phone_number_id": self.phone_number_id},
            "contacts": [{"profile": {"name": name}, "wa_id": phone}],
            "messages": [{"from": phone, "id": format!("wamid.demo{:06}", self.written), "timestamp": (self.clock.now() / 1000).to_string(),
                          "type": "text", "text": {"body": text}}]}}]}]})
        .to_string();
        let mut headers = http::HeaderMap::new();
        headers.insert("x-hub-signature-256", sign(&self.secret, body.as_bytes()).parse()?);
        let (method, now_ms) = (&http::Method::POST, self.clock.now());
        let hook = RawHook { method, query: "", headers: &headers, body: body.as_bytes(), now_ms };
        match pipeline::receive(&self.app, &self.path.0, &self.path.1, &hook).await {
            HookAnswer::Accepted { .. } => {}
            other => bail!("the demo's webhook was answered {other:?}"),
        }
        while self.app.metrics.events_applied_total.get() < self.written {
            if self.app.metrics.events_failed_total.get() > 0 {
                bail!("a demo event could not be applied");
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    }

    async fn chat_of(&self, customer: usize) -> Result<ChatView> {
        let filter = ChatFilter { q: Some(CUSTOMERS[customer].0.into()), limit: Some(1), ..Default::default() };
        let page = chats::list(&self.cx(usize::MAX), filter).await.map_err(worded)?;
        page.items.into_iter().next().with_context(|| format!("no chat of {}", CUSTOMERS[customer].0))
    }

    async fn answer(&self, chat: ChatId, member: usize, text: &str) -> Result<()> {
        let input = SendMessage { text: Some(text.into()), ..Default::default() };
        chats::send(&self.cx(member), chat, input).await.map_err(worded)?;
        Ok(())
    }

    async fn order(&self, chat: &ChatView, customer: usize, member: usize) -> Result<Option<OrderCard>> {
        let (.., goods) = CUSTOMERS[customer];
        if goods.is_empty() {
            return Ok(None);
        }
        let item = |position: &usize| NewItem {
            product_id: Some(self.products[*position]),
            quantity: Some(1.0),
            ..Default::default()
        };
        let input = NewOrder {
            chat_id: Some(chat.id),
            title: Some(CATALOGUE[goods[0]].1.into()),
            assignee_id: self.team.get(2).copied(),
            items: goods.iter().map(item).collect(),
            ..Default::default()
        };
        Ok(Some(orders::create(&self.cx(member), &input).await.map_err(worded)?))
    }

    async fn step(&self, order: &OrderCard, member: usize, to: OrderStatus) -> Result<OrderCard> {
        let fresh = orders::get(&self.cx(member), order.order.id).await.map_err(worded)?;
        let input = ChangeOrder {
            status: Some(to),
            reason: Some("по просьбе клиента".into()),
            rev: Some(fresh.order.rev),
            ..Default::default()
        };
        orders::change(&self.cx(member), order.order.id, &input).await.map_err(worded)
    }

    /// A day of the past: some customers write, are answered, order, and are served.
    async fn day(&mut self, day: i64, now: i64) -> Result<()> {
        let morning = now - (DAYS - day) * DAY;
        let visits = 3 + (day * 7 % 4);
        for visit in 0..visits {
            let customer = ((day * 5 + visit * 3) % CUSTOMERS.len() as i64) as usize;
            let member = ((day + visit) % 2) as usize;
            self.move_to(morning + visit * 97 * MINUTE + (day % 3) * 11 * MINUTE);
            for text in CUSTOMERS[customer].3 {
                self.customer_writes(customer, text).await?;
                self.clock.advance(MINUTE);
            }
            let chat = self.chat_of(customer).await?;
            self.clock.advance((1 + (day + visit) % 5) * MINUTE / 2);
            self.answer(chat.id, member, ANSWERS[((day + visit) % 4) as usize]).await?;
            self.clock.advance(9 * MINUTE);
            if let Some(order) = self.order(&chat, customer, member).await? {
                self.clock.advance(25 * MINUTE);
                self.step(&order, member, OrderStatus::InProgress).await?;
                if (day + visit) % 9 != 4 || day < DAYS - 3 {
                    self.clock.advance(45 * MINUTE);
                    self.step(&order, 2, OrderStatus::Ready).await?;
                    self.clock.advance(5 * MINUTE);
                    self.step(&order, member, OrderStatus::Delivered).await?;
                }
            }
        }
        Ok(())
    }

    /// This morning: something of everything, some of it waiting.
    async fn today(&mut self, now: i64) -> Result<()> {
        for (n, customer) in [8usize, 10, 12, 2, 3, 6, 0, 1, 4].into_iter().enumerate() {
            self.move_to(now - (9 - n as i64) * 17 * MINUTE);
            for text in CUSTOMERS[customer].3 {
                self.customer_writes(customer, text).await?;
                self.clock.advance(MINUTE / 2);
            }
            let chat = self.chat_of(customer).await?;
            if n < 6 {
                self.clock.advance(2 * MINUTE);
                self.answer(chat.id, n % 2, ANSWERS[n % 4]).await?;
                self.clock.advance(3 * MINUTE);
                if let Some(order) = self.order(&chat, customer, n % 2).await? {
                    for to in
                        [OrderStatus::Assigned, OrderStatus::InProgress, OrderStatus::Ready].into_iter().take(n % 4)
                    {
                        self.clock.advance(MINUTE);
                        self.step(&order, 0, to).await?;
                    }
                }
            }
        }
        self.move_to(now - MINUTE);
        self.among_colleagues(now).await
    }

    /// What colleagues tell each other about a client, and what they leave for tomorrow.
    async fn among_colleagues(&self, now: i64) -> Result<()> {
        let asked = self.chat_of(0).await?.id;
        let note = WriteNote { text: format!("@{OWNER} {NOTE}"), mentions: vec![self.owner] };
        chats::write_note(&self.cx(0), asked, &note).await.map_err(worded)?;
        let message = SendMessage { text: Some(REMINDER.into()), ..Default::default() };
        let later = SaveLater { message, send_at: now + 20 * 60 * MINUTE, unless_answered: true, rev: None };
        chats::later::plan(&self.cx(1), self.chat_of(2).await?.id, &later).await.map_err(worded)?;
        let aside = ChatChange::Snooze { until: Some(now + 18 * 60 * MINUTE) };
        chats::change(&self.cx(0), self.chat_of(12).await?.id, aside).await.map_err(worded)
    }
}
