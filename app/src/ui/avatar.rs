//! A person in a circle: initials on a colour made from the name, with presence where it is known.

use crate::i18n::use_texts;
use domain::access::Presence;
use leptos::prelude::*;
use texts::Texts;

/// Size of an avatar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 24 px.
    Small,
    /// 32 px.
    #[default]
    Medium,
    /// 44 px.
    Large,
}

/// Initials of a name: «Анна Ковалёва» → «АК», a phone → its last two digits, nothing → «?».
pub fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    let words: Vec<char> = name
        .split_whitespace()
        .filter_map(first)
        .filter(|c| c.is_alphabetic())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect();
    if !words.is_empty() {
        return words.into_iter().collect();
    }
    let digits: Vec<char> = name.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        0 | 1 => "?".to_owned(),
        n => digits[n - 2..].iter().collect(),
    }
}

/// Hues far enough apart to tell people by; the red of errors is not among them.
const HUES: [u32; 12] = [45, 75, 105, 140, 165, 190, 215, 245, 270, 295, 320, 350];

/// A hue from the name, the same everywhere.
fn hue(name: &str) -> u32 {
    let hash = name.bytes().fold(2_166_136_261u32, |h, b| (h ^ u32::from(b)).wrapping_mul(16_777_619));
    HUES[(hash ^ (hash >> 15)) as usize % HUES.len()]
}

/// The word of a presence.
pub fn presence_text(t: Texts, presence: Presence) -> String {
    match presence {
        Presence::Active => t.presence_active(),
        Presence::Busy => t.presence_busy(),
        Presence::Break => t.presence_break(),
        Presence::Offline => t.presence_offline(),
    }
}

/// A person. Decorative: the name stands beside it, or give `labelled`.
#[component]
pub fn Avatar(
    /// Whole name.
    #[prop(into)]
    name: String,
    /// Size.
    #[prop(optional)]
    size: AvatarSize,
    /// Dot of presence.
    #[prop(optional, into)]
    presence: Option<Signal<Presence>>,
    /// Says the name to screen readers and on hover, where no name stands beside it.
    #[prop(optional)]
    labelled: bool,
) -> impl IntoView {
    let t = use_texts();
    let size = match size {
        AvatarSize::Small => "avatar small",
        AvatarSize::Medium => "avatar",
        AvatarSize::Large => "avatar large",
    };
    let dot = presence.map(|presence| {
        let word = move || presence_text(t, presence.get());
        view! { <i class=move || format!("presence {}", presence.get().as_str()) role="img" aria-label=move || word() title=move || word()></i> }
    });
    view! {
        <span
            class=size
            style=format!("--hue:{}", hue(&name))
            title=labelled.then(|| name.clone())
            role=labelled.then_some("img")
            aria-label=labelled.then(|| name.clone())
        >
            <span aria-hidden="true">{initials(&name)}</span>
            {dot}
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_names_and_phones() {
        assert_eq!(initials("Анна Ковалёва"), "АК");
        assert_eq!(initials("ТОО «Ориент»"), "ТО");
        assert_eq!(initials("мария"), "М");
        assert_eq!(initials("+7 913 455-09-17"), "17");
        assert_eq!(initials("  "), "?");
    }
}
