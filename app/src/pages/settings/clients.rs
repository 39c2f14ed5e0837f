//! How clients are kept: the fields of their cards that this organisation has made up.

use super::draft::{Draft, DraftForm, use_organisation};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::custom::{self, CustomField};
use domain::rules::FieldKind;
use domain::views::{OrganisationInput, OrganisationSettings};
use leptos::prelude::*;
use texts::Texts;

/// The tab.
#[component]
pub fn ClientSettings() -> impl IntoView {
    let loaded = use_organisation();
    view! {
        <Loaded resource=loaded skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=4 /> } let:organisation>
            <FieldsForm draft=Draft::new(organisation, loaded) />
        </Loaded>
    }
    .into_any()
}

/// A field while it is edited.
#[derive(Clone, Copy, PartialEq)]
struct Row {
    /// Tells rows apart on the page.
    id: usize,
    key: StoredValue<String>,
    name: RwSignal<String>,
    kind: RwSignal<String>,
    /// One per line.
    choices: RwSignal<String>,
}

impl Row {
    fn new(id: usize, field: CustomField) -> Self {
        Self {
            id,
            key: StoredValue::new(field.key),
            name: RwSignal::new(field.name),
            kind: RwSignal::new(field.kind.as_str().to_owned()),
            choices: RwSignal::new(field.choices.join("\n")),
        }
    }
    /// As it would be stored, tracked.
    fn field(self) -> CustomField {
        let kind = self.kind.with(|kind| kind.parse()).unwrap_or(FieldKind::Text);
        let choices = match kind {
            FieldKind::Choice => self
                .choices
                .with(|text| text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()),
            _ => Vec::new(),
        };
        CustomField { key: self.key.get_value(), name: self.name.get().trim().to_owned(), kind, choices }
    }
}

fn kind_text(t: Texts, kind: FieldKind) -> String {
    match kind {
        FieldKind::Number => t.settings_field_number(),
        FieldKind::Date => t.settings_field_date(),
        FieldKind::Choice => t.settings_field_choice(),
        FieldKind::Flag => t.settings_field_flag(),
        _ => t.settings_field_text(),
    }
}

#[component]
fn FieldsForm(draft: Draft) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let rows = RwSignal::new(Vec::<Row>::new());
    let serial = StoredValue::new(0usize);
    let fresh = move |field: CustomField| {
        serial.update_value(|n| *n += 1);
        Row::new(serial.get_value(), field)
    };
    // What was stored brings the keys of new fields.
    Effect::new(move |_| {
        let stored = draft.settings().contact_fields;
        rows.set(stored.into_iter().map(fresh).collect());
    });
    let read = move || rows.get().into_iter().map(Row::field).collect::<Vec<_>>();
    let dirty = Signal::derive(move || read() != draft.settings().contact_fields);
    let submit = move || {
        let settings = OrganisationSettings { contact_fields: untrack(read), ..untrack(|| draft.settings()) };
        draft.save(OrganisationInput { settings, ..draft.input() });
    };
    let add = move || {
        let field = CustomField { key: String::new(), name: String::new(), kind: FieldKind::Text, choices: Vec::new() };
        rows.update(|rows| rows.push(fresh(field)));
    };
    let full = Signal::derive(move || rows.with(|rows| rows.len() >= custom::MOST_FIELDS));
    let one = move |row: Row| {
        let place = Memo::new(move |_| rows.with(|rows| rows.iter().position(|it| it.id == row.id)).unwrap_or(0));
        let name = format!("settings.contact_fields.{}", place.get_untracked());
        let drop_it = move || {
            let Some(at) = rows.with_untracked(|rows| rows.iter().position(|it| it.id == row.id)) else { return };
            rows.update(|rows| {
                rows.remove(at);
            });
            let title = row.name.with_untracked(|name| t.settings_field_dropped(name));
            toasts
                .with_action(title, t.action_undo(), move || rows.update(|rows| rows.insert(at.min(rows.len()), row)));
        };
        let raise = move || {
            rows.update(|rows| {
                if let Some(at) = rows.iter().position(|it| it.id == row.id).filter(|at| *at > 0) {
                    rows.swap(at, at - 1);
                }
            });
        };
        let kinds =
            custom::KINDS.iter().map(|kind| Choice::new(kind.as_str(), kind_text(t, *kind))).collect::<Vec<_>>();
        let kinds = Signal::stored(kinds);
        // Values are kept in the way of their kind: it stays what it is.
        let fixed = row.key.with_value(|key| !key.is_empty());
        let choices = move || {
            row.kind.with(|kind| kind == FieldKind::Choice.as_str()).then(|| {
                view! { <Textarea value=row.choices label=t.settings_field_choices() placeholder=t.settings_field_choices() rows=3 /> }
            })
        };
        view! {
            <li class="own-field">
                <Field name=name label=t.settings_field_name() label_hidden=true>
                    <div class="own-field-line">
                        <Input value=row.name placeholder=t.settings_field_name() max_length=60 />
                        <Select value=row.kind choices=kinds label=t.settings_field_kind() disabled=fixed />
                        <IconButton icon=IconName::ArrowUp label=t.settings_field_up() disabled=Signal::derive(move || place.get() == 0) on_click=raise />
                        <IconButton icon=IconName::Trash label=t.settings_field_drop() on_click=drop_it />
                    </div>
                </Field>
                {choices}
            </li>
        }
    };
    let none = move || {
        rows.with(Vec::is_empty).then(
            || view! { <EmptyState compact=true title=t.settings_fields_none() hint=t.settings_fields_none_hint() /> },
        )
    };
    view! {
        <DraftForm draft=draft dirty=dirty on_submit=submit>
            <Card title=t.settings_fields()>
                <p class="settings-note">{t.settings_fields_note()}</p>
                {none}
                <ul class="own-fields"><For each=move || rows.get() key=|row| row.id children=one /></ul>
                <Button small=true icon=IconName::Plus disabled=full on_click=add>{t.settings_field_add()}</Button>
            </Card>
        </DraftForm>
    }
    .into_any()
}
