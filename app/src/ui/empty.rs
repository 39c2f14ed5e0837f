//! What stands where there is nothing yet, or where something failed: a reason and a way on.

use super::icon::Icon;
use super::icon_paths::IconName;
use leptos::prelude::*;

/// A friendly nothing: icon, one sentence, one hint, one action.
#[component]
pub fn EmptyState(
    /// What it is about.
    #[prop(default = IconName::Inbox)]
    icon: IconName,
    /// What is (not) here.
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Less air, for cards and side panels.
    #[prop(optional)]
    compact: bool,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" class:compact=compact>
            <span class="empty-icon"><Icon name=icon size=22 /></span>
            <p class="empty-title">{title}</p>
            {hint.map(|hint| view! { <p class="empty-hint">{hint}</p> })}
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
    .into_any()
}
