//! Stars of a review: full and empty signs and the number, so that they are read without colour.

use crate::i18n::use_texts;
use leptos::prelude::*;

/// «★★★★☆ 4 из 5».
#[component]
pub fn Stars(
    /// 1 to 5.
    count: i64,
    /// Signs only; the number is in the label.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let t = use_texts();
    let full = usize::try_from(count.clamp(0, 5)).unwrap_or(0);
    let words = t.reviews_stars(count.to_string());
    view! {
        <span class="stars" role="img" aria-label=words.clone()>
            <b>{"★".repeat(full)}</b>
            <i>{"☆".repeat(5 - full)}</i>
            {(!short).then(|| view! { <span aria-hidden="true">{words.clone()}</span> })}
        </span>
    }
    .into_any()
}
