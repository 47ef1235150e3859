//! Keys of what words mean, for formats that carry a legend.

use crate::explain::NodeKind;
use crate::findings::FindingKind;
use crate::verdict::{Cause, Verdict};

/// What a verdict means.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "sheet-means-fail",
        Verdict::Undetermined => "sheet-means-undetermined",
        Verdict::Pending => "sheet-means-pending",
        Verdict::Waived => "sheet-means-waived",
        Verdict::Pass => "sheet-means-pass",
        Verdict::NotApplicable => "sheet-means-not-applicable",
    }
}

/// What a cause means.
pub(super) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Missing => "sheet-means-missing",
        Cause::Imprecise => "sheet-means-imprecise",
        Cause::Conflict => "sheet-means-conflict",
        Cause::DefinitionBreak => "sheet-means-definition-break",
        Cause::Undefined => "sheet-means-undefined",
        Cause::WrongWindow => "sheet-means-wrong-window",
        Cause::Unreadable => "sheet-means-unreadable",
    }
}

/// The name of a kind of finding.
pub(super) fn finding(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Conflict => "sheet-finding-conflict",
        FindingKind::Check => "sheet-finding-check",
        FindingKind::Identity => "sheet-finding-identity",
        FindingKind::Baseline => "sheet-finding-baseline",
        FindingKind::Bounds => "sheet-finding-bounds",
        FindingKind::Slip => "sheet-finding-slip",
    }
}

/// The name of what a sentence of an explanation is about.
pub(super) fn node(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Verdict => "sheet-node-verdict",
        NodeKind::Rule => "sheet-node-rule",
        NodeKind::Citation => "sheet-node-citation",
        NodeKind::Timing => "sheet-node-timing",
        NodeKind::Condition => "sheet-node-condition",
        NodeKind::Quantity => "sheet-node-quantity",
        NodeKind::Figure => "sheet-node-figure",
        NodeKind::Claim => "sheet-node-claim",
        NodeKind::Margin => "sheet-node-margin",
        NodeKind::Flip => "sheet-node-flip",
        NodeKind::Missing => "sheet-node-missing",
        NodeKind::Outlook => "sheet-node-outlook",
        NodeKind::Mark => "sheet-node-mark",
        NodeKind::Note => "sheet-node-note",
    }
}
