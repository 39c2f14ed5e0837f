//! Words, signs and colours of chats: status, channel, kinds of messages, one line for the list.

use crate::format::Format;
use crate::ui::{IconName, Tone};
use domain::chats::{Channel, ChatStatus, MessageKind, Sender};
use domain::views::ChatView;
use texts::Texts;

/// The word of a chat's status.
pub fn status_text(t: Texts, status: ChatStatus) -> String {
    match status {
        ChatStatus::Active => t.chats_status_active(),
        ChatStatus::Qualified => t.chats_status_qualified(),
        ChatStatus::Converted => t.chats_status_converted(),
        ChatStatus::Closed => t.chats_status_closed(),
    }
}

/// The proper name of a channel.
pub fn channel_text(t: Texts, channel: Channel) -> String {
    match channel {
        Channel::Whatsapp => t.chats_channel_whatsapp(),
    }
}

/// The sign of a channel.
pub const fn channel_icon(channel: Channel) -> IconName {
    match channel {
        Channel::Whatsapp => IconName::Phone,
    }
}

/// What a message without words is called.
pub fn kind_text(t: Texts, kind: MessageKind) -> String {
    match kind {
        MessageKind::Text => t.chats_kind_text(),
        MessageKind::Image => t.chats_kind_image(),
        MessageKind::Video => t.chats_kind_video(),
        MessageKind::Audio => t.chats_kind_audio(),
        MessageKind::Voice => t.chats_kind_voice(),
        MessageKind::Document => t.chats_kind_document(),
        MessageKind::Sticker => t.chats_kind_sticker(),
        MessageKind::Location => t.chats_kind_location(),
        MessageKind::Contacts => t.chats_kind_contacts(),
        MessageKind::Choice => t.chats_kind_choice(),
        MessageKind::Cart => t.chats_kind_cart(),
        MessageKind::Form => t.chats_kind_form(),
        MessageKind::Template => t.chats_kind_template(),
        MessageKind::Interactive => t.chats_kind_interactive(),
        MessageKind::Unsupported => t.chats_kind_unsupported(),
        MessageKind::Notice => t.chats_kind_notice(),
        MessageKind::Note => t.chats_note(),
    }
}

/// The sign of a kind; none for plain text.
pub const fn kind_icon(kind: MessageKind) -> Option<IconName> {
    Some(match kind {
        MessageKind::Image => IconName::Image,
        MessageKind::Video => IconName::Video,
        MessageKind::Audio | MessageKind::Voice => IconName::Voice,
        MessageKind::Document => IconName::File,
        MessageKind::Sticker => IconName::Smile,
        MessageKind::Location => IconName::Place,
        MessageKind::Contacts => IconName::User,
        MessageKind::Cart => IconName::Payment,
        MessageKind::Form => IconName::List,
        MessageKind::Template | MessageKind::Interactive => IconName::Note,
        MessageKind::Note => IconName::EyeOff,
        MessageKind::Choice | MessageKind::Text | MessageKind::Unsupported | MessageKind::Notice => return None,
    })
}

/// A message in one line: its words, or what it is.
pub fn summary(t: Texts, kind: MessageKind, text: &str) -> String {
    let worded =
        matches!(kind, MessageKind::Text | MessageKind::Choice | MessageKind::Template | MessageKind::Interactive);
    match (text.trim(), worded) {
        ("", _) => kind_text(t, kind),
        (text, true) => text.to_owned(),
        (text, false) => t.chats_kind_with_text(kind_text(t, kind), text),
    }
}

/// The second line of a chat in the list: who spoke last and what.
pub fn preview(t: Texts, chat: &ChatView) -> (Option<IconName>, String) {
    if chat.preview.is_empty() && chat.preview_kind == MessageKind::Text {
        return (None, t.chats_preview_empty());
    }
    let sign = match chat.preview_sender {
        Sender::Member => Some(IconName::Reply),
        Sender::Ai | Sender::System => Some(IconName::Bot),
        Sender::Customer => kind_icon(chat.preview_kind),
    };
    (sign, summary(t, chat.preview_kind, &chat.preview))
}

/// How long a customer waits, in one short figure, and how bad it is.
pub fn waiting(t: Texts, f: Format, since: i64, now: i64) -> (String, Tone) {
    const MINUTE: i64 = 60_000;
    let minutes = (now - since).max(0) / MINUTE;
    let text = match minutes {
        0..60 => t.format_unit_minutes(minutes.max(1).to_string()),
        60..2_880 => t.format_unit_hours((minutes / 60).to_string()),
        _ => t.format_unit_days(f.integer(minutes / 1_440)),
    };
    let tone = match minutes {
        ..15 => Tone::Neutral,
        15..60 => Tone::Warning,
        _ => Tone::Danger,
    };
    (text, tone)
}

/// The name to call a client by: the name, else the phone, else an honest nothing.
pub fn client_name(t: Texts, name: &str, phone: Option<&str>) -> String {
    match (name.trim(), phone) {
        ("", Some(phone)) => crate::format::phone(phone),
        ("", None) => t.chats_nameless(),
        (name, _) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Language;

    #[test]
    fn one_line_says_what_came() {
        let t = texts::load(Language::Ru);
        assert_eq!(summary(t, MessageKind::Image, ""), "Фото");
        assert_eq!(summary(t, MessageKind::Image, "шильдик"), "Фото: шильдик");
        assert_eq!(summary(t, MessageKind::Text, " да "), "да");
    }

    #[test]
    fn waiting_grows_worse() {
        let t = texts::load(Language::Ru);
        let f = Format::new(t, Language::Ru, 0);
        let hour = 3_600_000;
        assert_eq!(waiting(t, f, 0, 10_000), ("1\u{a0}мин".into(), Tone::Neutral));
        assert_eq!(waiting(t, f, 0, 22 * hour), ("22\u{a0}ч".into(), Tone::Danger));
        assert_eq!(waiting(t, f, 0, 72 * hour).0, "3\u{a0}дн.");
    }
}
