//! Linear equations, solved exactly.

use crate::number::Exact;

/// Equations in the order in which they count: one that contradicts those before it is left out.
pub(super) struct Equations {
    n_variables: usize,
    /// Reduced rows with the variable that each determines.
    rows: Vec<(usize, Vec<Exact>)>,
}

impl Equations {
    pub(super) fn new(n_variables: usize) -> Equations {
        Equations {
            n_variables,
            rows: Vec::new(),
        }
    }

    /// Adds an equation, unless it follows from those before it or contradicts them.
    pub(super) fn add(&mut self, terms: &[(usize, Exact)], bound: &Exact) {
        if self.rows.len() == self.n_variables {
            return;
        }
        let mut row = vec![Exact::default(); self.n_variables + 1];
        for (place, factor) in terms {
            row[*place] = &row[*place] + factor;
        }
        row[self.n_variables] = bound.clone();
        for (lead, known) in &self.rows {
            let factor = row[*lead].clone();
            subtract(&mut row, known, &factor);
        }
        let lead = row[..self.n_variables].iter().position(|it| !it.is_zero());
        let Some((lead, scale)) = lead.and_then(|lead| Some((lead, row[lead].recip()?))) else {
            return;
        };
        for value in &mut row {
            *value = &*value * &scale;
        }
        for (_, known) in &mut self.rows {
            let factor = known[lead].clone();
            subtract(known, &row, &factor);
        }
        self.rows.push((lead, row));
    }

    /// The point at which all equations hold and the variables that they leave free are as given.
    pub(super) fn point(&self, mut free: Vec<Exact>) -> Vec<Exact> {
        let determined: Vec<_> = self.rows.iter().map(|(lead, _)| *lead).collect();
        for (lead, row) in &self.rows {
            let mut value = row[self.n_variables].clone();
            for (place, factor) in row[..self.n_variables].iter().enumerate() {
                if !factor.is_zero() && !determined.contains(&place) {
                    value = value - factor * &free[place];
                }
            }
            free[*lead] = value;
        }
        free
    }
}

fn subtract(row: &mut [Exact], other: &[Exact], factor: &Exact) {
    if factor.is_zero() {
        return;
    }
    for (value, known) in row.iter_mut().zip(other) {
        if !known.is_zero() {
            *value = &*value - &(factor * known);
        }
    }
}
