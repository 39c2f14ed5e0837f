//! An attempt of a job as spans: the attempt itself, below whatever caused the job, and the calls it made.

use super::outbox::{Outbox, Places};
use crate::Result;
use crate::connections::Connected;
use crate::traces::{Begun, Kind, Span, SpanId, TraceId, traceparent};
use connectors::{Acted, Fail};
use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::{Arc, OnceLock};
use store::claims::LeasedJob;

tokio::task_local! {
    /// Why the attempt under way failed, once it has.
    static FAILED: OnceLock<String>;
}

/// Makes an attempt and tells of it.
pub(super) async fn attempt(
    outbox: &Outbox,
    begun: Begun,
    job: LeasedJob,
    connection: Option<Arc<Connected>>,
    places: Places,
) -> Result<()> {
    let app = &outbox.app;
    let (id, trace) = (job.id, TraceId::of_chain(&job.chain));
    let of = format!("{id}:{}", job.calls);
    let parent = match store::jobs::one(&app.db.of(job.organisation_id), job.organisation_id, id).await {
        Ok(Some(view)) => SpanId::of_cause(&view.cause_kind, view.cause_id.as_deref(), &job.chain),
        _ => SpanId::root(&job.chain),
    };
    let about = [
        ("messaging.system", "pult".to_owned()),
        ("messaging.operation.name", "work".to_owned()),
        ("messaging.operation.type", "process".to_owned()),
        ("messaging.destination.name", "jobs".to_owned()),
        ("messaging.message.id", id.to_string()),
        ("pult.job.kind", job.kind.clone()),
        ("pult.organisation.id", job.organisation_id.to_string()),
    ];
    let provider = connection.as_ref().map(|connection| connection.connector.spec().id);
    let (name, number) = (format!("work {}", job.kind), job.calls);
    let work = connectors::http::watched(traceparent(&job.chain, &of), outbox.attempt(job, connection, places));
    let work = FAILED.scope(OnceLock::new(), async {
        let done = AssertUnwindSafe(work).catch_unwind().await;
        (done, FAILED.with(|why| why.get().cloned()))
    });
    let (done, failed) = work.await;
    let failed = match &done {
        Err(_) => Some("panic".to_owned()),
        Ok((Err(_), _)) => Some("not_written".to_owned()),
        Ok((Ok(()), _)) => failed,
    };
    // What follows from the job stands below the attempt that ended well.
    let span_id = if failed.is_some() { SpanId::about("job", &of) } else { SpanId::about("job", id) };
    let mut span =
        Span::over(begun, Kind::Consumer, name, trace, span_id).under(parent).with("pult.job.attempt", number);
    span.attributes.extend(about.map(|(name, value)| (name, value.into())));
    if let Some(provider) = provider {
        span = span.with("pult.provider", provider);
    }
    app.traces.record(match failed {
        Some(why) => span.failed(why, None),
        None => span,
    });
    match done {
        Ok((done, calls)) => {
            app.traces.record_calls(begun, trace, span_id, &of, &calls);
            done
        }
        Err(panic) => resume_unwind(panic),
    }
}

/// How the call of the attempt under way came out.
pub(super) fn ended(result: &Result<Acted, Fail>) {
    let Err(fail) = result else { return };
    let _ = FAILED.try_with(|why| why.set(fail.parts().0.to_owned()));
}
