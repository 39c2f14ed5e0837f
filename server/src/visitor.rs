//! Whoever opens a public page or sends one of its forms: their language, session and address, and how they are answered.

use crate::caller::broken;
use crate::guard::problem;
use crate::rates::Peer;
use crate::state::AppState;
use app::door::Caller;
use app::public::{Document, LANGUAGE_COOKIE, Outside, Visit, Vouched};
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::ids::{OrganisationId, UserId};
use domain::{ApiError, ErrorCode};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;
use services::accounts::SignedIn;
use services::accounts::identities::{self, Waiting};
use services::accounts::sessions::{ADDRESS, ATTEMPT, HALFWAY, ORGANISATION, Session, USER, USER_AGENT, WAITING};
use services::look;
use texts::Language;

/// Where people go who did not want to go anywhere else.
pub const HOME: &str = "/dashboard";

/// A right password is worth this long without the code.
const HALFWAY_MS: i64 = 10 * 60 * 1000;

/// One visit.
pub struct Visitor {
    pub state: AppState,
    pub session: Session,
    /// Who they are, if they may work somewhere.
    pub caller: Result<services::Cx, ApiError>,
    /// How the page is written for them.
    pub visit: Visit,
    /// Network address.
    pub peer: String,
    user_agent: String,
    /// They chose a language just now.
    chosen: Option<Language>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let session = Session::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.to_string());
        let unknown = || Err(ApiError::new(ErrorCode::Unauthenticated));
        let caller = parts.extensions.get::<Caller>().map_or_else(unknown, |caller| caller.0.clone());
        let query = parts.uri.query().unwrap_or_default();
        let chosen = query.split('&').find_map(|pair| Language::from_code(pair.strip_prefix("lang=")?));
        let look = look::of_host(&state.app, crate::look::host(&parts.headers)).await;
        let look = look.map_err(|error| problem(error.into_api()))?;
        let visit = Visit {
            language: chosen.unwrap_or_else(|| language(&parts.headers)),
            files: state.site.names(),
            here: here(parts.uri.path(), query),
            signed_in: caller.is_ok(),
            demo: state.demo.as_ref().map(|demo| (demo.email.clone(), demo.password.clone())),
            look,
        };
        Ok(Self {
            state: state.clone(),
            session,
            caller,
            visit,
            peer: peer.unwrap_or_default(),
            user_agent: header_text(&parts.headers, header::USER_AGENT).to_owned(),
            chosen,
        })
    }
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|cookies| cookies.split(';')).find_map(|it| it.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The language chosen before, else the one the browser asks for.
fn language(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(Language::from_code);
    chosen.unwrap_or_else(|| Language::negotiate(header_text(headers, header::ACCEPT_LANGUAGE)))
}

/// The address without the language in it.
fn here(path: &str, query: &str) -> String {
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

impl Visitor {
    /// Answers with a page.
    pub fn page(&self, status: StatusCode, document: Document) -> Response {
        let mut response = (status, Html(document.html)).into_response();
        let headers = response.headers_mut();
        if let Ok(policy) = HeaderValue::from_str(&document.policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        // The page depends on who asks and carries a nonce of its own.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(language) = self.chosen {
            let secure = if self.state.app.config.secure() { "; Secure" } else { "" };
            let cookie =
                format!("{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", language.code());
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                headers.append(header::SET_COOKIE, cookie);
            }
        }
        response
    }

    /// Answers that the form came back with these errors: the page it stands on, with their status.
    pub fn refused(&self, errors: &[ApiError], document: Document) -> Response {
        let code = errors.first().map_or(ErrorCode::Internal, |error| error.code);
        let mut response = self.page(form_status(code), document);
        let seconds = errors.first().and_then(|error| error.args.get("seconds"));
        if let Some(value) = seconds.and_then(|seconds| HeaderValue::from_str(seconds).ok()) {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }

    /// The same visit of the page a form stands on, for the switch of the language.
    pub fn at(&self, here: impl Into<String>) -> Visit {
        Visit { here: here.into(), ..self.visit.clone() }
    }

    /// The person of the session, also one who may work nowhere at the moment.
    pub async fn user(&self) -> Result<Option<UserId>, services::Error> {
        self.session.get(USER).await.map_err(broken)
    }

    /// The person whose password was right a moment ago and whose code is still to come.
    pub async fn halfway(&self) -> Result<Option<UserId>, services::Error> {
        let found: Option<(UserId, i64)> = self.session.get(HALFWAY).await.map_err(broken)?;
        let since = self.state.app.clock.now() - HALFWAY_MS;
        Ok(found.filter(|(_, at)| *at > since).map(|(user, _)| user))
    }

    /// Begins a session of this person, or of one who is halfway in; whatever was in the browser's session before is gone, its id too.
    pub async fn begin(&self, who: SignedIn) -> Result<(), services::Error> {
        self.session.clear().await;
        self.session.cycle_id().await.map_err(broken)?;
        if who.halfway {
            return self.session.insert(HALFWAY, (who.user, self.state.app.clock.now())).await.map_err(broken);
        }
        self.session.insert(USER, who.user).await.map_err(broken)?;
        self.session.insert(ADDRESS, &self.peer).await.map_err(broken)?;
        self.session.insert(USER_AGENT, &self.user_agent).await.map_err(broken)?;
        match who.organisation {
            Some(organisation) => self.turn_to(organisation).await,
            None => Ok(()),
        }
    }

    /// The same for somebody a provider vouched for before: that way in becomes theirs, after the code where there is one.
    pub async fn begin_as(&self, who: SignedIn, waiting: Option<Waiting>) -> Result<(), services::Error> {
        self.begin(who).await?;
        match waiting {
            Some(waiting) if who.halfway => self.wait(&waiting).await,
            Some(waiting) => identities::link_waiting(&self.state.app, who.user, &waiting).await.map(drop),
            None => Ok(()),
        }
    }

    /// Keeps whom a provider vouched for and nobody here is yet.
    pub async fn wait(&self, waiting: &Waiting) -> Result<(), services::Error> {
        self.session.insert(WAITING, waiting).await.map_err(broken)
    }

    /// Whom a provider vouched for a moment ago in this browser.
    pub async fn waiting(&self) -> Result<Option<Waiting>, services::Error> {
        let found: Option<Waiting> = self.session.get(WAITING).await.map_err(broken)?;
        Ok(found.filter(|waiting| waiting.fresh(self.state.app.clock.now())))
    }

    /// Notes which attempt with a provider opened the session, and where it led.
    pub async fn remember(&self, mark: &str, next: &str) -> Result<(), services::Error> {
        self.session.insert(ATTEMPT, (mark, next)).await.map_err(broken)
    }

    /// Where the attempt led that opened this session.
    pub async fn opened_by(&self, mark: &str) -> Result<Option<String>, services::Error> {
        let found: Option<(String, String)> = self.session.get(ATTEMPT).await.map_err(broken)?;
        Ok(found.filter(|(opened, _)| opened == mark).map(|(_, next)| next))
    }

    /// What forms offer besides themselves.
    pub fn outside(&self, waiting: Option<&Waiting>) -> Outside {
        let app = &self.state.app;
        let vouched = waiting.map(|it| Vouched { service: identities::name(app, &it.provider), label: it.label() });
        Outside { providers: identities::providers(app), vouched }
    }

    /// Makes this the organisation of the session.
    pub async fn turn_to(&self, organisation: OrganisationId) -> Result<(), services::Error> {
        self.session.insert(ORGANISATION, organisation).await.map_err(broken)
    }

    /// Ends the session.
    pub async fn end(&self) -> Result<(), services::Error> {
        self.session.flush().await.map_err(broken)
    }
}

/// A form that is shown again says «not processed», unless the trouble is not in the form.
fn form_status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::TooManyAttempts | ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::StorageUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A form that was sent. What cannot be read as one is answered with a problem.
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        match Form::<T>::from_request(request, state).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(why) => Err(problem(ApiError::new(ErrorCode::BadRequest).arg("reason", why.body_text()))),
        }
    }
}

/// Answers with another address of ours.
pub fn go(next: &str) -> Response {
    Redirect::to(&local(next)).into_response()
}

/// The address if it is one of ours, else home. Everything a browser could take for another site is refused: it drops
/// tabs and line breaks, and reads a backslash as a slash.
fn local(next: &str) -> String {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.chars().any(|c| c.is_control() || c == '\\')
        && !path.starts_with("/auth/")
        && !path.starts_with("/api/");
    if !ours {
        return HOME.to_owned();
    }
    // A header holds ASCII only.
    let escape = |byte: u8| match byte {
        0x21..=0x7e => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    next.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses_are_gone_to() {
        for ours in ["/", "/dashboard", "/chats/018f?box=mine&q=a%20b", "/orders?next=//x", "/settings/profile#a"] {
            assert_eq!(local(ours), ours);
        }
        for theirs in [
            "",
            "dashboard",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            " //evil.example",
            "/auth/sign-out",
            "/auth/sign-out?x",
            "/api/ui/me",
        ] {
            assert_eq!(local(theirs), HOME, "{theirs:?}");
        }
        assert_eq!(local("/chats?q=кот и"), "/chats?q=%D0%BA%D0%BE%D1%82%20%D0%B8");
    }

    #[test]
    fn the_cookie_beats_the_browser_and_the_address_keeps_the_rest() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en-GB,en;q=0.9"));
        assert_eq!(language(&headers), Language::En);
        headers.insert(header::COOKIE, HeaderValue::from_static("pult=abc; pult_lang=ru"));
        assert_eq!(language(&headers), Language::Ru);
        headers.insert(header::COOKIE, HeaderValue::from_static("pult_language=en; pult_lang=de"));
        assert_eq!(language(&headers), Language::En);
        assert_eq!(here("/sign-in", "lang=en&next=/chats"), "/sign-in?next=/chats");
        assert_eq!(here("/", "lang=en"), "/");
    }
}
