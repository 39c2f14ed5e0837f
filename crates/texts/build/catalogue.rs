//! The messages of one language, read from Fluent syntax and reduced to what can be compiled.

use fluent_syntax::ast::{self, Expression, InlineExpression, PatternElement, VariantKey};
use fluent_syntax::{parser, unicode};
use std::collections::BTreeMap;
use std::fmt;

/// Something to mend in a file.
#[derive(Clone, Debug)]
pub struct Problem {
    file: String,
    line: usize,
    text: String,
}

impl Problem {
    /// At a line of a file (0: the whole file).
    pub fn new(file: &str, line: usize, text: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, text: text.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// What a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// Chooses plural forms.
    Number,
    /// `true` or `false`.
    Bool,
}

/// A piece of a message.
#[derive(Clone, Debug)]
pub enum Part {
    /// As it stands.
    Literal(String),
    /// The value of a variable.
    Variable(String),
    /// One of several, by a variable.
    Choice { variable: String, arms: Vec<(Key, Vec<Part>)>, otherwise: Vec<Part> },
}

/// When an arm of a choice is taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// `one`, `few`, `many`, `two`, `zero`.
    Plural(String),
    /// Exactly this number.
    Exactly(String),
    /// Exactly this word.
    Word(String),
}

/// A message or an attribute of one.
#[derive(Clone, Debug)]
pub struct Text {
    /// Where it stands.
    pub place: (String, usize),
    /// Comment above it.
    pub comment: Vec<String>,
    /// Variables in order of first appearance, with the kind where it is known.
    pub variables: Vec<(String, Option<Kind>)>,
    /// The message.
    pub parts: Vec<Part>,
}

/// All messages of one language, by key (`message` or `message.attribute`).
pub struct Catalogue {
    code: String,
    /// The messages.
    pub texts: BTreeMap<String, Text>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Catalogue {
    /// Nothing yet.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), texts: BTreeMap::new(), problems: Vec::new() }
    }

    /// Reads one file.
    pub fn add(&mut self, file: &str, source: &str) {
        let line_of = |at: usize| source[..at.min(source.len())].matches('\n').count() + 1;
        let resource = match parser::parse(source) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    self.problems.push(Problem::new(file, line_of(error.pos.start), format!("{}", error.kind)));
                }
                resource
            }
        };
        for entry in &resource.body {
            match entry {
                ast::Entry::Message(message) => {
                    // The parser gives slices of the source, so their distance from its start is the place.
                    let line = line_of((message.id.name.as_ptr() as usize).saturating_sub(source.as_ptr() as usize));
                    self.message(file, line, message);
                }
                ast::Entry::Term(term) => {
                    self.problems.push(Problem::new(file, 0, format!("terms are not supported: -{}", term.id.name)));
                }
                _ => {}
            }
        }
    }

    fn message(&mut self, file: &str, line: usize, message: &ast::Message<&str>) {
        let comment: Vec<String> =
            message.comment.iter().flat_map(|comment| comment.content.iter().map(|line| (*line).to_owned())).collect();
        let mut patterns = Vec::new();
        if let Some(value) = &message.value {
            patterns.push((message.id.name.to_owned(), value));
        }
        for attribute in &message.attributes {
            patterns.push((format!("{}.{}", message.id.name, attribute.id.name), &attribute.value));
        }
        for (key, pattern) in patterns {
            let mut reading = Reading::default();
            let parts = reading.pattern(pattern);
            for (name, kind) in declared(&comment) {
                if let Some(variable) = reading.variables.iter_mut().find(|variable| variable.0 == name) {
                    match variable.1 {
                        Some(seen) if seen != kind => reading.errors.push(format!("${name} is used as another kind")),
                        _ => variable.1 = Some(kind),
                    }
                }
            }
            for error in reading.errors {
                self.problems.push(Problem::new(file, line, format!("{key}: {error}")));
            }
            let text =
                Text { place: (file.to_owned(), line), comment: comment.clone(), variables: reading.variables, parts };
            if let Some(first) = self.texts.insert(key.clone(), text) {
                let text = format!("{key} is also in {}:{}", first.place.0, first.place.1);
                self.problems.push(Problem::new(file, line, text));
            }
        }
    }

    /// What the other language lacks, has too much, or uses differently.
    pub fn disagreements(&self, other: &Catalogue) -> Vec<Problem> {
        let mut problems = Vec::new();
        let missing = |from: &Catalogue, to: &Catalogue, problems: &mut Vec<Problem>| {
            for (key, text) in from.texts.iter().filter(|(key, _)| !to.texts.contains_key(*key)) {
                problems.push(Problem::new(
                    &text.place.0,
                    text.place.1,
                    format!("{key} is missing in locales/{}", to.code),
                ));
            }
        };
        missing(self, other, &mut problems);
        missing(other, self, &mut problems);
        for (key, theirs) in &other.texts {
            let Some(ours) = self.texts.get(key) else { continue };
            let names = |text: &Text| {
                let mut names: Vec<String> = text.variables.iter().map(|variable| variable.0.clone()).collect();
                names.sort();
                names
            };
            let (a, b) = (names(ours), names(theirs));
            if a != b {
                let text = format!("{key} has variables {b:?}, but {a:?} in locales/{}", self.code);
                problems.push(Problem::new(&theirs.place.0, theirs.place.1, text));
            }
            for (name, kind) in &theirs.variables {
                let ours = ours.variables.iter().find(|variable| variable.0 == *name).and_then(|variable| variable.1);
                if kind.is_some() && ours.is_some() && *kind != ours {
                    let text = format!("{key}: ${name} is of another kind than in locales/{}", self.code);
                    problems.push(Problem::new(&theirs.place.0, theirs.place.1, text));
                }
            }
        }
        problems
    }
}

/// `# $name (String) – what it is` → name and kind.
fn declared(comment: &[String]) -> impl Iterator<Item = (&str, Kind)> {
    comment.iter().filter_map(|line| {
        let rest = line.trim_start().strip_prefix('$')?;
        let (name, rest) = rest.split_once([' ', '('])?;
        let kind = rest.trim_start().trim_start_matches('(').split(')').next()?;
        let kind = match kind {
            "String" => Kind::Text,
            "Number" => Kind::Number,
            "Bool" => Kind::Bool,
            _ => return None,
        };
        Some((name, kind))
    })
}

#[derive(Default)]
struct Reading {
    variables: Vec<(String, Option<Kind>)>,
    errors: Vec<String>,
}

impl Reading {
    fn uses(&mut self, name: &str, kind: Option<Kind>) {
        match self.variables.iter_mut().find(|variable| variable.0 == name) {
            None => self.variables.push((name.to_owned(), kind)),
            Some(variable) if variable.1.is_none() => variable.1 = kind,
            Some(variable) if kind.is_some() && variable.1 != kind => {
                self.errors.push(format!("${name} is used as two kinds"))
            }
            Some(_) => {}
        }
    }

    fn pattern(&mut self, pattern: &ast::Pattern<&str>) -> Vec<Part> {
        let mut parts = Vec::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => literal(&mut parts, value),
                PatternElement::Placeable { expression } => self.expression(expression, &mut parts),
            }
        }
        parts
    }

    fn expression(&mut self, expression: &Expression<&str>, parts: &mut Vec<Part>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, parts),
            Expression::Select { selector, variants } => self.choice(selector, variants, parts),
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>, parts: &mut Vec<Part>) {
        match inline {
            InlineExpression::StringLiteral { value } => literal(parts, &unicode::unescape_unicode_to_string(value)),
            InlineExpression::NumberLiteral { value } => literal(parts, value),
            InlineExpression::VariableReference { id } => {
                self.uses(id.name, None);
                parts.push(Part::Variable(id.name.to_owned()));
            }
            InlineExpression::Placeable { expression } => self.expression(expression, parts),
            _ => self.errors.push("only texts, variables and choices are supported inside braces".to_owned()),
        }
    }

    fn choice(&mut self, selector: &InlineExpression<&str>, variants: &[ast::Variant<&str>], parts: &mut Vec<Part>) {
        let InlineExpression::VariableReference { id } = selector else {
            self.errors.push("only a variable can choose".to_owned());
            return;
        };
        let words: Vec<&str> = variants
            .iter()
            .filter_map(|variant| match &variant.key {
                VariantKey::Identifier { name } => Some(*name),
                VariantKey::NumberLiteral { .. } => None,
            })
            .collect();
        let kind = if words.iter().all(|word| PLURALS.contains(word)) {
            Kind::Number
        } else if words.len() == variants.len() && words.iter().all(|word| matches!(*word, "true" | "false")) {
            Kind::Bool
        } else {
            Kind::Text
        };
        self.uses(id.name, Some(kind));
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        for variant in variants {
            let value = self.pattern(&variant.value);
            if variant.default {
                otherwise = value;
                continue;
            }
            let key = match &variant.key {
                VariantKey::NumberLiteral { value } => Key::Exactly((*value).to_owned()),
                VariantKey::Identifier { name } if kind == Kind::Number => Key::Plural((*name).to_owned()),
                VariantKey::Identifier { name } => Key::Word((*name).to_owned()),
            };
            arms.push((key, value));
        }
        // An exact number is more particular than a plural form, wherever it stands.
        arms.sort_by_key(|(key, _)| !matches!(key, Key::Exactly(_)));
        parts.push(Part::Choice { variable: id.name.to_owned(), arms, otherwise });
    }
}

/// Adds text, joined to text before it.
fn literal(parts: &mut Vec<Part>, text: &str) {
    if let Some(Part::Literal(before)) = parts.last_mut() {
        before.push_str(text);
    } else if !text.is_empty() {
        parts.push(Part::Literal(text.to_owned()));
    }
}
