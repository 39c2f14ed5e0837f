//! Makes the call of one leased job. Knows which call belongs to which kind; decides nothing about retries.

use crate::connections::Connected;
use crate::pipeline::kinds;
use crate::{App, Result, accounts, files};
use connectors::{Acted, ActionCall, Cx, Fail, FileBytes, Rejection, SettingKind};
use domain::ids::FileId;
use store::claims::LeasedJob;

/// Calls the provider.
pub async fn on_connection(app: &App, connection: &Connected, job: &LeasedJob) -> Result<Result<Acted, Fail>> {
    let text = |name: &str| job.payload.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    // Worth something only until then (a client is to see that somebody writes).
    let until = job.payload.get("until").and_then(serde_json::Value::as_i64);
    if until.is_some_and(|until| until < app.clock.now()) {
        return Ok(Ok(Acted::default()));
    }
    let file = match (job.kind.as_str(), text("file_id").parse::<FileId>()) {
        (kinds::SEND_MESSAGE, Ok(id)) => match files::read(app, job.organisation_id, id).await? {
            Some((view, bytes)) => Some(FileBytes { mime: view.mime, name: view.name, bytes: bytes.into() }),
            None => {
                let fail = Fail::Rejected {
                    reason: Rejection::BadRequest,
                    code: "file_missing".into(),
                    detail: "the file is not there any more".into(),
                };
                return Ok(Err(fail));
            }
        },
        _ => None,
    };
    if let Some(fail) = leads_inside(app, connection) {
        return Ok(Err(fail));
    }
    let reference = format!("job:{}", job.id);
    let cx = Cx {
        http: &app.http,
        settings: &connection.settings,
        now_ms: app.clock.now(),
        reference: &reference,
        // The call under way is counted already.
        attempt: i32::try_from(job.calls - 1).unwrap_or(i32::MAX),
        memory: &connection.memory,
        private_nets: app.config.private_nets,
    };
    let mut input = job.payload.get("input").cloned().unwrap_or_default();
    if job.kind == kinds::SUBSCRIBE {
        input["verify_token"] = connection.settings.get("verify_token").into();
    }
    let call = ActionCall { action: text("action").to_owned(), input, file };
    let done = connection.connector.act(&cx, &call).await;
    match done {
        // Nobody waits for it, so nobody has to look after it; that a sign-in is over concerns all calls.
        Err(fail) if until.is_some() && !matches!(fail, Fail::Reauth { .. }) => Ok(Ok(Acted::default())),
        done => Ok(done),
    }
}

/// Addresses of settings are typed by people: none is called that leads inside, also if it was allowed when it was typed.
fn leads_inside(app: &App, connection: &Connected) -> Option<Fail> {
    let addresses = connection.connector.spec().settings.iter().filter(|setting| setting.kind == SettingKind::Url);
    let typed = addresses.map(|setting| connection.settings.get(setting.name)).filter(|address| !address.is_empty());
    typed.filter_map(|address| connectors::address::checked(address, app.config.private_nets).err()).next()
}

/// Does what needs no connection.
pub async fn without_connection(app: &std::sync::Arc<App>, job: &LeasedJob) -> Result<Acted, Fail> {
    match job.kind.as_str() {
        kinds::CHECK_DOMAIN => crate::look::domain::look(app, &job.payload).await,
        _ => mail(app, job).await,
    }
}

/// Sends a mail.
async fn mail(app: &std::sync::Arc<App>, job: &LeasedJob) -> Result<Acted, Fail> {
    accounts::mail::send(app, job.organisation_id, &job.payload).await.map(|()| Acted::default()).map_err(|failure| {
        let (code, detail) = (failure.code.to_owned(), failure.detail);
        if failure.transient {
            Fail::Transient { after_ms: None, code, detail }
        } else {
            Fail::Rejected { reason: Rejection::BadRequest, code, detail }
        }
    })
}
