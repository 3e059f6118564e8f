use super::*;
use crate::document::{Line, LineKind, Scope};

fn agencies(title: &str, body: &str) -> Vec<String> {
    let mut document = Document {
        title: Some(title.to_owned()),
        body: body.to_owned(),
        ..Document::default()
    };
    AgencyEnricher.enrich(&mut document);
    for entry in &document.agencies {
        for evidence in &entry.evidence {
            let text = if evidence.field == "title" {
                title
            } else {
                body
            };
            assert_eq!(text[evidence.start..evidence.end], evidence.text);
        }
    }
    let mut found: Vec<String> = (document.agencies.iter())
        .map(|entry| format!("{} {}", entry.id, entry.role.id()))
        .collect();
    found.sort_unstable();
    found
}

fn of(body: &str, expected: &[&str]) {
    assert_eq!(agencies("", body), expected, "{body}");
}

#[test]
fn every_agency_of_the_table_is_found_in_its_example() {
    for agency in &AGENCIES.rows {
        let found = agencies("", &agency.example);
        let expected = format!("{} cited", agency.id);
        assert!(
            found.contains(&expected),
            "{}: {} gives {found:?}",
            agency.id,
            agency.example
        );
    }
}

#[test]
fn statements_are_attributed_by_prepositions() {
    of(
        "Laut dem türkischen Geheimdienst war es so.",
        &["tr-mit cited"],
    );
    of(
        "Den Angaben des Bundesnachrichtendienstes zufolge war es so.",
        &["de-bnd cited"],
    );
    of(
        "Das berichtet die Zeitung unter Berufung auf den britischen Geheimdienst.",
        &["gb-generic cited"],
    );
    of(
        "Aus US-Geheimdienstkreisen hieß es, der Plan sei alt.",
        &["us-generic cited"],
    );
    of(
        "Die Gruppe wird vom Hamburger Verfassungsschutz als extremistisch eingestuft.",
        &["de-lfv-hh cited"],
    );
    of("Der Plan sei alt, so der Mossad.", &["il-mossad cited"]);
}

#[test]
fn subjects_of_speech_verbs_are_cited() {
    of(
        "Der BND teilte am Montag in Berlin mit, dass er nichts wisse.",
        &["de-bnd cited"],
    );
    of(
        "Wie der Inlandsgeheimdienst FSB am Montag mitteilte, war es so.",
        &["ru-fsb cited"],
    );
    of("Davor warnte am Freitag auch die CIA.", &["us-cia cited"]);
    of("Der SBU hat die Berichte bestätigt.", &["ua-sbu cited"]);
    of(
        "Wie Verfassungsschutz und Bundesnachrichtendienst regelmäßig warnen, ist das so.",
        &["de-bnd cited", "de-vs cited"],
    );
    of(
        "Das sagte der Chef des Bundesnachrichtendienstes, Max Muster, der Zeitung.",
        &["de-bnd cited"],
    );
    of(
        "CIA-Direktor Max Muster sagte, das sei falsch.",
        &["us-cia cited"],
    );
}

#[test]
fn services_that_are_talked_about_are_mentioned() {
    of(
        "Er soll ein Agent des Mossad gewesen sein.",
        &["il-mossad mentioned"],
    );
    of(
        "Die Polizei ermittelt gegen den SBU.",
        &["ua-sbu mentioned"],
    );
    of(
        "Der frühere Chef des BND sagte, das sei falsch.",
        &["de-bnd mentioned"],
    );
    of(
        "Der Minister machte die CIA verantwortlich.",
        &["us-cia mentioned"],
    );
}

#[test]
fn news_agencies_in_text_are_cited_and_in_signatures_credited() {
    of("Das sagte er der Deutschen Presse-Agentur.", &["dpa cited"]);
    of(
        "Moskau (AFP) – Der Rat hat getagt. Alle waren da.",
        &["afp credited"],
    );
    of("Der Rat hat getagt. (dpa/lnw)", &["dpa credited"]);
    of("Der Kurs stieg./fkr/DP/jha", &["dpa-afx credited"]);
    of(
        "Wie die Nachrichtenagentur AP meldete, war es so.",
        &["ap cited"],
    );
    of("Ein Fotograf der AFP wurde verletzt.", &["afp mentioned"]);
}

#[test]
fn ambiguous_abbreviations_need_their_context() {
    of("Die NIS-2-Richtlinie gilt auch in Südkorea.", &[]);
    of("Er studierte am MIT in Boston.", &[]);
    of(
        "Der türkische Geheimdienst MIT teilte das mit.",
        &["tr-mit cited"],
    );
    of("Das SWR-Fernsehen berichtete.", &[]);
}

#[test]
fn a_bare_service_is_the_one_that_the_text_names() {
    let found = agencies(
        "Geheimdienst nennt Zahlen",
        "Der südkoreanische Geheimdienst NIS war in Seoul.",
    );
    assert_eq!(found, ["kr-nis cited"]);
}

#[test]
fn stated_agencies_are_resolved_and_kept() {
    let stated = |id: &str| AgencyMention {
        id: id.to_owned(),
        kind: AgencyKind::News,
        name: id.to_owned(),
        role: Role::Cited,
        scope: Scope::Text,
        evidence: Vec::new(),
    };
    let mut document = Document {
        agencies: vec![stated("Deutsche Presse-Agentur"), stated("Dorfblatt")],
        stated: vec!["agencies".to_owned()],
        body: "Das sagte er der AFP.".to_owned(),
        ..Document::default()
    };
    AgencyEnricher.enrich(&mut document);
    let ids: Vec<&str> = document
        .agencies
        .iter()
        .map(|entry| entry.id.as_str())
        .collect();
    assert_eq!(ids, ["dpa", "Dorfblatt"]);
}

/// What the lines around a text are credited to: `id scope`.
fn credits(kind: LineKind, text: &str) -> Vec<String> {
    let line = Line {
        kind,
        text: text.to_owned(),
        start: 0,
        end: text.len(),
    };
    let mut document = Document {
        body: "Der Rat tagt heute.".to_owned(),
        lines: vec![line],
        ..Document::default()
    };
    AgencyEnricher.enrich(&mut document);
    let mut found: Vec<String> = (document.agencies.iter())
        .filter(|entry| entry.role == Role::Credited)
        .map(|entry| format!("{} {}", entry.id, entry.scope.id()))
        .collect();
    found.sort_unstable();
    found
}

#[test]
fn lines_around_the_text_credit_in_all_their_forms() {
    let text = [
        ("Mit Material von dpa und AFP", "afp text,dpa text"),
        ("(dpa/lno)", "dpa text"),
        ("© dpa-infocom, dpa:250101-99-12345/2", "dpa text"),
        ("© dpa-AFX", "dpa-afx text"),
        ("Quelle: APA/dpa", "apa text,dpa text"),
        ("Quelle: dpa/Reuters", "dpa text,reuters text"),
        ("Von Eva Muster, dpa", "dpa text"),
        ("SDA/emu", "keystone-sda text"),
        ("dpa, KNA, epd", "dpa text,epd text,kna text"),
        (
            "Mit Informationen von Reuters und AP",
            "ap text,reuters text",
        ),
        ("Nachrichtenagentur AFP", "afp text"),
        ("Quelle: ntv.de, emu/dpa", "dpa text"),
    ];
    for (line, expected) in text {
        let found = credits(LineKind::Source, line);
        assert_eq!(found.join(","), expected, "{line}");
    }
    let photo = [
        ("Foto: Max Muster/dpa", "dpa photo"),
        ("Ein Rathaus. Bild: Eva Muster/AFP", "afp photo"),
        ("picture alliance/dpa | Eva Muster", "dpa photo"),
        ("© Muster/AP/dpa", "ap photo,dpa photo"),
        ("Bildrechte: Reuters", "reuters photo"),
        ("APA/Eva Muster", "apa photo"),
        ("Keystone/AP/Max Muster", "ap photo,keystone-sda photo"),
        ("imago/Muster", ""),
        ("Getty Images", ""),
    ];
    for (line, expected) in photo {
        let found = credits(LineKind::Caption, line);
        assert_eq!(found.join(","), expected, "{line}");
    }
}

#[test]
fn the_end_of_a_text_credits_in_all_its_forms() {
    of("Der Rat hat getagt. dpa", &["dpa credited"]);
    of("Das gehe so nicht, sagte er. (mit dpa)", &["dpa credited"]);
    of(
        "„So ist das“, sagte sie dem „Musterblatt“. (dts)",
        &["dts credited"],
    );
    of(
        "Alle waren da. (Mit Materal von Reuters)",
        &["reuters credited"],
    );
    of(
        "Alle waren da. (AFP, dpa)",
        &["afp credited", "dpa credited"],
    );
    of("Alle waren da. /dpa/rt", &["dpa credited"]);
}

#[test]
fn captions_may_quote_a_service() {
    let line = Line {
        kind: LineKind::Caption,
        text: "Die Lage sei ernst, sagt der Chef des Mossad".to_owned(),
        start: 7,
        end: 51,
    };
    let mut document = Document {
        body: "Der Rat tagt heute.".to_owned(),
        lines: vec![line],
        ..Document::default()
    };
    AgencyEnricher.enrich(&mut document);
    let found = &document.agencies[0];
    assert_eq!((found.id.as_str(), found.role), ("il-mossad", Role::Cited));
    assert_eq!(found.evidence[0].field, "source");
}

#[test]
fn descriptions_of_others_are_not_the_service_that_was_named() {
    of(
        "Laut dem BND ist es so. Ein ehemaliger Geheimdienstoffizier lachte.",
        &["de-bnd cited", "xx-generic mentioned"],
    );
    of(
        "Der britische Geheimdienst- und Sicherheitsausschuss erklärte das Gegenteil.",
        &["gb-generic mentioned"],
    );
    of(
        "SPD und CDU streiten. Das sei so, sagte Verfassungsschutzpräsident Thomas Haldenwang.",
        &["de-bfv cited"],
    );
    of(
        "Der Direktor des Nationalen Geheimdienstes der USA ging.",
        &["us-generic mentioned"],
    );
}
