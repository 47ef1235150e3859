//! The frame of the page: head, masthead, contents and foot. Parts go in, the whole file comes out.
//! Its policy lets nothing be fetched and nothing run but the style and script that stand here.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Page;
use crate::eval::Row;
use crate::message::{Arg, Lang, Message};
use crate::report::Digests;
use crate::report::text::visible;

pub(super) const STYLE: &str = include_str!("page.css");
pub(super) const SCRIPT: &str = include_str!("page.js");
/// Digests of both for the policy; a test of the page compares them.
const STYLE_DIGEST: &str = "sha256-qAULDB6lh/bqmboom2J0sgyvMFdxRGuDYiR9vmSUzSg=";
const SCRIPT_DIGEST: &str = "sha256-abA6a8lsyGunwUwAtpxsoNMeQNutnVapg+QadsZ3hx8=";

/// Names of entities in the masthead.
const MOST_ENTITIES: usize = 5;

/// A part of the page: its place, its heading, its contents. Empty parts are left out.
pub(in crate::report) struct Part {
    pub(in crate::report) anchor: &'static str,
    pub(in crate::report) heading: String,
    pub(in crate::report) body: Option<Markup>,
}

/// A whole page: what stands around its parts.
pub(in crate::report) struct Sheet<'a> {
    pub(in crate::report) lang: Lang,
    pub(in crate::report) title: &'a str,
    pub(in crate::report) masthead: &'a Markup,
    pub(in crate::report) parts: &'a [Part],
    pub(in crate::report) digests: &'a Digests,
}

/// What the head of every page says, under a policy of what it may load.
pub(super) fn metas(policy: &str, title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta http-equiv="Content-Security-Policy" content=(policy);
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        meta name="generator" content={ "plumbrule " (env!("CARGO_PKG_VERSION")) };
        title { (title) }
    }
}

/// Writes a whole page.
pub(in crate::report) fn write_sheet(w: &mut dyn Write, sheet: &Sheet<'_>) -> io::Result<()> {
    let lang = sheet.lang;
    let word = |key| Message::new(key).render(lang);
    let policy = format!(
        "default-src 'none'; style-src '{STYLE_DIGEST}'; script-src '{SCRIPT_DIGEST}'; base-uri 'none'; form-action 'none'"
    );
    let head = html! {
        head {
            (metas(&policy, sheet.title))
            style { (PreEscaped(STYLE)) }
        }
    };
    let is_filled = |part: &&Part| part.body.is_some();
    let filled: Vec<&Part> = sheet.parts.iter().filter(is_filled).collect();
    let language = match lang {
        Lang::Zh => "zh-Hans",
        Lang::En => "en",
    };
    write!(w, "{}", DOCTYPE.into_string())?;
    writeln!(w, "\n<html lang=\"{language}\">")?;
    put(w, &head)?;
    writeln!(w, "<body>")?;
    put(
        w,
        &html! { a.skip href={ "#" (filled.first().map_or("", |part| part.anchor)) } { (word("page-skip")) } },
    )?;
    put(w, sheet.masthead)?;
    put(w, &contents(&filled, lang))?;
    writeln!(w, "<main>")?;
    for part in filled {
        let Some(body) = &part.body else { continue };
        put(
            w,
            &html! {
                section.part id=(part.anchor) aria-labelledby={ (part.anchor) "-h" } {
                    h2 id={ (part.anchor) "-h" } { (part.heading) }
                    (body)
                }
            },
        )?;
    }
    writeln!(w, "</main>")?;
    put(w, &foot(sheet.digests))?;
    put(w, &html! { script { (PreEscaped(SCRIPT)) } })?;
    writeln!(w, "</body>\n</html>")
}

fn contents(parts: &[&Part], lang: Lang) -> Markup {
    let word = |key| Message::new(key).render(lang);
    html! {
        nav.contents aria-label=(word("page-contents")) {
            ol {
                @for part in parts { li { a href={ "#" (part.anchor) } { (part.heading) } } }
            }
            p.tools {
                button type="button" hidden data-open { (word("page-open-all")) }
                button type="button" hidden data-close { (word("page-close-all")) }
            }
        }
    }
}

fn foot(digests: &Digests) -> Markup {
    html! {
        footer.foot {
            p { "Plumbrule \u{b7} " (env!("CARGO_PKG_VERSION")) }
            p { (digests.rules) }
            @if !digests.figures.is_empty() { p { (digests.figures) } }
        }
    }
}

impl Page<'_> {
    /// Writes the whole page.
    pub(super) fn deliver(
        &self,
        w: &mut dyn Write,
        title: &str,
        masthead: &Markup,
        parts: &[Part],
    ) -> io::Result<()> {
        let sheet = Sheet {
            lang: self.lang,
            title,
            masthead,
            parts,
            digests: self.report.digests,
        };
        write_sheet(w, &sheet)
    }

    /// The title of the file.
    pub(super) fn title(&self) -> String {
        let pack = &self.report.program.model.pack;
        self.tell(
            &Message::new("page-title")
                .with("pack", self.pack_name(&pack.id))
                .with("periods", self.periods()),
        )
    }

    /// The title of the file of one explanation.
    pub(super) fn title_of(&self, row: &Row) -> String {
        let rule = &self.report.program.model.rules[row.rule];
        self.tell(
            &Message::new("page-title-explanation")
                .with("rule", &rule.id)
                .with("label", &rule.label)
                .with("period", row.period.to_string()),
        )
    }

    /// The name of the pack, or its id.
    fn pack_name(&self, id: &str) -> String {
        let name = self.report.program.model.pack.label.get(self.lang);
        if name.is_empty() { id } else { name }.to_owned()
    }

    /// The periods of the run, from first to last.
    pub(super) fn periods(&self) -> Message {
        let mut periods: Vec<String> = self
            .report
            .outcomes
            .iter()
            .map(|outcome| outcome.clocks.period.to_string())
            .collect();
        let count = periods.len();
        let last = periods.pop();
        match (periods.first(), last) {
            (Some(first), Some(last)) => Message::new("page-periods")
                .with("first", first)
                .with("last", last)
                .with("count", count),
            (_, last) => Message::new("list").with("items", last.unwrap_or_default()),
        }
    }

    /// Whom the rows are about.
    fn entities(&self) -> Message {
        let mut ids: Vec<_> = self.rows().map(|row| row.entity).collect();
        ids.sort_unstable();
        ids.dedup();
        let names: Vec<Arg> = ids
            .iter()
            .take(MOST_ENTITIES)
            .map(|id| Arg::from(self.cut(&self.report.submission.entities[*id].label)))
            .collect();
        match ids.len().checked_sub(MOST_ENTITIES) {
            Some(more) if more > 0 => Message::new("page-entities-more")
                .with("entities", Arg::List(names))
                .with("count", more),
            _ => Message::new("list").with("items", Arg::List(names)),
        }
    }

    /// Title of the pack, periods, whom it is about.
    pub(super) fn masthead(&self) -> Markup {
        let pack = &self.report.program.model.pack;
        let entities = self.entities();
        let about = Message::new("page-about").with("entities", entities);
        html! {
            header.masthead {
                p.kind { (self.word("page-kind")) }
                h1 { bdi { (self.pack_name(&pack.id)) } }
                p.about {
                    span { (self.word("page-period")) " " strong { (self.tell(&self.periods())) } }
                    @if self.rows().next().is_some() { span { bdi { (self.tell(&about)) } } }
                    span { code { (pack.id) } }
                }
            }
        }
    }

    /// Rule, name, whom and period of one explanation.
    pub(super) fn masthead_of(&self, row: &Row) -> Markup {
        let rule = &self.report.program.model.rules[row.rule];
        let pack = &self.report.program.model.pack;
        let entity = &self.report.submission.entities[row.entity].label;
        let about = Message::new("page-about").with("entities", entity);
        html! {
            header.masthead {
                p.kind { (self.word("page-kind-explanation")) }
                h1 { span.rid { (rule.id) } " " (self.name(&rule.label)) }
                p.about {
                    span { (self.word("page-period")) " " strong { (row.period) } }
                    span { bdi { (self.tell(&about)) } }
                    span { bdi { (self.pack_name(&pack.id)) } " " code { (pack.id) } }
                }
                p.verdict { (self.answer(row)) }
            }
        }
    }
}

/// Writes a piece, signs that nobody sees made visible.
fn put(w: &mut dyn Write, piece: &Markup) -> io::Result<()> {
    writeln!(w, "{}", visible(&piece.0))
}
