//! The pages of keywords and of items with their clauses.

use std::fmt::Write as _;

use plumbrule::model::clauses_of;
use plumbrule::syntax::ast::BlockKind;
use plumbrule::syntax::{Keyword, keywords};

use super::{code, table};

pub(crate) fn keyword_page() -> String {
    let mut out = "# Keywords\n\nEvery keyword has an English and a Chinese form of one meaning; \
        a file may hold both. `plumbrule fmt --lang zh` and `--lang en` turn one into the other. \
        A Chinese keyword needs a blank or a digit between itself and a name. \
        [Writing targets](../targets.md) ([中文](../targets.zh.md)) shows them at work.\n"
        .to_owned();
    let mut groups: Vec<&str> = Vec::new();
    for keyword in keywords() {
        if !groups.contains(&keyword.group) {
            groups.push(keyword.group);
        }
    }
    for group in groups {
        writeln!(out, "\n## {group}\n").unwrap();
        let of_group = keywords().iter().filter(|keyword| keyword.group == group);
        out.push_str(&table(
            ["English", "中文", "meaning", "含义"],
            of_group.map(|keyword| {
                let [zh, en_meaning, zh_meaning] = cells(Some(keyword));
                [code(keyword.en), zh, en_meaning, zh_meaning]
            }),
        ));
    }
    out
}

/// The keyword with an English form.
fn keyword(en: &str) -> Option<&'static Keyword> {
    keywords().iter().find(|keyword| keyword.en == en)
}

/// Its Chinese form and its meaning in both languages; a form that is no keyword has none.
fn cells(keyword: Option<&Keyword>) -> [String; 3] {
    keyword.map_or_else(Default::default, |keyword| {
        let [en, zh] = [keyword.meaning_en, keyword.meaning_zh].map(str::to_owned);
        [code(keyword.zh), en, zh]
    })
}

pub(crate) fn item_page() -> String {
    let mut out = "# Items and their clauses\n\nAn item starts a line with its keyword. Clauses \
        stand in its braces, in any order; braces must be there, even empty.\n"
        .to_owned();
    let kinds = [
        (BlockKind::Pack, "pack"),
        (BlockKind::Entity, "entity"),
        (BlockKind::Instrument, "instrument"),
        (BlockKind::Indicator, "indicator"),
        (BlockKind::Target, "target"),
        (BlockKind::Check, "check"),
    ];
    for (kind, name) in kinds {
        let [zh, ..] = cells(keyword(name));
        writeln!(out, "\n## `{name}` {zh}\n").unwrap();
        let rows = clauses_of(kind).iter().map(|clause| {
            let name = clause.trim_end_matches('+');
            let times = if clause.ends_with('+') {
                "any number"
            } else {
                "once"
            };
            let [zh, en_meaning, zh_meaning] = cells(keyword(name));
            [code(name), zh, times.to_owned(), en_meaning, zh_meaning]
        });
        let heads = ["clause", "中文", "how often", "meaning", "含义"];
        out.push_str(&table(heads, rows));
    }
    out.push_str(FORMS);
    out
}

/// Items whose clauses stand in one line, and tests.
const FORMS: &str = r#"
## Items with forms of their own

Square brackets: may be left out. `…`: as often as needed. [Units](units.md) and [words](words.md) show
those that are declared; [tests](../testing.md), [tables as they come](../tables.md) and [scores](../scores.md)
show the others.

```text
dimension NAME ["text"] ["text"]
unit NAME, NAME … = [FACTOR] BASE [metric] [wordscale]
scale NAME, NAME … = NUMBER [metric]
words GROUP MEANING { before "word", "word" …  after "word" …  alias "word" … }
define NAME ["label"] = FORMULA [{ clauses }]
score NAME ["label"] {
  for each CLASS
  element NAME ["label"] [= FORMULA] weight WEIGHT [higher is better | lower is better] NORM …
  aggregate arithmetic | geometric
  missing unknown | left out | as worst | as mean
  out of NUMBER
  tier NAME ["label"] top NUMBER | COMPARISON NUMBER …
  en "label"  zh "label"  note "text" …
}
weights NAME for SCORE ["label"] {
  element NAME weight WEIGHT …
}
WEIGHT: NUMBER, open, between NUMBER up to NUMBER
NORM: min-max, z-score, distance to NUMBER, against PERIOD, between NUMBER up to NUMBER
test "what it shows" [for ENTITY] {
  given INDICATOR[SELECTOR]@PERIOD = VALUE [source ID] [published PERIOD] [for ENTITY] …
  period PERIOD
  in force DAY
  known on DAY
  expect RULE [for ENTITY] VERDICT[(CAUSE)] …
  expect RULE outlook OUTLOOK
  expect RULE mentions "words"
  expect RULE finding | no finding
  expect RULE outcome OUTCOME, OUTCOME …
  expect QUANTITY = VALUE
  sources ID, ID …  prefer ID, ID …  vintage latest | first  weights NAME
  cases {
    | HEAD | HEAD … |
    | CELL | CELL … | …
  }
}
HEAD: case, for, period, in force, known on, FIGURE [for ENTITY], expect NAME [for ENTITY] [outcome | outlook | mentions | =]
table "name" {
  file "pattern", "pattern" …
  sheet "pattern", "pattern" …
  header ROW[..ROW]
  rows ROW[..ROW]
  column COLUMN as ROLE
  column COLUMN PART …
  ignore COLUMN, COLUMN …
  all PART …
  missing "mark", "mark" …
}
PART: indicator INDICATOR[SELECTOR]@PERIOD, unit UNIT, period PERIOD, entity ID, source ID, published PERIOD
COLUMN: "header", a letter or a number
```
"#;
