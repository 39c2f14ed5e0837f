//! What crosses the doors: rows as lists and pages show them, and the inputs people send. Used by pages, REST and CLI alike.

mod account;
mod chats;
mod connections;
mod contacts;
mod dashboard;
mod health;
mod journal;
mod merging;
mod orders;
mod products;
mod push;
mod replays;
mod reviews;
mod rule_page;
mod rules;
mod stops;
mod timeline;

pub use account::*;
pub use chats::*;
pub use connections::*;
pub use contacts::*;
pub use dashboard::*;
pub use health::*;
pub use journal::*;
pub use merging::*;
pub use orders::*;
pub use products::*;
pub use push::*;
pub use replays::*;
pub use reviews::*;
pub use rule_page::*;
pub use rules::*;
pub use stops::*;
pub use timeline::*;

/// A page of a list. `next_cursor` is opaque; absent on the last page.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Cuts a list fetched with `limit + 1` rows and makes the cursor from the last row kept.
    pub fn cut(mut items: Vec<T>, limit: usize, cursor: impl Fn(&T) -> String) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        Self { next_cursor: if more { items.last().map(cursor) } else { None }, items }
    }
    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_cursor: self.next_cursor }
    }
}

/// A hint of the live stream: something of this topic changed; fetch again what you show of it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Hint {
    /// `chats`, `orders`, `contacts`, `products`, `members`, `connections`, `jobs`, `events`, `journal`, `rules`, `runs`, `replays`, `reviews`, `settings`, `duplicates`, `me`.
    pub topic: String,
    /// Id of the thing, "" for the whole topic.
    pub id: String,
    /// Position in the stream.
    pub rev: i64,
}
