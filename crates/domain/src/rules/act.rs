//! What a step says: its texts with fields in them, in one place for all who fill them in, check them and show them.

use super::{Act, CallField};

/// Longest name of an event that is sent, and of a value in it.
const MOST_NAME: usize = 100;
/// Most values in one.
pub const MOST_CALL_FIELDS: usize = 50;

/// Whether an event that is sent may be called so: words with dots between them.
pub fn is_event_name(name: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    name.len() <= MOST_NAME && name.split('.').all(word)
}

impl Act {
    /// Its texts with fields in them, in the order of the page.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::SendMessage { text }
            | Self::Comment { text }
            | Self::Notify { text, .. }
            | Self::SetField { text, .. } => {
                vec![text]
            }
            Self::CreateOrder { title } => vec![title],
            Self::SaveContact { name, phone, email } => vec![name, phone, email],
            Self::CallWebhook { fields, .. } | Self::UseService { fields, .. } => {
                fields.iter().map(|field| field.text.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The same for changing.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::SendMessage { text }
            | Self::Comment { text }
            | Self::Notify { text, .. }
            | Self::SetField { text, .. } => {
                vec![text]
            }
            Self::CreateOrder { title } => vec![title],
            Self::SaveContact { name, phone, email } => vec![name, phone, email],
            Self::CallWebhook { fields, .. } | Self::UseService { fields, .. } => {
                fields.iter_mut().map(|field| &mut field.text).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Which of its texts must not be empty; of the rest some may.
    pub const fn needs_every_text(&self) -> bool {
        !matches!(self, Self::SaveContact { .. } | Self::CallWebhook { .. } | Self::SetField { .. })
    }

    /// What is wrong with the names of an event it sends: `event` or `name`.
    pub fn misnamed(&self) -> Option<&'static str> {
        let Self::CallWebhook { event, fields, .. } = self else { return None };
        if !is_event_name(event) {
            return Some("event");
        }
        let mut seen = std::collections::BTreeSet::new();
        let good = |name: &str| !name.trim().is_empty() && name.chars().count() <= MOST_NAME;
        let all_good = fields.iter().all(|field| good(&field.name) && seen.insert(field.name.as_str()));
        (!all_good || fields.len() > MOST_CALL_FIELDS).then_some("name")
    }

    /// What it says in one line: its texts, else the tag or status it is about; "" when its word says everything.
    pub fn said(&self) -> String {
        match self {
            Self::ChangeOrder { status } => status.to_string(),
            Self::AddTag { tag } | Self::RemoveTag { tag } => tag.clone(),
            Self::SetField { field, text } => format!("{field}: {text}"),
            Self::CallWebhook { event, fields, .. } => line(event, fields.iter()),
            Self::UseService { action, fields, .. } => {
                line(action, fields.iter().filter(|field| !field.text.is_empty()))
            }
            act => {
                let texts = act.texts().into_iter().filter(|text| !text.trim().is_empty());
                texts.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// What is called, and its values by name.
fn line<'a>(what: &str, fields: impl Iterator<Item = &'a CallField>) -> String {
    let fields = fields.map(|field| format!("{}: {}", field.name, field.text));
    std::iter::once(what.to_owned()).chain(fields).collect::<Vec<_>>().join(", ")
}
