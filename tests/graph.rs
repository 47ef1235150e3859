//! The graph of a pack: what it looks like in each format, that what is followed is followed to
//! the end, and that nothing changes with a figure but what the list of a change names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use plumbrule::Sources;
use plumbrule::eval::{Options, evaluate};
use plumbrule::explain::{Node as Sentence, explain};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::{FindingKind, findings};
use plumbrule::graph::{
    Affected, Change, Diagram, Effect, Node, Selection, Stretch, Way, affected, node_name,
};
use plumbrule::message::Lang;
use plumbrule::model::{IndicatorId, Name};
use plumbrule::period::{Period, PeriodWords};
use plumbrule::program::Program;
use plumbrule::report::graph::{GraphFormat, GraphReport, SvgOptions, svg, write_graph};

use common::root;

use crate::{common, golden, repository, schema};

fn compile(name: &str, text: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add(name, text);
    plumbrule::compile(&sources).unwrap()
}

fn made(name: &str) -> Program {
    let path = format!("tests/graph/{name}.plumb");
    compile(&path, &fs::read_to_string(root(&path)).unwrap())
}

fn node(program: &Program, name: &str) -> Node {
    let mut rules = program.model.rules.iter();
    if let Some((id, _)) = rules.find(|(_, rule)| rule.id == name) {
        return Node::Rule(id);
    }
    match program.model.names.lookup(name).unwrap() {
        Name::Indicator(id) => Node::Indicator(id),
        Name::Define(id) => Node::Define(id),
        Name::Decision(id) => Node::Rule(id),
    }
}

fn select(program: &Program, roots: &[&str], way: Option<Way>, depth: Option<usize>) -> Diagram {
    let roots = roots.iter().map(|name| node(program, name)).collect();
    Diagram::of(program, &Selection { roots, way, depth })
}

fn written(
    program: &Program,
    diagram: &Diagram,
    affected: Option<&Affected>,
    format: GraphFormat,
    lang: Lang,
) -> String {
    let report = GraphReport {
        program,
        diagram,
        affected,
        lang,
        columns: 80,
    };
    let mut bytes = Vec::new();
    write_graph(&mut bytes, format, &report).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn change(program: &Program, indicator: &str, period: Option<&str>) -> Change {
    let Name::Indicator(indicator) = program.model.names.lookup(indicator).unwrap() else {
        unreachable!("the tests change indicators");
    };
    let period = period.map(|text| Period::parse(text, &PeriodWords::default()).unwrap());
    Change { indicator, period }
}

#[test]
fn every_format_shows_a_pack() {
    let program = repository::program("nip-2021");
    let whole = select(&program, &[], None, None);
    for (name, format, lang) in [
        ("nip-human-en", GraphFormat::HUMAN, Lang::En),
        ("nip-human-zh", GraphFormat::HUMAN, Lang::Zh),
        ("nip-mermaid-en", GraphFormat::MERMAID, Lang::En),
        ("nip-dot-zh", GraphFormat::DOT, Lang::Zh),
    ] {
        golden::snapshot(
            "graph",
            name,
            &written(&program, &whole, None, format, lang),
        );
    }
    let one = select(&program, &["nip.check.population"], None, None);
    for (name, format) in [
        ("nip-rule-svg-zh", GraphFormat::SVG),
        ("nip-rule-json-zh", GraphFormat::JSON),
    ] {
        golden::snapshot(
            "graph",
            name,
            &written(&program, &one, None, format, Lang::Zh),
        );
    }
}

#[test]
fn odd_names_stand_for_themselves_in_every_format() {
    let program = made("odd");
    let whole = select(&program, &[], None, None);
    for format in GraphFormat::ALL {
        let text = written(&program, &whole, None, *format, Lang::En);
        golden::snapshot("graph", &format!("odd-{}", format.name()), &text);
        if *format == GraphFormat::SVG {
            assert_eq!(faults_of_xml(&text), Vec::<String>::new());
        }
    }
    let change = change(&program, "a", Some("2023"));
    let found = affected(&program, &change, &Options::default());
    for (name, lang) in [("odd-affected-en", Lang::En), ("odd-affected-zh", Lang::Zh)] {
        let diagram = found.diagram(&program);
        let text = written(&program, &diagram, Some(&found), GraphFormat::HUMAN, lang);
        golden::snapshot("graph", name, &text);
    }
}

#[test]
fn what_is_said_of_many_bodies_is_shown() {
    let program = made("many");
    let whole = select(&program, &[], None, None);
    for (name, format, lang) in [
        ("many-human-en", GraphFormat::HUMAN, Lang::En),
        ("many-human-zh", GraphFormat::HUMAN, Lang::Zh),
        ("many-json", GraphFormat::JSON, Lang::En),
    ] {
        let text = written(&program, &whole, None, format, lang);
        golden::snapshot("graph", name, &text);
    }
    let change = change(&program, "homes", Some("2025"));
    let found = affected(&program, &change, &Options::default());
    let diagram = found.diagram(&program);
    let text = written(
        &program,
        &diagram,
        Some(&found),
        GraphFormat::HUMAN,
        Lang::En,
    );
    golden::snapshot("graph", "many-affected-en", &text);
}

/// What a reader of XML would stumble over, and what a picture within a page may not have.
fn faults_of_xml(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for part in text.split('<').skip(1) {
        let Some((tag, content)) = part.split_once('>') else {
            faults.push(format!("no end: {part}"));
            continue;
        };
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match (
            tag.strip_prefix('/'),
            tag.ends_with('/') || tag.starts_with('?'),
        ) {
            (Some(closed), _) => {
                if open.pop().as_deref() != Some(closed) {
                    faults.push(format!("closes nothing: {tag}"));
                }
            }
            (None, true) => {}
            (None, false) => open.push(name.to_owned()),
        }
        let known = [
            "svg", "title", "desc", "g", "rect", "path", "text", "circle", "?xml", "",
        ];
        if !known.contains(&name) {
            faults.push(format!("unknown element: {tag}"));
        }
        for banned in [" id=", " href", " on", " style=", " class="] {
            // Words of the attributes, not of a label: labels stand between tags.
            if tag.contains(banned) {
                faults.push(format!("{banned} in {tag}"));
            }
        }
        for entity in content.split('&').skip(1) {
            let is_known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
            if !is_known.iter().any(|known| entity.starts_with(known)) {
                faults.push(format!("no entity: &{entity}"));
            }
        }
    }
    faults.extend(open.into_iter().map(|name| format!("never closed: {name}")));
    faults
}

#[test]
fn a_fragment_can_stand_in_a_page_more_than_once() {
    let program = repository::program("nip-2021");
    for (id, rule) in program.model.rules.iter() {
        let diagram = Diagram::of_rule(&program, id);
        assert!(!diagram.edges.is_empty(), "{}", rule.id);
        let mut bytes = Vec::new();
        svg(&mut bytes, &diagram, Lang::Zh, &SvgOptions::FRAGMENT).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("<svg "), "{text}");
        assert_eq!(faults_of_xml(&text), Vec::<String>::new());
    }
}

#[test]
fn what_is_followed_is_followed_to_the_end() {
    for program in [repository::program("nip-2021"), made("odd"), made("timing")] {
        let order = &program.order;
        for from in order.nodes() {
            for way in [Way::Up, Way::Down] {
                let all = order.reach(from, way, None);
                for (reached, far) in &all {
                    let back = match way {
                        Way::Up => Way::Down,
                        _ => Way::Up,
                    };
                    for next in order.neighbours(*reached, way) {
                        assert!(all[&next] <= far + 1);
                    }
                    assert_eq!(order.reach(*reached, back, None)[&from], *far);
                }
                for depth in 0..3 {
                    let near = order.reach(from, way, Some(depth));
                    let expected: BTreeMap<Node, usize> = all
                        .iter()
                        .filter(|(_, far)| **far <= depth)
                        .map(|(node, far)| (*node, *far))
                        .collect();
                    assert_eq!(near, expected);
                }
            }
        }
    }
}

#[test]
fn a_bound_on_depth_counts_what_it_leaves_out() {
    let program = made("odd");
    let ids = |diagram: &Diagram| -> BTreeSet<String> {
        diagram.nodes.iter().map(|node| node.key.clone()).collect()
    };
    let alone = select(&program, &["t.10"], None, Some(0));
    assert_eq!(alone.nodes.len(), 1);
    assert_eq!((alone.nodes[0].n_hidden, alone.nodes[0].is_root), (1, true));
    let near = select(&program, &["t.10"], None, Some(1));
    let expected = ["derived:twice", "rule:t.10"].map(str::to_owned);
    assert_eq!(ids(&near), BTreeSet::from(expected));
    let down = select(&program, &["twice"], None, None);
    let expected = ["derived:twice", "derived:rate", "rule:t.10", "rule:t.2"].map(str::to_owned);
    assert_eq!(ids(&down), BTreeSet::from(expected));
    let both = select(&program, &["twice"], Some(Way::Both), None);
    assert!(ids(&both).is_superset(&ids(&down)) && ids(&both).contains("indicator:a"));
    assert!(!ids(&both).contains("rule:k"));
}

/// A text without the places in a file.
fn without_places(text: &str) -> String {
    let mut parts = text.split("order.plumb:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':'));
    }
    out
}

#[test]
fn the_order_of_items_changes_nothing() {
    let text = fs::read_to_string(root("tests/graph/odd.plumb")).unwrap();
    let mut items: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let formats = [
        GraphFormat::HUMAN,
        GraphFormat::DOT,
        GraphFormat::MERMAID,
        GraphFormat::SVG,
    ];
    let mut first: Option<Vec<String>> = None;
    for turn in 0..items.len() {
        items.rotate_left(1);
        if turn % 3 == 0 {
            items.reverse();
        }
        let program = compile("order.plumb", &items.join("\n"));
        let whole = select(&program, &[], None, None);
        let found = affected(&program, &change(&program, "b", None), &Options::default());
        let mut texts: Vec<String> = formats
            .iter()
            .map(|format| written(&program, &whole, None, *format, Lang::En))
            .collect();
        let way = found.diagram(&program);
        texts.push(written(
            &program,
            &way,
            Some(&found),
            GraphFormat::HUMAN,
            Lang::Zh,
        ));
        let texts: Vec<String> = texts.iter().map(|text| without_places(text)).collect();
        assert_eq!(first.get_or_insert_with(|| texts.clone()), &texts);
    }
}

#[test]
fn relations_between_figures_are_shown() {
    let program = made("ties");
    let whole = select(&program, &[], None, None);
    for (name, format, lang) in [
        ("ties-human-en", GraphFormat::HUMAN, Lang::En),
        ("ties-dot-en", GraphFormat::DOT, Lang::En),
        ("ties-mermaid-zh", GraphFormat::MERMAID, Lang::Zh),
        ("ties-svg-zh", GraphFormat::SVG, Lang::Zh),
        ("ties-json", GraphFormat::JSON, Lang::En),
    ] {
        let text = written(&program, &whole, None, format, lang);
        golden::snapshot("graph", name, &text);
        if format == GraphFormat::SVG {
            assert_eq!(faults_of_xml(&text), Vec::<String>::new());
        }
    }
    // With what is asked for comes every figure that it is held with.
    let one = select(&program, &["users"], None, None);
    let ids: BTreeSet<&str> = one.nodes.iter().map(|node| node.id.as_str()).collect();
    let with = ["coverage", "households", "idle", "mix", "ties.few", "users"];
    assert_eq!(ids, BTreeSet::from(with));
    let near = select(&program, &["users"], None, Some(1));
    assert!(near.nodes.len() < one.nodes.len() && near.ties.len() == one.ties.len());
    let alone = select(&program, &["users"], None, Some(0));
    assert!(alone.ties.iter().all(|tie| tie.whole.is_none()));
    for (name, lang) in [("ties-users-en", Lang::En), ("ties-users-zh", Lang::Zh)] {
        let text = written(&program, &one, None, GraphFormat::HUMAN, lang);
        golden::snapshot("graph", name, &text);
    }
    let change = change(&program, "users", Some("2024"));
    let found = affected(&program, &change, &Options::default());
    let diagram = found.diagram(&program);
    for (name, lang) in [
        ("ties-affected-en", Lang::En),
        ("ties-affected-zh", Lang::Zh),
    ] {
        let text = written(&program, &diagram, Some(&found), GraphFormat::HUMAN, lang);
        golden::snapshot("graph", name, &text);
    }
}

/// Findings that an audit derives, each with its kind, indicator and year.
fn derived(program: &Program, text: &str) -> BTreeSet<(FindingKind, IndicatorId, i32, String)> {
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, "t", text.as_bytes(), &Limits::default());
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    let known = [
        FindingKind::Growth,
        FindingKind::Change,
        FindingKind::Share,
        FindingKind::Parts,
        FindingKind::Within,
        FindingKind::Fall,
        FindingKind::Rank,
        FindingKind::Slip,
    ];
    let found = findings(program, &submission, &Options::default());
    let found = found.into_iter().filter(|one| known.contains(&one.kind));
    let one = |one: plumbrule::findings::Finding| {
        let message = one.message.render(Lang::En);
        (one.kind, one.indicator.unwrap(), one.period.year(), message)
    };
    found.map(one).collect()
}

#[test]
fn no_derived_finding_comes_or_goes_but_through_a_named_relation() {
    let program = made("ties");
    let series = [
        ("households", "", "level", "户", "town"),
        ("users", "", "level", "户", "town"),
        ("users", "area=urban", "level", "户", "town"),
        ("users", "area=rural", "level", "户", "town"),
        ("users", "", "growth", "%", "town"),
        ("users", "", "change", "户", "town"),
        ("coverage", "", "level", "%", "town"),
        ("coverage", "", "level", "%", "east"),
        ("coverage", "", "level", "%", "west"),
        ("coverage", "", "rank", "", "east"),
        ("mix", "area=urban", "level", "%", "town"),
        ("mix", "area=rural", "level", "%", "town"),
        ("granted", "", "level", "张", "town"),
    ];
    let text = |rows: &BTreeMap<(usize, i32), u64>| {
        let head = "indicator,breakdown,measure,unit,entity,period,value,source\n".to_owned();
        rows.iter().fold(head, |text, ((n, year), value)| {
            let (indicator, breakdown, measure, unit, entity) = series[*n];
            let row = format!("{indicator},{breakdown},{measure},{unit},{entity},{year},{value}");
            // A source of its own, so that nothing tells where in the table a row stood.
            format!("{text}{row},{n} of {year}\n")
        })
    };
    let mut dice = Dice(11);
    let mut seen: BTreeSet<FindingKind> = BTreeSet::new();
    for _ in 0..80 {
        let mut rows: BTreeMap<(usize, i32), u64> = BTreeMap::new();
        for n in 0..series.len() {
            for year in 2021..=2025 {
                if dice.roll(10) < 7 {
                    rows.insert((n, year), 1 + dice.roll(60));
                }
            }
        }
        let before = derived(&program, &text(&rows));
        let key = (dice.roll(13) as usize, 2021 + dice.roll(5) as i32);
        if rows.remove(&key).is_none() || dice.roll(2) == 0 {
            rows.insert(key, 1 + dice.roll(60));
        }
        let after = derived(&program, &text(&rows));
        let period = key.1.to_string();
        let change = change(&program, series[key.0].0, Some(&period));
        let named = affected(&program, &change, &Options::default()).bound;
        for (kind, indicator, year, message) in before.symmetric_difference(&after) {
            seen.insert(*kind);
            let is_it = named.iter().any(|one| {
                let is_kind = one.relation.kind == *kind && one.relation.about == *indicator;
                is_kind && hold(&one.when, Period::Year(*year))
            });
            assert!(is_it, "{key:?}: {kind:?} {year} {message}");
        }
    }
    assert!(seen.len() >= 8, "{seen:?}");
}

/// What is said of each rule, entity and kind of finding: what counts, and the words.
type Said = BTreeMap<(String, String), (String, String)>;

/// The same for several periods, with findings.
type Told = BTreeMap<Period, (Said, BTreeSet<String>)>;

fn words(sentences: &[Sentence], out: &mut String) {
    for sentence in sentences {
        out.push_str(&sentence.message.render(Lang::En));
        out.push('\n');
        words(&sentence.children, out);
    }
}

/// What is said when each of several periods is evaluated.
fn told(program: &Program, submission: &Submission, periods: &[Period]) -> Told {
    let of = |period: &Period| (*period, said(program, submission, *period));
    periods.iter().map(of).collect()
}

/// All rows of a period with their explanations, and the findings of rules and identities.
fn said(program: &Program, submission: &Submission, period: Period) -> (Said, BTreeSet<String>) {
    let options = Options {
        period: Some(period),
        ..Options::default()
    };
    let mut rows = Said::new();
    for row in evaluate(program, submission, &options).rows {
        let mut text = String::new();
        let explanation = explain(program, submission, &options, row.rule, row.entity);
        words(&explanation.nodes, &mut text);
        let answer = format!(
            "{:?} {:?} {:?} {:?} {:?}",
            row.verdict, row.causes, row.marks, row.reason, row.outlook
        );
        let rule = program.model.rules[row.rule].id.clone();
        rows.insert((rule, period.to_string()), (answer, text));
    }
    let found = findings(program, submission, &options);
    let found = found.iter().filter_map(|finding| {
        let name = match (finding.kind, finding.rule, finding.indicator) {
            (FindingKind::Check, Some(rule), _) => &program.model.rules[rule].id,
            (FindingKind::Baseline, Some(rule), _) => &program.model.rules[rule].id,
            (FindingKind::Identity, _, Some(indicator)) => &program.model.indicators[indicator].id,
            _ => return None,
        };
        let message = finding.message.render(Lang::En);
        Some(format!("{name}\t{}\t{message}", finding.period))
    });
    (rows, found.collect())
}

fn hold(all: &[Stretch], period: Period) -> bool {
    all.iter().any(|stretch| stretch.holds(period))
}

/// What changed that the list does not name, and what changed at all.
fn unnamed(
    program: &Program,
    change: &Change,
    before: &Told,
    after: &Told,
) -> (Vec<String>, BTreeSet<(String, Period)>) {
    let (mut missing, mut seen) = (Vec::new(), BTreeSet::new());
    let all = affected(program, change, &Options::default());
    for (period, (rows_before, found_before)) in before {
        let options = Options {
            period: Some(*period),
            ..Options::default()
        };
        let now = affected(program, change, &options);
        let (rows_after, found_after) = &after[period];
        for ((rule, at), (answer, text)) in rows_before {
            let (other, other_text) = &rows_after[&(rule.clone(), at.clone())];
            let is_answer = answer != other;
            if !is_answer && text == other_text {
                continue;
            }
            seen.insert((rule.clone(), *period));
            let is_it = |list: &Affected, is_over_all: bool| {
                list.touched.iter().any(|one| {
                    let held =
                        hold(&one.when, *period) || (!is_answer && hold(&one.named, *period));
                    let is_row = one.effect != Effect::Finding;
                    is_row
                        && node_name(&program.model, one.node) == *rule
                        && (held || (is_over_all && !matches!(period, Period::Year(_))))
                })
            };
            if !is_it(&now, false) || !is_it(&all, true) {
                missing.push(format!("{rule} {at}: {change:?}\n{text}---\n{other_text}"));
            }
        }
        for line in found_before.symmetric_difference(found_after) {
            let mut parts = line.split('\t');
            let (name, of) = (parts.next().unwrap(), parts.next().unwrap());
            let of = Period::parse(of, &PeriodWords::default()).unwrap();
            let is_named = all.touched.iter().any(|one| {
                let held = hold(&one.when, of) || !matches!(of, Period::Year(_));
                let is_finding = one.effect == Effect::Finding;
                is_finding && node_name(&program.model, one.node) == name && held
            });
            if !is_named {
                missing.push(format!("{line}: {change:?}"));
            }
        }
    }
    (missing, seen)
}

/// Tables without some of their lines.
fn read_tables(
    program: &Program,
    tables: &[(String, String)],
    without: &BTreeSet<(String, usize)>,
) -> Submission {
    let mut submission = Submission::new(&program.model);
    for (path, text) in tables {
        let kept: Vec<&str> = text
            .lines()
            .zip(1..)
            .filter(|(_, n)| !without.contains(&(path.clone(), *n)))
            .map(|(line, _)| line)
            .collect();
        let kept = format!("{}\n", kept.join("\n"));
        submission.read_table(&program.model, path, kept.as_bytes(), &Limits::default());
    }
    submission
}

#[test]
fn no_published_figure_changes_what_its_list_does_not_name() {
    let program = repository::program("nip-2021");
    let mut tables: Vec<(String, String)> = Vec::new();
    for document in repository::folders("fixtures/published") {
        for path in common::files(&format!("fixtures/published/{document}"), &[".tsv", ".csv"]) {
            let text = fs::read_to_string(root(&path)).unwrap();
            tables.push((path, text));
        }
    }
    let read = |without: &BTreeSet<(String, usize)>| read_tables(&program, &tables, without);
    let whole = repository::fixtures(&program);
    assert_eq!(read(&BTreeSet::new()).claims.len(), whole.claims.len());
    let is_used = |id: IndicatorId| {
        let users = program.order.neighbours(Node::Indicator(id), Way::Down);
        !users.is_empty()
    };
    let mut n_unused = 0;
    for (figure, period, _) in whole.keys() {
        if !is_used(figure.indicator) {
            let change = Change {
                indicator: figure.indicator,
                period: Some(period),
            };
            let found = affected(&program, &change, &Options::default());
            assert_eq!(found.touched, [], "{change:?}");
            n_unused += 1;
        }
    }
    // What nothing uses is left out from here on, so that each run reads little.
    for (_, text) in &mut tables {
        let mut lines = text.lines();
        let head = lines.next().unwrap_or_default();
        let used = lines.filter(|line| {
            let id = line.split('\t').next().unwrap_or_default();
            let known = program.model.names.lookup(id);
            matches!(known, Some(Name::Indicator(id)) if is_used(id))
        });
        *text = std::iter::once(head)
            .chain(used)
            .collect::<Vec<_>>()
            .join("\n");
    }
    tables.retain(|(_, text)| text.lines().count() > 1);
    let read = |without: &BTreeSet<(String, usize)>| read_tables(&program, &tables, without);
    let all = read(&BTreeSet::new());
    let mut keys: BTreeMap<(Node, Period), BTreeSet<(String, usize)>> = BTreeMap::new();
    for (figure, period, entries) in all.keys() {
        let lines = entries.iter().map(|(_, id)| {
            let place = all.claims[*id].place;
            (all.text(place.file).to_owned(), place.line as usize)
        });
        let key = (Node::Indicator(figure.indicator), period);
        keys.entry(key).or_default().extend(lines);
    }
    let years = [2023, 2025].map(Period::Year);
    let before = told(&program, &all, &years);
    let (mut n_changed, mut missing) = (0, Vec::new());
    for ((indicator, period), lines) in keys {
        let Node::Indicator(id) = indicator else {
            continue;
        };
        let change = Change {
            indicator: id,
            period: Some(period),
        };
        let (wrong, seen) = unnamed(
            &program,
            &change,
            &before,
            &told(&program, &read(&lines), &years),
        );
        missing.extend(wrong);
        n_changed += usize::from(!seen.is_empty());
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(n_changed > 20 && n_unused > 20, "{n_changed} {n_unused}");
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A table of figures: what and when, and the value where there is one.
type Table = BTreeMap<(&'static str, &'static str, String), u64>;

fn submission(program: &Program, table: &Table) -> Submission {
    let mut text = "indicator,breakdown,period,value,unit,source\n".to_owned();
    for ((indicator, breakdown, period), value) in table {
        // A source of its own, so that nothing tells where in the table a row stood.
        let source = format!("{indicator} {breakdown} {period}");
        text.push_str(&format!(
            "{indicator},{breakdown},{period},{value},户,{source}\n"
        ));
    }
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, "t", text.as_bytes(), &Limits::default());
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    submission
}

fn table(dice: &mut Dice) -> Table {
    let mut table = Table::new();
    for year in 2018..=2026 {
        for (indicator, breakdown, chance) in [
            ("a", "", 8),
            ("b", "", 8),
            ("b", "area=urban", 6),
            ("c", "", 2),
            ("other", "", 5),
        ] {
            if dice.roll(10) < chance {
                let key = (indicator, breakdown, format!("{year}"));
                table.insert(key, 30 + dice.roll(50));
            }
        }
        for part in [format!("{year}-06"), format!("{year}H1")] {
            if dice.roll(4) == 0 {
                table.insert(("b", "", part), 30 + dice.roll(50));
            }
        }
    }
    table
}

#[test]
fn no_made_figure_changes_what_its_list_does_not_name() {
    let program = made("timing");
    let mut periods: Vec<Period> = (2020..=2025).map(Period::Year).collect();
    periods.extend([
        Period::Month(2022, 6),
        Period::Half(2022, 1),
        Period::Quarter(2022, 2),
    ]);
    let mut dice = Dice(7);
    let (mut missing, mut n_changed) = (Vec::new(), 0);
    for _ in 0..16 {
        let mut table = table(&mut dice);
        let before = told(&program, &submission(&program, &table), &periods);
        let indicator = ["a", "b", "c", "other"][dice.roll(4) as usize];
        let year = 2019 + dice.roll(7);
        let period = match dice.roll(4) {
            0 => format!("{year}-06"),
            1 => format!("{year}H1"),
            _ => format!("{year}"),
        };
        let breakdown = match (indicator, dice.roll(3)) {
            ("b", 0) => "area=urban",
            _ => "",
        };
        let key = (indicator, breakdown, period.clone());
        if table.remove(&key).is_none() || dice.roll(2) == 0 {
            table.insert(key, 30 + dice.roll(50));
        }
        let after = told(&program, &submission(&program, &table), &periods);
        let change = change(&program, indicator, Some(&period));
        let (wrong, seen) = unnamed(&program, &change, &before, &after);
        missing.extend(wrong);
        n_changed += usize::from(!seen.is_empty());
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(n_changed > 8, "{n_changed}");
}

#[test]
fn what_the_list_names_does_change_with_some_figure() {
    let program = made("timing");
    let years: Vec<Period> = (2020..=2025).map(Period::Year).collect();
    let change = change(&program, "a", Some("2022"));
    let mut seen: BTreeSet<(String, Period)> = BTreeSet::new();
    let mut dice = Dice(3);
    for _ in 0..8 {
        let mut table = table(&mut dice);
        let key = ("a", "", "2022".to_owned());
        table.remove(&key);
        let without = told(&program, &submission(&program, &table), &years);
        table.insert(key, 30 + dice.roll(50));
        let with = told(&program, &submission(&program, &table), &years);
        seen.extend(unnamed(&program, &change, &without, &with).1);
    }
    let mut idle = Vec::new();
    for one in affected(&program, &change, &Options::default()).touched {
        let name = node_name(&program.model, one.node);
        let held = years.iter().filter(|year| hold(&one.when, **year));
        for year in held.filter(|_| one.effect != Effect::Finding) {
            if !seen.contains(&(name.clone(), *year)) {
                idle.push(format!("{name} {year}"));
            }
        }
    }
    assert!(!seen.is_empty() && idle.is_empty(), "{idle:?}");
}

/// What a run of the command says: its status, its output, its errors.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
        .arg("graph")
        .args(arguments)
        .current_dir(root(""))
        .env_clear()
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn what_cannot_be_shown_is_said_with_a_way_out() {
    let empty = format!("{}/empty.plumb", env!("CARGO_TARGET_TMPDIR"));
    fs::write(&empty, "pack p \"P\" { entity x }\nentity x \"X\" {}\n").unwrap();
    let twins = format!("{}/twins.plumb", env!("CARGO_TARGET_TMPDIR"));
    let one = |id: &str| format!("indicator {id} \"Same\" {{ unit 户 kind stock }}\n");
    let pack = fs::read_to_string(&empty).unwrap();
    fs::write(&twins, format!("{pack}{}{}", one("first"), one("second"))).unwrap();
    let odd = "tests/graph/odd.plumb";
    let cases: [(&[&str], &str, &str); 10] = [
        (&[odd, "--rule", "t.3"], "no rule `t.3`", "`t.2`"),
        (
            &[odd, "--indicator", "twic"],
            "no indicator or derived quantity `twic`",
            "`twice`",
        ),
        (
            &[odd, "--affected", "c@20x4"],
            "`20x4` is not a period",
            "2024",
        ),
        (
            &[odd, "--affected", "rate"],
            "`rate` is derived",
            "--indicator rate",
        ),
        (
            &[odd, "--affected", "c", "--rule", "k"],
            "does not go together with",
            "--rule",
        ),
        (
            &[odd, "--period", "2024"],
            "missing: --affected",
            "graph --help",
        ),
        (
            &[odd, "--depth", "1"],
            "need something to start from",
            "--rule or --indicator",
        ),
        (&[odd, "--format", "png"], "`png` is no value of", "mermaid"),
        (&[&empty], "no indicator and no rule", "empty.plumb"),
        (
            &[&twins, "--indicator", "Same"],
            "`Same` names several",
            "first, second",
        ),
    ];
    for (arguments, what, help) in cases {
        let (status, out, err) = run(arguments);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(
            err.contains(what) && err.contains(help),
            "{arguments:?}\n{err}"
        );
    }
    let (_, _, err) = run(&[odd, "--lang", "zh", "--rule", "t.3"]);
    assert!(err.contains("没有规则") && err.contains("`t.2`"), "{err}");
}

#[test]
fn names_and_endings_are_understood() {
    let odd = "tests/graph/odd.plumb";
    let (_, by_id, _) = run(&[odd, "--rule", "t.10", "--format", "mermaid"]);
    let (_, by_name, _) = run(&[odd, "--rule", "目标十", "--format", "mermaid"]);
    assert_eq!(by_id, by_name);
    assert!(by_id.contains("flowchart"));
    let (_, by_id, _) = run(&[odd, "--affected", "c@2024"]);
    let (_, by_name, _) = run(&[odd, "--affected", "合计＠2024"]);
    assert_eq!(by_id, by_name);
    for format in GraphFormat::ALL {
        let file = format!("{}/odd.{}", env!("CARGO_TARGET_TMPDIR"), format.ending());
        let (status, _, err) = run(&[odd, "--out", &file]);
        assert_eq!((status, err.as_str()), (Some(0), ""));
        let (_, out, _) = run(&[odd, "--format", format.name()]);
        assert_eq!(fs::read_to_string(&file).unwrap(), out);
    }
}

#[test]
fn machine_output_fits_its_schema() {
    let text = fs::read_to_string(root("docs/schema/graph.json")).unwrap();
    let known: serde_json::Value = serde_json::from_str(&text).unwrap();
    let runs: [&[&str]; 6] = [
        &["rules/nip-2021"],
        &["tests/graph/odd.plumb", "--indicator", "c", "--depth", "1"],
        &["tests/graph/odd.plumb", "--affected", "a@2023"],
        &["tests/graph/ties.plumb", "--indicator", "users"],
        &["tests/graph/ties.plumb", "--affected", "users@2024"],
        &[
            "tests/graph/timing.plumb",
            "--affected",
            "b@2022-06",
            "--in-force",
            "2022-01-01",
        ],
    ];
    for arguments in runs {
        let (_, out, err) = run(&[arguments, &["--format", "json"]].concat());
        let document = serde_json::from_str(&out).unwrap();
        assert_eq!(
            schema::problems(&known, &document),
            Vec::<String>::new(),
            "{err}"
        );
    }
    assert!(!schema::problems(&known, &serde_json::json!({ "schema": "x" })).is_empty());
}

#[test]
fn the_picture_of_the_manual_is_what_the_program_draws() {
    let file = root("docs/pictures/graph.svg");
    let arguments = [
        "rules/nip-2021",
        "--rule",
        "nip.check.population",
        "--format",
        "svg",
    ];
    let (_, drawn, _) = run(&arguments);
    let is_set = |name, value: &str| std::env::var(name).is_ok_and(|set| set == value);
    if is_set("UPDATE_DOCS", "1") || is_set("INSTA_UPDATE", "always") {
        fs::create_dir_all(root("docs/pictures")).unwrap();
        fs::write(&file, &drawn).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), drawn);
}
