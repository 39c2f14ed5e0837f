//! What the operator writes about providers: one JSON object, a name of their own choice for each. Names of known services
//! bring their addresses along.

use super::Problem;
use serde::Deserialize;
use std::collections::BTreeMap;
use url::Url;

/// Which protocol a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// OpenID Connect with a discovery document; Google is one of them.
    Oidc,
    /// OAuth and the Graph API.
    Facebook,
    /// Яндекс ID: OAuth and a profile.
    Yandex,
    /// VK ID: OAuth 2.1 with the id of a device, and a profile.
    Vk,
}

/// Version of the Graph API.
const GRAPH: &str = "v25.0";

/// A provider people may sign in with.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// Part of addresses, and of the key of every identity; never changed once people have signed in.
    pub id: String,
    pub kind: Kind,
    /// What stands on the button.
    pub name: String,
    pub client_id: String,
    pub client_secret: String,
    /// Where browsers are sent; of [`Kind::Oidc`] the issuer.
    pub issuer: String,
    /// Where we ask; not of [`Kind::Oidc`], whose discovery tells.
    pub api_url: String,
    /// Whether a verified address of a provider other than Google is believed.
    pub trust_email: bool,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider({}, {:?}, {})", self.id, self.kind, self.issuer)
    }
}

impl Provider {
    /// Google writes its name in two ways, and says more about addresses.
    pub fn is_google(&self) -> bool {
        self.kind == Kind::Oidc && self.issuer == GOOGLE
    }
}

const GOOGLE: &str = "https://accounts.google.com";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: Option<Kind>,
    name: Option<String>,
    client_id: String,
    #[serde(default)]
    client_secret: String,
    issuer: Option<String>,
    api_url: Option<String>,
    #[serde(default)]
    trust_email: bool,
}

/// Kind, name, issuer and address of the services everybody knows.
fn known(id: &str) -> Option<(Kind, &'static str, String, String)> {
    Some(match id {
        "google" => (Kind::Oidc, "Google", GOOGLE.into(), String::new()),
        "facebook" => {
            let (www, graph) = ("https://www.facebook.com", "https://graph.facebook.com");
            (Kind::Facebook, "Facebook", format!("{www}/{GRAPH}"), format!("{graph}/{GRAPH}"))
        }
        "yandex" => (Kind::Yandex, "Яндекс ID", "https://oauth.yandex.ru".into(), "https://login.yandex.ru".into()),
        "vk" => (Kind::Vk, "VK ID", "https://id.vk.com".into(), "https://id.vk.com".into()),
        _ => return None,
    })
}

/// Reads the operator's object. `plain` lets addresses be plain http (an own network, a simulator).
pub fn read(text: &str, plain: bool) -> Result<Vec<Provider>, Problem> {
    let wrong = |why: String| Problem::Configuration(why);
    let entries: BTreeMap<String, Entry> = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    entries.into_iter().map(|(id, entry)| provider(id, entry, plain)).collect()
}

fn provider(id: String, entry: Entry, plain: bool) -> Result<Provider, Problem> {
    let wrong = |what: &str| Problem::Configuration(format!("{id}: {what}"));
    let usual = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if id.is_empty() || id.len() > 32 || !id.chars().all(usual) {
        return Err(wrong("a name is made of small Latin letters, digits, - and _"));
    }
    if entry.client_id.trim().is_empty() {
        return Err(wrong("client_id is missing"));
    }
    let known = known(&id);
    let kind = entry.kind.or(known.as_ref().map(|it| it.0)).unwrap_or(Kind::Oidc);
    let known = known.filter(|it| it.0 == kind);
    // VK ID proves itself by PKCE alone; everybody else has a secret.
    if entry.client_secret.trim().is_empty() && kind != Kind::Vk {
        return Err(wrong("client_secret is missing"));
    }
    let issuer = entry.issuer.or(known.as_ref().map(|it| it.2.clone())).ok_or_else(|| wrong("issuer is missing"))?;
    let issuer = if kind == Kind::Oidc { issuer } else { issuer.trim_end_matches('/').to_owned() };
    checked(&issuer, plain).map_err(|what| wrong(&format!("issuer {what}")))?;
    let api_url = entry.api_url.or(known.as_ref().map(|it| it.3.clone())).unwrap_or_default();
    let api_url = api_url.trim_end_matches('/').to_owned();
    if kind != Kind::Oidc {
        checked(&api_url, plain).map_err(|what| wrong(&format!("api_url {what}")))?;
    }
    let name = super::told(entry.name).or(known.map(|it| it.1.to_owned())).unwrap_or_else(|| id.clone());
    let (client_id, client_secret) = (entry.client_id.trim().to_owned(), entry.client_secret.trim().to_owned());
    Ok(Provider { id, kind, name, client_id, client_secret, issuer, api_url, trust_email: entry.trust_email })
}

/// An address that may be called and sent to.
pub(super) fn checked(text: &str, plain: bool) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("is no address: {error}"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if plain => Ok(url),
        _ => Err("must begin with https://".to_owned()),
    }
}
