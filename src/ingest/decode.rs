//! Bytes to text: byte order mark, else UTF-8, else what the bytes look like.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// The text of `bytes`, without its byte order mark. What no encoding can read becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    decode_with(bytes, None)
}

/// Like [`decode`]; `declared` is the encoding that the input itself names, and is believed
/// where the bytes are not UTF-8.
pub(super) fn decode_with<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    let declared = declared
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| *encoding != encoding_rs::UTF_8 && encoding.is_ascii_compatible());
    let encoding = declared.unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // Enough to decide, and bounded: a sample around the first byte that is not ASCII.
    const SAMPLE: usize = 64 << 10;
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(SAMPLE / 4);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(Some(b"de"), chardetng::Utf8Detection::Deny)
}

/// Whether the text is UTF-8 with a few broken places, as cut or patched files have them.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 20 <= good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_survive_every_encoding_of_the_wild() {
        let text = "Für Größe und Übermaß – „schön“";
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(decode(&latin), text);
        assert_eq!(decode(text.as_bytes()), text);
        assert_eq!(decode(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), text);
        let utf16: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&utf16), text);
    }

    #[test]
    fn utf8_with_a_broken_place_stays_utf8() {
        let mut bytes = "Größe über Maß – schöne Grüße ".repeat(20).into_bytes();
        bytes.push(0xc3);
        assert!(decode(&bytes).starts_with("Größe"));
    }

    #[test]
    fn a_declared_encoding_is_believed_unless_the_bytes_are_utf8() {
        assert_eq!(decode_with(b"\xa4", Some("iso-8859-15")), "€");
        assert_eq!(decode_with("€".as_bytes(), Some("iso-8859-15")), "€");
        assert_eq!(decode_with("ü".as_bytes(), Some("no-such-encoding")), "ü");
    }
}
