//! The journal as evidence: what was not touched holds, every touch is found, on both engines.

use super::common::{self, code};
use domain::seal::{FaultKind, JournalCheck};
use domain::views::SaveContact;
use services::{Cx, contacts, seals};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// An organisation whose journal has lines about five clients, all sealed.
async fn sealed() -> (common::TestApp, Cx) {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    for name in ["Марина", "Олег", "Вера", "Пётр", "Зоя"] {
        t.advance(1);
        let input = SaveContact { name: Some(name.into()), ..SaveContact::default() };
        contacts::create(&t.again(&anna).await, &input).await.unwrap();
    }
    seal_all(&t).await;
    (t, anna)
}

async fn seal_all(t: &common::TestApp) {
    while seals::seal_some(&t.app).await.unwrap() > 0 {}
}

async fn verified(t: &common::TestApp, cx: &Cx) -> JournalCheck {
    seals::verify(&t.app, cx.organisation, None).await.unwrap()
}

fn kinds(check: &JournalCheck) -> Vec<FaultKind> {
    check.faults.iter().map(|fault| fault.kind).collect()
}

/// The line that tells of a client.
fn about(name: &str) -> String {
    format!("code = 'contact_created' AND CAST(args AS TEXT) LIKE '%{name}%'")
}

#[tokio::test]
async fn an_untouched_journal_is_whole_and_grows_on() {
    let (t, anna) = sealed().await;
    let first = verified(&t, &anna).await;
    assert_eq!((first.lines, first.position, first.found), (first.position, first.position, 0));
    assert!(first.lines > 5, "{first:?}");
    contacts::create(&anna, &SaveContact { name: Some("Ещё".into()), ..SaveContact::default() }).await.unwrap();
    let unsealed = verified(&t, &anna).await;
    assert_eq!((unsealed.lines, unsealed.found), (first.lines, 0), "a fresh line may wait for its seal");
    seal_all(&t).await;
    let noted = Some((first.position, first.hash.as_str()));
    let second = seals::verify(&t.app, anna.organisation, noted).await.unwrap();
    assert_eq!((second.lines, second.found), (first.lines + 1, 0), "and the noted end lies on the chain");
}

#[tokio::test]
async fn every_touch_of_a_line_is_found() {
    use FaultKind::*;
    let line = "(SELECT id FROM journal WHERE";
    let deeds = [
        (format!("UPDATE journal SET args = '{{\"name\":\"Никто\"}}' WHERE {}", about("Вера")), vec![Changed]),
        (format!("UPDATE journal SET actor_id = 'x' WHERE {}", about("Вера")), vec![Changed]),
        (format!("UPDATE journal SET at = at + 1 WHERE {}", about("Вера")), vec![Changed]),
        (format!("DELETE FROM journal WHERE {}", about("Олег")), vec![Removed]),
        (format!("UPDATE journal_seals SET hash = content WHERE journal_id = {line} {})", about("Пётр")), vec![Rewritten]),
        (format!("DELETE FROM journal_seals WHERE journal_id = {line} {})", about("Пётр")), vec![Lost, Inserted]),
        (
            "INSERT INTO journal SELECT organisation_id, 'ffffffff-ffff-7fff-bfff-ffffffffffff', at, level, code, args, actor_kind,
             actor_id, object_kind, object_id, cause_kind, cause_id, 3 FROM journal WHERE code = 'organisation_created'".into(),
            vec![Inserted],
        ),
    ];
    for (deed, expected) in deeds {
        let (t, anna) = sealed().await;
        t.sql(&deed).await;
        let check = verified(&t, &anna).await;
        assert_eq!((kinds(&check), check.found), (expected.clone(), expected.len() as i64), "{deed}");
        // The sealing that goes on neither hides it nor stumbles over it.
        seal_all(&t).await;
        assert_eq!(kinds(&verified(&t, &anna).await), expected, "{deed}");
    }
}

#[tokio::test]
async fn two_lines_that_changed_places_are_both_found() {
    let (t, anna) = sealed().await;
    let lines = t.journal(anna.organisation, "contact_created").await;
    let spare = "ffffffff-ffff-7fff-bfff-ffffffffffff".to_owned();
    let (first, second) = (lines[0].id.to_string(), lines[3].id.to_string());
    for (from, to) in [(&first, &spare), (&second, &first), (&spare, &second)] {
        t.sql(&format!("UPDATE journal SET id = '{to}' WHERE id = '{from}'")).await;
    }
    assert_eq!(kinds(&verified(&t, &anna).await), [FaultKind::Changed, FaultKind::Changed]);
}

#[tokio::test]
async fn an_end_cut_off_is_found_by_whoever_noted_it() {
    let (t, anna) = sealed().await;
    let whole = verified(&t, &anna).await;
    t.sql(&format!("DELETE FROM journal WHERE {}", about("Зоя"))).await;
    t.sql(&format!("DELETE FROM journal_seals WHERE position = {}", whole.position)).await;
    assert_eq!(verified(&t, &anna).await.found, 0, "the chain itself cannot tell");
    let noted = Some((whole.position, whole.hash.as_str()));
    let check = seals::verify(&t.app, anna.organisation, noted).await.unwrap();
    assert_eq!(kinds(&check), [FaultKind::Lost]);
    contacts::create(&anna, &SaveContact { name: Some("Другая".into()), ..SaveContact::default() }).await.unwrap();
    seal_all(&t).await;
    let check = seals::verify(&t.app, anna.organisation, noted).await.unwrap();
    assert_eq!(kinds(&check), [FaultKind::Rewritten], "another line in its place is another chain");
}

#[tokio::test]
async fn a_line_nobody_seals_is_a_fault_after_a_while() {
    let (t, anna) = sealed().await;
    contacts::create(&anna, &SaveContact { name: Some("Ещё".into()), ..SaveContact::default() }).await.unwrap();
    t.advance(11 * 60 * 1000);
    assert_eq!(kinds(&verified(&t, &anna).await), [FaultKind::Unsealed]);
    seal_all(&t).await;
    assert_eq!(verified(&t, &anna).await.found, 0);
}

#[tokio::test]
async fn lines_whose_time_is_over_go_and_the_chain_holds() {
    let (t, anna) = sealed().await;
    let lines = verified(&t, &anna).await.lines;
    t.advance(seals::KEPT_MS + DAY);
    contacts::create(&t.again(&anna).await, &SaveContact { name: Some("Новая".into()), ..SaveContact::default() })
        .await
        .unwrap();
    seals::prune(&t.app).await.unwrap();
    seal_all(&t).await;
    let check = verified(&t, &anna).await;
    assert_eq!((check.lines, check.pruned, check.found), (1, lines, 0));
    t.sql(&format!("DELETE FROM journal WHERE {}", about("Новая"))).await;
    assert_eq!(kinds(&verified(&t, &anna).await), [FaultKind::Removed], "before its time it is another matter");
}

#[tokio::test]
async fn two_sealers_at_once_make_one_chain() {
    let (t, anna) = sealed().await;
    for n in 0..40 {
        t.advance(1);
        let input = SaveContact { name: Some(format!("Клиент {n}")), ..SaveContact::default() };
        contacts::create(&t.again(&anna).await, &input).await.unwrap();
    }
    let (first, second) = tokio::join!(seals::seal_some(&t.app), seals::seal_some(&t.app));
    assert_eq!(first.unwrap() + second.unwrap(), 40, "whoever came second left it");
    seal_all(&t).await;
    let check = verified(&t, &anna).await;
    assert_eq!((check.lines, check.found), (check.position, 0));
}

#[tokio::test]
async fn only_who_may_change_settings_is_told() {
    let (t, anna) = sealed().await;
    let quality = t.member(&anna, "olga", domain::access::Role::Quality).await;
    assert_eq!(code(seals::state(&quality).await), domain::ErrorCode::Forbidden);
    assert_eq!(seals::state(&anna).await.unwrap().found, 0);
}
