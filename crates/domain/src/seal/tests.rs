//! The chain by its properties: what was not touched holds, and every touch is found where it was done.

use super::*;
use FaultKind::*;
use proptest::prelude::*;
use serde_json::json;

const LATE: i64 = 1_000_000;

fn line(n: u8, at: i64, text: &str) -> SealedLine {
    SealedLine {
        organisation_id: Id::make(0, &[1; 10]),
        id: Id::make(at, &[n; 10]),
        at,
        level: "info".into(),
        code: "contact_changed".into(),
        args: json!({"changes": [{"field": "name", "from": text, "to": n}], "a": {"z": 1, "b": [null, 1.5]}}),
        actor_kind: "user".into(),
        actor_id: Some("1".into()),
        object_kind: "contact".into(),
        object_id: "2".into(),
        cause_kind: None,
        cause_id: None,
    }
}

fn chain(lines: &[SealedLine]) -> Vec<Seal> {
    lines.iter().fold(Vec::new(), |mut seals, line| {
        seals.push(Seal::of(line, seals.last()));
        seals
    })
}

/// Walks with the lines found by their ids, as the database gives them.
fn walk(seals: &[Seal], lines: &[SealedLine], kept_since: i64) -> JournalCheck {
    let mut walk = Walk::new(kept_since, LATE);
    for seal in seals {
        walk.step(seal, lines.iter().find(|line| line.id == seal.journal_id));
    }
    walk.end()
}

fn faults(check: &JournalCheck) -> Vec<(FaultKind, i64)> {
    check.faults.iter().map(|fault| (fault.kind, fault.position.unwrap_or(0))).collect()
}

fn lines() -> impl Strategy<Value = Vec<SealedLine>> {
    prop::collection::vec((0..LATE, "\\PC{0,8}"), 3..20).prop_map(|seeds| {
        let numbered = (0u8..).zip(seeds);
        numbered.map(|(n, (at, text))| line(n, at, &text)).collect()
    })
}

proptest! {
    #[test]
    fn an_untouched_chain_holds_in_whatever_order_it_was_sealed(lines in lines()) {
        let seals = chain(&lines);
        let check = walk(&seals, &lines, 0);
        prop_assert_eq!((check.lines, check.found), (lines.len() as i64, 0));
        let last = &seals[seals.len() - 1];
        prop_assert_eq!((check.position, &check.hash), (last.position, &last.hash));
    }

    #[test]
    fn every_touch_is_one_fault_where_it_was_done(lines in lines(), at in any::<prop::sample::Index>(), deed in 0..8) {
        let (mut touched, mut seals) = (lines.clone(), chain(&lines));
        let n = at.index(lines.len());
        let here = seals[n].position;
        let expected = match deed {
            0 => { touched[n].args["changes"][0]["to"] = json!("other"); vec![(Changed, here)] }
            1 => { touched[n].at += 1; vec![(Changed, here)] }
            2 => { touched[n].actor_id = None; vec![(Changed, here)] }
            3 => { touched.remove(n); vec![(Removed, here)] }
            4 => { seals[n].hash = seals[0].content.clone(); vec![(Rewritten, here)] }
            5 => {
                // Whoever changes the line and its seal's content gives themselves away by the hash.
                touched[n].level = "error".into();
                seals[n].content = touched[n].content();
                vec![(Rewritten, here)]
            }
            6 if n + 1 < seals.len() => {
                // Made whole in itself, the seal no longer fits the next one.
                touched[n].level = "error".into();
                seals[n].content = touched[n].content();
                let before = if n > 0 { seals[n - 1].hash.clone() } else { String::new() };
                seals[n].hash = seals[n].hash_after(&before);
                vec![(Rewritten, here + 1)]
            }
            7 if n + 1 < seals.len() => { seals.remove(n); vec![(Lost, here)] }
            _ => vec![],
        };
        prop_assert_eq!(faults(&walk(&seals, &touched, 0)), expected);
    }

    #[test]
    fn swapped_lines_are_both_found(lines in lines(), at in any::<prop::sample::Index>()) {
        let n = at.index(lines.len() - 1);
        let (mut touched, seals) = (lines.clone(), chain(&lines));
        let (first, second) = (touched[n].id, touched[n + 1].id);
        (touched[n].id, touched[n + 1].id) = (second, first);
        let place = seals[n].position;
        prop_assert_eq!(faults(&walk(&seals, &touched, 0)), vec![(Changed, place), (Changed, place + 1)]);
    }

    #[test]
    fn what_is_gone_after_its_time_is_pruned_and_before_it_removed(lines in lines(), since in 0..LATE) {
        let seals = chain(&lines);
        let check = walk(&seals, &[], since);
        let pruned = lines.iter().filter(|line| line.at < since).count() as i64;
        prop_assert_eq!((check.lines, check.pruned, check.found), (0, pruned, lines.len() as i64 - pruned));
        prop_assert!(check.faults.iter().all(|fault| fault.kind == Removed));
    }
}

#[test]
fn order_and_spelling_of_members_do_not_matter_but_every_value_does() {
    let hash = |text: &str| hash_of(&[serde_json::from_str(text).unwrap()]);
    assert_eq!(hash(r#"{"a":1,"b":{"c":[1,2],"d":null}}"#), hash(r#"{ "b": {"d":null, "c":[1, 2]}, "a":1 }"#));
    assert_eq!(hash(r#"{"\u0061":"\u043f"}"#), hash(r#"{"a":"п"}"#));
    for other in [r#"{"a":"1"}"#, r#"{"a":1.5}"#, r#"{"a":[1]}"#, r#"{"b":1}"#, "[\"a\",1]", "{}"] {
        assert_ne!(hash(r#"{"a":1}"#), hash(other), "{other}");
    }
}

#[test]
fn a_seal_is_the_same_for_ever() {
    // Chains of installed programs must go on verifying: whoever changes the form has broken them all.
    let seal = Seal::of(&line(7, 5, "x"), None);
    assert_eq!(seal.hash, "70a7f6af1934ac16732429557f0064b81a92cb85ab0c1c90f0ed3a3163658737");
}
