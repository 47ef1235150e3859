//! Packs whose rules look at many bodies, at lists and at parts.

/// A pack with rules about many bodies, each with its scope and its goal.
pub(crate) fn pack_of_many(rules: &[(&str, String)]) -> String {
    let mut text = String::from(
        r#"
pack p "P" { entity CN }
entity CN "China" { }
entity region "Regions" { members listed }
entity town "Towns" { members listed }
entity firm "Firms" { members in full }
entity coast "Coast" { class region part of CN }
entity plain "Plain" { class region part of CN }
entity ashby "Ashby" { class town part of coast }
entity burton "Burton" { class town part of coast }
entity corby "Corby" { class town part of plain }
indicator alpha "Alpha" { kind index bounds >= 0 }
indicator beta "Beta" { kind index }
indicator gamma "Gamma" { kind index break census since 2024 "new" }
indicator sort "Sort" { kind one of "A", "B" }
score good "Good" {
  for each firm
  element alpha weight between 10% and 60% higher is better min-max
  element beta weight 40% lower is better z-score
  missing unknown
  out of 1
  tier first "First" at least 0.6
  tier last "Last" top 3
}
score fine "Fine" {
  for each town
  element alpha weight 1 higher is better distance to 3
  element beta weight 2 higher is better min-max
  aggregate geometric
  missing as mean
}
"#,
    );
    for (n, (scope, goal)) in rules.iter().enumerate() {
        text += &format!("target many.{n} \"R {n}\" {{ {scope} require {goal} }}\n");
    }
    text
}

pub(crate) const OF_MANY: [(&str, &str); 26] = [
    ("for each firm", "good >= 0.5"),
    ("for each firm", "`good.rank` <= 3"),
    ("for each firm", "`good.tier` <= 1"),
    ("for each firm", "good >= mean of good over firm"),
    ("for each firm", "gamma / sum of gamma over firm >= 10%"),
    ("for each town", "`fine.rank` <= 1"),
    ("for each firm", "alpha / sum of alpha over firm >= 30%"),
    ("for each firm", "rank of alpha among firm <= 2"),
    ("for each firm", "alpha >= mean of alpha over firm"),
    ("for each firm", "alpha >= median of alpha over firm"),
    ("for each firm", "sum of top 2 of alpha over firm >= beta"),
    (
        "for each firm",
        "alpha >= mean of (alpha - mean of beta over firm) over firm",
    ),
    (
        "for each firm",
        "growth(alpha) >= 0% and rank of beta among firm <= 3",
    ),
    (
        "for each firm",
        "sum of alpha over firm where (beta >= mean of beta over firm) >= 3",
    ),
    (
        "",
        "count of firm where (rank of alpha among firm <= 2) <= 2",
    ),
    ("for each town", "fine >= mean of good over firm"),
    ("", "share of town where (fine >= 0.5) >= 50%"),
    ("for each town", "alpha >= highest of alpha over town"),
    ("for each town", "rank of alpha among town <= 2"),
    ("for each region", "sum of alpha over its town >= 5"),
    ("", "sum of alpha over firm >= 100"),
    ("", "sum of alpha over firm >= 100 by 2024"),
    ("", "share of firm where alpha >= 2 >= 50%"),
    ("", "count of firm where (alpha >= beta) >= 2"),
    ("", "sum of alpha over town <= sum of alpha over firm"),
    ("", "sum of alpha over firm where sort is \"A\" >= 3"),
];

/// A pack with two kinds of lists.
pub(crate) fn pack_of_lists(rules: &[(&str, String)]) -> String {
    let mut text = String::from(
        r#"
pack p "P" { entity CN }
entity firm "Firms" { members open }
entity CN "China" { class firm alias "Middle" }
entity trip "Trips" { members open part of firm complete by trips }
entity stay "Stays" { members in full part of firm }
indicator alpha "Alpha" { entity firm kind index }
indicator trips "Trips made" { entity firm unit 次 }
indicator persons "Persons" { entity trip kind index bounds >= 0 }
indicator far "Far" { entity trip kind yes-no }
indicator cost "Cost" { entity stay kind index bounds <= 1000 }
"#,
    );
    for (n, (scope, goal)) in rules.iter().enumerate() {
        text += &format!("target list.{n} \"R {n}\" {{ {scope} require {goal} }}\n");
    }
    text
}

pub(crate) const OF_LISTS: [(&str, &str); 25] = [
    ("for each firm", "alpha <= sum of persons over trip"),
    (
        "for each firm",
        "highest of cost over its stay >= mean of cost over stay",
    ),
    ("for each trip", "rank of persons among trip <= 2"),
    ("", "count of stay where (cost >= 1) >= 2"),
    ("for each firm", "share of trip where (persons >= 2) <= 50%"),
    (
        "for each firm",
        "sum of persons over its trip where (far) < 10",
    ),
    ("for each firm", "count of its trip where (far) <= 1"),
    ("for each firm", "any of its trip where (persons >= 5)"),
    ("for each firm", "all of its trip where (persons <= 5)"),
    ("for each firm", "sum of cost over its stay <= 100"),
    (
        "for each firm",
        "sum of persons over its trip + sum of cost over its stay <= 100",
    ),
    ("for each firm", "highest of cost over its stay >= alpha"),
    (
        "for each firm",
        "sum of persons@2023 over its trip <= alpha",
    ),
    ("for each firm", "all of its stay where (cost >= 1)"),
    ("for each firm", "growth(alpha) >= 0%"),
    ("for each firm", "alpha >= mean of alpha over firm"),
    (
        "for each firm",
        "alpha >= lowest of (sum of cost over its stay) over firm",
    ),
    (
        "for each firm",
        "count of its trip where (persons >= mean of persons over trip) <= 1",
    ),
    (
        "for each firm",
        "highest of (sum of persons over its trip) over firm >= alpha",
    ),
    ("for each stay", "cost >= mean of cost over stay"),
    (
        "",
        "sum of (cost - lowest of cost over stay) over stay <= 10",
    ),
    ("for each trip", "persons <= 5"),
    ("for each trip", "growth(persons) <= 5%"),
    ("for each stay", "cost >= 2.5"),
    ("", "sum of cost over its stay >= 1"),
];

/// A pack whose bodies may each be a part of another.
pub(crate) fn pack_of_parts(rules: &[(&str, String)]) -> String {
    let mut text = String::from(
        r#"
pack p "P" { entity CN }
entity CN "China" { }
entity region "Regions" { members listed }
entity coast "Coast" { class region part of CN alias "Shore" }
entity plain "Plain" { class region part of CN }
entity plant "Plants" { members open }
entity old "Old" { class plant part of plain }
indicator alpha "Alpha" { kind index bounds >= 0 }
indicator beta "Beta" { kind index }
"#,
    );
    for (n, (scope, goal)) in rules.iter().enumerate() {
        text += &format!("target many.{n} \"R {n}\" {{ {scope} require {goal} }}\n");
    }
    text
}

pub(crate) const OF_PARTS: [(&str, &str); 11] = [
    ("for each region", "sum of alpha over its plant >= 5"),
    (
        "for each region",
        "count of its plant where (alpha >= beta) >= 2",
    ),
    ("for each region", "highest of beta over its plant <= alpha"),
    ("for each region", "any of its plant where (alpha > 100)"),
    ("for each plant", "alpha <= mean of alpha over plant"),
    ("for each plant", "rank of alpha among plant in coast <= 2"),
    ("", "sum of (sum of alpha over its plant) over region >= 10"),
    (
        "for each region",
        "count of its plant where (alpha >= mean of alpha over plant) >= 2",
    ),
    (
        "for each plant",
        "alpha <= highest of (sum of alpha over its plant) over region",
    ),
    ("", "sum of alpha over its plant <= 100"),
    ("", "sum of beta@2023 over its plant >= beta"),
];
