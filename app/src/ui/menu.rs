//! A list of actions behind a button: arrows and first letters move, Enter acts, Escape and a click outside close.

use super::button::Variant;
use super::floating::{Place, all_inside, is_shown, keep_equal, put_beside};
use super::icon::Icon;
use super::icon_paths::IconName;
use super::tone::Tone;
use leptos::html;
use leptos::prelude::*;

/// One line of a menu.
#[derive(Clone)]
pub enum MenuItem {
    /// Does something.
    Action {
        /// The verb.
        label: String,
        /// Icon before it.
        icon: Option<IconName>,
        /// Tick: this one is chosen. `None`: not a choice.
        checked: Option<bool>,
        /// `Danger` for what destroys.
        tone: Tone,
        /// What it does.
        run: Callback<()>,
    },
    /// Goes somewhere.
    Link {
        /// The words.
        label: String,
        /// Icon before them.
        icon: Option<IconName>,
        /// Address.
        href: String,
    },
    /// A quiet heading.
    Heading(String),
    /// A line between groups.
    Separator,
}

impl MenuItem {
    /// Does something.
    pub fn action(label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        let run = Callback::new(move |()| run());
        Self::Action { label: label.into(), icon: None, checked: None, tone: Tone::Neutral, run }
    }
    /// Goes somewhere.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { label: label.into(), icon: None, href: href.into() }
    }
    /// With an icon.
    pub fn icon(mut self, name: IconName) -> Self {
        if let Self::Action { icon, .. } | Self::Link { icon, .. } = &mut self {
            *icon = Some(name);
        }
        self
    }
    /// As one of several choices, this one chosen or not.
    pub fn checked(mut self, is: bool) -> Self {
        if let Self::Action { checked, .. } = &mut self {
            *checked = Some(is);
        }
        self
    }
    /// As something that destroys.
    pub fn danger(mut self) -> Self {
        if let Self::Action { tone, .. } = &mut self {
            *tone = Tone::Danger;
        }
        self
    }
}

/// A button that opens a menu. Its look comes from the children; without children it is «…».
#[component]
pub fn Menu(
    /// What the menu is about, for screen readers.
    #[prop(into)]
    label: String,
    /// Its lines, made each time it opens.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// Where it opens.
    #[prop(default = Place::BelowStart)]
    place: Place,
    /// Look of the button.
    #[prop(default = Variant::Ghost)]
    variant: Variant,
    /// Class of the button instead of the look of a button.
    #[prop(optional, into)]
    class: Option<&'static str>,
    /// Content of the button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let layer = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let icon_only = children.is_none();
    let class = class.unwrap_or(match variant {
        Variant::Primary => "button primary",
        Variant::Secondary => "button",
        Variant::Ghost => "button ghost",
        Variant::Danger => "button danger",
    });
    let toggle = move |_| {
        let (Some(button), Some(layer)) = (button.get_untracked(), layer.get_untracked()) else { return };
        if open.get_untracked() || is_shown(&layer) {
            let _ = layer.hide_popover();
        } else {
            open.set(true);
            request_animation_frame(move || {
                let _ = layer.show_popover();
                put_beside(&layer, &button, place);
                if let Some(first) = all_inside(&layer, ITEM).first() {
                    let _ = first.focus();
                }
            });
        }
    };
    let close = move || {
        if let Some(layer) = layer.get_untracked() {
            let _ = layer.hide_popover();
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let Some(layer) = layer.get_untracked() else { return };
        if event.key() == "Tab" {
            close();
        } else if move_focus(&layer, &event.key()) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <button
            type="button"
            class=class
            class:icon-only=icon_only
            node_ref=button
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=label.clone()
            title=icon_only.then(|| label.clone())
            on:click=toggle
        >
            {match children {
                Some(children) => children(),
                None => view! { <Icon name=IconName::More /> }.into_any(),
            }}
        </button>
        <div
            class="menu"
            role="menu"
            tabindex="0"
            aria-label=label
            popover="auto"
            node_ref=layer
            on:keydown=keys
            on:toggle=move |_| {
                let shown = layer.get_untracked().is_some_and(|layer| is_shown(&layer));
                keep_equal(open, shown);
            }
        >
            {move || open.get().then(|| items.get().into_iter().map(|item| line(item, close)).collect_view())}
        </div>
    }
    .into_any()
}

const ITEM: &str = "[role^=menuitem]";

fn line(item: MenuItem, close: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    match item {
        MenuItem::Separator => view! { <hr /> }.into_any(),
        MenuItem::Heading(text) => view! { <p class="menu-heading">{text}</p> }.into_any(),
        MenuItem::Link { label, icon, href } => view! {
            <a role="menuitem" tabindex="-1" class="menu-item" href=href on:click=move |_| close()>
                {icon.map(|name| view! { <Icon name=name /> })} <span>{label}</span>
            </a>
        }
        .into_any(),
        MenuItem::Action { label, icon, checked, tone, run } => view! {
            <button
                type="button"
                role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
                aria-checked=checked.map(|checked| checked.to_string())
                tabindex="-1"
                class=format!("menu-item {}", if tone == Tone::Danger { "danger" } else { "" })
                on:click=move |_| {
                    close();
                    run.run(());
                }
            >
                {icon.map(|name| view! { <Icon name=name /> })}
                <span>{label}</span>
                {(checked == Some(true)).then(|| view! { <Icon name=IconName::Check class="menu-check" /> })}
            </button>
        }
        .into_any(),
    }
}

/// Arrows, Home, End and first letters. True when the key was used.
fn move_focus(layer: &web_sys::Element, key: &str) -> bool {
    let items = all_inside(layer, ITEM);
    if items.is_empty() {
        return false;
    }
    let active = document().active_element();
    let at = items.iter().position(|item| active.as_ref().is_some_and(|a| a.is_same_node(Some(item))));
    let last = items.len() - 1;
    let next = match key {
        "ArrowDown" => at.map_or(0, |i| if i == last { 0 } else { i + 1 }),
        "ArrowUp" => at.map_or(last, |i| if i == 0 { last } else { i - 1 }),
        "Home" => 0,
        "End" => last,
        letter if letter.chars().count() == 1 && letter != " " => {
            let letter = letter.to_lowercase();
            let start = at.map_or(0, |i| i + 1);
            let matching = |i: &usize| {
                items[*i].text_content().is_some_and(|text| text.trim().to_lowercase().starts_with(&letter))
            };
            match (start..items.len()).chain(0..start.min(items.len())).find(matching) {
                Some(i) => i,
                None => return false,
            }
        }
        _ => return false,
    };
    let _ = items[next].focus();
    true
}
