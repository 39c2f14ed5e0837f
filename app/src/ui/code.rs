//! Payloads: text as it is, and JSON laid out and coloured.

use super::copy::CopyButton;
use leptos::prelude::*;

/// Text in monospace with a copy button.
#[component]
pub fn Code(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="code">
            <pre tabindex="0" role="region" aria-label=label>
                <code>{move || text.get()}</code>
            </pre>
            <div class="code-copy"><CopyButton text=text /></div>
        </div>
    }
    .into_any()
}

/// JSON, indented; what is not JSON is shown as it is.
#[component]
pub fn Json(
    /// The text of the document.
    #[prop(into)]
    text: Signal<String>,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let pretty = Memo::new(move |_| {
        let text = text.get();
        match serde_json::from_str::<serde_json::Value>(&text) {
            Ok(value) => serde_json::to_string_pretty(&value).unwrap_or(text),
            Err(_) => text,
        }
    });
    let coloured = move || {
        pretty.with(|text| {
            pieces(text)
                .into_iter()
                .map(|(kind, piece)| match kind.class() {
                    Some(class) => view! { <span class=class>{piece.to_owned()}</span> }.into_any(),
                    None => piece.to_owned().into_any(),
                })
                .collect_view()
        })
    };
    view! {
        <div class="code json">
            <pre tabindex="0" role="region" aria-label=label>
                <code>{coloured}</code>
            </pre>
            <div class="code-copy"><CopyButton text=pretty /></div>
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Key,
    Text,
    Number,
    Word,
}

impl Kind {
    const fn class(self) -> Option<&'static str> {
        match self {
            Kind::Plain => None,
            Kind::Key => Some("json-key"),
            Kind::Text => Some("json-text"),
            Kind::Number => Some("json-number"),
            Kind::Word => Some("json-word"),
        }
    }
}

/// Cuts laid-out JSON into pieces of one kind each. Large documents stay one piece: colour is not worth thousands of nodes.
fn pieces(text: &str) -> Vec<(Kind, &str)> {
    if text.len() > 20_000 {
        return vec![(Kind::Plain, text)];
    }
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while at < bytes.len() {
        let (kind, end) = match bytes[at] {
            b'"' => {
                let end = end_of_string(bytes, at);
                (if bytes.get(end) == Some(&b':') { Kind::Key } else { Kind::Text }, end)
            }
            b'-' | b'0'..=b'9' => {
                (Kind::Number, end_while(bytes, at, |b| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')))
            }
            b'a'..=b'z' => (Kind::Word, end_while(bytes, at, |b| b.is_ascii_lowercase())),
            _ => {
                at += 1;
                continue;
            }
        };
        if plain < at {
            pieces.push((Kind::Plain, &text[plain..at]));
        }
        pieces.push((kind, &text[at..end]));
        (plain, at) = (end, end);
    }
    if plain < bytes.len() {
        pieces.push((Kind::Plain, &text[plain..]));
    }
    pieces
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn end_while(bytes: &[u8], start: usize, keep: impl Fn(u8) -> bool) -> usize {
    bytes[start..].iter().position(|b| !keep(*b)).map_or(bytes.len(), |n| start + n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_cut_by_kind() {
        let text = "{\n  \"имя\": \"А \\\" б\",\n  \"n\": -1.5,\n  \"ok\": true\n}";
        let pieces = pieces(text);
        assert_eq!(pieces.iter().map(|p| p.1).collect::<String>(), text);
        let coloured: Vec<_> = pieces.into_iter().filter(|p| p.0 != Kind::Plain).collect();
        assert_eq!(
            coloured,
            [
                (Kind::Key, "\"имя\""),
                (Kind::Text, "\"А \\\" б\""),
                (Kind::Key, "\"n\""),
                (Kind::Number, "-1.5"),
                (Kind::Key, "\"ok\""),
                (Kind::Word, "true"),
            ]
        );
    }

    #[test]
    fn broken_json_does_not_break_the_cutter() {
        for text in ["\"", "{\"a", "не JSON", "\"\\", "[1,"] {
            assert_eq!(pieces(text).iter().map(|p| p.1).collect::<String>(), text);
        }
    }
}
