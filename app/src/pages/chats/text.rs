//! Text of messages: addresses become links, `{name}` of canned replies is filled, `/` finds a canned reply.

use crate::ui::Link;
use leptos::prelude::*;

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Address(&'a str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = ["https://", "http://"].into_iter().filter_map(|scheme| rest.find(scheme)).min() {
        let tail = &rest[at..];
        let end =
            tail.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»')).unwrap_or(tail.len());
        let address = tail[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '…']);
        let host = address.split_once("://").map_or("", |(_, host)| host);
        if host.is_empty() {
            // A bare «http://» is words.
            let end = at + end;
            found.push(Piece::Words(&rest[..end]));
            rest = &rest[end..];
            continue;
        }
        if at > 0 {
            found.push(Piece::Words(&rest[..at]));
        }
        found.push(Piece::Address(address));
        rest = &tail[address.len()..];
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    found
}

/// A text as people wrote it, with its line breaks; addresses can be followed.
#[component]
pub(super) fn Linked(
    /// The text.
    text: String,
) -> impl IntoView {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Words(words) => words.to_owned().into_any(),
        Piece::Address(address) => {
            let shown = address.to_owned();
            view! { <Link href=address.to_owned() external=true>{shown}</Link> }.into_any()
        }
    };
    // `auto`: Arabic and Hebrew read from the right, whatever stands around them.
    view! { <p class="message-text" dir="auto">{pieces(&text).into_iter().map(piece).collect_view()}</p> }.into_any()
}

/// `{name}` replaced by the client's name; without a name the greeting closes up.
pub(super) fn fill_name(text: &str, name: &str) -> String {
    let name = name.trim();
    if !name.is_empty() {
        return text.replace("{name}", name);
    }
    [", {name}", "{name}, ", " {name}", "{name}"]
        .into_iter()
        .fold(text.to_owned(), |text, place| text.replace(place, ""))
}

/// What stands after a `/` at the caret: where it begins (bytes) and the letters typed so far.
/// `caret` counts UTF-16 units, as browsers do.
pub(super) fn slash(text: &str, caret: usize) -> Option<(usize, String)> {
    let before = &text[..byte_at(text, caret)];
    let start = before.rfind('/')?;
    let alone = before[..start].chars().next_back().is_none_or(char::is_whitespace);
    let typed = &before[start + 1..];
    (alone && !typed.contains(char::is_whitespace) && typed.chars().count() <= 30).then(|| (start, typed.to_owned()))
}

/// The byte where a UTF-16 offset falls.
pub(super) fn byte_at(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += c.len_utf16();
    }
    text.len()
}

/// The UTF-16 offset of a byte.
pub(super) fn units_at(text: &str, byte: usize) -> u32 {
    let units = text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, c)| c.len_utf16()).sum::<usize>();
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_without_their_full_stop() {
        assert_eq!(
            pieces("см. https://a.example/x?y=1, и «http://b.example»."),
            [
                Piece::Words("см. "),
                Piece::Address("https://a.example/x?y=1"),
                Piece::Words(", и «"),
                Piece::Address("http://b.example"),
                Piece::Words("»."),
            ]
        );
        assert_eq!(pieces("http:// и всё"), [Piece::Words("http://"), Piece::Words(" и всё")]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn greetings_work_with_and_without_a_name() {
        assert_eq!(fill_name("Здравствуйте, {name}!", "Анна"), "Здравствуйте, Анна!");
        assert_eq!(fill_name("Здравствуйте, {name}!", " "), "Здравствуйте!");
        assert_eq!(fill_name("{name}, заказ готов", ""), "заказ готов");
    }

    #[test]
    fn a_slash_counts_at_the_start_of_a_word() {
        assert_eq!(slash("/при", 4), Some((0, "при".into())));
        assert_eq!(slash("Да /", 4), Some((5, String::new())));
        assert_eq!(slash("и/или", 5), None);
        assert_eq!(slash("/при вет", 8), None);
        assert_eq!(slash("🙂 /п", 5), Some((5, "п".into())));
        assert_eq!(units_at("🙂 /п", 5), 3);
    }
}
