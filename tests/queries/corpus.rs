//! Generated archives of German texts.

use std::path::Path;
use std::sync::Arc;

use fundstelle::archive::{Archive, Filter};
use fundstelle::document::{
    AgencyKind, AgencyMention, CountryMention, CountryRole, DateKind, Document, DocumentDate,
    Publisher, Role, Scope,
};
use fundstelle::engine::Index;
use fundstelle::engine::embedded::{Embedded, WriterOptions};
use fundstelle::pipeline::DocumentBuilder;
use fundstelle::schema::Schema;

use crate::dice::Dice;

/// The words of all texts: inflected, compounds, names, odd ones.
pub const WORDS: &[&str] = &[
    "Verluste",
    "Verlusten",
    "Verlust",
    "Verlustrate",
    "hohe",
    "hoher",
    "Kursk",
    "Kursks",
    "Soldaten",
    "Soldat",
    "Soldat:innen",
    "Geheimdienst",
    "Geheimdienste",
    "Militärgeheimdienst",
    "militärischer",
    "Seoul",
    "Pjöngjang",
    "Kiew",
    "Kyjiw",
    "Selenskyj",
    "Selenskyjs",
    "NIS",
    "Panzer",
    "Panzern",
    "Kampfpanzer",
    "Häuser",
    "Haus",
    "Haeuser",
    "Größe",
    "groß",
    "größte",
    "Straße",
    "Strasse",
    "Nordkorea",
    "nordkoreanische",
    "Nordkoreaner",
    "schickt",
    "schickte",
    "geschickt",
    "greift",
    "an",
    "angreifen",
    "der",
    "die",
    "und",
    "in",
    "Ukraine-Krieg",
    "Krieg",
    "Kriege",
    "2025",
    "11.000",
    "rund",
    "laut",
    "Regierung",
    "Regierungen",
    "Bundesregierung",
    "Bundesamt",
    "Bundesverwaltungsamt",
    "meldet",
    "Meldung",
    "Zeitung",
    "Zeitungen",
    "U.S.A.",
    "ging",
    "gehen",
    "170-mm-Panzerhaubitzen",
];

const DATES: &[&str] = &[
    "2024",
    "2025",
    "2024-11",
    "2025-02",
    "2025-03",
    "2024-12-31",
    "2025-01-01",
    "2025-02-27",
    "2025-03-15",
    "2025-03-16",
    "2025-04-28T08:45",
];
const PUBLISHERS: &[(&str, &str)] = &[
    ("reuters", "Reuters"),
    ("n-tv", "n-tv"),
    ("Der Bote", "Der Bote"),
];
const AGENCIES: &[(AgencyKind, &str)] = &[
    (AgencyKind::News, "dpa"),
    (AgencyKind::News, "kcna"),
    (AgencyKind::News, "reuters"),
    (AgencyKind::Intelligence, "kr-nis"),
    (AgencyKind::Intelligence, "ua-hur"),
    (AgencyKind::Intelligence, "us-cia"),
];
const COUNTRIES: &[&str] = &["KP", "KR", "RU", "UA", "US"];

pub fn schema() -> Schema {
    Schema::parse(include_str!("../../schema.json"), "schema.json").unwrap()
}

/// A sentence of some of the words, with what stands between words in a newspaper.
pub fn sentence(dice: &mut Dice) -> String {
    let mut text = String::new();
    for at in 0..1 + dice.below(8) {
        if at > 0 {
            text.push_str(dice.of(&[" ", " ", " ", " ", ", ", " – ", " „"]));
        }
        text.push_str(dice.of(WORDS));
    }
    text + dice.of(&[". ", ". ", "! ", "? ", ".\n\n", "\n\n"])
}

/// Documents with ids that ascend.
pub fn documents(dice: &mut Dice, number: usize) -> Vec<Document> {
    (0..number).map(|id| document(dice, id)).collect()
}

fn document(dice: &mut Dice, id: usize) -> Document {
    let some = |dice: &mut Dice, most: usize| (0..dice.below(most + 1)).collect::<Vec<_>>();
    let agencies = some(dice, 3).into_iter().map(|_| {
        let (kind, id) = dice.of(AGENCIES);
        AgencyMention {
            id: id.to_owned(),
            kind,
            name: id.to_uppercase(),
            role: dice.of(&[Role::Cited, Role::Credited, Role::Mentioned]),
            scope: dice.of(&[Scope::Text, Scope::Text, Scope::Photo]),
            evidence: Vec::new(),
        }
    });
    let agencies = agencies.collect();
    let countries = some(dice, 2).into_iter().map(|_| CountryMention {
        id: dice.of(COUNTRIES).to_string(),
        name: String::new(),
        role: dice.of(&[CountryRole::About, CountryRole::Mentioned]),
        count: 1,
        evidence: Vec::new(),
    });
    let countries = countries.collect();
    let body = some(dice, 5).into_iter().map(|_| sentence(dice));
    let body: String = body.collect();
    Document {
        id: format!("{id:05}"),
        title: (dice.below(4) > 0).then(|| sentence(dice).trim().to_owned()),
        body,
        publisher: (dice.below(3) > 0).then(|| {
            let (id, name) = dice.of(PUBLISHERS);
            Publisher {
                id: id.to_owned(),
                name: name.to_owned(),
            }
        }),
        date: (dice.below(6) > 0).then(|| DocumentDate {
            value: dice.of(DATES).parse().unwrap(),
            kind: DateKind::Published,
        }),
        language: Some("de".to_owned()),
        agencies,
        countries,
        ..Document::default()
    }
}

/// A filter as a person clicks or types it.
pub fn filter(dice: &mut Dice) -> Filter {
    let (facet, value) = dice.of(&[
        ("agency", "kr-nis"),
        ("agency", "dpa"),
        ("agency", "news"),
        ("agency", "_missing"),
        ("country", "KP"),
        ("country", "RU"),
        ("country", "_missing"),
        ("publisher", "reuters"),
        ("publisher", "Der Bote"),
        ("publisher", "_missing"),
        ("date", "2025"),
        ("date", "2025-03"),
        ("date", "2025-03-15"),
        ("date", "_missing"),
    ]);
    Filter {
        facet: facet.to_owned(),
        value: value.to_owned(),
        exclude: dice.below(3) == 0,
    }
}

/// The documents in an index of several segments; some are indexed twice, and some were there and
/// are gone.
pub fn index(folder: &Path, documents: &[Document]) -> Archive {
    let engine = Embedded::open_or_create(&folder.join("index"), &schema()).unwrap();
    write(&engine, documents);
    Archive::new(Arc::new(engine), schema())
}

/// The same in any empty index.
pub fn write(engine: &dyn Index, documents: &[Document]) {
    let schema = schema();
    let builder = DocumentBuilder::new(&schema);
    let options = WriterOptions {
        threads: 1,
        ..WriterOptions::default()
    };
    let mut writer = engine.begin_to_write(options).unwrap();
    let gone = |document: &Document| Document {
        id: format!("x{}", document.id),
        ..document.clone()
    };
    let third = documents.len() / 3;
    for document in &documents[..third] {
        writer.add(builder.build(document.clone(), 1)).unwrap();
        writer.add(builder.build(gone(document), 1)).unwrap();
    }
    writer.commit().unwrap();
    for document in &documents[..third] {
        writer.delete(&gone(document).id).unwrap();
    }
    for document in &documents[third / 2..2 * third] {
        writer.add(builder.build(document.clone(), 2)).unwrap();
    }
    writer.commit().unwrap();
    for document in &documents[2 * third..] {
        writer.add(builder.build(document.clone(), 1)).unwrap();
    }
    writer.commit().unwrap();
    writer.close().unwrap();
    engine.reload().unwrap();
}
