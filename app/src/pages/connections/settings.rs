//! The form of a connection's settings, made from what the provider says it needs.

use super::api::{connections_change, connections_create};
use super::words::{is_usual, setting_words};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::ui::{Button, Field, Form, FormActions, Input, Variant};
use domain::ApiError;
use domain::views::{ConnectionSetup, ConnectionView, ProviderView, SaveConnection, SettingView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value as Json};

/// Settings of a new connection, or of one that is.
#[component]
pub(super) fn SettingsForm(
    /// What the provider needs.
    provider: ProviderView,
    /// The connection, when it is there already.
    #[prop(optional_no_strip)]
    connection: Option<ConnectionView>,
    /// Called with what was stored.
    #[prop(into)]
    on_saved: Callback<ConnectionSetup>,
) -> impl IntoView {
    let t = use_texts();
    let id = connection.as_ref().map(|connection| connection.id);
    let known = |setting: &SettingView| {
        let stored = connection.as_ref().and_then(|c| c.settings.get(&setting.name)?.as_str().map(str::to_owned));
        stored.or_else(|| setting.default.clone().filter(|_| connection.is_none())).unwrap_or_default()
    };
    let name = RwSignal::new(connection.as_ref().map(|connection| connection.name.clone()).unwrap_or_default());
    let values: Vec<(SettingView, RwSignal<String>)> =
        provider.settings.iter().map(|setting| (setting.clone(), RwSignal::new(known(setting)))).collect();
    let first = StoredValue::new((
        name.get_untracked(),
        values.iter().map(|(_, value)| value.get_untracked()).collect::<Vec<_>>(),
    ));
    let signals: Vec<RwSignal<String>> = values.iter().map(|(_, value)| *value).collect();
    let changed = RwSignal::new(true);
    let dirty = Signal::derive(move || {
        let now = (name.get(), signals.iter().map(|value| value.get()).collect::<Vec<_>>());
        changed.get() && first.with_value(|first| *first != now)
    });
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let usual_of = provider.id.clone();
    let (provider_id, stored) = (provider.id.clone(), StoredValue::new(values.clone()));
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let settings: Map<String, Json> = stored.with_value(|values| {
            let given =
                values.iter().map(|(setting, value)| (setting.name.clone(), value.get_untracked().trim().to_owned()));
            // An empty secret stays as it is, anything else that is emptied is.
            let open = values.iter().filter(|(setting, _)| !matches!(setting.kind.as_str(), "secret" | "generated"));
            let open: Vec<&str> = open.map(|(setting, _)| setting.name.as_str()).collect();
            given
                .filter(|(name, value)| !value.is_empty() || id.is_some() && open.contains(&name.as_str()))
                .map(|(name, value)| (name, value.into()))
                .collect()
        });
        let save = SaveConnection { provider: provider_id.clone(), name: name.get_untracked(), settings };
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = match id {
                Some(id) => connections_change(id, save).await,
                None => connections_create(save).await,
            };
            let _ = pending.try_set(false);
            match answer {
                Ok(setup) => {
                    // Leaving the form afterwards loses nothing.
                    let _ = changed.try_set(false);
                    on_saved.run(setup);
                }
                Err(Fault(refused)) => drop(error.try_set(Some(refused))),
            }
        });
    };
    let field = move |(setting, value): (SettingView, RwSignal<String>)| {
        let (label, help) = setting_words(t, &provider.id, &setting.name);
        let secret = matches!(setting.kind.as_str(), "secret" | "generated");
        let kept = secret && id.is_some();
        let kind = if secret { "password" } else { "text" };
        let placeholder = if kept { t.connections_secret_kept() } else { String::new() };
        let required = setting.required && !kept;
        view! {
            <Field name=format!("settings.{}", setting.name) label=label help=help.unwrap_or_default() required=required>
                <Input value=value kind=kind mono=true placeholder=placeholder autocomplete=if secret { "new-password" } else { "off" } />
            </Field>
        }
    };
    let (main, rest): (Vec<_>, Vec<_>) =
        values.into_iter().partition(|(setting, _)| setting.required || is_usual(&usual_of, &setting.name));
    let verb = if id.is_some() { t.action_save() } else { t.connections_save_and_go_on() };
    view! {
        <Form on_submit=submit error=error dirty=dirty>
            {main.into_iter().map(field.clone()).collect_view()}
            <details class="connection-more">
                <summary>{t.connections_more_settings()}</summary>
                <div class="form">
                    <Field name="name" label=t.connections_name() help=t.connections_name_help()>
                        <Input value=name max_length=100u32 placeholder=provider.name.clone() />
                    </Field>
                    {rest.into_iter().map(field).collect_view()}
                </div>
            </details>
            <FormActions>
                <Button variant=Variant::Primary submit=true pending=pending>{verb}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
