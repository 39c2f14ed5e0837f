//! The fields of two cards side by side: whose value stays, and what leads to the card besides.

use crate::{ApiError, ErrorCode, Result, Work};
use domain::custom::{CustomField, PREFIX};
use domain::ids::ContactId;
use domain::views::{MergeField, ReachView, Take};
use std::collections::{BTreeMap, BTreeSet};
use store::contacts::ContactRow;
use store::merging::WholeRow;

/// Fields every card has, in the order of the card.
pub(super) const OWN: [&str; 6] = ["name", "phone", "email", "company", "city", "note"];
/// Longest note; see `save`.
const MOST_NOTE: usize = 5_000;

/// Two cards, both held.
pub(super) struct Sides {
    pub kept: WholeRow,
    pub gone: WholeRow,
    pub kept_values: BTreeMap<String, String>,
    pub gone_values: BTreeMap<String, String>,
    pub kept_tags: Vec<String>,
    pub gone_tags: Vec<String>,
}

/// Values of the organisation's own fields, by key.
pub(super) async fn values_of(work: &mut Work, id: ContactId) -> Result<BTreeMap<String, String>> {
    let values = store::custom::of_contact_in(&mut work.tx, work.organisation, id).await?;
    Ok(values.into_iter().collect())
}

/// All fields of a card by name, "" for none.
pub(super) fn read(row: &ContactRow, values: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let own =
        [row.name.clone(), text(&row.phone), text(&row.email), row.company.clone(), row.city.clone(), row.note.clone()];
    let own = OWN.iter().map(|name| (*name).to_owned()).zip(own);
    own.chain(values.iter().map(|(key, value)| (format!("{PREFIX}{key}"), value.clone()))).collect()
}

/// Writes the fields every card has.
pub(super) fn write(row: &mut ContactRow, fields: &BTreeMap<String, String>) {
    let value = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let filled = |name: &str| Some(value(name)).filter(|value| !value.is_empty());
    (row.name, row.company, row.city, row.note) = (value("name"), value("company"), value("city"), value("note"));
    (row.phone, row.email) = (filled("phone"), filled("email"));
}

impl Sides {
    fn sides(&self) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
        (read(&self.kept.row, &self.kept_values), read(&self.gone.row, &self.gone_values))
    }

    /// Fields filled in on either card, those of the organisation in its order, and last those it no longer has.
    pub fn fields(&self, own: &[CustomField]) -> Vec<MergeField> {
        let (kept, gone) = self.sides();
        let custom = own.iter().map(|field| (field.in_rules(), field.name.clone()));
        let mut order: Vec<(String, String)> =
            OWN.iter().map(|name| ((*name).to_owned(), String::new())).chain(custom).collect();
        for name in kept.keys().chain(gone.keys()).collect::<BTreeSet<_>>() {
            if !order.iter().any(|(known, _)| known == name) {
                order.push((name.clone(), name.trim_start_matches(PREFIX).to_owned()));
            }
        }
        let value = |side: &BTreeMap<String, String>, name: &str| side.get(name).cloned().unwrap_or_default();
        let field = |(name, label): (String, String)| {
            let (kept, gone) = (value(&kept, &name), value(&gone, &name));
            let take = usual(&name, &kept, &gone);
            (!kept.is_empty() || !gone.is_empty()).then_some(MergeField { field: name, label, kept, gone, take })
        };
        order.into_iter().filter_map(field).collect()
    }

    /// Tags only the card that goes has.
    pub fn new_tags(&self) -> Vec<String> {
        self.gone_tags.iter().filter(|tag| !self.kept_tags.contains(tag)).cloned().collect()
    }

    /// All fields as they will be.
    pub fn chosen(&self, take: &BTreeMap<String, Take>) -> Result<BTreeMap<String, String>> {
        let (kept, gone) = self.sides();
        let names: BTreeSet<&String> = kept.keys().chain(gone.keys()).collect();
        let wrong = |name: &str| ApiError::new(ErrorCode::NotAllowed).field(format!("take.{name}"));
        for (name, take) in take {
            if !names.contains(name) || (*take == Take::Both && name != "note") {
                return Err(wrong(name).into());
            }
        }
        let mut after = BTreeMap::new();
        for name in names {
            let value = |side: &BTreeMap<String, String>| side.get(name).cloned().unwrap_or_default();
            let (kept, gone) = (value(&kept), value(&gone));
            let taken = match take.get(name).copied().unwrap_or_else(|| usual(name, &kept, &gone)) {
                Take::Kept => kept,
                Take::Gone => gone,
                Take::Both => joined(&kept, &gone),
            };
            if taken.chars().count() > MOST_NOTE {
                return Err(ApiError::new(ErrorCode::TooLong).arg("max", MOST_NOTE).field("take.note").into());
            }
            after.insert(name.clone(), taken);
        }
        if OWN[..3].iter().all(|name| after.get(*name).is_none_or(String::is_empty)) {
            return Err(ApiError::new(ErrorCode::Required).field("take.name").into());
        }
        Ok(after)
    }

    /// Phones and e-mails of either card that do not stand on the one that stays: they go on leading to it.
    pub fn left_over(&self, after: &BTreeMap<String, String>) -> Vec<ReachView> {
        let (kept, gone) = self.sides();
        let mut left = Vec::new();
        for (kind, folds) in [("phone", false), ("email", true)] {
            let fold = |value: &String| if folds { value.to_lowercase() } else { value.clone() };
            let stays = after.get(kind).map(fold).unwrap_or_default();
            for value in [&kept, &gone].into_iter().filter_map(|side| side.get(kind)).map(fold) {
                let reach = ReachView { kind: kind.into(), value };
                if !reach.value.is_empty() && reach.value != stays && !left.contains(&reach) {
                    left.push(reach);
                }
            }
        }
        left
    }
}

/// Whose value stays if nobody chooses.
fn usual(name: &str, kept: &str, gone: &str) -> Take {
    match name {
        _ if kept.is_empty() => Take::Gone,
        "note" if !gone.is_empty() && kept != gone && kept.chars().count() + gone.chars().count() < MOST_NOTE => {
            Take::Both
        }
        _ => Take::Kept,
    }
}

fn joined(kept: &str, gone: &str) -> String {
    match (kept, gone) {
        ("", one) | (one, "") => one.to_owned(),
        (one, other) if one == other => one.to_owned(),
        (one, other) => format!("{one}\n\n{other}"),
    }
}
