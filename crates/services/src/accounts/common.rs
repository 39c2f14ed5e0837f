//! Passwords that are tried first: the most frequent ones of leaks (`common_passwords.txt`: those of ten characters and more,
//! most frequent first, of the ten million Mark Burnett gave to the public), keyboard walks, repeats, and words everybody
//! takes with a number behind them. Whatever was typed with the other keyboard switched on counts the same.

use std::collections::HashSet;
use std::sync::LazyLock;

static FREQUENT: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Words that are no secret, whatever numbers and signs stand around them.
const WORDS: &[&str] = &[
    "пароль",
    "парольпароль",
    "мойпароль",
    "новыйпароль",
    "секрет",
    "привет",
    "приветик",
    "здравствуй",
    "любовь",
    "любовьмоя",
    "люблю",
    "солнышко",
    "солнце",
    "зайчик",
    "котенок",
    "ангел",
    "россия",
    "москва",
    "спартак",
    "зенит",
    "компьютер",
    "интернет",
    "администратор",
    "админ",
    "директор",
    "менеджер",
    "пользователь",
    "сотрудник",
    "наташа",
    "марина",
    "настя",
    "анастасия",
    "александр",
    "александра",
    "алексей",
    "андрей",
    "дмитрий",
    "екатерина",
    "максим",
    "сергей",
    "татьяна",
    "виктория",
    "владимир",
    "никита",
    "йцукен",
    "фывапролдж",
    "пультпульт",
    "password",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "parol",
    "privet",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "admin",
    "administrator",
    "root",
    "user",
    "welcome",
    "letmein",
    "iloveyou",
    "login",
    "master",
    "secret",
    "changeme",
    "default",
    "moscow",
    "russia",
    "natasha",
    "sergey",
    "andrey",
    "alexander",
    "pult",
];

const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";
const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
/// Keys beside and below each other.
const ROWS: [&str; 4] = ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"];
/// A short piece repeated is as long as the piece.
const LONGEST_PIECE: usize = 6;

static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| WORDS.iter().map(|word| keys(word)).collect());

/// The keys under a text, whichever language the keyboard writes.
fn keys(text: &str) -> String {
    let key = |c: char| RUSSIAN.chars().zip(LATIN.chars()).find_map(|(russian, latin)| (russian == c).then_some(latin));
    text.chars().map(|c| key(c).unwrap_or(c)).collect()
}

/// Whether a password is one of those that are tried first.
pub(super) fn is_common(password: &str) -> bool {
    let lower = password.trim().to_lowercase();
    let keys_of_all = keys(&lower);
    let bare = lower.trim_matches(|c: char| !c.is_alphabetic());
    FREQUENT.contains(lower.as_str())
        || FREQUENT.contains(keys_of_all.as_str())
        || KNOWN.contains(&keys(bare))
        || repeats(&lower)
        || walks(&keys_of_all)
}

/// A piece, again and again.
fn repeats(text: &str) -> bool {
    let all: Vec<char> = text.chars().collect();
    (1..=LONGEST_PIECE).any(|piece| all.len() >= 2 * piece && (piece..all.len()).all(|at| all[at] == all[at - piece]))
}

/// A finger that goes along the keys: nearly every key is the one before, or beside, above or below it, or the next in the
/// alphabet.
fn walks(keys: &str) -> bool {
    let place = |key: char| {
        ROWS.iter()
            .enumerate()
            .find_map(|(row, keys)| Some((row as i32, keys.chars().position(|known| known == key)? as i32)))
    };
    let all: Vec<char> = keys.chars().collect();
    let near = |pair: &&[char]| {
        let next = (i64::from(u32::from(pair[0])) - i64::from(u32::from(pair[1]))).abs() <= 1;
        next || match (place(pair[0]), place(pair[1])) {
            (Some((row, at)), Some((other_row, other_at))) => {
                (row == other_row && (at - other_at).abs() == 1) || ((row - other_row).abs() == 1 && at == other_at)
            }
            _ => false,
        }
    };
    let pairs = all.len().saturating_sub(1);
    let breaks = pairs - all.windows(2).filter(near).count();
    pairs > 0 && breaks <= all.len() / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_common_passwords_are_refused_in_both_languages() {
        let long = FREQUENT.iter().filter(|word| word.chars().count() >= 10 && is_common(word)).count();
        assert!(long >= 3_000, "{long}");
        for common in [
            "йцукенгшщз",
            "йцукенгшщзхъ",
            "ячсмитьбюё",
            "йфяцычувскам",
            "Пароль1234",
            "пароль!2024",
            "gfhjkm12345",
            "123парольпароль",
            "Солнышко88",
            "Наташа1987!",
            "зфыыцщкв12",
            "Password123",
            "P@ssw0rd2024",
            "qwertyuiop[]",
            "1qaz2wsx3edc",
            "9876543210",
            "абвабвабвабв",
            "1212121212",
            "Manchester",
            "administrator",
            "пультпульт",
        ] {
            assert!(is_common(common), "{common}");
        }
    }

    #[test]
    fn what_somebody_thought_of_is_left_alone() {
        for good in [
            "зелёный слон 7",
            "холодный-чай-42",
            "тёплый-дождь-17",
            "новый пароль 77",
            "pult-demo-2026",
            "correct horse battery staple",
            "канарейка-пароль 77",
            "парольный центнер",
            "Ж4-ветер-окно",
            "assessment of rain",
        ] {
            assert!(!is_common(good), "{good}");
        }
    }
}
