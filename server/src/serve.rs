//! Starting, serving and stopping.

use crate::assets::Site;
use crate::environment::Environment;
use crate::listening::Listening;
use crate::state::{AppState, DemoSignIn};
use crate::{
    auth, caller, doctor, files, guard, hooks, identities, live, look, ops, pages, public, rates, rest, second_factor,
    traces,
};
use anyhow::{Context, Result};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::serve::{Listener, ListenerExt};
use leptos::prelude::LeptosOptions;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Time for connections to end after SIGTERM, then for work under way, and for the last spans; ten seconds together.
const PATIENCE: Duration = Duration::from_secs(3);
const GRACE: Duration = Duration::from_secs(6);
const FLUSH: Duration = Duration::from_millis(800);

/// Migrates, starts the workers, listens, and serves until told to stop.
pub async fn serve(environment: Environment, demo: Option<DemoSignIn>) -> Result<()> {
    let db = environment.open().await?;
    db.migrate().await?;
    let app = environment.app(db, demo.is_some())?;
    run(environment.addr, app, demo, |_| {}).await
}

/// Serves an installation that is put together and migrated; `listening` is told the address.
pub async fn run(
    addr: SocketAddr,
    app: Arc<services::App>,
    demo: Option<DemoSignIn>,
    listening: impl FnOnce(SocketAddr),
) -> Result<()> {
    let state = AppState {
        app: app.clone(),
        site: Arc::new(Site::load()?),
        leptos: LeptosOptions::builder().output_name("pult").build(),
        demo,
        ready: Arc::new(AtomicBool::new(false)),
        stopping: CancellationToken::new(),
    };
    let exporting = services::traces::start(&app);
    let workers = services::pipeline::start(&app).await.map_err(anyhow::Error::from)?;
    let listening_on = Listening::on(addr, state.stopping.clone()).await;
    let listener = listening_on.with_context(|| format!("cannot listen on {addr}"))?;
    let address = listener.local_addr()?;
    state.ready.store(true, Ordering::Release);
    println!("Pult: {} (listening on {address})", app.config.public_url);
    listening(address);

    let stopping = state.stopping.clone();
    tokio::spawn(async move {
        stop_signal().await;
        stopping.cancel();
    });
    let overdue = state.stopping.clone();
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let over = listener.over();
    // An answer is one small write: nothing is gained by waiting for more.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let serving = axum::serve(listener, service).with_graceful_shutdown(over);
    tokio::select! {
        done = serving.into_future() => done?,
        // Connections that do not end by themselves are cut; nothing acknowledged depends on them.
        () = async { overdue.cancelled().await; tokio::time::sleep(PATIENCE).await } => {}
    }
    workers.stop(GRACE).await;
    exporting.finish(FLUSH).await;
    app.db.close().await;
    Ok(())
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        }
        _ => std::future::pending().await,
    }
}

/// All routes.
pub fn router(state: AppState) -> Router {
    // What people use in a browser: a session, a caller, protection against other sites.
    let browser = Router::new()
        .merge(pages::routes(&state).layer(axum::middleware::from_fn_with_state(state.clone(), look::find)))
        .merge(public::routes())
        .merge(auth::routes())
        .merge(second_factor::routes())
        .merge(identities::routes())
        .merge(live::routes())
        .merge(files::routes())
        .merge(look::routes())
        .layer(axum::middleware::from_fn_with_state(state.clone(), caller::find))
        .layer(caller::sessions(&state))
        .layer(axum::middleware::from_fn_with_state(state.clone(), guard::same_origin))
        .layer(axum::middleware::from_fn_with_state(state.clone(), rates::by_address))
        .layer(DefaultBodyLimit::max(20 * 1024 * 1024));
    let mut doors = browser
        .merge(hooks::routes())
        .merge(rest::routes(&state))
        .merge(look::open_routes().layer(axum::middleware::from_fn_with_state(state.clone(), rates::by_address)))
        .merge(doctor::routes().layer(axum::middleware::from_fn_with_state(state.clone(), rates::by_address)));
    if state.app.traces.on() {
        let caught = tower_http::catch_panic::CatchPanicLayer::custom(guard::panicked);
        doors = doors.layer(caught).layer(axum::middleware::from_fn_with_state(state.clone(), traces::request));
    }
    Router::new()
        .merge(doors)
        .merge(ops::routes())
        .merge(state.site.routes())
        .layer(axum::middleware::from_fn_with_state(state.clone(), guard::headers))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(guard::panicked))
        .with_state(state)
}
