//! Public pages: landing, sign-in and sign-up, what the links of letters open, and the answer to an unknown address.
//! Loads what a page shows; the pages themselves are in `app::public`. Changes nothing: forms post to `auth.rs`.

use crate::guard::problem;
use crate::state::AppState;
use crate::visitor::{HOME, Visitor, go};
use app::public::{self, Errors, JoinAs, JoinForm, Link, NewOrganisationForm, SignInForm, SignInNote, SignUpForm};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use domain::{ApiError, ErrorCode};
use http::{Method, StatusCode, Uri};
use serde::Deserialize;
use services::Mailer;
use services::accounts::{self, MIN_PASSWORD, invites};

/// Routes of the public pages.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(landing))
        .route("/sign-in", get(sign_in))
        .route("/sign-up", get(sign_up))
        .route("/organisations/new", get(new_organisation))
        .route("/forgot", get(forgot))
        .route("/reset", get(async || go("/forgot")))
        .route("/reset/{token}", get(reset))
        .route("/join/{token}", get(join))
        .route("/confirm/{token}", get(confirm))
        .fallback(not_found)
}

/// Whether a path belongs to a page that decides by itself who may see it.
pub fn is_public(path: &str) -> bool {
    matches!(
        path,
        "/" | "/sign-in"
            | "/sign-up"
            | "/forgot"
            | "/reset"
            | "/organisations/new"
            | "/sign-in/code"
            | "/second-factor"
    ) || ["/reset/", "/join/", "/confirm/", "/privacy/"].iter().any(|start| path.starts_with(start))
}

async fn landing(visitor: Visitor) -> Response {
    // Whoever does not speak of Pult does not praise it either.
    if visitor.visit.look.as_ref().is_some_and(|look| look.white_label) {
        return go("/sign-in");
    }
    visitor.page(StatusCode::OK, public::landing(&visitor.visit))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignInQuery {
    next: String,
    email: String,
    after: String,
    /// The way in of a moment ago is to be added.
    link: String,
}

async fn sign_in(visitor: Visitor, Query(query): Query<SignInQuery>) -> Response {
    match &visitor.caller {
        Ok(_) => return go(if query.next.is_empty() { HOME } else { &query.next }),
        Err(error) if error.code == ErrorCode::Deactivated => {
            return visitor.page(StatusCode::FORBIDDEN, public::deactivated(&visitor.visit));
        }
        Err(error) if error.code == ErrorCode::SecondFactorMissing => return go("/second-factor"),
        Err(_) => {}
    }
    let note = match query.after.as_str() {
        "reset" => Some(SignInNote::PasswordChanged),
        "sign-out" => Some(SignInNote::SignedOut),
        "cancelled" => Some(SignInNote::Cancelled),
        _ => None,
    };
    let waiting = match visitor.waiting().await {
        Ok(waiting) => waiting.filter(|_| !query.link.is_empty()),
        Err(error) => return failed(&visitor, error.into_api()),
    };
    let outside = visitor.outside(waiting.as_ref());
    let form = SignInForm { email: query.email, next: query.next, note, outside };
    visitor.page(StatusCode::OK, public::sign_in(&visitor.visit, form, &Errors::default()))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignUpQuery {
    /// Whom a provider vouched for a moment ago signs up.
    link: String,
}

async fn sign_up(visitor: Visitor, Query(query): Query<SignUpQuery>) -> Response {
    if visitor.visit.signed_in {
        return go("/organisations/new");
    }
    let waiting = match visitor.waiting().await {
        Ok(waiting) => waiting.filter(|_| !query.link.is_empty()),
        Err(error) => return failed(&visitor, error.into_api()),
    };
    let outside = visitor.outside(waiting.as_ref());
    let mut form = SignUpForm { min_password: MIN_PASSWORD, outside, ..SignUpForm::default() };
    if let Some(waiting) = waiting {
        form.name = waiting.name.unwrap_or_default();
        form.email = waiting.email.unwrap_or_default();
    }
    visitor.page(StatusCode::OK, public::sign_up(&visitor.visit, form, &Errors::default()))
}

async fn new_organisation(visitor: Visitor) -> Response {
    // Also for somebody who may work nowhere at the moment, so a session is enough.
    match visitor.user().await {
        Ok(Some(_)) => {}
        Ok(None) => return go("/sign-in?next=/organisations/new"),
        Err(error) => return failed(&visitor, error.into_api()),
    }
    let form = NewOrganisationForm::default();
    visitor.page(StatusCode::OK, public::new_organisation(&visitor.visit, form, &Errors::default()))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ForgotQuery {
    sent: Option<String>,
    email: String,
}

async fn forgot(visitor: Visitor, Query(query): Query<ForgotQuery>) -> Response {
    let document = match query.sent {
        Some(_) => public::sent(&visitor.visit),
        None => public::forgot(&visitor.visit, &query.email, mail_works(&visitor.state), &Errors::default()),
    };
    visitor.page(StatusCode::OK, document)
}

/// Whether letters leave this server (or are shown in the journal).
pub fn mail_works(state: &AppState) -> bool {
    !matches!(state.app.config.mailer, Mailer::None)
}

async fn reset(visitor: Visitor, Path(token): Path<String>) -> Response {
    visitor.page(StatusCode::OK, public::reset(&visitor.visit, &token, MIN_PASSWORD, &Errors::default()))
}

async fn confirm(visitor: Visitor, Path(token): Path<String>) -> Response {
    visitor.page(StatusCode::OK, public::confirm(&visitor.visit, &token))
}

async fn join(visitor: Visitor, Path(token): Path<String>) -> Response {
    joining(&visitor, token, String::new(), Errors::default()).await
}

/// The page of an invitation for whoever opened it, as it is or with what was typed and what is wrong with it.
pub async fn joining(visitor: &Visitor, token: String, name: String, errors: Errors) -> Response {
    let mut visit = visitor.at(format!("/join/{token}"));
    let waiting = match visitor.waiting().await {
        Ok(waiting) => waiting,
        Err(error) => return failed(visitor, error.into_api()),
    };
    let told = waiting.as_ref().and_then(|waiting| waiting.name.clone()).filter(|_| name.is_empty());
    let name = told.unwrap_or(name);
    let info = match invites::info(&visitor.state.app, &token).await {
        Ok(info) => info,
        Err(error) if error.is(ErrorCode::LinkInvalid) => {
            return visitor.page(StatusCode::NOT_FOUND, public::link_invalid(&visit, Link::Join));
        }
        Err(error) => return failed(visitor, error.into_api()),
    };
    visit.look = match services::look::of(&visitor.state.app, info.organisation_id).await {
        Ok(look) => look,
        Err(error) => return failed(visitor, error.into_api()),
    };
    let who = match (&visitor.caller, visitor.user().await) {
        (_, Err(error)) => return failed(visitor, error.into_api()),
        (Ok(cx), _) => match accounts::me(cx).await {
            Ok(me) => JoinAs::SignedIn(Some((me.name, me.email))),
            Err(error) => return failed(visitor, error.into_api()),
        },
        (Err(_), Ok(Some(_))) => JoinAs::SignedIn(None),
        (Err(_), Ok(None)) if info.known => JoinAs::Known,
        (Err(_), Ok(None)) => JoinAs::New { name, min_password: MIN_PASSWORD },
    };
    let status = if errors.0.is_empty() { None } else { Some(errors.0.clone()) };
    let outside = visitor.outside(waiting.as_ref());
    let document = public::join(&visit, JoinForm { token, info, who, outside }, &errors);
    match status {
        Some(errors) => visitor.refused(&errors, document),
        None => visitor.page(StatusCode::OK, document),
    }
}

/// An error where there is no form to show it on.
pub fn failed(visitor: &Visitor, error: ApiError) -> Response {
    let status = StatusCode::from_u16(error.code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    visitor.page(status, public::failed(&visitor.at("/"), &error))
}

/// An address nobody serves: a page for people, a problem for programs.
async fn not_found(method: Method, uri: Uri, visitor: Visitor) -> Response {
    let by_people = method == Method::GET && !uri.path().starts_with("/api/");
    match by_people {
        true => visitor.page(StatusCode::NOT_FOUND, public::not_found(&visitor.at("/"))),
        false => problem(ApiError::new(ErrorCode::NotFound)),
    }
}
