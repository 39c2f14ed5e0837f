//! Words as they are searched for: folded, cut to their stem by the rules of their language, phones by their last ten digits.

use domain::text::fold;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use std::ops::Range;
use store::search::Wanted;

/// Words of one message that are kept, and letters of one word.
const MOST_WORDS: usize = 500;
const MOST_LETTERS: usize = 40;
/// Digits that tell a phone, whatever stands before them.
const PHONE: usize = 10;
/// Characters shown before what was found, and altogether.
const BEFORE: usize = 40;
const SHOWN: usize = 160;

/// A word with its place in the text, in bytes.
struct Word {
    place: Range<usize>,
    folded: String,
}

fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let folded: String =
                    fold(&text[from..at]).chars().filter(|c| c.is_alphanumeric()).take(MOST_LETTERS).collect();
                if !folded.is_empty() {
                    found.push(Word { place: from..at, folded });
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The last ten digits of every phone, however it is written.
fn phones(text: &str) -> Vec<String> {
    let written = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '+' | '\u{a0}');
    let runs = text.split(|c| !written(c)).map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>());
    runs.filter(|digits| (PHONE..=15).contains(&digits.len())).map(|d| d[d.len() - PHONE..].to_owned()).collect()
}

/// Endings of cases, longer ones first.
const CASES: [&str; 31] = [
    "ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "ах", "ях", "ов", "ев", "ей", "ой", "ый", "ий", "ая", "яя",
    "ое", "ее", "ые", "ие", "ом", "ем", "ам", "ям", "ую", "ы", "и", "а", "у",
];
/// Letters of a word that are left at least.
const LEAST: usize = 4;

/// What stands for a word in all its forms. The stemmer takes some nouns for verbs («замена» becomes «зам», «замену» becomes
/// «замен»), so a word is also kept without the ending of its case.
fn stems(word: &str) -> Vec<String> {
    let algorithm = match word.chars().next() {
        Some('а'..='я') => Algorithm::Russian,
        Some('a'..='z') => Algorithm::English,
        _ => return vec![word.to_owned()],
    };
    let mut stems = vec![Stemmer::create(algorithm).stem(word).into_owned()];
    let bare = CASES.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    if bare.chars().count() >= LEAST && stems[0] != bare {
        stems.push(bare.to_owned());
    }
    stems
}

/// The words of a message, parted by spaces.
pub fn of(text: &str, file: Option<&str>) -> String {
    let mut kept = BTreeSet::new();
    for text in [Some(text), file].into_iter().flatten() {
        kept.extend(words(text).into_iter().take(MOST_WORDS).flat_map(|word| stems(&word.folded)));
        kept.extend(phones(text));
    }
    kept.into_iter().collect::<Vec<_>>().join(" ")
}

/// What somebody looks for.
pub struct Asked {
    wanted: Wanted,
}

impl Asked {
    /// Reads a folded question; `None` without a word in it. The last word may be unfinished.
    pub fn of(text: &str) -> Option<Self> {
        let phones = phones(text);
        let mut asked: Vec<_> = phones.into_iter().map(|phone| (vec![phone], None)).collect();
        if asked.is_empty() {
            let words = words(text);
            let last = words.len().saturating_sub(1);
            asked = words
                .into_iter()
                .enumerate()
                .map(|(place, word)| (stems(&word.folded), (place == last).then_some(word.folded)))
                .collect();
        }
        (!asked.is_empty()).then_some(Self { wanted: Wanted { words: asked } })
    }
    /// For the database.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }
    /// The part of a text in which it was found, and what to mark there: begin and end in characters.
    pub fn shown(&self, text: &str) -> (String, Vec<(usize, usize)>) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let found: Vec<Range<usize>> =
            words(&text).into_iter().filter(|word| self.is_wanted(word)).map(|word| word.place).collect();
        let chars = |bytes: usize| text[..bytes].chars().count();
        let first = found.first().map_or(0, |place| chars(place.start));
        let cut = first.saturating_sub(BEFORE);
        let shown: String = text.chars().skip(cut).take(SHOWN).collect();
        let (head, tail) = (cut > 0, text.chars().count() > cut + SHOWN);
        let shown = format!("{}{shown}{}", if head { "…" } else { "" }, if tail { "…" } else { "" });
        let place = |place: &Range<usize>| {
            let (from, to) = (chars(place.start), chars(place.end));
            (from >= cut && to <= cut + SHOWN).then(|| (from - cut + usize::from(head), to - cut + usize::from(head)))
        };
        (shown, found.iter().filter_map(place).collect())
    }

    fn is_wanted(&self, word: &Word) -> bool {
        let stems = stems(&word.folded);
        self.wanted.words.iter().any(|(words, begins)| {
            let begins = |stem: &String| begins.as_ref().is_some_and(|begins| stem.starts_with(begins.as_str()));
            stems.iter().any(|stem| words.contains(stem) || begins(stem))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_meet_in_any_form() {
        let kept = of("Ваши ЗАКАЗЫ доставим на Ёлочную, 5; звоните 8 (913) 204-18-55", Some("счёт_42.pdf"));
        let has = |word: &str| kept.split(' ').any(|kept| kept == word);
        assert!(has("заказ") && has("елочн") && has("9132041855") && has("42") && has("pdf"), "{kept}");
        let asked = Asked::of("заказа").unwrap();
        assert_eq!(asked.wanted().words, [(vec!["заказ".to_owned()], Some("заказа".to_owned()))]);
        let forms = ["замена", "замену", "замены", "заменой", "замене"].map(stems);
        assert!(forms.iter().all(|form| form.contains(&"замен".to_owned())), "{forms:?}");
        assert_eq!(Asked::of("+7 913 204-18-55").unwrap().wanted().words, [(vec!["9132041855".to_owned()], None)]);
        assert!(Asked::of(" … !").is_none());
    }

    #[test]
    fn what_was_found_is_shown_and_marked() {
        let asked = Asked::of("компрессор").unwrap();
        let (text, marks) = asked.shown("Нужна замена компрессора");
        assert_eq!((text.as_str(), marks.as_slice()), ("Нужна замена компрессора", [(13, 24)].as_slice()));
        let long = format!("{} компрессоры {}", "слово ".repeat(50), "ещё ".repeat(80));
        let (text, marks) = asked.shown(&long);
        let (from, to) = marks[0];
        assert_eq!(text.chars().skip(from).take(to - from).collect::<String>(), "компрессоры");
        assert!(text.starts_with('…') && text.ends_with('…') && text.chars().count() <= SHOWN + 2);
    }

    proptest! {
        #[test]
        fn marks_lie_within_the_text(text in "\\PC{0,300}", asked in "\\PC{1,20}") {
            if let Some(asked) = Asked::of(&fold(&asked)) {
                let (shown, marks) = asked.shown(&text);
                let length = shown.chars().count();
                prop_assert!(marks.iter().all(|(from, to)| from < to && *to <= length));
            }
        }
        #[test]
        fn a_message_is_found_by_each_of_its_words(text in "[а-яё ]{1,60}") {
            let kept = of(&text, None);
            for word in text.split(' ').filter(|word| !word.is_empty()) {
                let asked = Asked::of(&fold(word)).unwrap();
                prop_assert!(kept.split(' ').any(|kept| asked.wanted().words[0].0.iter().any(|w| w == kept)), "{} in {}", word, kept);
            }
        }
    }
}
