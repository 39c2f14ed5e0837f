//! What the auditor says of a simulated world in the end: nothing accepted is lost, stuck, repeated, or not what it says.

use super::audit::Audit;
use super::database::{Cause, Database, steps};
use super::plan::{Kind, Nature, Plan};
use super::world::{EPOCH, Post};
use domain::ids::JobId;
use domain::queue::{EventState, JobState};
use std::collections::{BTreeMap, HashSet};

const EVENT_TRIES: i64 = 5;

impl Audit {
    /// Nothing accepted is lost, and everything was applied or given up as it should.
    pub fn events_at_end(
        &mut self,
        plan: &Plan,
        db: &Database,
        acked: &HashSet<Post>,
        made: &BTreeMap<Cause, Vec<JobId>>,
    ) {
        for (n, told) in plan.told.iter().enumerate() {
            let rows: Vec<_> = db.events.values().filter(|row| row.told == Some(n)).collect();
            let found = match (rows.as_slice(), &told.nature) {
                ([], _) if !acked.contains(&Post::Told(n)) => continue,
                ([], _) => Some("was accepted and is lost".to_owned()),
                ([row], Nature::Good(_)) if row.state != EventState::Done => {
                    Some(format!("is {} in the end", row.state.as_str()))
                }
                ([row], Nature::Poison) if row.state != EventState::Failed || row.tries != EVENT_TRIES => {
                    Some(format!("cannot be applied and is {} after {} tries", row.state.as_str(), row.tries))
                }
                ([_], _) => None,
                (rows, _) => Some(format!("is stored {} times", rows.len())),
            };
            if let Some(found) = found {
                self.found.push(format!("at the end: event {n} {found}"));
            }
            for step in 0..steps(&told.nature).len() {
                let jobs = made.get(&Cause::Step(n, step)).map_or(0, Vec::len);
                if jobs != 1 {
                    self.found.push(format!("at the end: step {step} of event {n} has {jobs} jobs"));
                }
            }
        }
    }

    /// No job is stuck, and none says what is not so.
    pub fn jobs_at_end(&mut self, db: &Database, acked: &HashSet<Post>, made: &BTreeMap<Cause, Vec<JobId>>) {
        for (id, row) in &db.jobs {
            let effects = self.effects.get(id).map_or(0, Vec::len);
            let found = match row.state {
                JobState::Ready | JobState::Running | JobState::Held => format!("is stuck as {}", row.state.as_str()),
                JobState::Done if effects == 0 => "is done, and nothing happened".to_owned(),
                JobState::Unknown if row.kind == Kind::Call => "may be repeated, and waits for a person".to_owned(),
                JobState::Unknown if acked.contains(&Post::Report(*id)) => {
                    "is in doubt, and was reported on".to_owned()
                }
                _ => continue,
            };
            let at = (row.run_at - EPOCH) as f64 / 1_000.0;
            self.found.push(format!("at the end: job {id} ({:?}, due {at:.0} s) {found}", row.kind));
        }
        for (cause, jobs) in made.iter().filter(|(cause, jobs)| matches!(cause, Cause::Slot(_)) && jobs.len() > 1) {
            self.found.push(format!("at the end: {cause:?} was written {} times", jobs.len()));
        }
    }
}
