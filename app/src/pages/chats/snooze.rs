//! Setting a chat aside: a menu of moments people mean.

use super::desk::Desk;
use crate::format::{Format, civil, epoch_ms, use_format};
use crate::i18n::use_texts;
use crate::ui::{IconName, Menu, MenuItem, Place, use_now};
use domain::views::ChatChange;
use leptos::prelude::*;
use texts::Texts;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// Moments to come back at, the next first, each with its words.
pub(super) fn moments(t: Texts, f: Format, now: i64) -> Vec<(String, i64)> {
    let offset = f.offset_minutes();
    let at = |day: i64, hour: u32| {
        let day = civil(now + day * DAY, offset);
        epoch_ms(day.year, day.month, day.day, hour, 0, offset)
    };
    // Monday is 1.
    let weekday = (f.day_number(now) + 3).rem_euclid(7) + 1;
    let mut moments = vec![(t.chats_later_hour(), now + HOUR)];
    if at(0, 18) > now + HOUR {
        moments.push((t.chats_later_evening(), at(0, 18)));
    }
    moments.push((t.chats_later_tomorrow(), at(1, 9)));
    if weekday < 7 {
        moments.push((t.chats_later_monday(), at(8 - weekday, 9)));
    }
    moments
}

/// The button with its menu.
#[component]
pub(super) fn Snooze(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let now = use_now();
    let items = Signal::derive(move || {
        let until = desk.chat.with(|chat| chat.snoozed_until);
        let mut items = Vec::new();
        if let Some(until) = until {
            items.push(MenuItem::Heading(t.chats_snoozed_until(f.day_time(until, now.get()))));
            let back = move || desk.change(ChatChange::Snooze { until: None }, || ());
            items.push(MenuItem::action(t.chats_unsnooze(), back).icon(IconName::Undo));
            items.push(MenuItem::Separator);
        }
        for (words, at) in moments(t, f, now.get()) {
            let set = move || {
                desk.change(ChatChange::Snooze { until: Some(at) }, move || {
                    let words = f.day_time(at, now.get_untracked());
                    desk.toasts.with_action(t.chats_snoozed(words), t.action_undo(), move || {
                        if desk.chat.try_get_untracked().is_some() {
                            desk.change(ChatChange::Snooze { until: None }, || ());
                        }
                    });
                });
            };
            items.push(MenuItem::action(words, set).icon(IconName::Clock));
        }
        items
    });
    view! {
        <Menu label=t.chats_snooze() items=items place=Place::BelowEnd class="icon-button small">
            <span class:lit=move || desk.chat.with(|chat| chat.snoozed_until.is_some())>
                <crate::ui::Icon name=IconName::Clock size=16 label=t.chats_snooze() />
            </span>
        </Menu>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Language;

    #[test]
    fn moments_are_ahead_and_on_the_hour() {
        let t = texts::load(Language::Ru);
        let f = Format::new(t, Language::Ru, 7 * 60);
        // Saturday 21 November 2026, 12:00 UTC: 19:00 on the page's clock.
        let noon = 1_795_262_400_000;
        let at: Vec<i64> = moments(t, f, noon).into_iter().map(|moment| (moment.1 - noon) / HOUR).collect();
        assert_eq!(at, [1, 14, 38]);
        let morning: Vec<i64> = moments(t, f, noon - 9 * HOUR).into_iter().map(|m| (m.1 - noon) / HOUR).collect();
        assert_eq!(morning, [-8, -1, 14, 38]);
    }
}
