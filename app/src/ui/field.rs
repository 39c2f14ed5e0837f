//! The frame of one input: label above, help below, error in place of help; and the form that spreads server errors
//! over its fields. Owns ids and `aria-*` wiring; inputs inside take them from the context.

use super::icon::Icon;
use super::icon_paths::IconName;
use crate::i18n::{error_text, use_texts};
use domain::ApiError;
use leptos::context::Provider;
use leptos::prelude::*;

/// What an input must know about the field around it.
#[derive(Clone)]
pub(super) struct FieldContext {
    /// Id of the input.
    pub id: String,
    /// Name the input is sent under.
    pub name: String,
    /// Must not be empty.
    pub required: bool,
    /// Has an error now.
    pub invalid: Signal<bool>,
}

impl FieldContext {
    /// The field around, or loose ids for an input that stands alone.
    pub fn here() -> Self {
        use_context::<FieldContext>().unwrap_or_else(|| FieldContext {
            id: String::new(),
            name: String::new(),
            required: false,
            invalid: Signal::stored(false),
        })
    }
    /// Id for the attribute, none when standing alone.
    pub fn id(&self) -> Option<String> {
        (!self.id.is_empty()).then(|| self.id.clone())
    }
    /// Id of the line below.
    pub fn note_id(&self) -> Option<String> {
        (!self.id.is_empty()).then(|| format!("{}-note", self.id))
    }
    /// Name for the attribute.
    pub fn name(&self) -> Option<String> {
        (!self.name.is_empty()).then(|| self.name.clone())
    }
    /// Value of `aria-invalid`.
    pub fn aria_invalid(&self) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
        let invalid = self.invalid;
        move || invalid.get().then_some("true")
    }
}

/// The error of the whole form, for its fields.
#[derive(Clone, Copy)]
struct FormContext(Signal<Option<ApiError>>);

/// One labelled input. The error comes from `error`, else from the form's error whose `field` is `name`.
#[component]
pub fn Field(
    /// Name of the input and path of its error (`items.0.quantity`).
    #[prop(into)]
    name: String,
    /// Label above.
    #[prop(into)]
    label: String,
    /// One line of help below.
    #[prop(optional, into)]
    help: Option<String>,
    /// Own error text; empty means none.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Marks the label and the input.
    #[prop(optional)]
    required: bool,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// Id of the input; give one when two forms on the page have a field of the same name.
    #[prop(optional, into)]
    id: Option<String>,
    /// The input.
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let id = id.unwrap_or_else(|| format!("field-{}", name.replace('.', "-")));
    let form = use_context::<FormContext>();
    let path = name.clone();
    let message = Memo::new(move |_| {
        let own = error.and_then(|error| error.get()).filter(|text| !text.is_empty());
        own.or_else(|| {
            let error = form?.0.get()?;
            (error.field.as_deref() == Some(path.as_str())).then(|| error_text(t, &error))
        })
    });
    let invalid = Signal::derive(move || message.with(Option::is_some));
    let context = FieldContext { id: id.clone(), name, required, invalid };
    let note_id = format!("{id}-note");
    let note = move || match message.get() {
        Some(text) => view! {
            <p class="field-error" role="alert"><Icon name=IconName::Alert size=14 />{text}</p>
        }
        .into_any(),
        None => help.clone().map(|help| view! { <p class="field-help">{help}</p> }).into_any(),
    };
    view! {
        <div class="field" class:invalid=move || invalid.get()>
            <label class="field-label" class:visually-hidden=label_hidden for=id>
                {label}
                {required.then(|| view! { <abbr class="field-required" title=t.ui_required()>"*"</abbr> })}
            </label>
            <Provider value=context>{children()}</Provider>
            <div class="field-note" id=note_id>{move || note()}</div>
        </div>
    }
    .into_any()
}

/// A form. Enter submits; the button stays enabled and says what is missing; server errors land on their field,
/// errors without a field stand above the buttons; leaving with unsaved changes asks when `dirty`.
#[component]
pub fn Form(
    /// Called instead of the browser's own sending.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The last answer of the server, if it was an error.
    #[prop(optional, into)]
    error: Signal<Option<ApiError>>,
    /// There are unsaved changes.
    #[prop(optional, into)]
    dirty: Option<Signal<bool>>,
    /// Id, so that a button elsewhere can send it.
    #[prop(optional, into)]
    id: Option<String>,
    /// Fields and, last, the buttons in [`FormActions`].
    children: Children,
) -> impl IntoView {
    if let Some(dirty) = dirty {
        super::leaving::ask_before_leaving(dirty);
    }
    view! {
        <Provider value=FormContext(error)>
            <form
                class="form"
                id=id
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    on_submit.run(());
                }
            >
                {children()}
            </form>
        </Provider>
    }
    .into_any()
}

/// Fields side by side; they wrap on a narrow screen.
#[component]
pub fn FieldRow(
    /// Fields.
    children: Children,
) -> impl IntoView {
    view! { <div class="field-row">{children()}</div> }
}

/// The buttons of a form, with the form's own error above them.
#[component]
pub fn FormActions(
    /// Buttons, the main one first.
    children: Children,
) -> impl IntoView {
    view! { <FormError /><div class="form-actions">{children()}</div> }
}

/// The error of the whole form: its text, or «check the marked fields».
#[component]
pub fn FormError(
    /// The error, where there is no [`Form`] around.
    #[prop(optional, into)]
    error: Option<Signal<Option<ApiError>>>,
) -> impl IntoView {
    let t = use_texts();
    let error = error.or_else(|| use_context::<FormContext>().map(|form| form.0));
    move || {
        let error = error?.get()?;
        let text = if error.field.is_some() { t.ui_form_check() } else { error_text(t, &error) };
        Some(view! { <p class="form-error" role="alert"><Icon name=IconName::Alert />{text}</p> })
    }
}
