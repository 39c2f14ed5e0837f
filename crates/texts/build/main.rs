//! Turns `locales/{ru,en}/*.ftl` into Rust functions and refuses to build when the languages disagree: a key or variable
//! missing in one, a wrong kind of variable, an unknown plural form.
//!
//! The texts are compiled, not interpreted: no parser or table of messages travels to the browser, and a text that no page
//! uses is left out by the linker.

mod catalogue;
mod generate;

use catalogue::{Catalogue, Problem};
use std::path::{Path, PathBuf};
use std::{env, fs};

const LOCALES: &str = "../../locales";
/// Codes of the languages as `Language::code` has them; the first is the source of names and kinds of variables.
const LANGUAGES: [(&str, &str); 2] = [("ru", "Ru"), ("en", "En")];

fn main() {
    println!("cargo::rerun-if-changed={LOCALES}");
    println!("cargo::rerun-if-changed=build");
    if let Err(problems) = build() {
        for problem in problems {
            eprintln!("{problem}");
        }
        std::process::exit(1);
    }
}

fn build() -> Result<(), Vec<Problem>> {
    let catalogues = LANGUAGES.map(|(code, _)| read(code));
    let mut problems: Vec<Problem> = catalogues.iter().flat_map(|c| c.problems.clone()).collect();
    let [source, other] = &catalogues;
    problems.extend(source.disagreements(other));
    if !problems.is_empty() {
        return Err(problems);
    }
    let rust = generate::functions(&LANGUAGES.map(|(_, variant)| variant), &catalogues);
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("texts.rs");
    fs::write(&target, rust).map_err(|error| vec![Problem::new(&target.display().to_string(), 0, error.to_string())])
}

fn read(code: &str) -> Catalogue {
    let folder = Path::new(LOCALES).join(code);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
        .collect();
    files.sort();
    let mut catalogue = Catalogue::new(code);
    for file in files {
        let name = format!("locales/{code}/{}", file.file_name().unwrap_or_default().to_string_lossy());
        match fs::read_to_string(&file) {
            Ok(text) => catalogue.add(&name, &text),
            Err(error) => catalogue.problems.push(Problem::new(&name, 0, error.to_string())),
        }
    }
    catalogue
}
