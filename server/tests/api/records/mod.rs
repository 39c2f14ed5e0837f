//! Contacts, catalogue and orders through REST: making, finding, changing, and everything wrong that can be asked for.

mod bad_input;
mod idempotency;
mod lists;
mod orders;
mod together;
mod uploads;

use crate::support::{Api, Json, json, text};

/// A contact to order for. Gives its id.
async fn contact(api: &Api) -> String {
    text(&api.post("/contacts", json!({"name": "Анна Петрова"})).await.good(), "id").to_owned()
}

/// An item of the catalogue. Gives its id.
async fn product(api: &Api, name: &str, price_minor: i64) -> String {
    text(&api.post("/products", json!({"name": name, "price_minor": price_minor})).await.good(), "id").to_owned()
}

/// An order of two items for somebody.
async fn order(api: &Api) -> Json {
    let (contact, product) = (contact(api).await, product(api, "Чехол", 149_000).await);
    let items =
        json!([{"product_id": product, "quantity": 2}, {"name": "Гравировка", "price_minor": 50_050, "quantity": 0.5}]);
    api.post("/orders", json!({"contact_id": contact, "items": items})).await.good()
}
