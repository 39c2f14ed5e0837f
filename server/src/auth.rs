//! The forms around signing in: each reads its fields, makes one call, and answers with another page or with the form as
//! it was typed and what is wrong with it. Holds no rule; the limit of attempts is in the services.

use crate::public::{failed, joining, mail_works};
use crate::state::AppState;
use crate::visitor::{HOME, Posted, Visitor, go};
use app::public::{self, Errors, Link, NewOrganisationForm, SignInForm, SignUpForm};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Response;
use axum::routing::post;
use domain::ids::OrganisationId;
use domain::views::{AcceptInvite, SignUp};
use domain::{ApiError, ErrorCode};
use http::StatusCode;
use serde::Deserialize;
use services::accounts::identities::Waiting;
use services::accounts::{self, MIN_PASSWORD, email, invites, organisation, recovery};
use texts::Language;

/// More than any of these forms can need.
const MAX_FORM_BYTES: usize = 64 * 1024;

/// Routes of the form posts.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/auth/sign-in", post(sign_in))
        .route("/auth/sign-up", post(sign_up))
        .route("/auth/sign-out", post(sign_out))
        .route("/auth/forgot", post(forgot))
        .route("/auth/reset", post(reset))
        .route("/auth/confirm", post(confirm))
        .route("/auth/join", post(join))
        .route("/auth/organisation", post(switch))
        .route("/auth/organisations", post(found))
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
}

/// All fields that were left empty, so that they are marked together.
fn missing(fields: &[(&str, &str)]) -> Vec<ApiError> {
    let empty = fields.iter().filter(|(_, value)| value.trim().is_empty());
    empty.map(|(name, _)| ApiError::new(ErrorCode::Required).field(*name)).collect()
}

/// What the services said, or all that is missing before they are asked.
async fn unless_missing<T>(
    missing: Vec<ApiError>,
    call: impl Future<Output = services::Result<T>>,
) -> Result<T, Vec<ApiError>> {
    match missing.is_empty() {
        true => call.await.map_err(|error| vec![error.into_api()]),
        false => Err(missing),
    }
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct SignInFields {
    email: String,
    password: String,
    next: String,
    /// The way in of a moment ago is to be added.
    link: String,
}

async fn sign_in(visitor: Visitor, Posted(fields): Posted<SignInFields>) -> Response {
    let missing = missing(&[("email", &fields.email), ("password", &fields.password)]);
    let enter = async {
        let who = accounts::sign_in(&visitor.state.app, &fields.email, &fields.password, &visitor.peer).await?;
        let waiting = wanted(&visitor, &fields.link).await?;
        visitor.begin_as(who, waiting).await.map(|()| who.halfway)
    };
    match unless_missing(missing, enter).await {
        Ok(true) => go(&format!("/sign-in/code?next={}", crate::caller::encode(&fields.next))),
        Ok(false) => go(if fields.next.is_empty() { HOME } else { &fields.next }),
        Err(errors) => {
            let here = match fields.next.is_empty() {
                true => "/sign-in".to_owned(),
                false => format!("/sign-in?next={}", crate::caller::encode(&fields.next)),
            };
            let waiting = wanted(&visitor, &fields.link).await.unwrap_or_default();
            let outside = visitor.outside(waiting.as_ref());
            let form = SignInForm { email: fields.email, next: fields.next, note: None, outside };
            let document = public::sign_in(&visitor.at(here), form, &Errors(errors.clone()));
            visitor.refused(&errors, document)
        }
    }
}

/// Whom a provider vouched for a moment ago, if this form says that it is about them.
async fn wanted(visitor: &Visitor, link: &str) -> services::Result<Option<Waiting>> {
    if link.is_empty() { Ok(None) } else { visitor.waiting().await }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignUpFields {
    name: String,
    email: String,
    password: String,
    organisation: String,
    time_zone: String,
    language: String,
    /// Whom a provider vouched for signs up; no password is needed.
    link: String,
}

async fn sign_up(visitor: Visitor, Posted(fields): Posted<SignUpFields>) -> Response {
    let waiting = match wanted(&visitor, &fields.link).await {
        Ok(waiting) => waiting,
        Err(error) => return failed(&visitor, error.into_api()),
    };
    let mut needed =
        vec![("organisation", fields.organisation.as_str()), ("name", &fields.name), ("email", &fields.email)];
    if waiting.is_none() {
        needed.push(("password", &fields.password));
    }
    let missing = missing(&needed);
    let language = Language::from_code(&fields.language).unwrap_or(visitor.visit.language);
    let input = SignUp {
        name: fields.name.clone(),
        email: fields.email.clone(),
        password: fields.password.clone(),
        organisation: fields.organisation.clone(),
        time_zone: fields.time_zone.clone(),
        language: language.code().to_owned(),
    };
    let enter = async {
        let who = accounts::sign_up_by(&visitor.state.app, input, waiting.as_ref(), &visitor.peer).await?;
        visitor.begin(who).await
    };
    match unless_missing(missing, enter).await {
        Ok(()) => go(HOME),
        Err(errors) => {
            let form = SignUpForm {
                name: fields.name,
                email: fields.email,
                organisation: fields.organisation,
                time_zone: fields.time_zone,
                min_password: MIN_PASSWORD,
                outside: visitor.outside(waiting.as_ref()),
            };
            let document = public::sign_up(&visitor.at("/sign-up"), form, &Errors(errors.clone()));
            visitor.refused(&errors, document)
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignOutFields {
    next: String,
}

async fn sign_out(visitor: Visitor, Posted(fields): Posted<SignOutFields>) -> Response {
    match visitor.end().await {
        Ok(()) => go(if fields.next.is_empty() { "/sign-in?after=sign-out" } else { &fields.next }),
        Err(error) => failed(&visitor, error.into_api()),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ForgotFields {
    email: String,
}

async fn forgot(visitor: Visitor, Posted(fields): Posted<ForgotFields>) -> Response {
    let missing = missing(&[("email", &fields.email)]);
    let ask = recovery::request_reset(&visitor.state.app, &fields.email, &visitor.peer);
    match unless_missing(missing, ask).await {
        Ok(()) => go("/forgot?sent"),
        Err(errors) => {
            let works = mail_works(&visitor.state);
            let document = public::forgot(&visitor.at("/forgot"), &fields.email, works, &Errors(errors.clone()));
            visitor.refused(&errors, document)
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ResetFields {
    token: String,
    password: String,
}

async fn reset(visitor: Visitor, Posted(fields): Posted<ResetFields>) -> Response {
    let missing = missing(&[("password", &fields.password)]);
    let visit = visitor.at(format!("/reset/{}", fields.token));
    let set = async {
        recovery::reset(&visitor.state.app, &fields.token, &fields.password).await?;
        // The session of this browser has ended with the others.
        visitor.end().await
    };
    match unless_missing(missing, set).await {
        Ok(()) => go("/sign-in?after=reset"),
        Err(errors) if errors.iter().any(|error| error.code == ErrorCode::LinkInvalid) => {
            visitor.page(StatusCode::NOT_FOUND, public::link_invalid(&visit, Link::Reset))
        }
        Err(errors) => {
            let document = public::reset(&visit, &fields.token, MIN_PASSWORD, &Errors(errors.clone()));
            visitor.refused(&errors, document)
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ConfirmFields {
    token: String,
}

async fn confirm(visitor: Visitor, Posted(fields): Posted<ConfirmFields>) -> Response {
    let visit = visitor.at(format!("/confirm/{}", fields.token));
    match email::confirm(&visitor.state.app, &fields.token).await {
        Ok(()) => visitor.page(StatusCode::OK, public::confirmed(&visit)),
        Err(error) if error.is(ErrorCode::LinkInvalid) => {
            visitor.page(StatusCode::NOT_FOUND, public::link_invalid(&visit, Link::Confirm))
        }
        Err(error) => failed(&visitor, error.into_api()),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct JoinFields {
    token: String,
    name: String,
    password: String,
    language: String,
    /// Whom a provider vouched for joins; no password is needed.
    link: String,
}

/// Whoever is signed in joins as themselves; somebody new gives a name and a password.
async fn join(visitor: Visitor, Posted(fields): Posted<JoinFields>) -> Response {
    let app = &visitor.state.app;
    let user = match visitor.user().await {
        Ok(user) => user,
        Err(error) => return failed(&visitor, error.into_api()),
    };
    let answer = match user {
        Some(user) => {
            let enter = async { visitor.turn_to(invites::accept(app, user, &fields.token).await?).await };
            unless_missing(Vec::new(), enter).await
        }
        None => {
            let waiting = match wanted(&visitor, &fields.link).await {
                Ok(waiting) => waiting,
                Err(error) => return failed(&visitor, error.into_api()),
            };
            let mut needed = vec![("name", fields.name.as_str())];
            if waiting.is_none() {
                needed.push(("password", &fields.password));
            }
            let missing = missing(&needed);
            let language = Language::from_code(&fields.language).unwrap_or(visitor.visit.language);
            let input = AcceptInvite {
                token: fields.token.clone(),
                name: fields.name.clone(),
                password: fields.password.clone(),
                language: language.code().to_owned(),
            };
            let enter = async { visitor.begin(invites::accept_new_by(app, input, waiting.as_ref()).await?).await };
            unless_missing(missing, enter).await
        }
    };
    match answer {
        Ok(()) => go(HOME),
        // A link that does not work is said by the page itself.
        Err(errors) => joining(&visitor, fields.token, fields.name, Errors(errors)).await,
    }
}

#[derive(Deserialize)]
struct SwitchFields {
    organisation_id: OrganisationId,
}

async fn switch(visitor: Visitor, Posted(fields): Posted<SwitchFields>) -> Response {
    let turn = async {
        let user = visitor.user().await?.ok_or(ErrorCode::Unauthenticated)?;
        let cx = accounts::switch(&visitor.state.app, user, fields.organisation_id).await?;
        visitor.turn_to(cx.organisation).await
    };
    answer_or_sign_in(&visitor, turn.await)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FoundFields {
    organisation: String,
    time_zone: String,
}

async fn found(visitor: Visitor, Posted(fields): Posted<FoundFields>) -> Response {
    let missing = missing(&[("organisation", &fields.organisation)]);
    let enter = async {
        let user = visitor.user().await?.ok_or(ErrorCode::Unauthenticated)?;
        let organisation =
            organisation::create(&visitor.state.app, user, &fields.organisation, &fields.time_zone).await;
        // The services speak of its name, the form of the organisation.
        let organisation = organisation.map_err(|error| match error {
            services::Error::Api(error) if error.field.as_deref() == Some("name") => error.field("organisation").into(),
            other => other,
        })?;
        visitor.turn_to(organisation).await
    };
    match unless_missing(missing, enter).await {
        Err(errors) if errors.iter().all(|error| error.code != ErrorCode::Unauthenticated) => {
            let form = NewOrganisationForm { organisation: fields.organisation, time_zone: fields.time_zone };
            let document = public::new_organisation(&visitor.at("/organisations/new"), form, &Errors(errors.clone()));
            visitor.refused(&errors, document)
        }
        Ok(()) => go(HOME),
        Err(_) => go("/sign-in?next=/organisations/new"),
    }
}

fn answer_or_sign_in(visitor: &Visitor, answer: services::Result<()>) -> Response {
    match answer {
        Ok(()) => go(HOME),
        Err(error) if error.is(ErrorCode::Unauthenticated) => go("/sign-in"),
        Err(error) if error.is(ErrorCode::SecondFactorMissing) => go("/second-factor"),
        Err(error) => failed(visitor, error.into_api()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_empty_fields_are_named_together() {
        let errors = missing(&[("email", " "), ("name", "Анна"), ("password", "")]);
        let fields: Vec<_> = errors.iter().filter_map(|error| error.field.as_deref()).collect();
        assert_eq!(fields, ["email", "password"]);
        assert!(errors.iter().all(|error| error.code == ErrorCode::Required));
    }
}
