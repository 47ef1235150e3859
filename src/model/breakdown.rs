//! Dimensions by which figures are broken down: names to codes, and codes to words.
//!
//! Goes in: pairs of names as a rule or a table has them. Comes out: the canonical text, ids in the
//! order of their keys, or what is wrong. Where a pack declares no dimension, any text is one.

use std::collections::BTreeMap;

use crate::fold::{fold_name, fold_tight, fold_width};
use crate::index::Arena;
use crate::message::{Arg, Label, Message};
use crate::model::{BreakdownId, Indicator, Model};
use crate::period::{Period, PeriodWords};
use crate::source::Span;

mod names;

use names::Names;

/// Names that a help tells; more would hide the sentence.
const MOST_NAMES: usize = 12;

/// All dimensions of a pack.
#[derive(Debug, Clone, Default)]
pub struct Breakdowns {
    /// In the order of the pack.
    pub list: Arena<BreakdownId, Breakdown>,
    names: Names<BreakdownId>,
    /// Which codes a folded name stands for, by their dimensions and places there.
    codes: BTreeMap<String, Vec<(BreakdownId, usize)>>,
}

/// A dimension by which figures are broken down.
#[derive(Debug, Clone)]
pub struct Breakdown {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Its declared codes.
    pub codes: Vec<BreakdownCode>,
    /// What further codes figures may bring.
    pub further: FurtherCodes,
    /// Notes.
    pub notes: Vec<Label>,
    /// The doc comment.
    pub doc: String,
    /// Where it is declared.
    pub span: Span,
    names: Names<usize>,
}

/// A code of a dimension: a part of the whole.
#[derive(Debug, Clone)]
pub struct BreakdownCode {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// What codes a dimension has beyond those that are declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FurtherCodes {
    /// None.
    #[default]
    None,
    /// Any text.
    Any,
    /// Any period, and a number of years such as `5y`.
    Periods,
}

impl FurtherCodes {
    /// The key of its name in the catalogue; none where there are no further codes.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        match self {
            FurtherCodes::None => None,
            FurtherCodes::Any => Some("breakdown-any"),
            FurtherCodes::Periods => Some("breakdown-periods"),
        }
    }
}

/// One pair of a breakdown as written: the dimension, where it is named, and the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakdownPart {
    /// The dimension; none where only a code is written.
    pub dimension: Option<String>,
    /// The code.
    pub code: String,
}

/// What is wrong with a breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakdownFault {
    /// Which part it is, counted from 0.
    pub part: usize,
    /// Whether the code is at fault, and not the dimension.
    pub is_code: bool,
    /// What is wrong, in one sentence.
    pub message: Message,
    /// The way out, where one is known.
    pub help: Option<Message>,
    /// The name that is perhaps meant.
    pub near: Option<String>,
}

impl Breakdowns {
    /// Whether the pack declares none, so that any text is a breakdown.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds a dimension under its id, labels and aliases.
    pub(crate) fn push(&mut self, mut breakdown: Breakdown) {
        let id = crate::index::Id::new(self.list.len());
        for (at, code) in breakdown.codes.iter().enumerate() {
            breakdown.names.declare(&code.id, at);
        }
        let ids: Vec<String> = breakdown
            .codes
            .iter()
            .map(|code| fold_name(&code.id))
            .collect();
        for (at, code) in breakdown.codes.iter().enumerate() {
            let labels = [&code.label.zh, &code.label.en];
            for text in labels.into_iter().chain(&code.aliases) {
                breakdown
                    .names
                    .also(text, at, ids.contains(&fold_name(text)));
            }
        }
        self.names.declare(&breakdown.id, id);
        let labels = [breakdown.label.zh.clone(), breakdown.label.en.clone()];
        for text in labels.iter().chain(&breakdown.aliases) {
            let is_id = self
                .list
                .values()
                .any(|other| fold_name(&other.id) == fold_name(text));
            self.names.also(text, id, is_id);
        }
        for (name, at) in breakdown.names.iter() {
            let codes = self.codes.entry(name.to_owned()).or_default();
            codes.push((id, at));
        }
        self.list.push(breakdown);
    }

    /// Whether a text names a declared code of some dimension.
    pub(crate) fn is_code(&self, text: &str) -> bool {
        self.codes.contains_key(&fold_name(text))
    }

    /// The declared codes that a text names, as pairs such as `sex=f`; one for each dimension that
    /// has the name.
    pub(crate) fn pairs_of(&self, text: &str) -> Vec<String> {
        let found = self.codes.get(&fold_name(text)).into_iter().flatten();
        let pairs = found.filter_map(|(dimension, at)| {
            let known = &self.list[*dimension];
            Some(format!("{}={}", known.id, known.codes.get(*at)?.id))
        });
        pairs.collect()
    }

    /// The pair of a dimension, by its id, and a name of one of its declared codes.
    pub(crate) fn pair(&self, dimension: &str, text: &str) -> Option<String> {
        let known = self.by_id(dimension)?;
        let code = known.codes.get(known.names.lookup(text)?)?;
        Some(format!("{}={}", known.id, code.id))
    }

    /// The dimension of a name, or what is wrong with it.
    ///
    /// # Errors
    ///
    /// No dimension has this name, or several do.
    pub(crate) fn named(&self, text: &str) -> Result<BreakdownId, BreakdownFault> {
        self.find(text).ok_or_else(|| {
            let ids = self.list.values().map(|known| known.id.clone());
            BreakdownFault {
                part: 0,
                is_code: false,
                message: Message::new("breakdown-no-dimension").with("found", text),
                help: help(self.names.nearest(text), ids),
                near: self.names.nearest(text),
            }
        })
    }

    /// The dimension of a name, if there is one; what else could have been meant is not asked.
    pub(crate) fn find(&self, text: &str) -> Option<BreakdownId> {
        self.names.lookup(text)
    }

    fn by_id(&self, id: &str) -> Option<&Breakdown> {
        let found = self.names.lookup(id).map(|found| &self.list[found]);
        found.filter(|found| found.id == id)
    }
}

impl Breakdown {
    /// A dimension without codes.
    pub(crate) fn new(id: &str, label: Label, span: Span) -> Breakdown {
        Breakdown {
            id: id.to_owned(),
            label,
            aliases: Vec::new(),
            codes: Vec::new(),
            further: FurtherCodes::None,
            notes: Vec::new(),
            doc: String::new(),
            span,
            names: Names::default(),
        }
    }

    /// The id of a code, or what is wrong with it.
    fn code(&self, text: &str, words: &PeriodWords) -> Result<String, BreakdownFault> {
        let declared = self.names.lookup(text).and_then(|at| self.codes.get(at));
        let further = || match self.further {
            FurtherCodes::None => None,
            FurtherCodes::Any => Some(fold_width(text.trim())).filter(|text| !text.is_empty()),
            FurtherCodes::Periods => period_code(text, words),
        };
        let found = declared.map(|code| code.id.clone()).or_else(further);
        found.ok_or_else(|| {
            let ids = self.codes.iter().map(|code| code.id.clone());
            let near = self.names.nearest(text);
            let is_shared = self.names.is_shared(text);
            let is_period = self.further == FurtherCodes::Periods && near.is_none();
            BreakdownFault {
                part: 0,
                is_code: true,
                message: Message::new("breakdown-no-code")
                    .with("found", text)
                    .with("dimension", name(&self.label, &self.id)),
                help: match () {
                    () if is_shared => Some(Message::new("help-breakdown-shared")),
                    () if is_period => Some(Message::new("help-breakdown-period")),
                    () => help(near.clone(), ids),
                },
                near: near.filter(|_| !is_shared),
            }
        })
    }

    /// What a code is called.
    fn words(&self, code: &str) -> Arg {
        if let Some(code) = self.codes.iter().find(|known| known.id == code) {
            return name(&code.label, &code.id);
        }
        let years = code.strip_suffix('y').filter(|n| is_digits(n));
        let ends = code.split_once('-').filter(|(from, to)| {
            from.len() == 4 && to.len() == 4 && is_digits(from) && is_digits(to)
        });
        match (self.further, years, ends) {
            (FurtherCodes::Periods, Some(n), _) => {
                Arg::Message(Message::new("breakdown-years").with("count", n))
            }
            (FurtherCodes::Periods, _, Some((from, to))) => Arg::Message(
                Message::new("breakdown-span")
                    .with("from", from)
                    .with("to", to),
            ),
            _ => Arg::from(code),
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A label, or the id where there is none.
fn name(label: &Label, id: &str) -> Arg {
    match (label.zh.as_str(), label.en.as_str()) {
        ("", "") => Arg::from(id),
        _ => Arg::from(label),
    }
}

fn help(near: Option<String>, known: impl Iterator<Item = String>) -> Option<Message> {
    if let Some(near) = near {
        return Some(Message::new("help-nearest").with("name", near));
    }
    let known: Vec<String> = known.take(MOST_NAMES).collect();
    (!known.is_empty()).then(|| Message::new("help-known-names").with("names", known))
}

/// A period as a code: `2022-12`, `2019-2023` from one year to another, `5y` for so many years.
fn period_code(text: &str, words: &PeriodWords) -> Option<String> {
    let text = fold_tight(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (n, unit) = text.split_at_checked(digits)?;
    let is_years = unit.eq_ignore_ascii_case("y") || words.year.iter().any(|word| word == unit);
    if is_years && n.len() < 4 {
        let n: u16 = n.parse().ok().filter(|n| *n > 0)?;
        return Some(format!("{n}y"));
    }
    Some(match Period::parse(&text, words).ok()? {
        Period::Span { from, to } => format!("{from:04}-{to:04}"),
        other => other.to_string(),
    })
}

/// The parts of a cell such as `area=urban; sex=f`.
pub(crate) fn parts_of(cell: &str) -> Vec<BreakdownPart> {
    let folded = fold_width(cell);
    let parts = folded.split([';', ',']).map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    let part = |part: &str| match part.split_once('=') {
        Some((dimension, code)) => BreakdownPart {
            dimension: Some(dimension.trim().to_owned()),
            code: code.trim().to_owned(),
        },
        None => BreakdownPart {
            dimension: None,
            code: part.to_owned(),
        },
    };
    parts.map(part).collect()
}

impl Model {
    /// The canonical text of a breakdown of an indicator: ids, in the order of the dimensions.
    ///
    /// # Errors
    ///
    /// The first part that names no dimension or code that is declared, or that this indicator has.
    pub(crate) fn breakdown(
        &self,
        indicator: &Indicator,
        parts: &[BreakdownPart],
    ) -> Result<String, BreakdownFault> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let pair = if self.breakdowns.is_free() {
                match &part.dimension {
                    Some(dimension) => (dimension.clone(), part.code.clone()),
                    None => (part.code.clone(), String::new()),
                }
            } else {
                let pair = self.breakdown_pair(indicator, part);
                let (id, code) = pair.map_err(|fault| BreakdownFault { part: at, ..fault })?;
                let known = &self.breakdowns.list[id];
                if pairs.iter().any(|(dimension, _)| *dimension == known.id) {
                    return Err(BreakdownFault {
                        part: at,
                        is_code: false,
                        message: Message::new("breakdown-twice")
                            .with("dimension", name(&known.label, &known.id)),
                        help: None,
                        near: None,
                    });
                }
                (known.id.clone(), code)
            };
            pairs.push(pair);
        }
        pairs.sort();
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(dimension, code)| format!("{dimension}={code}"))
            .collect();
        Ok(pairs.join(";"))
    }

    fn breakdown_pair(
        &self,
        indicator: &Indicator,
        part: &BreakdownPart,
    ) -> Result<(BreakdownId, String), BreakdownFault> {
        let words = &self.words.periods;
        let all = &self.breakdowns;
        let Some(dimension) = &part.dimension else {
            return self.bare_code(indicator, &part.code);
        };
        let id = all.named(dimension)?;
        let known = &all.list[id];
        if !has(indicator, id) {
            let own = indicator
                .breakdowns
                .iter()
                .map(|id| all.list[*id].id.clone());
            return Err(BreakdownFault {
                part: 0,
                is_code: false,
                message: Message::new("breakdown-not-of")
                    .with("dimension", name(&known.label, &known.id))
                    .with("indicator", name(&indicator.label, &indicator.id)),
                help: help(None, own),
                near: None,
            });
        }
        Ok((id, known.code(&part.code, words)?))
    }

    /// A code alone stands for its dimension where only one has it.
    fn bare_code(
        &self,
        indicator: &Indicator,
        text: &str,
    ) -> Result<(BreakdownId, String), BreakdownFault> {
        let own = self.breakdowns.list.iter();
        let own = own.filter(|(id, _)| has(indicator, *id));
        let found: Vec<(BreakdownId, &BreakdownCode)> = own
            .filter_map(|(id, known)| {
                let at = known.names.lookup(text)?;
                Some((id, known.codes.get(at)?))
            })
            .collect();
        if let [(id, code)] = found.as_slice() {
            return Ok((*id, code.id.clone()));
        }
        let pairs = found.iter().map(|(id, code)| {
            let dimension = &self.breakdowns.list[*id].id;
            format!("{dimension}={}", code.id)
        });
        Err(BreakdownFault {
            part: 0,
            is_code: false,
            message: Message::new(match found.is_empty() {
                true => "breakdown-bare",
                false => "breakdown-bare-several",
            })
            .with("found", text),
            help: match found.is_empty() {
                true => Some(Message::new("help-breakdown-pair")),
                false => help(None, pairs),
            },
            near: None,
        })
    }

    /// What a breakdown is called, one name for each part.
    #[must_use]
    pub fn breakdown_words(&self, canonical: &str) -> Vec<Arg> {
        let parts = canonical.split(';').filter(|part| !part.is_empty());
        let words = |part: &str| {
            let known = part.split_once('=').and_then(|(id, code)| {
                let known = self.breakdowns.by_id(id)?;
                Some((known, code))
            });
            let Some((known, code)) = known else {
                return Arg::from(part);
            };
            Arg::Message(
                Message::new("name-breakdown")
                    .with("dimension", name(&known.label, &known.id))
                    .with("code", known.words(code)),
            )
        };
        parts.map(words).collect()
    }
}

/// Whether figures of an indicator may be broken down by a dimension.
fn has(indicator: &Indicator, id: BreakdownId) -> bool {
    indicator.breakdowns.is_empty() || indicator.breakdowns.contains(&id)
}
