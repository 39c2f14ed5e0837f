//! Gallery: inputs in their states.

use super::{NOW, group};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;

/// Inputs.
#[component]
pub fn Forms() -> impl IntoView {
    let t = use_texts();
    let name = RwSignal::new(t.gallery_firm());
    let email = RwSignal::new("anna@".to_owned());
    let error = RwSignal::new(Some(ApiError::new(ErrorCode::BadEmail).field("email")));
    let status = RwSignal::new("working".to_owned());
    let choices = vec![
        Choice::new("new", t.gallery_new()),
        Choice::new("working", t.gallery_working()),
        Choice::new("ready", t.gallery_ready()),
    ];
    let people = [t.gallery_person(), t.gallery_person_2(), t.gallery_person_3()];
    let all: Vec<Choice> = people
        .iter()
        .zip(1..)
        .map(|(name, i)| Choice::new(i.to_string(), name.clone()).note("+7 913 204-18-55"))
        .collect();
    let found = RwSignal::new(all.clone());
    let chosen = RwSignal::new(all.first().cloned());
    let search = move |query: String| {
        let query = query.to_lowercase();
        found.set(all.iter().filter(|choice| choice.label.to_lowercase().contains(&query)).cloned().collect());
    };
    let agree = RwSignal::new(true);
    let on = RwSignal::new(true);
    let files = RwSignal::new(Vec::new());
    let submit = move || {
        let wrong = email.with_untracked(|email| !email.contains('.'));
        error.set(wrong.then(|| ApiError::new(ErrorCode::BadEmail).field("email")));
    };
    let content = view! {
        <div class="columns">
            <Card>
                <Form on_submit=submit error=error>
                    <Field name="name" label=t.gallery_name() help=t.gallery_help() required=true>
                        <Input value=name autocomplete="organization" />
                    </Field>
                    <Field name="email" label=t.gallery_email() required=true>
                        <Input value=email kind="email" autocomplete="email" icon=IconName::Mail />
                    </Field>
                    <Field name="password" label=t.gallery_password()>
                        <Input value=RwSignal::new("северный-олень".to_owned()) kind="password" autocomplete="new-password" />
                    </Field>
                    <FieldRow>
                        <Field name="amount" label=t.gallery_amount()>
                            <MoneyInput value=RwSignal::new(Some(123_450)) currency="RUB" />
                        </Field>
                        <Field name="phone" label=t.gallery_phone()>
                            <PhoneInput value=RwSignal::new(Some("+79132041855".to_owned())) />
                        </Field>
                    </FieldRow>
                    <FormActions>
                        <Button submit=true variant=Variant::Primary>{t.action_save()}</Button>
                        <Button variant=Variant::Ghost>{t.action_cancel()}</Button>
                    </FormActions>
                </Form>
            </Card>
            <Card>
                <div class="form">
                    <Field name="client" label=t.gallery_client()>
                        <Combobox chosen=chosen found=found on_search=search placeholder=t.ui_search() on_create=|_| () />
                    </Field>
                    <FieldRow>
                        <Field name="status" label=t.gallery_status()>
                            <Select value=status choices=choices />
                        </Field>
                        <Field name="when" label=t.gallery_when()>
                            <DateTime value=RwSignal::new(Some(NOW)) />
                        </Field>
                    </FieldRow>
                    <Field name="comment" label=t.gallery_comment()>
                        <Textarea placeholder=t.gallery_help() />
                    </Field>
                    <Field name="off" label=t.gallery_channel()>
                        <Input value=RwSignal::new("WhatsApp".to_owned()) disabled=true />
                    </Field>
                    <Checkbox checked=agree label=t.gallery_agree() note=t.gallery_agree_note() />
                    <Switch checked=on on_change=move |wanted| on.set(wanted) label=t.state_on() />
                </div>
            </Card>
        </div>
        <div class="columns">
            <Field name="file" label=t.gallery_file()>
                <FileDrop files=files multiple=true accept="image/*" />
            </Field>
            <div class="stack">
                <CopyField value="https://pult.example/api/hooks/whatsapp/k3f9q2" label=t.gallery_channel() />
                <CopyField value="pk_live_8sdf7g6s8d7fg" label=t.gallery_password() secret=true />
                <Input kind="search" value=RwSignal::new("1042".to_owned()) icon=IconName::Search label=t.ui_search() />
            </div>
        </div>
    };
    group(t.gallery_fields(), content)
}
