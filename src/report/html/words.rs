//! Words, names and anchors of the page: sentences of the catalogue and texts of the input go in,
//! escaped pieces come out. Never lets a text of the input be read as markup.

use maud::{Markup, html};

use super::Page;
use crate::eval::Row;
use crate::explain::{Shown, Unit, outcomes_message};
use crate::index::Id;
use crate::message::{Arg, Label, Lang, Message};
use crate::model::RuleId;
use crate::report::text::sign;
use crate::set::Set;
use crate::verdict::{Causes, OutlookClass, Verdict};

/// Letters of a name in the matrix and in lists; the whole name stands in the section of its rule.
const SHORT: usize = 160;

impl Page<'_> {
    /// The words of a key that takes no argument.
    pub(super) fn word(&self, key: &'static str) -> String {
        Message::new(key).render(self.lang)
    }

    /// A sentence.
    pub(super) fn tell(&self, message: &Message) -> String {
        message.render(self.lang)
    }

    /// What fills a place of a sentence, alone.
    pub(super) fn arg(&self, arg: &Arg) -> String {
        Message::new("list")
            .with("items", arg.clone())
            .render(self.lang)
    }

    /// A name, apart from the direction of the text around it.
    pub(super) fn name(&self, label: &Label) -> Markup {
        html! { bdi { (label.get(self.lang)) } }
    }

    /// A name, cut where it would fill a table.
    pub(super) fn short(&self, label: &Label) -> Markup {
        html! { bdi { (self.cut(label)) } }
    }

    /// The first letters of a name.
    pub(super) fn cut(&self, label: &Label) -> String {
        let name = label.get(self.lang);
        let cut: String = name.chars().take(SHORT).collect();
        match cut.len() < name.len() {
            true => format!("{cut}\u{2026}"),
            false => cut,
        }
    }

    /// Words of a source, in the language in which they are printed.
    pub(super) fn printed(&self, text: &str) -> Markup {
        html! { bdi lang=[self.foreign(text)] { (text) } }
    }

    /// The language of a text, where it is not that of the page.
    pub(super) fn foreign(&self, text: &str) -> Option<&'static str> {
        let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
        (self.lang == Lang::En && text.chars().any(is_han)).then_some("zh-Hans")
    }

    /// Possible values in their unit.
    pub(super) fn set(&self, set: &Set, unit: &Unit) -> String {
        let shown = Shown {
            set: set.clone(),
            unit: unit.clone(),
        };
        self.arg(&Arg::from(&shown))
    }

    /// The causes of a row in words.
    pub(super) fn causes(&self, causes: Causes) -> String {
        let words: Vec<Message> = causes
            .iter()
            .map(|cause| Message::new(cause.key()))
            .collect();
        self.arg(&Arg::from(words))
    }

    /// A verdict: sign, word and colour.
    pub(super) fn badge(&self, verdict: Verdict) -> Markup {
        html! {
            span class={ "badge v-" (verdict.word()) } {
                span.sign aria-hidden="true" { (sign(verdict)) } " " (self.word(verdict.key()))
            }
        }
    }

    /// A verdict with its outlook or its causes.
    pub(super) fn answer(&self, row: &Row) -> Markup {
        html! {
            (self.badge(row.verdict))
            @if let Some(outlook) = row.outlook { " " (self.outlook_word(outlook)) }
            (self.outcomes(row))
            @if !row.causes.is_empty() && row.verdict == Verdict::Undetermined {
                " " span.aside { (self.causes(row.causes)) }
            }
        }
    }

    /// The outcomes of a decision that are possible.
    pub(super) fn outcomes(&self, row: &Row) -> Markup {
        let rule = &self.report.program.model.rules[row.rule];
        html! {
            @if row.possible.count() > 0 {
                " " bdi { (self.tell(&outcomes_message(rule, row.possible))) }
            }
        }
    }

    /// An outlook: sign and word.
    pub(super) fn outlook_word(&self, outlook: OutlookClass) -> Markup {
        html! {
            span class={ "aside o-" (outlook.word()) } {
                span.sign aria-hidden="true" { (outlook_sign(outlook)) } " " (self.word(outlook.key()))
            }
        }
    }

    /// A row in a list: id, name, whom where that is open, period; a link where it is explained.
    pub(super) fn row_link(&self, row: &Row) -> Markup {
        let rule = &self.report.program.model.rules[row.rule];
        let text = html! {
            span.rid { (rule.id) } " " (self.short(&rule.label))
            @if rule.scope.is_some() {
                " \u{b7} " (self.short(&self.report.submission.entities[row.entity].label))
            }
        };
        html! {
            @if self.is_explained(row) { a href={ "#" (self.row_anchor(row)) } { (text) } }
            @else { (text) }
            @if self.report.outcomes.len() > 1 { " " span.aside { (row.period) } }
        }
    }

    /// The place of a rule on the page.
    pub(super) fn rule_anchor(&self, rule: RuleId) -> String {
        let id = &self.report.program.model.rules[rule].id;
        if is_plain(id) {
            format!("r-{id}")
        } else {
            format!("n-{}", rule.index())
        }
    }

    /// The place of an explanation on the page.
    pub(super) fn row_anchor(&self, row: &Row) -> String {
        let period: String = row
            .period
            .to_string()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let rule = self.rule_anchor(row.rule);
        match self.report.program.model.rules[row.rule].scope {
            Some(_) => format!("{rule}.e{}.{period}", row.entity.index()),
            None => format!("{rule}.{period}"),
        }
    }
}

fn is_plain(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn outlook_sign(outlook: OutlookClass) -> &'static str {
    match outlook {
        OutlookClass::MetEarly => "\u{2713}",
        OutlookClass::OnTrack => "+",
        OutlookClass::OffTrack => "\u{2212}",
        OutlookClass::Undetermined => "?",
    }
}
