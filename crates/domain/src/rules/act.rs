//! What a step says: its texts with fields in them, in one place for all who fill them in, check them and show them.

use super::Act;

impl Act {
    /// Its texts with fields in them, in the order of the page.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::SendMessage { text } | Self::Comment { text } | Self::Notify { text, .. } => vec![text],
            Self::CreateOrder { title } => vec![title],
            Self::SaveContact { name, phone, email } => vec![name, phone, email],
            _ => Vec::new(),
        }
    }

    /// The same for changing.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::SendMessage { text } | Self::Comment { text } | Self::Notify { text, .. } => vec![text],
            Self::CreateOrder { title } => vec![title],
            Self::SaveContact { name, phone, email } => vec![name, phone, email],
            _ => Vec::new(),
        }
    }

    /// Which of its texts must not be empty; of the rest some may.
    pub const fn needs_every_text(&self) -> bool {
        !matches!(self, Self::SaveContact { .. })
    }

    /// What it says in one line: its texts, else the tag or status it is about; "" when its word says everything.
    pub fn said(&self) -> String {
        match self {
            Self::ChangeOrder { status } => status.to_string(),
            Self::AddTag { tag } | Self::RemoveTag { tag } => tag.clone(),
            act => {
                let texts = act.texts().into_iter().filter(|text| !text.trim().is_empty());
                texts.collect::<Vec<_>>().join(", ")
            }
        }
    }
}
