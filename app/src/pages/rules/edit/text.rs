//! A text somebody gets, with a picker of fields: what is picked is put where the cursor stands.

use super::desk::use_desk;
use super::lens::text;
use crate::i18n::use_texts;
use crate::pages::rules::words::{field_group, field_name, input_text};
use crate::ui::*;
use domain::rules::{Act, FieldKind, FieldSpec, template::MOST_CHARS};
use leptos::html;
use leptos::prelude::*;
use texts::Texts;

/// A text of the step at this place.
#[component]
pub fn TextInput(
    at: String,
    /// Which of its texts.
    #[prop(optional)]
    which: usize,
) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let get = Memo::new(move |_| {
        here.with(|step| step.as_ref().and_then(|step| step.act.texts().get(which).map(|&text| text.to_owned())))
    });
    let label = here.with_untracked(|step| step.as_ref().map(|step| label(t, &step.act, which))).unwrap_or_default();
    let line = here.with_untracked(|step| {
        matches!(
            step.as_ref().map(|step| &step.act),
            Some(Act::SaveContact { .. } | Act::CallWebhook { .. } | Act::UseService { .. })
        )
    });
    let value = text(get, move |new| {
        desk.change_step(&at, |step| {
            if let Some(text) = step.act.texts_mut().into_iter().nth(which) {
                *text = new;
            }
        });
    });
    // Several texts of one step are told apart; whoever listens has the label of the input.
    let heading = line.then(|| view! { <p class="field-label" aria-hidden="true">{label.clone()}</p> });
    let area = NodeRef::<html::Textarea>::new();
    let insert = move |snippet: String| {
        let Some(area) = area.get_untracked() else { return };
        let end = |place: Result<Option<u32>, _>| place.ok().flatten().map(|place| place as usize);
        let units: Vec<u16> = value.with_untracked(|text| text.encode_utf16().collect());
        let from = end(area.selection_start()).unwrap_or(units.len()).min(units.len());
        let to = end(area.selection_end()).unwrap_or(from).clamp(from, units.len());
        let cut = |units: &[u16]| String::from_utf16_lossy(units);
        value.set(format!("{}{snippet}{}", cut(&units[..from]), cut(&units[to..])));
        let behind = (from + snippet.encode_utf16().count()) as u32;
        // The menu gives the focus back to its button first.
        request_animation_frame(move || {
            let _ = area.focus();
            let _ = area.set_selection_range(behind, behind);
        });
    };
    let items = Signal::derive(move || {
        let mut group = String::new();
        let mut items = vec![MenuItem::Heading(t.rules_text_hint()), MenuItem::Separator];
        for field in desk.fields() {
            let heading = field_group(t, &field.key);
            if heading != group {
                items.push(MenuItem::Heading(heading.clone()));
                group = heading;
            }
            let snippet = snippet(&field);
            let name = field_name(t, &field);
            let words = if field.sample.is_empty() { name } else { format!("{name}: {}", field.sample) };
            items.push(MenuItem::action(words, move || insert(snippet.clone())));
        }
        items
    });
    view! {
        <div class="rule-text">
            {heading}
            <Textarea value=value rows=if line { 1 } else { 2 } label=label max_length=MOST_CHARS as u32 node_ref=area />
            <div class="rule-text-foot">
                <Menu label=t.rules_insert_field() items=items class="button ghost small">
                    <Icon name=IconName::Braces />
                    <span class="button-text">{t.rules_insert_field()}</span>
                </Menu>
            </div>
        </div>
    }
    .into_any()
}

/// What a text of a step is called.
fn label(t: Texts, act: &Act, which: usize) -> String {
    match (act, which) {
        (Act::CreateOrder { .. }, _) => t.rules_in_title(),
        (Act::SaveContact { .. }, 0) => t.rules_in_name(),
        (Act::SaveContact { .. }, 1) => t.rules_in_phone(),
        (Act::SaveContact { .. }, _) => t.rules_in_email(),
        (Act::CallWebhook { .. }, _) => t.rules_in_value(),
        (Act::UseService { fields, .. }, which) => {
            fields.get(which).map(|field| input_text(t, &field.name)).unwrap_or_default()
        }
        _ => t.rules_in_text(),
    }
}

/// How a field is written in a text so that it reads well.
fn snippet(field: &FieldSpec) -> String {
    let filter = match field.kind {
        FieldKind::Date => " | date",
        FieldKind::Money => " | money",
        _ if field.key == "contact.name" => " | first_word",
        _ => "",
    };
    format!("{{{{{}{filter}}}}}", field.key)
}
