//! Everything else a browser can open: pages, files, the live stream.

use super::World;
use crate::support::{Reply, text};

const PAGES: [&str; 14] = [
    "/dashboard",
    "/chats",
    "/orders",
    "/contacts",
    "/catalogue",
    "/rules",
    "/rules/runs",
    "/reviews",
    "/campaigns",
    "/analytics",
    "/team",
    "/connections",
    "/journal",
    "/settings",
];

#[tokio::test]
async fn pages_send_nobody_to_the_sign_in_and_show_nothing() {
    let world = World::new().await;
    let browser = world.app.browser();
    for page in PAGES.into_iter().map(str::to_owned).chain(
        ["/chats/{chat}", "/contacts/{contact}", "/rules/{rule}", "/rules/runs/{run}"].map(|page| world.with_ids(page)),
    ) {
        let reply = browser.get(&page).await;
        assert_eq!(reply.status, 303, "{page}");
        assert_eq!(reply.header("location"), format!("/sign-in?next={page}"));
        assert!(reply.text.is_empty(), "{page}: {}", reply.text);
    }
}

#[tokio::test]
async fn pages_of_another_organisation_show_nothing_of_ours() {
    let world = World::new().await;
    let stranger = world.app.owner(&world.strange_organisation).await;
    for page in [
        world.with_ids("/chats/{chat}"),
        world.with_ids("/contacts/{contact}"),
        world.with_ids("/orders?order={order}"),
        world.with_ids("/connections/{connection}"),
        world.with_ids("/rules/{rule}"),
        world.with_ids("/rules/runs/{run}"),
        world.with_ids("/rules/runs?object_id={order}"),
    ] {
        let reply = stranger.get(&page).await;
        assert!(reply.status < 500, "{page}: {reply:?}");
        for ours in ["Анна Петрова", "79161234567", "Не дойдёт", "Чехол", "Позвонить"]
        {
            assert!(!reply.text.contains(ours), "{page} shows {ours}");
        }
    }
}

#[tokio::test]
async fn files_are_for_their_organisation() {
    let world = World::new().await;
    let owner = world.app.owner(&world.organisation).await;
    let stranger = world.app.owner(&world.strange_organisation).await;
    let uploaded = owner.upload("счёт.html", b"<script>alert(1)</script>".to_vec()).await.good();
    let path = format!("/files/{}", text(&uploaded, "id"));
    let nothing = format!("/files/{}", super::NOTHING);
    let (theirs, none) = (stranger.get(&path).await, stranger.get(&nothing).await);
    theirs.refused(404, "not_found");
    assert_eq!(theirs.text, none.text);
    assert_eq!(world.app.browser().get(&path).await.status, 303, "nobody is sent to the sign-in");
    world.app.browser().upload("a.txt", b"x".to_vec()).await.refused(401, "unauthenticated");
    // To those who may have it, it is a file and never a page of ours.
    let file = owner.get(&path).await;
    assert_eq!((file.status, file.text.as_str()), (200, "<script>alert(1)</script>"));
    assert!(file.header("content-disposition").starts_with("attachment"), "{file:?}");
    assert!(!file.header("content-type").contains("html"), "{file:?}");
    assert!(file.header("content-security-policy").contains("sandbox"), "{file:?}");
}

#[tokio::test]
async fn the_live_stream_is_for_people_signed_in() {
    let world = World::new().await;
    world.app.visit("/api/live").await.refused(401, "unauthenticated");
    let request = world.app.http.get(format!("{}/api/live", world.app.base)).bearer_auth(&world.api.key);
    Reply::of(request).await.refused(401, "unauthenticated");
}
