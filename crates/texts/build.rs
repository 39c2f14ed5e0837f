//! Turns `locales/{ru,en}/*.ftl` into typed functions and refuses to build when a key is missing in a language
//! or its variables differ. Russian is the source language.

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, try_build_from_locales_folder};
use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

const LOCALES: &str = "../../locales";
const LANGUAGES: [&str; 2] = ["ru", "en"];

fn main() {
    if let Err(problem) = generate() {
        eprintln!("{problem}");
        std::process::exit(1);
    }
}

fn generate() -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let generated = format!("{out}/texts.rs");
    let options = BuildOptions::default()
        .with_locales_folder(LOCALES)
        .with_default_language("ru")
        .with_output_file_path(&generated)
        .with_ftl_output(FtlOutputOptions::single_file(&format!("{out}/texts.ftl")))
        .with_prefix("")
        .with_lint_level(LintLevel::Deny)
        .without_bidi_isolation()
        .without_format();
    try_build_from_locales_folder(options).map_err(|e| e.to_string())?;
    let source = fs::read_to_string(&generated).map_err(|e| e.to_string())?;
    same_keys(&source)
}

/// The generator leaves a key out with a warning where the languages disagree; here that is an error.
fn same_keys(source: &str) -> Result<(), String> {
    let mut problems = Vec::new();
    let keys: Vec<BTreeSet<String>> = LANGUAGES.iter().map(|l| keys_of(&Path::new(LOCALES).join(l))).collect();
    for (a, b) in [(0, 1), (1, 0)] {
        for key in keys[a].difference(&keys[b]) {
            problems.push(format!("locales/{}: the text `{key}` of `{}` is missing", LANGUAGES[b], LANGUAGES[a]));
        }
    }
    for key in &keys[0] {
        let function = key.replace(['-', '.'], "_");
        if keys[1].contains(key)
            && !source.contains(&format!("pub fn {function}("))
            && !source.contains(&format!("pub fn {function}<"))
        {
            problems.push(format!("the text `{key}` has other variables in `en` than in `ru`"));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// Ids of messages and `message.attribute` in all files of a folder.
fn keys_of(folder: &Path) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    for file in files.map(|f| f.path()).filter(|p| p.extension().is_some_and(|e| e == "ftl")) {
        println!("cargo::rerun-if-changed={}", file.display());
        let mut message = String::new();
        for line in fs::read_to_string(&file).unwrap_or_default().lines() {
            let Some((left, _)) = line.split_once('=') else { continue };
            let id = left.trim_end();
            if id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.chars().all(is_id) {
                message = id.to_owned();
                keys.insert(message.clone());
            } else if let Some(attribute) = id.trim_start().strip_prefix('.')
                && attribute.chars().all(is_id)
            {
                keys.insert(format!("{message}.{attribute}"));
            }
        }
    }
    keys
}

fn is_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}
