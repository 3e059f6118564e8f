//! Records that were sent to us and stand in no file.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::input::size;
use super::{ReadOptions, SourceFile, jsonl};
use crate::document::Document;

/// What stands for the path of the source in documents that were sent: no file has this name.
pub const SENT: &str = "http:";

/// What a record was read as.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The document; `None` if the record cannot be taken, and `troubles` say why.
    pub document: Option<Document>,
    /// What could not be read.
    pub troubles: Vec<String>,
}

/// Reads a line of JSON Lines that was sent. It means what it means in a file, but must be UTF-8,
/// and a record without an id is known by what it says: sent again as it is, it is the same.
pub fn sent(line: &[u8], options: &ReadOptions) -> Sent {
    match record(line, options) {
        Err(trouble) => Sent {
            document: None,
            troubles: vec![trouble],
        },
        Ok(record) => {
            let source = SourceFile {
                path: SENT.into(),
                key: SENT.to_owned(),
            };
            let mut troubles = Vec::new();
            let document =
                jsonl::document(&source, number_of(line), record, options, &mut troubles);
            Sent { document, troubles }
        }
    }
}

fn record(line: &[u8], options: &ReadOptions) -> Result<Map<String, Value>, String> {
    if line.len() as u64 > options.max_document_bytes {
        let most = size(options.max_document_bytes);
        return Err(format!(
            "record longer than {most}, passed over, split it into documents"
        ));
    }
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("not UTF-8 from byte {} on", error.valid_up_to()))?;
    jsonl::record(text)
}

/// What stands for the place of a record in its file: a number made of all of it.
fn number_of(line: &[u8]) -> u64 {
    let digest = Sha256::digest(line.trim_ascii());
    u64::from_le_bytes(std::array::from_fn(|index| digest[index]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Sent {
        sent(line.as_bytes(), &ReadOptions::default())
    }

    #[test]
    fn a_record_without_an_id_is_known_by_what_it_says() {
        let id = |line: &str| read(line).document.unwrap().id;
        assert_eq!(
            id(r#"{"body":"Ein Fest."}"#),
            id(r#" {"body":"Ein Fest."} "#)
        );
        assert_ne!(
            id(r#"{"body":"Ein Fest."}"#),
            id(r#"{"body":"Kein Fest."}"#)
        );
        assert_eq!(id(r#"{"id":7,"body":"Ein Fest."}"#), "7");
        assert_eq!(read(r#"{"body":"x"}"#).document.unwrap().source_path, SENT);
    }

    #[test]
    fn what_cannot_be_taken_is_refused_with_a_reason() {
        let reason = |line: &[u8]| {
            let sent = sent(
                line,
                &ReadOptions {
                    max_document_bytes: 40,
                    ..ReadOptions::default()
                },
            );
            assert_eq!(sent.document, None);
            sent.troubles[0].clone()
        };
        assert!(reason(b"{\"body\":\"x").starts_with("no JSON object"));
        assert!(reason(b"[1]").starts_with("no JSON object"));
        assert!(reason(b"{\"body\":\"\xff\"}").starts_with("not UTF-8 from byte 9"));
        assert!(reason(&[b' '; 41]).starts_with("record longer than 40 bytes"));
        assert!(reason(br#"{"id":"a"}"#).starts_with("neither \"title\" nor \"body\""));
        let long = format!("{{\"id\":\"{}\",\"body\":\"x\"}}", "a".repeat(513));
        assert!(read(&long).troubles[0].starts_with("\"id\" is longer than 512 bytes"));
    }
}
