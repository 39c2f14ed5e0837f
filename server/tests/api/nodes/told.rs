//! A change made through one node is told by the others.

use super::alone;
use crate::support::{TestApp, json, text};
use std::time::Duration;

/// What the specification promises over all nodes.
const SOON: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_change_through_one_node_reaches_the_pages_of_another_within_a_second() {
    if alone() {
        return;
    }
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let other = app.second_node().await;
    let mut far = other.owner(&organisation).await.live(None).await;
    let mut near = app.owner(&organisation).await.live(None).await;
    let there = other.api(&api);
    for n in 0..5 {
        for (through, stream) in [(&api, &mut far), (&there, &mut near)] {
            let made = through.post("/contacts", json!({"name": format!("Клиент {n}")})).await.good();
            let told = tokio::time::timeout(SOON, stream.until("contacts", text(&made, "id"))).await;
            assert!(told.is_ok(), "not told within a second");
        }
    }
}
