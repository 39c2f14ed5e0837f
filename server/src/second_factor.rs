//! The second factor on the pages without a script: the second step of the sign-in, and one's own factor. Each form makes
//! one call and answers with another page or with itself and what is wrong.

use crate::public::failed;
use crate::state::AppState;
use crate::visitor::{HOME, Posted, Visitor, go};
use app::public::{self, Errors, FactorStage};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query};
use axum::response::Response;
use axum::routing::{get, post};
use domain::ErrorCode;
use domain::ids::UserId;
use http::StatusCode;
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;
use services::accounts::second_factor;

const PAGE: &str = "/second-factor";
/// More than any of these forms can need.
const MAX_FORM_BYTES: usize = 4 * 1024;

/// Pages and forms.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/sign-in/code", get(code_page))
        .route(PAGE, get(page))
        .route("/auth/code", post(code))
        .route("/auth/second-factor/begin", post(begin))
        .route("/auth/second-factor/confirm", post(confirm))
        .route("/auth/second-factor/codes", post(renew))
        .route("/auth/second-factor/off", post(off))
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    code: String,
    password: String,
    next: String,
}

async fn code_page(visitor: Visitor, Query(fields): Query<Fields>) -> Response {
    match visitor.halfway().await {
        Ok(Some(_)) => {
            visitor.page(StatusCode::OK, public::sign_in_code(&visitor.visit, fields.next, &Errors::default()))
        }
        Ok(None) => go("/sign-in"),
        Err(error) => failed(&visitor, error.into_api()),
    }
}

async fn code(visitor: Visitor, Posted(fields): Posted<Fields>) -> Response {
    let enter = async {
        let Some(user) = visitor.halfway().await? else { return Ok(false) };
        let who = second_factor::pass(&visitor.state.app, user, &fields.code, &visitor.peer).await?;
        // Only the first step leaves somebody waiting here.
        let waiting = visitor.waiting().await?;
        visitor.begin_as(who, waiting).await.map(|()| true)
    };
    match enter.await {
        Ok(true) => go(if fields.next.is_empty() { HOME } else { &fields.next }),
        // The first step is too long ago.
        Ok(false) => go("/sign-in"),
        Err(error) => {
            let errors = [services::Error::into_api(error)];
            let document = public::sign_in_code(&visitor.at("/sign-in/code"), fields.next, &Errors(errors.to_vec()));
            visitor.refused(&errors, document)
        }
    }
}

/// Who is signed in, also where their organisation lets them do nothing before this.
async fn signed_in(visitor: &Visitor) -> Result<UserId, Response> {
    match visitor.user().await {
        Ok(Some(user)) => Ok(user),
        Ok(None) => Err(go(&format!("/sign-in?next={PAGE}"))),
        Err(error) => Err(failed(visitor, error.into_api())),
    }
}

async fn stage(visitor: &Visitor, user: UserId) -> services::Result<FactorStage> {
    let app = &visitor.state.app;
    let state = second_factor::state(app, user).await?;
    if state.on {
        return Ok(FactorStage::On { required: state.required, codes_left: state.codes_left });
    }
    Ok(match second_factor::set_up(app, user).await? {
        None => FactorStage::Off { required: state.required },
        Some(set_up) => FactorStage::SettingUp { key: set_up.key, picture: picture(&set_up.address)? },
    })
}

fn picture(address: &str) -> services::Result<Vec<Vec<bool>>> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).map_err(anyhow::Error::from)?;
    let line = |y| (0..code.size()).map(|x| code.get_module(x, y)).collect();
    Ok((0..code.size()).map(line).collect())
}

async fn shown(visitor: &Visitor, user: UserId, errors: Vec<domain::ApiError>) -> Response {
    match stage(visitor, user).await {
        Ok(stage) => {
            let document = public::second_factor(&visitor.at(PAGE), stage, &Errors(errors.clone()));
            match errors.is_empty() {
                true => visitor.page(StatusCode::OK, document),
                false => visitor.refused(&errors, document),
            }
        }
        Err(error) => failed(visitor, error.into_api()),
    }
}

async fn page(visitor: Visitor) -> Response {
    match signed_in(&visitor).await {
        Ok(user) => shown(&visitor, user, Vec::new()).await,
        Err(elsewhere) => elsewhere,
    }
}

async fn begin(visitor: Visitor) -> Response {
    let user = match signed_in(&visitor).await {
        Ok(user) => user,
        Err(elsewhere) => return elsewhere,
    };
    match second_factor::begin(&visitor.state.app, user).await {
        Ok(()) => go(PAGE),
        // Set up meanwhile in another window: the page says so.
        Err(error) if error.is(ErrorCode::AlreadyExists) => go(PAGE),
        Err(error) => failed(&visitor, error.into_api()),
    }
}

/// What a form answered: recovery codes to show, or what was wrong.
async fn answered(visitor: &Visitor, user: UserId, answer: services::Result<Vec<String>>) -> Response {
    match answer {
        Ok(codes) => visitor.page(StatusCode::OK, public::recovery_codes(&visitor.at(PAGE), codes)),
        Err(error) => shown(visitor, user, vec![error.into_api()]).await,
    }
}

async fn confirm(visitor: Visitor, Posted(fields): Posted<Fields>) -> Response {
    match signed_in(&visitor).await {
        Ok(user) => {
            answered(&visitor, user, second_factor::confirm(&visitor.state.app, user, &fields.code).await).await
        }
        Err(elsewhere) => elsewhere,
    }
}

async fn renew(visitor: Visitor, Posted(fields): Posted<Fields>) -> Response {
    let user = match signed_in(&visitor).await {
        Ok(user) => user,
        Err(elsewhere) => return elsewhere,
    };
    let answer = second_factor::renew_codes(&visitor.state.app, user, &fields.password, &fields.code).await;
    answered(&visitor, user, answer).await
}

async fn off(visitor: Visitor, Posted(fields): Posted<Fields>) -> Response {
    let user = match signed_in(&visitor).await {
        Ok(user) => user,
        Err(elsewhere) => return elsewhere,
    };
    match second_factor::switch_off(&visitor.state.app, user, &fields.password, &fields.code).await {
        Ok(()) => go("/settings/profile"),
        Err(error) => shown(&visitor, user, vec![error.into_api()]).await,
    }
}
