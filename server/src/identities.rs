//! Signing in with a service: to it, back from it, adding one to an account, and what Facebook calls when it is to be
//! forgotten. Each handler makes one call and answers with another page; what is believed is decided in the services.

use crate::guard::problem;
use crate::public::failed;
use crate::state::AppState;
use crate::visitor::{HOME, Posted, Visitor, go};
use app::public::{self, Trouble};
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use connectors::identity::{LIFETIME_MS, Problem};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use services::accounts::identities::{self, Begun, Came, Returned, Turned};

/// More than any of these forms can need.
const MAX_FORM_BYTES: usize = 16 * 1024;
const PROFILE: &str = "/settings/profile";

/// Routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/auth/{provider}/start", get(start))
        .route("/auth/{provider}/link", post(link))
        .route("/auth/{provider}/callback", get(callback))
        .route("/auth/{provider}/deauthorize", post(deauthorize))
        .route("/auth/{provider}/deletion", post(deletion))
        .route("/privacy/deletion/{code}", get(deleted))
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StartQuery {
    next: String,
}

/// To the service, for whoever wants to sign in. Another site may not send people there: whom they would come back as, that
/// site could have chosen.
async fn start(
    visitor: Visitor,
    Path(provider): Path<String>,
    Query(query): Query<StartQuery>,
    headers: HeaderMap,
) -> Response {
    let sent = headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
    if sent || visitor.visit.signed_in {
        return go(&sign_in(&query.next, ""));
    }
    match identities::begin(&visitor.state.app, &provider, None, &query.next).await {
        Ok(begun) => away(&visitor, &begun, Redirect::to(&begun.address).into_response()),
        Err(turned) => turned_away(&visitor, &provider, turned, &query.next, false),
    }
}

/// The same to add a way in. A form may lead to no other site (`form-action`), so a page leads there.
async fn link(visitor: Visitor, Path(provider): Path<String>) -> Response {
    let user = match visitor.user().await {
        Ok(Some(user)) if visitor.visit.signed_in => user,
        Ok(_) => return go(&sign_in(PROFILE, "")),
        Err(error) => return failed(&visitor, error.into_api()),
    };
    match identities::begin(&visitor.state.app, &provider, Some(user), PROFILE).await {
        Ok(begun) => {
            let service = identities::name(&visitor.state.app, &provider);
            let document = public::provider_go(&visitor.at(PROFILE), &service, &begun.address);
            away(&visitor, &begun, visitor.page(StatusCode::OK, document))
        }
        Err(turned) => turned_away(&visitor, &provider, turned, PROFILE, true),
    }
}

/// Gives the browser its secret.
fn away(visitor: &Visitor, begun: &Begun, mut response: Response) -> Response {
    let secure = visitor.state.app.config.secure();
    let (name, more) = if secure { ("__Host-oauth", "; Secure") } else { ("oauth", "") };
    let age = LIFETIME_MS / 1000;
    let cookie = format!("{name}={}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{more}", begun.secret);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CallbackQuery {
    code: String,
    state: String,
    error: String,
    device_id: String,
}

async fn callback(
    visitor: Visitor,
    Path(provider): Path<String>,
    Query(query): Query<CallbackQuery>,
    headers: HeaderMap,
) -> Response {
    let user = match visitor.user().await {
        Ok(user) => user,
        Err(error) => return failed(&visitor, error.into_api()),
    };
    let name = if visitor.state.app.config.secure() { "__Host-oauth" } else { "oauth" };
    let secret = crate::visitor::cookie(&headers, name).unwrap_or_default().to_owned();
    let mark = identities::mark(&secret);
    let CallbackQuery { code, state, error, device_id } = query;
    let returned = Returned { secret, state, code, error, device_id, user, peer: visitor.peer.clone() };
    let back = identities::finish(&visitor.state.app, &provider, returned).await;
    if matches!(back.came, Err(Turned::Expired)) {
        // The page was loaded twice: it is open already, so there is nothing to complain about.
        if let Ok(Some(next)) = visitor.opened_by(&mark).await {
            return go(&next);
        }
    }
    let came = match back.came {
        Ok(came) => came,
        Err(turned) => return turned_away(&visitor, &provider, turned, &back.next, back.linking),
    };
    match entered(&visitor, came, &mark, back.next).await {
        Ok(next) => go(&next),
        Err(error) => failed(&visitor, error.into_api()),
    }
}

/// Lets in whoever came; answers where they go on.
async fn entered(visitor: &Visitor, came: Came, mark: &str, next: String) -> services::Result<String> {
    match came {
        Came::Linked => Ok(next),
        Came::In(who) => {
            let next = match who.halfway {
                true => format!("/sign-in/code?next={}", crate::caller::encode(&next)),
                false if next.is_empty() => HOME.to_owned(),
                false => next,
            };
            visitor.begin(who).await?;
            visitor.remember(mark, &next).await?;
            Ok(next)
        }
        Came::Unknown { waiting, account } => {
            visitor.wait(&waiting).await?;
            let email = waiting.email.unwrap_or_default();
            Ok(match account {
                _ if next.starts_with("/join/") => next,
                true => format!("{}&link=1&email={}", sign_in(&next, ""), crate::caller::encode(&email)),
                false => "/sign-up?link=1".to_owned(),
            })
        }
    }
}

fn sign_in(next: &str, after: &str) -> String {
    format!("/sign-in?after={after}&next={}", crate::caller::encode(next))
}

/// Says why it led nowhere, and what now.
fn turned_away(visitor: &Visitor, provider: &str, turned: Turned, next: &str, linking: bool) -> Response {
    let (status, trouble) = match turned {
        Turned::Cancelled if linking => return go(PROFILE),
        Turned::Cancelled => return go(&sign_in(next, "cancelled")),
        Turned::Failed(error) => return failed(visitor, error.into_api()),
        Turned::Off => (StatusCode::NOT_FOUND, Trouble::Off),
        Turned::Taken => (StatusCode::CONFLICT, Trouble::Taken),
        Turned::Expired | Turned::Provider(Problem::Expired(_)) => (StatusCode::BAD_REQUEST, Trouble::Expired),
        Turned::Provider(Problem::Configuration(_)) => (StatusCode::BAD_GATEWAY, Trouble::Wrong),
        Turned::Provider(Problem::Unbelievable(_)) => (StatusCode::BAD_GATEWAY, Trouble::Unbelievable),
        Turned::Provider(Problem::Down(_)) => (StatusCode::BAD_GATEWAY, Trouble::Down),
    };
    let again = format!("/auth/{provider}/start?next={}", crate::caller::encode(next));
    let service = identities::name(&visitor.state.app, provider);
    visitor.page(status, public::provider_failed(&visitor.at("/sign-in"), &service, trouble, again, linking))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Signed {
    signed_request: String,
}

async fn deauthorize(visitor: Visitor, Path(provider): Path<String>, Posted(form): Posted<Signed>) -> Response {
    match identities::forget(&visitor.state.app, &provider, &form.signed_request).await {
        Ok(_) => StatusCode::OK.into_response(),
        Err(error) => problem(error.into_api()),
    }
}

async fn deletion(visitor: Visitor, Path(provider): Path<String>, Posted(form): Posted<Signed>) -> Response {
    match identities::forget(&visitor.state.app, &provider, &form.signed_request).await {
        Ok(code) => {
            let url = format!("{}/privacy/deletion/{code}", visitor.state.app.config.public_url);
            Json(serde_json::json!({"url": url, "confirmation_code": code})).into_response()
        }
        Err(error) => problem(error.into_api()),
    }
}

async fn deleted(visitor: Visitor, Path(code): Path<String>) -> Response {
    let asked_at = identities::confirmed(&visitor.state.app, &code);
    let status = if asked_at.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    visitor.page(status, public::forgotten(&visitor.visit, asked_at))
}
