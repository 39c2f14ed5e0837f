//! Keeps calls to addresses people type out of private networks (SSRF): names are resolved here and only checked addresses
//! are connected to, so that a second answer of the name service changes nothing; literal addresses are checked before.

use crate::Fail;
use crate::http::bad_request;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// What is said of a forbidden address; found again in the chain of an error that came from the resolver.
pub const PRIVATE: &str = "the address leads into a private network";
/// Longest address.
const MOST_CHARS: usize = 2_048;
/// The client of all calls to addresses that stand in settings.
///
/// # Panics
/// As [`crate::http::client`].
pub fn client(private_nets: bool) -> reqwest::Client {
    match private_nets {
        true => crate::http::client(),
        false => crate::http::client_with(crate::http::TIMEOUT, |builder| builder.dns_resolver(Arc::new(Guard))),
    }
}

/// An address calls may go to. `private_nets`: also inside, without TLS, and on any port.
pub fn checked(text: &str, private_nets: bool) -> Result<Url, Fail> {
    let refused = |why: &str| bad_request("address", why);
    if text.is_empty() {
        return Err(refused("no address to send to is set"));
    }
    let url = Url::parse(text).map_err(|_| refused("the address cannot be read"))?;
    if text.chars().count() > MOST_CHARS {
        return Err(refused("the address is too long"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("the address must not hold a user name or password"));
    }
    let good = match url.scheme() {
        "https" => private_nets || matches!(url.port(), None | Some(443 | 8443)),
        "http" => private_nets,
        _ => false,
    };
    if !good {
        return Err(refused("only https on port 443 or 8443 is called, unless PULT_ALLOW_PRIVATE_NETS=1"));
    }
    let literal = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        Some(Host::Domain(name)) if !name.is_empty() => None,
        _ => return Err(refused("the address names no host")),
    };
    if literal.is_some_and(|ip| !private_nets && !is_public(ip)) {
        return Err(forbidden());
    }
    Ok(url)
}

/// The failure of a call that would have gone inside.
pub fn forbidden() -> Fail {
    bad_request("private_address", format!("{PRIVATE}; PULT_ALLOW_PRIVATE_NETS=1 would allow it"))
}

/// Whether an address belongs to the open internet.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

/// Nets nobody outside answers from: first address and length of the prefix.
const INSIDE_V4: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let ip = u32::from(ip);
    !INSIDE_V4.iter().any(|(net, length)| (ip ^ u32::from_be_bytes(*net)) >> (32 - length) == 0)
}

/// The same for IPv6; among them what carries an IPv4 address inside (6to4, NAT64).
const INSIDE_V6: [([u16; 8], u32); 12] = [
    ([0, 0, 0, 0, 0, 0, 0, 0], 128),
    ([0, 0, 0, 0, 0, 0, 0, 1], 128),
    // Addresses once written `::a.b.c.d`.
    ([0, 0, 0, 0, 0, 0, 0, 0], 96),
    ([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96),
    ([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),
    ([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10),
];

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let bits = u128::from(ip);
    let within = |net: [u16; 8], length: u32| (bits ^ u128::from(Ipv6Addr::from(net))) >> (128 - length) == 0;
    !ip.is_multicast() && !INSIDE_V6.iter().any(|(net, length)| within(*net, *length))
}

/// Resolves names and leaves out what is inside.
struct Guard;

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            public(found).map(|found| Box::new(found.into_iter()) as Addrs).ok_or_else(|| PRIVATE.into())
        })
    }
}

/// The public ones of a name's addresses; `None` when there are none left.
fn public(found: Vec<SocketAddr>) -> Option<Vec<SocketAddr>> {
    let public: Vec<SocketAddr> = found.into_iter().filter(|found| is_public(found.ip())).collect();
    (!public.is_empty()).then_some(public)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_contract() {
        for inside in [
            "10.254.0.0",
            "172.16.10.65",
            "192.168.10.65",
            "0.1.2.3",
            "127.254.254.254",
            "169.254.45.1",
            "224.1.2.3",
            "192.0.0.255",
            "100.100.0.0",
            "198.18.0.0",
            "240.240.240.240",
            "255.255.255.255",
            "192.0.2.1",
            "192.88.99.1",
            "198.51.100.7",
            "203.0.113.7",
            "::ffff:127.0.0.1",
            "::ffff:0.0.0.1",
            "::",
            "::1",
            "::127.0.0.1",
            "febf:ffff::dead:beef",
            "fdee:3a45:9057::1",
            "ff02::1",
            "2002:c0a8:1::dead:beef",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "100::1",
            "2001:db8::1",
            "3fff::1",
            "5f00::1",
        ] {
            assert!(!is_public(inside.parse().expect(inside)), "{inside}");
        }
        for outside in ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"] {
            assert!(is_public(outside.parse().expect(outside)), "{outside}");
        }
    }

    #[test]
    fn addresses_are_checked_before_a_call() {
        for good in
            ["https://example.com/in?x=1", "https://example.com:8443/", "https://8.8.8.8/", "https://пример.рф/"]
        {
            assert!(checked(good, false).is_ok(), "{good}");
        }
        let long = format!("https://example.com/{}", "x".repeat(2_100));
        for bad in ["", "/in", "ftp://example.com/", "https://u:p@example.com/", "https://u@example.com/", &long] {
            assert!(checked(bad, false).is_err() && checked(bad, true).is_err(), "{bad}");
        }
        // Spellings of 127.0.0.1 are one address.
        for inside in [
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::ffff:10.0.0.1]/",
        ] {
            let fail = checked(inside, false).expect_err(inside);
            assert!(fail.parts().0 == "private_address" && fail.parts().1.contains(PRIVATE), "{inside}: {fail}");
            assert!(checked(inside, true).is_ok(), "{inside}");
        }
        for lan in ["http://example.com/", "https://example.com:5678/"] {
            assert!(checked(lan, false).is_err() && checked(lan, true).is_ok(), "{lan}");
        }
    }

    #[test]
    fn of_a_names_addresses_the_public_ones_are_called() {
        let at = |ip: &str| SocketAddr::new(ip.parse().expect("an address"), 0);
        assert_eq!(public(vec![at("10.0.0.1"), at("8.8.8.8"), at("::1")]), Some(vec![at("8.8.8.8")]));
        assert_eq!(public(vec![at("10.0.0.1"), at("fd00::1")]), None);
        assert_eq!(public(vec![]), None);
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_called() {
        let error = client(false).get("https://localhost/").send().await.expect_err("refused");
        let mut text = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            text = format!("{text}: {inner}");
            source = inner.source();
        }
        assert!(text.contains(PRIVATE), "{text}");
    }
}
