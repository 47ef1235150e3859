//! Tables with lists of records that were read apart once and must not be, or whose lines had other names.

use plumbrule::bulk::{Stop, WhyWhole};
use plumbrule::eval::Options;
use plumbrule::period::Period;
use plumbrule::verdict::{Cause, Verdict};

use super::{as_one, by_body, hold, pack_of_lists};
use crate::bulk::program;

#[test]
fn a_line_that_begins_with_a_record_has_the_name_of_its_body() {
    let rule = "share of trip where (persons >= 2) <= 50%";
    let program = program(&pack_of_lists(&[("for each firm", rule.to_owned())]));
    let mut table = String::from("indicator,entity,period,value\n");
    for (firm, year) in [("F0", 2023), ("F0", 2023), ("A", 2023), ("A/S", 2024)] {
        for (what, of, cell) in [
            ("alpha", "", "1"),
            ("trips", "", ""),
            ("persons", "/t1", "1"),
            ("far", "/t1", "yes"),
            ("cost", "/t1", "1"),
        ] {
            table += &format!("{what},{firm}{of},{year},\"{cell}\"\n");
        }
    }
    // In batches of Arrow as well, which are held against it.
    let (said, _) = hold(&program, &table, &Options::default());
    let about = ("list.0".to_owned(), "A".to_owned(), Period::Year(2024));
    assert!(said.contains_key(&about));
}

#[test]
fn a_name_that_is_that_of_a_record_of_another_body_is_looked_for_in_all_rows() {
    let rules = [
        (
            "for each firm",
            "alpha <= mean of persons over trip".to_owned(),
        ),
        ("for each trip", "persons <= 5".to_owned()),
    ];
    let program = program(&pack_of_lists(&rules));
    let table = "indicator,entity,period,value\nalpha,A,2023,1\npersons,A/t1,2023,1\n\
                 alpha,F0,2023,1\npersons,F0/A/t1,2023,1\n";
    for threads in 1..=3 {
        let found = by_body(&program, table.as_bytes(), &Options::default(), threads);
        assert!(matches!(found, Err(Stop::Whole(WhyWhole::Column(header))) if header == "entity"));
    }
    // Where nobody has such a record it is a name as any other.
    let table = table.replace("F0/A/t1", "F0/A/t2");
    let (said, _) = hold(&program, &table, &Options::default());
    let about = (
        "list.1".to_owned(),
        "F0/A/t2".to_owned(),
        Period::Year(2023),
    );
    assert_eq!(said.get(&about).map(|said| said.0), Some(Verdict::Pass));
}

#[test]
fn what_is_said_of_a_list_does_not_rest_on_who_asks_first() {
    let inside = "highest of (sum of persons over its trip) over firm >= alpha";
    let rule = |goal: &str| ("for each firm", goal.to_owned());
    let before = rule("sum of persons over its trip <= 5");
    let table = "indicator,entity,period,value\nalpha,A,2023,2\npersons,A/t1,2023,1\n";
    for rules in [vec![rule(inside)], vec![before, rule(inside)]] {
        let program = program(&pack_of_lists(&rules));
        let last = format!("list.{}", rules.len() - 1);
        let about = (last, "A".to_owned(), Period::Year(2023));
        let (said, _) = as_one(&program, table.as_bytes(), &Options::default());
        let causes: Vec<Cause> = said[&about].1.iter().collect();
        assert_eq!(causes, [Cause::Missing]);
        hold(&program, table, &Options::default());
    }
}

#[test]
fn a_whole_name_is_that_of_one_record_whoever_comes_later() {
    let program = program(&pack_of_lists(&[(
        "for each trip",
        "persons <= 5".to_owned(),
    )]));
    let table = "indicator,entity,period,value\nalpha,A/S,2023,1\npersons,A/S/t1,2023,1\n\
                 alpha,A,2023,1\npersons,A/t1,2023,1\npersons,A/S/t1,2023,1\n";
    let (said, _) = hold(&program, table, &Options::default());
    let names: Vec<&str> = said.keys().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(names, ["A/S/t1", "A/t1"]);
}
