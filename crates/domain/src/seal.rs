//! The chain that shows whether somebody touched the journal: every line has a seal, whose hash covers the line's content
//! and the seal before. Pure; who seals and who reads is the services'.

use crate::ids::*;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Faults that are listed one by one; beyond them they are only counted.
pub const MOST_FAULTS: usize = 100;

crate::macros::view! {
    /// A line of the journal as it was written, with nothing looked up.
    pub struct SealedLine {
        pub organisation_id: OrganisationId,
        pub id: JournalId,
        pub at: i64,
        pub level: String,
        pub code: String,
        pub args: Json,
        pub actor_kind: String,
        pub actor_id: Option<String>,
        pub object_kind: String,
        pub object_id: String,
        pub cause_kind: Option<String>,
        pub cause_id: Option<String>,
    }

    /// A link of the chain. It outlives its line, so it carries the line's time and the hash of its content.
    pub struct Seal {
        pub position: i64,
        pub journal_id: JournalId,
        pub at: i64,
        pub content: String,
        pub hash: String,
    }
}

/// Something that should not be so.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SealFault {
    pub kind: FaultKind,
    pub position: Option<i64>,
    pub journal_id: Option<JournalId>,
}

/// What a walk along the chain found.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct JournalCheck {
    /// Lines that are there and as they were written.
    pub lines: i64,
    /// Lines that were removed after their time; their seals hold.
    pub pruned: i64,
    /// Where the chain ends, and its hash there: noted elsewhere, they prove later that nothing was cut off.
    pub position: i64,
    pub hash: String,
    /// All faults counted; the first of them are listed.
    pub found: i64,
    pub faults: Vec<SealFault>,
    pub checked_at: i64,
}

crate::macros::text_enum! {
    /// What is wrong.
    pub enum FaultKind {
        /// The line is not as it was sealed.
        Changed = "changed",
        /// The line is gone before its time.
        Removed = "removed",
        /// The seal itself is not as it was made.
        Rewritten = "rewritten",
        /// A seal is missing.
        Lost = "lost",
        /// The line says it is sealed, but the chain does not know it.
        Inserted = "inserted",
        /// The line waits for its seal for far too long.
        Unsealed = "unsealed",
    }
}

impl SealedLine {
    /// Hash of the content in its one canonical form.
    pub fn content(&self) -> String {
        let text = |text: &str| Json::from(text);
        let maybe = |text: &Option<String>| text.as_deref().map_or(Json::Null, Json::from);
        hash_of(&[
            text(&self.organisation_id.to_string()),
            text(&self.id.to_string()),
            self.at.into(),
            text(&self.level),
            text(&self.code),
            self.args.clone(),
            text(&self.actor_kind),
            maybe(&self.actor_id),
            text(&self.object_kind),
            text(&self.object_id),
            maybe(&self.cause_kind),
            maybe(&self.cause_id),
        ])
    }
}

impl Seal {
    /// The seal of a line that comes after `before`, or begins the chain.
    pub fn of(line: &SealedLine, before: Option<&Seal>) -> Self {
        let (position, hash) = before.map_or((0, ""), |seal| (seal.position, &seal.hash));
        let mut seal = Seal {
            position: position + 1,
            journal_id: line.id,
            at: line.at,
            content: line.content(),
            hash: String::new(),
        };
        seal.hash = seal.hash_after(hash);
        seal
    }
    /// What its hash must be after a seal of that hash.
    fn hash_after(&self, before: &str) -> String {
        let id = self.journal_id.to_string();
        hash_of(&[before.into(), self.position.into(), id.into(), self.at.into(), self.content.as_str().into()])
    }
}

/// SHA-256 over the canonical JSON of a list, in hexadecimal.
fn hash_of(parts: &[Json]) -> String {
    let mut text = String::new();
    write_list(parts, &mut text);
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn write_list(parts: &[Json], to: &mut String) {
    to.push('[');
    for (n, part) in parts.iter().enumerate() {
        to.push_str(if n > 0 { "," } else { "" });
        write_canonical(part, to);
    }
    to.push(']');
}

/// JSON with sorted members and nothing between the tokens: both engines give back the same value, but not the same text.
fn write_canonical(value: &Json, to: &mut String) {
    match value {
        Json::Array(parts) => write_list(parts, to),
        Json::Object(map) => {
            let mut members: Vec<_> = map.iter().collect();
            members.sort_by_key(|member| member.0);
            to.push('{');
            for (n, (name, value)) in members.into_iter().enumerate() {
                let _ = write!(to, "{}{}:", if n > 0 { "," } else { "" }, Json::from(name.as_str()));
                write_canonical(value, to);
            }
            to.push('}');
        }
        plain => {
            let _ = write!(to, "{plain}");
        }
    }
}

/// A walk along the chain, seal by seal.
#[derive(Debug)]
pub struct Walk {
    /// Hashes the next seal may follow: behind a rewritten seal both what is written there and what should be, so that one
    /// deed is one fault.
    before: Vec<String>,
    kept_since: i64,
    check: JournalCheck,
}

impl Walk {
    /// Begins; lines older than `kept_since` may be gone.
    pub fn new(kept_since: i64, now: i64) -> Self {
        let check = JournalCheck {
            lines: 0,
            pruned: 0,
            position: 0,
            hash: String::new(),
            found: 0,
            faults: Vec::new(),
            checked_at: now,
        };
        Self { before: vec![String::new()], kept_since, check }
    }
    /// The seal that comes next, and its line, if it is there.
    pub fn step(&mut self, seal: &Seal, line: Option<&SealedLine>) {
        let gap = seal.position != self.check.position + 1;
        if gap {
            self.fault(FaultKind::Lost, Some(self.check.position + 1), None);
        }
        let expected: Vec<String> = self.before.iter().map(|before| seal.hash_after(before)).collect();
        let follows = expected.contains(&seal.hash);
        // Behind a gap nobody can tell what the seal should follow.
        if !follows && !gap {
            self.fault(FaultKind::Rewritten, Some(seal.position), Some(seal.journal_id));
        }
        self.before = vec![seal.hash.clone()];
        if !follows {
            self.before.extend(expected);
        }
        self.check.position = seal.position;
        self.check.hash.clone_from(&seal.hash);
        match line {
            Some(line) if line.id == seal.journal_id && line.content() == seal.content => self.check.lines += 1,
            Some(_) => self.fault(FaultKind::Changed, Some(seal.position), Some(seal.journal_id)),
            None if seal.at < self.kept_since => self.check.pruned += 1,
            None => self.fault(FaultKind::Removed, Some(seal.position), Some(seal.journal_id)),
        }
    }
    /// Notes what was found beside the chain.
    pub fn fault(&mut self, kind: FaultKind, position: Option<i64>, journal_id: Option<JournalId>) {
        self.check.found += 1;
        if self.check.faults.len() < MOST_FAULTS {
            self.check.faults.push(SealFault { kind, position, journal_id });
        }
    }
    /// What was found.
    pub fn end(self) -> JournalCheck {
        self.check
    }
}

#[cfg(test)]
mod tests;
