//! A day, with or without a time, in the time zone of the page: typed as people write it, or picked from a calendar.

use super::button::IconButton;
use super::calendar::Calendar;
use super::floating::{Place, is_shown, keep_equal, put_beside};
use super::icon_paths::IconName;
use super::input::Input;
use super::typed_inputs::{rewrite, two_way};
use crate::format::{civil, epoch_ms, use_format};
use crate::i18n::use_texts;
use crate::ui::use_now;
use leptos::html;
use leptos::prelude::*;
use texts::Language;

/// Time taken when a day is picked and none was typed yet.
const MORNING: (u32, u32) = (10, 0);

/// Day and time. `21.11.2026 15:58`, `21.11 15:58` and `21.11.2026` are understood.
#[component]
pub fn DateTime(
    /// Epoch milliseconds, both ways; `None` when empty or not a date.
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
    let format = use_format();
    let offset = format.offset_minutes();
    let now = use_now();
    let language = crate::i18n::use_language();
    let write = move |ms: Option<i64>| {
        let Some(ms) = ms else { return String::new() };
        if day_only { format.date(ms) } else { format!("{} {}", format.date(ms), format.time(ms)) }
    };
    let read = move |text: &str| read(text, offset, civil(now.get_untracked(), offset).year);
    let text = two_way(value, write, read);
    let anchor = NodeRef::<html::Div>::new();
    let layer = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let toggle = move || {
        let (Some(anchor), Some(layer)) = (anchor.get_untracked(), layer.get_untracked()) else { return };
        if is_shown(&layer) {
            let _ = layer.hide_popover();
        } else {
            open.set(true);
            request_animation_frame(move || {
                let _ = layer.show_popover();
                put_beside(&layer, &anchor, Place::BelowEnd);
                if let Ok(Some(day)) = layer.query_selector("[tabindex='0']") {
                    let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(day).focus();
                }
            });
        }
    };
    let pick = move |(year, month, day): (i64, u32, u32)| {
        let (hour, minute) = match value.get_untracked() {
            _ if day_only => (0, 0),
            Some(ms) => {
                let c = civil(ms, offset);
                (c.hour, c.minute)
            }
            None => MORNING,
        };
        value.set(Some(epoch_ms(year, month, day, hour, minute, offset)));
        if let Some(layer) = layer.get_untracked() {
            let _ = layer.hide_popover();
        }
    };
    let chosen = Signal::derive(move || {
        value.get().map(|ms| {
            let c = civil(ms, offset);
            (c.year, c.month, c.day)
        })
    });
    let today = Signal::derive(move || {
        let c = civil(now.get(), offset);
        (c.year, c.month, c.day)
    });
    let placeholder = match (language, day_only) {
        (Language::Ru, true) => "21.11.2026",
        (Language::Ru, false) => "21.11.2026 10:00",
        (Language::En, true) => "21/11/2026",
        (Language::En, false) => "21/11/2026 10:00",
    };
    view! {
        <div class="date-time" node_ref=anchor>
            <Input
                value=text
                placeholder=placeholder
                autocomplete="off"
                disabled=disabled
                label=label.unwrap_or_default()
                on_commit=move || text.set(rewrite(&text.get_untracked(), write, read))
            />
            <div class="date-time-button">
                <IconButton icon=IconName::Calendar label=t.ui_open_calendar() small=true disabled=disabled on_click=toggle />
            </div>
            <div
                class="calendar-layer"
                popover="auto"
                node_ref=layer
                on:toggle=move |_| keep_equal(open, layer.get_untracked().is_some_and(|layer| is_shown(&layer)))
            >
                {move || open.get().then(|| view! { <Calendar chosen=chosen today=today on_pick=pick /> })}
            </div>
        </div>
    }
    .into_any()
}

/// Reads day, month, year (this year if left out) and, after a space, hours and minutes.
fn read(text: &str, offset_minutes: i32, this_year: i64) -> Option<i64> {
    let mut words = text.split([' ', ',', '\u{a0}', 'T']).filter(|word| !word.is_empty());
    let mut parts = words.next()?.split(['.', '/', '-']).filter(|part| !part.is_empty());
    let (first, second) = (parts.next()?, parts.next()?);
    let third = parts.next();
    let (year, month, day) = match (first.len(), third) {
        // The order of machines: 2026-11-21.
        (4, Some(day)) => (first.parse().ok()?, second, day),
        (_, None) => (this_year, second, first),
        (_, Some(year)) if year.len() == 2 => (2000 + year.parse::<i64>().ok()?, second, first),
        (_, Some(year)) => (year.parse().ok()?, second, first),
    };
    let month: u32 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let day: u32 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let (hour, minute) = match words.next() {
        None => (0, 0),
        Some(time) => {
            let (hour, minute) = time.split_once([':', '.']).unwrap_or((time, "0"));
            (hour.parse().ok().filter(|h| *h < 24)?, minute.parse().ok().filter(|m| *m < 60)?)
        }
    };
    let ms = epoch_ms(year, month, day, hour, minute, offset_minutes);
    let c = civil(ms, offset_minutes);
    // 31.11 would slide into December.
    ((2000..=2100).contains(&year) && words.next().is_none() && (c.month, c.day) == (month, day)).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let wanted = Some(epoch_ms(2026, 11, 21, 15, 58, 420));
        for text in ["21.11.2026 15:58", "21.11 15:58", "21/11/2026, 15:58", "21.11.26 15.58", "2026-11-21T15:58"] {
            assert_eq!(read(text, 420, 2026), wanted, "{text}");
        }
        assert_eq!(read("21.11.2026", 0, 2026), Some(epoch_ms(2026, 11, 21, 0, 0, 0)));
        for bad in ["", "31.11.2026", "21.13.2026", "21.11.2026 25:00", "завтра", "21.11.2026 10:00 11", "1.1.1800"]
        {
            assert_eq!(read(bad, 0, 2026), None, "{bad}");
        }
    }
}
