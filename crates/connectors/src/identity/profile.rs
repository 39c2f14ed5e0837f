//! Who somebody is at providers without tokens of identity: their profile, asked for with the token of the attempt. None of
//! them vouches for an address.

use super::call::{Call, Tokens, asked, json, refused};
use super::{Kind, Person, Problem, facebook, told};
use serde::Deserialize;

/// An id is a number or a text, as they please.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Number(u64),
    Text(String),
}

impl Id {
    fn text(self) -> Result<String, Problem> {
        let text = match self {
            Id::Number(number) => number.to_string(),
            Id::Text(text) => text.trim().to_owned(),
        };
        match text.is_empty() || text.len() > 255 {
            true => Err(Problem::Unbelievable("the profile has no id".into())),
            false => Ok(text),
        }
    }
}

#[derive(Deserialize)]
struct OfFacebook {
    id: Id,
    name: Option<String>,
    email: Option<String>,
}

#[derive(Deserialize)]
struct OfYandex {
    id: Id,
    default_email: Option<String>,
    real_name: Option<String>,
    display_name: Option<String>,
}

#[derive(Deserialize)]
struct OfVk {
    user: VkUser,
}

#[derive(Deserialize)]
struct VkUser {
    user_id: Id,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
}

/// Asks who it is.
pub async fn profile(call: Call<'_>, tokens: &Tokens) -> Result<Person, Problem> {
    let (provider, token) = (call.provider, &tokens.access_token);
    let request = match provider.kind {
        Kind::Oidc => return Err(Problem::Unbelievable("no token of identity came".into())),
        Kind::Facebook => {
            let proof = facebook::proof(&provider.client_secret, token);
            let query = [("fields", "id,name,email"), ("access_token", token), ("appsecret_proof", &proof)];
            call.http.get(format!("{}/me", provider.api_url)).query(&query)
        }
        Kind::Yandex => {
            let request = call.http.get(format!("{}/info", provider.api_url)).query(&[("format", "json")]);
            request.header("authorization", format!("OAuth {token}"))
        }
        Kind::Vk => {
            let fields = [("client_id", provider.client_id.as_str()), ("access_token", token)];
            call.http.post(format!("{}/oauth2/user_info", provider.api_url)).form(&fields)
        }
    };
    let answer = asked(request).await?;
    if let Some(problem) = refused(&answer) {
        return Err(problem);
    }
    let person = |id: Id, email, name| {
        Ok(Person { subject: id.text()?, email: told(email), email_trusted: false, name: told(name) })
    };
    match provider.kind {
        Kind::Yandex => {
            let it: OfYandex = json(&answer)?;
            person(it.id, it.default_email, it.real_name.or(it.display_name))
        }
        Kind::Vk => {
            let VkUser { user_id, first_name, last_name, email } = json::<OfVk>(&answer)?.user;
            let name = [first_name, last_name].into_iter().flatten().collect::<Vec<_>>().join(" ");
            person(user_id, email, Some(name))
        }
        Kind::Facebook | Kind::Oidc => {
            let it: OfFacebook = json(&answer)?;
            person(it.id, it.email, it.name)
        }
    }
}
