//! Evidence: what is offered for an item of a milestone, and whether it counts. Rows go in with
//! their kind, issuer, date and grade; what counts becomes a claim like any other. Never reads a
//! reference or a quotation to decide.

use super::{Claim, ClaimId, ClaimState, Submission, TextId};
use crate::fold::{fold_name, fold_width};
use crate::model::{EntityId, EvidenceItem, IndicatorId, Model};
use crate::period::Period;

/// What evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// A document that was issued.
    Document,
    /// A published statistic.
    Statistic,
    /// The report of an inspection.
    Inspection,
    /// A certificate or registration.
    Certificate,
    /// What an assessor found.
    Assessment,
    /// A system in operation.
    System,
    /// The body's own statement: shown, and never decides.
    Statement,
}

impl EvidenceKind {
    /// All of them.
    pub const ALL: [EvidenceKind; 7] = [
        EvidenceKind::Document,
        EvidenceKind::Statistic,
        EvidenceKind::Inspection,
        EvidenceKind::Certificate,
        EvidenceKind::Assessment,
        EvidenceKind::System,
        EvidenceKind::Statement,
    ];

    /// Its word in tables and in machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            EvidenceKind::Document => "document",
            EvidenceKind::Statistic => "statistic",
            EvidenceKind::Inspection => "inspection",
            EvidenceKind::Certificate => "certificate",
            EvidenceKind::Assessment => "assessment",
            EvidenceKind::System => "system",
            EvidenceKind::Statement => "statement",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            EvidenceKind::Document => "evidence-document",
            EvidenceKind::Statistic => "evidence-statistic",
            EvidenceKind::Inspection => "evidence-inspection",
            EvidenceKind::Certificate => "evidence-certificate",
            EvidenceKind::Assessment => "evidence-assessment",
            EvidenceKind::System => "evidence-system",
            EvidenceKind::Statement => "evidence-statement",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<EvidenceKind> {
        EvidenceKind::ALL
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// How sure it is that evidence proves the item that it is offered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// It says so of that very item.
    Sure,
    /// It may be meant.
    Likely,
}

impl Grade {
    /// Both of them.
    pub const ALL: [Grade; 2] = [Grade::Sure, Grade::Likely];

    /// Its word in tables and in machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Grade::Sure => "sure",
            Grade::Likely => "likely",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Grade::Sure => "grade-sure",
            Grade::Likely => "grade-likely",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Grade> {
        Grade::ALL.into_iter().find(|grade| grade.word() == word)
    }
}

/// Whether evidence can decide, or why not. The day is asked where a rule is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It can decide.
    Counts,
    /// It is likely and no more.
    Likely,
    /// It is the body's own statement.
    OwnStatement,
    /// The item does not take its kind.
    WrongKind,
    /// The item does not take its issuer.
    WrongIssuer,
    /// What it says cannot be read.
    Unreadable,
}

impl Standing {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Standing::Counts => "counts",
            Standing::Likely => "likely",
            Standing::OwnStatement => "own-statement",
            Standing::WrongKind => "wrong-kind",
            Standing::WrongIssuer => "wrong-issuer",
            Standing::Unreadable => "unreadable",
        }
    }

    /// The key of what is said of it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Standing::Counts => "standing-counts",
            Standing::Likely => "standing-likely",
            Standing::OwnStatement => "standing-own-statement",
            Standing::WrongKind => "standing-wrong-kind",
            Standing::WrongIssuer => "standing-wrong-issuer",
            Standing::Unreadable => "standing-unreadable",
        }
    }
}

/// A row of evidence.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What it claims of its item, where it was read, and when it was so.
    pub claim: Claim,
    /// The claim among all figures, where it counts.
    pub id: Option<ClaimId>,
    /// Its kind.
    pub kind: EvidenceKind,
    /// How sure it is.
    pub grade: Grade,
    /// Who issued it.
    pub issuer: TextId,
    /// Whose statement it is.
    pub said_by: TextId,
    /// Title, number or place.
    pub reference: TextId,
    /// Whether it can decide.
    pub standing: Standing,
}

impl Evidence {
    /// The quantity of the item that it is offered for.
    #[must_use]
    pub fn indicator(&self) -> IndicatorId {
        self.claim.figure.indicator
    }

    /// When it was so.
    #[must_use]
    pub fn dated(&self) -> Period {
        self.claim.period
    }
}

/// Whether two names are the same, however wide their letters are written.
fn is_same(a: &str, b: &str) -> bool {
    !a.trim().is_empty() && fold_width(a.trim()).eq_ignore_ascii_case(&fold_width(b.trim()))
}

impl Submission {
    /// Adds a row of evidence; what counts becomes a claim.
    pub(super) fn offer(&mut self, model: &Model, mut evidence: Evidence) {
        evidence.standing = self.standing(model, &evidence);
        // A claim that decides nothing, so that a rule says `unreadable` and not `missing`.
        if matches!(evidence.standing, Standing::Counts | Standing::Unreadable) {
            evidence.id = Some(self.add(evidence.claim.clone()));
        }
        self.evidence.push(evidence);
    }

    fn standing(&self, model: &Model, evidence: &Evidence) -> Standing {
        let place = model.indicators[evidence.indicator()].evidence;
        let Some((rule, place)) = place else {
            return Standing::Counts;
        };
        let rule = &model.rules[rule];
        let milestone = rule.milestone.as_ref();
        let item = milestone.and_then(|known| known.items.get(usize::from(place)));
        let said_by = self.text(evidence.said_by);
        let entity = &self.entities[evidence.claim.entity];
        let names = [&entity.id, &entity.label.zh, &entity.label.en];
        let mut own = rule.owners.iter().chain(names).chain(entity.aliases());
        let is_own = own.any(|name| is_same(name, said_by));
        let issuer = self.text(evidence.issuer);
        let takes_kind =
            |item: &EvidenceItem| item.accepts.is_empty() || item.accepts.contains(&evidence.kind);
        let takes_issuer = |item: &EvidenceItem| {
            item.issuers.is_empty() || item.issuers.iter().any(|known| is_same(known, issuer))
        };
        match () {
            () if is_own || evidence.kind == EvidenceKind::Statement => Standing::OwnStatement,
            () if !item.is_none_or(takes_kind) => Standing::WrongKind,
            () if !item.is_none_or(takes_issuer) => Standing::WrongIssuer,
            () if evidence.grade == Grade::Likely => Standing::Likely,
            () if evidence.claim.state == ClaimState::Unreadable => Standing::Unreadable,
            () => Standing::Counts,
        }
    }

    /// The evidence for an item and a body, in the order of its dates.
    #[must_use]
    pub fn evidence_for(&self, indicator: IndicatorId, entity: EntityId) -> Vec<&Evidence> {
        let is_it = |evidence: &&Evidence| {
            evidence.indicator() == indicator && evidence.claim.entity == entity
        };
        let mut found: Vec<&Evidence> = self.evidence.iter().filter(is_it).collect();
        found.sort_by(|a, b| {
            let day = |evidence: &Evidence| evidence.dated().last_day();
            let place = |evidence: &Evidence| {
                let place = &evidence.claim.place;
                (self.text(place.file).to_owned(), place.line, place.column)
            };
            day(a).cmp(&day(b)).then_with(|| place(a).cmp(&place(b)))
        });
        found
    }

    /// The evidence that a claim is.
    #[must_use]
    pub fn evidence_of(&self, claim: ClaimId) -> Option<&Evidence> {
        self.evidence.iter().find(|known| known.id == Some(claim))
    }
}

impl crate::model::Words {
    /// The kind of evidence that a word names.
    #[must_use]
    pub fn evidence_kind(&self, text: &str) -> Option<EvidenceKind> {
        let text = fold_name(text);
        let known = self.evidence_kinds.get(&text).copied();
        known.or_else(|| EvidenceKind::from_word(&text))
    }

    /// How sure evidence is by a word.
    #[must_use]
    pub fn grade(&self, text: &str) -> Option<Grade> {
        let text = fold_name(text);
        let known = self.grades.get(&text).copied();
        known.or_else(|| Grade::from_word(&text))
    }
}
