//! What is to be said of the word at a place: what it names, what that is, where it is from and
//! what the last check found.

use super::checked::Checked;
use super::complete::function_doc;
use super::index::Symbol;
use super::mentions::Space;
use super::words::keywords_in;
use super::{Draft, spot};
use crate::explain::citation_message;
use crate::functions;
use crate::message::{Arg, Label, Lang, Message};
use crate::model::{Indicator, Name, Rule};
use crate::report::markdown_line as markdown;
use crate::source::{SourceId, Span};

/// What is said of a place, as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What it is said of.
    pub span: Span,
    /// What is said.
    pub markdown: String,
}

/// Lines of what was declared that are shown where nothing else is known.
const MOST_LINES: usize = 12;

/// Rules that are named which ask for an indicator.
const MOST_RULES: usize = 8;

impl Draft {
    /// What is to be said of a place; nothing where no word stands that means anything.
    ///
    /// `checked` is the last check of the pack. Where it was made from other texts than these, that
    /// is said.
    #[must_use]
    pub fn hover(
        &self,
        source: SourceId,
        byte: usize,
        lang: Lang,
        checked: Option<&Checked>,
    ) -> Option<Hover> {
        let here = spot(source, byte)?;
        let page = Page {
            draft: self,
            checked,
            lang,
        };
        let named = self.index.at(here).into_iter().find_map(|one| {
            let symbol = self.index.symbols.get(one.symbol)?;
            Some((one.span, page.symbol(one.symbol, symbol)))
        });
        let called = || {
            let mut calls = self.index.calls.iter();
            let (span, name) = calls.find(|(span, _)| holds(*span, here))?;
            Some((*span, page.function(name)?))
        };
        let (span, lines) = named
            .or_else(called)
            .or_else(|| page.keyword(source, byte))?;
        Some(Hover {
            span,
            markdown: lines.join("\n\n"),
        })
    }
}

fn holds(span: Span, spot: Span) -> bool {
    span.source == spot.source && span.start <= spot.start && spot.start <= span.end
}

struct Page<'d> {
    draft: &'d Draft,
    checked: Option<&'d Checked>,
    lang: Lang,
}

impl Page<'_> {
    fn say(&self, message: &Message) -> String {
        markdown(&message.render(self.lang))
    }

    /// A fact under its word.
    fn fact(&self, key: &'static str, value: impl Into<Arg>) -> String {
        let word = Message::new(key).render(self.lang);
        let value = Message::new("editor-value").with("value", value);
        format!("**{}**: {}", markdown(&word), self.say(&value))
    }

    fn symbol(&self, n: usize, symbol: &Symbol) -> Vec<String> {
        let model = self.draft.model();
        let mut lines = Vec::new();
        match symbol.space {
            Space::Quantity => match model.names.lookup(&symbol.name) {
                Some(Name::Indicator(id)) => self.indicator(&model.indicators[id], n, &mut lines),
                Some(Name::Define(id)) => {
                    let define = &model.defines[id];
                    self.head(symbol, &define.label, &mut lines);
                    let formula = self.draft.sources.slice(define.value.span);
                    if define.value.span != define.span {
                        lines.push(code(formula));
                    }
                    self.notes(&define.notes, &mut lines);
                    self.asked_by(n, &mut lines);
                }
                _ => self.written(symbol, &mut lines),
            },
            Space::Rule => {
                let rule = model.rules.values().find(|rule| rule.id == symbol.name);
                match rule {
                    Some(rule) => self.rule(symbol, rule, &mut lines),
                    None => self.written(symbol, &mut lines),
                }
            }
            _ => self.written(symbol, &mut lines),
        }
        lines
    }

    /// What it is, its name and its labels in both languages.
    fn head(&self, symbol: &Symbol, label: &Label, lines: &mut Vec<String>) {
        let kind = markdown(&Message::new(kind_key(symbol.space)).render(self.lang));
        lines.push(format!("{kind} `{}`", symbol.name));
        let own = label.get(self.lang);
        let other = match self.lang {
            Lang::Zh => &label.en,
            Lang::En => &label.zh,
        };
        let mut labels = vec![format!("**{}**", markdown(own))];
        if other != own && !other.is_empty() {
            labels.push(markdown(other));
        }
        if !own.is_empty() {
            lines.push(labels.join(" \u{b7} "));
        }
    }

    fn indicator(&self, indicator: &Indicator, n: usize, lines: &mut Vec<String>) {
        let Some(symbol) = self.draft.index.symbols.get(n) else {
            return;
        };
        self.head(symbol, &indicator.label, lines);
        if let Some(unit) = &indicator.unit {
            let units = &self.draft.model().units;
            let chinese = units.chinese(unit).map(|(name, _)| name);
            let english = units.english(unit).map(|(name, _)| name);
            let label = Label {
                zh: chinese.unwrap_or_else(|| unit.name.clone()),
                en: english.unwrap_or_else(|| unit.name.clone()),
            };
            lines.push(self.fact("list-unit", label));
        }
        for definition in indicator
            .definitions
            .iter()
            .filter(|one| !one.id.is_empty())
        {
            let said = Message::new("editor-definition")
                .with("id", &definition.id)
                .with("label", &definition.label);
            lines.push(self.fact("site-definition", said));
        }
        if !indicator.doc.is_empty() {
            lines.push(markdown(&indicator.doc));
        }
        self.notes(&indicator.notes, lines);
        self.asked_by(n, lines);
        let figures = self.checked.map(|checked| checked.figures(&indicator.id));
        for figure in figures.into_iter().flatten() {
            lines.push(self.say(&figure));
        }
    }

    /// The rules that name a quantity, with their verdicts and what they are taken from.
    fn asked_by(&self, n: usize, lines: &mut Vec<String>) {
        let index = &self.draft.index;
        let mut rules: Vec<usize> = Vec::new();
        for one in index.uses_of(n).filter(|one| !one.is_declaration) {
            let around = index
                .all(Space::Rule)
                .filter(|(_, rule)| holds(rule.whole, one.span));
            for (rule, _) in around {
                if !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
        }
        let shown = rules.iter().take(MOST_RULES);
        for symbol in shown.filter_map(|rule| index.symbols.get(*rule)) {
            let verdict = self
                .checked
                .and_then(|checked| checked.verdict(&symbol.name));
            let asked = Message::new("editor-asked-by")
                .with("rule", &symbol.name)
                .with("label", symbol.also.first().cloned().unwrap_or_default());
            let mut line = self.say(&asked);
            if let Some(verdict) = verdict {
                let word = markdown(&Message::new(verdict.key()).render(self.lang));
                line.push_str(&format!(" \u{2014} **{word}**"));
            }
            lines.push(line);
            let model = self.draft.model();
            let rule = model.rules.values().find(|rule| rule.id == symbol.name);
            let cited = rule.and_then(|rule| rule.citations.first());
            if let (true, Some(cited)) = (rules.len() == 1, cited) {
                lines.push(self.say(&citation_message(model, cited)));
            }
        }
        if rules.len() > MOST_RULES {
            let more = Message::new("editor-more").with("count", rules.len() - MOST_RULES);
            lines.push(self.say(&more));
        }
        if self.is_old() {
            lines.push(self.say(&Message::new("editor-old")));
        }
    }

    fn rule(&self, symbol: &Symbol, rule: &Rule, lines: &mut Vec<String>) {
        self.head(symbol, &rule.label, lines);
        let goal = rule.goal.span;
        if goal.start != symbol.span.start {
            lines.push(code(self.draft.sources.slice(goal)));
        }
        for citation in &rule.citations {
            lines.push(self.say(&citation_message(self.draft.model(), citation)));
        }
        if !rule.doc.is_empty() {
            lines.push(markdown(&rule.doc));
        }
        self.notes(&rule.notes, lines);
        let said = self.checked.map(|checked| checked.verdicts(&rule.id));
        let said = said.unwrap_or_default();
        if said.is_empty() {
            lines.push(self.say(&Message::new("editor-no-verdict")));
            return;
        }
        lines.push("---".to_owned());
        for message in &said {
            lines.push(self.say(message));
        }
        if self.is_old() {
            lines.push(self.say(&Message::new("editor-old")));
        }
    }

    /// Whether the last check was made from other texts than these.
    fn is_old(&self) -> bool {
        let digest = &self.draft.model().pack.digest;
        self.checked
            .is_some_and(|checked| checked.digest() != digest)
    }

    fn notes(&self, notes: &[Label], lines: &mut Vec<String>) {
        for note in notes {
            lines.push(markdown(note.get(self.lang)));
        }
    }

    /// What declares it, as it is written.
    fn written(&self, symbol: &Symbol, lines: &mut Vec<String>) {
        let label = Label {
            zh: labelled(symbol, false),
            en: labelled(symbol, true),
        };
        self.head(symbol, &label, lines);
        let whole = self.draft.sources.slice(symbol.whole);
        let first: Vec<&str> = whole.lines().take(MOST_LINES).collect();
        lines.push(code(&first.join("\n")));
    }

    fn function(&self, name: &str) -> Option<Vec<String>> {
        let function = functions::lookup(name)?;
        let chinese = functions::chinese_name(function);
        let kind = markdown(&Message::new("editor-kind-function").render(self.lang));
        let head = format!("{kind} `{}` \u{b7} `{chinese}`", function.name);
        Some(vec![head, markdown(&function_doc(function, self.lang))])
    }

    /// A keyword, in both of its forms, and what it means.
    fn keyword(&self, source: SourceId, byte: usize) -> Option<(Span, Vec<String>)> {
        let text = self.draft.sources.text(source);
        let start = text.get(..byte)?.rfind('\n').map_or(0, |at| at + 1);
        let line = text.get(start..)?.lines().next()?;
        let found = keywords_in(line).into_iter();
        let mut found = found.filter(|one| start + one.start <= byte && byte <= start + one.end);
        let one = found.next()?;
        let at = |offset: usize| spot(source, start + offset);
        let meaning = match self.lang {
            Lang::Zh => one.keyword.meaning_zh,
            Lang::En => one.keyword.meaning_en,
        };
        let head = format!("`{}` \u{b7} `{}`", one.keyword.en, one.keyword.zh);
        let span = at(one.start)?.to(at(one.end)?);
        Some((span, vec![head, markdown(meaning)]))
    }
}

/// The first label that is, or is not, in English.
fn labelled(symbol: &Symbol, is_english: bool) -> String {
    let mut also = symbol.also.iter();
    let found = also.find(|text| text.is_ascii() == is_english);
    found.or(symbol.also.first()).cloned().unwrap_or_default()
}

/// What a kind of name is called.
fn kind_key(space: Space) -> &'static str {
    match space {
        Space::Quantity => "editor-kind-quantity",
        Space::Rule => "editor-kind-rule",
        Space::Document => "editor-kind-document",
        Space::Body => "editor-kind-body",
        Space::Breakdown => "editor-kind-breakdown",
        Space::Code => "editor-kind-code",
        Space::Calendar => "editor-kind-calendar",
        Space::Weights => "editor-kind-weights",
        Space::Ladder => "editor-kind-scale",
        Space::Pack => "editor-kind-pack",
        Space::Unit => "editor-kind-unit",
        Space::Dimension => "editor-kind-dimension",
        Space::Function => "editor-kind-function",
        Space::Definition => "editor-kind-definition",
        Space::Outcome => "editor-kind-outcome",
        Space::Case => "editor-kind-case",
        Space::Evidence => "editor-kind-evidence",
        Space::Element => "editor-kind-element",
    }
}

/// Rule text, set off from the words around it.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}plumbrule\n{}\n{fence}", text.trim_end())
}
