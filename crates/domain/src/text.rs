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

/// Keys of the Latin keyboard and the Russian letters on them, in lower case.
const LATIN_KEYS: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN_KEYS: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю";

/// Russian letters as they are written with Latin ones, longer first.
const LETTERS: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("yo", "ё"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ya", "я"),
    ("iy", "ий"),
    ("a", "а"),
    ("b", "б"),
    ("v", "в"),
    ("g", "г"),
    ("d", "д"),
    ("e", "е"),
    ("z", "з"),
    ("i", "и"),
    ("j", "й"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("f", "ф"),
    ("h", "х"),
    ("y", "ы"),
    ("w", "в"),
    ("c", "к"),
    ("x", "кс"),
    ("q", "к"),
];

fn on_keys(text: &str, from: &str, to: &str) -> String {
    let other = |c| from.chars().position(|key| key == c).and_then(|place| to.chars().nth(place)).unwrap_or(c);
    text.chars().map(other).collect()
}

fn in_russian(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match LETTERS.iter().find(|(latin, _)| rest.starts_with(latin)) {
            Some((latin, russian)) => {
                out.push_str(russian);
                rest = &rest[latin.len()..];
            }
            None => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// What somebody may have meant, folded, the likeliest first: as it stands, typed in the wrong keyboard layout (`pfrfp` for
/// «заказ»), written with Latin letters (`zakaz`).
pub fn readings(text: &str) -> Vec<String> {
    let typed = text.trim().to_lowercase();
    let mut readings = vec![fold(&typed)];
    let latin = typed.chars().any(|c| c.is_ascii_alphabetic());
    let others = match latin {
        true => vec![on_keys(&typed, LATIN_KEYS, RUSSIAN_KEYS), in_russian(&typed)],
        false => vec![on_keys(&typed, RUSSIAN_KEYS, LATIN_KEYS)],
    };
    for reading in others {
        let reading = fold(&reading);
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings.retain(|reading| !reading.is_empty());
    readings
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
    fn what_was_meant_is_among_the_readings() {
        let meant = |typed: &str, meant: &str| assert!(readings(typed).iter().any(|r| r == meant), "{typed}");
        meant("pfrfp", "заказ");
        meant("Zakaz", "заказ");
        meant("Ghbdtn", "привет");
        meant("Shcherbakov", "щербаков");
        meant("фттф", "anna");
        meant("Ёлкин", "елкин");
        assert_eq!(readings("  "), Vec::<String>::new());
        assert_eq!(readings("8 913")[0], "8 913");
    }

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
