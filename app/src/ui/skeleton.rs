//! Grey stand-ins with the final size, so that nothing jumps when data arrives.

use crate::i18n::use_texts;
use leptos::prelude::*;

/// What the stand-in stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkeletonShape {
    /// Rows of a table or list.
    #[default]
    Rows,
    /// Lines of running text.
    Text,
    /// Tiles side by side.
    Tiles,
    /// Fields of a form.
    Form,
    /// One block of a card or chart.
    Block,
}

/// `count` grey pieces of a shape.
#[component]
pub fn Skeleton(
    /// What is stood in for.
    #[prop(optional)]
    shape: SkeletonShape,
    /// How many pieces.
    #[prop(default = 5)]
    count: usize,
) -> impl IntoView {
    let t = use_texts();
    let class = match shape {
        SkeletonShape::Rows => "skeleton rows",
        SkeletonShape::Text => "skeleton text",
        SkeletonShape::Tiles => "skeleton tiles",
        SkeletonShape::Form => "skeleton form",
        SkeletonShape::Block => "skeleton block",
    };
    view! {
        <div class=class role="status" aria-label=t.ui_loading()>
            {(0..count).map(|_| view! { <i></i> }).collect_view()}
        </div>
    }
    .into_any()
}
