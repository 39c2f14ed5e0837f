//! What happened, newest or oldest first: a sign, words, a moment.

use super::icon::Icon;
use super::icon_paths::IconName;
use super::time::{Time, TimeStyle};
use super::tone::Tone;
use leptos::prelude::*;

/// A list of events. Children: [`TimelineItem`].
#[component]
pub fn Timeline(
    /// What it tells, for screen readers.
    #[prop(into)]
    label: String,
    /// [`TimelineItem`]s.
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline" aria-label=label>{children()}</ol> }.into_any()
}

/// One event.
#[component]
pub fn TimelineItem(
    /// Sign of its kind.
    icon: IconName,
    /// What the colour says.
    #[prop(optional)]
    tone: Tone,
    /// What happened.
    #[prop(into)]
    title: String,
    /// When, epoch milliseconds.
    #[prop(optional, into)]
    at: Option<i64>,
    /// How the moment is written.
    #[prop(default = TimeStyle::Relative)]
    style: TimeStyle,
    /// More words, a link, a quote.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li>
            <span class=format!("timeline-sign {}", tone.class())><Icon name=icon size=14 /></span>
            <div>
                <p class="timeline-head">
                    <span>{title}</span>
                    {at.map(|at| view! { <Time at=at style=style /> })}
                </p>
                {children.map(|children| view! { <div class="timeline-body">{children()}</div> })}
            </div>
        </li>
    }
    .into_any()
}
