//! Dimensions, units and scales of rule files into the registry of units.

use super::Cx;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::number::Exact;
use crate::source::Span;
use crate::syntax::ast::{Item, ItemKind, Number, Word};
use crate::unit::{
    DeclareError, Dimension, Nature, ParsedUnit, Prefixes, ScaleClass, Unit, UnitError,
};

/// What a unit of a pure number may be made of.
const NATURES: [(&str, Nature); 3] = [
    ("percentage", Nature::Percent),
    ("point", Nature::Points),
    ("multiple", Nature::Multiple),
];

/// Kinds of names that [`Cx::declared_unit`] notes.
const DIMENSION: &str = "dimension";
const UNIT: &str = "unit";
const SCALE: &str = "scale";

impl Cx {
    pub(super) fn measures(&mut self, items: &[&Item]) {
        for item in items {
            if let ItemKind::Dimension { name, .. } = &item.kind {
                let result = self.model.units.add_kind(&name.text);
                self.declared_unit(result.map(|_| ()), DIMENSION, std::slice::from_ref(name));
            }
        }
        for item in items {
            if let ItemKind::Scale {
                names,
                factor,
                metric,
            } = &item.kind
            {
                let class = if *metric {
                    ScaleClass::Metric
                } else {
                    ScaleClass::Word
                };
                let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
                let result = self.model.units.add_scale(&texts, &factor.value, class);
                self.declared_unit(result, SCALE, names);
            }
        }
        for item in items {
            if let ItemKind::Unit {
                names,
                factor,
                base,
                metric,
                wordscale,
            } = &item.kind
            {
                let mut prefixes = Prefixes::NONE;
                if *metric {
                    prefixes = prefixes | Prefixes::METRIC;
                }
                if *wordscale {
                    prefixes = prefixes | Prefixes::WORDS;
                }
                self.unit_item(names, factor.as_ref(), base, prefixes);
            }
        }
        for item in items {
            if let ItemKind::Words {
                group,
                meaning,
                words,
            } = &item.kind
            {
                self.words(group, meaning, words);
            }
        }
    }

    fn unit_item(
        &mut self,
        names: &[Word],
        factor: Option<&Number>,
        base: &Word,
        prefixes: Prefixes,
    ) {
        let Some(name) = names.first() else { return };
        let one = factor.map_or_else(|| Exact::from(1), |number| number.value.clone());
        let nature = NATURES
            .iter()
            .find(|(word, _)| *word == base.text)
            .map(|(_, nature)| *nature);
        let unit = if let Some(nature) = nature {
            Unit {
                name: name.text.clone(),
                factor: one,
                dimension: Dimension::one(),
                nature,
            }
        } else if let Some(kind) = self.model.units.kind(&base.text) {
            let dimension = Dimension::of(kind);
            Unit {
                name: name.text.clone(),
                factor: one,
                dimension,
                nature: Nature::Plain,
            }
        } else {
            let Some(unit) = self.unit(base) else { return };
            Unit {
                name: name.text.clone(),
                factor: &one * &unit.factor,
                ..unit
            }
        };
        let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        let result = self.model.units.add_unit(&texts, unit, prefixes);
        self.declared_unit(result, UNIT, names);
    }

    /// Notes where names stand, or says which of them is taken.
    fn declared_unit(
        &mut self,
        result: Result<(), DeclareError>,
        what: &'static str,
        names: &[Word],
    ) {
        let Some(first) = names.first() else { return };
        match result {
            Ok(()) => {
                for name in names {
                    let key = (what, name.text.clone());
                    self.declared.entry(key).or_insert(name.span);
                }
            }
            Err(
                DeclareError::DuplicateKind(text)
                | DeclareError::DuplicateUnit(text)
                | DeclareError::DuplicateScale(text),
            ) => {
                let again = names.iter().find(|name| name.text == text);
                let again = again.unwrap_or(first).span;
                let before = self.declared.get(&(what, text.clone())).copied();
                self.push_twice(&text, again, before);
            }
            Err(DeclareError::BadName(text) | DeclareError::BadFactor(text)) => {
                self.push(Diagnostic::new(Code::BadUnit, first.span).with("name", text));
            }
        }
    }

    /// The unit of a word; a bare scale is not one.
    pub(super) fn unit(&mut self, word: &Word) -> Option<Unit> {
        match self.parsed_unit(word)? {
            ParsedUnit::Unit(unit) => Some(unit),
            ParsedUnit::Scale(_) | ParsedUnit::Blank => {
                let help = Message::new("help-scale-needs-unit");
                self.push(
                    Diagnostic::new(Code::UnknownUnit, word.span)
                        .with("unit", &word.text)
                        .help(help),
                );
                None
            }
        }
    }

    pub(super) fn parsed_unit(&mut self, word: &Word) -> Option<ParsedUnit> {
        match self.model.units.parse(&word.text) {
            Ok(ParsedUnit::Unit(unit)) => {
                let dimension = self.model.units.canonical(&unit.dimension);
                Some(ParsedUnit::Unit(Unit { dimension, ..unit }))
            }
            Ok(other) => Some(other),
            Err(error) => {
                self.unit_error(error, &word.text, word.span);
                None
            }
        }
    }

    pub(super) fn unit_error(&mut self, error: UnitError, text: &str, span: Span) {
        let help = match error {
            UnitError::Unknown {
                nearest: Some(name),
                ..
            } => Some(Message::new("help-nearest").with("name", name)),
            UnitError::Ambiguous { readings, .. } => {
                Some(Message::new("help-ambiguous-unit").with("readings", readings))
            }
            _ => crate::syntax::keyword_inside(text)
                .map(|keyword| Message::new("help-blank-around").with("keyword", keyword)),
        };
        let diagnostic = Diagnostic::new(Code::UnknownUnit, span)
            .with("unit", text)
            .maybe_help(help);
        self.push(diagnostic);
    }
}
