//! Number formats: the code of a format and a stored number go in, what the cell shows and the
//! number in the unit shown come out. Never shows a number in a unit that nothing names.

use super::date::{self, DateParts};
use super::fault::Fault;
use super::number::{plain, rounded};
use crate::figures::grid::Held;
use crate::number::Exact;

mod scan;

/// A format of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberFormat {
    code: String,
    sections: Vec<Section>,
}

/// What a section makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// As many digits as there are, with texts around them or none.
    General,
    /// Digits to a fixed place.
    Fixed,
    /// A mantissa and an exponent.
    Scientific,
    /// A date, a time or both.
    Date(DateParts),
    /// Texts alone.
    Words,
}

/// When a section is for a number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition {
    word: String,
    limit: Exact,
}

/// One part of a format, for some numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    kind: Kind,
    condition: Option<Condition>,
    before: String,
    after: String,
    /// Digits after the point, and how many of them are left out where they are zero.
    decimals: u32,
    optional: u32,
    /// Digits before the point at the least.
    whole: usize,
    is_grouped: bool,
    hundreds: u32,
    thousands: u32,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) held: Option<Held>,
    /// The number shown is another than the one held.
    pub(super) differs: bool,
}

impl Condition {
    fn holds(&self, value: &Exact) -> bool {
        match self.word.as_str() {
            "<" => *value < self.limit,
            "<=" => *value <= self.limit,
            ">" => *value > self.limit,
            ">=" => *value >= self.limit,
            "<>" => *value != self.limit,
            _ => *value == self.limit,
        }
    }
}

impl NumberFormat {
    /// Reads the code of a format such as `#,##0.0;[Red]-#,##0.0`.
    pub(super) fn parse(code: &str) -> NumberFormat {
        if code.trim().is_empty() {
            return NumberFormat::general();
        }
        NumberFormat {
            code: code.to_owned(),
            sections: scan::sections(code),
        }
    }

    /// The format of cells that have none.
    pub(super) const fn general() -> NumberFormat {
        NumberFormat {
            code: String::new(),
            sections: Vec::new(),
        }
    }

    /// The format of a number that programs know without its code.
    pub(super) fn built_in(id: u32) -> NumberFormat {
        NumberFormat::parse(match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            5 | 6 => "$#,##0;-$#,##0",
            7 | 8 => "$#,##0.00;-$#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 | 30 => "yyyy-m-d",
            15 | 16 | 31 | 28 | 29 | 51 | 53 | 54 | 58 => "yyyy-m-d",
            17 | 27 | 36 | 50 | 52 | 57 => "yyyy-m",
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm:ss",
            22 => "yyyy-m-d h:mm",
            37 | 38 => "#,##0;(#,##0)",
            39 | 40 => "#,##0.00;(#,##0.00)",
            41 => "#,##0;-#,##0;\"-\"",
            42 => "$#,##0;-$#,##0;\"-\"",
            43 => "#,##0.00;-#,##0.00;\"-\"",
            44 => "$#,##0.00;-$#,##0.00;\"-\"",
            48 => "##0.0E+0",
            49 => "@",
            _ => "General",
        })
    }

    /// The section for a number, and whether the section shows the sign itself.
    fn section(&self, value: &Exact) -> Option<(&Section, bool)> {
        let mut numbers = self.sections.iter().take(3);
        if self.sections.iter().any(|one| one.condition.is_some()) {
            let is_for = |one: &&Section| {
                let condition = one.condition.as_ref();
                condition.is_none_or(|condition| condition.holds(value))
            };
            return numbers.find(is_for).map(|one| (one, false));
        }
        let n = self.sections.len();
        let at = match value.signum() {
            -1 if n >= 2 => 1,
            0 if n >= 3 => 2,
            _ => 0,
        };
        // The dash that stands for zero is no sign of the number either.
        numbers.nth(at).map(|one| (one, at > 0))
    }

    /// What a cell of this format shows of a number.
    pub(super) fn show(&self, value: &Exact, is_1904: bool) -> Shown {
        let Some((section, is_signed)) = self.section(value) else {
            return general(value);
        };
        let places = i16::try_from(section.hundreds.saturating_mul(2)).unwrap_or(i16::MAX);
        let down = i16::try_from(section.thousands.saturating_mul(3)).unwrap_or(i16::MAX);
        let held = value * &Exact::pow10(places.saturating_sub(down));
        match section.kind {
            Kind::Date(parts) => Shown {
                text: date::shown(value, parts, is_1904).unwrap_or_else(|| plain(value)),
                held: None,
                differs: false,
            },
            // A word such as a dash stands for the number; a cell that hides it still holds it.
            Kind::Words => Shown {
                differs: !section.before.trim().trim_matches('-').is_empty()
                    || section.before.is_empty(),
                ..general(value)
            },
            Kind::General => Shown {
                text: section.around(&plain(&held), is_signed),
                ..general(&held)
            },
            _ if section.thousands > 0 && !section.names_scale() => Shown {
                text: Fault::scaled(&self.code, &plain(value)),
                held: general(value).held,
                differs: false,
            },
            Kind::Fixed => section.fixed(held, is_signed),
            Kind::Scientific => section.scientific(held, is_signed),
        }
    }
}

/// A number with all its digits, of which nothing says how many are precise.
fn general(value: &Exact) -> Shown {
    Shown {
        text: plain(value),
        held: Some(Held {
            value: value.clone(),
            decimals: None,
        }),
        differs: false,
    }
}

impl Section {
    /// Whether a text behind the number says in what it is counted.
    fn names_scale(&self) -> bool {
        self.after.chars().any(char::is_alphabetic)
    }

    fn fixed(&self, held: Exact, is_signed: bool) -> Shown {
        let mut digits = rounded(&held, self.decimals);
        let differs = Exact::parse_decimal(&digits).is_ok_and(|shown| shown != held);
        if self.decimals > 0 {
            let least = digits.len().saturating_sub(self.optional as usize);
            while digits.len() > least && digits.ends_with('0') {
                digits.pop();
            }
            if digits.ends_with('.') {
                digits.pop();
            }
        }
        let (sign, digits) = match digits.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", digits.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut whole = format!(
            "{}{whole}",
            "0".repeat(self.whole.saturating_sub(whole.len()))
        );
        if self.is_grouped {
            whole = grouped(&whole);
        }
        let point = if fraction.is_empty() { "" } else { "." };
        Shown {
            text: self.around(&format!("{sign}{whole}{point}{fraction}"), is_signed),
            held: Some(Held {
                value: held,
                decimals: Some(self.decimals),
            }),
            differs,
        }
    }

    /// Shown as a plain number; how precise that is no count of decimals can say where the
    /// exponent is high.
    fn scientific(&self, held: Exact, is_signed: bool) -> Shown {
        let size = plain(&held.abs());
        let (whole, fraction) = size.split_once('.').unwrap_or((&size, ""));
        let exponent = match whole.trim_start_matches('0').len() {
            0 => {
                let zeros = fraction.len() - fraction.trim_start_matches('0').len();
                -i64::try_from(zeros).unwrap_or(0) - 1
            }
            n => i64::try_from(n).unwrap_or(0) - 1,
        };
        let last = i64::from(self.decimals) - exponent;
        let decimals = u32::try_from(last).ok();
        let step = Exact::pow10(i16::try_from(-last).unwrap_or(0));
        let digits = match decimals {
            Some(decimals) => rounded(&held, decimals),
            None => held.checked_div(&step).map_or_else(String::new, |steps| {
                let steps = Exact::parse_decimal(&rounded(&steps, 0));
                steps.map_or_else(|_| String::new(), |steps| plain(&(&steps * &step)))
            }),
        };
        let differs = Exact::parse_decimal(&digits).is_ok_and(|shown| shown != held);
        Shown {
            text: self.around(&digits, is_signed),
            held: Some(Held {
                value: held,
                decimals,
            }),
            differs,
        }
    }

    /// Digits between the texts of the format; a section for negative numbers has its own sign.
    fn around(&self, digits: &str, is_signed: bool) -> String {
        let is_sign = |c: char| {
            matches!(
                c,
                '-' | '(' | ')' | '+' | '\u{2212}' | '\u{25B2}' | '\u{25B3}'
            )
        };
        let (before, after) = match is_signed {
            true => (
                self.before.replace(is_sign, ""),
                self.after.replace(is_sign, ""),
            ),
            false => (
                self.before.trim_start_matches('+').to_owned(),
                self.after.clone(),
            ),
        };
        let (sign, digits) = match digits.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", digits),
        };
        // The sign of the yuan is in front of numbers whose unit another cell or text says.
        let before = before.replace(['\u{A5}', '\u{FFE5}'], "");
        format!("{sign}{}{digits}{}", before.trim(), after.trim())
    }
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
