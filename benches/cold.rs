//! One submission, cold: from the start of the process to the printed verdicts, against a program
//! written by hand for these rules alone, in processes of their own and turn by turn.
//!
//! Prints ratios of processor time; times of one machine say nothing about another.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::panic,
    reason = "a bench prints, divides times, and stops where its own rows are wrong"
)]

use std::env;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

#[path = "../tests/support/workload.rs"]
mod workload;

/// How often each program is started.
const N_RUNS: usize = 200;
/// In turns, so that what else runs on the machine falls upon all.
const TURNS: usize = 20;
/// Clock ticks of `/proc/self/stat` in a second: what Linux tells to programs.
const TICKS: f64 = 100.0;

fn main() {
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    if let [word, file] = words.as_slice()
        && word == "floor"
    {
        return floor(file);
    }
    let row = env::temp_dir().join(format!("plumbrule-cold-{}.csv", std::process::id()));
    if let Err(error) = fs::write(&row, workload::csv(1)) {
        panic!("{}: {error}", row.display());
    }
    let file = row.to_string_lossy().into_owned();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/million");
    let own = env!("CARGO_BIN_EXE_plumbrule");
    let this = env::current_exe().unwrap_or_else(|error| panic!("{error}"));
    let this = this.to_string_lossy().into_owned();
    let cases: [(&str, &str, Vec<&str>); 3] = [
        ("floor", &this, vec!["floor", &file]),
        ("plumbrule --version", own, vec!["--version"]),
        (
            "plumbrule check",
            own,
            vec!["check", pack, "--figures", &file],
        ),
    ];
    let mut cpu = vec![0.0; cases.len()];
    let mut wall = vec![0.0; cases.len()];
    for _ in 0..TURNS {
        for (at, (_, program, arguments)) in cases.iter().enumerate() {
            let (before, start) = (children(), Instant::now());
            for _ in 0..N_RUNS / TURNS {
                run(program, arguments);
            }
            cpu[at] += children() - before;
            wall[at] += start.elapsed().as_secs_f64();
        }
    }
    println!(
        "{:<30} {:>10} {:>10} {:>12}",
        "", "CPU ms", "wall ms", "to the floor"
    );
    for (at, (name, ..)) in cases.iter().enumerate() {
        let each = |total: f64| total * 1e3 / N_RUNS as f64;
        let ratio = cpu[at] / cpu[0];
        println!(
            "{name:<30} {:>10.2} {:>10.2} {ratio:>12.2}",
            each(cpu[at]),
            each(wall[at])
        );
    }
    // What is left behind is a small file of the system's own folder for them.
    let _ = fs::remove_file(&row);
}

fn run(program: &str, arguments: &[&str]) {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    match command.output() {
        Ok(output) if !output.stdout.is_empty() => {}
        Ok(output) => panic!(
            "{program} {arguments:?}: printed nothing, {}",
            output.status
        ),
        Err(error) => panic!("{program}: {error}"),
    }
}

/// Seconds of the processor of all processes that this one has waited for.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, which may hold blanks, ends with the last bracket.
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks: Option<Vec<f64>> = fields
        .skip(13)
        .take(2)
        .map(|field| field.parse().ok())
        .collect();
    match ticks.as_deref() {
        Some([user, system]) => (user + system) / TICKS,
        _ => panic!("/proc/self/stat says nothing: this bench needs Linux"),
    }
}

/// The verdicts of the rows of one file, and nothing but these rules: hundredths, no units, no causes.
fn floor(file: &str) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut out = String::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let v: [Option<i64>; 23] = std::array::from_fn(|at| hundredths(cells.get(3 + at)?));
        let wholes: [Option<i64>; 5] = std::array::from_fn(|at| cells.get(26 + at)?.parse().ok());
        let route = cells.get(31).copied().filter(|route| !route.is_empty());
        let entity = cells.get(1).copied().unwrap_or_default();
        for (rule, said) in verdicts(&v, wholes, route).into_iter().enumerate() {
            let word = said.map_or(
                "undetermined",
                |is_met| if is_met { "pass" } else { "fail" },
            );
            out.push_str(&format!("rule {rule} {entity} {word}\n"));
        }
    }
    print!("{out}");
}

fn hundredths(cell: &str) -> Option<i64> {
    let (whole, part) = cell.split_once('.').unwrap_or((cell, ""));
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 100 + part)
}

fn verdicts(
    v: &[Option<i64>; 23],
    wholes: [Option<i64>; 5],
    route: Option<&str>,
) -> Vec<Option<bool>> {
    let mut said: Vec<Option<bool>> = Vec::with_capacity(24);
    said.extend(
        workload::LIMITS
            .iter()
            .zip(v)
            .map(|(limit, value)| Some((*value)? >= *limit)),
    );
    let both = |one: usize, other: usize| v[one].zip(v[other]);
    said.push(both(0, 18).map(|(now, before)| (now - before) * 100 >= 5 * before));
    said.push(both(1, 2).map(|(part, of)| part * 100 >= 18 * of && part * 100 <= 24 * of));
    let sum: Option<i64> = v[19..22].iter().copied().sum();
    said.push(
        sum.zip(v[22])
            .map(|(sum, total)| (sum - total).abs() * 1000 <= 5 * total),
    );
    let is_whole = workload::WEIGHTS.iter().all(|(at, _)| v[*at].is_some());
    said.push(is_whole.then(|| workload::score(|at| v[at].unwrap_or_default()) >= 600_000));
    said.push(v[6].map(|high| high < 580 || v[7].is_some_and(|value| value >= 320)));
    let facts: Option<Vec<i64>> = wholes.into_iter().collect();
    let facts: Option<[i64; 5]> = facts.and_then(|facts| facts.try_into().ok());
    said.push(
        facts
            .zip(route)
            .map(|(facts, taken)| workload::asked(facts) == taken),
    );
    said
}
