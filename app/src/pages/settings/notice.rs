//! The notice to the client about an order: whether, when, with which words, and how it will look.

use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::orders::status_text;
use crate::ui::*;
use domain::orders::OrderStatus;
use domain::views::OrderNotice;
use leptos::html;
use leptos::prelude::*;
use texts::{Language, Texts};

/// What is being typed.
#[derive(Clone, Copy)]
pub struct NoticeDraft {
    enabled: RwSignal<bool>,
    statuses: RwSignal<Vec<OrderStatus>>,
    text: RwSignal<String>,
    template: RwSignal<String>,
    template_language: RwSignal<String>,
}

impl NoticeDraft {
    /// From what is stored.
    pub fn new(stored: OrderNotice) -> Self {
        Self {
            enabled: RwSignal::new(stored.enabled),
            statuses: RwSignal::new(stored.statuses),
            text: RwSignal::new(stored.text),
            template: RwSignal::new(stored.template),
            template_language: RwSignal::new(stored.template_language),
        }
    }
    /// What to store, tracked.
    pub fn read(self) -> OrderNotice {
        OrderNotice {
            enabled: self.enabled.get(),
            statuses: self.statuses.get(),
            text: self.text.get(),
            template: self.template.get(),
            template_language: self.template_language.get(),
        }
    }
    fn set_status(self, status: OrderStatus, on: bool) {
        self.statuses.update(|statuses| {
            statuses.retain(|other| *other != status);
            if on {
                statuses.push(status);
                statuses.sort();
            }
        });
    }
}

/// What can stand in the text, with its words.
fn placeholders(t: Texts) -> [(&'static str, String); 4] {
    [
        ("{name}", t.settings_notice_insert_name()),
        ("{number}", t.settings_notice_insert_number()),
        ("{status}", t.settings_notice_insert_status()),
        ("{total}", t.settings_notice_insert_total()),
    ]
}

/// The fields, and the preview beside them.
#[component]
pub fn NoticeEditor(
    /// What is being typed.
    notice: NoticeDraft,
    /// Currency of the example.
    currency: String,
) -> impl IntoView {
    let t = use_texts();
    let area = NodeRef::<html::Textarea>::new();
    let status = move |status: OrderStatus| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    checked=notice.statuses.with_untracked(|statuses| statuses.contains(&status))
                    prop:checked=move || notice.statuses.with(|statuses| statuses.contains(&status))
                    on:change=move |event| notice.set_status(status, event_target_checked(&event))
                />
                <span class="check-text">{status_text(t, status)}</span>
            </label>
        }
    };
    let insert = move |(placeholder, words): (&'static str, String)| {
        view! {
            <button type="button" class="insert" on:click=move |_| put(area, notice.text, placeholder)>
                <code>{placeholder}</code>
                <span>{words}</span>
            </button>
        }
    };
    let none = move || {
        let silent = notice.enabled.get() && notice.statuses.with(Vec::is_empty);
        silent.then(|| view! { <p class="field-help">{t.settings_notice_statuses_none()}</p> })
    };
    view! {
        <div class="stack notice-editor">
            <Checkbox checked=notice.enabled label=t.settings_notice_enabled() note=t.settings_notice_enabled_note() />
            <div class="stack" hidden=move || !notice.enabled.get()>
                <fieldset>
                    <legend class="field-label">{t.settings_notice_statuses()}</legend>
                    <div class="settings-checks">{OrderStatus::ALL.iter().copied().map(status).collect_view()}</div>
                    {none}
                </fieldset>
                <Field name="settings.order_notice.text" label=t.settings_notice_text() required=true>
                    <Textarea value=notice.text rows=3 max_length=1000 node_ref=area />
                </Field>
                <div class="inserts">
                    <span class="field-help">{t.settings_notice_text_help()}</span>
                    {placeholders(t).map(insert).into_iter().collect_view()}
                </div>
                <Preview notice=notice currency=currency />
                <FieldRow>
                    <Field name="settings.order_notice.template" label=t.settings_notice_template() help=t.settings_notice_template_help()>
                        <Input value=notice.template max_length=512 mono=true autocomplete="off" />
                    </Field>
                    <Field name="settings.order_notice.template_language" label=t.settings_notice_template_language()>
                        <Input value=notice.template_language max_length=15 mono=true autocomplete="off" />
                    </Field>
                </FieldRow>
            </div>
        </div>
    }
    .into_any()
}

/// The message as the client would get it, with an invented order.
#[component]
fn Preview(notice: NoticeDraft, currency: String) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let filled = move || {
        let status = notice.statuses.with(|statuses| statuses.first().copied()).unwrap_or(OrderStatus::Ready);
        let text = notice.text.get().replace("{name}", &t.settings_notice_example_name()).replace("{number}", "1042");
        text.replace("{status}", &told(status)).replace("{total}", &format.money(320_000, &currency))
    };
    view! {
        <div class="notice-preview" role="group" aria-label=t.settings_notice_preview()>
            <span class="field-label">{t.settings_notice_preview()}</span>
            <p class="notice-bubble">{filled}</p>
        </div>
    }
    .into_any()
}

/// The status as the client reads it: notices are Russian whatever the language of the page.
fn told(status: OrderStatus) -> String {
    let t = texts::load(Language::Ru);
    match status {
        OrderStatus::New => t.order_told_new(),
        OrderStatus::Assigned => t.order_told_assigned(),
        OrderStatus::InProgress => t.order_told_in_progress(),
        OrderStatus::Ready => t.order_told_ready(),
        OrderStatus::Delivered => t.order_told_delivered(),
        OrderStatus::Cancelled => t.order_told_cancelled(),
    }
}

/// Puts a placeholder where the caret stands.
fn put(area: NodeRef<html::Textarea>, text: RwSignal<String>, placeholder: &str) {
    let Some(area) = area.get_untracked() else { return };
    let at = |position: Result<Option<u32>, wasm_bindgen::JsValue>| position.ok().flatten();
    let (start, end) = (at(area.selection_start()), at(area.selection_end()));
    // The caret counts UTF-16 units.
    let units: Vec<u16> = text.get_untracked().encode_utf16().collect();
    let clamp = |position: Option<u32>| position.map_or(units.len(), |p| units.len().min(p as usize));
    let (start, end) = (clamp(start), clamp(end).max(clamp(start)));
    let part = |units: &[u16]| String::from_utf16_lossy(units);
    text.set(format!("{}{placeholder}{}", part(&units[..start]), part(&units[end..])));
    let caret = u32::try_from(start + placeholder.len()).ok();
    let _ = area.focus();
    request_animation_frame(move || {
        if let Some(caret) = caret {
            let _ = area.set_selection_range(caret, caret);
        }
    });
}
