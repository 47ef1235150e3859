//! Evidence of a milestone for a machine: every row that was offered, and what it is to the
//! verdict. Words are never translated; nothing is judged here.

use serde::Serialize;

use super::Text;
use crate::explain::{Explanation, offers, standing_key};
use crate::message::{Lang, Message};
use crate::report::Report;

/// A row of evidence.
#[derive(Serialize)]
pub(super) struct EvidenceJson {
    item: String,
    entity: String,
    kind: &'static str,
    grade: &'static str,
    said: String,
    dated: String,
    published: Option<String>,
    issuer: String,
    said_by: String,
    reference: String,
    source: String,
    section: String,
    line: String,
    quote: String,
    place: String,
    standing: &'static str,
    standing_text: Text,
}

/// The evidence that was offered for the milestone of a row; none for other rules.
pub(super) fn evidence(report: &Report<'_>, explanation: &Explanation) -> Vec<EvidenceJson> {
    let (program, submission) = (report.program, report.submission);
    let row = explanation.trace.row;
    let of_row = |(item, row): (&crate::model::EvidenceItem, &crate::figures::Evidence)| {
        let text = |id| submission.text(id).to_owned();
        let claim = &row.claim;
        let key = standing_key(program, submission, &explanation.trace, row);
        let words = Message::new(key);
        EvidenceJson {
            item: item.id.clone(),
            entity: submission.entities[claim.entity].id.clone(),
            kind: row.kind.word(),
            grade: row.grade.word(),
            said: text(claim.printed),
            dated: row.dated().to_string(),
            published: claim.published.map(|day| day.to_string()),
            issuer: text(row.issuer),
            said_by: text(row.said_by),
            reference: text(row.reference),
            source: text(claim.source),
            section: text(claim.section),
            line: text(claim.source_line),
            quote: text(claim.quote),
            place: submission.place(claim),
            standing: key.split_once('-').map_or(key, |(_, word)| word),
            standing_text: Text {
                zh: words.render(Lang::Zh),
                en: words.render(Lang::En),
            },
        }
    };
    let all = offers(program, submission, row.rule, row.entity);
    all.into_iter().map(of_row).collect()
}
