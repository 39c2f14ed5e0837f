//! A text somebody gets, with a picker of fields: what is picked is put where the cursor stands.

use super::desk::use_desk;
use super::lens::text;
use crate::i18n::use_texts;
use crate::pages::rules::outline::quote;
use crate::pages::rules::words::{field_group, field_text};
use crate::ui::*;
use domain::rules::{Act, FieldKind, FieldSpec, template::MOST_CHARS};
use leptos::html;
use leptos::prelude::*;

/// The text of the step at this place.
#[component]
pub fn TextInput(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let get = Memo::new(move |_| here.with(|step| step.as_ref().map(|step| quote(&step.act).to_owned())));
    let title =
        here.with_untracked(|step| matches!(step.as_ref().map(|step| &step.act), Some(Act::CreateOrder { .. })));
    let value = text(get, move |new| {
        desk.change_step(&at, |step| match &mut step.act {
            Act::SendMessage { text } | Act::Comment { text } | Act::Notify { text, .. } => *text = new,
            Act::CreateOrder { title } => *title = new,
            _ => {}
        });
    });
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
            items.push(MenuItem::action(field_text(t, &field.key), move || insert(snippet.clone())));
        }
        items
    });
    let label = if title { t.rules_in_title() } else { t.rules_in_text() };
    view! {
        <div class="rule-text">
            <Textarea value=value rows=2 label=label max_length=MOST_CHARS as u32 node_ref=area />
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
