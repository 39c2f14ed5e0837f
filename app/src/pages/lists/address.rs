//! The query part of the address as the state of a page: filters, sorting, the open item. Links, Back and reload then
//! work by themselves. Owns reading and writing it; must not know what the names mean.

use crate::ui::Sort;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use std::str::FromStr;

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The query of this page. Changing a filter goes back to the first page of its list.
#[derive(Clone, Copy)]
pub struct Address {
    query: Memo<ParamsMap>,
    path: StoredValue<String>,
    navigate: StoredValue<Navigate>,
}

/// The address of the page this is called in.
pub fn use_address() -> Address {
    Address {
        query: use_query_map(),
        path: StoredValue::new(use_location().pathname.get_untracked()),
        navigate: StoredValue::new(Box::new(use_navigate())),
    }
}

impl Address {
    /// A value, tracked; an empty one counts as absent.
    pub fn get(self, name: &str) -> Option<String> {
        self.query.with(|query| query.get_str(name).filter(|value| !value.is_empty()).map(str::to_owned))
    }
    /// A value, not tracked.
    pub fn get_untracked(self, name: &str) -> Option<String> {
        untrack(|| self.get(name))
    }
    /// A value read as a type; what cannot be read counts as absent.
    pub fn read<T: FromStr>(self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }
    /// Whether it has this value.
    pub fn is(self, name: &str, value: &str) -> bool {
        self.get(name).as_deref() == Some(value)
    }
    /// The address with changes, for links.
    pub fn href(self, changes: &[(&str, Option<&str>)]) -> String {
        let path = self.path.get_value();
        let query =
            self.query.with(|query| query_with(query.latest_values().map(|(name, value)| (&**name, value)), changes));
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }
    /// Goes to the address with changes; Back returns.
    pub fn set(self, changes: &[(&str, Option<&str>)]) {
        self.go(changes, false);
    }
    /// Changes the address in place, for what is typed.
    pub fn replace(self, changes: &[(&str, Option<&str>)]) {
        self.go(changes, true);
    }
    /// Sets one filter and goes back to the first page.
    pub fn filter(self, name: &str, value: &str) {
        self.set(&[(name, Some(value)), ("cursor", None)]);
    }

    fn go(self, changes: &[(&str, Option<&str>)], replace: bool) {
        let href = untrack(|| self.href(changes));
        let options = NavigateOptions { replace, scroll: false, ..Default::default() };
        self.navigate.with_value(|navigate| navigate(&href, options));
    }

    /// A value for a [`Select`](crate::ui::Select): follows the address; write it with [`Address::filter`].
    pub fn chosen(self, name: &'static str) -> RwSignal<String> {
        let chosen = RwSignal::new(self.get_untracked(name).unwrap_or_default());
        Effect::new(move |_| chosen.set(self.get(name).unwrap_or_default()));
        chosen
    }
    /// Sorting of a table, both ways.
    pub fn sort(self, usual: &'static str) -> RwSignal<Sort> {
        let read = move || Sort::from_text(&self.get("sort").unwrap_or_else(|| usual.to_owned()));
        let sort = RwSignal::new(untrack(read));
        Effect::new(move |_| {
            let wanted = read();
            if sort.with_untracked(|sort| *sort != wanted) {
                sort.set(wanted);
            }
        });
        Effect::new(move |before: Option<()>| {
            let text = sort.with(Sort::to_text);
            if before.is_some() && untrack(read).to_text() != text {
                self.replace(&[
                    ("sort", Some(&text).filter(|text| **text != usual).map(|text| &**text)),
                    ("cursor", None),
                ]);
            }
        });
        sort
    }
    /// A layer (drawer, dialog) that is open while `name` has a value, and that value.
    pub fn layer(self, name: &'static str) -> (RwSignal<bool>, Memo<Option<String>>) {
        let item = Memo::new(move |_| self.get(name));
        let open = RwSignal::new(item.with_untracked(Option::is_some));
        Effect::new(move |_| {
            let wanted = item.with(Option::is_some);
            if open.get_untracked() != wanted {
                open.set(wanted);
            }
        });
        Effect::new(move |_| {
            if !open.get() && item.with_untracked(Option::is_some) {
                self.set(&[(name, None)]);
            }
        });
        (open, item)
    }
}

fn query_with<'a>(now: impl Iterator<Item = (&'a str, &'a str)>, changes: &[(&'a str, Option<&'a str>)]) -> String {
    let kept = now.filter(|(name, value)| !value.is_empty() && !changes.iter().any(|change| change.0 == *name));
    let new = changes.iter().filter_map(|(name, value)| Some((*name, value.filter(|value| !value.is_empty())?)));
    kept.chain(new).map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

/// Percent-encodes; the same text on the server and in the browser.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' | b'.' | b'~' => escaped.push(char::from(byte)),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_replace_add_and_remove() {
        let now = [("q", "кот & пёс"), ("cursor", "7"), ("empty", "")];
        let query = query_with(now.into_iter(), &[("cursor", None), ("status", Some("new")), ("sort", Some(""))]);
        assert_eq!(query, format!("q={}&status=new", escape("кот & пёс")));
        assert_eq!(escape("-a+ б"), "-a%2B%20%D0%B1");
    }
}
