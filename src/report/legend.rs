//! Keys of what words mean, for formats that carry a legend.

use crate::explain::NodeKind;
use crate::findings::FindingKind;
use crate::verdict::{Cause, Verdict};

/// What a verdict means.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "page-gloss-fail",
        Verdict::Undetermined => "page-gloss-undetermined",
        Verdict::Pending => "page-gloss-pending",
        Verdict::Waived => "page-gloss-waived",
        Verdict::Pass => "page-gloss-pass",
        Verdict::Decided => "page-gloss-decided",
        Verdict::NotApplicable => "page-gloss-not-applicable",
    }
}

/// What a cause means.
pub(super) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Missing => "page-gloss-missing",
        Cause::Imprecise => "page-gloss-imprecise",
        Cause::Conflict => "page-gloss-conflict",
        Cause::DefinitionBreak => "page-gloss-definition-break",
        Cause::Undefined => "page-gloss-undefined",
        Cause::WrongWindow => "page-gloss-wrong-window",
        Cause::Unreadable => "page-gloss-unreadable",
    }
}

/// The name of a kind of finding.
pub(super) fn finding(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Conflict => "page-finding-conflict",
        FindingKind::Check => "page-finding-check",
        FindingKind::Identity => "page-finding-identity",
        FindingKind::Baseline => "page-finding-baseline",
        FindingKind::Bounds => "page-finding-bounds",
        FindingKind::Slip => "page-finding-slip",
        FindingKind::Growth => "page-finding-growth",
        FindingKind::Change => "page-finding-change",
        FindingKind::Share => "page-finding-share",
        FindingKind::Parts => "page-finding-parts",
        FindingKind::Within => "page-finding-within",
        FindingKind::Fall => "page-finding-fall",
        FindingKind::Together => "page-finding-together",
        FindingKind::Rank => "page-finding-rank",
        FindingKind::Quote => "page-finding-quote",
        FindingKind::Early => "page-finding-early",
    }
}

/// The name of what a sentence of an explanation is about.
pub(super) fn node(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Verdict => "page-kind-verdict",
        NodeKind::Rule => "page-kind-rule",
        NodeKind::Citation => "page-kind-citation",
        NodeKind::Timing => "page-kind-timing",
        NodeKind::Condition => "page-kind-condition",
        NodeKind::Quantity => "page-kind-quantity",
        NodeKind::Figure => "page-kind-figure",
        NodeKind::Claim => "page-kind-claim",
        NodeKind::Evidence => "page-kind-evidence",
        NodeKind::Margin => "page-kind-margin",
        NodeKind::Flip => "page-kind-flip",
        NodeKind::Missing => "page-kind-missing",
        NodeKind::Outlook => "page-kind-outlook",
        NodeKind::Mark => "page-kind-mark",
        NodeKind::Note => "page-kind-note",
        NodeKind::Version => "page-kind-version",
        NodeKind::Case => "page-kind-case",
        NodeKind::Presumption => "page-kind-presumption",
    }
}
