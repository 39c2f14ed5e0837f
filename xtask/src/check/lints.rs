//! House rules no tool knows: texts live in `locales/`, a file says what it is for and stays readable.

use std::fs;

use anyhow::{Result, bail};

use crate::workspace::{Workspace, files_below};

/// Longer files hold two jobs.
const MOST_LINES: usize = 500;

/// The folders with our sources.
const SOURCES: [&str; 5] = ["app", "crates", "frontend", "server", "xtask"];

/// The gallery of building blocks shows samples; it is not in what people use.
const SAMPLES: &str = "app/src/pages/gallery/";

/// Goes through all sources and reports everything found.
pub fn check(workspace: &Workspace) -> Result<()> {
    let mut found = Vec::new();
    for folder in SOURCES {
        for name in files_below(&workspace.root.join(folder))? {
            if !name.ends_with(".rs") {
                continue;
            }
            let name = format!("{folder}/{name}");
            let text = fs::read_to_string(workspace.root.join(&name))?;
            shape(&name, &text, &mut found);
            if name.starts_with("app/src/") {
                interface(&name, &text, &mut found);
            }
        }
    }
    if !found.is_empty() {
        bail!("{} places\n  {}", found.len(), found.join("\n  "));
    }
    Ok(())
}

fn shape(name: &str, text: &str, found: &mut Vec<String>) {
    if !text.starts_with("//!") {
        found.push(format!("{name}: does not begin by saying what it is for (`//!`)"));
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        found.push(format!("{name}: {lines} lines, more than {MOST_LINES}; split it by job"));
    }
}

fn interface(name: &str, text: &str, found: &mut Vec<String>) {
    // Tests come last in a file; they may spell out what a reader sees.
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    if name.ends_with("tests.rs") || name.contains("/tests/") || name.starts_with(SAMPLES) {
        return;
    }
    for (line, literal) in literals(text) {
        if is_russian(&literal) {
            found.push(format!("{name}:{line}: a Russian text; it belongs into locales/: {literal:?}"));
        }
    }
    for (number, line) in text.lines().enumerate() {
        if line.contains("prop:href") {
            found.push(format!("{name}:{}: prop:href is empty until hydration; write href", number + 1));
        }
    }
}

/// A single letter is a key of the Russian keyboard, two are a text.
fn is_russian(literal: &str) -> bool {
    literal.chars().filter(|letter| matches!(letter, 'А'..='я' | 'ё' | 'Ё')).nth(1).is_some()
}

/// The string literals of Rust source with their lines; comments and characters are passed over.
fn literals(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    let line_of = |rest: &str| text[..text.len() - rest.len()].matches('\n').count() + 1;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if rest.starts_with("'\"'") {
            rest = &rest[3..];
        } else if let Some((literal, after)) = raw(rest) {
            found.push((line_of(rest), literal.to_owned()));
            rest = after;
        } else if first == '"' {
            let end = closing(&rest[1..]);
            found.push((line_of(rest), rest[1..=end].to_owned()));
            rest = rest.get(end + 2..).unwrap_or_default();
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

/// The length of what stands before the closing quote.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// A raw string at the beginning of `text`, and what follows it.
fn raw(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", &after[..hashes]);
    let end = body.find(&close)?;
    Some((&body[..end], &body[end + close.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_told_from_comments_and_characters() {
        let source = "// \"no\"\nlet a = \"one \\\" two\"; /* \"no\" */ let q = '\"';\nlet b = r#\"th\"ree\"#; \"\"";
        let found: Vec<_> = literals(source);
        assert_eq!(found, [(2, "one \\\" two".to_owned()), (3, "th\"ree".to_owned()), (3, String::new())]);
    }

    #[test]
    fn a_russian_text_in_a_page_is_reported_but_not_in_a_comment_or_a_test() {
        let mut found = Vec::new();
        interface(
            "app/src/pages/orders.rs",
            "//! Заказы\nview! { \"Заказы\" 'л' \"л\" }\n#[cfg(test)] \"Чаты\"",
            &mut found,
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("app/src/pages/orders.rs:2:"));
    }
}
