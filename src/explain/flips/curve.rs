//! A number as it depends on one figure: a quotient of linear terms, or a root or power of one.

use crate::number::Exact;

/// What is made of a curve.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bend {
    /// Its root of a degree.
    Root(u32),
    /// Its power.
    Power(u32),
}

/// A value as it depends on one figure x.
#[derive(Debug, Clone)]
pub(super) enum Curve {
    /// (n1 x + n0) / (d1 x + d0).
    Quotient {
        n1: Exact,
        n0: Exact,
        d1: Exact,
        d0: Exact,
    },
    /// factor * root + plus of another, or factor * power + plus.
    Bent {
        of: Box<Curve>,
        bend: Bend,
        factor: Exact,
        plus: Exact,
    },
}

impl Curve {
    pub(super) fn constant(value: Exact) -> Curve {
        Curve::Quotient {
            n1: Exact::from(0),
            n0: value,
            d1: Exact::from(0),
            d0: Exact::from(1),
        }
    }

    pub(super) fn x() -> Curve {
        Curve::Quotient {
            n1: Exact::from(1),
            n0: Exact::from(0),
            d1: Exact::from(0),
            d0: Exact::from(1),
        }
    }

    /// Its root or power.
    pub(super) fn bent(self, bend: Bend) -> Curve {
        Curve::Bent {
            of: Box::new(self),
            bend,
            factor: Exact::from(1),
            plus: Exact::from(0),
        }
    }

    pub(super) fn as_constant(&self) -> Option<Exact> {
        match self {
            Curve::Quotient { n1, n0, d1, d0 } if n1.is_zero() && d1.is_zero() => {
                n0.checked_div(d0)
            }
            _ => None,
        }
    }

    pub(super) fn scale(&self, by: &Exact) -> Curve {
        match self {
            Curve::Quotient { n1, n0, d1, d0 } => Curve::Quotient {
                n1: n1 * by,
                n0: n0 * by,
                d1: d1.clone(),
                d0: d0.clone(),
            },
            Curve::Bent {
                of,
                bend,
                factor,
                plus,
            } => Curve::Bent {
                of: of.clone(),
                bend: *bend,
                factor: factor * by,
                plus: plus * by,
            },
        }
    }

    pub(super) fn add(&self, other: &Curve) -> Option<Curve> {
        match (self, other) {
            (
                Curve::Quotient { n1, n0, d1, d0 },
                Curve::Quotient {
                    n1: m1,
                    n0: m0,
                    d1: e1,
                    d0: e0,
                },
            ) => {
                if d1 == e1 && d0 == e0 {
                    return Some(Curve::Quotient {
                        n1: n1 + m1,
                        n0: n0 + m0,
                        d1: d1.clone(),
                        d0: d0.clone(),
                    });
                }
                match (self.as_constant(), other.as_constant()) {
                    (_, Some(k)) => Some(Curve::Quotient {
                        n1: n1 + &(&k * d1),
                        n0: n0 + &(&k * d0),
                        d1: d1.clone(),
                        d0: d0.clone(),
                    }),
                    (Some(_), None) => other.add(self),
                    // Both linear over constants.
                    _ if d1.is_zero() && e1.is_zero() => {
                        let (d, e) = (d0.recip()?, e0.recip()?);
                        self.over(&d).add(&other.over(&e))
                    }
                    _ => None,
                }
            }
            (
                Curve::Bent {
                    of,
                    bend,
                    factor,
                    plus,
                },
                quotient,
            ) => Some(Curve::Bent {
                of: of.clone(),
                bend: *bend,
                factor: factor.clone(),
                plus: plus + &quotient.as_constant()?,
            }),
            (quotient, root) => root.add(quotient),
        }
    }

    /// The same with a denominator of one, where the denominator is a constant.
    fn over(&self, recip: &Exact) -> Curve {
        match self {
            Curve::Quotient { n1, n0, .. } => Curve::Quotient {
                n1: n1 * recip,
                n0: n0 * recip,
                d1: Exact::from(0),
                d0: Exact::from(1),
            },
            other => other.clone(),
        }
    }

    pub(super) fn mul(&self, other: &Curve) -> Option<Curve> {
        if let Some(k) = other.as_constant() {
            return Some(self.scale(&k));
        }
        if let Some(k) = self.as_constant() {
            return Some(other.scale(&k));
        }
        let (
            Curve::Quotient { n1, n0, d1, d0 },
            Curve::Quotient {
                n1: m1,
                n0: m0,
                d1: e1,
                d0: e0,
            },
        ) = (self, other)
        else {
            return None;
        };
        let (top1, top0) = linear(n1, n0, m1, m0)?;
        let (low1, low0) = linear(d1, d0, e1, e0)?;
        Some(Curve::Quotient {
            n1: top1,
            n0: top0,
            d1: low1,
            d0: low0,
        })
    }

    pub(super) fn recip(&self) -> Option<Curve> {
        match self {
            Curve::Quotient { n1, n0, d1, d0 } if !(n1.is_zero() && n0.is_zero()) => {
                Some(Curve::Quotient {
                    n1: d1.clone(),
                    n0: d0.clone(),
                    d1: n1.clone(),
                    d0: n0.clone(),
                })
            }
            _ => None,
        }
    }

    /// Where the value is zero or jumps; `None` where that is not known.
    pub(super) fn turns(&self) -> Option<Vec<Exact>> {
        match self {
            Curve::Quotient { n1, n0, d1, d0 } => {
                let zero = |a: &Exact, b: &Exact| (-b).checked_div(a);
                Some(zero(n1, n0).into_iter().chain(zero(d1, d0)).collect())
            }
            Curve::Bent {
                of,
                bend,
                factor,
                plus,
            } => {
                // factor * bent + plus = 0, so bent = -plus / factor.
                let level = (-plus).checked_div(factor)?;
                let mut turns = of.turns()?;
                for level in bend.undone(&level)? {
                    turns.extend(of.add(&Curve::constant(-level))?.turns()?);
                }
                Some(turns)
            }
        }
    }
}

impl Bend {
    /// The numbers that are bent to a level; of each that is no fraction two that enclose it.
    fn undone(self, level: &Exact) -> Option<Vec<Exact>> {
        match self {
            Bend::Root(_) if level.is_negative() => Some(Vec::new()),
            Bend::Root(degree) => Some(vec![level.pow(i32::try_from(degree).ok()?)?]),
            Bend::Power(n) if n % 2 == 0 && level.is_negative() => Some(Vec::new()),
            Bend::Power(n) => {
                let (lo, hi) = level.abs().root_enclosure(n)?;
                let mirrored = || [-&lo, -&hi];
                let roots = match (n % 2 == 0, level.is_negative()) {
                    (true, _) => [[lo.clone(), hi.clone()], mirrored()].concat(),
                    (false, true) => mirrored().to_vec(),
                    (false, false) => vec![lo, hi],
                };
                Some(roots)
            }
        }
    }
}

/// The product of two linear terms, where it is linear.
fn linear(a1: &Exact, a0: &Exact, b1: &Exact, b0: &Exact) -> Option<(Exact, Exact)> {
    if !a1.is_zero() && !b1.is_zero() {
        return None;
    }
    Some((&(a1 * b0) + &(a0 * b1), a0 * b0))
}
