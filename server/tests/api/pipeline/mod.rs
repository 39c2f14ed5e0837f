//! From a request to the provider and back: sending, faults, pauses, and what survives a killed process.

mod faults;
mod killed;
mod notices;
mod reauth;
mod sending;
mod window;

pub use notices::subscribed;

use crate::support::{Api, TestApp, Whatsapp};

const PHONE: &str = "79161234567";

/// An installation with one chat. Gives the chat's id.
async fn with_chat() -> (TestApp, Api, Whatsapp, String) {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    (app, api, whatsapp, chat)
}
