//! What is known at one moment: typed values by field name, and the business hours.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

crate::macros::text_enum! {
    /// Type of a field; decides which operators fit.
    pub enum FieldKind {
        Text = "text",
        Number = "number",
        /// Minor units.
        Money = "money",
        /// Epoch milliseconds.
        Date = "date",
        Phone = "phone",
        Choice = "choice",
        List = "list",
        Flag = "flag",
    }
}

/// A field rules on some trigger may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// `contact.name`, `order.total`, `event.rating`.
    pub key: String,
    pub kind: FieldKind,
    /// Values to choose from; empty when anything goes.
    #[serde(default)]
    pub choices: Vec<String>,
    /// How the organisation calls them; "" for those with a name of ours. As many as choices, or none at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// How whoever sends it calls it, and what it was last; "" for fields with a name of ours.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sample: String,
}

impl FieldSpec {
    /// A field with a name of ours, of any value.
    pub fn new(key: impl Into<String>, kind: FieldKind) -> Self {
        let (choices, names, label, sample) = Default::default();
        Self { key: key.into(), kind, choices, names, label, sample }
    }
}

/// Everything an evaluation may look at. A value that is absent or null counts as «no data».
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The moment of the event, epoch milliseconds.
    pub at: i64,
    pub hours: Hours,
    pub fields: BTreeMap<String, Json>,
}

impl Facts {
    /// The value of a field; null counts as absent.
    pub fn get(&self, field: &str) -> Option<&Json> {
        self.fields.get(field).filter(|value| !value.is_null())
    }
    /// Adds a value.
    pub fn with(mut self, field: &str, value: impl Into<Json>) -> Self {
        self.fields.insert(field.to_owned(), value.into());
        self
    }
}

/// Business hours of the organisation on the clock of its zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Minutes its clock is ahead of UTC at the moment of the event.
    pub offset_minutes: i32,
    /// Monday first: minutes of the day from and to; `None` on a free day.
    pub days: [Option<(u16, u16)>; 7],
}

impl Default for Hours {
    /// Monday to Friday, nine to six, UTC.
    fn default() -> Self {
        let day = Some((9 * 60, 18 * 60));
        Self { offset_minutes: 0, days: [day, day, day, day, day, None, None] }
    }
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

impl Hours {
    fn local(&self, at: i64) -> i64 {
        at.saturating_add(i64::from(self.offset_minutes) * MINUTE)
    }
    /// Day number since the epoch on the local clock, its hours, and milliseconds into it.
    fn day(&self, day: i64) -> Option<(i64, i64)> {
        // The epoch was a Thursday.
        let weekday = (day + 3).rem_euclid(7) as usize;
        let (from, to) = self.days[weekday]?;
        (from < to && to <= 24 * 60).then(|| (i64::from(from) * MINUTE, i64::from(to) * MINUTE))
    }
    /// Whether somebody works at this moment.
    pub fn open(&self, at: i64) -> bool {
        let local = self.local(at);
        let (day, into) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        self.day(day).is_some_and(|(from, to)| (from..to).contains(&into))
    }
    /// The local day of a moment, counted from the epoch.
    pub fn day_number(&self, at: i64) -> i64 {
        self.local(at).div_euclid(DAY)
    }
    /// Working time between two moments, in milliseconds; the whole time if nobody ever works. Looks at 31 days at most.
    pub fn between(&self, from: i64, to: i64) -> i64 {
        if self.days.iter().all(Option::is_none) {
            return (to - from).max(0);
        }
        let (from, to) = (self.local(from), self.local(to));
        let days = from.div_euclid(DAY)..=to.div_euclid(DAY);
        let worked = |day: i64| {
            let (open, close) = self.day(day)?;
            Some(((day * DAY + close).min(to) - (day * DAY + open).max(from)).max(0))
        };
        days.rev().take(31).filter_map(worked).sum()
    }
    /// This moment if somebody works, else the next one when somebody begins. The moment itself if nobody ever works.
    pub fn next_open(&self, at: i64) -> i64 {
        if self.open(at) {
            return at;
        }
        let local = self.local(at);
        let (today, into) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let begin = (0..=7).find_map(|n| {
            let (from, _) = self.day(today + n)?;
            (n > 0 || into < from).then(|| (today + n) * DAY + from)
        });
        begin.map_or(at, |begin| at.saturating_add(begin - local))
    }
}
