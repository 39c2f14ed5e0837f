//! How far long work has come.

use super::tone::Tone;
use leptos::prelude::*;

/// A bar with words. Without a value it moves to say «under way».
#[component]
pub fn ProgressBar(
    /// 0.0–1.0; `None` while the end is unknown.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
    /// Words at the end (`412 из 1 000`, `осталось 2 мин`).
    #[prop(optional, into)]
    note: Signal<String>,
    /// What the colour says.
    #[prop(default = Tone::Accent)]
    tone: Tone,
) -> impl IntoView {
    let percent = move || value.get().map(|value| (value.clamp(0.0, 1.0) * 100.0).round() as u32);
    view! {
        <div class=format!("progress {}", tone.class()) class:unknown=move || value.get().is_none()>
            <div class="progress-words">
                <span>{move || label.get()}</span>
                <span>{move || note.get()}</span>
            </div>
            <div
                class="progress-track"
                role="progressbar"
                aria-label=move || label.get()
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || percent().map(|percent| percent.to_string())
            >
                <div
                    class="progress-fill"
                    style:width=move || percent().map(|percent| format!("{percent}%")).unwrap_or_default()
                ></div>
            </div>
        </div>
    }
    .into_any()
}
