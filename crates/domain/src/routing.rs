//! Who gets a chat that nobody has (CHT-4), decided by a pure function whose reasons are kept with the chat.

use crate::access::Presence;
use crate::ids::UserId;

crate::macros::text_enum! {
    /// How chats find their member.
    pub enum RoutingMode {
        /// Only people give chats to people.
        Hand = "hand",
        /// Whoever answers first has the chat.
        First = "first",
        /// In turn among those on shift.
        Equal = "equal",
        /// To whoever on shift has the fewest open chats.
        Load = "load",
    }
}

impl RoutingMode {
    /// Whether Pult gives chats out by itself.
    pub const fn is_automatic(self) -> bool {
        matches!(self, RoutingMode::Equal | RoutingMode::Load)
    }
}

/// Most open chats of one member where nobody says otherwise.
pub const CAPACITY: i64 = 10;

/// Settings of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Routing {
    pub mode: RoutingMode,
    /// Open chats of one member at most, unless theirs says otherwise.
    pub capacity: i64,
    /// A client who comes back stays with their member, if that one is on shift.
    pub returning: bool,
    /// Whose browser was not heard of for so many minutes gets no new chats, though they stay on shift; 0: all the same.
    pub silent_after_minutes: i64,
    /// Chats in which nobody wrote for so many days are closed; 0: never.
    pub close_after_days: i64,
}

impl Default for Routing {
    fn default() -> Self {
        Self {
            mode: RoutingMode::First,
            capacity: CAPACITY,
            returning: true,
            silent_after_minutes: 30,
            close_after_days: 0,
        }
    }
}

/// A member who may answer chats, as they are at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub user_id: UserId,
    pub name: String,
    pub presence: Presence,
    /// On shift, but nobody has heard of their browser for too long: asleep in a pocket.
    pub silent: bool,
    /// Chats they have that are neither closed nor set aside.
    pub open: i64,
    pub capacity: i64,
    /// When they were last given a chat.
    pub assigned_at: i64,
}

crate::macros::text_enum! {
    /// What was found about a member.
    pub enum Verdict {
        Chosen = "chosen",
        /// Not on shift.
        Away = "away",
        /// On shift, but not heard of.
        Silent = "silent",
        /// Has as many open chats as they take.
        Full = "full",
        /// Somebody has fewer open chats.
        Busier = "busier",
        /// Got a chat later than the one whose turn it is.
        Later = "later",
    }
}

crate::macros::text_enum! {
    /// Why it ended as it did.
    pub enum RoutingReason {
        /// The client was theirs before.
        Returning = "returning",
        /// Their turn.
        Turn = "turn",
        /// The fewest open chats.
        Load = "load",
        /// Nobody had it: whoever answers first has it.
        First = "first",
        /// Somebody gave it by hand.
        Hand = "hand",
        /// Whose it was has been switched off.
        HandedOver = "handed_over",
        /// Whose it was is not on shift: it goes to somebody who is.
        Left = "left",
        /// Nobody is on shift with room for another chat: it waits in line.
        Nobody = "nobody",
    }
}

/// One member with what was found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Considered {
    pub user_id: UserId,
    pub name: String,
    pub presence: Presence,
    pub open: i64,
    pub capacity: i64,
    pub verdict: Verdict,
}

/// Who gets it and why: everybody who was considered, the chosen one first.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Decision {
    pub reason: RoutingReason,
    pub chosen: Option<UserId>,
    pub considered: Vec<Considered>,
}

impl Decision {
    /// One for which nobody else was considered.
    pub fn plain(reason: RoutingReason, chosen: Option<UserId>) -> Self {
        Self { reason, chosen, considered: Vec::new() }
    }
}

/// Why a chat that waits is still nobody's; `None` when it is just being given out.
pub fn why_nobodys(routing: &Routing, candidates: &[Candidate]) -> Option<Decision> {
    match routing.mode {
        RoutingMode::Hand => Some(Decision::plain(RoutingReason::Hand, None)),
        RoutingMode::First => Some(Decision::plain(RoutingReason::First, None)),
        RoutingMode::Equal | RoutingMode::Load => {
            Some(decide(routing, candidates, None)).filter(|decision| decision.chosen.is_none())
        }
    }
}

/// Chooses among the candidates. `before` is whose client it was.
pub fn decide(routing: &Routing, candidates: &[Candidate], before: Option<UserId>) -> Decision {
    let fit = |c: &&Candidate| c.presence == Presence::Active && !c.silent && c.open < c.capacity;
    let fewest = candidates.iter().filter(fit).map(|c| c.open).min();
    // A client's own member takes them even above the measure: the client knows whom they wrote to.
    let own = candidates.iter().find(|c| Some(c.user_id) == before && c.presence == Presence::Active && !c.silent);
    let (chosen, reason) = match own.filter(|_| routing.returning) {
        Some(own) => (Some(own), RoutingReason::Returning),
        None => {
            let turn = |c: &&Candidate| (c.assigned_at, c.open, c.user_id);
            let load = |c: &&Candidate| (c.open, c.assigned_at, c.user_id);
            let able = candidates.iter().filter(fit);
            match routing.mode {
                RoutingMode::Load => (able.min_by_key(load), RoutingReason::Load),
                _ => (able.min_by_key(turn), RoutingReason::Turn),
            }
        }
    };
    let chosen = chosen.map(|c| c.user_id);
    let reason = if chosen.is_some() { reason } else { RoutingReason::Nobody };
    let verdict = |c: &Candidate| {
        if Some(c.user_id) == chosen {
            Verdict::Chosen
        } else if c.presence != Presence::Active {
            Verdict::Away
        } else if c.silent {
            Verdict::Silent
        } else if c.open >= c.capacity {
            Verdict::Full
        } else if reason == RoutingReason::Load && Some(c.open) > fewest {
            Verdict::Busier
        } else {
            Verdict::Later
        }
    };
    let seen = |c: &Candidate| Considered {
        user_id: c.user_id,
        name: c.name.clone(),
        presence: c.presence,
        open: c.open,
        capacity: c.capacity,
        verdict: verdict(c),
    };
    let mut considered: Vec<Considered> = candidates.iter().map(seen).collect();
    considered.sort_by_key(|c| c.verdict != Verdict::Chosen);
    Decision { reason, chosen, considered }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use proptest::prelude::*;

    fn user(n: u8) -> UserId {
        UserId::make(1, &[n; 10])
    }

    fn candidate(n: u8, presence: Presence, open: i64, assigned_at: i64) -> Candidate {
        Candidate { user_id: user(n), name: n.to_string(), presence, silent: false, open, capacity: 3, assigned_at }
    }

    fn verdicts(decision: &Decision) -> Vec<(u8, Verdict)> {
        decision.considered.iter().map(|c| (c.name.parse().unwrap(), c.verdict)).collect()
    }

    #[test]
    fn everybody_is_told_why_it_was_not_them() {
        use Presence::*;
        let routing = Routing { mode: RoutingMode::Load, ..Routing::default() };
        let all = [
            candidate(1, Active, 2, 5),
            candidate(2, Active, 1, 9),
            candidate(3, Break, 0, 0),
            candidate(4, Active, 3, 0),
            candidate(5, Active, 1, 10),
            Candidate { silent: true, ..candidate(6, Active, 0, 0) },
        ];
        let decision = decide(&routing, &all, None);
        assert_eq!((decision.chosen, decision.reason), (Some(user(2)), RoutingReason::Load));
        use Verdict::*;
        assert_eq!(verdicts(&decision), [(2, Chosen), (1, Busier), (3, Away), (4, Full), (5, Later), (6, Silent)]);
        let turn = decide(&Routing { mode: RoutingMode::Equal, ..routing }, &all, None);
        assert_eq!((turn.chosen, turn.reason), (Some(user(1)), RoutingReason::Turn));
    }

    #[test]
    fn a_client_stays_with_their_member_while_that_one_is_on_shift() {
        let routing = Routing { mode: RoutingMode::Equal, ..Routing::default() };
        let mut all = [candidate(1, Presence::Active, 3, 9), candidate(2, Presence::Active, 0, 0)];
        assert_eq!(decide(&routing, &all, Some(user(1))).reason, RoutingReason::Returning);
        assert_eq!(decide(&Routing { returning: false, ..routing }, &all, Some(user(1))).chosen, Some(user(2)));
        all[0].silent = true;
        let asleep = decide(&routing, &all, Some(user(1)));
        assert_eq!((asleep.chosen, verdicts(&asleep)[1]), (Some(user(2)), (1, Verdict::Silent)));
        all[0].silent = false;
        all[0].presence = Presence::Offline;
        assert_eq!(decide(&routing, &all, Some(user(1))).chosen, Some(user(2)));
    }

    #[test]
    fn with_nobody_it_waits() {
        let decision = decide(&Routing::default(), &[candidate(1, Presence::Busy, 0, 0)], None);
        assert_eq!((decision.chosen, decision.reason), (None, RoutingReason::Nobody));
    }

    proptest! {
        #[test]
        fn whoever_is_chosen_is_on_shift_and_nobody_gets_more_than_they_take(
            all in prop::collection::vec((0u8..4, 0i64..5, 0i64..4, 0i64..9), 0..9), load in any::<bool>(),
        ) {
            let presence = |n| [Presence::Active, Presence::Busy, Presence::Break, Presence::Offline][usize::from(n)];
            let all: Vec<Candidate> = all.iter().enumerate().map(|(n, (p, open, capacity, at))| Candidate {
                capacity: *capacity, ..candidate(n as u8, presence(*p), *open, *at)
            }).collect();
            let mode = if load { RoutingMode::Load } else { RoutingMode::Equal };
            let decision = decide(&Routing { mode, ..Routing::default() }, &all, None);
            let fits = |c: &&Candidate| c.presence == Presence::Active && c.open < c.capacity;
            prop_assert_eq!(decision.chosen.is_some(), all.iter().any(|c| fits(&c)));
            if let Some(chosen) = decision.chosen {
                let chosen = all.iter().find(|c| c.user_id == chosen).unwrap();
                prop_assert!(fits(&chosen));
                if load {
                    prop_assert!(all.iter().filter(fits).all(|c| c.open >= chosen.open));
                }
            }
            prop_assert_eq!(decision.considered.len(), all.len());
        }
    }
}
