//! Connections whose secrets were sealed with a key that is not here: a copy was restored without it.

use super::cache::vault_row;
use crate::{Result, Work};
use connectors::SettingKind;
use domain::views::ConnectionState;
use serde_json::{Map, Value as Json};

/// Why it waits, on its card.
const WHY: &str = "the secrets were sealed with another secret key; enter them again";

/// Puts secrets nobody knows in the place of those that cannot be opened, so that nothing can be proved with them, and lets
/// the connection wait until somebody enters the right ones. Answers how many there were.
pub(crate) async fn part_with_lost_secrets(work: &mut Work) -> Result<u64> {
    let mut count = 0;
    for mut row in store::connections::rows(&mut work.tx, work.organisation).await? {
        let name = vault_row(row.id);
        if work.app.vault.open(&name, &row.secrets).is_ok() {
            continue;
        }
        let settings = connectors::find(&row.provider).map_or(&[][..], |connector| connector.spec().settings);
        let hidden = settings.iter().filter(|s| matches!(s.kind, SettingKind::Secret | SettingKind::Generated));
        let unknown: Map<String, Json> =
            hidden.map(|s| (s.name.to_owned(), crate::vault::random_token().into())).collect();
        row.secrets = work.app.vault.seal(&name, Json::Object(unknown).to_string().as_bytes())?;
        if row.state != ConnectionState::Off {
            row.state = ConnectionState::Reauth;
        }
        store::connections::update(&mut work.tx, &row).await?;
        store::connections::call_failed(&mut work.tx, work.organisation, row.id, WHY, work.now).await?;
        store::jobs::hold(&mut work.tx, work.organisation, row.id).await?;
        work.hint("connections", row.id);
        count += 1;
    }
    Ok(count)
}
