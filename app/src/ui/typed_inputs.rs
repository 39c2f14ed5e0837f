//! Inputs whose text has a meaning: money, phone, date with time. Each keeps what is typed until it is left, then writes it
//! the way it is always written; the signal holds the meaning, `None` while the text has none.

use super::field::FieldContext;
use super::input::Input;
use crate::format::{civil, currency_label, epoch_ms, phone, use_format};
use crate::i18n::use_texts;
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

/// Day and time in the time zone of the page, with the browser's own calendar.
#[component]
pub fn DateTime(
    /// Epoch milliseconds, both ways.
    value: RwSignal<Option<i64>>,
    /// Only the day; the time is midnight.
    #[prop(optional)]
    day_only: bool,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Label, where no [`Field`](super::Field) is around.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let t = use_texts();
    let offset = use_format().offset_minutes();
    let field = FieldContext::here();
    let invalid = field.aria_invalid();
    let alone = field.id().is_none();
    let text = move || {
        value.get().map(|ms| {
            let c = civil(ms, offset);
            let day = format!("{:04}-{:02}-{:02}", c.year, c.month, c.day);
            if day_only { day } else { format!("{day}T{:02}:{:02}", c.hour, c.minute) }
        })
    };
    view! {
        <div class="input">
            <input
                type=if day_only { "date" } else { "datetime-local" }
                id=field.id()
                name=field.name()
                aria-describedby=field.note_id()
                aria-invalid=invalid
                aria-label=label.or_else(|| alone.then(|| t.ui_date_time()))
                min="2000-01-01T00:00"
                max="2100-12-31T23:59"
                disabled=move || disabled.get()
                value=untrack(text)
                prop:value=move || text().unwrap_or_default()
                on:change=move |event| value.set(read_local(&event_target_value(&event), offset))
            />
        </div>
    }
    .into_any()
}

/// Reads `2026-11-21` or `2026-11-21T15:58`.
fn read_local(text: &str, offset_minutes: i32) -> Option<i64> {
    let (day, time) = text.split_once('T').unwrap_or((text, "00:00"));
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
    let day = parts.next()?.parse().ok().filter(|d| (1..=31).contains(d))?;
    let mut parts = time.split(':');
    let hour = parts.next()?.parse().ok().filter(|h| *h < 24)?;
    let minute = parts.next()?.parse().ok().filter(|m| *m < 60)?;
    Some(epoch_ms(year, month, day, hour, minute, offset_minutes))
}

/// A text beside a meaning: typing changes the meaning, a meaning set elsewhere changes the text.
fn two_way<T>(
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
fn rewrite<T>(text: &str, write: impl Fn(Option<T>) -> String, read: impl Fn(&str) -> Option<T>) -> String {
    match read(text) {
        Some(meaning) => write(Some(meaning)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_date_and_time_are_read() {
        assert_eq!(read_local("1970-01-01T07:00", 420), Some(0));
        assert_eq!(read_local("1970-01-02", 0), Some(86_400_000));
        for bad in ["", "2026-13-01", "2026-11-21T25:00", "21.11.2026"] {
            assert_eq!(read_local(bad, 0), None, "{bad}");
        }
    }
}
