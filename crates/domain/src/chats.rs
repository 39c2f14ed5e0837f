//! Chats: status, who speaks, and the channel's reply window.

crate::macros::text_enum! {
    /// Status of a chat.
    pub enum ChatStatus {
        Active = "active",
        Qualified = "qualified",
        Converted = "converted",
        Closed = "closed",
    }
}

crate::macros::text_enum! {
    /// Messenger or other way a chat came in.
    pub enum Channel {
        Whatsapp = "whatsapp",
    }
}

crate::macros::text_enum! {
    /// Who wrote a message.
    pub enum Sender {
        Customer = "customer",
        Member = "member",
        Ai = "ai",
        /// Pult itself: notices, assignments, closing.
        System = "system",
    }
}

crate::macros::text_enum! {
    /// What a message is, across channels.
    pub enum MessageKind {
        Text = "text",
        Image = "image",
        Video = "video",
        Audio = "audio",
        Voice = "voice",
        Document = "document",
        Sticker = "sticker",
        Location = "location",
        Contacts = "contacts",
        /// The customer pressed a button or chose from a list.
        Choice = "choice",
        /// A cart or a filled form.
        Cart = "cart",
        Form = "form",
        Template = "template",
        Interactive = "interactive",
        /// The provider could not show it to us either.
        Unsupported = "unsupported",
        /// A system line; `text` is a code with arguments in `meta`.
        Notice = "notice",
        /// Of members for members: the client never sees it.
        Note = "note",
    }
}

/// Hours a WhatsApp window stays open after the customer's last message.
pub const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;
/// Safety margin before the window's end: the provider's clock decides, not ours.
pub const WINDOW_MARGIN_MS: i64 = 2 * 60 * 1000;

/// Until when free-form messages may be sent, given the customer's last message; `None` for channels without a window.
pub fn window_until(channel: Channel, last_inbound_ms: Option<i64>) -> Option<i64> {
    match channel {
        Channel::Whatsapp => Some(last_inbound_ms.map_or(0, |at| at + WINDOW_MS - WINDOW_MARGIN_MS)),
    }
}

/// Whether a free-form message may go out now.
pub fn window_open(window_until: Option<i64>, now_ms: i64) -> bool {
    window_until.is_none_or(|until| now_ms < until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_closes_before_the_provider_says_so() {
        let until = window_until(Channel::Whatsapp, Some(1_000));
        assert!(window_open(until, 1_000 + WINDOW_MS - WINDOW_MARGIN_MS - 1));
        assert!(!window_open(until, 1_000 + WINDOW_MS - WINDOW_MARGIN_MS));
        assert!(!window_open(window_until(Channel::Whatsapp, None), 0));
    }
}
