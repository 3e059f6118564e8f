use super::key::SHORT;
use super::shared::{FOR_GOOD, SHARED_LIMIT};
use super::*;
use crate::analysis::{Term, TermClass};

fn key(form: &str) -> Option<Key> {
    Key::new(form, 0, form.len())
}

#[test]
fn forms_that_differ_have_keys_that_differ() {
    let long = "a".repeat(SHORT);
    let forms = [
        "",
        "a",
        "b",
        "ab",
        "a\0",
        "abcdefgh",
        "abcdefghi",
        &long,
        "ü",
        "u",
    ];
    for one in forms {
        for other in forms {
            assert_eq!(key(one) == key(other), one == other, "{one:?} {other:?}");
        }
    }
    assert!(key(&"a".repeat(SHORT + 1)).is_none());
}

#[test]
fn a_form_has_the_same_key_wherever_it_stands() {
    for form in ["Kurs", "Verluste", "Truppenstärke", "Militärgeheimdienste"] {
        let text = format!("Die {form} und noch einiges mehr, das folgt");
        let within = Key::new(&text, 4, 4 + form.len());
        assert!(within.is_some() && within == key(form), "{form}");
    }
}

#[test]
fn a_form_is_described_once_for_all_threads() {
    let shared = Shared::new();
    let known = |form: &str, describe: &dyn Fn(&str) -> Form| {
        let mut memo = Memo::default();
        let number = memo.number(form, 0, form.len(), &shared, describe);
        memo.known(number).form.clone()
    };
    for form in ["Kurs", "Donaudampfschifffahrtsgesellschaften"] {
        let once = known(form, &|_| Form::default());
        let again = known(form, &|_| unreachable!());
        assert_eq!(once.identity(), again.identity());
    }
}

#[test]
fn a_thread_finds_what_it_met_before() {
    let (shared, mut memo) = (Shared::new(), Memo::default());
    let forms = (0..3 * FEWEST_SLOTS).map(|it| format!("Wort{it}"));
    let forms: Vec<String> = forms
        .chain([String::new(), "a".repeat(SHORT + 1)])
        .collect();
    for is_known in [false, true] {
        for form in &forms {
            let number = memo.number(form, 0, form.len(), &shared, |form| {
                assert!(!is_known, "{form}");
                let text = form.into();
                let class = TermClass::Surface;
                Form {
                    terms: vec![Term { class, text }],
                    ..Form::default()
                }
            });
            assert_eq!(*memo.known(number).form.terms[0].text, **form);
        }
    }
}

#[test]
fn what_is_asked_for_again_is_not_forgotten() {
    let shared = Shared::new();
    let describe = |form: &str| Form {
        is_particle: form == "Kurs",
        ..Form::default()
    };
    let form = |text: &str| {
        Memo::default().number(text, 0, text.len(), &shared, describe);
    };
    for number in 0..2 * SHARED_LIMIT {
        form(&number.to_string());
        // When no more are kept for good.
        if number >= 2 * FOR_GOOD && number % 1000 == 0 {
            form("Kurs");
        }
    }
    let for_good = (shared.shards.iter()).map(|shard| shard.lock().unwrap().for_good.len());
    assert_eq!(for_good.sum::<usize>(), FOR_GOOD);
    let kept: usize = (shared.shards.iter())
        .map(|shard| shard.lock().unwrap())
        .map(|shard| shard.young.len() + shard.old.len())
        .sum();
    assert!((SHARED_LIMIT / 3..=SHARED_LIMIT).contains(&kept), "{kept}");
    let mut memo = Memo::default();
    let number = memo.number("Kurs", 0, 4, &shared, |_| unreachable!());
    assert!(memo.known(number).is_particle);
    memo.number("0", 0, 1, &shared, |_| unreachable!());
}
