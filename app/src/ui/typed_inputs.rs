//! Inputs whose text has a meaning: money and phone (dates are in `date_time`). Each keeps what is typed until it is left, then writes it
//! the way it is always written; the signal holds the meaning, `None` while the text has none.

use super::input::Input;
use crate::format::{currency_label, phone, use_format};
use leptos::prelude::*;

/// A sum. Understands `1234.5`, `1 234,50`; the currency stands at the end.
#[component]
pub fn MoneyInput(
    /// Minor units, both ways; `None` when empty or not a sum.
    value: RwSignal<Option<i64>>,
    /// ISO 4217 code.
    #[prop(into)]
    currency: Signal<String>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Label, where no [`Field`](super::Field) is around.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let format = use_format();
    let write = move |minor: Option<i64>| {
        minor.map(|minor| format.money_plain(minor, &currency.get_untracked())).unwrap_or_default()
    };
    let read = move |text: &str| domain::money::parse(text, &currency.get_untracked());
    let text = two_way(value, write, read);
    view! {
        <Input
            value=text
            input_mode="decimal"
            suffix=currency_label(&currency.get_untracked())
            disabled=disabled
            label=label.unwrap_or_default()
            on_commit=move || text.set(rewrite(&text.get_untracked(), write, read))
        />
    }
    .into_any()
}

/// A phone in any spelling; the signal holds E.164.
#[component]
pub fn PhoneInput(
    /// `+79991234567`, both ways; `None` when empty or not a phone.
    value: RwSignal<Option<String>>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Label, where no [`Field`](super::Field) is around.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let write = |e164: Option<String>| e164.map(|e164| phone(&e164)).unwrap_or_default();
    let read = |text: &str| domain::phone::normalise(&text.replace('\u{2011}', "-"));
    let text = two_way(value, write, read);
    view! {
        <Input
            value=text
            kind="tel"
            input_mode="tel"
            autocomplete="tel"
            placeholder="+7 999 123-45-67"
            disabled=disabled
            autofocus=autofocus
            label=label.unwrap_or_default()
            on_commit=move || text.set(rewrite(&text.get_untracked(), write, read))
        />
    }
    .into_any()
}

/// A text beside a meaning: typing changes the meaning, a meaning set elsewhere changes the text.
pub(super) fn two_way<T>(
    value: RwSignal<Option<T>>,
    write: impl Fn(Option<T>) -> String + Copy + Send + Sync + 'static,
    read: impl Fn(&str) -> Option<T> + Copy + Send + Sync + 'static,
) -> RwSignal<String>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let text = RwSignal::new(write(value.get_untracked()));
    Effect::new(move |_| {
        let meaning = text.with(|text| read(text));
        if value.with_untracked(|value| *value != meaning) {
            value.set(meaning);
        }
    });
    Effect::new(move |before: Option<()>| {
        let meaning = value.get();
        if before.is_some() && text.with_untracked(|text| read(text) != meaning) {
            text.set(write(meaning));
        }
    });
    text
}

/// The usual spelling of what was typed; what has no meaning stays for the person to mend.
pub(super) fn rewrite<T>(text: &str, write: impl Fn(Option<T>) -> String, read: impl Fn(&str) -> Option<T>) -> String {
    match read(text) {
        Some(meaning) => write(Some(meaning)),
        None => text.to_owned(),
    }
}
