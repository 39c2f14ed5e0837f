//! What tells that two cards may be of one person: keys made from a card, equal keys of two cards are a reason.
//! Only reasons a person can check with their eyes; what many share says nothing, and nothing is ever merged by itself.

use crate::rules::FieldKind;
use crate::text::fold;
use crate::{phone, text};
use serde::{Deserialize, Serialize};

/// A key more cards than these share (the number of a shop, a common name in a large town) is no reason.
pub const MOST_SHARED: usize = 10;
/// Shortest phone taken from a field of free text: anything shorter may be the number of a contract.
const LEAST_DIGITS: usize = 11;

crate::macros::text_enum! {
    /// What is the same on two cards.
    pub enum ReasonKind {
        /// A phone, wherever it stands.
        Phone = "phone",
        /// An e-mail, as its provider reads it.
        Email = "email",
        /// The name and a value of a field of one's own.
        NameField = "name_field",
        NameCompany = "name_company",
        NameCity = "name_city",
    }
}

impl ReasonKind {
    /// How much it says.
    pub const fn weight(self) -> i64 {
        match self {
            Self::Phone => 100,
            Self::Email => 90,
            Self::NameField => 60,
            Self::NameCompany => 50,
            Self::NameCity => 40,
        }
    }
}

/// Where a value stands: `""` in its own field, [`PLACE_NAME`], [`PLACE_MORE`], `channel.whatsapp`, `custom.birthday`.
pub const PLACE_NAME: &str = "name";
/// Among the further phones and e-mails of a card.
pub const PLACE_MORE: &str = "more";
/// Before the word of a channel.
pub const PLACE_CHANNEL: &str = "channel.";

/// One key of a card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub kind: ReasonKind,
    /// Equal on two cards: a reason.
    pub value: String,
    /// Where it stands.
    pub place: String,
    /// As people know it.
    pub shown: String,
}

/// What a card is compared by.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    pub name: String,
    pub company: String,
    pub city: String,
    /// Place and text of whatever may be a phone or an e-mail.
    pub reaches: Vec<(String, String)>,
    /// Key, kind and value of fields of one's own.
    pub values: Vec<(String, FieldKind, String)>,
}

/// The keys of a card, each once.
pub fn keys(card: &Compared) -> Vec<Key> {
    let mut keys = Vec::new();
    let own =
        |(key, _, value): &(String, FieldKind, String)| (format!("{}{key}", crate::custom::PREFIX), value.clone());
    let texts = card.values.iter().filter(|value| value.1 == FieldKind::Text).map(own);
    let named = [(PLACE_NAME.to_owned(), card.name.clone())];
    for (place, value) in card.reaches.iter().cloned().chain(texts).chain(named) {
        keys.extend(reach(place, &value));
    }
    let words = words(&card.name);
    let name = words.join(" ");
    let mut with_name = |kind, place: &str, value: &str| {
        let key =
            Key { kind, value: format!("{name}|{place}|{}", fold(value)), place: place.into(), shown: value.into() };
        keys.push(key);
    };
    if words.len() > 1 && !card.company.is_empty() {
        with_name(ReasonKind::NameCompany, "", &card.company);
    }
    if words.len() > 1 && !card.city.is_empty() {
        with_name(ReasonKind::NameCity, "", &card.city);
    }
    for (key, kind, value) in &card.values {
        let telling = matches!(kind, FieldKind::Date | FieldKind::Number | FieldKind::Text);
        if telling && !words.is_empty() && reach(String::new(), value).is_none() {
            with_name(ReasonKind::NameField, &format!("{}{key}", crate::custom::PREFIX), value);
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

/// The key of a phone or e-mail; `None` when the text is neither.
fn reach(place: String, text: &str) -> Option<Key> {
    if text::is_email(text.trim()) {
        let value = canonical_email(text.trim());
        return Some(Key { kind: ReasonKind::Email, value, place, shown: text.trim().to_owned() });
    }
    let phone = phone::normalise(text).filter(|e164| e164.len() > LEAST_DIGITS)?;
    Some(Key { kind: ReasonKind::Phone, value: phone.clone(), place, shown: phone })
}

/// The words of a name, sorted: «Лебедева Марина» is «Марина Лебедева».
fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut words: Vec<String> =
        folded.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1).map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words
}

const GMAIL: [&str; 2] = ["gmail.com", "googlemail.com"];
const YANDEX: [&str; 7] = ["yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua", "narod.ru"];
/// Providers that drop what follows a plus.
const PLUS: [&str; 8] =
    ["mail.ru", "bk.ru", "list.ru", "inbox.ru", "outlook.com", "hotmail.com", "icloud.com", "proton.me"];

/// An address as its provider reads it: case, dots, what follows a plus, names of the provider.
pub fn canonical_email(email: &str) -> String {
    let lower = email.to_lowercase();
    let Some((user, host)) = lower.rsplit_once('@') else { return lower };
    let before_plus = user.split('+').next().filter(|user| !user.is_empty()).unwrap_or(user);
    match host {
        host if GMAIL.contains(&host) => format!("{}@gmail.com", before_plus.replace('.', "")),
        host if YANDEX.contains(&host) => format!("{}@yandex.ru", before_plus.replace('.', "-")),
        host if PLUS.contains(&host) => format!("{before_plus}@{host}"),
        _ => lower,
    }
}

/// Why two cards are a pair, as it is kept with the pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub kind: ReasonKind,
    /// What is the same.
    pub value: String,
    /// Where it stands on the older card, and on the newer one.
    pub one: String,
    pub other: String,
}

/// How much several reasons say together: each kind counts once.
pub fn weight(reasons: &[Reason]) -> i64 {
    ReasonKind::ALL.iter().filter(|kind| reasons.iter().any(|r| r.kind == **kind)).map(|kind| kind.weight()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equal(one: &Compared, other: &Compared) -> Vec<ReasonKind> {
        let (one, other) = (keys(one), keys(other));
        let same = |key: &&Key| other.iter().any(|o| (o.kind, &o.value) == (key.kind, &key.value));
        one.iter().filter(same).map(|key| key.kind).collect()
    }

    fn card(name: &str, reaches: &[(&str, &str)]) -> Compared {
        let reaches = reaches.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect();
        Compared { name: name.into(), reaches, ..Compared::default() }
    }

    #[test]
    fn a_phone_is_the_same_wherever_it_stands() {
        let plain = card("Марина", &[("", "+79132041855")]);
        assert_eq!(equal(&plain, &card("", &[("channel.whatsapp", "79132041855")])), [ReasonKind::Phone]);
        assert_eq!(equal(&plain, &card("8 (913) 204-18-55", &[])), [ReasonKind::Phone]);
        let mut field = card("Игорь", &[]);
        field.values = vec![("second".into(), FieldKind::Text, "8 913 204 18 55".into())];
        assert_eq!(equal(&plain, &field), [ReasonKind::Phone]);
        field.values = vec![("contract".into(), FieldKind::Text, "9132041855 от 5.05".into())];
        assert_eq!(equal(&plain, &field), []);
        assert_eq!(equal(&card("", &[("", "12345678")]), &card("", &[("", "12345678")])), [], "too short to tell");
    }

    #[test]
    fn an_email_is_what_its_provider_makes_of_it() {
        for (one, other) in [
            ("Marina.Lebedeva@gmail.com", "marinalebedeva+shop@googlemail.com"),
            ("i.petrov@ya.ru", "i-petrov@yandex.com"),
            ("OLGA@sever.example", "olga@sever.example"),
            ("olga+1@mail.ru", "olga@mail.ru"),
        ] {
            assert_eq!(canonical_email(one), canonical_email(other), "{one}");
        }
        assert_ne!(canonical_email("a.b@sever.example"), canonical_email("ab@sever.example"));
        assert_ne!(canonical_email("a+b@sever.example"), canonical_email("a@sever.example"));
        assert_eq!(canonical_email("+a@mail.ru"), "+a@mail.ru");
    }

    #[test]
    fn a_name_alone_is_no_reason() {
        let of = |name: &str, city: &str| Compared { name: name.into(), city: city.into(), ..Compared::default() };
        assert_eq!(equal(&of("Марина Лебедева", "Омск"), &of("ЛЕБЕДЕВА  Марина", "омск")), [ReasonKind::NameCity]);
        assert_eq!(equal(&of("Марина Лебедева", "Омск"), &of("Марина Лебедева", "Томск")), []);
        assert_eq!(equal(&of("Марина Лебедева", ""), &of("Марина Лебедева", "")), []);
        assert_eq!(equal(&of("Марина", "Омск"), &of("Марина", "Омск")), [], "a first name says too little");
        let born = |name: &str, kind, day: &str| Compared {
            name: name.into(),
            values: vec![("birthday".into(), kind, day.into())],
            ..Compared::default()
        };
        let date = FieldKind::Date;
        assert_eq!(
            equal(&born("Марина", date, "1990-05-01"), &born("марина", date, "1990-05-01")),
            [ReasonKind::NameField]
        );
        assert_eq!(equal(&born("", date, "1990-05-01"), &born("", date, "1990-05-01")), []);
        let choice = FieldKind::Choice;
        assert_eq!(equal(&born("Марина", choice, "Золотой"), &born("Марина", choice, "Золотой")), [], "many have it");
    }

    #[test]
    fn each_kind_of_reason_counts_once() {
        let reason = |kind| Reason { kind, value: String::new(), one: String::new(), other: String::new() };
        let both = [reason(ReasonKind::Phone), reason(ReasonKind::Phone), reason(ReasonKind::NameCity)];
        assert_eq!(weight(&both), 140);
    }
}
