//! Files beside an archive: finding them, reading and adding lines.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::ingest::Skipped;

/// Longest line, in bytes.
const LONGEST_LINE: u64 = 32 << 20;

/// One line of a file, as an object.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) path: String,
    /// From 1.
    pub(super) number: u64,
    pub(super) record: Map<String, Value>,
}

impl Line {
    /// Says what is wrong with this line.
    pub(super) fn trouble(&self, reason: impl Into<String>) -> Skipped {
        Skipped {
            path: self.path.clone(),
            line: Some(self.number),
            reason: reason.into(),
        }
    }

    /// The text under `key`; an error if it is anything else.
    pub(super) fn text(&self, key: &str) -> Result<Option<String>, Skipped> {
        match self.record.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.clone())),
            // Ids may be numbers in the input, too.
            Some(Value::Number(number)) if key == "id" => Ok(Some(number.to_string())),
            Some(_) => Err(self.trouble(format!("\"{key}\" is not a text that says something"))),
        }
    }

    /// What was noted, by whom and when, as one text.
    pub(super) fn note(&self) -> Result<String, Skipped> {
        let (note, by, at) = (self.text("note")?, self.text("by")?, self.text("at")?);
        let signature: Vec<String> = by.into_iter().chain(at).collect();
        Ok(match (note, signature.is_empty()) {
            (note, true) => note.unwrap_or_default(),
            (None, false) => signature.join(", "),
            (Some(note), false) => format!("{note} ({})", signature.join(", ")),
        })
    }

    /// Refuses keys that are not among `known`.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Skipped> {
        match self
            .record
            .keys()
            .find(|key| !known.contains(&key.as_str()))
        {
            None => Ok(()),
            Some(key) => Err(self.trouble(format!(
                "unknown key \"{key}\", known are: {}",
                known.join(", ")
            ))),
        }
    }
}

/// The files called `name` in the folders of `paths` and above them, and those that are `named`,
/// each once.
pub(super) fn beside(paths: &[PathBuf], name: &str, named: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut known: Vec<PathBuf> = Vec::new();
    let mut add = |path: PathBuf| {
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if !known.contains(&real) {
            known.push(real);
            found.push(path);
        }
    };
    for path in paths {
        let folder = match path.is_dir() {
            true => Some(path.as_path()),
            false => path.parent(),
        };
        let here = folder.map(|folder| folder.join(name));
        // Above, the path as it was given says nothing any more.
        let whole = folder.and_then(|folder| std::path::absolute(folder).ok());
        let above = whole.iter().flat_map(|whole| whole.ancestors().skip(1));
        let above = above.map(|folder| folder.join(name));
        here.into_iter()
            .chain(above)
            .filter(|path| path.is_file())
            .for_each(&mut add);
    }
    named.iter().cloned().for_each(&mut add);
    found
}

/// The objects of a file, line by line; empty lines are nothing.
pub(super) fn records(path: &Path) -> Result<Vec<Result<Line, Skipped>>, Skipped> {
    let name = path.display().to_string();
    let trouble = |line: Option<u64>, reason: String| Skipped {
        path: name.clone(),
        line,
        reason,
    };
    let cannot = |error: io::Error| trouble(None, format!("cannot be read: {error}"));
    let mut reader = BufReader::new(File::open(path).map_err(cannot)?);
    let mut records = Vec::new();
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let count = (&mut reader)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut bytes)
            .map_err(cannot)?;
        if count == 0 {
            break;
        }
        if count as u64 == LONGEST_LINE && !bytes.ends_with(b"\n") {
            let reason = "a line is longer than 32 MiB, the rest was left out";
            return Err(trouble(Some(number), reason.to_owned()));
        }
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        if text.trim_ascii().is_empty() {
            continue;
        }
        let record = serde_json::from_slice::<Map<String, Value>>(text);
        records.push(match record {
            Ok(record) => Ok(Line {
                path: name.clone(),
                number,
                record,
            }),
            Err(error) => {
                let message = error.to_string();
                let end = message.find(" at line ").unwrap_or(message.len());
                let reason = format!(
                    "no JSON object ({}, column {})",
                    &message[..end],
                    error.column()
                );
                Err(trouble(Some(number), reason))
            }
        });
    }
    Ok(records)
}

/// Adds a line to a file, which is made if there is none; durable when this returns.
pub(super) fn append(path: &Path, record: &Value) -> io::Result<()> {
    let mut file = (OpenOptions::new().read(true).append(true).create(true)).open(path)?;
    let mut line = Vec::new();
    // A last line that a person left open is ended first.
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            line.push(b'\n');
        }
    }
    serde_json::to_writer(&mut line, record)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_the_folder_and_above_it_each_once() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        for place in ["notes.jsonl", "a/b/notes.jsonl", "a/b/text.txt"] {
            std::fs::write(folder.path().join(place), "").unwrap();
        }
        let found = beside(&[deep.clone(), deep.join("text.txt")], "notes.jsonl", &[]);
        let wanted = [deep.join("notes.jsonl"), folder.path().join("notes.jsonl")];
        assert_eq!(found[..2], wanted);
    }

    #[test]
    fn broken_lines_are_named_and_the_rest_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        std::fs::write(&path, "\u{feff}{\"id\":1}\n\nkein JSON\n{\"id\":\"b\"}").unwrap();
        let records = records(&path).unwrap();
        assert_eq!(
            records[0].as_ref().unwrap().text("id").unwrap().unwrap(),
            "1"
        );
        let trouble = records[1].as_ref().unwrap_err().to_string();
        assert!(
            trouble.contains("notes.jsonl:3: no JSON object"),
            "{trouble}"
        );
        assert_eq!(records[2].as_ref().unwrap().number, 4);
    }

    #[test]
    fn lines_are_added_behind_an_open_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        append(&path, &serde_json::json!({"id": "a"})).unwrap();
        std::fs::write(&path, "{\"id\":\"a\"}").unwrap();
        append(&path, &serde_json::json!({"id": "b"})).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "{\"id\":\"a\"}\n{\"id\":\"b\"}\n");
    }
}
