//! Every building block in its states, with invented data: `/ui` in debug builds. For looking, and for the accessibility
//! test; owns nothing that ships.

mod data;
mod forms;
mod layers;

use crate::format::provide_utc_offset;
use crate::frame::{Frame, FrameData, FrameOrganisation, LiveState, Screen};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::access::{Presence, Role};
use leptos::prelude::*;

/// A fixed moment, so that the gallery looks the same every time: 21.11.2026, 15:58 in Novosibirsk.
pub(super) const NOW: i64 = 1_795_251_480_000;

/// The gallery.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let t = use_texts();
    provide_utc_offset(420);
    provide_now(NOW);
    provide_toasts();
    let (chats, orders, connections) = (RwSignal::new(12), RwSignal::new(41), RwSignal::new(1));
    let presence = RwSignal::new(Presence::Active);
    let organisation =
        |id: &str, name: String| FrameOrganisation { id: id.into(), name, note: "UTC+7".into(), logo: None };
    let frame = FrameData {
        organisation: Signal::stored(organisation("1", t.gallery_firm())),
        mark: Signal::stored(t.app_name()),
        organisations: vec![organisation("1", t.gallery_firm()), organisation("2", t.gallery_job_3())],
        person: t.gallery_person_3(),
        role: Role::Owner,
        presence: presence.into(),
        chats: chats.into(),
        orders: orders.into(),
        connections: connections.into(),
        reviews: Signal::stored(0),
        notifications: Signal::stored(3),
        sending_stopped: Signal::stored(false),
        live: Signal::stored(LiveState::On),
        collapsed: RwSignal::new(false),
        on_presence: Callback::new(move |wanted| presence.set(wanted)),
        on_language: Callback::new(|_| ()),
        on_organisation: Callback::new(|_| ()),
        on_sign_out: Callback::new(|()| ()),
        on_keys: None,
        on_search: Some(Callback::new(|()| ())),
        on_notifications: Some(Callback::new(|()| ())),
    };
    let action = move || view! { <Button variant=Variant::Primary icon=IconName::Plus>{t.gallery_order()}</Button> };
    view! {
        <Frame data=frame>
            <Screen title=t.gallery_title() actions=action bare=true>
                <div class="gallery">
                    {buttons()}
                    {badges()}
                    <forms::Forms />
                    <data::Data />
                    <layers::Layers />
                    {icons()}
                </div>
            </Screen>
        </Frame>
    }
    .into_any()
}

/// One group with a heading.
pub(super) fn group(title: String, content: impl IntoView + 'static) -> AnyView {
    view! {
        <section>
            <h2>{title}</h2>
            {content.into_any()}
        </section>
    }
    .into_any()
}

fn buttons() -> AnyView {
    let t = use_texts();
    let content = view! {
        <div class="line">
            <Button variant=Variant::Primary icon=IconName::Send>{t.gallery_message()}</Button>
            <Button icon=IconName::Pencil>{t.action_edit()}</Button>
            <Button keys="E">{t.action_close()}</Button>
            <Button variant=Variant::Ghost>{t.action_cancel()}</Button>
            <Button variant=Variant::Danger icon=IconName::Trash>{t.action_delete()}</Button>
            <Button variant=Variant::Primary pending=true>{t.action_save()}</Button>
            <Button disabled=true>{t.action_save()}</Button>
            <LinkButton href="/ui" icon=IconName::ArrowLeft>{t.action_back()}</LinkButton>
        </div>
        <div class="line">
            <Button small=true variant=Variant::Primary>{t.action_save()}</Button>
            <Button small=true icon=IconName::Filter>{t.gallery_status()}</Button>
            <Button small=true variant=Variant::Ghost icon=IconName::Plus>{t.action_add()}</Button>
            <IconButton icon=IconName::Refresh label=t.action_refresh() />
            <IconButton icon=IconName::Bell label=t.frame_notifications() variant=Variant::Secondary />
            <IconButton icon=IconName::Star label=t.action_done() pressed=true small=true />
            <Link href="/ui">{t.action_show_all()}</Link>
            <Link href="https://example.com" external=true>{t.gallery_channel()}</Link>
        </div>
    };
    group(t.gallery_buttons(), content)
}

fn badges() -> AnyView {
    let t = use_texts();
    let content = view! {
        <div class="line">
            <Badge>{t.gallery_new()}</Badge>
            <Badge tone=Tone::Info icon=IconName::CircleDot>{t.gallery_working()}</Badge>
            <Badge tone=Tone::Success icon=IconName::Success>{t.gallery_ready()}</Badge>
            <Badge tone=Tone::Warning icon=IconName::Clock>{t.presence_break()}</Badge>
            <Badge tone=Tone::Danger icon=IconName::Alert>{t.gallery_late()}</Badge>
            <Badge tone=Tone::Accent>"3"</Badge>
            <Badge tone=Tone::Automatic icon=IconName::Bot>{t.gallery_automatic()}</Badge>
            <Counter count=12 />
            <Counter count=41 quiet=true />
            <Counter count=230 />
            {Tone::ALL.map(|tone| view! { <Dot tone=tone /> }).collect_view()}
            <Dot tone=Tone::Neutral hollow=true />
        </div>
        <div class="line">
            <Avatar name=t.gallery_person() size=AvatarSize::Large presence=Signal::stored(Presence::Active) />
            <Avatar name=t.gallery_person_2() presence=Signal::stored(Presence::Busy) />
            <Avatar name=t.gallery_person_3() presence=Signal::stored(Presence::Break) />
            <Avatar name="+7 913 455-09-17" presence=Signal::stored(Presence::Offline) />
            <Avatar name=t.gallery_firm() size=AvatarSize::Small labelled=true />
        </div>
    };
    group(t.gallery_badges(), content)
}

fn icons() -> AnyView {
    let t = use_texts();
    let one = |name: &IconName| view! { <div><Icon name=*name size=20 />{format!("{name:?}")}</div> };
    group(t.gallery_icons(), view! { <div class="gallery-icons">{IconName::ALL.iter().map(one).collect_view()}</div> })
}
