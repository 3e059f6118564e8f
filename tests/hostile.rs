//! Hostile input: no document may take more than a second of processor time, whatever it is made
//! of. Inputs are generated, of a few megabytes each; the time allowed is in proportion.

use std::ops::ControlFlow;

use cpu_time::ThreadTime;
use fundstelle::enrich::Enrichment;
use fundstelle::ingest::{ReadOptions, SourceFile, read};

/// Bytes of each input; documents may be this many times longer before they are skipped.
const BYTES: usize = 2 << 20;

/// Seconds that an input may take. The longest documents that are read are eight times as long;
/// without optimisation everything is far slower, and only an endless run is noticed.
fn allowed() -> f64 {
    let share = BYTES as f64 / ReadOptions::default().max_document_bytes as f64;
    if cfg!(debug_assertions) {
        30.0
    } else {
        share.max(0.5)
    }
}

/// Reads and enriches `content`, twice: the first time loads the tables.
fn seconds(name: &str, content: &[u8]) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let file = SourceFile {
        path,
        key: name.to_owned(),
    };
    let enrichment = Enrichment::standard();
    let begun = ThreadTime::now();
    let _ = read(&file, &ReadOptions::default(), &mut |result| {
        if let Ok(mut document) = result {
            enrichment.run(&mut document);
        }
        ControlFlow::Continue(())
    });
    begun.elapsed().as_secs_f64()
}

/// `unit` again and again, up to [`BYTES`].
fn filled(unit: &str) -> String {
    unit.repeat(BYTES / unit.len())
}

fn assert_quick(inputs: &[(&str, String)]) {
    // Loads the tables.
    seconds(
        "a.html",
        b"<html><body><h1>Titel</h1><p>Der BND sagte, es sei so. (dpa)",
    );
    for (name, content) in inputs {
        let took = seconds(name, content.as_bytes());
        let start: String = content.chars().skip(content.len() / 3).take(60).collect();
        assert!(took < allowed(), "{name} took {took:.2} s: … {start} …");
    }
}

#[test]
fn pages_cost_no_more_than_their_length() {
    let head = "<!doctype html><html><body><h1>Ein Titel der Seite</h1>";
    let pages = [
        "<div>",
        "<p><span class=\"date\">",
        "<b><i>",
        "<a href=\"https://example.org/x\">Link</a> ",
        "<p>Ein Satz, der hier steht.",
        "<p>Der Geheimdienst sagte der dpa am 3. Mai 2020 in Berlin, er sei lang genug für einen Absatz.",
        "<tr><td>1</td><td>2</td>",
        "&auml;",
        "&",
        "<",
        "<!--",
        "</p a=\"b\">",
        "<h1>Ein Titel</h1>",
        "<figure><figcaption>Foto: Max Muster/dpa am 3. Mai 2020</figcaption></figure>",
        "<div class=\"meta-date-author-comment-teaser\"><span class=\"author byline\">Von Eva Muster</span><time datetime=\"2020-01-01\">1.1.2020</time></div>",
        "<p class=\"date\">Stand 3. Mai 2020</p>",
        "<meta name=\"author\" content=\"Eva Muster\"><meta property=\"article:published_time\" content=\"2020-01-01T10:00:00Z\">",
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Ein Titel\",\"datePublished\":\"2020-01-01\",\"author\":{\"@id\":\"#x\"}}</script>",
    ];
    let pages = pages.map(|unit| ("a.html", format!("{head}{}", filled(unit))));
    assert_quick(&pages);
}

#[test]
fn one_tag_or_one_json_ld_may_be_as_long_as_a_page() {
    let head = "<!doctype html><html><body><h1>Ein Titel der Seite</h1>";
    let behind = "<p>Der Rat tagt heute, und alle sind da.</p>";
    let ld = |json: String| {
        format!("{head}<script type=\"application/ld+json\">{json}</script>{behind}")
    };
    let author = filled(r#"{"@type":"Person","name":"Eva Muster"},"#);
    let text = filled("Ein &amp; langer Text mit Wörtern. ");
    assert_quick(&[
        (
            "a.html",
            format!("{head}<p {}>{behind}", filled("a=\"b\" ")),
        ),
        ("a.html", format!("{head}</p {}>{behind}", filled("a='b' "))),
        (
            "a.html",
            format!("{head}<p {}>{behind}", filled("<a=\"b\" ")),
        ),
        ("a.html", format!("{head}<p {}>{behind}", filled("/ "))),
        (
            "a.html",
            format!("{head}<p class=\"{}\">{behind}", filled("date ")),
        ),
        ("a.html", ld(filled("["))),
        (
            "a.html",
            ld(format!(
                r#"{{"@type":"NewsArticle","headline":"x","author":[{author}{{}}]}}"#
            )),
        ),
        (
            "a.html",
            ld(format!(
                r#"{{"@type":"NewsArticle","headline":"x","articleBody":"{text}"}}"#
            )),
        ),
    ]);
}

#[test]
fn texts_cost_no_more_than_their_length() {
    let texts = [
        "a",
        "a\n",
        "Ein Wort und ",
        "1.",
        "3. Mai 2020, 10 Uhr ",
        "Stand: 3. Mai 2020, 10 Uhr\n",
        "dpa/AFP/",
        "Der Geheimdienst des Landes, der BND, die CIA und die dpa ",
        "Das sagte Verfassungsschutzpräsident Max Muster am Montag der dpa. ",
        "Russland Ukraine deutsch Berlin ",
        "großen kleinen roten ",
        "US-",
        "(",
        "„",
        "Von Eva Muster\n",
        "Quelle: dpa/AFP\n",
        "Kyrylo Budanow Bruno Kahl ",
        "a\u{301}",
        " ",
        "* ",
        "[a](b) ",
    ];
    let texts = texts.map(|unit| ("a.txt", format!("Ein Anfang\n\n{}", filled(unit))));
    assert_quick(&texts);
}

#[test]
fn records_cost_no_more_than_their_length() {
    let keys: String = (0..BYTES / 12)
        .map(|key| format!("\"k{key}\":1,"))
        .collect();
    assert_quick(&[
        (
            "a.jsonl",
            format!("{{\"id\":1,\"body\":\"{}\"}}", filled("Der BND sagte. ")),
        ),
        (
            "a.jsonl",
            format!("{{\"id\":1,\"body\":\"x\",\"y\":{}", filled("[")),
        ),
        ("a.jsonl", format!("{{{keys}\"id\":1,\"body\":\"x\"}}")),
        ("a.csv", format!("title,body\n\"{}\"\n", filled("a,b "))),
        ("a.csv", format!("{0}\n{0}\n", filled("a,"))),
    ]);
}
