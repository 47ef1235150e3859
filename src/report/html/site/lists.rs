//! The first page of a pack, and the lists of what it declares.

use std::io;

use maud::{Markup, html};

use super::{Book, Put, View};
use crate::explain::Unit;
use crate::graph::Node;
use crate::message::{Arg, Label};
use crate::model::{Burden, Measure, RuleId, RuleKind};
use crate::report::form::kind_key;
use crate::verdict::Verdict;

/// Kinds of rules, in the order in which they are shown.
pub(super) const RULE_KINDS: [(RuleKind, &str); 4] = [
    (RuleKind::Target, "list-targets"),
    (RuleKind::Decision, "list-decisions"),
    (RuleKind::Milestone, "list-milestones"),
    (RuleKind::Check, "list-checks"),
];

/// A line of a list: where it leads, its id and name, and what else is said of it.
type Line = (Option<String>, String, Label, String);

impl Book<'_> {
    /// The first page of a pack and its lists.
    pub(super) fn lists(&self, put: Put<'_>, n: usize) -> io::Result<()> {
        let places = self.places;
        let here = places.home_of(n);
        self.put(put, &here, &self.view(n, &here, Default::default()).pack())?;
        let here = places.within(n, "files.html");
        self.put(put, &here, &self.view(n, &here, Default::default()).files())?;
        for list in LISTS {
            let here = places.within(n, &format!("{}/index.html", list.folder));
            let view = self.view(n, &here, Default::default());
            self.put(put, &here, &view.list(list))?;
        }
        Ok(())
    }
}

/// A list of one kind of things.
struct List {
    folder: &'static str,
    heading: &'static str,
    /// The head of the column beside the names.
    beside: &'static str,
    lines: fn(&View<'_>) -> Vec<Line>,
}

const LISTS: &[List] = &[
    List {
        folder: "indicators",
        heading: "list-indicators",
        beside: "list-kind",
        lines: |view| view.indicator_lines(),
    },
    List {
        folder: "derived",
        heading: "list-quantities",
        beside: "list-formula",
        lines: |view| view.define_lines(),
    },
    List {
        folder: "scores",
        heading: "site-scores",
        beside: "page-scope",
        lines: |view| view.score_lines(),
    },
    List {
        folder: "scales",
        heading: "site-scales",
        beside: "site-levels-short",
        lines: |view| view.ladder_lines(),
    },
    List {
        folder: "classes",
        heading: "list-classes",
        beside: "list-members",
        lines: |view| view.class_lines(),
    },
    List {
        folder: "documents",
        heading: "list-documents",
        beside: "page-published",
        lines: |view| view.document_lines(),
    },
];

impl View<'_> {
    /// The lists of a pack, that of this page marked.
    pub(super) fn kinds(&self, current: &str) -> Markup {
        let places = self.book.places;
        let mut all: Vec<(&'static str, String, usize)> = vec![
            (
                "list-rules",
                "index.html".to_owned(),
                places.rules(self.n).len(),
            ),
            (
                "site-files",
                "files.html".to_owned(),
                places.files(self.n).len(),
            ),
        ];
        all.extend(LISTS.iter().map(|list| {
            let n_lines = (list.lines)(self).len();
            (list.heading, format!("{}/index.html", list.folder), n_lines)
        }));
        let units = places.all_indicators(self.n).into_iter().filter(|id| {
            let indicator = &self.report().program.model.indicators[*id];
            indicator.unit.is_some()
        });
        all.push(("list-units", "units.html".to_owned(), units.count()));
        html! {
            nav.kinds aria-label=(self.word("site-kinds")) {
                @for (key, place, n) in all {
                    @if place == current { span aria-current="page" { (self.word(key)) } }
                    @else if n > 0 || place == "index.html" {
                        a href=(self.to(&places.within(self.n, &place))) { (self.word(key)) }
                    }
                }
            }
        }
    }

    fn list(&self, list: &List) -> String {
        let lines = (list.lines)(self);
        let body = html! {
            p.kind { (self.pack_name(self.n)) }
            h1 { (self.word(list.heading)) " " span.aside.n { (lines.len()) } }
            (self.kinds(&format!("{}/index.html", list.folder)))
            @if lines.is_empty() { p { (self.word("list-none")) } }
            @else {
                table.items.cards {
                    caption { (self.word(list.heading)) }
                    thead { tr {
                        th scope="col" { (self.word("list-label")) }
                        th scope="col" { (self.word(list.beside)) }
                    } }
                    tbody {
                        @for (place, id, label, beside) in &lines {
                            tr {
                                th scope="row" { (self.named(place.as_deref(), id, label)) }
                                td data-label=(self.word(list.beside)) { bdi { (beside) } }
                            }
                        }
                    }
                }
            }
        };
        let heading = self.word(list.heading);
        let mut steps = self.steps(&[]);
        steps.push((heading.clone(), None));
        self.whole(
            &format!("{heading} \u{b7} {}", self.pack_name(self.n)),
            &steps,
            &body,
        )
    }

    fn indicator_lines(&self) -> Vec<Line> {
        let program = self.report().program;
        let line = |id| {
            let indicator = &program.model.indicators[id];
            let kind = self.word(kind_key(indicator.kind, Measure::Level));
            let unit = Unit::of_indicator(program, indicator).label();
            let beside = match unit.get(self.page.lang) {
                "" => kind,
                unit => self.page.arg(&Arg::from(vec![kind, unit.to_owned()])),
            };
            let place = self.book.places.indicator(self.n, id);
            (place, indicator.id.clone(), indicator.label.clone(), beside)
        };
        let all = self.book.places.all_indicators(self.n);
        all.into_iter().map(line).collect()
    }

    fn define_lines(&self) -> Vec<Line> {
        let program = self.report().program;
        let line = |id| {
            let define = &program.model.defines[id];
            let formula = self.in_words(program.sources.slice(define.value.span));
            let place = self.book.places.define(self.n, id);
            (place, define.id.clone(), define.label.clone(), formula)
        };
        let all = self.book.places.all_defines(self.n);
        all.into_iter().map(line).collect()
    }

    fn score_lines(&self) -> Vec<Line> {
        let model = &self.report().program.model;
        let line = |id| {
            let score = &model.scores[id];
            let members = crate::explain::members_message(model, &score.members);
            let place = self.book.places.score(self.n, id);
            (
                place,
                score.id.clone(),
                score.label.clone(),
                self.tell(&members),
            )
        };
        let all = self.book.places.scores(self.n);
        all.into_iter().map(line).collect()
    }

    fn ladder_lines(&self) -> Vec<Line> {
        let model = &self.report().program.model;
        let line = |id| {
            let ladder = &model.ladders[id];
            let names = ladder.names().iter().map(Arg::from).collect();
            let place = self.book.places.ladder(self.n, id);
            let names = self.page.arg(&Arg::List(names));
            (place, ladder.id.clone(), ladder.label.clone(), names)
        };
        let all = self.book.places.ladders(self.n);
        all.into_iter().map(line).collect()
    }

    fn class_lines(&self) -> Vec<Line> {
        let program = self.report().program;
        let line = |id| {
            let class = &program.model.classes[id];
            let n = super::places::members(program, id).len();
            let place = self.book.places.class(self.n, id);
            (place, class.id.clone(), class.label.clone(), n.to_string())
        };
        let all = self.book.places.classes(self.n);
        all.into_iter().map(line).collect()
    }

    fn document_lines(&self) -> Vec<Line> {
        let all = self.book.places.all_documents(self.n).into_iter();
        let lines = all.map(|(place, document)| {
            let program = self.book.places.program(document.pack);
            let declared = &program.model.instruments[document.id];
            let published = declared.published.map(|period| period.to_string());
            (
                Some(place.to_owned()),
                declared.id.clone(),
                declared.label.clone(),
                published.unwrap_or_default(),
            )
        });
        lines.collect()
    }

    /// The first page of a pack: its head, and its rules by category.
    fn pack(&self) -> String {
        let model = &self.report().program.model;
        let name = self.pack_name(self.n);
        let groups = self.groups();
        let body = html! {
            p.kind { (self.word("site-pack")) }
            h1 { bdi { (name) } }
            p.about { span { code { (model.pack.id) } } }
            (self.head())
            (self.notes("", &model.pack.notes))
            (self.kinds("index.html"))
            @if self.has_figures() { (self.figures_of_pack()) }
            @for (at, (name, rules)) in groups.iter().enumerate() {
                @let anchor = format!("c-{}", at + 1);
                section.part id=(anchor) aria-labelledby={ (anchor) "-h" } {
                    h2 id={ (anchor) "-h" } { bdi { (name) } " " span.aside.n { (rules.len()) } }
                    (self.rule_table(rules))
                }
            }
        };
        let mut steps = self.steps(&[]);
        if let Some(own) = steps.first_mut() {
            own.1 = None;
        }
        self.whole(&name, &steps, &body)
    }

    /// Rules by category, what has none by its kind behind them.
    fn groups(&self) -> Vec<(String, Vec<RuleId>)> {
        let rules = &self.report().program.model.rules;
        let mut all = self.book.places.rules(self.n);
        all.sort_by_key(|id| (rules[*id].category.is_none(), rules[*id].kind));
        let (mut groups, mut others) = (Vec::new(), Vec::new());
        for (label, found) in self.page.grouped(all, |rule| *rule) {
            match label {
                Some(label) => groups.push((label.get(self.page.lang).to_owned(), found)),
                None => others = found,
            }
        }
        for (kind, key) in RULE_KINDS {
            let of = |id: &RuleId| rules[*id].kind == kind;
            let found: Vec<RuleId> = others.iter().copied().filter(of).collect();
            if !found.is_empty() {
                groups.push((self.word(key), found));
            }
        }
        groups
    }

    /// What the head of a pack says.
    fn head(&self) -> Markup {
        let model = &self.report().program.model;
        let pack = &model.pack;
        let burden = pack.burden.map(|burden| match burden {
            Burden::Submitter => "page-burden-submitter",
            Burden::Authority => "page-burden-authority",
        });
        let packs = self.book.places.packs.iter();
        let ids: Vec<&str> = packs.map(|it| it.program.model.pack.id.as_str()).collect();
        let home = |id: &str| {
            let at = ids.iter().position(|known| *known == id)?;
            Some(self.book.places.home_of(at))
        };
        html! {
            dl.facts {
                @if let Some(entity) = pack.entity {
                    div { dt { (self.word("page-entity")) } dd { (self.page.name(&model.entities[entity].label)) } }
                }
                @if !model.uses.is_empty() {
                    div { dt { (self.word("site-uses")) } dd {
                        @for used in &model.uses { div { (self.named(home(&used.id).as_deref(), &used.id, &used.label)) } }
                    } }
                }
                @if !pack.prefer.is_empty() {
                    div { dt { (self.word("site-prefer")) } dd { (self.page.arg(&Arg::from(pack.prefer.clone()))) } }
                }
                @if !model.tests.is_empty() {
                    div { dt { (self.word("list-tests")) } dd { (model.tests.len()) } }
                }
            }
            @if let Some(key) = burden { p { (self.word(key)) } }
        }
    }

    /// How many rows of each period have each verdict, and what is wrong with the tables.
    fn figures_of_pack(&self) -> Markup {
        let problems = self.page.problems();
        let is_any = self
            .report()
            .outcomes
            .iter()
            .any(|one| !one.rows.is_empty());
        html! {
            @if is_any { (self.section("verdicts", "page-verdicts", &self.page.counts())) }
            @if let Some(body) = &problems.body {
                section.part id=(problems.anchor) aria-labelledby="problems-h" {
                    h2 id="problems-h" { (problems.heading) }
                    (body)
                }
            }
        }
    }

    /// Rules with what each requires, by when, and what it came to last.
    fn rule_table(&self, rules: &[RuleId]) -> Markup {
        let program = self.report().program;
        let known = self.book.known.get(self.n);
        let is_judged = |rule: &RuleId| known.is_some_and(|known| !known.rows(*rule).is_empty());
        let has_verdicts = rules.iter().any(is_judged);
        html! {
            table.items.cards {
                caption { (self.word("site-rules-caption")) }
                thead { tr {
                    th scope="col" { (self.word("page-rule")) }
                    th scope="col" { (self.word("page-requires")) }
                    th scope="col" { (self.word("page-judged")) }
                    @if has_verdicts { th scope="col" { (self.word("site-latest")) } }
                } }
                tbody {
                    @for id in rules {
                        @let rule = &program.model.rules[*id];
                        tr {
                            th scope="row" { (self.named(self.book.places.rule(self.n, *id).as_deref(), &rule.id, &rule.label)) }
                            td data-label=(self.word("page-requires")) { (self.page.short(program.requirement(*id))) }
                            td data-label=(self.word("page-judged")) { (self.page.judged(rule)) }
                            @if has_verdicts { td data-label=(self.word("site-latest")) { (self.latest(*id)) } }
                        }
                    }
                }
            }
        }
    }

    /// The verdict of the latest period; of many bodies how many have each.
    fn latest(&self, id: RuleId) -> Markup {
        let rows = self
            .book
            .known
            .get(self.n)
            .map_or(&[][..], |known| known.rows(id));
        let last = rows.iter().map(|row| row.period).max();
        let rows = || rows.iter().filter(|row| Some(row.period) == last);
        let count = |verdict: Verdict| rows().filter(|row| row.verdict == verdict).count();
        let counts = Verdict::ALL.map(|verdict| (verdict, count(verdict)));
        html! {
            @if let Some(period) = last { span.aside.n { (period) } " " }
            @for (verdict, n) in counts.into_iter().filter(|(_, n)| *n > 0) {
                (self.page.badge(verdict)) " "
                @if n > 1 { span.n { "\u{d7}" (n) } " " }
            }
        }
    }

    /// Rules by the file that they stand in.
    fn files(&self) -> String {
        let (places, program) = (self.book.places, self.report().program);
        let rules = places.rules(self.n);
        let heading = self.word("site-files");
        let body = html! {
            p.kind { (self.pack_name(self.n)) }
            h1 { (heading) }
            (self.kinds("files.html"))
            @for (at, file) in places.files(self.n).into_iter().enumerate() {
                @let anchor = format!("f-{}", at + 1);
                @let own: Vec<RuleId> = rules.iter().copied().filter(|id| program.model.rules[*id].span.source == file).collect();
                section.part id=(anchor) aria-labelledby={ (anchor) "-h" } {
                    h2 id={ (anchor) "-h" } { code { (program.sources.name(file)) } " " span.aside.n { (own.len()) } }
                    @if own.is_empty() { p.aside { (self.word("site-no-rules")) } }
                    @else { ul.list { @for id in &own { li { (self.node(Node::Rule(*id))) } } } }
                }
            }
        };
        let mut steps = self.steps(&[]);
        steps.push((heading.clone(), None));
        self.whole(
            &format!("{heading} \u{b7} {}", self.pack_name(self.n)),
            &steps,
            &body,
        )
    }
}
