use proptest::prelude::*;

use super::*;

fn bytes(postings: &[(DocId, u32)]) -> (Vec<u8>, u32) {
    let mut writer = ListWriter::new();
    for (doc, frequency) in postings {
        writer.push(*doc, *frequency);
    }
    let mut bytes = Vec::new();
    let len = writer.end(&mut bytes);
    (bytes, len)
}

fn list(postings: &[(DocId, u32)]) -> List {
    let (bytes, len) = bytes(postings);
    List::open(OwnedBytes::new(bytes), len, true)
}

fn postings() -> impl Strategy<Value = Vec<(DocId, u32)>> {
    let distance = prop_oneof![4 => 1_u32..3, 2 => 1_u32..300, 1 => 1_u32..1_000_000];
    let frequency = prop_oneof![4 => Just(1_u32), 2 => 1_u32..9, 1 => 1_u32..100_000];
    let first = 0_u32..300;
    let rest = prop::collection::vec((distance, frequency), 1..700);
    (first, rest).prop_map(|(first, rest)| {
        let mut doc = first;
        let step = |(distance, frequency)| {
            doc += distance;
            (doc - 1, frequency)
        };
        rest.into_iter().map(step).collect()
    })
}

proptest! {
    #[test]
    fn postings_come_out_as_they_went_in(postings in postings()) {
        let mut list = list(&postings);
        prop_assert_eq!(list.len() as usize, postings.len());
        let mut before = 0;
        for (doc, frequency) in &postings {
            prop_assert_eq!((list.doc(), list.frequency()), (*doc, *frequency));
            prop_assert_eq!(list.before(), before);
            before += u64::from(*frequency);
            list.advance();
        }
        prop_assert_eq!(list.doc(), TERMINATED);
        list.advance();
        prop_assert_eq!(list.doc(), TERMINATED);
    }

    #[test]
    fn a_list_is_read_whole(postings in postings()) {
        let (bytes, len) = bytes(&postings);
        let mut read = Vec::new();
        let visit = |docs: &[DocId], frequencies: &[u32]| {
            read.extend(docs.iter().copied().zip(frequencies.iter().copied()));
            Ok(())
        };
        each_block(&bytes, len, visit).unwrap();
        prop_assert_eq!(read, postings);
        for end in 0..bytes.len() {
            prop_assert!(each_block(&bytes[..end], len, |_, _| Ok(())).is_err());
        }
    }

    #[test]
    fn frequencies_may_be_counted_up(postings in postings()) {
        let mut counted = ListWriter::new();
        for (doc, frequency) in &postings {
            let frequency = (*frequency).min(300);
            counted.push(*doc, 1);
            (1..frequency).for_each(|_| counted.add(1));
        }
        let limited: Vec<_> = postings.iter().map(|(doc, it)| (*doc, (*it).min(300))).collect();
        let mut found = Vec::new();
        let len = counted.end(&mut found);
        prop_assert_eq!((found, len), bytes(&limited));
    }

    #[test]
    fn seeking_finds_the_next_document(
        postings in postings(),
        steps in prop::collection::vec(prop_oneof![0_u32..5, 0_u32..100_000], 1..60),
    ) {
        let mut list = list(&postings);
        let (mut target, mut reached) = (0, 0);
        for step in steps {
            target += step;
            list.seek(target);
            let at = postings.partition_point(|(doc, _)| *doc < target).max(reached);
            reached = at;
            let found = postings.get(at).map_or(TERMINATED, |(doc, _)| *doc);
            prop_assert_eq!(list.doc(), found);
            if let Some((_, frequency)) = postings.get(at) {
                prop_assert_eq!(list.frequency(), *frequency);
                let before = postings[..at].iter().map(|(_, it)| u64::from(*it));
                prop_assert_eq!(list.before(), before.sum::<u64>());
            }
        }
        list.seek(TERMINATED);
        prop_assert_eq!(list.doc(), TERMINATED);
    }

    #[test]
    fn documents_are_found_among_others(
        postings in postings(),
        steps in prop::collection::vec(prop_oneof![0_u32..5, 0_u32..3_000], 1..400),
        parts in 1_usize..130,
    ) {
        let mut list = list(&postings);
        let mut wanted: Vec<DocId> = steps
            .into_iter()
            .scan(0, |doc, step| {
                *doc += step;
                Some(*doc)
            })
            .collect();
        wanted.dedup();
        let mut found = Vec::new();
        for part in wanted.chunks(parts) {
            list.find(part, |place, frequency| found.push((part[place], frequency)));
        }
        let there = postings.iter().filter(|(doc, _)| wanted.binary_search(doc).is_ok());
        prop_assert_eq!(found, there.copied().collect::<Vec<_>>());
    }

    #[test]
    fn damaged_lists_end(bytes in prop::collection::vec(any::<u8>(), 0..900), len in 0_u32..600) {
        let _ = each_block(&bytes, len, |_, _| Ok(()));
        let mut list = List::open(OwnedBytes::new(bytes), len, true);
        for target in 0..700 {
            list.advance();
            list.seek(target * 1000);
            list.find(&[target * 1000, target * 1000 + 1], |_, _| {});
        }
        list.find(&[TERMINATED - 1], |_, _| {});
        list.seek(TERMINATED);
    }
}

#[test]
fn a_part_of_a_list_is_visited() {
    let postings: Vec<(DocId, u32)> = (0..400).map(|number| (number * 2, number + 1)).collect();
    let mut list = list(&postings);
    let mut seen = Vec::new();
    list.each_before(500, 100, |doc, frequency| seen.push((doc, frequency)));
    assert_eq!(seen, postings[..100]);
    list.each_before(500, usize::MAX, |doc, frequency| {
        seen.push((doc, frequency))
    });
    assert_eq!(seen, postings[..250]);
    list.each_before(TERMINATED, usize::MAX, |doc, frequency| {
        seen.push((doc, frequency))
    });
    assert_eq!(seen, postings);
}
