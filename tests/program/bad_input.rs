//! Bad input: one clear sentence, the right exit code, and nothing lost.

use super::run::Place;

const GOOD: &str = r#"{"id":"good","title":"Ein Titel","body":"Verluste bei Kursk."}"#;

fn skipped(content: impl AsRef<[u8]>, reason: &str) {
    let place = Place::new();
    place.write("in/bad", content);
    place.write("in/good.jsonl", GOOD);
    let ran = place.run(&["index", "in"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.starts_with("skipped in/bad"), "{}", ran.err);
    assert!(ran.err.contains(reason), "{}", ran.err);
    assert_eq!(place.run(&["search", "Kursk"]).code, 0);
}

#[test]
fn an_empty_file_is_named_and_passed_over() {
    skipped("", "empty");
}

#[test]
fn a_line_of_two_hundred_megabytes_is_named_and_passed_over() {
    skipped("a".repeat(200 << 20), "longer than 16 MiB");
}

#[test]
fn a_binary_is_named_and_passed_over() {
    let bytes: Vec<u8> = (0..20_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    skipped(bytes, "binary");
}

#[test]
fn invalid_json_is_named_with_its_line_and_the_rest_goes_on() {
    let place = Place::new();
    place.write("in.jsonl", format!("{GOOD}\n{{\"id\":\"b\",\"body\":\"zwei\"}}\n{{oops\n{{\"id\":\"c\",\"body\":\"drei\"}}\n"));
    let ran = place.run(&["index", "in.jsonl"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("in.jsonl:3:"), "{}", ran.err);
    assert_eq!(place.run(&["search", "drei"]).code, 0);
    assert!(
        ran.out.starts_with("3 articles from 1 file: 3 added"),
        "{}",
        ran.out
    );
}

#[test]
fn a_missing_path_is_named() {
    let place = Place::new();
    place.write("good.jsonl", GOOD);
    let ran = place.run(&["index", "nowhere", "good.jsonl"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("nowhere: no such file or folder"),
        "{}",
        ran.err
    );
    assert_eq!(place.run(&["search", "Kursk"]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.write("in/locked/a.txt", "Ein Text.");
    place.write("in/good.jsonl", GOOD);
    let locked = place.path().join("in/locked");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    let may_read_all_the_same = std::fs::read_dir(&locked).is_ok();
    let ran = place.run(&["index", "in"]);
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o755)).unwrap();
    // An administrator may read everything: then the folder is simply read.
    if !may_read_all_the_same {
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("in/locked"), "{}", ran.err);
    }
    assert_eq!(place.run(&["search", "Kursk"]).code, 0);
}

#[test]
fn an_unknown_facet_is_refused_with_what_is_known() {
    let place = Place::with_seeds();
    let ran = place.run(&["search", "Kursk", "--filter", "colour=red"]);
    ran.fails_with(&["unknown facet \"colour\", known are: publisher, date, agency, country"]);
    let ran = place.run(&["search", "Kursk", "--filter", "date=gestern"]);
    ran.fails_with(&["\"gestern\" is no date"]);
    assert_eq!(
        place.run(&["search", "Kursk", "--filter", "agency"]).code,
        2
    );
}

#[test]
fn an_unclosed_quote_is_text_with_a_notice_or_refused() {
    let place = Place::with_seeds();
    let answer = place.json(&["search", "\"Region Kursk", "--format", "json"]);
    assert_eq!(answer["query"]["notices"][0]["code"], "unclosed_quote");
    assert!(answer["total_hits"].as_u64().unwrap() > 0);
    place
        .run(&["search", "\"Region Kursk", "--strict"])
        .fails_with(&["quotation mark"]);
}

#[test]
fn an_index_that_is_no_index_is_refused() {
    let place = Place::new();
    place
        .run(&["search", "Kursk"])
        .fails_with(&["index: there is no index here", "fundstelle index"]);
    place.write("photos/a.jpg", "x");
    place
        .run(&["search", "Kursk", "--index", "photos"])
        .fails_with(&["photos: there is no index here"]);
    place.write("in.jsonl", GOOD);
    let ran = place.run(&["index", "in.jsonl", "--index", "photos"]);
    ran.fails_with(&["photos: this folder holds other files", "name a new folder"]);
    assert!(place.path().join("photos/a.jpg").exists());
}

#[test]
fn a_damaged_index_is_refused_and_not_touched() {
    let place = Place::with_seeds();
    let meta = place.path().join("index/segments/meta.json");
    std::fs::write(&meta, "junk").unwrap();
    place
        .run(&["search", "Kursk"])
        .fails_with(&["index: the index cannot be opened"]);
    assert_eq!(std::fs::read_to_string(&meta).unwrap(), "junk");
}

#[test]
fn another_schema_is_refused_with_what_changed() {
    let place = Place::with_seeds();
    let schema = include_str!("../../schema.json").replace("\"language\"", "\"section\"");
    place.write("schema.json", schema);
    let ran = place.run(&["search", "Kursk"]);
    ran.fails_with(&[
        "field \"language\" is gone",
        "field \"section\" is new",
        "build it anew",
    ]);
    place.write(
        "schema.json",
        "{ \"version\": 1,\n \"fields\": [ { \"nome\": 1 } ] }",
    );
    place
        .run(&["search", "Kursk"])
        .fails_with(&["schema.json:2:"]);
}

#[test]
fn odd_texts_never_make_it_panic() {
    let place = Place::new();
    let texts = [
        "\u{feff}".to_owned(),
        "\r\n\r\n\r\n".to_owned(),
        "\u{0301}\u{0301} e\u{0308}\u{200d}\u{ad}".repeat(500),
        "„“»«'\"".repeat(2000),
        "<div>".repeat(20_000),
        "(dpa) ".repeat(20_000),
        "laut ".repeat(50_000),
        "28.04.2025 ".repeat(20_000),
        format!("Titel\n\n{}", "ä".repeat(300_000)),
        "{\"id\":1,\"body\":\"\\u0000\\ud800\"}".to_owned(),
    ];
    for (number, text) in texts.iter().enumerate() {
        place.write(&format!("in/{number}.txt"), text);
    }
    place.write(
        "in/latin1.txt",
        b"Gr\xfc\xdfe aus K\xf6ln, wo es \xfcberall sch\xf6n ist.".as_slice(),
    );
    let ran = place.run(&["index", "in"]);
    assert!(ran.code == 0 || ran.code == 1, "{}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    assert_eq!(place.run(&["search", "Grüße Köln"]).code, 0);
}
