//! `pult demo`: an invented repair shop with a month of history, and the providers' simulators instead of the world.
//! The history is made by the real use cases under a clock that is moved, so nothing in it could not happen in life.

mod history;
mod people;
mod reviews;
mod reviews_words;
mod rules;

use crate::environment::Environment;
use crate::serve;
use crate::state::DemoSignIn;
use anyhow::{Context, Result, anyhow};
use connectors::identity;
use connectors::whatsapp::simulator::Simulator;
use domain::ids::OrganisationId;
use domain::views::SaveConnection;
use serde_json::json;
use services::{Cx, connections};
use std::sync::Arc;

/// Sign-in of the demo's owner.
pub const EMAIL: &str = "owner@demo.example";
/// Its password; the demo listens on this machine only unless told otherwise.
pub const PASSWORD: &str = "pult-demo-2026";

/// Makes the demo data on first start, then serves.
pub async fn run() -> Result<()> {
    let mut environment = Environment::read(true)?;
    let db = environment.open().await?;
    db.migrate().await?;
    let addr = std::env::var("PULT_SIM_ADDR").unwrap_or_else(|_| "127.0.0.1:0".into());
    let simulator =
        Simulator::start(addr.parse().context("PULT_SIM_ADDR")?).await.context("the simulator cannot listen")?;
    let services = reviews::Simulators::start().await?;
    let identity = identities(&mut environment).await?;
    if first_organisation(&db).await?.is_none() {
        eprintln!("Making a month of demo history…");
        history::make(&environment, db.clone(), &simulator).await?;
        let organisation = first_organisation(&db).await?.context("the demo organisation is missing")?;
        reviews::make(&environment, &db, organisation, &services).await?;
    }
    let organisation = first_organisation(&db).await?.context("the demo organisation is missing")?;
    let app = environment.app(db, true)?;
    point_to(&app, organisation, &simulator, &services).await?;
    let told = (app.clone(), simulator, services, identity);
    serve::run(environment.addr, app, Some(DemoSignIn { email: EMAIL.into(), password: PASSWORD.into() }), move |_| {
        println!("Sign in: {EMAIL} / {PASSWORD}");
        println!("WhatsApp simulator: {}", told.1.base_url);
        println!("Intercom simulator: {}", told.2.intercom.base_url);
        println!("Trustpilot simulator: {}", told.2.trustpilot.api_url);
        println!("Identity simulator: {}", told.3.url);
        tokio::spawn(async move {
            let (app, simulator, services, _identity) = told;
            if let Err(error) = tell_callback(&app, organisation, &simulator, &services).await {
                tracing::warn!(%error, "The simulators were not told the webhook addresses");
            }
            // The simulators live as long as the program.
            std::future::pending::<()>().await;
        });
    })
    .await
}

/// Two services to sign in with, where the owner of the demo has an account; those of the environment stay as they are.
async fn identities(environment: &mut Environment) -> Result<identity::simulator::Simulator> {
    let simulator = identity::simulator::Simulator::start(([127, 0, 0, 1], 0).into()).await?;
    let owner = json!({"id": "110169484474386276337", "name": "Владелец демо", "email": EMAIL, "verified": true});
    simulator.ask("person", owner).await.map_err(wrong)?;
    if environment.sign_in.is_empty() {
        environment.sign_in = identity::read(&simulator.config().to_string(), true)?;
        environment.sign_in.retain(|it| matches!(it.id.as_str(), "google" | "yandex"));
    }
    Ok(simulator)
}

async fn first_organisation(db: &store::Db) -> Result<Option<OrganisationId>> {
    Ok(store::organisations::first(db).await?)
}

/// The simulators have other ports at every start.
async fn point_to(
    app: &Arc<services::App>,
    organisation: OrganisationId,
    simulator: &Simulator,
    services: &reviews::Simulators,
) -> Result<()> {
    let cx = Cx::system(app, organisation);
    for connection in connections::list(&cx).await.map_err(worded)? {
        let settings = services.settings(&connection.provider).unwrap_or_else(|| simulator.settings());
        let input = SaveConnection { provider: connection.provider, name: String::new(), settings };
        connections::change(&cx, connection.id, input).await.map_err(worded)?;
    }
    Ok(())
}

async fn tell_callback(
    app: &Arc<services::App>,
    organisation: OrganisationId,
    simulator: &Simulator,
    services: &reviews::Simulators,
) -> Result<()> {
    let cx = Cx::system(app, organisation);
    for connection in connections::list(&cx).await.map_err(worded)? {
        let setup = connections::get(&cx, connection.id).await.map_err(worded)?;
        if connection.provider == "whatsapp" {
            let order = json!({"url": setup.webhook_url, "verify_token": setup.generated.get("verify_token")});
            simulator.ask("callback", order).await.map_err(wrong)?;
        } else {
            services.call_back(&connection.provider, &setup.webhook_url).await?;
        }
    }
    Ok(())
}

/// An order no simulator understands.
fn wrong(why: String) -> anyhow::Error {
    anyhow!(why)
}

fn worded(error: services::Error) -> anyhow::Error {
    anyhow!("{error}")
}
