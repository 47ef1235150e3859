//! A run of tests as a page: what failed, what is not reached yet, and every item with what was seen
//! of it.

use std::io::{self, Write};

use maud::{Markup, html};

use super::{TestReport, shares};
use crate::message::{Arg, Message};
use crate::reach::{Item, Reach};
use crate::report::html::{Part, Sheet, write_sheet};
use crate::testing::TestResult;

pub(super) fn write(w: &mut dyn Write, report: &TestReport<'_>) -> io::Result<()> {
    let pack = &report.program.model.pack;
    let name = match pack.label.get(report.lang) {
        "" => &pack.id,
        name => name,
    };
    let title = Message::new("tests-title").with("pack", name);
    let masthead = html! {
        header.masthead {
            p.kind { (report.word("tests-page-kind")) }
            h1 { bdi { (name) } }
            p.about {
                span { (report.summary().render(report.lang)) }
                span { code { (pack.id) } }
            }
        }
    };
    let mut parts = Vec::new();
    if let Some(reach) = report.reach {
        parts.push(overview(report, reach));
        parts.push(lacking(report, reach));
    }
    parts.push(tests(report));
    if let Some(reach) = report.reach {
        parts.push(items(report, reach));
    }
    let sheet = Sheet {
        lang: report.lang,
        title: &title.render(report.lang),
        masthead: &masthead,
        parts: &parts,
        digests: report.digests,
    };
    write_sheet(w, &sheet)
}

fn overview(report: &TestReport<'_>, reach: &Reach) -> Part {
    let body = html! {
        p { (report.reached(reach).render(report.lang)) }
        table.counts {
            caption { (report.word("reach-caption")) }
            thead { tr {
                th scope="col" { (report.word("reach-head-what")) }
                th.n scope="col" { (report.word("reach-head-count")) }
                th.n scope="col" { (report.word("reach-head-whole")) }
                th.n scope="col" { (report.word("reach-head-shown")) }
            } }
            tbody {
                @for (kind, share) in shares(reach) {
                    tr {
                        td { (report.word(kind.key())) }
                        td.n { (share.items) }
                        td.n { (share.whole) }
                        td.n { (share.shown) "/" (share.wanted) }
                    }
                }
            }
        }
    };
    Part {
        anchor: "reach",
        heading: report.word("reach-heading"),
        body: Some(body),
    }
}

fn lacking(report: &TestReport<'_>, reach: &Reach) -> Part {
    let all: Vec<(&Item, Message)> = reach
        .items
        .iter()
        .filter_map(|item| Some((item, report.lacks(item)?)))
        .collect();
    let body = html! {
        ol.list {
            @for (item, said) in &all {
                li { bdi { (said.render(report.lang)) } " " code { (report.place(item.span)) } }
            }
        }
    };
    Part {
        anchor: "lacking",
        heading: Message::new("reach-lacking")
            .with("count", all.len())
            .render(report.lang),
        body: (!all.is_empty()).then_some(body),
    }
}

fn tests(report: &TestReport<'_>) -> Part {
    let row = |result: &TestResult| -> Markup {
        let word = match result.failures.is_empty() {
            true => "test-passed",
            false => "test-failed",
        };
        html! {
            tr {
                td { (report.word(word)) }
                td {
                    bdi { (result.title.render(report.lang)) }
                    @for (span, message) in &result.failures {
                        br;
                        strong { bdi { (message.render(report.lang)) } } " " code { (report.place(*span)) }
                    }
                }
                td { code { (report.place(result.span)) } }
            }
        }
    };
    let body = html! {
        div.scroll role="region" tabindex="0" aria-label=(report.word("tests-heading")) {
            table {
                caption { (report.summary().render(report.lang)) }
                thead { tr {
                    th scope="col" { (report.word("tests-head-answer")) }
                    th scope="col" { (report.word("tests-head-test")) }
                    th scope="col" { (report.word("tests-head-place")) }
                } }
                tbody { @for result in report.results { (row(result)) } }
            }
        }
    };
    Part {
        anchor: "tests",
        heading: report.word("tests-heading"),
        body: (!report.results.is_empty()).then_some(body),
    }
}

fn items(report: &TestReport<'_>, reach: &Reach) -> Part {
    let list = |items: Vec<Message>| {
        let items = Arg::List(items.into_iter().map(Arg::Message).collect());
        Message::new("list")
            .with("items", items)
            .render(report.lang)
    };
    let seen = |item: &Item| {
        let all = item.seen.iter().map(|(sight, seen)| {
            Message::new("reach-times")
                .with("sight", Message::new(sight.key()))
                .with("count", seen.times)
        });
        list(all.collect())
    };
    let lacks = |item: &Item| list(item.lacking().map(|it| Message::new(it.key())).collect());
    let body = html! {
        div.scroll role="region" tabindex="0" aria-label=(report.word("reach-items")) {
            table {
                caption { (report.word("reach-items-caption")) }
                thead { tr {
                    th scope="col" { (report.word("reach-head-what")) }
                    th scope="col" { (report.word("reach-head-words")) }
                    th scope="col" { (report.word("reach-head-seen")) }
                    th scope="col" { (report.word("reach-head-lacking")) }
                    th scope="col" { (report.word("tests-head-place")) }
                } }
                tbody {
                    @for item in &reach.items {
                        tr {
                            td { (report.word(item.kind.key())) }
                            td { bdi { (item.words.get(report.lang)) } br; span.aside { (item.address) } }
                            td { (seen(item)) }
                            td { strong { (lacks(item)) } }
                            td { code { (report.place(item.span)) } }
                        }
                    }
                }
            }
        }
    };
    Part {
        anchor: "items",
        heading: report.word("reach-items"),
        body: (!reach.items.is_empty()).then_some(body),
    }
}
