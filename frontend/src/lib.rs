//! The entry of the browser's build: wakes up the page the server has rendered. Nothing else belongs here.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the WebAssembly is loaded.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    let page = leptos::prelude::window().location().pathname().unwrap_or_default();
    app::parts::fetch(&page).await;
    leptos::mount::hydrate_body(app::App);
}
