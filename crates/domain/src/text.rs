//! Text tools for search and previews.

/// Folds for search: lower case, ё=е, white space collapsed. Databases fold only ASCII, so both sides are folded here.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = true;
    for c in text.chars() {
        // Most of what people write needs no look into the tables of Unicode.
        match c {
            'a'..='z' | 'а'..='я' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'А'..='Я' => out.extend(char::from_u32(c as u32 + ('а' as u32 - 'А' as u32))),
            'ё' | 'Ё' => out.push('е'),
            c if c.is_whitespace() => {
                if !space {
                    out.push(' ');
                }
                space = true;
                continue;
            }
            c => out.extend(c.to_lowercase()),
        }
        space = false;
    }
    out.truncate(out.trim_end().len());
    out
}

/// A `LIKE` pattern (escape character `\`) that finds the folded text anywhere.
pub fn like_pattern(query: &str) -> String {
    let escaped = fold(query).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// First line of a message for lists, at most `max` characters.
pub fn preview(text: &str, max: usize) -> String {
    if text.len() <= max && text.trim().len() == text.len() && !text.contains("  ") && !text.contains(odd_space) {
        return text.to_owned();
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max { line } else { line.chars().take(max.saturating_sub(1)).chain(['…']).collect() }
}

fn odd_space(c: char) -> bool {
    c != ' ' && c.is_whitespace()
}

/// A template's text with its values: `{{1}}`, `{{2}}` by number, named places in order of appearance. A place without a
/// value stays as it is.
pub fn fill_template(body: &str, params: &[String]) -> String {
    let mut out = String::with_capacity(body.len());
    let mut names: Vec<&str> = Vec::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((place, tail)) = after.split_once("}}") else { break };
        let place = place.trim();
        let index = match place.parse::<usize>() {
            Ok(number) => number.checked_sub(1),
            Err(_) => names.iter().position(|name| *name == place).or_else(|| {
                names.push(place);
                Some(names.len() - 1)
            }),
        };
        out.push_str(before);
        match index.and_then(|index| params.get(index)).filter(|value| !value.is_empty()) {
            Some(value) => out.push_str(value),
            None => out.extend(["{{", place, "}}"]),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Initials for an avatar: two letters of a name, or the last two digits of a phone.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().find(|c| c.is_alphanumeric()));
    let letters: String = words.by_ref().take(2).collect();
    letters.to_uppercase()
}

/// Whether this looks like an e-mail address that mail can be sent to.
pub fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    !user.is_empty()
        && text.len() <= 254
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, ',' | ';' | '<' | '>' | '"'))
        && !user.contains('@')
}

/// Longest tag, in characters.
pub const MOST_TAG: usize = 50;

/// A tag as it is kept: trimmed, one space between words, lower case; `None` when nothing is left or it is too long.
pub fn tag(text: &str) -> Option<String> {
    let tag = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let good = !tag.is_empty() && tag.chars().count() <= MOST_TAG && !tag.chars().any(char::is_control);
    good.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_finds_what_people_type() {
        assert_eq!(fold("  Ёлка\n ЗЕЛЁНАЯ "), "елка зеленая");
        assert_eq!(like_pattern("50%_"), "%50\\%\\_%");
        assert_eq!(initials("Анна Ковалёва"), "АК");
        assert_eq!(preview("а б\nв", 3), "а …");
        assert!(
            is_email("anna@sever.example") && !is_email("anna@sever") && !is_email("a b@c.de") && !is_email("@c.de")
        );
    }

    #[test]
    fn templates_are_filled_by_number_and_by_name() {
        let params = ["Анна".to_owned(), "42".to_owned()];
        assert_eq!(fill_template("{{1}}, заказ {{ 2 }} готов. {{1}}!", &params), "Анна, заказ 42 готов. Анна!");
        assert_eq!(fill_template("{{name}}: {{order}}, {{name}}", &params), "Анна: 42, Анна");
        assert_eq!(fill_template("{{3}} {{0}} {{", &params), "{{3}} {{0}} {{");
    }

    proptest! {
        #[test]
        fn folding_is_stable(text in "\\PC{0,64}") { let once = fold(&text); prop_assert_eq!(fold(&once), once); }
        #[test]
        fn preview_keeps_its_length(text in "\\PC{0,200}", max in 1usize..50) { prop_assert!(preview(&text, max).chars().count() <= max); }
    }
}
