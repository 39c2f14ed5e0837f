//! Surfaces of a page: cards with a heading, tiles with a figure, lines of a list, names with values.

use super::icon::Icon;
use super::icon_paths::IconName;
use super::tone::Tone;
use leptos::prelude::*;

/// A framed part of a page.
#[component]
pub fn Card(
    /// Heading; none makes a plain surface.
    #[prop(optional, into)]
    title: Option<String>,
    /// Right of the heading: badges, small buttons, quiet words.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// No inner space, for lists and tables.
    #[prop(optional)]
    flush: bool,
    /// Amber frame: needs attention.
    #[prop(optional)]
    attention: bool,
    /// Content.
    children: Children,
) -> impl IntoView {
    let head = (title.is_some() || aside.is_some()).then(|| {
        view! {
            <header class="card-head">
                {title.map(|title| view! { <h2>{title}</h2> })}
                {aside.map(|aside| view! { <div class="card-aside">{aside.run()}</div> })}
            </header>
        }
    });
    view! {
        <section class="card" class:flush=flush class:attention=attention>
            {head}
            <div class="card-body">{children()}</div>
        </section>
    }
    .into_any()
}

/// A line of a list inside a flush [`Card`]: sign, words, something at the end.
#[component]
pub fn ListRow(
    /// Main words.
    #[prop(into)]
    title: Signal<String>,
    /// Second line.
    #[prop(optional, into)]
    note: Signal<String>,
    /// Address; makes the whole line a link.
    #[prop(optional, into)]
    href: Option<String>,
    /// Dot, avatar or icon at the start.
    #[prop(optional, into)]
    start: Option<ViewFn>,
    /// Time, badge or button at the end.
    #[prop(optional, into)]
    end: Option<ViewFn>,
) -> impl IntoView {
    let title = move || match href.clone() {
        Some(href) => view! { <a class="row-link" href=href>{move || title.get()}</a> }.into_any(),
        None => view! { <span>{move || title.get()}</span> }.into_any(),
    };
    view! {
        <div class="row">
            {start.map(|start| view! { <div class="row-start">{start.run()}</div> })}
            <div class="row-text">
                <p class="row-title">{move || title()}</p>
                <p class="row-note" hidden=move || note.with(String::is_empty)>
                    {move || note.get()}
                </p>
            </div>
            {end.map(|end| view! { <div class="row-end">{end.run()}</div> })}
        </div>
    }
    .into_any()
}

/// A figure with its change, and room for a sparkline. The whole tile opens its rows.
#[component]
pub fn Tile(
    /// What it counts.
    #[prop(into)]
    label: String,
    /// The figure as people write it.
    #[prop(into)]
    value: Signal<String>,
    /// Change or remark below.
    #[prop(optional, into)]
    change: Signal<String>,
    /// Whether the change is good or bad.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// Address of its rows.
    #[prop(optional, into)]
    href: Option<String>,
    /// A [`Spark`](super::Spark) or other picture.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let label = match href {
        Some(href) => view! { <a class="tile-label row-link" href=href>{label}</a> }.into_any(),
        None => view! { <span class="tile-label">{label}</span> }.into_any(),
    };
    view! {
        <section class="card tile">
            {label}
            <p class="tile-value">{move || value.get()}</p>
            <footer>
                <span class=move || format!("tile-change {}", tone.get().class())>{move || change.get()}</span>
                {children.map(|children| children())}
            </footer>
        </section>
    }
    .into_any()
}

/// Names with values, in two columns. Children: [`Fact`].
#[component]
pub fn Facts(
    /// [`Fact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One name with its value.
#[component]
pub fn Fact(
    /// The name.
    #[prop(into)]
    label: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <dt>{label}</dt>
        <dd>{children()}</dd>
    }
}

/// A line that tells something about the page below: icon, words, an action.
#[component]
pub fn Notice(
    /// What the colour says.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// First words, stronger.
    #[prop(optional, into)]
    title: Option<String>,
    /// The rest and buttons.
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Danger => IconName::Alert,
        Tone::Warning | Tone::Accent => IconName::Warning,
        Tone::Success => IconName::Success,
        _ => IconName::Info,
    };
    view! {
        <div class=format!("notice {}", tone.class()) role="note">
            <Icon name=icon />
            <div>{title.map(|title| view! { <strong>{title}" "</strong> })} {children()}</div>
        </div>
    }
    .into_any()
}

/// A page inside the frame: limits the width and stacks its parts.
#[component]
pub fn Page(
    /// Takes the whole width and height (boards, chats).
    #[prop(optional)]
    full: bool,
    /// Narrow column (settings, forms).
    #[prop(optional)]
    narrow: bool,
    /// Parts.
    children: Children,
) -> impl IntoView {
    view! { <div class="page" class:full=full class:narrow=narrow>{children()}</div> }
}

/// Filters and actions above a list; wraps on a narrow screen.
#[component]
pub fn Toolbar(
    /// Controls.
    children: Children,
) -> impl IntoView {
    view! { <div class="toolbar">{children()}</div> }
}
