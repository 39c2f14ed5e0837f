//! Parts of the forms on public pages: the same fields as inside, sent by the browser itself.

use crate::i18n::{error_text, use_texts};
use crate::ui::{Button, Field, Icon, IconName, Input, Variant};
use domain::ApiError;
use leptos::prelude::*;

/// What is wrong with a form that came back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Errors(pub Vec<ApiError>);

impl From<ApiError> for Errors {
    fn from(error: ApiError) -> Self {
        Self(vec![error])
    }
}

impl Errors {
    /// Whether the form is shown for the first time.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    fn on(&self, field: &str) -> Option<&ApiError> {
        self.0.iter().find(|error| error.field.as_deref() == Some(field))
    }
    /// The field that takes the focus: the first wrong one of these in their order, else `usual`.
    pub(super) fn focus(&self, fields: &[&'static str], usual: &'static str) -> &'static str {
        fields.iter().copied().find(|field| self.on(field).is_some()).unwrap_or(usual)
    }
    /// The text on a field, for [`Field`]'s `error`.
    pub(super) fn text(&self, field: &str) -> Signal<Option<String>> {
        Signal::stored(self.on(field).map(|error| error_text(use_texts(), error)))
    }
    /// Errors that belong to none of these fields.
    pub(super) fn rest(&self, fields: &[&str]) -> impl IntoView + use<> {
        let t = use_texts();
        let elsewhere = |error: &&ApiError| !error.field.as_deref().is_some_and(|field| fields.contains(&field));
        let one = |error: &ApiError| {
            view! { <p class="form-error" role="alert"><Icon name=IconName::Alert />{error_text(t, error)}</p> }
        };
        self.0.iter().filter(elsewhere).map(one).collect_view()
    }
}

/// A form the browser sends.
#[component]
pub(super) fn PlainForm(
    /// Where to.
    action: &'static str,
    /// The verb on the button.
    submit: String,
    /// Fields.
    children: Children,
) -> impl IntoView {
    view! {
        <form class="form" method="post" action=action novalidate>
            {children()}
            <Button variant=Variant::Primary wide=true submit=true>{submit}</Button>
        </form>
    }
    .into_any()
}

/// A line of text.
#[component]
pub(super) fn TextField(
    /// Name it is sent under.
    name: &'static str,
    /// Label above.
    label: String,
    /// What stands in it. Passwords never come back.
    #[prop(optional, into)]
    value: String,
    /// `text`, `email`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    autocomplete: &'static str,
    /// One line below.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with the form.
    errors: Errors,
    /// Name of the field with the focus.
    focus: &'static str,
) -> impl IntoView {
    let value = (kind != "password").then(|| RwSignal::new(value));
    let error = errors.text(name);
    // Called inside the field, which tells the input its id and error.
    let input = move || match value {
        Some(value) => {
            view! { <Input value=value kind=kind autocomplete=autocomplete autofocus=focus == name /> }.into_any()
        }
        None => view! { <Input kind=kind autocomplete=autocomplete autofocus=focus == name /> }.into_any(),
    };
    match help {
        Some(help) => {
            view! { <Field name=name label=label help=help error=error required=true>{input()}</Field> }.into_any()
        }
        None => view! { <Field name=name label=label error=error required=true>{input()}</Field> }.into_any(),
    }
}

/// A value sent along unseen.
#[component]
pub(super) fn Hidden(
    /// Name it is sent under.
    name: &'static str,
    /// The value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}
