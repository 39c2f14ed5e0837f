//! Gallery: waiting, emptiness, layers, content.

use super::{NOW, group};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;

const PAYLOAD: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"104","changes":[{"field":"messages","value":{"timestamp":1795251480,"retry":false,"text":"Здравствуйте","context":null}}]}]}"#;

/// Everything that floats or waits.
#[component]
pub fn Layers() -> impl IntoView {
    let t = use_texts();
    view! {
        {group(t.gallery_feedback(), feedback())}
        {group(t.gallery_layers(), layers())}
        {group(t.gallery_content(), content())}
    }
    .into_any()
}

fn feedback() -> AnyView {
    let t = use_texts();
    view! {
        <div class="columns">
            <Card flush=true><Skeleton count=4 /></Card>
            <Card><Skeleton shape=SkeletonShape::Form count=3 /></Card>
            <Card><Skeleton shape=SkeletonShape::Text count=5 /></Card>
        </div>
        <div class="columns">
            <Card>
                <EmptyState icon=IconName::Connections title=t.gallery_empty_title() hint=t.gallery_empty_hint()>
                    <Button variant=Variant::Primary icon=IconName::Plus>{t.action_connect()}</Button>
                </EmptyState>
            </Card>
            <Card><LoadError error=ApiError::new(ErrorCode::StorageUnavailable) retry=|| () /></Card>
        </div>
        <div class="columns">
            <ProgressBar value=Some(0.412) label=t.gallery_import() note=t.gallery_import_note() />
            <ProgressBar value=None label=t.gallery_import() tone=Tone::Info />
        </div>
        <Card>
            <Stepper
                steps=vec![t.gallery_step_1(), t.gallery_step_2(), t.gallery_step_3()]
                current=Signal::stored(1)
                on_select=|_| ()
            />
        </Card>
    }
    .into_any()
}

fn layers() -> AnyView {
    let t = use_texts();
    let toasts = use_toasts();
    let (dialog, confirm, drawer) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let name = RwSignal::new(String::new());
    let fail = move || toasts.error(&ApiError::new(ErrorCode::Offline));
    let undo = move || toasts.with_action(t.gallery_saved(), t.action_undo(), || ());
    view! {
        <div class="line" id="layers">
            <Button on_click=move || dialog.set(true)>"Dialog"</Button>
            <Button on_click=move || confirm.set(true)>"ConfirmDialog"</Button>
            <Button on_click=move || drawer.set(true)>"Drawer"</Button>
            <Button on_click=undo>"Toast"</Button>
            <Button on_click=fail>"Toast: error"</Button>
            <Tooltip text=t.gallery_attention_1_note()><Button>"Tooltip"</Button></Tooltip>
        </div>
        <Dialog open=dialog title=t.gallery_new()>
            <Form on_submit=move || dialog.set(false)>
                <Field name="dialog-name" label=t.gallery_name() required=true>
                    <Input value=name autofocus=true />
                </Field>
                <Field name="dialog-comment" label=t.gallery_comment()>
                    <Textarea />
                </Field>
                <div class="dialog-actions">
                    <Button on_click=move || dialog.set(false)>{t.action_cancel()}</Button>
                    <Button submit=true variant=Variant::Primary>{t.action_create()}</Button>
                </div>
            </Form>
        </Dialog>
        <ConfirmDialog
            open=confirm
            title=t.gallery_question()
            text=t.gallery_question_text()
            confirm=t.action_delete()
            danger=true
            on_confirm=move || confirm.set(false)
        />
        <Drawer open=drawer title=t.gallery_job() actions=move || view! { <Badge tone=Tone::Info>{t.gallery_working()}</Badge> }>
            <Facts>
                <Fact label=t.gallery_client()>{t.gallery_person()}</Fact>
                <Fact label=t.gallery_phone()>{crate::format::phone("+79132041855")}</Fact>
            </Facts>
        </Drawer>
    }
    .into_any()
}

fn content() -> AnyView {
    let t = use_texts();
    view! {
        <div class="columns">
            <Json text=PAYLOAD label=t.gallery_event_1() />
            <Card>
                <Timeline label=t.gallery_content()>
                    <TimelineItem icon=IconName::Chats title=t.gallery_event_1() at=NOW - 360_000 tone=Tone::Success />
                    <TimelineItem icon=IconName::Bot title=t.gallery_event_2() at=NOW - 300_000 tone=Tone::Automatic>
                        {t.gallery_event_note()} " · " <Link href="/ui">{t.action_why()}</Link>
                    </TimelineItem>
                    <TimelineItem icon=IconName::Alert title=t.gallery_event_3() at=NOW - 5_000 tone=Tone::Danger>
                        {t.error_window_closed()}
                    </TimelineItem>
                </Timeline>
            </Card>
        </div>
        <Code text="curl -H 'Authorization: Bearer …' https://pult.example/api/v1/orders" label=t.gallery_content() />
    }
    .into_any()
}
