//! What a change may touch, as lines for a terminal: each rule with when, and through which uses.

use std::io::{self, Write};

use super::clean::clean;
use super::{GraphReport, label_or, ties};
use crate::explain::figure_parts;
use crate::graph::{
    Affected, Chain, Effect, Node, NodeKind, Place, Step, Stretch, Touched, describe, node_name,
};
use crate::message::{Arg, Label, Message};
use crate::report::{width, wrap};
use crate::syntax::ast::PeriodRef;

/// Writes the list.
pub(super) fn write(
    w: &mut dyn Write,
    report: &GraphReport<'_>,
    affected: &Affected,
) -> io::Result<()> {
    let list = List { report };
    let model = &report.program.model;
    let indicator = &model.indicators[affected.change.indicator];
    let name = label_or(&indicator.label, &indicator.id);
    let count = affected.touched.len();
    let period = affected.change.period.map(|period| period.to_string());
    let heading = match (period, count) {
        (Some(period), 0) => Message::new("affected-none-of")
            .with("name", name)
            .with("period", period),
        (None, 0) => Message::new("affected-none").with("name", name),
        (Some(period), _) => Message::new("affected-title-of")
            .with("name", name)
            .with("period", period)
            .with("count", count),
        (None, _) => Message::new("affected-title")
            .with("name", name)
            .with("count", count),
    };
    list.say(w, 0, &heading)?;
    for touched in &affected.touched {
        writeln!(w)?;
        list.touched(w, touched)?;
    }
    if affected.bound.is_empty() {
        return Ok(());
    }
    writeln!(w)?;
    let heading = Message::new("affected-bound").with("count", affected.bound.len());
    list.say(w, 0, &heading)?;
    for bound in &affected.bound {
        let message = Message::new("affected-bound-one")
            .with("relation", ties::sentence(model, &bound.relation))
            .with("when", stretches(&bound.when));
        list.say(w, 2, &message)?;
    }
    Ok(())
}

/// Stretches of periods in words.
pub(super) fn stretches(all: &[Stretch]) -> Arg {
    let one = |stretch: &Stretch| {
        let text = |period: crate::period::Period| period.to_string();
        match (stretch.first, stretch.last) {
            (Some(first), Some(last)) if first == last => {
                Message::new("stretch-one").with("first", text(first))
            }
            (Some(first), Some(last)) => Message::new("stretch-from-to")
                .with("first", text(first))
                .with("last", text(last)),
            (Some(first), None) => Message::new("stretch-from").with("first", text(first)),
            (None, Some(last)) => Message::new("stretch-to").with("last", text(last)),
            (None, None) => Message::new("stretch-any"),
        }
    };
    Arg::List(all.iter().map(one).map(Arg::from).collect())
}

/// A period as seen from the evaluated one, in words.
pub(super) fn seen(at: PeriodRef) -> Message {
    match at {
        PeriodRef::Relative(0) => Message::new("seen-same"),
        PeriodRef::Relative(-1) => Message::new("seen-year-before"),
        PeriodRef::Relative(years @ i32::MIN..=-1) => {
            Message::new("seen-before").with("years", years.unsigned_abs() as usize)
        }
        PeriodRef::Relative(years) => {
            Message::new("seen-after").with("years", years.unsigned_abs() as usize)
        }
        PeriodRef::Fixed(period) => Message::new("seen-fixed").with("period", period.to_string()),
    }
}

struct List<'a> {
    report: &'a GraphReport<'a>,
}

impl List<'_> {
    fn say(&self, w: &mut dyn Write, indent: usize, message: &Message) -> io::Result<()> {
        let text = clean(&message.render(self.report.lang));
        let blanks = " ".repeat(indent);
        let room = self
            .report
            .columns
            .saturating_sub(width(&blanks) + 2)
            .max(20);
        for (n, line) in wrap(&text, room).into_iter().enumerate() {
            let hang = if n == 0 { "" } else { "  " };
            writeln!(w, "{blanks}{hang}{line}")?;
        }
        Ok(())
    }

    fn touched(&self, w: &mut dyn Write, touched: &Touched) -> io::Result<()> {
        let model = &self.report.program.model;
        let node = describe(self.report.program, touched.node, 0, false);
        self.say(w, 0, &super::human::named(&node))?;
        let kind = NodeKind::of(model, touched.node);
        let when = stretches(&touched.when);
        let message = match (touched.effect, kind) {
            (Effect::Finding, NodeKind::Target) => {
                Message::new("affected-baseline").with("when", when)
            }
            (Effect::Finding, _) => Message::new("affected-finding").with("when", when),
            (Effect::Verdict | Effect::Words, _) => {
                Message::new("affected-verdict").with("when", when)
            }
        };
        if !touched.when.is_empty() {
            self.say(w, 2, &message)?;
        }
        if !touched.named.is_empty() {
            let message = Message::new("affected-words").with("when", stretches(&touched.named));
            self.say(w, 2, &message)?;
        }
        for chain in &touched.chains {
            self.chain(w, touched, chain)?;
        }
        Ok(())
    }

    fn chain(&self, w: &mut dyn Write, touched: &Touched, chain: &Chain) -> io::Result<()> {
        let program = self.report.program;
        let indicator = &program.model.indicators[chain.figure.indicator];
        let parts = figure_parts(&program.model, &program.model.entities, &chain.figure);
        let mut message = match parts.is_empty() {
            true => Message::new("affected-reads")
                .with("id", &indicator.id)
                .with("at", seen(chain.at)),
            false => Message::new("affected-reads-of")
                .with("id", &indicator.id)
                .with("parts", Arg::List(parts))
                .with("at", seen(chain.at)),
        };
        if chain.when != touched.when && !chain.when.is_empty() {
            message = Message::new("affected-reads-when")
                .with("reads", message)
                .with("when", stretches(&chain.when));
        }
        self.say(w, 2, &message)?;
        for step in &chain.steps {
            // From a derivation to its own indicator there is nothing new to say.
            if !matches!(step.used, Node::Derive(..)) {
                self.step(w, step)?;
            }
        }
        Ok(())
    }

    fn step(&self, w: &mut dyn Write, step: &Step) -> io::Result<()> {
        let program = self.report.program;
        let kind = NodeKind::of(&program.model, step.user);
        let place = Place::of(&program.sources, step.span).to_string();
        let message = Message::new("affected-step")
            .with("kind", Message::new(kind.key()))
            .with("user", Label::same(&node_name(&program.model, step.user)))
            .with("place", place);
        self.say(w, 4, &message)
    }
}
