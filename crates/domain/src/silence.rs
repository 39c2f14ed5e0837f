//! Whether a connection that tells us things has fallen silent (CON-7). How long it is usually quiet is learnt day by day, in
//! time in which somebody works: nights and free days say nothing.

use serde::{Deserialize, Serialize};

/// Days that are remembered.
const DAYS: usize = 7;
/// Days that must be known before anything is said.
const ENOUGH: usize = 3;
/// Less than this is never silence.
const LEAST_MS: i64 = 15 * 60_000;

/// What is remembered of one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Watch {
    /// The last event that was counted.
    pub seen: Option<i64>,
    /// Local days with the longest gap between events on each, in working milliseconds; the newest last.
    pub days: Vec<(i64, i64)>,
}

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Not known long enough to tell.
    Learning,
    Speaking,
    /// No event for so long, and the longest gap so far; both in working milliseconds.
    Silent {
        for_ms: i64,
        usual_ms: i64,
    },
}

impl Watch {
    /// Looks at it once: `last` is the newest event, `day` the local day, `open` the working time between two moments.
    pub fn look(&mut self, last: Option<i64>, now: i64, day: i64, open: impl Fn(i64, i64) -> i64) -> Heard {
        let Some(last) = last else { return Heard::Learning };
        let Some(seen) = self.seen else {
            self.seen = Some(last);
            return Heard::Learning;
        };
        let known = (self.days.len() >= ENOUGH).then(|| self.usual());
        if last > seen {
            self.seen = Some(last);
            let gap = open(seen, last);
            // A silence that was told is no habit.
            if known.is_none_or(|usual| gap <= limit(usual)) {
                self.note(day, gap);
            }
        }
        let Some(usual_ms) = known else { return Heard::Learning };
        let for_ms = open(last, now);
        if for_ms > limit(usual_ms) { Heard::Silent { for_ms, usual_ms } } else { Heard::Speaking }
    }

    fn usual(&self) -> i64 {
        self.days.iter().map(|(_, gap)| *gap).max().unwrap_or(0)
    }

    fn note(&mut self, day: i64, gap: i64) {
        match self.days.last_mut() {
            Some((of, longest)) if *of == day => *longest = (*longest).max(gap),
            _ => self.days.push((day, gap)),
        }
        let old = self.days.len().saturating_sub(DAYS);
        self.days.drain(..old);
    }
}

fn limit(usual: i64) -> i64 {
    (2 * usual).max(LEAST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 1_440 * MINUTE;

    /// Events every ten minutes from nine to six, looked at every minute.
    fn a_week(days: i64) -> Watch {
        let mut watch = Watch::default();
        for day in 0..days {
            for minute in 540..1_080 {
                let now = day * DAY + minute * MINUTE;
                let heard = watch.look(Some(now - now % (10 * MINUTE)), now, day, open);
                assert!(!matches!(heard, Heard::Silent { .. }), "{heard:?} on day {day} at {minute}");
            }
        }
        watch
    }

    fn open(from: i64, to: i64) -> i64 {
        let upto =
            |at: i64| at.div_euclid(DAY) * 540 * MINUTE + (at.rem_euclid(DAY) - 540 * MINUTE).clamp(0, 540 * MINUTE);
        upto(to) - upto(from)
    }

    #[test]
    fn nights_are_no_silence_and_a_long_gap_by_day_is() {
        let mut watch = a_week(5);
        let (last, day) = (4 * DAY + 1_070 * MINUTE, 5);
        assert_eq!(watch.look(Some(last), 5 * DAY + 548 * MINUTE, day, open), Heard::Speaking, "18 working minutes");
        let heard = watch.look(Some(last), 5 * DAY + 560 * MINUTE, day, open);
        assert_eq!(heard, Heard::Silent { for_ms: 30 * MINUTE, usual_ms: 10 * MINUTE });
    }

    #[test]
    fn a_silence_does_not_become_a_habit() {
        let mut watch = a_week(5);
        let back = 5 * DAY + 900 * MINUTE;
        watch.look(Some(back), back, 5, open);
        let heard = watch.look(Some(back), back + 30 * MINUTE, 5, open);
        assert_eq!(heard, Heard::Silent { for_ms: 30 * MINUTE, usual_ms: 10 * MINUTE });
    }

    #[test]
    fn nothing_is_said_of_whom_nobody_knows_yet() {
        let mut watch = a_week(2);
        assert_eq!(watch.look(Some(DAY + 1_070 * MINUTE), 2 * DAY + 900 * MINUTE, 2, open), Heard::Learning);
        assert_eq!(Watch::default().look(None, DAY, 1, open), Heard::Learning);
    }
}
