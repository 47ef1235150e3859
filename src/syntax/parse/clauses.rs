//! Clauses: pest pairs to `ast::Clause`.

use pest::iterators::Pair;

use super::expr::{compare_op, parts};
use super::{Cx, Rule};
use crate::syntax::ast::{
    Clause, ClauseKind, Expr, Feed, Goal, GoalWord, KindWord, Limit, Modality, Number, PathMethod,
    PeriodAt, PlausibleWord, Quantity, Step, Timing, Word,
};

/// The parts of a clause, sorted by what they are.
#[derive(Default)]
pub(super) struct Found {
    words: Vec<Word>,
    under: Option<Word>,
    texts: Vec<Word>,
    exprs: Vec<Expr>,
    quantities: Vec<Quantity>,
    periods: Vec<PeriodAt>,
    numbers: Vec<Number>,
    keywords: Vec<Rule>,
}

impl Found {
    fn has(&self, rule: Rule) -> bool {
        self.keywords.contains(&rule)
    }

    fn word(&mut self) -> Option<Word> {
        take(&mut self.words)
    }

    fn text(&mut self) -> Option<Word> {
        take(&mut self.texts)
    }

    fn quantity(&mut self) -> Option<Quantity> {
        take(&mut self.quantities)
    }

    fn period(&mut self) -> Option<PeriodAt> {
        take(&mut self.periods)
    }

    fn expr(&mut self) -> Option<Expr> {
        take(&mut self.exprs)
    }
}

fn take<T>(list: &mut Vec<T>) -> Option<T> {
    if list.is_empty() {
        None
    } else {
        Some(list.remove(0))
    }
}

impl Cx<'_> {
    pub(super) fn clause(&mut self, pair: Pair<'_, Rule>) -> Option<Clause> {
        let span = self.span(&pair);
        let inner = parts(pair).next()?;
        let kind = match inner.as_rule() {
            Rule::require_clause => self.require(inner)?,
            Rule::path_clause => self.path(inner)?,
            Rule::bounds_clause => self.bounds(inner)?,
            Rule::kind_clause => self.kind(inner)?,
            Rule::break_clause => self.break_(inner)?,
            Rule::code_clause => self.code(inner)?,
            Rule::scope_clause => {
                let members = parts(inner).find(|part| part.as_rule() == Rule::members)?;
                ClauseKind::Scope(self.members(members, false)?)
            }
            Rule::presume_clause
            | Rule::version_clause
            | Rule::cases_clause
            | Rule::case_clause
            | Rule::exception_clause
            | Rule::otherwise_clause => self.decision_clause(inner)?,
            Rule::evidence_clause => self.evidence(inner)?,
            Rule::in_force_clause => {
                let (since, until) = self.window(inner)?;
                ClauseKind::InForce { since, until }
            }
            rule => {
                let found = self.found(inner)?;
                described(rule, found)?
            }
        };
        Some(Clause { kind, span })
    }

    /// Sorts the parts of a clause whose order says nothing more than their kinds do.
    pub(super) fn found(&mut self, pair: Pair<'_, Rule>) -> Option<Found> {
        let mut found = Found::default();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::text => found.texts.push(self.text(&part)),
                Rule::name | Rule::rule_id | Rule::unit_word | Rule::unit_name => {
                    found.words.push(self.word(&part));
                }
                Rule::expr => found.exprs.push(self.expr(part)?),
                Rule::signed => found.quantities.push(self.signed(part)?),
                Rule::period => found.periods.push(self.period(&part)?),
                Rule::number => found.numbers.push(self.number(&part)?),
                Rule::under_name => {
                    let name = parts(part).find(|part| part.as_rule() == Rule::name)?;
                    found.under = Some(self.word(&name));
                }
                rule => found.keywords.push(rule),
            }
        }
        Some(found)
    }

    fn require(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let (mut goal, mut timing) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::goal => goal = Some(self.goal(parts(part).next()?)?),
                Rule::timing => timing = Some(self.timing(parts(part).next()?)?),
                _ => {}
            }
        }
        Some(ClauseKind::Require {
            goal: goal?,
            timing,
        })
    }

    fn goal(&mut self, pair: Pair<'_, Rule>) -> Option<Goal> {
        if pair.as_rule() == Rule::expr {
            return self.expr(pair).map(Goal::Condition);
        }
        let (mut sums, mut word, mut op) = (Vec::new(), None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::sum => sums.push(self.expr(part)?),
                Rule::goal_word => word = Some(goal_word(parts(part).next()?.as_rule())?),
                Rule::comparison_op => op = Some(compare_op(&part)?),
                _ => {}
            }
        }
        let subject = take(&mut sums)?;
        let first = take(&mut sums)?;
        let limit = match (op, take(&mut sums)) {
            (Some(op), _) => Limit::Compare(op, first),
            (None, Some(second)) => Limit::Between(first, second),
            (None, None) => return None,
        };
        Some(Goal::Special {
            word: word?,
            subject,
            limit,
        })
    }

    pub(super) fn timing(&mut self, pair: Pair<'_, Rule>) -> Option<Timing> {
        let rule = pair.as_rule();
        match rule {
            Rule::each_timing => {
                let (since, until) = self.window(pair)?;
                return Some(Timing::EachYear { since, until });
            }
            Rule::open_timing => {
                let (since, until) = self.window(pair)?;
                return Some(Timing::Regularly { since, until });
            }
            Rule::undated_timing => return Some(Timing::Undated(self.span(&pair))),
            Rule::every_timing => return self.every(pair),
            _ => {}
        }
        if let Some(sum) = parts(pair.clone()).find(|part| part.as_rule() == Rule::sum) {
            return self.expr(sum).map(Timing::ByDay);
        }
        let at = parts(pair).find(|part| part.as_rule() == Rule::period)?;
        let at = self.period(&at)?;
        Some(if rule == Rule::by_timing {
            Timing::By(at)
        } else {
            Timing::ReachedBy(at)
        })
    }

    /// Once in every so many years, months or days.
    fn every(&mut self, pair: Pair<'_, Rule>) -> Option<Timing> {
        let (mut number, mut unit, mut at) = (None, None, None);
        for part in parts(pair.clone()) {
            match part.as_rule() {
                Rule::quantity => {
                    let quantity = self.quantity(part, false)?;
                    (at, unit, number) =
                        (Some(quantity.span), quantity.unit, Some(quantity.number));
                }
                Rule::unit_word => {
                    at = Some(self.span(&part));
                    unit = Some(self.word(&part));
                }
                _ => {}
            }
        }
        let (since, until) = self.window(pair)?;
        let span = at?;
        let step = Step { number, unit, span };
        Some(Timing::Every { step, since, until })
    }

    /// The periods behind `since` and `until`.
    fn window(&mut self, pair: Pair<'_, Rule>) -> Option<(Option<PeriodAt>, Option<PeriodAt>)> {
        let (mut since, mut until, mut is_until) = (None, None, false);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::kw_since => is_until = false,
                Rule::kw_until => is_until = true,
                Rule::period if is_until => until = Some(self.period(&part)?),
                Rule::period => since = Some(self.period(&part)?),
                _ => {}
            }
        }
        Some((since, until))
    }

    fn path(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let method = parts(pair).find(|part| part.as_rule() == Rule::path_method)?;
        let mut points = Vec::new();
        let mut word = None;
        for part in parts(method) {
            if part.as_rule() == Rule::waypoint {
                let mut found = self.found(part)?;
                points.push((found.period()?, found.quantity()?));
            } else if part.as_rule() != Rule::comma {
                word = Some(part.as_rule());
            }
        }
        Some(ClauseKind::Path(match word? {
            Rule::kw_linear => PathMethod::Linear,
            Rule::kw_geometric => PathMethod::Geometric,
            Rule::kw_growth_ratio => PathMethod::GrowthRatio,
            Rule::kw_projection_ratio => PathMethod::ProjectionRatio,
            _ => PathMethod::Waypoints(points),
        }))
    }

    fn bounds(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let inner = parts(pair)
            .find(|part| matches!(part.as_rule(), Rule::bound_pair | Rule::bound_side))?;
        let mut op = None;
        let mut quantities = Vec::new();
        for part in parts(inner) {
            match part.as_rule() {
                Rule::comparison_op => op = Some(compare_op(&part)?),
                Rule::signed => quantities.push(self.signed(part)?),
                _ => {}
            }
        }
        let first = take(&mut quantities)?;
        Some(match op {
            Some(op) => ClauseKind::BoundsSide(op, first),
            None => ClauseKind::BoundsBetween(first, take(&mut quantities)?),
        })
    }

    fn kind(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let word = parts(pair).find(|part| part.as_rule() == Rule::kind_word)?;
        let mut found = self.found(word)?;
        let texts = std::mem::take(&mut found.texts);
        let Some(keyword) = found.keywords.first() else {
            return Some(ClauseKind::Kind(KindWord::Named(texts)));
        };
        Some(ClauseKind::Kind(match keyword {
            Rule::kw_stock => KindWord::Stock,
            Rule::kw_flow => KindWord::Flow,
            Rule::kw_share => KindWord::Share,
            Rule::kw_growth_kind => KindWord::Growth,
            Rule::kw_index => KindWord::Index,
            Rule::kw_rank => KindWord::Rank,
            Rule::kw_yes_no => KindWord::YesNo,
            Rule::kw_text_kind => KindWord::Text,
            Rule::kw_date_kind => KindWord::Date,
            Rule::kw_one_of => KindWord::OneOf(texts),
            Rule::kw_level_of => KindWord::LevelOf(found.word()?),
            _ => KindWord::Quantity,
        }))
    }

    fn code(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let (mut id, mut labels, mut aliases) = (None, Vec::new(), Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id => id = Some(self.word(&part)),
                Rule::text => labels.push(self.text(&part)),
                Rule::code_alias => aliases = self.found(part)?.texts,
                _ => {}
            }
        }
        Some(ClauseKind::Code {
            id: id?,
            labels,
            aliases,
        })
    }

    fn break_(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let (mut name, mut since, mut labels, mut link) = (None, None, Vec::new(), None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(self.word(&part)),
                Rule::period => since = Some(self.period(&part)?),
                Rule::text => labels.push(self.text(&part)),
                Rule::link_part => {
                    let mut found = self.found(part)?;
                    link = Some((take(&mut found.numbers)?, found.text()?));
                }
                _ => {}
            }
        }
        Some(ClauseKind::Break {
            name: name?,
            since: since?,
            labels,
            link,
        })
    }
}

fn goal_word(rule: Rule) -> Option<GoalWord> {
    Some(match rule {
        Rule::kw_avg_growth => GoalWord::AverageGrowth,
        Rule::kw_multiplies => GoalWord::MultipliesBy,
        Rule::kw_falls => GoalWord::FallsBy,
        Rule::kw_rises => GoalWord::RisesBy,
        Rule::kw_ranks => GoalWord::Ranks,
        _ => return None,
    })
}

/// A clause from its parts; `None` only where grammar and builder disagree.
fn described(rule: Rule, mut found: Found) -> Option<ClauseKind> {
    Some(match rule {
        Rule::en_clause => ClauseKind::En(found.text()?),
        Rule::zh_clause => ClauseKind::Zh(found.text()?),
        Rule::alias_clause => ClauseKind::Alias(found.texts),
        Rule::unit_clause => ClauseKind::Unit(found.word()?),
        Rule::direction_clause => ClauseKind::Direction {
            higher_is_better: found.has(Rule::kw_up),
        },
        Rule::definition_clause => ClauseKind::Definition {
            default: found.has(Rule::kw_default),
            name: found.word()?,
            labels: found.texts,
        },
        Rule::identity_clause => ClauseKind::Identity {
            value: found.expr()?,
            under: found.under,
        },
        Rule::derive_clause => ClauseKind::Derive {
            value: found.expr()?,
            under: found.under,
        },
        Rule::value_clause => ClauseKind::Value {
            word: found.text()?,
            quantity: found.quantity()?,
        },
        Rule::plausible_clause => return plausible_clause(&mut found),
        Rule::width_clause => ClauseKind::Width {
            nearly: found.has(Rule::kw_nearly),
            relative: found.has(Rule::kw_relative),
            quantity: found.quantity()?,
        },
        Rule::price_clause => ClauseKind::Price(found.period()?),
        Rule::issuer_clause => ClauseKind::Issuer(found.texts),
        Rule::published_clause => ClauseKind::Published(found.period()?),
        Rule::replaces_clause => ClauseKind::Replaces(found.word()?),
        Rule::members_clause => ClauseKind::Members {
            open: !found.has(Rule::kw_listed),
            full: found.has(Rule::kw_in_full),
        },
        Rule::class_clause => ClauseKind::Class(found.words),
        Rule::uses_clause => ClauseKind::Uses(found.words),
        Rule::entity_clause => ClauseKind::Entity(found.word()?),
        Rule::alike_clause => ClauseKind::Alike(found.word()?, found.word()?),
        Rule::prefer_clause => ClauseKind::Prefer(found.words),
        Rule::reading_clause => ClauseKind::Reading {
            printed: found.has(Rule::kw_as_printed),
        },
        Rule::from_clause => ClauseKind::From {
            quantity: found.quantity()?,
            period: found.period()?,
        },
        Rule::force_clause => ClauseKind::Force {
            binding: found.has(Rule::kw_binding),
        },
        Rule::burden_clause => ClauseKind::Burden {
            submitter: found.has(Rule::kw_submitter),
        },
        Rule::owner_clause => ClauseKind::Owner(found.texts),
        Rule::category_clause => ClauseKind::Category(found.texts),
        Rule::cite_clause => ClauseKind::Cite {
            document: found.word()?,
            section: found.text()?,
            quote: found.text(),
            line: take(&mut found.numbers),
        },
        Rule::note_clause => ClauseKind::Note(found.texts),
        Rule::when_clause => ClauseKind::When(found.expr()?),
        Rule::under_clause => ClauseKind::Under(found.words),
        Rule::waiver_clause => ClauseKind::Waiver {
            entity: found.word(),
            until: found.period()?,
            granted: match found.has(Rule::kw_granted) {
                true => found.text(),
                false => None,
            },
            reasons: found.texts,
        },
        Rule::absence_clause => ClauseKind::AbsenceMayPass,
        _ => return tie(rule, found),
    })
}

/// A clause that says how figures hang together, or what a decision is made of.
fn tie(rule: Rule, mut found: Found) -> Option<ClauseKind> {
    Some(match rule {
        Rule::complete_clause => ClauseKind::CompleteBy(found.word()?),
        Rule::shares_clause => ClauseKind::ShareOf {
            part: found.word()?,
            whole: found.word(),
            under: found.under,
        },
        Rule::part_clause => ClauseKind::PartOf {
            wholes: found.words,
            under: found.under,
        },
        Rule::adds_up_clause => ClauseKind::AddsUp(found.words),
        Rule::never_falls_clause => ClauseKind::NeverFalls,
        Rule::comparable_clause => ClauseKind::ComparableGrowth(found.texts),
        Rule::open_clause => ClauseKind::Open {
            periods: found.has(Rule::kw_periods),
        },
        Rule::breakdown_clause => ClauseKind::Breakdown(found.words),
        Rule::prevails_clause => ClauseKind::PrevailsOver(found.words),
        Rule::cited_clause => ClauseKind::CitedAs(found.texts),
        Rule::modality_clause => ClauseKind::Modality {
            modality: modality(&found),
            words: found.text(),
        },
        Rule::feeds_clause => ClauseKind::Feeds(Feed {
            is_stated: found.has(Rule::kw_stated),
            indicator: found.word()?,
            labels: found.texts,
        }),
        Rule::calendar_clause => ClauseKind::Calendar(found.word()?),
        Rule::works_clause => ClauseKind::WorksOn(found.numbers),
        Rule::covers_clause => ClauseKind::Covers {
            year: found.period()?,
            sources: found.texts,
        },
        Rule::holiday_clause => ClauseKind::Holiday(found.period()?, found.period()),
        Rule::make_up_clause => ClauseKind::MakeUp(found.periods),
        Rule::exclusive_clause => ClauseKind::Exclusive,
        Rule::strongest_clause => ClauseKind::StrongestFirst,
        Rule::accepts_clause => ClauseKind::Accepts(found.words),
        Rule::outcome_clause => ClauseKind::Outcome {
            name: found.word()?,
            labels: found.texts,
        },
        _ => return None,
    })
}

fn modality(found: &Found) -> Modality {
    let words = [
        (Rule::kw_must_not, Modality::MustNot),
        (Rule::kw_should, Modality::Should),
        (Rule::kw_encourage, Modality::Encourage),
        (Rule::kw_explore, Modality::Explore),
        (Rule::kw_pilot, Modality::Pilot),
    ];
    let word = words.iter().find(|(rule, _)| found.has(*rule));
    word.map_or(Modality::Must, |(_, modality)| *modality)
}

fn plausible_clause(found: &mut Found) -> Option<ClauseKind> {
    let (word, quantity) = plausible(found)?;
    Some(ClauseKind::Plausible(word, quantity))
}

/// Of what something is believable, and how far.
pub(super) fn plausible(found: &mut Found) -> Option<(PlausibleWord, Quantity)> {
    let word = match () {
        () if found.has(Rule::kw_about) => PlausibleWord::About,
        () if found.has(Rule::kw_nearly) => PlausibleWord::Nearly,
        () if found.has(Rule::kw_more_than) => PlausibleWord::Over,
        () if found.has(Rule::kw_less_than) => PlausibleWord::Below,
        () => PlausibleWord::Yearly,
    };
    Some((word, found.quantity()?))
}
