//! Numbers put into texts: how they are written, and the form of the word beside them.

use crate::Language;

/// CLDR plural categories of the languages Pult speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// 1, in Russian also 21, 101.
    One,
    /// Russian 2–4, 22–24.
    Few,
    /// Russian 0, 5–20, 25.
    Many,
    /// The rest: English plurals, Russian fractions.
    Other,
}

/// A number in a text: whole or with a fraction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Whole.
    Whole(i64),
    /// With a fraction.
    Fraction(f64),
}

impl Number {
    /// Which form of the word goes with it.
    pub fn plural(self, language: Language) -> Plural {
        let Number::Whole(n) = self else { return Plural::Other };
        let n = n.unsigned_abs();
        match language {
            Language::En if n == 1 => Plural::One,
            Language::En => Plural::Other,
            Language::Ru => match (n % 10, n % 100) {
                (1, rest) if rest != 11 => Plural::One,
                (2..=4, rest) if !(12..=14).contains(&rest) => Plural::Few,
                _ => Plural::Many,
            },
        }
    }

    /// Whether it is exactly that.
    pub fn is(self, other: f64) -> bool {
        match self {
            Number::Whole(n) => n as f64 == other,
            Number::Fraction(f) => f == other,
        }
    }

    /// Writes it as people do, with at most three digits after the comma: `1 286`, `1,5`; `1,286`, `1.5`.
    pub(crate) fn write(self, language: Language, out: &mut String) {
        let (separator, mark) = match language {
            Language::Ru => ('\u{a0}', ','),
            Language::En => (',', '.'),
        };
        // Fractions by thousandths: the library's way of writing them would travel to the browser with ten kilobytes.
        let (whole, thousandths) = match self {
            Number::Whole(n) => (n.unsigned_abs(), 0),
            Number::Fraction(f) => {
                let thousandths = (f.abs() * 1000.0).round() as u64;
                (thousandths / 1000, thousandths % 1000)
            }
        };
        let (whole, fraction) = (whole.to_string(), format!("{thousandths:03}"));
        let fraction = fraction.trim_end_matches('0');
        if matches!(self, Number::Whole(..0)) || matches!(self, Number::Fraction(f) if f < 0.0) {
            out.push('−');
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(mark);
            out.push_str(fraction);
        }
    }
}

macro_rules! whole {
    ($($type:ty),+) => { $(
        impl From<$type> for Number {
            fn from(value: $type) -> Self {
                Number::Whole(i64::try_from(value).unwrap_or(i64::MAX))
            }
        }
    )+ };
}
whole!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        // 2.0 is the number 2, not a fraction, also for its plural form.
        if value.fract() == 0.0 && value.abs() < 9e15 { Number::Whole(value as i64) } else { Number::Fraction(value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_plural_forms() {
        use Plural::{Few, Many, One, Other};
        let forms = [
            (0, Many),
            (1, One),
            (2, Few),
            (5, Many),
            (11, Many),
            (21, One),
            (22, Few),
            (101, One),
            (111, Many),
            (-1, One),
        ];
        for (n, form) in forms {
            assert_eq!(Number::from(n).plural(Language::Ru), form, "{n}");
        }
        assert_eq!(Number::from(1.5).plural(Language::Ru), Other);
        assert_eq!(Number::from(2.0).plural(Language::Ru), Few);
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let write = |number: Number, language| {
            let mut out = String::new();
            number.write(language, &mut out);
            out
        };
        assert_eq!(write(1_286.into(), Language::Ru), "1\u{a0}286");
        assert_eq!(write((-12_345_678).into(), Language::En), "−12,345,678");
        assert_eq!(write(1.5.into(), Language::Ru), "1,5");
        assert_eq!(write(i64::MIN.into(), Language::En), "−9,223,372,036,854,775,808");
    }
}
