//! What a source prints of a figure, and what it allows: shared by the slow evaluators.

/// An end of a set, and whether it belongs to it.
pub(crate) type End = Option<(i64, bool)>;

/// What a source prints of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    Missing,
    Exact(i64),
    Between(i64, i64),
    Over(i64),
    AtLeast(i64),
    Below(i64),
    AtMost(i64),
    About(i64),
}

impl Form {
    /// As it stands in a cell; nothing where there is no figure.
    pub(crate) fn text(&self) -> Option<String> {
        Some(match self {
            Form::Missing => return None,
            Form::Exact(n) => format!("{n}元"),
            Form::Between(low, high) => format!("{low}–{high}元"),
            Form::Over(n) => format!("超{n}元"),
            Form::AtLeast(n) => format!("不低于{n}元"),
            Form::Below(n) => format!("不足{n}元"),
            Form::AtMost(n) => format!("不超过{n}元"),
            Form::About(n) => format!("约{n}元"),
        })
    }

    /// The ends, and whether they belong to it.
    pub(crate) fn ends(&self) -> (End, End) {
        match *self {
            Form::Missing | Form::About(_) => (None, None),
            Form::Exact(n) => (Some((n, true)), Some((n, true))),
            Form::Between(low, high) => (Some((low, true)), Some((high, true))),
            Form::Over(n) => (Some((n, false)), None),
            Form::AtLeast(n) => (Some((n, true)), None),
            Form::Below(n) => (None, Some((n, false))),
            Form::AtMost(n) => (None, Some((n, true))),
        }
    }
}
