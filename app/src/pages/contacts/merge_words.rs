//! Words for pairs and merges: why two cards are a pair, what a field is called, what comes over.

use crate::format::phone;
use crate::pages::chats::words::channel_text;
use domain::custom::PREFIX;
use domain::duplicates::{PLACE_CHANNEL, PLACE_MORE, PLACE_NAME, ReasonKind};
use domain::views::{ReasonView, Stayed};
use texts::Texts;

/// Why two cards are a pair, in one line.
pub fn reason_text(t: Texts, reason: &ReasonView) -> String {
    let place = |place: &str| match place {
        "" => String::new(),
        PLACE_NAME => t.contacts_reason_in_name(),
        PLACE_MORE => t.contacts_reason_in_more(),
        other => match other.strip_prefix(PLACE_CHANNEL).map(str::parse) {
            Some(Ok(channel)) => channel_text(t, channel),
            _ => t.contacts_reason_in_field(other),
        },
    };
    let mut places: Vec<String> =
        [&reason.one, &reason.other].into_iter().map(|it| place(it)).filter(|it| !it.is_empty()).collect();
    places.dedup();
    let same = match reason.kind {
        ReasonKind::Phone => t.contacts_reason_phone(phone(&reason.value)),
        ReasonKind::Email => t.contacts_reason_email(&reason.value),
        ReasonKind::NameField => return t.contacts_reason_name_field(&reason.one, value_text(&reason.value)),
        ReasonKind::NameCompany => return t.contacts_reason_name_company(&reason.value),
        ReasonKind::NameCity => return t.contacts_reason_name_city(&reason.value),
    };
    if places.is_empty() { same } else { format!("{same} ({})", places.join(", ")) }
}

/// A day as people write it, anything else as it is.
fn value_text(value: &str) -> String {
    let day = value.len() == 10 && value.split('-').map(str::len).eq([4, 2, 2]);
    if day { super::day_text(value) } else { value.to_owned() }
}

/// The name of a field.
pub fn field_text(t: Texts, field: &str, label: &str) -> String {
    match field {
        "name" => t.contacts_name(),
        "phone" => t.contacts_phone(),
        "email" => t.contacts_email(),
        "company" => t.contacts_company(),
        "city" => t.contacts_city(),
        "note" => t.contacts_note(),
        _ if label.is_empty() => field.trim_start_matches(PREFIX).to_owned(),
        _ => label.to_owned(),
    }
}

/// Rows of a kind that come over; `None` for what people need not know of.
pub fn moved_text(t: Texts, what: &str, count: i64) -> Option<String> {
    Some(match what {
        "chats" => t.contacts_moves_chats(count),
        "orders" => t.contacts_moves_orders(count),
        "contact_identities" => t.contacts_moves_identities(count),
        "invitations" => t.contacts_moves_invitations(count),
        "contact_notes" => t.contacts_moves_notes(count),
        "rule_runs" => t.contacts_moves_runs(count),
        _ => return None,
    })
}

/// What did not go back.
pub fn stayed_text(t: Texts, stayed: &[Stayed]) -> String {
    let one = |it: &Stayed| match it.count {
        0 => Some(field_text(t, &it.what, "")),
        count => moved_text(t, &it.what, count),
    };
    stayed.iter().filter_map(one).collect::<Vec<_>>().join(", ")
}
