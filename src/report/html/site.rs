//! A static site of packs: plain pages that are read from a disk as well as from a server.
//!
//! Goes in: packs, each with the figures that it was evaluated with, if any. Comes out: one file
//! after the other, each named by its place in the site. It fetches nothing, evaluates nothing but
//! the explanations that its pages show, and trusts no text. A page is made, handed out and
//! forgotten, so that a pack of thousands of rules takes no more memory than its largest page.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Key, Page, shell};
use crate::eval::Row;
use crate::figures::ClaimId;
use crate::message::{Label, Lang, Message};
use crate::model::{IndicatorId, RuleId};
use crate::report::Report;
use crate::report::text::visible;

mod cited;
mod decision;
mod document;
mod home;
mod indicator;
mod lists;
mod mark;
mod near;
mod other;
mod places;
mod rule;
mod search;
mod slug;
mod verdicts;

use places::Places;

const STYLE: &str = include_str!("site/site.css");
const SCRIPT: &str = include_str!("site/site.js");
/// What a page may load: the style and the scripts beside it. A browser that reads pages from a
/// disk knows no origin, so that files are named beside it.
const POLICY: &str = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; base-uri 'none'; form-action 'none'";

/// What a site is made of.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The packs, each with its rows of every period, findings and problems; of a pack that was
    /// given no figures the digest of the figures is empty, and nothing is said of verdicts.
    pub packs: &'a [Report<'a>],
    /// The languages; pages of several stand in a folder for each.
    pub langs: &'a [Lang],
}

/// Takes a file of a site: its path, with `/` between folders, and its bytes.
pub type Put<'p> = &'p mut dyn FnMut(&str, &[u8]) -> io::Result<()>;

/// Writes a site, file by file. The same packs and figures give the same bytes.
///
/// # Errors
///
/// What the taker of the files says.
///
/// ```
/// use plumbrule::eval::Options;
/// use plumbrule::figures::Submission;
/// use plumbrule::message::Lang;
/// use plumbrule::report::{Digests, Report, Site, write_site};
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack city "City plan" { entity city }
/// entity city "The city" { }
/// indicator users "Users" { unit 人 }
/// target c.1 "Enough users" { require users >= 5亿人 by 2025 }
/// "#);
/// let program = plumbrule::compile(&sources).map_err(|problems| problems.len())?;
/// let submission = Submission::new(&program.model);
/// let report = Report {
///     program: &program,
///     submission: &submission,
///     options: &Options::default(),
///     outcomes: &[],
///     findings: &[],
///     warnings: &[],
///     digests: &Digests::default(),
///     lang: Lang::En,
///     columns: 80,
///     colour: false,
///     by_entity: false,
///     n_left_out: 0,
///     filter_args: "",
///     hint_args: "",
/// };
/// let mut files = Vec::new();
/// let site = Site { packs: &[report], langs: &Lang::ALL };
/// write_site(&mut |path, _| Ok(files.push(path.to_owned())), &site).map_err(|_| 0_usize)?;
/// assert!(files.iter().any(|path| path == "en/city/rules/c.1.html"));
/// # Ok::<(), usize>(())
/// ```
pub fn write_site(put: Put<'_>, site: &Site<'_>) -> io::Result<()> {
    let places = Places::new(site.packs);
    let style = format!("{}{STYLE}", shell::STYLE);
    put("style.css", style.as_bytes())?;
    let script = format!("{}{SCRIPT}", shell::SCRIPT);
    put("script.js", script.as_bytes())?;
    put("search.js", search::index(&places).as_bytes())?;
    if site.langs.len() > 1 {
        put("index.html", home::choice(site, &places).as_bytes())?;
    }
    let known: Vec<Known<'_>> = site.packs.iter().map(Known::of).collect();
    for lang in site.langs {
        let mut reports = site.packs.to_vec();
        for report in &mut reports {
            report.lang = *lang;
        }
        let book = Book {
            site,
            places: &places,
            reports: &reports,
            known: &known,
            lang: *lang,
        };
        book.write(put)?;
    }
    Ok(())
}

/// Rows and claims of a pack by what they are about.
struct Known<'a> {
    rows: BTreeMap<RuleId, Vec<&'a Row>>,
    claims: BTreeMap<IndicatorId, Vec<ClaimId>>,
}

impl<'a> Known<'a> {
    fn of(report: &Report<'a>) -> Known<'a> {
        let mut rows: BTreeMap<RuleId, Vec<&Row>> = BTreeMap::new();
        for row in report.outcomes.iter().flat_map(|one| &one.rows) {
            rows.entry(row.rule).or_default().push(row);
        }
        let mut claims: BTreeMap<IndicatorId, Vec<ClaimId>> = BTreeMap::new();
        for (id, claim) in report.submission.claims.iter() {
            claims.entry(claim.figure.indicator).or_default().push(id);
        }
        Known { rows, claims }
    }

    /// The rows of a rule, in the order of their periods.
    fn rows(&self, rule: RuleId) -> &[&'a Row] {
        self.rows.get(&rule).map_or(&[], Vec::as_slice)
    }
}

/// All pages of one language.
struct Book<'a> {
    site: &'a Site<'a>,
    places: &'a Places<'a>,
    /// The packs in the language of the pages.
    reports: &'a [Report<'a>],
    known: &'a [Known<'a>],
    lang: Lang,
}

impl Book<'_> {
    fn write(&self, put: Put<'_>) -> io::Result<()> {
        self.home(put)?;
        for n in 0..self.reports.len() {
            self.lists(put, n)?;
            self.rules(put, n)?;
            self.indicators(put, n)?;
            self.others(put, n)?;
        }
        self.documents(put)
    }

    /// A page of a pack at a place, nothing on it yet.
    fn view<'v>(&'v self, n: usize, here: &str, explained: BTreeSet<Key>) -> View<'v> {
        View {
            book: self,
            n,
            page: Page {
                report: &self.reports[n],
                lang: self.lang,
                explained,
                is_single: true,
            },
            here: here.to_owned(),
        }
    }

    /// Hands a page out, signs that nobody sees made visible.
    fn put(&self, put: Put<'_>, here: &str, page: &str) -> io::Result<()> {
        let path = match self.site.langs.len() {
            1 => here.to_owned(),
            _ => format!("{}/{here}", self.lang.code()),
        };
        put(&path, visible(page).as_bytes())
    }
}

/// A step of the way to a page: its name, and where it leads.
type Step = (String, Option<String>);

/// One page: what it is of, and where it stands.
struct View<'a> {
    book: &'a Book<'a>,
    /// The pack.
    n: usize,
    /// Words, names and pieces of the audit report, of this pack and in this language.
    page: Page<'a>,
    /// Its own place, within its language.
    here: String,
}

impl<'a> View<'a> {
    fn report(&self) -> &'a Report<'a> {
        self.page.report
    }

    /// Whether anything is said of verdicts.
    fn has_figures(&self) -> bool {
        !self.report().digests.figures.is_empty()
    }

    /// From this page up to the folder that holds all pages of its language.
    fn up(&self) -> String {
        "../".repeat(self.here.matches('/').count())
    }

    /// The way from this page to a place.
    fn to(&self, place: &str) -> String {
        format!("{}{place}", self.up())
    }

    /// The way to a file that all languages share.
    fn asset(&self, name: &str) -> String {
        match self.book.site.langs.len() {
            1 => self.to(name),
            _ => format!("{}../{name}", self.up()),
        }
    }

    /// A text that leads to a place, where there is one.
    fn link(&self, place: Option<&str>, text: &Markup) -> Markup {
        html! {
            @match place {
                Some(place) => a href=(self.to(place)) { (text) },
                None => (text)
            }
        }
    }

    /// An id and a name that lead to a place.
    fn named(&self, place: Option<&str>, id: &str, label: &Label) -> Markup {
        let name = label.get(self.page.lang);
        let text = html! {
            span.rid { (id) }
            @if !name.is_empty() && name != id { " " (self.page.short(label)) }
        };
        self.link(place, &text)
    }

    fn word(&self, key: &'static str) -> String {
        self.page.word(key)
    }

    fn tell(&self, message: &Message) -> String {
        self.page.tell(message)
    }

    /// The name of a pack, or its id.
    fn pack_name(&self, n: usize) -> String {
        let pack = &self.book.reports[n].program.model.pack;
        let name = pack.label.get(self.page.lang);
        match (name.is_empty(), pack.id.is_empty()) {
            (false, _) => name.to_owned(),
            (true, false) => pack.id.clone(),
            (true, true) => self.word("site-pack"),
        }
    }

    /// The way to the pages of this pack.
    fn steps(&self, rest: &[(&'static str, &str)]) -> Vec<Step> {
        let pack = (
            self.pack_name(self.n),
            Some(self.book.places.home_of(self.n)),
        );
        let rest = rest
            .iter()
            .map(|(key, place)| (self.word(key), Some((*place).to_owned())));
        std::iter::once(pack).chain(rest).collect()
    }

    /// A section with its heading.
    fn section(&self, anchor: &str, key: &'static str, body: &Markup) -> Markup {
        html! {
            section.part id=(anchor) aria-labelledby={ (anchor) "-h" } {
                h2 id={ (anchor) "-h" } { (self.word(key)) }
                (body)
            }
        }
    }

    /// The whole page.
    fn whole(&self, title: &str, steps: &[Step], body: &Markup) -> String {
        let language = code(self.page.lang);
        let head = html! {
            head {
                (shell::metas(POLICY, title))
                link rel="stylesheet" href=(self.asset("style.css"));
            }
        };
        let page = html! {
            (DOCTYPE)
            html lang=(language) {
                (head)
                body.site {
                    a.skip href="#main" { (self.word("site-skip")) }
                    (self.top(steps))
                    main id="main" { (body) }
                    (self.foot(steps.is_empty()))
                    script src=(self.asset("script.js")) {}
                }
            }
        };
        page.0
    }

    /// Where the page stands, the other language, and the place of the search.
    fn top(&self, steps: &[Step]) -> Markup {
        let others = self.book.site.langs.iter();
        let others = others.filter(|lang| **lang != self.page.lang);
        html! {
            header.top-of-page {
                nav.trail aria-label=(self.word("site-trail")) {
                    ol {
                        li {
                            @if steps.is_empty() { span aria-current="page" { (self.word("site-home")) } }
                            @else { a href=(self.to("index.html")) { (self.word("site-home")) } }
                        }
                        @for (name, place) in steps {
                            li { @if let Some(place) = place { a href=(self.to(place)) { bdi { (name) } } } @else { bdi { (name) } } }
                        }
                    }
                }
                @for lang in others {
                    a.language lang=(code(*lang)) hreflang=(code(*lang)) rel="alternate"
                        href={ (self.up()) "../" (lang.code()) "/" (self.here) } {
                        (Message::new("site-language").render(*lang))
                    }
                }
                (self.finder())
            }
        }
    }

    /// The search; shown by its script, as it is of no use without.
    fn finder(&self) -> Markup {
        let kinds: Vec<String> = search::KINDS.iter().map(|key| self.word(key)).collect();
        html! {
            div.find role="search" hidden data-index=(self.asset("search.js")) data-root=(self.up())
                data-lang=(self.page.lang.code()) data-kinds=(kinds.join("|"))
                data-none=(self.word("site-search-none")) data-many=(self.word("site-search-many")) data-some=(self.word("site-search-some")) {
                label for="q" { (self.word("site-search")) }
                input id="q" type="search" autocomplete="off" spellcheck="false" aria-describedby="q-help" aria-controls="q-found";
                span.aside id="q-help" { (self.word("site-search-help")) }
                div id="q-found" hidden { p.aside role="status" {} ol {} }
            }
        }
    }

    fn foot(&self, is_home: bool) -> Markup {
        let all = self.book.reports.iter().enumerate();
        let shown = all.filter(|(n, _)| is_home || *n == self.n);
        html! {
            footer.foot {
                p { "Plumbrule \u{b7} " (env!("CARGO_PKG_VERSION")) }
                @for (_, report) in shown {
                    p { bdi { (report.program.model.pack.id) } " \u{b7} " (self.word("page-digest-rules")) " " (report.digests.rules) }
                    @if !report.digests.figures.is_empty() {
                        p { bdi { (report.program.model.pack.id) } " \u{b7} " (self.word("page-digest-figures")) " " (report.digests.figures) }
                    }
                }
            }
        }
    }
}

/// The code of a language, as pages name it.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-Hans",
        Lang::En => "en",
    }
}

/// A picture that was written as text.
fn drawn(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Option<Markup> {
    let mut bytes = Vec::new();
    write(&mut bytes).ok()?;
    String::from_utf8(bytes).ok().map(PreEscaped)
}
