//! Packs the table that `tools/lexicon/make_lexicon.py` makes into the files that are compiled in.
//!
//! usage: `cargo run --example pack_lexicon -- LEXICON.tsv src/analysis/lexicon`
//!
//! `words.fst` maps each form to its number; `words.bin` holds five bytes for each number: its
//! kind (two bytes, little endian), and in tenths the logarithms of its count, of its weight as a
//! modifier and as a head; `kinds.tsv` lists the kinds: base forms as a noun, base forms as
//! another word, flags.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [table, folder] = args.as_slice() else {
        return Err("usage: pack_lexicon LEXICON.tsv FOLDER".into());
    };
    let folder = Path::new(folder);
    let table = fs::read_to_string(table)?;
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();

    let mut frequency: HashMap<[&str; 3], usize> = HashMap::new();
    for row in &rows {
        *frequency.entry([row[1], row[2], row[3]]).or_default() += 1;
    }
    let mut kinds: Vec<_> = frequency.into_iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let numbers: HashMap<[&str; 3], u16> = (kinds.iter().enumerate())
        .map(|(number, (kind, _))| Ok((*kind, u16::try_from(number)?)))
        .collect::<Result<_, Box<dyn Error>>>()?;

    let mut words = fst::MapBuilder::new(Vec::new())?;
    let mut details = Vec::with_capacity(rows.len() * 5);
    for (number, row) in rows.iter().enumerate() {
        words.insert(row[0], number as u64)?;
        details.extend(numbers[&[row[1], row[2], row[3]]].to_le_bytes());
        for weight in &row[4..7] {
            details.push(weight.parse::<u8>()?);
        }
    }
    let kinds: String = (kinds.iter())
        .map(|(kind, _)| format!("{}\n", kind.join("\t")))
        .collect();
    fs::write(folder.join("words.fst"), words.into_inner()?)?;
    fs::write(folder.join("words.bin"), details)?;
    fs::write(folder.join("kinds.tsv"), kinds)?;
    Ok(())
}
