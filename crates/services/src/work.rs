//! A unit of work: change, journal, jobs and live hints in one transaction. After the commit the workers and the live
//! stream are woken; dropped without commit, nothing happened.

use crate::memo::Memo;
use crate::{App, Error, Result};
use domain::ids::*;
use serde_json::Value as Json;
use std::sync::Arc;
use store::jobs::{Cause, NewJob};
use store::walls::Reach;
use store::{Tx, journal::NewLine};

/// Deepest chain of causes; beyond it nothing more is started (loop guard).
pub const MAX_DEPTH: i64 = 8;

/// An open unit of work.
pub struct Work {
    /// The transaction, for store calls.
    pub tx: Tx,
    pub app: Arc<App>,
    pub organisation: OrganisationId,
    pub now: i64,
    /// What jobs and journal lines of this work name as their cause.
    pub cause: Cause,
    /// What was looked up already.
    pub memo: Memo,
    /// When the rule under way began, if a collector wants to know.
    pub begun: Option<crate::traces::Begun>,
    careful: bool,
    /// Whether PostgreSQL lets it reach its own organisation only.
    walled: bool,
    actor: (&'static str, Option<String>),
    hints: std::collections::BTreeSet<(&'static str, String)>,
    jobs: usize,
    routes: bool,
    afterwards: Vec<Box<dyn FnOnce() + Send + Sync>>,
}

/// Who acts, and why.
#[derive(Clone, Debug)]
pub struct Acting {
    pub actor: (&'static str, Option<String>),
    pub cause: Cause,
}

impl Work {
    /// Begins; `actor` is kind and id of who acts.
    pub async fn begin(
        app: &Arc<App>,
        organisation: OrganisationId,
        actor: (&'static str, Option<String>),
        cause: Cause,
        now: i64,
    ) -> Result<Self> {
        let tx = app.db.of(organisation).begin().await?;
        Ok(Self { walled: true, ..Self::on(tx, app, organisation, actor, cause, now) })
    }
    /// Continues on a transaction already open (workers apply several events in one, which reaches all their organisations).
    pub fn on(
        tx: Tx,
        app: &Arc<App>,
        organisation: OrganisationId,
        actor: (&'static str, Option<String>),
        cause: Cause,
        now: i64,
    ) -> Self {
        let (memo, hints, afterwards) = Default::default();
        Self {
            tx,
            app: app.clone(),
            organisation,
            now,
            cause,
            memo,
            begun: None,
            careful: true,
            walled: false,
            actor,
            hints,
            jobs: 0,
            routes: false,
            afterwards,
        }
    }
    /// Without savepoints, unless `careful`: then [`Work::undo`] asks for the whole unit to be written once more.
    pub fn with_care(self, careful: bool) -> Self {
        Self { careful, ..self }
    }
    /// Begins a part that may have to be undone alone; `name` is a constant of ours.
    pub async fn part(&mut self, name: &'static str) -> Result<()> {
        if self.careful {
            self.tx.savepoint(name).await?;
        }
        Ok(())
    }
    /// Keeps a part.
    pub async fn keep(&mut self, name: &'static str) -> Result<()> {
        if self.careful {
            self.tx.release(name).await?;
        }
        Ok(())
    }
    /// Undoes a part; in a hasty unit that cannot be, and [`Error::Again`] ends it.
    pub async fn undo(&mut self, name: &'static str) -> Result<()> {
        if !self.careful {
            return Err(Error::Again);
        }
        self.memo = Memo::default();
        Ok(self.tx.rollback_to(name).await?)
    }
    /// Turns to the next event within the same transaction.
    pub async fn turn_to(
        &mut self,
        organisation: OrganisationId,
        actor: (&'static str, Option<String>),
        cause: Cause,
    ) -> Result<()> {
        if self.organisation != organisation {
            self.write_hints(self.organisation).await?;
            self.organisation = organisation;
            if self.walled {
                self.tx.reach(Reach::Only(organisation)).await?;
            }
        }
        self.actor = actor;
        self.cause = cause;
        Ok(())
    }
    /// What this process may believe only when it is durable.
    pub fn after_commit(&mut self, then: impl FnOnce() + Send + Sync + 'static) {
        self.afterwards.push(Box::new(then));
    }
    /// A fresh id.
    pub fn id<T: Id>(&self) -> T {
        self.app.ids.next(self.now)
    }
    /// Tells open pages that something changed; `id` "" means the whole topic.
    pub fn hint(&mut self, topic: &'static str, id: impl ToString) {
        self.routes |= matches!(topic, "chats" | "members" | "settings");
        self.hints.insert((topic, id.to_string()));
    }
    /// Lets somebody else act from here on, for another cause; answers who it was. To be put back when they are done.
    pub fn hand_over(&mut self, to: Acting) -> Acting {
        Acting {
            actor: std::mem::replace(&mut self.actor, to.actor),
            cause: std::mem::replace(&mut self.cause, to.cause),
        }
    }
    /// Who acts: kind and id.
    pub fn actor(&self) -> (&'static str, Option<String>) {
        self.actor.clone()
    }
    /// Writes a journal line at level `info`.
    pub async fn journal(&mut self, code: &str, object_kind: &str, object_id: impl ToString, args: Json) -> Result<()> {
        self.journal_at("info", code, object_kind, object_id, args).await
    }
    /// Writes a journal line.
    pub async fn journal_at(
        &mut self,
        level: &str,
        code: &str,
        object_kind: &str,
        object_id: impl ToString,
        args: Json,
    ) -> Result<()> {
        let object_id = object_id.to_string();
        let (actor_kind, actor_id) = self.actor.clone();
        let cause = self
            .cause
            .id
            .clone()
            .filter(|_| matches!(self.cause.kind, "event" | "job" | "run"))
            .map(|id| (self.cause.kind, id));
        let line = NewLine {
            id: self.id(),
            at: self.now,
            level,
            code,
            args,
            actor_kind,
            actor_id,
            object_kind,
            object_id: &object_id,
            cause,
        };
        store::journal::insert(&mut self.tx, self.organisation, &line).await?;
        self.hint("journal", "");
        Ok(())
    }
    /// Writes a job; `false` when one with its idempotency key was there. A chain deeper than [`MAX_DEPTH`] is cut and reported.
    pub async fn job(&mut self, job: NewJob) -> Result<bool> {
        if job.cause.depth > MAX_DEPTH {
            self.journal_at(
                "error",
                "loop_stopped",
                job.object_kind,
                &job.object_id,
                serde_json::json!({"kind": job.kind, "chain": job.cause.chain}),
            )
            .await?;
            return Ok(false);
        }
        let fresh = store::jobs::insert(&mut self.tx, self.organisation, &job, self.now).await?;
        self.jobs += usize::from(fresh);
        self.hint("jobs", "");
        Ok(fresh)
    }
    /// Wakes the outbox after the commit although no job was written here (held ones were released).
    pub fn expect_jobs(&mut self) {
        self.jobs += 1;
        self.hint("jobs", "");
    }
    async fn write_hints(&mut self, organisation: OrganisationId) -> Result<()> {
        let hints: Vec<_> = std::mem::take(&mut self.hints).into_iter().collect();
        Ok(store::live::insert(&mut self.tx, organisation, &hints, self.now).await?)
    }
    /// Makes it durable, then wakes whoever waits for it.
    pub async fn commit(mut self) -> Result<()> {
        self.write_hints(self.organisation).await?;
        let Self { tx, app, jobs, routes, afterwards, .. } = self;
        tx.commit().await?;
        afterwards.into_iter().for_each(|then| then());
        app.live.wake();
        if routes {
            app.wake_routing.notify_one();
        }
        if jobs > 0 {
            app.wake_jobs.notify_waiters();
            app.wake_jobs.notify_one();
        }
        Ok(())
    }
}
