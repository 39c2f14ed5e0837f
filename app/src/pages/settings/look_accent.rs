//! The colour of what can be pressed, and whether pages and letters speak of Pult. Says while somebody chooses whether the colour
//! can be read, with the same arithmetic as the server.

use super::draft::{Draft, DraftForm};
use super::look::Preview;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::*;
use domain::look::{NEEDED, contrasts, hex, is_readable, parse, readable};
use domain::views::{OrganisationInput, OrganisationSettings};
use leptos::prelude::*;

/// Colours to begin with; all of them can be read.
const CHOICES: [&str; 8] = ["", "#7dd3fc", "#93c5fd", "#c4b5fd", "#f9a8d4", "#fda4af", "#86efac", "#5eead4"];
/// What the field of the browser shows for the usual colour.
const USUAL: &str = "#f0b04b";

/// The form.
#[component]
pub fn ColourForm(draft: Draft) -> impl IntoView {
    let t = use_texts();
    let first = untrack(|| draft.settings());
    let accent = RwSignal::new(first.accent);
    let own = RwSignal::new(first.white_label);
    let dirty = Signal::derive(move || {
        let base = draft.settings();
        (accent.get(), own.get()) != (base.accent, base.white_label)
    });
    let submit = move || {
        let base = untrack(|| draft.settings());
        let accent = accent.get_untracked().trim().to_lowercase();
        let settings = OrganisationSettings { accent, white_label: own.get_untracked(), ..base };
        draft.save(OrganisationInput { settings, ..draft.input() });
    };
    let choice = move |colour: &'static str| {
        let label = if colour.is_empty() { t.look_accent_usual() } else { colour.to_owned() };
        let shown = if colour.is_empty() { USUAL } else { colour };
        view! {
            <button
                type="button"
                class="look-swatch"
                style=format!("--swatch:{shown}")
                aria-label=label.clone()
                title=label
                aria-pressed=move || accent.with(|accent| accent == colour).to_string()
                on:click=move |_| accent.set(colour.to_owned())
            ></button>
        }
    };
    let typed = move || accent.with(|accent| parse(&accent.trim().to_lowercase()));
    view! {
        <DraftForm draft=draft dirty=dirty on_submit=submit>
            <Field name="settings.accent" label=t.look_accent() help=t.look_accent_help()>
                <div class="look-accent">
                    <input
                        type="color"
                        class="look-picker"
                        aria-label=t.look_accent_pick()
                        prop:value=move || typed().map_or(USUAL.to_owned(), hex)
                        on:input=move |event| accent.set(event_target_value(&event))
                    />
                    <Input value=accent placeholder=USUAL mono=true max_length=7 />
                </div>
            </Field>
            <div class="look-swatches" role="group" aria-label=t.look_accent_choices()>
                {CHOICES.map(choice).into_iter().collect_view()}
            </div>
            <ContrastWords accent />
            <Checkbox checked=own label=t.look_white_label() note=t.look_white_label_note() name="settings.white_label" />
            <Preview accent=accent own=own />
        </DraftForm>
    }
    .into_any()
}

/// How well the colour can be read, and what to take instead.
#[component]
fn ContrastWords(accent: RwSignal<String>) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    move || {
        let colour = accent.with(|accent| parse(&accent.trim().to_lowercase()))?;
        let tenth = |value: f64| f.quantity((value * 10.0).floor() as i64 * 100);
        let (on_it, against) = contrasts(colour);
        let words = t.look_contrast(tenth(against), tenth(on_it), tenth(NEEDED));
        if is_readable(colour) {
            return Some(
                view! { <p class="look-contrast good" role="status"><Icon name=IconName::Check size=14 />{words}</p> }
                    .into_any(),
            );
        }
        let better = hex(readable(colour));
        let take = better.clone();
        Some(
            view! {
                <p class="look-contrast" role="status">
                    <Icon name=IconName::Warning size=14 />
                    <span>{words} " " {t.look_contrast_low()}</span>
                    <Button small=true on_click=move || accent.set(take.clone())>{t.look_contrast_take(&better)}</Button>
                </p>
            }
            .into_any(),
        )
    }
}
