//! Problems in rule files and tables as SARIF 2.1.0, for tools that show them in source files.
//!
//! Every code that exists goes out with its page, every problem as a result with its places. No
//! verdict is a result: SARIF says what is wrong with files, a target that failed is not.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::formats::{FormatDef, ProblemsDef};
use super::problems::{Extent, Known, Problems, Spot, Told, known};
use crate::message::{Lang, Message};
use crate::source::Corner;

mod uri;

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "sarif",
    ending: "sarif",
    is_binary: false,
    check: |w, report: &Report<'_>| write(w, &report.problems()),
    explanation: None,
    problems: Some(ProblemsDef {
        write,
        is_plain_in_check: true,
    }),
};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    artifacts: Vec<Artifact>,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

fn write(w: &mut dyn Write, problems: &Problems<'_>) -> io::Result<()> {
    let lang = problems.lang;
    let codes: Vec<Known> = known().collect();
    let told: Vec<Told<'_>> = problems.told().collect();
    let cx = Cx {
        lang,
        codes: &codes,
        files: files(problems, &told),
    };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "plumbrule",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: codes.iter().map(|code| rule(code, lang)).collect(),
                },
            },
            language: lang.code(),
            column_kind: "utf16CodeUnits",
            artifacts: cx
                .files
                .iter()
                .map(|file| Artifact {
                    location: ArtifactLocation {
                        uri: uri::of_path(file),
                        index: None,
                    },
                })
                .collect(),
            results: told.iter().map(|told| cx.finding(told)).collect(),
        }],
    };
    serde_json::to_writer_pretty(&mut *w, &log)?;
    writeln!(w)
}

/// The files that were looked at: rule files, and tables with problems.
fn files<'a>(problems: &Problems<'a>, told: &[Told<'a>]) -> Vec<&'a str> {
    let sources = problems.sources;
    let own = sources.ids().filter(|id| !sources.is_carried(*id));
    let mut files: Vec<&str> = own.map(|id| sources.name(id)).collect();
    files.extend(
        told.iter()
            .flat_map(|one| &one.places)
            .map(|spot| spot.file),
    );
    files.sort_unstable();
    files.dedup();
    files
}

/// The page of a code: its first line, what comes before the examples, and all of it.
fn rule(code: &Known, lang: Lang) -> Rule {
    let page = code.page(lang);
    // Text starts its lines where they start; examples are indented below a heading.
    let lines: Vec<&str> = page.lines().collect();
    let first_example = lines.iter().position(|line| line.starts_with("    "));
    let prose = lines
        .get(..first_example.map_or(lines.len(), |at| at.saturating_sub(1)))
        .unwrap_or_default();
    let level = code.severity.word();
    Rule {
        id: code.code,
        short_description: Text {
            text: lines.first().copied().unwrap_or(code.code).to_owned(),
        },
        full_description: Text {
            text: prose.join("\n"),
        },
        help: Help {
            markdown: markdown(&lines),
            text: page,
        },
        default_configuration: Configuration { level },
    }
}

/// A page as Markdown: its indented lines are code.
fn markdown(lines: &[&str]) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut is_code = false;
    for line in lines {
        let code = line.strip_prefix("    ");
        if code.is_some() != is_code {
            is_code = code.is_some();
            out.push(if is_code { "```text" } else { "```" });
        }
        out.push(code.unwrap_or(line));
        if code.is_none() {
            out.push("");
        }
    }
    if is_code {
        out.push("```");
    }
    out.join("\n")
}

struct Cx<'a> {
    lang: Lang,
    codes: &'a [Known],
    files: Vec<&'a str>,
}

impl Cx<'_> {
    fn finding(&self, told: &Told<'_>) -> Finding {
        let mut text = told.message.render(self.lang);
        if let Some(help) = told.help {
            let word = Message::new("severity-help").render(self.lang);
            text = format!("{text}\n{word}: {}", help.render(self.lang));
        }
        let mut places = told.places.iter();
        Finding {
            rule_id: told.code,
            rule_index: self.codes.iter().position(|code| code.code == told.code),
            level: told.severity.word(),
            message: Text { text },
            locations: places
                .next()
                .map(|spot| self.location(spot, None))
                .into_iter()
                .collect(),
            related_locations: places
                .zip(1..)
                .map(|(spot, id)| self.location(spot, Some(id)))
                .collect(),
            fixes: self.fix(told).into_iter().collect(),
        }
    }

    fn location(&self, spot: &Spot<'_>, id: Option<usize>) -> Location {
        Location {
            id,
            physical_location: PhysicalLocation {
                artifact_location: self.artifact(spot),
                region: region(&spot.extent),
            },
            message: spot.message.map(|message| Text {
                text: message.render(self.lang),
            }),
        }
    }

    fn artifact(&self, spot: &Spot<'_>) -> ArtifactLocation {
        ArtifactLocation {
            uri: uri::of_path(spot.file),
            index: self.files.binary_search(&spot.file).ok(),
        }
    }

    fn fix(&self, told: &Told<'_>) -> Option<Fix> {
        let (spot, help) = (told.places.first()?, told.help?);
        Some(Fix {
            description: Text {
                text: help.render(self.lang),
            },
            artifact_changes: [ArtifactChange {
                artifact_location: self.artifact(spot),
                replacements: [Replacement {
                    deleted_region: region(&spot.extent),
                    inserted_content: Text {
                        text: told.mend?.to_owned(),
                    },
                }],
            }],
        })
    }
}

/// Columns in code units of UTF-16, the last one left out.
fn region(extent: &Extent) -> Region {
    let part = |start: &Corner, end: &Corner| Region {
        start_line: start.line,
        start_column: Some(start.utf16),
        end_line: Some(end.line),
        end_column: Some(end.utf16),
    };
    match extent {
        Extent::Part(start, end) => part(start, end),
        Extent::Line(line) => Region {
            start_line: *line,
            start_column: None,
            end_line: None,
            end_column: None,
        },
    }
}
