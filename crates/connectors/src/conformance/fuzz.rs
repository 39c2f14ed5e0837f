//! Payloads changed far beyond what the suite does every time: `PULT_FUZZ_ROUNDS` says how many of each connector
//! (`cargo xtask fuzz`). A round follows from its number, and a failure names it.

use super::Suite;
use super::hooks::tolerated;

/// What readers stumble over: ends of numbers, halves of characters, depth, other texts' syntax.
const TOKENS: [&str; 22] = [
    "null",
    "true",
    "-0",
    "1e999",
    "-9223372036854775809",
    "18446744073709551616",
    "0.1e-400",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\u{202e}\u{feff}\"",
    "[]",
    "{}",
    "[[[[[[[[[[[[[[[[",
    "}}}}",
    "{\"id\":",
    "\"id\":{}",
    ",",
    "&a[]=%00",
    "%F0%28",
    "=&=&",
    "\u{1f469}\u{200d}\u{1f469}",
];

/// Rounds asked for; none in everyday runs.
fn rounds() -> u64 {
    std::env::var("PULT_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(0)
}

/// Never a panic, never something that cannot be stored.
pub fn torn_payloads_never_panic(suite: &Suite<'_>) {
    for round in 0..rounds() {
        let mut chance = Chance(round.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ suite.fixtures.len() as u64);
        let (name, body) = suite.fixtures[chance.below(suite.fixtures.len())];
        let mut bytes = body.as_bytes().to_vec();
        for _ in 0..=chance.below(6) {
            change(&mut bytes, suite, &mut chance);
        }
        tolerated(suite, &format!("{} {name}, round {round}", suite.connector.spec().id), &bytes);
    }
}

fn change(bytes: &mut Vec<u8>, suite: &Suite<'_>, chance: &mut Chance) {
    let from = chance.below(bytes.len());
    let to = (from + chance.below(40)).min(bytes.len());
    match chance.below(6) {
        0 => drop(bytes.drain(from..to)),
        1 => {
            let piece = bytes[from..to].to_vec();
            let place = chance.below(bytes.len());
            drop(bytes.splice(place..place, piece));
        }
        2 => {
            let other = suite.fixtures[chance.below(suite.fixtures.len())].1.as_bytes();
            let place = chance.below(other.len());
            let piece = other[place..(place + chance.below(200)).min(other.len())].to_vec();
            drop(bytes.splice(from..to, piece));
        }
        3 => bytes[from..to].iter_mut().for_each(|byte| *byte = byte.wrapping_add(1)),
        // A whole value for another: what stands between a colon and the next end.
        4 => {
            let colon = bytes.iter().skip(from).position(|byte| *byte == b':').map(|at| from + at + 1);
            let Some(begin) = colon else { return };
            let end = bytes[begin..].iter().position(|byte| matches!(byte, b',' | b'}' | b']')).unwrap_or(0);
            drop(bytes.splice(begin..begin + end, TOKENS[chance.below(TOKENS.len())].bytes()));
        }
        _ => drop(bytes.splice(from..from, TOKENS[chance.below(TOKENS.len())].bytes())),
    }
}

/// Choices that repeat with their seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % count.max(1) as u64) as usize
    }
}
