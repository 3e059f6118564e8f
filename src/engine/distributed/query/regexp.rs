//! Shapes of words in the syntax of the cluster, which is Lucene's.

use regex_syntax::hir::{Class, Hir, HirKind, Look};
use serde_json::{Value, json};

use super::refuse;
use crate::analysis::TermClass;
use crate::engine::Result;
use crate::search::Pattern;

/// Longest expression that is sent, in bytes.
const MAX_BYTES: usize = 100_000;
/// Most words that a shape between others may stand for in a shard.
const MAX_EXPANSIONS: u32 = 1000;

/// Queries for the terms of a shape in a field, one for each class that shapes are held against.
pub(super) fn shapes(pattern: &Pattern, field: &str) -> Result<Vec<Value>> {
    let of_class = |class: TermClass| -> Result<Value> {
        let code = class.code();
        Ok(match pattern {
            Pattern::Wildcard(text) => {
                json!({"wildcard": {field: {"value": wildcard(code, text), "rewrite": "constant_score"}}})
            }
            Pattern::Regex(text) => json!({"regexp": {field: {
                "value": format!("{code}({})", lucene(text)?),
                "flags": "NONE", "rewrite": "constant_score", "max_determinized_states": 100_000,
            }}}),
            Pattern::Fuzzy { word, distance } => json!({"fuzzy": {field: {
                "value": format!("{code}{word}"), "fuzziness": distance, "prefix_length": 1,
                "transpositions": true, "rewrite": "constant_score",
            }}}),
        })
    };
    TermClass::WRITTEN.map(of_class).into_iter().collect()
}

/// The same as sources of intervals.
pub(super) fn interval_shapes(pattern: &Pattern) -> Result<Vec<Value>> {
    let of_class = |class: TermClass| -> Result<Value> {
        let code = class.code();
        Ok(match pattern {
            Pattern::Wildcard(text) => json!({"wildcard": {
                "pattern": wildcard(code, text), "max_expansions": MAX_EXPANSIONS,
            }}),
            Pattern::Regex(text) => json!({"regexp": {
                "pattern": format!("{code}({})", lucene(text)?), "max_expansions": MAX_EXPANSIONS,
            }}),
            Pattern::Fuzzy { word, distance } => json!({"fuzzy": {
                "term": format!("{code}{word}"), "fuzziness": distance, "prefix_length": 1,
                "transpositions": true,
            }}),
        })
    };
    TermClass::WRITTEN.map(of_class).into_iter().collect()
}

/// `*` stands for any number of characters, everything else for itself.
fn wildcard(code: char, text: &str) -> String {
    let mut out = String::from(code);
    for c in text.chars() {
        if matches!(c, '?' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A regular expression for whole words in Lucene's syntax.
fn lucene(pattern: &str) -> Result<String> {
    let hir = regex_syntax::parse(pattern)
        .map_err(|error| refuse(format!("this pattern cannot be used: {error}")))?;
    let mut out = String::new();
    write(&hir, &mut out)?;
    Ok(out)
}

fn write(hir: &Hir, out: &mut String) -> Result<()> {
    if out.len() > MAX_BYTES {
        return Err(refuse(
            "this pattern is too large; write a simpler one".into(),
        ));
    }
    match hir.kind() {
        HirKind::Empty => out.push_str("()"),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            text.chars().for_each(|c| escape(c, out));
        }
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            if ranges.is_empty() {
                // Nothing at all.
                out.push_str("[^\\u0000-\\uffff]");
                return Ok(());
            }
            out.push('[');
            for range in ranges {
                escape(range.start(), out);
                if range.end() > range.start() {
                    out.push('-');
                    escape(range.end(), out);
                }
            }
            out.push(']');
        }
        HirKind::Class(Class::Bytes(_)) => {
            return Err(refuse("a pattern of bytes cannot be used".into()));
        }
        // A shape is held against whole words.
        HirKind::Look(Look::Start | Look::End) => out.push_str("()"),
        HirKind::Look(_) => {
            return Err(refuse(
                "bounds of words and lines within a pattern cannot be searched for in a cluster"
                    .into(),
            ));
        }
        HirKind::Repetition(repetition) => {
            out.push('(');
            write(&repetition.sub, out)?;
            out.push(')');
            match (repetition.min, repetition.max) {
                (0, None) => out.push('*'),
                (1, None) => out.push('+'),
                (0, Some(1)) => out.push('?'),
                (min, None) => out.push_str(&format!("{{{min},}}")),
                (min, Some(max)) => out.push_str(&format!("{{{min},{max}}}")),
            }
        }
        HirKind::Capture(capture) => {
            out.push('(');
            write(&capture.sub, out)?;
            out.push(')');
        }
        HirKind::Concat(all) => {
            for one in all {
                write(one, out)?;
            }
        }
        HirKind::Alternation(any) => {
            out.push('(');
            for (at, one) in any.iter().enumerate() {
                if at > 0 {
                    out.push('|');
                }
                write(one, out)?;
            }
            out.push(')');
        }
    }
    Ok(())
}

fn escape(c: char, out: &mut String) {
    if c.is_ascii() && !c.is_ascii_alphanumeric() {
        out.push('\\');
    }
    out.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_written_as_lucene_reads_them() {
        assert_eq!(
            lucene("panzer.?").unwrap_or_default().chars().next(),
            Some('p')
        );
        assert_eq!(
            lucene("^a(b|cd)+$").unwrap(),
            "()a((([b]|cd)))+()".replace("[b]", "b")
        );
        assert_eq!(lucene("x{2,3}[äö]").unwrap(), "(x){2,3}[äö]");
        assert_eq!(lucene("a\\.b-c").unwrap(), "a\\.b\\-c");
        assert!(lucene("\\bfoo").is_err());
        assert!(lucene("(").is_err());
    }

    #[test]
    fn stars_are_all_that_is_special_in_wildcards() {
        assert_eq!(wildcard('s', "a*b?c\\"), "sa*b\\?c\\\\");
    }
}
