//! Signing in with services: a simulator stands for them, and the browser goes there and comes back as people do.

mod adding;
mod arriving;
mod believing;
mod forgetting;
mod returning;

use crate::support::{Browser, Json, Organisation, Reply, TestApp, json, text};
use connectors::identity::simulator::Simulator;

/// People of the simulator: one whose address is proved, one whose is not, one without any.
const ANNA: &str = "110169484474386276334";
const BORIS: &str = "110169484474386276335";
const VERA: &str = "110169484474386276336";

/// An installation with services to sign in with.
struct World {
    app: TestApp,
    sim: Simulator,
    organisation: Organisation,
}

impl World {
    async fn new() -> Self {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator");
        let mut app = TestApp::installed().await;
        let file = app.folder.path().join("sign-in.json");
        std::fs::write(&file, sim.config().to_string()).expect("a file");
        app.set("PULT_SIGN_IN_FILE", file.to_str().expect("a path"));
        let organisation = app.organisation("Север").await;
        app.serve().await;
        let world = Self { app, sim, organisation };
        world.person(json!({"id": ANNA, "email": world.organisation.owner_email})).await;
        world
    }

    /// Tells the simulator something about somebody.
    async fn person(&self, order: Json) {
        self.ask("person", order).await;
    }

    async fn ask(&self, order: &str, input: Json) -> Json {
        self.sim.ask(order, input).await.expect("an order the simulator knows")
    }

    /// Goes to a service as somebody; the path it sends the browser back to.
    async fn there(&self, address: &str, who: &str) -> String {
        let reply = Reply::of(self.app.http.get(format!("{address}&{who}"))).await;
        let back = reply.header("location");
        back.strip_prefix(&self.app.base).unwrap_or_else(|| panic!("back to {back:?}: {reply:?}")).to_owned()
    }

    /// Leaves for a service from the sign-in; where it leads.
    async fn leave(&self, browser: &mut Browser, provider: &str, next: &str) -> String {
        let reply = browser.visit(&format!("/auth/{provider}/start?next={next}")).await;
        assert_eq!(reply.status, 303, "{reply:?}");
        let address = reply.header("location").to_owned();
        assert!(address.starts_with(&self.sim.url), "{address}");
        address
    }

    /// The whole way of signing in as somebody.
    async fn comes(&self, browser: &mut Browser, provider: &str, who: &str, next: &str) -> Reply {
        let address = self.leave(browser, provider, next).await;
        let back = self.there(&address, &format!("person={who}")).await;
        browser.visit(&back).await
    }

    /// The whole way of adding a service to an account.
    async fn adds(&self, browser: &mut Browser, provider: &str, who: &str) -> Reply {
        let page = browser.post_form(&format!("/auth/{provider}/link"), &[]).await;
        assert_eq!(page.status, 200, "{page:?}");
        let (_, rest) = page.text.split_once("0;url=").expect("a page that leads on");
        let address = rest.split('"').next().expect("an address").replace("&amp;", "&");
        let back = self.there(&address, &format!("person={who}")).await;
        browser.visit(&back).await
    }
}

#[track_caller]
fn led_to(reply: &Reply, place: &str) {
    assert_eq!((reply.status, reply.header("location")), (303, place), "{reply:?}");
}

/// Whether a browser works inside.
async fn inside(browser: &Browser) -> bool {
    browser.server_fn_form("me", &[]).await.status == 200
}

async fn ways(browser: &Browser) -> Json {
    browser.server_fn("profile_ways_in", json!({})).await.good()
}

/// The account a browser is in.
async fn email(browser: &Browser) -> String {
    text(&browser.server_fn_form("me", &[]).await.good(), "email").to_owned()
}
