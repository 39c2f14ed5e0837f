//! How much of an organisation's backlog is worth leasing. One connection may have fifty thousand jobs waiting and sixteen
//! places: whoever claims more than finds a place only moves jobs about, which everybody else pays for, who waits for the same
//! writer.

use domain::ids::OrganisationId;
use std::collections::HashMap;

/// This node's memory of what claiming brought lately.
#[derive(Debug, Default)]
pub struct Reach {
    /// So many are claimed at most: as many as found a place, and twice as many once all did.
    most: HashMap<OrganisationId, usize>,
}

impl Reach {
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
}
