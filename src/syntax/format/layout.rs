//! Tokens to lines: where a line breaks, how far it is set in, where a blank stands.

use super::columns::Bars;
use super::{Bracket, Start, Token, TokenKind};

/// A token with the text in which it is to be written.
type Written<'t> = (&'t Token<'t>, &'t str);

/// An item or a comment between items.
struct Chunk {
    lines: String,
    /// The author left a blank line above it.
    is_apart: bool,
    /// It may stand close to others of its kind.
    is_line: bool,
}

/// Lays out a whole file; `texts` says how each token is written.
pub(super) fn lines(tokens: &[Token<'_>], texts: &[String]) -> String {
    let all: Vec<Written<'_>> = tokens
        .iter()
        .zip(texts.iter().map(String::as_str))
        .collect();
    let mut out = String::new();
    let mut comments: Vec<Chunk> = Vec::new();
    let mut last_is_line: Option<bool> = None;
    let mut rest = all.as_slice();
    while let Some((first, text)) = rest.first() {
        if first.kind == TokenKind::Comment {
            comments.push(Chunk {
                lines: (*text).to_owned(),
                is_apart: first.breaks > 1,
                is_line: true,
            });
            rest = rest.get(1..).unwrap_or(&[]);
            continue;
        }
        let (item, after) = rest.split_at(item_len(rest));
        rest = after;
        let chunk = lay_out(item);
        let may_touch = last_is_line.is_none_or(|last| last && chunk.is_line);
        last_is_line = Some(chunk.is_line);
        comments.push(chunk);
        // One blank line between items, above the comments that belong to the second.
        if !may_touch
            && !comments.iter().any(|chunk| chunk.is_apart)
            && let Some(first) = comments.first_mut()
        {
            first.is_apart = true;
        }
        comments.drain(..).for_each(|chunk| push(&mut out, &chunk));
    }
    comments.iter().for_each(|chunk| push(&mut out, chunk));
    out
}

fn push(out: &mut String, chunk: &Chunk) {
    if chunk.is_apart && !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&chunk.lines);
    out.push('\n');
}

/// The tokens of the item at the start, the comment at the end of its last line included.
fn item_len(tokens: &[Written<'_>]) -> usize {
    let mut len = 1;
    for (at, (token, _)) in tokens.iter().enumerate().skip(1) {
        if token.start == Start::Item {
            break;
        }
        if token.kind != TokenKind::Comment || (token.breaks == 0 && len == at) {
            len = at + 1;
        }
    }
    len
}

fn lay_out(item: &[Written<'_>]) -> Chunk {
    let first = item.first().map(|(token, _)| *token);
    let mut layout = Layout {
        out: String::new(),
        depth: 0,
        groups: 0,
        keeps_line: is_words_on_a_line(item),
    };
    let mut bars = Bars::default();
    // The first token behind each comment that is none itself.
    let mut next = Vec::with_capacity(item.len());
    let mut code = None;
    for (token, _) in item.iter().rev() {
        next.push(code);
        if token.kind != TokenKind::Comment {
            code = Some(*token);
        }
    }
    let mut before: Option<&Token<'_>> = None;
    for ((token, text), next) in item.iter().zip(next.into_iter().rev()) {
        if token.kind == TokenKind::Comment {
            layout.comment(before, token, next);
        } else {
            layout.word(before, token);
        }
        bars.token(token, layout.out.len());
        layout.out.push_str(text);
        before = Some(token);
    }
    layout.out = bars.aligned(layout.out);
    let is_short = matches!(
        first.map(|token| token.kind),
        Some(TokenKind::Keyword(
            "kw_unit" | "kw_scale" | "kw_dimension" | "kw_words" | "kw_define" | "kw_plausible"
        ))
    );
    Chunk {
        is_line: is_short && !layout.out.contains('\n'),
        lines: layout.out,
        is_apart: first.is_some_and(|token| token.breaks > 1),
    }
}

/// Whether an item is a `words` of one clause that its author wrote on one line.
fn is_words_on_a_line(item: &[Written<'_>]) -> bool {
    let mut tokens = item.iter().map(|(token, _)| token);
    let is_words = tokens
        .next()
        .is_some_and(|first| first.kind == TokenKind::Keyword("kw_words"));
    let inside = || {
        let tokens = item.iter().map(|(token, _)| token);
        let mut inside = tokens.skip_while(|it| it.kind != TokenKind::Open(Bracket::Block));
        inside.next();
        // The comment behind the last bracket does not break the line.
        inside.filter(|it| it.kind != TokenKind::Comment || it.breaks > 0)
    };
    let n_clauses = inside().filter(|it| it.start == Start::Clause).count();
    is_words && n_clauses <= 1 && inside().all(|it| it.breaks == 0)
}

/// The lines of one item so far.
struct Layout {
    out: String,
    /// Open braces of blocks.
    depth: usize,
    /// Other open brackets.
    groups: usize,
    /// Clauses stay on the line of their item.
    keeps_line: bool,
}

impl Layout {
    /// Ends the line, or sets a blank, in front of a token.
    fn word(&mut self, before: Option<&Token<'_>>, token: &Token<'_>) {
        match token.kind {
            TokenKind::Close(Bracket::Block) => self.depth = self.depth.saturating_sub(1),
            TokenKind::Close(_) => self.groups = self.groups.saturating_sub(1),
            _ => {}
        }
        if let Some(before) = before {
            let is_open = before.kind == TokenKind::Open(Bracket::Block);
            let is_block_end = token.kind == TokenKind::Close(Bracket::Block);
            if is_block_end && !is_open && !self.keeps_line {
                self.line(false, self.depth);
            } else if token.start == Start::Clause && !self.keeps_line {
                self.line(token.breaks > 1 && !is_open, self.depth);
            } else if before.kind == TokenKind::Comment || self.keeps_break(before, token) {
                let is_close = matches!(token.kind, TokenKind::Close(_));
                self.line(false, self.depth + self.groups.max(usize::from(!is_close)));
            } else if !touch(before, token) {
                self.out.push(' ');
            }
        }
        match token.kind {
            TokenKind::Open(Bracket::Block) => self.depth += 1,
            TokenKind::Open(_) => self.groups += 1,
            _ => {}
        }
    }

    /// Whether the author's line break between two tokens of a clause stays.
    fn keeps_break(&self, before: &Token<'_>, token: &Token<'_>) -> bool {
        let is_inside = self.groups > 0
            || matches!(token.kind, TokenKind::Close(Bracket::Group | Bracket::Tail));
        token.breaks > 0 && (is_inside || before.kind == TokenKind::Comma)
    }

    /// Ends the line in front of a comment that had a line of its own; sets two blanks in front
    /// of any other. `next` is the first token behind the comments.
    fn comment(&mut self, before: Option<&Token<'_>>, token: &Token<'_>, next: Option<&Token<'_>>) {
        let Some(before) = before else { return };
        if token.breaks == 0 {
            self.out.push_str("  ");
            return;
        }
        let is_between = next.is_none_or(|next| {
            next.start == Start::Clause || next.kind == TokenKind::Close(Bracket::Block)
        });
        if is_between {
            let is_open = before.kind == TokenKind::Open(Bracket::Block);
            self.line(token.breaks > 1 && !is_open, self.depth);
        } else {
            self.line(false, self.depth + self.groups.max(1));
        }
    }

    fn line(&mut self, is_apart: bool, indent: usize) {
        self.out.push_str(if is_apart { "\n\n" } else { "\n" });
        self.out.extend(std::iter::repeat_n("  ", indent));
    }
}

/// Whether no blank stands between two tokens of a line.
fn touch(before: &Token<'_>, token: &Token<'_>) -> bool {
    // `56%` and `12\u{4ebf}` stand together, `10 GB` and `5 persons` apart.
    let is_unit = before.kind == TokenKind::Number
        && token.kind == TokenKind::Unit
        && !token.text.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_empty_block = before.kind == TokenKind::Open(Bracket::Block)
        && token.kind == TokenKind::Close(Bracket::Block);
    let after = match before.kind {
        TokenKind::Open(bracket) => bracket != Bracket::Block,
        kind => matches!(kind, TokenKind::Prefix | TokenKind::Tight),
    };
    let ahead = match token.kind {
        TokenKind::Close(bracket) => bracket != Bracket::Block,
        kind => matches!(
            kind,
            TokenKind::Comma | TokenKind::Tight | TokenKind::Open(Bracket::Tail)
        ),
    };
    is_unit || is_empty_block || after || ahead
}
