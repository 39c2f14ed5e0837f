//! Rust source of the messages: one method per message, one arm per language.

use crate::catalogue::{Catalogue, Key, Kind, Part, Text};
use std::fmt::Write;

/// `impl Texts` with a method for every message. `variants` are the names of `Language`, in the order of `catalogues`.
pub fn functions<const N: usize>(variants: &[&str; N], catalogues: &[Catalogue; N]) -> String {
    let mut out = String::from("impl Texts {\n");
    for (key, source) in &catalogues[0].texts {
        let texts: Vec<&Text> = catalogues.iter().filter_map(|catalogue| catalogue.texts.get(key)).collect();
        function(&mut out, key, source, variants, &texts);
    }
    out.push_str("}\n");
    out
}

fn function(out: &mut String, key: &str, source: &Text, variants: &[&str], texts: &[&Text]) {
    let kinds: Vec<(String, Kind)> = source
        .variables
        .iter()
        .map(|(name, kind)| {
            // A language without plural forms may not show that a variable is a number; the other does.
            let seen = texts.iter().filter_map(|text| text.variables.iter().find(|v| v.0 == *name)?.1);
            (name.clone(), kind.or_else(|| seen.into_iter().next()).unwrap_or(Kind::Text))
        })
        .collect();
    for line in &source.comment {
        let _ = writeln!(out, "    /// {}", line.replace('[', "\\["));
    }
    if source.comment.is_empty() {
        let _ = writeln!(out, "    /// `{key}`.");
    }
    let arguments: String = kinds
        .iter()
        .map(|(name, kind)| {
            let kind = match kind {
                Kind::Text => "impl AsRef<str>",
                Kind::Number => "impl Into<Number>",
                Kind::Bool => "bool",
            };
            format!(", {}: {kind}", rust_name(name))
        })
        .collect();
    let _ = writeln!(out, "    pub fn {}(self{arguments}) -> String {{", rust_name(key));
    for (name, kind) in &kinds {
        let name = rust_name(name);
        let _ = match kind {
            Kind::Text => writeln!(out, "        let {name}: &str = {name}.as_ref();"),
            Kind::Number => writeln!(out, "        let {name}: Number = {name}.into();"),
            Kind::Bool => Ok(()),
        };
    }
    out.push_str("        match self.language {\n");
    for (variant, text) in variants.iter().zip(texts) {
        match text.parts.as_slice() {
            [] => {
                let _ = writeln!(out, "            Language::{variant} => String::new(),");
            }
            [Part::Literal(literal)] => {
                let _ = writeln!(out, "            Language::{variant} => text({literal:?}),");
            }
            parts => {
                let _ = writeln!(
                    out,
                    "            Language::{variant} => {{\n                let mut out = String::new();"
                );
                body(out, parts, &kinds, variant, 4);
                out.push_str("                out\n            }\n");
            }
        }
    }
    out.push_str("        }\n    }\n");
}

fn body(out: &mut String, parts: &[Part], kinds: &[(String, Kind)], language: &str, depth: usize) {
    let indent = "    ".repeat(depth);
    let kind_of = |name: &str| kinds.iter().find(|kind| kind.0 == name).map_or(Kind::Text, |kind| kind.1);
    let mut quoted = false;
    for part in parts {
        // What stands right behind an opening quote gets the inner ones of its language.
        let within = std::mem::replace(&mut quoted, matches!(part, Part::Literal(text) if text.ends_with('«')));
        let _ = match part {
            Part::Literal(text) => writeln!(out, "{indent}add(&mut out, {text:?});"),
            Part::Variable(name) => {
                let rust = rust_name(name);
                match kind_of(name) {
                    Kind::Text if within => writeln!(out, "{indent}add_quoted(&mut out, {rust});"),
                    Kind::Text => writeln!(out, "{indent}add(&mut out, {rust});"),
                    Kind::Number => writeln!(out, "{indent}{rust}.write(Language::{language}, &mut out);"),
                    Kind::Bool => {
                        writeln!(out, "{indent}add(&mut out, if {rust} {{ \"true\" }} else {{ \"false\" }});")
                    }
                }
            }
            Part::Choice { variable, arms, otherwise } => {
                choice(out, variable, arms, otherwise, kinds, language, depth);
                Ok(())
            }
        };
    }
}

fn choice(
    out: &mut String,
    variable: &str,
    arms: &[(Key, Vec<Part>)],
    otherwise: &[Part],
    kinds: &[(String, Kind)],
    language: &str,
    depth: usize,
) {
    let indent = "    ".repeat(depth);
    let rust = rust_name(variable);
    for (key, parts) in arms {
        let condition = match key {
            Key::Plural(form) => format!("{rust}.plural(Language::{language}) == Plural::{}", capital(form)),
            Key::Exactly(number) => format!("{rust}.is({number}f64)"),
            Key::Word(word) if kinds.iter().any(|kind| kind.0 == variable && kind.1 == Kind::Bool) => {
                if word == "true" { rust.clone() } else { format!("!{rust}") }
            }
            Key::Word(word) => format!("{rust} == {word:?}"),
        };
        let _ = writeln!(out, "{indent}if {condition} {{");
        body(out, parts, kinds, language, depth + 1);
        let _ = write!(out, "{indent}}} else ");
    }
    out.push_str(if arms.is_empty() { "" } else { "{\n" });
    body(out, otherwise, kinds, language, depth + 1);
    if !arms.is_empty() {
        let _ = writeln!(out, "{indent}}}");
    }
}

/// `orders-title` and `orders.title` → `orders_title`.
fn rust_name(key: &str) -> String {
    let name: String = key.chars().map(|c| if c == '-' || c == '.' { '_' } else { c.to_ascii_lowercase() }).collect();
    match name.as_str() {
        "type" | "for" | "in" | "as" | "move" | "use" | "where" | "match" | "ref" => format!("r#{name}"),
        _ => name,
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
