//! The columns of a form: what each is called, how wide it is, and whether it is filled in.

/// A column of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Field {
    Indicator,
    Name,
    Entity,
    EntityKind,
    PartOf,
    Definition,
    Breakdown,
    Measure,
    Period,
    LastFigure,
    LastPeriod,
    Value,
    Unit,
    Qualifier,
    Status,
    Source,
    Published,
    Note,
    Kind,
    LastSource,
    Mark,
}

/// A column: its head, what is to be said of it, and its width in letters.
struct Def(&'static str, &'static str, u16);

impl Field {
    pub(in crate::report) const ALL: [Field; 21] = [
        Field::Indicator,
        Field::Name,
        Field::Entity,
        Field::EntityKind,
        Field::PartOf,
        Field::Definition,
        Field::Breakdown,
        Field::Measure,
        Field::Period,
        Field::LastFigure,
        Field::LastPeriod,
        Field::Value,
        Field::Unit,
        Field::Qualifier,
        Field::Status,
        Field::Source,
        Field::Published,
        Field::Note,
        Field::Kind,
        Field::LastSource,
        Field::Mark,
    ];

    const fn def(self) -> Def {
        match self {
            Field::Indicator => Def("form-indicator", "form-indicator-guide", 21),
            Field::Name => Def("form-name", "form-name-guide", 24),
            Field::Entity => Def("form-entity", "form-entity-guide", 12),
            Field::EntityKind => Def("form-entity-kind", "form-entity-kind-guide", 11),
            Field::PartOf => Def("form-part-of", "form-part-of-guide", 11),
            Field::Definition => Def("form-definition", "form-definition-guide", 15),
            Field::Breakdown => Def("form-breakdown", "form-breakdown-guide", 14),
            Field::Measure => Def("form-measure", "form-measure-guide", 9),
            Field::Period => Def("form-period", "form-period-guide", 8),
            Field::Value => Def("form-value", "form-value-guide", 13),
            Field::Unit => Def("form-unit", "form-unit-guide", 11),
            Field::Qualifier => Def("form-qualifier", "form-qualifier-guide", 10),
            Field::Status => Def("form-status", "form-status-guide", 11),
            Field::Source => Def("form-source", "form-source-guide", 14),
            Field::Published => Def("form-published", "form-published-guide", 11),
            Field::Note => Def("form-note", "form-note-guide", 14),
            Field::Kind => Def("form-kind", "form-kind-guide", 12),
            Field::LastFigure => Def("form-last-figure", "form-last-figure-guide", 13),
            Field::LastPeriod => Def("form-last-period", "form-last-period-guide", 11),
            Field::LastSource => Def("form-last-source", "form-last-source-guide", 16),
            Field::Mark => Def("form-mark", "form-mark-guide", 10),
        }
    }

    /// The key of its head, which is a word of tables in each language.
    pub(in crate::report) const fn head(self) -> &'static str {
        self.def().0
    }

    /// The key of what is to be said of it.
    pub(in crate::report) const fn guide(self) -> &'static str {
        self.def().1
    }

    /// Its width in letters.
    pub(in crate::report) const fn width(self) -> u16 {
        self.def().2
    }

    /// Whether it is left out where no row has anything in it.
    pub(super) const fn may_be_left_out(self) -> bool {
        matches!(
            self,
            Field::Entity
                | Field::EntityKind
                | Field::PartOf
                | Field::Definition
                | Field::Breakdown
                | Field::Measure
                | Field::Unit
                | Field::LastFigure
                | Field::LastPeriod
                | Field::LastSource
        )
    }

    /// Whether it is filled in, in every row.
    pub(super) const fn is_input(self) -> bool {
        matches!(
            self,
            Field::Value
                | Field::Unit
                | Field::Qualifier
                | Field::Status
                | Field::Source
                | Field::Published
                | Field::Note
        )
    }
}
