use std::collections::BTreeMap;
use std::io;

use proptest::prelude::*;
use tantivy::directory::FileSlice;
use tantivy::postings::TermInfo;

use super::*;

fn written(terms: &BTreeMap<Vec<u8>, (u32, [usize; 2])>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = DictionaryWriter::new(&mut bytes);
    for (term, (documents, lens)) in terms {
        writer.insert(term, *documents, *lens).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

fn open(bytes: Vec<u8>) -> io::Result<Dictionary> {
    Dictionary::open(&FileSlice::from(bytes))
}

/// Terms that have much in common, and some that have not.
fn terms() -> impl Strategy<Value = BTreeMap<Vec<u8>, (u32, [usize; 2])>> {
    let term = prop_oneof![
        4 => prop::collection::vec(97..100_u8, 0..6),
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ];
    let said = (any::<u32>(), [0..1_usize << 40, 0..300_usize]);
    prop::collection::btree_map(term, said, 0..120)
}

proptest! {
    #[test]
    fn terms_come_out_as_they_went_in(terms in terms(), other in prop::collection::vec(97..101_u8, 0..7)) {
        let dictionary = open(written(&terms)).unwrap();
        let mut ends = [0; 2];
        let mut all = dictionary.terms();
        for (term, (documents, lens)) in &terms {
            let starts = ends;
            ends = [ends[0] + lens[0], ends[1] + lens[1]];
            let expected = TermInfo {
                doc_freq: *documents,
                postings_range: starts[0]..ends[0],
                positions_range: starts[1]..ends[1],
            };
            prop_assert!(all.advance().unwrap());
            prop_assert_eq!((all.key(), all.info()), (&term[..], expected.clone()));
            prop_assert_eq!(dictionary.get(term).unwrap(), Some(expected));
        }
        prop_assert!(!all.advance().unwrap());
        prop_assert_eq!(dictionary.get(&other).unwrap().is_some(), terms.contains_key(&other));
        for start in terms.keys().chain([&other]) {
            let mut from = dictionary.terms_from(start).unwrap();
            for term in terms.range(start.clone()..).map(|(term, _)| term) {
                prop_assert!(from.advance().unwrap());
                prop_assert_eq!(from.key(), &term[..]);
            }
            prop_assert!(!from.advance().unwrap());
        }
    }

    #[test]
    fn damaged_dictionaries_are_read_without_harm(
        terms in terms(),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let whole = written(&terms);
        // In the blocks: of the map, `fst` sees to that.
        let trailer = whole.len() - TRAILER_BYTES;
        let index = u64::from_le_bytes(whole[trailer..].try_into().unwrap());
        let blocks = trailer - index as usize;
        let mut bytes = whole.clone();
        if blocks > 0 {
            bytes[place.index(blocks)] = byte;
        }
        let dictionary = open(bytes).unwrap();
        let mut all = dictionary.terms();
        let mut count = 0;
        while let Ok(true) = all.advance() {
            count += 1;
        }
        prop_assert!(count <= blocks);
        for term in terms.keys() {
            let _ = dictionary.get(term);
            let _ = dictionary.terms_from(term);
        }
        let cut = cut.index(TRAILER_BYTES);
        prop_assert!(open(whole[..cut].to_vec()).is_err());
    }
}
