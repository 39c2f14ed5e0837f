//! The languages Pult speaks, and how one is chosen.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_is_negotiated() {
        assert_eq!(Language::negotiate("en-GB,en;q=0.9,ru;q=0.5"), Language::En);
        assert_eq!(Language::negotiate("de,ru-RU;q=0.7,en;q=0.3"), Language::Ru);
        assert_eq!(Language::negotiate(""), Language::Ru);
        assert_eq!(Language::negotiate("en;q=0"), Language::Ru);
        assert_eq!(Language::from_code("EN-us"), Some(Language::En));
    }
}
