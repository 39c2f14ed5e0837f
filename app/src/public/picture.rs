//! The picture of the product on the landing page: the chats screen in small, drawn with the real parts and styles.
//! Decorative: screen readers get one sentence instead.

use crate::format::use_format;
use crate::frame::Section;
use crate::i18n::use_texts;
use crate::pages::orders::{StatusBadge, number_text};
use crate::ui::{Avatar, AvatarSize, Icon, IconName};
use domain::orders::OrderStatus;
use leptos::prelude::*;

/// The chats screen in small.
#[component]
pub(super) fn Picture() -> impl IntoView {
    let t = use_texts();
    let sections = Section::WORK.into_iter().take(6).map(|section| {
        let current = section == Section::Chats;
        view! { <span class:current=current><Icon name=section.icon() size=14 /></span> }
    });
    let row = |name: String, line: String, age: &'static str, unread: &'static str, current: bool| {
        view! {
            <div class="picture-row" class:current=current>
                <Avatar name=name.clone() size=AvatarSize::Small />
                <div>
                    <p><b>{name}</b><small>{age}</small></p>
                    <p><span>{line}</span>{(!unread.is_empty()).then(|| view! { <i>{unread}</i> })}</p>
                </div>
            </div>
        }
    };
    view! {
        <div class="picture" role="img" aria-label=t.landing_picture()>
            <div class="picture-screen" aria-hidden="true">
                <div class="picture-rail">{sections.collect_view()}</div>
                <div class="picture-list">
                    <p class="picture-tabs"><b>{t.picture_unanswered()}</b><span>{t.picture_mine()}</span></p>
                    {row(t.picture_client_1(), t.picture_line_1(), "11:58", "3", true)}
                    {row(t.picture_client_2(), t.picture_line_2(), "11:54", "1", false)}
                    {row(t.picture_client_3(), t.picture_line_3(), "11:40", "1", false)}
                    {row(t.picture_client_4(), t.picture_line_4(), "11:31", "", false)}
                    {row(t.picture_client_5(), t.picture_line_5(), "10:20", "", false)}
                </div>
                <div class="picture-thread">
                    <header>
                        <Avatar name=t.picture_client_1() size=AvatarSize::Small />
                        <div><b>{t.picture_client_1()}</b><small>{t.picture_window()}</small></div>
                    </header>
                    <p class="picture-day">{t.picture_day()}</p>
                    <p class="picture-message">{t.picture_message_1()}<small>"11:52"</small></p>
                    <p class="picture-event">{t.picture_assigned()}</p>
                    <p class="picture-message ours">
                        {t.picture_message_2()}
                        <small>"11:53 " <Icon name=IconName::CheckCheck size=12 /> " " {t.picture_read()}</small>
                    </p>
                    <p class="picture-message">{t.picture_message_3()}<small>"11:58"</small></p>
                    <p class="picture-composer">{t.picture_composer()}<Icon name=IconName::Send size=14 /></p>
                </div>
                <div class="picture-card">
                    <Avatar name=t.picture_client_1() size=AvatarSize::Large />
                    <b>{t.picture_client_1()}</b>
                    <dl><dt>{t.picture_phone()}</dt><dd>"+7 913 000-18-55"</dd></dl>
                    <span class="picture-button">{t.picture_create()}</span>
                    <h3>{t.picture_orders()}</h3>
                    <div class="picture-order">
                        <p><b>{number_text(t, 988)}</b><StatusBadge status=OrderStatus::Ready /></p>
                        <small>{t.picture_order()} " · " {use_format().money(320_000, "RUB")}</small>
                    </div>
                </div>
            </div>
        </div>
    }
    .into_any()
}
