//! Whose turn it is among organisations that wait: deficit round robin over work of one size. A backlog of one delays nobody
//! else by more than a round.

use crate::ids::OrganisationId;

/// Memory of whose turn it was.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    began_with: Option<OrganisationId>,
}

impl Turns {
    /// Shares of so many places among those who wait, in the order of their turns. No share is larger than another by more
    /// than one, all places are given, and every round begins with the next in line.
    pub fn shares(&mut self, waiting: &[OrganisationId], places: usize) -> Vec<(OrganisationId, usize)> {
        let mut line = waiting.to_vec();
        line.sort_unstable();
        line.dedup();
        if line.is_empty() || places == 0 {
            return Vec::new();
        }
        let next = self.began_with.map_or(0, |last| line.partition_point(|id| *id <= last)) % line.len();
        line.rotate_left(next);
        self.began_with = line.first().copied();
        let (each, over) = (places / line.len(), places % line.len());
        let share = |(n, id)| (id, each + usize::from(n < over));
        line.into_iter().enumerate().map(share).filter(|(_, share)| *share > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn id(n: u8) -> OrganisationId {
        OrganisationId::make(1, &[n; 10])
    }

    proptest! {
        #[test]
        fn everybody_gets_the_same_and_nobody_waits_longer_than_a_round(
            waiting in prop::collection::btree_set(0u8..40, 1..20), places in 1usize..40,
        ) {
            let waiting: Vec<_> = waiting.into_iter().map(id).collect();
            let mut turns = Turns::default();
            let mut got: BTreeMap<OrganisationId, usize> = BTreeMap::new();
            for _ in 0..waiting.len() {
                let shares = turns.shares(&waiting, places);
                prop_assert_eq!(shares.iter().map(|(_, share)| share).sum::<usize>(), places);
                let sizes: Vec<usize> = shares.iter().map(|(_, share)| *share).collect();
                prop_assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
                for (id, share) in shares {
                    *got.entry(id).or_default() += share;
                }
            }
            // A whole round of beginnings gives everybody exactly the same.
            prop_assert_eq!(got.len(), waiting.len());
            prop_assert!(got.values().all(|count| *count == places), "{:?}", got);
        }
    }

    #[test]
    fn who_joins_is_served_in_the_same_round() {
        let mut turns = Turns::default();
        assert_eq!(turns.shares(&[id(5)], 4), [(id(5), 4)]);
        assert_eq!(turns.shares(&[id(1), id(5)], 4), [(id(1), 2), (id(5), 2)]);
        assert_eq!(turns.shares(&[id(1), id(5), id(9)], 1), [(id(5), 1)]);
        assert_eq!(turns.shares(&[id(1), id(5), id(9)], 1), [(id(9), 1)]);
        assert_eq!(turns.shares(&[id(1), id(5), id(9)], 1), [(id(1), 1)]);
        assert!(turns.shares(&[], 4).is_empty());
        assert!(turns.shares(&[id(1)], 0).is_empty());
    }
}
