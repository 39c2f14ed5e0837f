//! A letter that wears the look of its organisation: the same words as text and as a page with logo and colour. Letters are
//! read on white, so the colour is only the ground of the button.

use domain::look::{ON_ACCENT, hex, is_readable, parse};
use domain::views::LookView;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, MultiPart, SinglePart};
use std::fmt::Write;

/// What a letter wears.
pub(super) struct Dress {
    pub look: LookView,
    /// PNG.
    pub logo: Option<Vec<u8>>,
}

const USUAL: &str = "#f0b04b";
const LOGO: &str = "logo";

impl Dress {
    /// Both forms of a letter.
    pub fn letter(self, text: &str) -> MultiPart {
        let page = SinglePart::builder().header(ContentType::TEXT_HTML).body(self.page(text));
        let mut page = MultiPart::related().singlepart(page);
        if let Some(logo) = self.logo {
            let kind = ContentType::parse("image/png").unwrap_or(ContentType::TEXT_PLAIN);
            page = page.singlepart(Attachment::new_inline(LOGO.to_owned()).body(logo, kind));
        }
        let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text.to_owned());
        MultiPart::alternative().singlepart(plain).multipart(page)
    }

    fn page(&self, text: &str) -> String {
        let accent = parse(&self.look.accent).filter(|accent| is_readable(*accent)).map_or(USUAL.to_owned(), hex);
        let name = escaped(&self.look.name);
        let logo = match self.logo {
            Some(_) => {
                format!("<img src=\"cid:{LOGO}\" alt=\"\" height=\"40\" style=\"display:block;margin:0 0 12px\">")
            }
            None => String::new(),
        };
        let mut body = String::new();
        for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
            let _ = write!(body, "<p style=\"margin:0 0 16px\">{}</p>", lines(part, &accent));
        }
        let sign = if self.look.white_label {
            ""
        } else {
            "<p style=\"margin:24px 0 0;color:#6b7280;font-size:13px\">Пульт</p>"
        };
        format!(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body style=\"margin:0;padding:24px;background:#f3f4f6;\
             color:#111827;font:16px/1.5 sans-serif\"><div style=\"max-width:560px;margin:0 auto;padding:28px;\
             background:#ffffff;border-radius:12px\">{logo}<p style=\"margin:0 0 20px;font-weight:bold\">{name}</p>{body}{sign}\
             </div></body></html>"
        )
    }
}

/// Lines of a paragraph; one that is an address becomes a button.
fn lines(part: &str, accent: &str) -> String {
    let line = |line: &str| {
        let address = line.starts_with("https://") || line.starts_with("http://");
        let line = escaped(line);
        if !address || line.contains(char::is_whitespace) {
            return line;
        }
        format!(
            "<a href=\"{line}\" style=\"display:inline-block;margin:8px 0;padding:10px 18px;border-radius:8px;\
             background:{accent};color:{};text-decoration:none;word-break:break-all\">{line}</a>",
            hex(ON_ACCENT)
        )
    };
    part.lines().map(line).collect::<Vec<_>>().join("<br>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
