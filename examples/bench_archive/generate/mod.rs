//! Makes an archive: articles from the sentences of given texts, and a query set.
//!
//! Articles have topics: sentences that follow each other in the texts. Most sentences of an
//! article are of its topic, the others of any. Nouns are replaced, by others of the topic, by
//! any, by compounds that nobody has seen, and numbers are drawn anew; so there are ever new
//! words, and no two articles are alike but those that are meant as copies. Values of facets are
//! spread as names are in newspapers (Zipf's law) and partly hang on the topic. What is made
//! depends on texts and seed only, and a smaller archive is the beginning of a larger one.

mod author;
mod material;
mod questions;
mod words;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use self::author::Author;
use self::material::Material;
use self::questions::Questions;
use self::words::Words;

/// Words are counted in so many articles: enough to tell frequent ones from rare ones.
const COUNTED: u64 = 100_000;

/// Makes `articles.jsonl` and `queries.tsv` in a folder, from texts or else from the sample archive.
pub(crate) fn archive(folder: &Path, number: u64, texts: &[PathBuf], seed: u64) -> Result<()> {
    let texts = if texts.is_empty() {
        sample_archive()?
    } else {
        texts.to_vec()
    };
    let author = Author::new(Material::read(&texts)?, seed);
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut words = Words::default();
    write(&folder.join("articles.jsonl"), |file| {
        for number in 0..number {
            let article = author.article(number);
            if number < COUNTED {
                words.count(&article.text());
            }
            serde_json::to_writer(&mut *file, &article)?;
            file.write_all(b"\n")?;
        }
        Ok(())
    })?;
    let mut questions = Questions::new(&author, &words, number.clamp(1, COUNTED), seed);
    write(&folder.join("queries.tsv"), |file| {
        for line in questions.lines() {
            writeln!(file, "{line}")?;
        }
        Ok(())
    })
}

/// Writes a file, which has its name only when it is complete.
fn write(path: &Path, content: impl FnOnce(&mut BufWriter<File>) -> Result<()>) -> Result<()> {
    let begun = path.with_extension("begun");
    let mut file = BufWriter::new(File::create(&begun)?);
    content(&mut file).with_context(|| begun.display().to_string())?;
    file.into_inner()?.sync_all()?;
    std::fs::rename(&begun, path).with_context(|| path.display().to_string())
}

/// The texts that lie beside the sources.
fn sample_archive() -> Result<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let entries = folder
        .read_dir()
        .with_context(|| format!("{}; give texts with --text", folder.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}
