//! All words of the interface: one function per message of `locales/{ru,en}/*.ftl`, made and checked at compile time.
//!
//! A text `orders-title = Заказы` is `texts.orders_title()`; `{ $count }` becomes an argument, in order of its first
//! appearance in Russian. A variable is a number where it chooses plural forms or its comment says `(Number)`, else a text.
//! Numbers are written with grouped digits. Owns loading and the list of languages; must not know pages, dates or money.

#![allow(clippy::if_same_then_else, reason = "generated: plural forms of a text may read alike")]

mod language;
mod value;

pub use language::Language;
pub use value::{Number, Plural};

/// The texts of one language: one method per message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    language: Language,
}

/// The texts of a language.
pub const fn load(language: Language) -> Texts {
    Texts { language }
}

#[inline(never)]
fn text(literal: &str) -> String {
    literal.to_owned()
}

#[inline(never)]
fn add(out: &mut String, text: &str) {
    out.push_str(text);
}

/// A value inside «»: its own quotes become „“, so that «Сервис «Север»» reads «Сервис „Север“».
#[inline(never)]
fn add_quoted(out: &mut String, text: &str) {
    out.extend(text.chars().map(|sign| match sign {
        '«' => '„',
        '»' => '“',
        other => other,
    }));
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_plurals() {
        let t = load(Language::Ru);
        let cases = [
            (0, "0 минут назад"),
            (1, "1 минуту назад"),
            (2, "2 минуты назад"),
            (5, "5 минут назад"),
            (11, "11 минут назад"),
            (21, "21 минуту назад"),
            (22, "22 минуты назад"),
            (101, "101 минуту назад"),
            (111, "111 минут назад"),
        ];
        for (count, expected) in cases {
            assert_eq!(t.format_minutes_ago(count).replace('\u{a0}', " "), expected);
        }
        assert_eq!(t.format_rows_selected(1.5), "Выбрано 1,5 строки");
        assert_eq!(t.format_rows_selected(1), "Выбрана 1 строка");
        assert_eq!(t.format_rows_selected(1_004), "Выбраны 1\u{a0}004 строки");
    }

    #[test]
    fn english_plurals() {
        let t = load(Language::En);
        assert_eq!(t.format_minutes_ago(1).replace('\u{a0}', " "), "1 minute ago");
        assert_eq!(t.format_minutes_ago(0).replace('\u{a0}', " "), "0 minutes ago");
    }

    #[test]
    fn quotes_inside_quotes_are_the_inner_ones() {
        assert_eq!(load(Language::Ru).join_title("Сервис «Север»"), "Приглашение в «Сервис „Север“»");
        assert_eq!(load(Language::Ru).join_title("Север"), "Приглашение в «Север»");
    }

    #[test]
    fn values_stand_as_they_are() {
        assert_eq!(load(Language::Ru).error_too_long("120"), "Слишком длинно: не больше 120 знаков.");
    }
}
