// The grammar of Plumbrule rule files for editors: items, clauses, names, texts, numbers, arithmetic.
//
// It is wider than grammar/plumbrule.pest, which says what a rule file is: here a clause is any row
// of words behind a word that begins clauses. So half-typed text keeps its colours, and a clause that
// the language gains needs no line here. Keywords, and which of them begin clauses, are read from
// that grammar and from grammar/keywords.tsv whenever the parser is generated.

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const fs = require("fs");
const path = require("path");

const home = path.join(__dirname, "..", "..", "grammar");
const table = fs
  .readFileSync(path.join(home, "keywords.tsv"), "utf8")
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((row) => {
    const [rule, en, zh, group] = row.split("\t");
    return { rule, en, zh, group: group.split(" ")[0] };
  });

// The first keywords of the rules of clauses.
const pest = fs.readFileSync(path.join(home, "plumbrule.pest"), "utf8");
const starters = new Set(["kw_plausible", "kw_modality", "kw_weights", "kw_cases"]);
const clause = /^(?:\w+_clause|table_\w+|rows_\w+|in_force_on|known_on|weights_element|given_evidence)\s*=\s*[_@$!]?\{\s*\(?\s*(kw_\w+(?:\s*\|\s*kw_\w+)*)/gm;
for (const found of pest.matchAll(clause)) {
  for (const rule of found[1].split("|")) {
    starters.add(rule.trim());
  }
}

/** A form of a keyword; blanks between its words may be several. */
function form(text) {
  if (!text.includes(" ")) {
    return text;
  }
  return prec(2, new RegExp(text.split(" ").join("[ \\t\\u3000\\u00a0]+")));
}

/** The forms of keywords that fulfil a condition, each once. */
function forms(wanted) {
  const texts = new Set();
  for (const keyword of table.filter(wanted)) {
    texts.add(keyword.en);
    texts.add(keyword.zh);
  }
  return texts;
}

const items = forms((keyword) => keyword.group === "item");
const begins = forms((keyword) => starters.has(keyword.rule));
const of = (...groups) => (keyword) => groups.includes(keyword.group);
const verdicts = forms(of("verdict", "cause", "outlook"));
const operators = forms(of("operator", "comparison", "goal", "timing", "aggregate"));
const rest = forms(() => true);

/**
 * One token for the forms that are in none of the sets before. A name that only begins like one is
 * longer, and wins; of a name that is one, the token stands first in the grammar, and wins.
 */
const taken = new Set();
function choose(texts) {
  const own = [...texts].filter((text) => !taken.has(text));
  own.forEach((text) => taken.add(text));
  return token(choice(...own.map(form)));
}

// Letters, in few stretches: with all of Unicode by its letter the parser would have a million lines.
const letter = "A-Za-z_\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2dff\\u3005-\\u3007\\u3040-\\u9fff\\ua000-\\ud7ff\\uf900-\\ufaff\\uff21-\\uff3a\\uff41-\\uff5a\\u{10000}-\\u{3ffff}";
const digit = "0-9\\uff10-\\uff19";

module.exports = grammar({
  name: "plumbrule",

  extras: ($) => [/[\s\u3000\u00a0\ufeff]/, $.comment],

  conflicts: ($) => [[$._word, $._called]],

  supertypes: ($) => [$.expression],

  rules: {
    source_file: ($) => repeat($.item),

    // ------------------------------------------------------------ items and clauses
    item: ($) =>
      prec.right(
        choice(
          seq(
            field("kind", choice(alias($._item_only, $.item_keyword), alias($._indicator, $.item_keyword))),
            optional(field("name", $._name)),
            repeat(choice($._head, $.block)),
          ),
          seq(
            field("kind", alias($._item_and_clause, $.item_keyword)),
            optional(field("name", $._name)),
            repeat(choice($._head, $.block)),
          ),
          // What `words` are about may be called like any keyword.
          seq(
            field("kind", alias($._words, $.item_keyword)),
            repeat1(choice($._head, $._item_word)),
            $.block,
          ),
        ),
      ),

    _any_item: ($) => choice($._item_only, $._indicator, $._item_and_clause, $._words),

    // What a unit is made of may be called like an item.
    _base: ($) => prec(1, seq(alias(choice("=", "＝"), $.equals), alias($._any_item, $.name))),

    _listed: ($) =>
      prec(1, seq(alias(choice(",", "，", "、"), $.separator), alias($._any_item, $.name))),

    _head: ($) => choice($._base, $._listed, $.expression, $._sign, $._word, alias($._clause_only, $.keyword)),

    block: ($) =>
      seq(
        choice("{", "｛"),
        repeat(choice($.expression, $._sign, $._word, $.block)),
        repeat($.clause),
        choice("}", "｝"),
      ),

    clause: ($) =>
      prec.right(
        seq(
          field(
            "kind",
            choice(
              alias($._clause_only, $.clause_keyword),
              alias($._item_and_clause, $.clause_keyword),
            ),
          ),
          repeat(
            // A column of figures may be `as indicator`; any other item begins where its keyword stands.
            choice($.expression, $._sign, $._word, $.block, alias($._indicator, $.keyword)),
          ),
        ),
      ),

    _item_word: ($) =>
      choice(
        alias($._item_only, $.keyword),
        alias($._indicator, $.keyword),
        alias($._item_and_clause, $.keyword),
        alias($._words, $.keyword),
      ),

    // Any keyword that begins nothing.
    _word: ($) =>
      choice($.verdict, alias($._operator_word, $.operator), alias($._other_word, $.keyword)),

    _sign: ($) =>
      choice(
        $.comparison,
        alias(choice("=", "＝"), $.equals),
        alias(choice(",", "，", "、", ":", "："), $.separator),
        alias(choice("|", "｜"), $.bar),
        alias(choice("..", "…", "～"), $.range),
        $.any_value,
        // Behind a list in braces, which is no expression here.
        alias($._loose, $.operator),
      ),

    // A cell of a table that says nothing.
    any_value: () => prec(-1, choice("-", "－")),

    _loose: () => prec(-1, choice("*", "/", "×", "÷", "＊", "／")),

    comparison: () =>
      choice(">=", "<=", "==", "!=", ">", "<", "≥", "≤", "≠", "＞", "＜", "＞＝", "＞=", "＜＝", "＜=", "！＝", "＝＝"),

    // ------------------------------------------------------------ keywords
    _indicator: () => choose(forms((keyword) => keyword.rule === "kw_indicator")),
    _words: () => choose(forms((keyword) => keyword.rule === "kw_words")),
    _item_and_clause: () => choose([...items].filter((text) => begins.has(text))),
    _item_only: () => choose(items),
    _clause_only: () => choose(begins),
    verdict: () => choose(verdicts),
    _operator_word: () => choose(operators),
    _other_word: () => choose(rest),

    // ------------------------------------------------------------ arithmetic
    expression: ($) =>
      choice(
        $.binary_expression,
        $.unary_expression,
        $.call,
        $.selection,
        $.at_period,
        $.parenthesized,
        $.name,
        $.text,
        $.period,
        $.quantity,
      ),

    binary_expression: ($) =>
      choice(
        prec.left(1, seq($.expression, field("operator", choice("+", "-", "＋", "－", "−")), $.expression)),
        prec.left(2, seq($.expression, field("operator", choice("*", "/", "×", "÷", "＊", "／")), $.expression)),
        prec.left(4, seq($.expression, field("operator", choice("^", "＾")), $.expression)),
      ),

    unary_expression: ($) => prec(3, seq(field("operator", choice("+", "-", "＋", "－", "−")), $.expression)),

    call: ($) => prec(6, seq(field("function", choice($.name, $._called)), $.parenthesized)),

    // A name that is a keyword elsewhere.
    _called: ($) => prec.dynamic(1, alias($._other_word, $.name)),

    selection: ($) =>
      prec(
        6,
        seq(
          choice($.name, $._called),
          choice("[", "［"),
          repeat(choice($.expression, $._sign, $._word, alias($._clause_only, $.keyword), $._item_word)),
          choice("]", "］"),
        ),
      ),

    at_period: ($) =>
      prec.left(
        5,
        seq(choice($.expression, $._called), choice("@", "＠"), field("period", choice($.expression, $._word))),
      ),

    parenthesized: ($) =>
      seq(
        choice("(", "（"),
        repeat(choice($.expression, $._sign, $._word, alias($._clause_only, $.keyword), $.block)),
        choice(")", "）"),
      ),

    // ------------------------------------------------------------ words
    // An id may be called like a keyword.
    _name: ($) =>
      prec(10, choice($.name, $.text, $.unit, alias($._other_word, $.name), alias($._operator_word, $.name), alias($._any_item, $.name))),

    name: ($) => choice($.identifier, $._dotted, $.quoted_name),

    identifier: () => new RegExp(`[${letter}][${letter}${digit}]*`, "u"),

    _dotted: () => new RegExp(`[${letter}][${letter}${digit}]*([.\\-/][${letter}${digit}]+)+`, "u"),

    quoted_name: () => choice(/「[^」\r\n]+」/, /`[^`\r\n]+`/),

    text: () => choice(/"(\\.|[^"\\\r\n])*"/, /“[^”\r\n]*”/),

    period: () =>
      token(
        prec(
          3,
          choice(
            /[0-9０-９]{4}-[0-9０-９]{2}(-[0-9０-９]{2})?/,
            /[0-9０-９]{4}年([0-9０-９]{1,2}月([0-9０-９]{1,2}日)?)?/,
            /[0-9０-９]{4}年?[QH][0-9０-９]/,
          ),
        ),
      ),

    quantity: ($) => prec.right(choice(seq($.number, optional(choice($.unit, alias($._unit, $.unit)))), $.unit)),

    number: () => token(prec(2, /[0-9０-９]+([.．][0-9０-９]+)?/)),

    _unit: () => token.immediate(prec(2, new RegExp(`[${letter}%％‰°²³$¥€][${letter}°²³$¥€0-9]*([/／·.\\-][${letter}°²³$¥€0-9]+)*`, "u"))),

    unit: () => choice(/[%％‰]/, new RegExp(`[${letter}]*[°²³$¥€·][${letter}°²³$¥€·${digit}]*`, "u")),

    comment: () => token(prec(5, seq(choice("//", "／／"), /[^\r\n]*/))),
  },
});
