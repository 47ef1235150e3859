//! What every score of a pack comes to for each of its members: a program and figures go in, values,
//! places and tiers come out, all as the evaluator gives them. Decides nothing of its own.

use crate::eval::{Marks, Memory, Options, run_values};
use crate::figures::Submission;
use crate::model::{DefineId, EntityId, ScoreId};
use crate::program::Program;
use crate::set::Set;
use crate::verdict::Causes;

/// A score and what it comes to for each member.
#[derive(Debug, Clone)]
pub struct ScoreTable {
    /// The score.
    pub score: ScoreId,
    /// Its members, the best first: by place, then in the order of the class.
    pub rows: Vec<ScoreRow>,
}

/// What a score comes to for one member.
#[derive(Debug, Clone)]
pub struct ScoreRow {
    /// The member.
    pub entity: EntityId,
    /// Its score; none where it has no value.
    pub score: Option<Set>,
    /// Its place, 1 the best.
    pub rank: Option<Set>,
    /// The number of its tier, where the score has tiers; one more than there are for none of them.
    pub tier: Option<Set>,
    /// Its comparable value in each element, in order.
    pub elements: Vec<Option<Set>>,
    /// Why the score is not one number.
    pub causes: Causes,
    /// What the score rests on.
    pub marks: Marks,
}

/// Evaluates all scores of a pack, in its order. Figures are read as exact.
///
/// ```
/// # let mut sources = plumbrule::Sources::with_std();
/// # sources.add("pack.plumb", r#"
/// # pack s "Scores" { entity nation }
/// # entity nation "The nation" {}
/// # entity province "Provinces" { members open }
/// # indicator users "Users" { kind stock unit 户 }
/// # score reach "Reach" { for each province  element users weight 1 min-max }
/// # "#);
/// # let program = plumbrule::compile(&sources).unwrap();
/// use plumbrule::eval::Options;
/// use plumbrule::figures::{Limits, Submission};
///
/// let mut submission = Submission::new(&program.model);
/// let table = "indicator,period,entity,entity kind,value\nusers,2024,a,province,3户\nusers,2024,b,province,7户\n";
/// submission.read_table(&program.model, "figures.csv", table.as_bytes(), &Limits::default());
/// let tables = plumbrule::scores::scores(&program, &submission, &Options::default());
/// let first = &tables[0].rows[0];
/// assert_eq!(submission.entities[first.entity].id, "b");
/// assert_eq!(first.rank.as_ref().unwrap().to_string(), "{1}");
/// ```
#[must_use]
pub fn scores(program: &Program, submission: &Submission, options: &Options) -> Vec<ScoreTable> {
    let memory = Memory::default();
    let clocks = options.clocks(submission);
    let ids = program.model.scores.ids();
    let table = |id: ScoreId| {
        let score = &program.model.scores[id];
        let entities = submission.members_of(&score.members);
        let values = |define: DefineId| {
            let root = program.root_of(define);
            run_values(program, submission, &clocks, &root, &entities, &memory)
        };
        let (own, ranks) = (values(score.value), values(score.rank));
        let tiers = score.tier.map(values);
        let elements: Vec<_> = score.elements.iter().map(|one| values(one.value)).collect();
        let rows = entities.iter().enumerate().map(|(n, entity)| {
            let set = |column: &Vec<(Option<Set>, Causes, Marks)>| column.get(n)?.0.clone();
            let (score, causes, marks) = own.get(n).cloned().unwrap_or_default();
            ScoreRow {
                entity: *entity,
                score,
                rank: set(&ranks),
                tier: tiers.as_ref().and_then(set),
                elements: elements.iter().map(set).collect(),
                causes,
                marks,
            }
        });
        let mut rows: Vec<ScoreRow> = rows.collect();
        let place = |row: &ScoreRow| {
            let ends = row.rank.as_ref().map(|rank| {
                let end = |end: &crate::set::End| end.value().cloned();
                (end(rank.lo()), end(rank.hi()))
            });
            (ends.is_none(), ends)
        };
        rows.sort_by_key(place);
        ScoreTable { score: id, rows }
    };
    ids.map(table).collect()
}
