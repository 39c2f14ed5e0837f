//! Who asks from where, and whether they ask too often: by network address, by API key, by signed-in person.

use crate::guard::problem;
use crate::state::AppState;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::{ApiError, ErrorCode};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use services::rates::{Rate, network};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The network address of who asks, in the extensions of a request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The address of who asks. Each of the `depth` proxies in front adds one on the right, so that many from the right it
/// stands; whatever is left of it came with the request and proves nothing. Fewer of them did not pass our proxies.
fn peer(headers: &HeaderMap, socket: IpAddr, depth: usize) -> IpAddr {
    if depth == 0 {
        return socket;
    }
    let lines = headers.get_all("x-forwarded-for").iter().map(|line| line.to_str().unwrap_or_default());
    let stops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let told = stops.len().checked_sub(depth).and_then(|place| stops[place].trim().parse::<IpAddr>().ok());
    told.unwrap_or(socket).to_canonical()
}

/// Finds out where a request comes from, and refuses who asks too often.
pub async fn by_address(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let socket = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
    let socket = socket.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let peer = peer(request.headers(), socket, state.app.config.proxies);
    request.extensions_mut().insert(Peer(peer));
    let limit = state.app.config.limits.address;
    match count(&state, &format!("address {}", network(peer)), limit) {
        Some(rate) if rate.refused => refusal(rate),
        _ => next.run(request).await,
    }
}

/// Refuses an API key that asks too often, and says in every answer what is left to it.
pub async fn by_key(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let key = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let who = key.map(|key| format!("key {}", services::token_hash(key)));
    match who.and_then(|who| count(&state, &who, state.app.config.limits.key)) {
        None => next.run(request).await,
        Some(rate) if rate.refused => refusal(rate),
        Some(rate) => tell(next.run(request).await, rate),
    }
}

/// The refusal of a signed-in person who asks too often.
pub fn by_person(state: &AppState, cx: &services::Cx) -> Option<Response> {
    let rate = count(state, &format!("person {}", cx.user()?), state.app.config.limits.person)?;
    rate.refused.then(|| refusal(rate))
}

fn count(state: &AppState, who: &str, limit: u32) -> Option<Rate> {
    state.app.rates.count(who, limit, state.app.clock.now())
}

fn refusal(rate: Rate) -> Response {
    tell(problem(ApiError::new(ErrorCode::RateLimited).arg("seconds", rate.reset)), rate)
}

fn tell(mut response: Response, rate: Rate) -> Response {
    let told = [
        ("ratelimit-limit", i64::from(rate.limit)),
        ("ratelimit-remaining", i64::from(rate.left)),
        ("ratelimit-reset", rate.reset),
    ];
    for (name, value) in told {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_our_own_proxies_say_is_believed() {
        let from = |lines: &[&'static str], depth| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_static(line));
            }
            peer(&headers, "10.0.0.1".parse().unwrap(), depth).to_string()
        };
        assert_eq!(from(&["192.0.2.1"], 0), "10.0.0.1", "nobody stands in front, so nobody is believed");
        assert_eq!(from(&["192.0.2.1"], 1), "192.0.2.1");
        assert_eq!(from(&["203.0.113.9, 192.0.2.1"], 1), "192.0.2.1", "the left came along");
        assert_eq!(from(&["203.0.113.9", "192.0.2.1 , 10.0.0.2"], 2), "192.0.2.1");
        assert_eq!(from(&["203.0.113.9"], 2), "10.0.0.1", "not by way of both proxies");
        assert_eq!(from(&["nonsense"], 1), "10.0.0.1");
        assert_eq!(from(&["::ffff:192.0.2.1"], 1), "192.0.2.1");
    }
}
