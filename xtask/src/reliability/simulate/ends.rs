//! How the end of an attempt is written, as in `services/src/pipeline/outcome.rs`.

use super::calls::{End, Said};
use super::mistakes::Mistake;
use super::plan::Kind;
use super::world::{Happening, Ms, World};
use domain::queue::{JobState, MAX_ATTEMPTS, Outcome, after, backoff_ms};

/// When a job comes again that a gate held back for what is no longer so.
const AGAIN_MS: Ms = 100;

impl World {
    /// Writes the end of one attempt, at the instant of its transaction.
    pub fn write_end(&mut self, now: Ms, end: &End) {
        let Some(mut row) = self.db.jobs.get(&end.leased.job).cloned() else { return };
        let fenced = row.calls == end.leased.token && row.state == JobState::Running;
        if !fenced && !self.is(Mistake::FenceLost) {
            return;
        }
        self.audit.lease_held(self.now, &row, end);
        let outcome = self.outcome(end);
        let jitter = self.random.share();
        let most = match self.mistake {
            Some(Mistake::OneTryTooMany) => MAX_ATTEMPTS + 1,
            Some(Mistake::OneTryTooFew) => MAX_ATTEMPTS - 1,
            _ => MAX_ATTEMPTS,
        };
        let mut next = after(&outcome, end.leased.attempts, most, now, jitter);
        if next.state == JobState::Ready {
            match self.mistake {
                Some(Mistake::BackoffOffByOne) if matches!(end.said, Said::Failed { .. }) => {
                    next.run_at = next.run_at.max(now + backoff_ms(next.attempts + 1, jitter));
                }
                Some(Mistake::BackoffMissing) => next.run_at = now,
                Some(Mistake::FailuresForgotten) => next.attempts = end.leased.attempts,
                _ => {}
            }
        }
        (row.state, row.run_at, row.attempts, row.lease, row.changed) =
            (next.state, next.run_at, next.attempts, None, self.now);
        let connection = end.leased.connection;
        self.audit.ended(self.now, end, &row, now, self.db.paused[connection]);
        row.settle(self.now);
        self.db.jobs.insert(end.leased.job, row);
        let refused = end.said == Said::SignedOut || (end.said == Said::Gated && self.is(Mistake::GatePauses));
        if refused && !self.db.paused[connection] {
            self.audit.paused(self.now, end);
            self.db.pause(connection, self.now);
            let wait = self.random.within(5_000, 60_000);
            self.after(wait, Happening::SignIn(connection));
        }
    }

    /// What the queue understands of an answer.
    fn outcome(&mut self, end: &End) -> Outcome {
        let again = |after_ms, counts| Outcome::Retry { after_ms, counts };
        match end.said {
            Said::Good => Outcome::Done,
            Said::Failed { wish } => again(wish.filter(|_| !self.is(Mistake::WishForgotten)), true),
            Said::Limited { wait } => again(Some(wait), self.is(Mistake::LimitCounts)),
            Said::SignedOut if self.is(Mistake::PauseKills) => Outcome::Fail,
            Said::SignedOut => Outcome::Hold,
            Said::Gated if self.db.paused[end.leased.connection] || self.is(Mistake::GateHolds) => Outcome::Hold,
            Said::Gated if self.is(Mistake::GatePauses) => Outcome::Hold,
            Said::Gated => {
                self.nodes.iter_mut().for_each(|node| node.forget(end.leased.connection));
                again(Some(AGAIN_MS), false)
            }
            Said::Refused if self.is(Mistake::RefusalRepeats) => again(None, true),
            Said::Refused => Outcome::Fail,
            Said::Nothing if end.leased.kind == Kind::Call || self.is(Mistake::DoubtRepeats) => again(None, true),
            Said::Nothing => Outcome::Unknown,
        }
    }
}
