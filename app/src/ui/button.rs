//! Things to press: buttons, buttons that are only an icon, and links that look like buttons.

use super::icon::Icon;
use super::icon_paths::IconName;
use super::tooltip::Tooltip;
use leptos::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The one thing to do here; at most one per region.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// Quiet: no frame until hovered.
    Ghost,
    /// Destroys or stops something.
    Danger,
}

impl Variant {
    const fn class(self) -> &'static str {
        match self {
            Variant::Primary => "button primary",
            Variant::Secondary => "button",
            Variant::Ghost => "button ghost",
            Variant::Danger => "button danger",
        }
    }
}

/// A button. `pending` shows a spinner, keeps the width and swallows further presses.
#[component]
pub fn Button(
    /// How much it stands out.
    #[prop(optional)]
    variant: Variant,
    /// 28 px instead of 34 px.
    #[prop(optional)]
    small: bool,
    /// Takes the whole width.
    #[prop(optional)]
    wide: bool,
    /// Icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// Called when pressed.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// Cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Work is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Key that does the same, shown at the end (`E`).
    #[prop(optional, into)]
    keys: Option<&'static str>,
    /// Sends `name=value` with the form.
    #[prop(optional, into)]
    name: Option<String>,
    /// See `name`.
    #[prop(optional, into)]
    value: Option<String>,
    /// The verb.
    children: Children,
) -> impl IntoView {
    let click = move |event: leptos::ev::MouseEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=variant.class()
            class:small=small
            class:wide=wide
            disabled=move || disabled.get()
            aria-busy=move || pending.get().then_some("true")
            aria-keyshortcuts=keys
            name=name
            value=value
            on:click=click
        >
            {icon.map(|name| view! { <Icon name=name /> })}
            <span class="button-text">{children()}</span>
            {keys.map(|keys| view! { <kbd>{keys}</kbd> })}
            <span class="button-spinner"><Icon name=IconName::Loader class="spin" /></span>
        </button>
    }
    .into_any()
}

/// A square button that is only an icon; its label shows as a tooltip.
#[component]
pub fn IconButton(
    /// The icon.
    #[prop(into)]
    icon: Signal<IconName>,
    /// What it does; read aloud and shown on hover.
    #[prop(into)]
    label: Signal<String>,
    /// How much it stands out; quiet by default.
    #[prop(default = Variant::Ghost)]
    variant: Variant,
    /// 28 px instead of 34 px.
    #[prop(optional)]
    small: bool,
    /// Called when pressed.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// Cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// For buttons that stay pressed.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
) -> impl IntoView {
    view! {
        <Tooltip text=label>
            <button
                type="button"
                class=variant.class()
                class:icon-only=true
                class:small=small
                disabled=move || disabled.get()
                aria-label=move || label.get()
                aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
                on:click=move |_| {
                    if let Some(on_click) = on_click {
                        on_click.run(());
                    }
                }
            >
                {move || view! { <Icon name=icon.get() /> }}
            </button>
        </Tooltip>
    }
    .into_any()
}

/// A link that looks like a button, for going somewhere.
#[component]
pub fn LinkButton(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// How much it stands out.
    #[prop(optional)]
    variant: Variant,
    /// 28 px instead of 34 px.
    #[prop(optional)]
    small: bool,
    /// Icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a href=move || href.get() class=variant.class() class:small=small>
            {icon.map(|name| view! { <Icon name=name /> })}
            <span class="button-text">{children()}</span>
        </a>
    }
    .into_any()
}

/// A link in running text. Leads outside in a new tab when `external`.
#[component]
pub fn Link(
    /// Where it goes.
    #[prop(into)]
    href: String,
    /// Opens in a new tab and says so with an icon.
    #[prop(optional)]
    external: bool,
    /// Looks like the text around it until hovered.
    #[prop(optional)]
    quiet: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            href=href
            class=if quiet { "link quiet" } else { "link" }
            target=external.then_some("_blank")
            rel=external.then_some("noopener noreferrer")
        >
            {children()}
            {external.then(|| view! { <Icon name=IconName::External size=12 /> })}
        </a>
    }
    .into_any()
}
