//! How much of an organisation's backlog is worth leasing. One connection may have fifty thousand jobs waiting and sixteen
//! places: whoever claims more than finds a place only moves jobs about, and whoever looks past them for others walks all of
//! them. Both would be paid by everybody else, who waits for the same writer.

use domain::ids::{ConnectionId, OrganisationId};
use std::collections::HashMap;

/// How long an organisation of which only full connections had jobs is not looked at again.
const BARREN_MS: i64 = 250;

/// This node's memory of what claiming brought lately.
#[derive(Debug, Default)]
pub struct Reach {
    /// So many are claimed at most: as many as found a place, and twice as many once all did.
    most: HashMap<OrganisationId, usize>,
    /// Nothing but jobs of these connections was found, and until when that is believed.
    barren: HashMap<OrganisationId, (Vec<ConnectionId>, i64)>,
}

impl Reach {
    /// Whether looking at it may bring anything, while these of its connections are full.
    pub fn worth(&self, organisation: OrganisationId, full: &[ConnectionId], now: i64) -> bool {
        self.barren.get(&organisation).is_none_or(|(then, until)| {
            // A clock that was set back must not make it wait.
            now >= *until || now < *until - BARREN_MS || then.iter().any(|connection| !full.contains(connection))
        })
    }
    /// How many to claim of its share.
    pub fn of(&self, organisation: OrganisationId, share: usize) -> usize {
        self.most.get(&organisation).map_or(share, |most| share.min(*most))
    }
    /// What claiming brought: so many were asked for, so many came, so many found no place.
    pub fn learn(&mut self, organisation: OrganisationId, asked: usize, came: usize, busy: usize) {
        if busy > 0 {
            self.most.insert(organisation, (came - busy).max(1));
        } else if let Some(most) = self.most.get_mut(&organisation) {
            *most = most.saturating_mul(2);
            // Nothing is held back any more.
            if came < asked || *most > super::outbox::CALLS {
                self.most.remove(&organisation);
            }
        }
    }
    /// Nothing came while these were full.
    pub fn found_nothing(&mut self, organisation: OrganisationId, full: &[ConnectionId], now: i64) {
        self.barren.retain(|_, (_, until)| now < *until);
        if !full.is_empty() {
            self.barren.insert(organisation, (full.to_vec(), now + BARREN_MS));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::Id;

    #[test]
    fn who_finds_no_place_asks_for_less_and_for_more_once_there_is_room() {
        let (mut reach, one): (Reach, OrganisationId) = (Reach::default(), Id::make(1, &[1; 10]));
        assert_eq!(reach.of(one, 48), 48);
        reach.learn(one, 48, 48, 46);
        assert_eq!(reach.of(one, 48), 2);
        reach.learn(one, 2, 2, 2);
        assert_eq!(reach.of(one, 48), 1, "one is always asked for");
        reach.learn(one, 1, 1, 0);
        reach.learn(one, 2, 2, 0);
        assert_eq!(reach.of(one, 48), 4);
        reach.learn(one, 4, 3, 0);
        assert_eq!(reach.of(one, 48), 48, "no more are waiting");
    }

    #[test]
    fn a_backlog_behind_full_connections_is_not_walked_each_time() {
        let (mut reach, one): (Reach, OrganisationId) = (Reach::default(), Id::make(1, &[1; 10]));
        let full: [ConnectionId; 2] = [Id::make(1, &[2; 10]), Id::make(1, &[3; 10])];
        reach.found_nothing(one, &full, 1_000);
        assert!(!reach.worth(one, &full, 1_100));
        assert!(reach.worth(one, &full[..1], 1_100), "one of them has room");
        assert!(reach.worth(one, &full, 1_250) && reach.worth(one, &full, 5), "it is not believed for long");
        reach.found_nothing(one, &[], 2_000);
        assert!(reach.worth(one, &[], 2_000));
    }
}
