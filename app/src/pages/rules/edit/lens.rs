//! Inputs over a part of the tree: what is typed changes the tree, what changes in the tree (undo, another window) shows.

use leptos::prelude::*;

/// A text beside a value of the tree. `read` gives nothing for what is no value yet; then the tree keeps the old one.
pub fn lens<T>(
    get: Memo<Option<T>>,
    write: impl Fn(&T) -> String + Copy + Send + Sync + 'static,
    read: impl Fn(&str) -> Option<T> + Copy + Send + Sync + 'static,
    set: impl Fn(T) + Send + Sync + 'static,
) -> RwSignal<String>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let now = move || get.try_get_untracked().flatten();
    let text = RwSignal::new(now().as_ref().map(write).unwrap_or_default());
    Effect::new(move |_| {
        let Some(value) = get.get() else { return };
        if text.with_untracked(|text| read(text).as_ref() != Some(&value)) {
            text.set(write(&value));
        }
    });
    Effect::new(move |before: Option<()>| {
        let typed = text.with(|text| read(text));
        if before.is_some()
            && let Some(typed) = typed
            && now().is_some_and(|now| now != typed)
        {
            set(typed);
        }
    });
    text
}

/// A plain text of the tree.
pub fn text(get: Memo<Option<String>>, set: impl Fn(String) + Send + Sync + 'static) -> RwSignal<String> {
    lens(get, Clone::clone, |text| Some(text.to_owned()), set)
}

/// A chosen value of the tree, for a `Select`; written by its `on_change`.
pub fn chosen(get: Memo<Option<String>>) -> RwSignal<String> {
    let value = RwSignal::new(get.get_untracked().unwrap_or_default());
    Effect::new(move |_| value.set(get.get().unwrap_or_default()));
    value
}

/// A decimal number as people type it: `1 234,5`.
pub fn number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '−' { '-' } else { c }).collect();
    let (sign, digits) = plain.strip_prefix('-').map_or((1.0, plain.as_str()), |rest| (-1.0, rest));
    let (whole, fraction) = digits.split_once([',', '.']).unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() || whole.len() + fraction.len() > 15 {
        return None;
    }
    let read = |digits: &str| match digits {
        "" => Some(0),
        digits if digits.chars().all(|c| c.is_ascii_digit()) => digits.parse::<u64>().ok(),
        _ => None,
    };
    let unit = 10u64.pow(fraction.len() as u32) as f64;
    Some(sign * (read(whole)? as f64 + read(fraction)? as f64 / unit))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_as_people_type_them() {
        for (text, expected) in
            [("1 234,5", Some(1234.5)), ("-7", Some(-7.0)), (",5", Some(0.5)), ("−3.25", Some(-3.25))]
        {
            assert_eq!(number(text), expected, "{text}");
        }
        for text in ["", "-", "1,2,3", "раз", "1e9", "9999999999999999"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
