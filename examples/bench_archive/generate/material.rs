//! What articles are made of: sentences of given texts, and the nouns in them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use fundstelle::analysis::sentences;
use serde::Deserialize;

/// Sentences that are taken at most.
const MAX_SENTENCES: usize = 1_000_000;
/// Words of a sentence: fewer are captions and stamps, more are lists.
const WORDS: Range<usize> = 5..80;
/// About so many topics are made of all sentences, if there are enough for so long ones.
const TOPICS: usize = 400;
const TOPIC_SENTENCES: Range<usize> = 12..200;

/// A piece of a sentence.
pub(super) enum Piece {
    /// It stays as it is.
    Text(String),
    /// A word that may be replaced by another noun: a place in [`Material::nouns`].
    Noun(usize),
    /// A number of so many digits.
    Number(usize),
}

/// Sentences, what they are about, and nouns to vary them with.
#[derive(Default)]
pub(super) struct Material {
    pub(super) sentences: Vec<Vec<Piece>>,
    /// The most frequent first.
    pub(super) nouns: Vec<String>,
    /// Sentences that follow each other in the texts, as they are mostly about the same.
    pub(super) topics: Vec<Range<usize>>,
}

/// A line of JSON Lines.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    title: Option<String>,
    body: String,
}

impl Material {
    /// Reads files: JSON Lines (`*.jsonl`, `*.ndjson`) with `body` and perhaps `title`, else plain
    /// text, of whose lines only what stands behind the last tab counts.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Material> {
        let mut material = Material::default();
        let mut known = HashMap::new();
        for path in paths {
            material
                .read_file(path, &mut known)
                .with_context(|| path.display().to_string())?;
        }
        ensure!(
            material.sentences.len() >= TOPIC_SENTENCES.start,
            "the texts have {} sentences of at least {} words; give more text",
            material.sentences.len(),
            WORDS.start
        );
        material.sort_nouns(&known);
        let count = material.sentences.len();
        let long = (count / TOPICS).clamp(TOPIC_SENTENCES.start, TOPIC_SENTENCES.end);
        let starts = (0..=count - long).step_by(long);
        material.topics = starts.map(|start| start..start + long).collect();
        Ok(material)
    }

    fn read_file(&mut self, path: &Path, known: &mut HashMap<String, (usize, u64)>) -> Result<()> {
        let is_json = (path.extension()).is_some_and(|it| it == "jsonl" || it == "ndjson");
        for (number, line) in BufReader::new(File::open(path)?).lines().enumerate() {
            let line = line?;
            if is_json && !line.trim().is_empty() {
                let record: Record = serde_json::from_str(&line)
                    .with_context(|| format!("line {} has no \"body\"", number + 1))?;
                self.add(record.title.as_deref().unwrap_or_default(), known);
                self.add(&record.body, known);
            } else {
                self.add(line.rsplit('\t').next().unwrap_or_default(), known);
            }
            if self.sentences.len() >= MAX_SENTENCES {
                break;
            }
        }
        Ok(())
    }

    /// Takes the sentences of a text. `known` has for each noun its place and how often it came.
    fn add(&mut self, text: &str, known: &mut HashMap<String, (usize, u64)>) {
        for span in sentences(text) {
            let sentence = &text[span];
            if !WORDS.contains(&sentence.split_whitespace().count()) {
                continue;
            }
            let pieces = pieces(sentence).map(|(piece, is_first)| {
                if is_noun(piece) && !is_first {
                    let place = known.len();
                    let noun = known.entry(piece.to_owned()).or_insert((place, 0));
                    noun.1 += 1;
                    Piece::Noun(noun.0)
                } else if piece.bytes().all(|byte| byte.is_ascii_digit()) && piece.len() < 7 {
                    Piece::Number(piece.len())
                } else {
                    Piece::Text(piece.to_owned())
                }
            });
            self.sentences.push(pieces.collect());
        }
    }

    /// Puts the most frequent nouns first.
    fn sort_nouns(&mut self, known: &HashMap<String, (usize, u64)>) {
        let mut nouns: Vec<(&String, usize, u64)> = (known.iter())
            .map(|(noun, (place, times))| (noun, *place, *times))
            .collect();
        nouns.sort_unstable_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
        let mut places = vec![0; nouns.len()];
        for (new, (_, old, _)) in nouns.iter().enumerate() {
            places[*old] = new;
        }
        self.nouns = nouns.into_iter().map(|(noun, ..)| noun.clone()).collect();
        for piece in self.sentences.iter_mut().flatten() {
            if let Piece::Noun(place) = piece {
                *place = places[*place];
            }
        }
    }
}

/// A text in pieces, each all letters and digits or none; and whether it is the first word.
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut at = 0;
    let mut words = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let is_word = rest.starts_with(char::is_alphanumeric);
        let end = rest.find(|letter: char| letter.is_alphanumeric() != is_word);
        let piece = &rest[..end.unwrap_or(rest.len())];
        at += piece.len();
        words += usize::from(is_word);
        Some((piece, is_word && words == 1))
    })
}

/// Nouns are written with a capital in German. So are names, which will do as well.
fn is_noun(word: &str) -> bool {
    let is_long = word.chars().nth(3).is_some();
    is_long && word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase)
}
