//! The built-in notice to the customer when an order reaches a status (ORD-6): a text while the window is open, else the
//! organisation's template. It becomes a starter rule once rules exist.

use crate::chats::outgoing::{self, Draft, Otherwise};
use crate::{ErrorCode, Result, Work};
use domain::money::decimals;
use domain::orders::OrderStatus;
use domain::views::OrderNotice;
use serde_json::json;
use store::orders::OrderRow;
use texts::{Language, Texts};

/// Tells the customer, if the organisation wants it told and there is a chat to tell it in. A notice that cannot go is a
/// line in the journal; it never keeps an order from moving.
pub async fn tell(work: &mut Work, order: &OrderRow, settings: &OrderNotice) -> Result<()> {
    if !settings.enabled || !settings.statuses.contains(&order.status) {
        return Ok(());
    }
    let chat = match order.chat_id {
        Some(chat) => Some(chat),
        None => store::chats::latest_of_contact(&mut work.tx, work.organisation, order.contact_id).await?,
    };
    let Some(chat) = chat else {
        return work.journal("notice_no_channel", "order", order.id, json!({"number": order.number})).await;
    };
    let contact =
        store::contacts::row(&mut work.tx, work.organisation, order.contact_id).await?.ok_or(ErrorCode::NotFound)?;
    let name = if contact.name.is_empty() { texts::load(Language::Ru).order_notice_client() } else { contact.name };
    let status = status_word(texts::load(Language::Ru), order.status);
    let open = outgoing::window_open(work, chat).await?;
    if !open && settings.template.is_empty() {
        let args = json!({"number": order.number, "status": order.status, "code": ErrorCode::WindowClosed});
        return work.journal_at("warning", "notice_failed", "order", order.id, args).await;
    }
    let params = vec![name.clone(), order.number.to_string(), status.clone()];
    let args = json!({"number": order.number, "status": order.status, "chat_id": chat});
    let (draft, otherwise) = if open {
        let total = amount(order.total_minor, &order.currency);
        let text = settings.text.replace("{name}", &name).replace("{number}", &order.number.to_string());
        // The provider may know better than our clock that the window has closed.
        let otherwise = (!settings.template.is_empty()).then(|| Otherwise {
            template: settings.template.clone(),
            language: settings.template_language.clone(),
            params,
            about: ("order".into(), order.id.to_string()),
            args: args.clone(),
        });
        (Draft::text(text.replace("{status}", &status).replace("{total}", &total)), otherwise)
    } else {
        let (name, language) = (settings.template.clone(), settings.template_language.clone());
        (Draft::Template { name, language, params }, None)
    };
    match outgoing::enqueue(work, chat, draft, otherwise).await {
        Ok(message) => {
            let mut args = args;
            args["message_id"] = json!(message);
            work.journal("notice_sent", "order", order.id, args).await
        }
        Err(crate::Error::Api(error)) => {
            let args = json!({"number": order.number, "status": order.status, "code": error.code});
            work.journal_at("warning", "notice_failed", "order", order.id, args).await
        }
        Err(error) => Err(error),
    }
}

/// The status as the customer reads it.
fn status_word(t: Texts, status: OrderStatus) -> String {
    match status {
        OrderStatus::New => t.order_told_new(),
        OrderStatus::Assigned => t.order_told_assigned(),
        OrderStatus::InProgress => t.order_told_in_progress(),
        OrderStatus::Ready => t.order_told_ready(),
        OrderStatus::Delivered => t.order_told_delivered(),
        OrderStatus::Cancelled => t.order_told_cancelled(),
    }
}

/// `3200,00 RUB` for messages, where typography of pages does not reach.
fn amount(minor: i64, currency: &str) -> String {
    let places = decimals(currency);
    let unit = 10_i64.pow(places);
    let sign = if currency == "RUB" { "₽" } else { currency };
    if places == 0 || minor % unit == 0 {
        return format!("{} {sign}", minor / unit);
    }
    format!("{},{:0width$} {sign}", minor / unit, (minor % unit).abs(), width = places as usize)
}
