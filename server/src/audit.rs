//! `pult audit verify`: the chain of seals walked on the command line. Reads only; any fault is exit code 1.

use crate::cli::worded;
use crate::environment::Environment;
use anyhow::{Result, bail};
use clap::Args;
use domain::ids::OrganisationId;
use domain::seal::{JournalCheck, SealFault};
use services::seals;

/// What to verify.
#[derive(Args)]
pub struct Verify {
    /// Only this organisation
    #[arg(long)]
    organisation: Option<OrganisationId>,
    /// An end of its chain noted earlier, as `position:hash`: the chain must still go through it
    #[arg(long, requires = "organisation", value_parser = noted)]
    expect: Option<(i64, String)>,
    #[arg(long)]
    json: bool,
}

fn noted(text: &str) -> Result<(i64, String), String> {
    let parts = text.split_once(':').and_then(|(position, hash)| Some((position.parse().ok()?, hash.to_owned())));
    parts.ok_or_else(|| "position:hash, as `pult audit verify` says it".to_owned())
}

/// Verifies, says what was found, and fails if anything was.
pub async fn verify(verify: Verify) -> Result<()> {
    let environment = Environment::read(false)?;
    let db = environment.open().await?;
    db.migrate().await?;
    let app = environment.app(db, false)?;
    let expected = verify.expect.as_ref().map(|(position, hash)| (*position, hash.as_str()));
    let (mut answers, mut found) = (Vec::new(), 0);
    for organisation in seals::organisations(&app, verify.organisation).await.map_err(worded)? {
        let check = seals::verify(&app, organisation, expected).await.map_err(worded)?;
        found += check.found;
        if !verify.json {
            say(organisation, &check);
        }
        let mut answer = serde_json::to_value(&check)?;
        answer["organisation_id"] = serde_json::json!(organisation);
        answers.push(answer);
    }
    app.db.close().await;
    if verify.json {
        println!("{}", serde_json::json!({"whole": found == 0, "organisations": answers}));
    }
    if found > 0 {
        bail!("the journal is not as it was written: faults {found}");
    }
    Ok(())
}

fn say(organisation: OrganisationId, check: &JournalCheck) {
    let verdict = if check.found == 0 { "whole" } else { "NOT WHOLE" };
    let JournalCheck { lines, pruned, position, hash, .. } = check;
    println!("{organisation}  {verdict}: {lines} lines as written, {pruned} removed after their time");
    println!("  end of the chain  {position}:{hash}");
    for SealFault { kind, position, journal_id } in &check.faults {
        let position = position.map(|position| format!(" at position {position}")).unwrap_or_default();
        let line = journal_id.map(|id| format!(", line {id}")).unwrap_or_default();
        println!("  {kind}{position}{line}");
    }
    let left = check.found - check.faults.len() as i64;
    if left > 0 {
        println!("  and {left} more");
    }
}
