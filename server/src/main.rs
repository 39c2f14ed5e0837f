//! The program `pult`: puts the parts together and serves them. Wiring only, no rules and no SQL.

mod assets;

use std::net::SocketAddr;

use anyhow::{Context, Result};
use app::{App, shell};
use axum::Router;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};

use assets::Site;

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let address = std::env::var("PULT_ADDR").unwrap_or_else(|_| "127.0.0.1:3000".into());
    let address: SocketAddr = address.parse().context("PULT_ADDR is not an address with a port")?;
    let site = Site::load()?;
    let router = pages(&site).merge(site.routes());
    let listener =
        tokio::net::TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

/// The pages, rendered on the server.
fn pages(site: &Site) -> Router {
    let options = LeptosOptions::builder().output_name("pult").build();
    let names = site.names();
    let document = {
        let options = options.clone();
        move || shell(options.clone())
    };
    Router::new()
        .leptos_routes_with_context(
            &options,
            generate_route_list(App),
            move || provide_context(names.clone()),
            document,
        )
        .with_state(options)
}
