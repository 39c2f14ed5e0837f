//! Choosing a template of the messenger and filling its places, with the text as the client will read it.

use super::api::chats_templates;
use super::desk::{Desk, Outgoing};
use super::follow::follow;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::live::use_hints;
use crate::ui::{
    Badge, Button, Dialog, EmptyState, Field, Form, FormActions, IconName, Input, LoadError, Skeleton, Tone, Variant,
};
use domain::text::{fill_template, fold};
use domain::views::{SendMessage, SendTemplate, TemplateView};
use leptos::prelude::*;

/// The dialog.
#[component]
pub(super) fn TemplateDialog(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let chosen = RwSignal::new(None::<TemplateView>);
    Effect::new(move |_| {
        if desk.picking_template.get() {
            chosen.set(None);
        }
    });
    let title = Signal::derive(move || match chosen.get() {
        Some(template) => template.name,
        None => t.chats_template_choose(),
    });
    view! {
        <Dialog open=desk.picking_template title=title wide=true>
            {move || match chosen.get() {
                None => view! { <List desk chosen /> }.into_any(),
                Some(template) => view! { <Fill desk template chosen /> }.into_any(),
            }}
        </Dialog>
    }
    .into_any()
}

#[component]
fn List(desk: Desk, chosen: RwSignal<Option<TemplateView>>) -> impl IntoView {
    let t = use_texts();
    let connection = desk.chat.with_untracked(|chat| chat.connection_id);
    let hints = use_hints([format!("connections:{connection}")]);
    let own = RwSignal::new(0u32);
    let templates = follow(|| true, move || hints.get().wrapping_add(own.get()), move || chats_templates(connection));
    let search = RwSignal::new(String::new());
    let one = move |template: TemplateView| {
        let ready = template.status.eq_ignore_ascii_case("approved");
        let status = (!ready).then(|| template.status.clone());
        let (name, language, body) = (template.name.clone(), template.language.clone(), template.body.clone());
        view! {
            <button type="button" class="template-row" disabled=!ready on:click=move |_| chosen.set(Some(template.clone()))>
                <span class="line">
                    <b>{name}</b>
                    <small class="quiet">{language}</small>
                    {status.map(|status| view! { <Badge tone=Tone::Warning icon=IconName::Clock>{template_status(t, &status)}</Badge> })}
                </span>
                <span class="template-body">{body}</span>
            </button>
        }
    };
    let list = move || {
        match templates.get() {
        None => view! { <Skeleton count=4 /> }.into_any(),
        Some(Err(Fault(error))) => view! { <LoadError error=error retry=move || own.update(|n| *n += 1) /> }.into_any(),
        Some(Ok(list)) if list.is_empty() => view! {
            <EmptyState icon=IconName::Note title=t.chats_template_none() hint=t.chats_template_none_hint() compact=true />
        }
        .into_any(),
        Some(Ok(mut list)) => {
            let wanted = search.with(|text| fold(text));
            list.retain(|template| fold(&template.name).contains(&wanted) || fold(&template.body).contains(&wanted));
            // What can be sent comes first.
            list.sort_by_key(|template| !template.status.eq_ignore_ascii_case("approved"));
            if list.is_empty() {
                return view! { <EmptyState icon=IconName::Search title=t.ui_nothing_found() compact=true /> }.into_any();
            }
            view! { <div class="template-list">{list.into_iter().map(one).collect_view()}</div> }.into_any()
        }
    }
    };
    view! {
        <Input value=search kind="search" icon=IconName::Search placeholder=t.chats_template_search() label=t.chats_template_search() autofocus=true />
        {list}
    }
    .into_any()
}

/// The word of a template's state.
pub fn template_status(t: texts::Texts, status: &str) -> String {
    match status.to_ascii_uppercase().as_str() {
        "APPROVED" => t.chats_template_approved(),
        "PENDING" | "IN_APPEAL" => t.chats_template_pending(),
        "REJECTED" => t.chats_template_rejected(),
        "PAUSED" | "FLAGGED" => t.chats_template_paused(),
        "DISABLED" | "DELETED" | "PENDING_DELETION" => t.chats_template_disabled(),
        _ => status.to_owned(),
    }
}

#[component]
fn Fill(desk: Desk, template: TemplateView, chosen: RwSignal<Option<TemplateView>>) -> impl IntoView {
    let t = use_texts();
    let count = usize::try_from(template.params).unwrap_or(0);
    // The first place nearly always is the name.
    let name = desk.chat.with_untracked(|chat| chat.contact_name.clone());
    let values: Vec<RwSignal<String>> =
        (0..count).map(|at| RwSignal::new(if at == 0 { name.clone() } else { String::new() })).collect();
    let asked = RwSignal::new(false);
    let filled = StoredValue::new(values.clone());
    let read = move || {
        filled.with_value(|values| values.iter().map(|value| value.get().trim().to_owned()).collect::<Vec<_>>())
    };
    let body = StoredValue::new(template.body.clone());
    let send = {
        let template = template.clone();
        move || {
            let params = untrack(read);
            if params.iter().any(String::is_empty) {
                asked.set(true);
                return;
            }
            let text = body.with_value(|body| fill_template(body, &params));
            let message = SendMessage {
                template: Some(SendTemplate {
                    name: template.name.clone(),
                    language: template.language.clone(),
                    params,
                }),
                ..Default::default()
            };
            desk.picking_template.set(false);
            // Shown as it will be read; the server writes the same text.
            desk.send(vec![Outgoing { message, text, file: None }], move |refused, _| desk.toasts.error(&refused));
        }
    };
    let field = move |(at, value): (usize, RwSignal<String>)| {
        let missing = Signal::derive(move || {
            (asked.get() && value.with(|value| value.trim().is_empty())).then(|| t.error_required())
        });
        view! {
            <Field name=format!("template.params.{at}") label=t.chats_template_param((at + 1).to_string()) error=missing required=true>
                <Input value=value max_length=1024u32 autofocus={at == 0} />
            </Field>
        }
    };
    view! {
        <Form on_submit=send>
            {values.into_iter().enumerate().map(field).collect_view()}
            <div class="template-preview" aria-live="polite">
                <small class="quiet">{t.chats_template_preview()}</small>
                <p>{move || body.with_value(|body| fill_template(body, &read()))}</p>
            </div>
            <FormActions>
                <Button variant=Variant::Primary submit=true icon=IconName::Send>{t.action_send()}</Button>
                <Button on_click=move || chosen.set(None)>{t.action_back()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
