//! Names of nodes: two of one name harm nobody, one that disappears is seen.

use super::alone;
use crate::support::{Browser, Json, TestApp, eventually, figure, items, json, text};
use connectors::simulator::FaultOrder;

const PHONE: &str = "79161234567";

async fn nodes(owner: &Browser) -> Vec<Json> {
    let health = owner.server_fn("settings_health", json!({})).await.good();
    health["nodes"].as_array().expect("nodes").clone()
}

/// Names with whether they live, in order.
fn names(nodes: &[Json]) -> Vec<(&str, bool)> {
    nodes.iter().map(|node| (text(node, "name"), node["lives"].as_bool().expect("lives"))).collect()
}

#[tokio::test]
async fn two_nodes_of_one_name_do_not_take_each_others_work() {
    if alone() {
        return;
    }
    let (mut app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    whatsapp.ask("settings", json!({"statuses": false})).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    assert_eq!(app.terminate().await, 0);
    let name = [("PULT_NODE", "twin")];
    let first = app.node(&name).await;
    let api = first.api(&api);
    whatsapp.sends_suffer(FaultOrder { latency_ms: Some(2_000), ..FaultOrder::default() });
    let message = api.says(&chat, "Долгий ответ").await;
    eventually("the call is under way", async || {
        let running = api.get("/jobs?state=running&kind=send_message").await.good();
        (!items(&running).is_empty()).then_some(())
    })
    .await;
    let second = app.node(&name).await;
    let message = api.message_where(&chat, &message, "is over", |message| message["delivery"] != "queued").await;
    assert_eq!(message["delivery"], "accepted", "{message}");
    assert_eq!(whatsapp.sent_to(PHONE).len(), 1);
    let metrics = second.visit("/metrics").await;
    assert_eq!(figure(&metrics, "nodes_live"), 2, "{metrics:?}");
    assert!(app.log().contains("PULT_NODE"), "nobody was told that the name is taken: {}", app.log());
}

#[tokio::test]
async fn a_node_that_disappears_is_shown_and_comes_back_under_its_name() {
    if alone() {
        return;
    }
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let first = app.node(&[("PULT_NODE", "a")]).await;
    let second = app.node(&[("PULT_NODE", "a")]).await;
    let third = app.node(&[("PULT_NODE", "b")]).await;
    let own = |nodes: &[Json]| nodes.iter().find(|node| node["this"] == true).map(|node| text(node, "name").to_owned());
    let all = eventually("all know each other", async || Some(nodes(&owner).await).filter(|all| all.len() == 4)).await;
    let own = own(&all).expect("the one that answers");
    let others = |all: &[Json]| -> Vec<(String, bool)> {
        let others = names(all).into_iter().filter(|(name, _)| *name != own);
        others.map(|(name, lives)| (name.to_owned(), lives)).collect()
    };
    let expect =
        |list: &[(&str, bool)]| list.iter().map(|(name, lives)| ((*name).to_owned(), *lives)).collect::<Vec<_>>();
    assert_eq!(others(&all), expect(&[("a:0", true), ("a:0-2", true), ("b:0", true)]));
    // One takes leave, one falls.
    third.terminate().await;
    first.kill9().await;
    eventually("one has left and one has disappeared", async || {
        (others(&nodes(&owner).await) == expect(&[("a:0", false), ("a:0-2", true)])).then_some(())
    })
    .await;
    assert_eq!(app.metric("nodes_live").await, 2);
    let _again = app.node(&[("PULT_NODE", "a")]).await;
    eventually("it is back under its name", async || {
        (others(&nodes(&owner).await) == expect(&[("a:0", true), ("a:0-2", true)])).then_some(())
    })
    .await;
    drop(second);
}
