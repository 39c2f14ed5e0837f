//! The page that asks who somebody is.

use super::world::Someone;

/// Text as it stands in a page.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Everybody there is, and a way out.
pub fn picker(people: &[Someone], path: &str, query: &str) -> String {
    let to = |more: String| escaped(&format!("{path}?{query}&{more}"));
    let one = |someone: &Someone| {
        let email = match (&someone.email, someone.verified) {
            (None, _) => "без почты".to_owned(),
            (Some(email), true) => email.clone(),
            (Some(email), false) => format!("{email}, не подтверждена"),
        };
        let (name, email) = (escaped(&someone.name), escaped(&email));
        format!("<li><a href=\"{}\">{name}<small>{email}</small></a></li>", to(format!("person={}", someone.id)))
    };
    let people: String = people.iter().map(one).collect();
    format!(
        "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"icon\" href=\"data:,\"><title>Выберите аккаунт</title><style>body{{font:16px system-ui;max-width:22rem;\
         margin:15vh auto;padding:0 1rem}}ul{{list-style:none;padding:0}}a{{display:block;padding:.8rem 0;\
         border-bottom:1px solid #ddd;color:#1a4fb4;text-decoration:none}}small{{display:block;color:#666}}</style>\
         <h1>Выберите аккаунт</h1><p>Это симулятор, а не настоящий сервис.</p><ul>{people}</ul>\
         <a href=\"{}\">Отмена</a></html>",
        to("deny=1".to_owned())
    )
}
