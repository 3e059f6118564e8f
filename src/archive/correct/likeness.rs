//! How far is a word from what was typed? Slips of the finger, and of the ear, weigh less.

use std::sync::LazyLock;

/// Letters that sound alike: what is written, and what stands for it.
static SOUNDS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("sounds.tsv").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// The rows of a German keyboard.
const KEYBOARD: [&str; 3] = ["qwertzu iop", "asdfghjkl", "yxcvbnm"];

/// Of another letter.
const OTHER: f32 = 1.0;
/// Of a letter beside the right one on the keyboard.
const BESIDE: f32 = 0.7;
/// Of two letters that changed places.
const SWAPPED: f32 = 0.7;
/// Of a letter that is missing or too many.
const GAP: f32 = 0.9;
/// The same for a letter that stands there twice.
const DOUBLED: f32 = 0.5;
/// Of words that sound the same.
pub(super) const SAME_SOUND: f32 = 0.5;
/// Besides, if the first letters differ: people know how words begin.
const FIRST: f32 = 0.4;

/// How far `word` is from `typed`, both as keys: about the number of slips.
pub(super) fn distance(typed: &str, word: &str) -> f32 {
    if typed == word {
        return 0.0;
    }
    let written = slips(typed, word);
    let heard = SAME_SOUND + slips(&sound(typed), &sound(word));
    let first = if typed.chars().next() == word.chars().next() {
        0.0
    } else {
        FIRST
    };
    written.min(heard) + first
}

/// How a key sounds: words that sound alike are the same.
fn sound(key: &str) -> String {
    let mut sound = String::with_capacity(key.len());
    let mut rest = key;
    while let Some(letter) = rest.chars().next() {
        let known = SOUNDS.iter().find(|(written, _)| rest.starts_with(written));
        let (length, heard) = match known {
            Some((written, heard)) => (written.len(), *heard),
            None => (letter.len_utf8(), &rest[..letter.len_utf8()]),
        };
        if !sound.ends_with(heard) {
            sound.push_str(heard);
        }
        rest = &rest[length..];
    }
    sound
}

/// Letters inserted, deleted, replaced and swapped, each with its weight.
fn slips(typed: &str, word: &str) -> f32 {
    let typed: Vec<char> = typed.chars().collect();
    let word: Vec<char> = word.chars().collect();
    let gap = |letters: &[char], at: usize| {
        let is_doubled = at > 0 && letters[at - 1] == letters[at];
        if is_doubled { DOUBLED } else { GAP }
    };
    let mut before: Vec<f32> = Vec::new();
    let mut last = vec![0.0];
    for at in 0..word.len() {
        last.push(last[at] + gap(&word, at));
    }
    for (row, letter) in typed.iter().enumerate() {
        let mut next = vec![last[0] + gap(&typed, row)];
        for (column, other) in word.iter().enumerate() {
            let mut least = (last[column] + replaced(*letter, *other))
                .min(last[column + 1] + gap(&typed, row))
                .min(next[column] + gap(&word, column));
            let is_swap = row > 0
                && column > 0
                && typed[row - 1] == *other
                && word[column - 1] == *letter
                && letter != other;
            if is_swap {
                least = least.min(before[column - 1] + SWAPPED);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[word.len()]
}

fn replaced(letter: char, other: char) -> f32 {
    match () {
        _ if letter == other => 0.0,
        _ if are_beside(letter, other) => BESIDE,
        _ => OTHER,
    }
}

fn are_beside(one: char, other: char) -> bool {
    let place = |letter: char| {
        let rows = KEYBOARD.iter().enumerate();
        let mut places = rows.filter_map(|(row, keys)| Some((row, keys.find(letter)?)));
        places.next()
    };
    match (place(one), place(other)) {
        (Some((row, key)), Some((other_row, other_key))) => match row.abs_diff(other_row) {
            0 => key.abs_diff(other_key) == 1,
            // Each row stands half a key to the right of the one above.
            1 => {
                let (upper, lower) = if row < other_row {
                    (key, other_key)
                } else {
                    (other_key, key)
                };
                upper == lower || upper == lower + 1
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_finger_and_ear_weigh_less() {
        let other = distance("hafen", "haken");
        for (typed, word) in [
            ("hagen", "hafen"),
            ("haffen", "hafen"),
            ("hfaen", "hafen"),
            ("haven", "hafen"),
            ("telephon", "telefon"),
            ("selensky", "selenskyj"),
            ("pjoengjang", "pjongjang"),
        ] {
            let slip = distance(typed, word);
            assert!(
                slip > 0.0 && slip < other,
                "{typed} {word}: {slip}, not {other}"
            );
        }
        assert_eq!(distance("hafen", "hafen"), 0.0);
    }

    #[test]
    fn the_first_letter_weighs_more() {
        assert!(distance("hafen", "rafen") > distance("hafen", "haren"));
    }
}
