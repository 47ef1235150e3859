//! What the run was made from and how to make it again, the documents cited, and what the words of
//! the page mean. Prints what the report carries; no clock of the machine.

use maud::{Markup, html};

use super::Page;
use super::shell::Part;
use crate::eval::{Marks, Vintage};
use crate::message::Message;
use crate::model::{Burden, Instrument};
use crate::report::{legend, shell_word};
use crate::verdict::{Cause, OutlookClass, Verdict};

impl Page<'_> {
    /// Clocks, digests, versions, counts, documents.
    pub(super) fn method(&self) -> Part {
        let report = self.report;
        let burden = report.program.model.pack.burden.map(|burden| match burden {
            Burden::Submitter => "page-burden-submitter",
            Burden::Authority => "page-burden-authority",
        });
        let body = html! {
            dl.facts.method {
                div { dt { (self.word("page-period")) } dd { (self.tell(&self.periods())) } }
                div { dt { (self.word("page-in-force")) } dd { (self.in_force()) } }
                div { dt { (self.word("page-known-on")) } dd { (self.arg(&report.known_on())) } }
                div { dt { (self.word("page-tool")) } dd { "plumbrule " (env!("CARGO_PKG_VERSION")) } }
                div { dt { (self.word("page-n-rows")) } dd { (report.n_rows()) } }
                div { dt { (self.word("page-n-figures")) } dd { (report.submission.claims.len()) } }
                div { dt { (self.word("page-n-problems")) } dd { (report.submission.problems.len()) } }
                @if !self.is_single {
                    div { dt { (self.word("page-exit")) } dd { (self.exit()) } }
                }
                div.digest { dt { (self.word("page-digest-rules")) } dd { code { (report.digests.rules) } } }
                div.digest { dt { (self.word("page-digest-figures")) } dd { code { (report.digests.figures) } } }
                div.digest { dt { (self.word("page-again")) } dd { (self.again()) } }
            }
            @if let Some(key) = burden { p { (self.word(key)) } }
            (self.documents())
        };
        Part {
            anchor: "method",
            heading: self.word("page-method"),
            body: Some(body),
        }
    }

    /// The day of law in force; of several periods each its own.
    fn in_force(&self) -> String {
        let mut days: Vec<String> = self
            .report
            .outcomes
            .iter()
            .map(|outcome| outcome.clocks.in_force.to_string())
            .collect();
        days.dedup();
        self.arg(&days.into())
    }

    fn exit(&self) -> String {
        let report = self.report;
        let problems = &report.submission.problems;
        let is_broken = problems.iter().any(|problem| !problem.is_warning);
        let status = crate::eval::exit_status(report.outcomes, report.program);
        self.word(match (is_broken, status) {
            (true, _) => "page-exit-2",
            (false, 0) => "page-exit-0",
            (false, 1) => "page-exit-1",
            (false, _) => "page-exit-3",
        })
    }

    fn again(&self) -> String {
        let options = &self.report.options;
        let mut clocks: Vec<String> = Vec::new();
        let command = match (self.is_single, self.rows().next()) {
            (true, Some(row)) => {
                let rule = &self.report.program.model.rules[row.rule];
                let entity = &self.report.submission.entities[row.entity].id;
                let entity = match rule.scope {
                    Some(_) => format!(" --entity {}", shell_word(entity)),
                    None => String::new(),
                };
                format!("explain {}{entity} --rules PACK", shell_word(&rule.id))
            }
            _ => format!("check PACK{}", self.report.filter_args),
        };
        match self.report.outcomes {
            [only] => clocks.push(format!("--period {}", only.clocks.period)),
            _ => clocks.push("--period all".to_owned()),
        }
        if let Some(day) = options.in_force {
            clocks.push(format!("--in-force {day}"));
        }
        if let Some(day) = options.known_on {
            clocks.push(format!("--known-on {day}"));
        }
        let choice = &options.choice;
        for (name, sources) in [("--source", &choice.sources), ("--prefer", &choice.prefer)] {
            if !sources.is_empty() {
                clocks.push(format!("{name} {}", shell_word(&sources.join(","))));
            }
        }
        if choice.vintage != Vintage::All {
            clocks.push(format!("--vintage {}", choice.vintage.word()));
        }
        if let Some(weights) = &choice.weights {
            clocks.push(format!("--weights {}", shell_word(weights)));
        }
        clocks.push(format!("--lang {}", self.lang.code()));
        let message = Message::new("page-again-how")
            .with("version", env!("CARGO_PKG_VERSION"))
            .with("command", command)
            .with("clocks", clocks.join(" "));
        self.tell(&message)
    }

    /// Documents that the rules or figures of the run cite.
    fn documents(&self) -> Markup {
        let report = self.report;
        let model = &report.program.model;
        let mut cited: Vec<&str> = report
            .submission
            .claims
            .values()
            .map(|claim| report.submission.text(claim.source))
            .collect();
        for rule in model.rules.values() {
            let ids = rule.citations.iter().map(|citation| citation.instrument);
            let ids = ids.chain(rule.under.iter().copied());
            cited.extend(ids.map(|id| model.instruments[id].id.as_str()));
        }
        cited.sort_unstable();
        cited.dedup();
        let documents: Vec<&Instrument> = model
            .instruments
            .values()
            .filter(|document| cited.binary_search(&document.id.as_str()).is_ok())
            .collect();
        html! {
            @if !documents.is_empty() {
                h3 { (self.word("page-documents")) }
                table.cards {
                    caption { (self.word("page-documents-caption")) }
                    thead { tr {
                        th scope="col" { (self.word("page-document")) }
                        th scope="col" { (self.word("page-issuers")) }
                        th scope="col" { (self.word("page-published")) }
                    } }
                    tbody {
                        @for document in documents {
                            tr {
                                th scope="row" { (self.name(&document.label)) " " code { (document.id) } }
                                td data-label=(self.word("page-issuers")) {
                                    @for issuer in &document.issuers { div { (self.printed(issuer)) } }
                                }
                                td data-label=(self.word("page-published")) {
                                    @if let Some(period) = document.published { (period) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Verdicts, causes, outlooks and marks, and how figures are read.
    pub(super) fn glossary(&self) -> Part {
        let body = html! {
            h3 { (self.word("page-verdict")) }
            dl.glossary {
                @for verdict in Verdict::ALL {
                    div { dt { (self.badge(verdict)) } dd { (self.word(legend::verdict(verdict))) } }
                }
            }
            p.aside { (self.word("page-gloss-missing-figure")) }
            h3 { (self.word("page-causes")) }
            dl.glossary {
                @for cause in Cause::ALL {
                    div { dt { (self.word(cause.key())) } dd { (self.gloss(cause)) } }
                }
            }
            h3 { (self.word("page-outlooks")) }
            dl.glossary {
                @for class in OutlookClass::ALL {
                    div { dt { (self.outlook_word(class)) } dd { (self.word(outlook_gloss(class))) } }
                }
            }
            h3 { (self.word("page-reading-title")) }
            p { (self.word("page-gloss-figure")) }
            @let marks = self.marks();
            @if !marks.is_empty() {
                h3 { (self.word("page-marks")) }
                ul.list { @for mark in marks { li { (mark) } } }
            }
        };
        Part {
            anchor: "glossary",
            heading: self.word("page-glossary"),
            body: Some(body),
        }
    }

    /// The marks that rows of this run carry.
    fn marks(&self) -> Vec<String> {
        let carried = |mark: Marks| self.rows().any(|row| row.marks.contains(mark));
        let found = Marks::ALL.iter().filter(|(mark, _, _)| carried(*mark));
        found
            .map(|(_, _, key)| {
                let choice = &self.report.options.choice;
                let prefer = choice.preferred(&self.report.program.model).to_vec();
                self.tell(&Message::new(key).with("sources", prefer))
            })
            .collect()
    }

    /// What a cause means.
    pub(super) fn gloss(&self, cause: Cause) -> String {
        self.word(legend::cause(cause))
    }
}

fn outlook_gloss(class: OutlookClass) -> &'static str {
    match class {
        OutlookClass::MetEarly => "page-gloss-met-early",
        OutlookClass::OnTrack => "page-gloss-on-track",
        OutlookClass::OffTrack => "page-gloss-off-track",
        OutlookClass::Undetermined => "page-gloss-outlook-undetermined",
    }
}
