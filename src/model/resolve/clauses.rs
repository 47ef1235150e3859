//! Which clauses belong in which item, and which may stand there more than once.

use super::Cx;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Arg, Message};
use crate::syntax::ast::{BlockKind, Clause, ClauseKind};

/// Clauses of each item; a `+` behind the name: may be repeated.
const ALLOWED: [(BlockKind, &[&str]); 10] = [
    (
        BlockKind::Pack,
        &[
            "en",
            "zh",
            "uses",
            "entity",
            "burden",
            "reading",
            "width+",
            "plausible+",
            "plausible+",
            "prefer",
            "calendar",
            "alike+",
            "note+",
        ],
    ),
    (
        BlockKind::Entity,
        &[
            "en",
            "zh",
            "members",
            "complete by",
            "class",
            "part of",
            "alias+",
            "note+",
        ],
    ),
    (
        BlockKind::Instrument,
        &[
            "en",
            "zh",
            "issuer",
            "published",
            "in force",
            "replaces",
            "prevails over",
            "cited as",
            "note+",
        ],
    ),
    (
        BlockKind::Indicator,
        &[
            "en",
            "zh",
            "alias+",
            "entity",
            "unit",
            "kind",
            "direction",
            "bounds",
            "definition+",
            "break+",
            "identity+",
            "derive+",
            "value+",
            "width+",
            "plausible+",
            "constant prices",
            "breakdown",
            "part of+",
            "share of+",
            "adds up by",
            "never falls",
            "comparable growth",
            "note+",
        ],
    ),
    (
        BlockKind::Breakdown,
        &["en", "zh", "alias+", "code+", "open", "note+"],
    ),
    (
        BlockKind::Target,
        &[
            "en",
            "zh",
            "require",
            "kind",
            "part of",
            "feeds+",
            "from",
            "when",
            "path",
            "force",
            "modality",
            "burden",
            "owner",
            "category",
            "cite+",
            "under",
            "for each",
            "reading",
            "waived+",
            "absence may pass",
            "note+",
        ],
    ),
    (
        BlockKind::Check,
        &[
            "en",
            "zh",
            "require",
            "when",
            "cite+",
            "for each",
            "reading",
            "absence may pass",
            "note+",
        ],
    ),
    (
        BlockKind::Decision,
        &[
            "en",
            "zh",
            "outcome+",
            "when",
            "under",
            "exclusive",
            "strongest first",
            "presume+",
            "case+",
            "exception+",
            "cases+",
            "otherwise",
            "version+",
            "burden",
            "owner",
            "category",
            "cite+",
            "for each",
            "reading",
            "note+",
        ],
    ),
    (
        BlockKind::Milestone,
        &[
            "en",
            "zh",
            "require",
            "kind",
            "part of",
            "feeds+",
            "evidence+",
            "when",
            "force",
            "burden",
            "modality",
            "owner",
            "category",
            "cite+",
            "under",
            "for each",
            "reading",
            "waived+",
            "absence may pass",
            "note+",
        ],
    ),
    (
        BlockKind::Calendar,
        &[
            "en", "zh", "works on", "covers+", "holiday+", "make-up+", "note+",
        ],
    ),
];

/// Clauses of a version of a decision.
const OF_VERSION: &[&str] = &[
    "en",
    "zh",
    "under",
    "exclusive",
    "strongest first",
    "presume+",
    "case+",
    "exception+",
    "cases+",
    "otherwise",
    "note+",
];

/// Clauses that may stand in an item, in English; a `+` behind the name: may be repeated.
#[must_use]
pub fn clauses_of(kind: BlockKind) -> &'static [&'static str] {
    ALLOWED
        .iter()
        .find(|(of, _)| *of == kind)
        .map_or(&[], |(_, clauses)| clauses)
}

impl Cx {
    /// Reports clauses that do not belong in an item or stand there twice.
    pub(super) fn check_clauses(&mut self, kind: BlockKind, clauses: &[Clause]) {
        self.check_allowed(item_keyword(kind), clauses_of(kind), clauses);
    }

    /// The same for a version of a decision.
    pub(super) fn check_version(&mut self, clauses: &[Clause]) {
        self.check_allowed("version", OF_VERSION, clauses);
    }

    /// The same of an item that is named by its keyword.
    pub(super) fn check_allowed(
        &mut self,
        item: &'static str,
        allowed: &[&'static str],
        clauses: &[Clause],
    ) {
        let mut seen: Vec<(&'static str, crate::source::Span)> = Vec::new();
        for clause in clauses {
            let name = keyword(&clause.kind);
            let entry = allowed
                .iter()
                .find(|entry| entry.trim_end_matches('+') == name);
            let Some(entry) = entry else {
                let names: Vec<Arg> = allowed
                    .iter()
                    .map(|name| both(name.trim_end_matches('+')))
                    .collect();
                let diagnostic = Diagnostic::new(Code::ClauseNotAllowed, clause.span)
                    .with("clause", both(name))
                    .with("item", both(item))
                    .help(Message::new("help-allowed-clauses").with("clauses", Arg::List(names)));
                self.push(diagnostic);
                continue;
            };
            let before = seen.iter().find(|(known, _)| *known == name);
            if let (Some((_, span)), false) = (before, entry.ends_with('+')) {
                let diagnostic = Diagnostic::new(Code::ClauseRepeated, clause.span)
                    .with("clause", both(name))
                    .here(Message::new("place-second"))
                    .place(*span, Message::new("place-first"));
                self.push(diagnostic);
            }
            seen.push((name, clause.span));
        }
    }

    pub(super) fn clause_missing(
        &mut self,
        clause: &str,
        kind: BlockKind,
        span: crate::source::Span,
    ) {
        let diagnostic = Diagnostic::new(Code::ClauseMissing, span)
            .with("clause", both(clause))
            .with("item", both(item_keyword(kind)));
        self.push(diagnostic);
    }
}

/// Both forms of a keyword, as code.
pub(super) fn both(en: &str) -> Arg {
    let keyword = crate::syntax::keywords()
        .iter()
        .find(|keyword| keyword.en == en);
    Arg::Text(match keyword {
        Some(keyword) => format!("`{} {}`", keyword.en, keyword.zh),
        None => format!("`{en}`"),
    })
}

fn item_keyword(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Pack => "pack",
        BlockKind::Entity => "entity",
        BlockKind::Instrument => "instrument",
        BlockKind::Indicator => "indicator",
        BlockKind::Breakdown => "breakdown",
        BlockKind::Target => "target",
        BlockKind::Check => "check",
        BlockKind::Decision => "decision",
        BlockKind::Milestone => "milestone",
        BlockKind::Calendar => "calendar",
    }
}

/// The English keyword of a clause.
fn keyword(kind: &ClauseKind) -> &'static str {
    match kind {
        ClauseKind::En(_) => "en",
        ClauseKind::Zh(_) => "zh",
        ClauseKind::Alias(_) => "alias",
        ClauseKind::Unit(_) => "unit",
        ClauseKind::Kind(_) => "kind",
        ClauseKind::Direction { .. } => "direction",
        ClauseKind::BoundsBetween(..) | ClauseKind::BoundsSide(..) => "bounds",
        ClauseKind::Definition { .. } => "definition",
        ClauseKind::Break { .. } => "break",
        ClauseKind::Identity { .. } => "identity",
        ClauseKind::Derive { .. } => "derive",
        ClauseKind::Value { .. } => "value",
        ClauseKind::Width { .. } => "width",
        ClauseKind::Plausible(..) => "plausible",
        ClauseKind::Price(_) => "constant prices",
        ClauseKind::Issuer(_) => "issuer",
        ClauseKind::Published(_) => "published",
        ClauseKind::InForce { .. } => "in force",
        ClauseKind::Replaces(_) => "replaces",
        ClauseKind::Members { .. } => "members",
        ClauseKind::CompleteBy(_) => "complete by",
        ClauseKind::Class(_) => "class",
        ClauseKind::PartOf { .. } => "part of",
        ClauseKind::Uses(_) => "uses",
        ClauseKind::Entity(_) => "entity",
        ClauseKind::Alike(..) => "alike",
        ClauseKind::Prefer(_) => "prefer",
        ClauseKind::Reading { .. } => "reading",
        ClauseKind::Require { .. } => "require",
        ClauseKind::From { .. } => "from",
        ClauseKind::Force { .. } => "force",
        ClauseKind::Path(_) => "path",
        ClauseKind::Burden { .. } => "burden",
        ClauseKind::Owner(_) => "owner",
        ClauseKind::Category(_) => "category",
        ClauseKind::Cite { .. } => "cite",
        ClauseKind::Note(_) => "note",
        ClauseKind::When(_) => "when",
        ClauseKind::Under(_) => "under",
        ClauseKind::Scope(_) => "for each",
        ClauseKind::Waiver { .. } => "waived",
        ClauseKind::AbsenceMayPass => "absence may pass",
        ClauseKind::Code { .. } => "code",
        ClauseKind::Open { .. } => "open",
        ClauseKind::Breakdown(_) => "breakdown",
        ClauseKind::ShareOf { .. } => "share of",
        ClauseKind::AddsUp(_) => "adds up by",
        ClauseKind::NeverFalls => "never falls",
        ClauseKind::ComparableGrowth(_) => "comparable growth",
        ClauseKind::PrevailsOver(_) => "prevails over",
        ClauseKind::CitedAs(_) => "cited as",
        ClauseKind::Outcome { .. } => "outcome",
        ClauseKind::Exclusive => "exclusive",
        ClauseKind::StrongestFirst => "strongest first",
        ClauseKind::Modality { .. } => "modality",
        ClauseKind::Feeds(_) => "feeds",
        ClauseKind::Calendar(_) => "calendar",
        ClauseKind::WorksOn(_) => "works on",
        ClauseKind::Covers { .. } => "covers",
        ClauseKind::Holiday(..) => "holiday",
        ClauseKind::MakeUp(_) => "make-up",
        ClauseKind::Presume(_) => "presume",
        ClauseKind::Version(_) => "version",
        ClauseKind::Evidence(_) => "evidence",
        ClauseKind::Accepts(_) => "accepts",
        ClauseKind::Cases(cases) => cases_keyword(cases),
    }
}

/// Rows of a table have no names, and what is left over has no condition either.
fn cases_keyword(cases: &[crate::syntax::ast::Case]) -> &'static str {
    match cases {
        [only] if only.id.is_none() && only.condition.is_none() => "otherwise",
        [only] if only.id.is_some() && only.beats.is_empty() => "case",
        [only] if only.id.is_some() => "exception",
        _ => "cases",
    }
}
