//! All words of the interface: typed functions generated from `locales/{ru,en}/*.ftl`, checked at compile time.
//!
//! A text `orders-title = Заказы` is `texts.orders_title()`; `{ $count }` becomes an argument. Owns loading and the list
//! of languages; must not know pages, dates or numbers (that is `app::format`).

mod generated {
    #![allow(clippy::all, clippy::unwrap_used, dead_code, missing_docs)]
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

pub use fluent_typed::prelude::FluentNumber;
pub use generated::L10nLanguage;
use std::sync::OnceLock;

/// The texts of one language: one method per message.
pub type Texts = &'static L10nLanguage;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Русский.
    #[default]
    Ru,
    /// English.
    En,
}

impl Language {
    /// Every language, the default first.
    pub const ALL: [Language; 2] = [Language::Ru, Language::En];

    /// The code used in cookies, profiles and the `lang` attribute.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Ru => "ru",
            Language::En => "en",
        }
    }

    /// Reads a code or a language tag (`en`, `en-GB`, `ru_RU`).
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.split(['-', '_']).next()?.trim();
        Language::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// The first language of an `Accept-Language` header that Pult speaks, else Russian.
    pub fn negotiate(accept_language: &str) -> Language {
        accept_language
            .split(',')
            .filter_map(|item| {
                let mut parts = item.split(';');
                let language = Language::from_code(parts.next()?)?;
                let quality = parts.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
                (quality > 0.0).then_some((language, quality))
            })
            .fold(None, |best: Option<(Language, f32)>, next| match best {
                Some(best) if best.1 >= next.1 => Some(best),
                _ => Some(next),
            })
            .map_or(Language::default(), |(language, _)| language)
    }
}

/// The texts of a language, parsed once per process.
pub fn load(language: Language) -> Texts {
    static RU: OnceLock<L10nLanguage> = OnceLock::new();
    static EN: OnceLock<L10nLanguage> = OnceLock::new();
    match language {
        Language::Ru => RU.get_or_init(|| generated::L10n::Ru.load()),
        Language::En => EN.get_or_init(|| generated::L10n::En.load()),
    }
}

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
        assert_eq!(t.format_rows_selected(1.5, "1,5"), "Выбрано 1,5 строки");
        assert_eq!(t.format_rows_selected(1, "1"), "Выбрана 1 строка");
        assert_eq!(t.format_rows_selected(1004, "1 004"), "Выбраны 1 004 строки");
    }

    #[test]
    fn english_plurals() {
        let t = load(Language::En);
        assert_eq!(t.format_minutes_ago(1).replace('\u{a0}', " "), "1 minute ago");
        assert_eq!(t.format_minutes_ago(0).replace('\u{a0}', " "), "0 minutes ago");
    }

    #[test]
    fn values_are_not_wrapped_in_direction_marks() {
        let text = load(Language::Ru).error_too_long("120");
        assert!(text.contains("120") && !text.contains('\u{2068}'), "{text:?}");
    }

    #[test]
    fn language_is_negotiated() {
        assert_eq!(Language::negotiate("en-GB,en;q=0.9,ru;q=0.5"), Language::En);
        assert_eq!(Language::negotiate("de,ru-RU;q=0.7,en;q=0.3"), Language::Ru);
        assert_eq!(Language::negotiate(""), Language::Ru);
        assert_eq!(Language::negotiate("en;q=0"), Language::Ru);
        assert_eq!(Language::from_code("EN-us"), Some(Language::En));
    }
}
