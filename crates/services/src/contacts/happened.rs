//! What happens to clients, as rules may start from it.

use crate::rules::{self, Occasion};
use crate::{Result, Work};
use domain::ids::ContactId;

/// A card was made.
pub async fn created(work: &mut Work, id: ContactId) -> Result<()> {
    let occasion = Occasion::contact(work, "contact.created", id).await?;
    rules::happened(work, occasion).await
}

/// Parts of a card were changed: `phone`, `tags`, `custom.birthday` …
pub async fn changed(work: &mut Work, id: ContactId, parts: impl IntoIterator<Item = impl Into<String>>) -> Result<()> {
    let parts: Vec<String> = parts.into_iter().map(Into::into).collect();
    if parts.is_empty() {
        return Ok(());
    }
    let occasion = Occasion::contact(work, "contact.changed", id).await?.with("contact.changed", parts);
    rules::happened(work, occasion).await
}
