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
    let pretty = Memo::new(move |_| text.with(|text| lay_out(text).unwrap_or_else(|| text.clone())));
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
                <code>{move || coloured()}</code>
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

/// Indents JSON without reading its meaning: order, repeated keys and numbers stay as they came. `None` for what is
/// not JSON in its outline.
fn lay_out(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len() * 2);
    let mut open = Vec::new();
    let new_line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        match bytes[start] {
            b'"' => {
                at = end_of_string(bytes, start);
                out.push_str(&text[start..at]);
            }
            bracket @ (b'{' | b'[') => {
                let closing = bracket + 2;
                out.push(char::from(bracket));
                let next = end_while(bytes, at, |b| b.is_ascii_whitespace());
                if bytes.get(next) == Some(&closing) {
                    out.push(char::from(closing));
                    at = next + 1;
                } else {
                    open.push(closing);
                    new_line(&mut out, open.len());
                }
            }
            bracket @ (b'}' | b']') => {
                if open.pop() != Some(bracket) {
                    return None;
                }
                new_line(&mut out, open.len());
                out.push(char::from(bracket));
            }
            b',' => {
                out.push(',');
                new_line(&mut out, open.len());
            }
            b':' => out.push_str(": "),
            b if b.is_ascii_whitespace() => {}
            b if b.is_ascii() => out.push(char::from(b)),
            _ => return None,
        }
    }
    open.is_empty().then_some(out)
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
    fn json_is_laid_out_in_its_own_order() {
        let text = r#"{"б":[1.50,{}, [ ]],"a":{"x":"{,\"}"}}"#;
        let wanted = "{\n  \"б\": [\n    1.50,\n    {},\n    []\n  ],\n  \"a\": {\n    \"x\": \"{,\\\"}\"\n  }\n}";
        assert_eq!(lay_out(text).as_deref(), Some(wanted));
        for bad in ["", "не JSON", "{", "[1}", "{\"a\": ж}", "}{"] {
            assert_eq!(lay_out(bad), None, "{bad}");
        }
    }

    #[test]
    fn broken_json_does_not_break_the_cutter() {
        for text in ["\"", "{\"a", "не JSON", "\"\\", "[1,"] {
            assert_eq!(pieces(text).iter().map(|p| p.1).collect::<String>(), text);
        }
    }
}
