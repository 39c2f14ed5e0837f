//! Files: upload before a send, and download of what a customer sent. The token goes only to hosts of Meta.

use super::calls::{get, graph};
use super::{errors, setting};
use crate::http::{Repeat, bad_request, call};
use crate::json::{Look, filled};
use crate::{Acted, Cx, Fail, FileBytes};
use base64::Engine;
use domain::chats::MessageKind;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::time::Duration;
use url::Url;

const MEGABYTE: usize = 1024 * 1024;
/// The largest file that exists here (documents).
const FILE_LIMIT: usize = 100 * MEGABYTE;
/// A file may take longer than an ordinary call.
const FILE_TIME: Duration = Duration::from_secs(120);

/// Uploads a file and gives its media id. Repeating it is harmless: an unused upload disappears after 30 days.
pub async fn upload(cx: &Cx<'_>, kind: MessageKind, file: &FileBytes) -> Result<String, Fail> {
    fits(kind, &file.mime, file.bytes.len())?;
    let part = reqwest::multipart::Part::stream(file.bytes.clone())
        .file_name(file.name.clone())
        .mime_str(&file.mime)
        .map_err(|_| bad_request("mime", format!("{:?} is no media type", file.mime)))?;
    let form = reqwest::multipart::Form::new()
        .text("messaging_product", "whatsapp")
        .text("type", file.mime.clone())
        .part("file", part);
    let url = graph(cx, &[setting(cx.settings, "phone_number_id"), "media"])?;
    let request = cx.http.post(url).bearer_auth(cx.settings.get("access_token")).multipart(form).timeout(FILE_TIME);
    let answer = call(request, Repeat::Harmless, crate::http::ANSWER_LIMIT).await?;
    let body = errors::read(&answer, cx, Repeat::Harmless)?;
    filled(&body.word("id")).ok_or_else(|| crate::http::unreadable(Repeat::Harmless, "no media id".into()))
}

/// Meta's limits per kind; what does not fit would be refused only after the message was accepted.
fn fits(kind: MessageKind, mime: &str, size: usize) -> Result<(), Fail> {
    let base = mime.split(';').next().unwrap_or_default().trim();
    let (types, limit): (&[&str], usize) = match kind {
        MessageKind::Image => (&["image/jpeg", "image/png"], 5 * MEGABYTE),
        MessageKind::Sticker => (&["image/webp"], 500 * 1024),
        MessageKind::Video => (&["video/mp4", "video/3gpp"], 16 * MEGABYTE),
        MessageKind::Audio | MessageKind::Voice => {
            (&["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], 16 * MEGABYTE)
        }
        _ => (&[], FILE_LIMIT),
    };
    if !types.is_empty() && !types.contains(&base) {
        return Err(bad_request("file_type", format!("{base} cannot be sent as {kind}")));
    }
    if size == 0 || size > limit {
        return Err(bad_request("file_size", format!("{size} bytes; allowed are 1 to {limit}")));
    }
    Ok(())
}

/// Downloads a customer's file: asks for its short-lived address, then fetches it and checks size and digest.
pub async fn download(cx: &Cx<'_>, id: &str) -> Result<Acted, Fail> {
    if id.is_empty() {
        return Err(bad_request("input", "id is missing"));
    }
    let number = setting(cx.settings, "phone_number_id");
    let facts = get(cx, &[id], &[("phone_number_id", number)]).await?;
    let url = Url::parse(facts.text("url")).map_err(|_| bad_request("media_url", "the address cannot be read"))?;
    if !trusted(&url, setting(cx.settings, "base_url")) {
        return Err(bad_request("media_host", "the address is not one of Meta's"));
    }
    let announced = facts.int("file_size").unwrap_or(0);
    if announced > FILE_LIMIT as i64 {
        return Err(bad_request("too_large", format!("{announced} bytes")));
    }
    let request = cx.http.get(url).bearer_auth(cx.settings.get("access_token")).timeout(FILE_TIME);
    let answer = call(request, Repeat::Harmless, FILE_LIMIT).await?;
    if !answer.good() {
        // An expired address is answered 404 or 410; the next attempt asks for a fresh one.
        return Err(match answer.status {
            404 | 410 => damaged("the address has expired"),
            _ => errors::read(&answer, cx, Repeat::Harmless).err().unwrap_or_else(|| damaged("no file")),
        });
    }
    if announced > 0 && announced != answer.body.len() as i64 {
        return Err(damaged("the size is not the announced one"));
    }
    if digest(facts.text("sha256")).is_some_and(|expected| expected != *Sha256::digest(&answer.body)) {
        return Err(damaged("the digest is not the announced one"));
    }
    let mime = filled(facts.text("mime_type")).unwrap_or(answer.mime);
    let json = json!({"id": id, "mime": mime, "size": answer.body.len()});
    Ok(Acted { json, file: Some(FileBytes { mime, name: String::new(), bytes: answer.body }) })
}

fn damaged(detail: &str) -> Fail {
    Fail::Transient { after_ms: None, code: "media".into(), detail: detail.into() }
}

/// Meta gives the digest in hexadecimal or base64; anything else cannot be compared.
fn digest(text: &str) -> Option<Vec<u8>> {
    let bytes = hex::decode(text).ok().or_else(|| base64::engine::general_purpose::STANDARD.decode(text).ok())?;
    (bytes.len() == 32).then_some(bytes)
}

/// Whether the token may be shown to this address: Meta's file hosts over TLS, or the very origin of `base_url`.
fn trusted(url: &Url, base_url: &str) -> bool {
    let meta = ["fbsbx.com", "fbcdn.net"];
    let host = url.host_str().unwrap_or_default();
    let of_meta = meta.iter().any(|name| host == *name || host.strip_suffix(name).is_some_and(|h| h.ends_with('.')));
    url.scheme() == "https" && of_meta
        || Url::parse(base_url).is_ok_and(|base| base.has_host() && base.origin() == url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_for_meta_only() {
        let ok = |url: &str| trusted(&Url::parse(url).expect("an address"), "http://127.0.0.1:9000");
        for good in ["https://lookaside.fbsbx.com/x", "https://scontent.xx.fbcdn.net/x", "http://127.0.0.1:9000/x"] {
            assert!(ok(good), "{good}");
        }
        for bad in [
            "http://lookaside.fbsbx.com/x",
            "https://evilfbsbx.com/x",
            "https://fbsbx.com.evil.example/x",
            "https://evil.example/?fbsbx.com",
            "http://127.0.0.1:9001/x",
            "https://fbsbx.com@evil.example/x",
            "file:///etc/passwd",
        ] {
            assert!(!ok(bad), "{bad}");
        }
    }

    #[test]
    fn limits_by_kind() {
        assert!(fits(MessageKind::Image, "image/jpeg", 5 * MEGABYTE).is_ok());
        assert!(fits(MessageKind::Image, "image/jpeg", 5 * MEGABYTE + 1).is_err());
        assert!(fits(MessageKind::Image, "image/gif", 10).is_err());
        assert!(fits(MessageKind::Voice, "audio/ogg; codecs=opus", 10).is_ok());
        assert!(fits(MessageKind::Document, "application/zip", FILE_LIMIT).is_ok());
        assert!(fits(MessageKind::Document, "application/zip", 0).is_err());
    }

    #[test]
    fn digests_in_both_spellings() {
        let bytes = [7u8; 32];
        assert_eq!(digest(&hex::encode(bytes)).as_deref(), Some(&bytes[..]));
        let text = base64::engine::general_purpose::STANDARD.encode(bytes);
        assert_eq!(digest(&text).as_deref(), Some(&bytes[..]));
        assert_eq!(digest(".."), None);
    }
}
