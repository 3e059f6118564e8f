use proptest::prelude::*;

use super::*;

const SCHEMA: &str = include_str!("../../schema.json");

fn schema() -> Schema {
    Schema::parse(SCHEMA, "schema.json").unwrap()
}

/// The canonical form and the codes of the notices.
fn lenient(text: &str) -> (String, Vec<&'static str>) {
    let query = parse(text, &schema(), Mode::Lenient).unwrap();
    let codes = query.notices.iter().map(|notice| notice.code).collect();
    (query.tree.to_string(), codes)
}

#[track_caller]
fn assert_reads(text: &str, canonical: &str) {
    assert_eq!(lenient(text), (canonical.to_owned(), vec![]), "{text}");
}

#[track_caller]
fn assert_notices(text: &str, canonical: &str, codes: &[&'static str]) {
    assert_eq!(
        lenient(text),
        (canonical.to_owned(), codes.to_vec()),
        "{text}"
    );
}

#[track_caller]
fn assert_refused(text: &str, span: &str, message: &str) {
    let error = parse(text, &schema(), Mode::Strict).unwrap_err();
    assert_eq!(
        (&text[error.span.0..error.span.1], error.message.as_str()),
        (span, message)
    );
}

#[test]
fn every_construct_parses_in_strict_mode_and_prints_in_canonical_form() {
    for (text, canonical) in [
        ("Kursk Verluste", "Kursk Verluste"),
        (
            "Kursk UND Verluste ODER Tote NICHT Panzer",
            "Kursk AND Verluste OR Tote NOT Panzer",
        ),
        ("(Kursk OR Sumy) -Verluste", "(Kursk OR Sumy) NOT Verluste"),
        ("-(Kursk Sumy)", "NOT (Kursk Sumy)"),
        (
            "„hohe  Verluste“ »in Kursk« “quoted” \"plain\" ‚einfach‘",
            "\"hohe Verluste\" \"in Kursk\" \"quoted\" \"plain\" \"einfach\"",
        ),
        ("\"Kursk Verluste\"~5", "\"Kursk Verluste\"~5"),
        (
            "Kursk NEAR/5 (Verluste ODER Tote)",
            "Kursk NEAR/5 (Verluste OR Tote)",
        ),
        (
            "Kursk NEAR/S \"hohe Verluste\" Seoul",
            "Kursk NEAR/S \"hohe Verluste\" Seoul",
        ),
        (
            "Panzer* *geheimdienst Bundes*amt",
            "Panzer* *geheimdienst Bundes*amt",
        ),
        (
            "Selenskij~ Selenskij~2 Kim~1^3",
            "Selenskij~1 Selenskij~2 Kim~1^3",
        ),
        ("/[ms]e(y|i)er/ Kursk", "/[ms]e(y|i)er/ Kursk"),
        ("/a\\/b/^2", "/a\\/b/^2"),
        ("=Verluste", "=Verluste"),
        (
            "Kursk^2 \"hohe Verluste\"^0.5 (a b)^3",
            "Kursk^2 \"hohe Verluste\"^0.5 (a b)^3",
        ),
        (
            "title:Kursk title:\"hohe Verluste\" title:(Kim OR Putin)",
            "title:Kursk title:\"hohe Verluste\" (title:Kim OR title:Putin)",
        ),
        (
            "title:=Kursk title:Panzer* title:/x.+/",
            "title:=Kursk title:Panzer* title:/x.+/",
        ),
        (
            "country:Nordkorea country:(US ODER \"Vereinigtes Königreich\")",
            "country:Nordkorea (country:US OR country:\"Vereinigtes Königreich\")",
        ),
        ("-country:US country:-KP", "NOT country:US NOT country:KP"),
        (
            "date:2025-04 date:28.04.2025 date:[2025-01 BIS 2025-06]",
            "date:2025-04 date:2025-04-28 date:[2025-01 TO 2025-06]",
        ),
        (
            "date:[* TO 2025] date:[2025-04-28 TO *]",
            "date:[* TO 2025] date:[2025-04-28 TO *]",
        ),
        (
            "cites:NIS credits:dpa mentions:\"Central Intelligence Agency\"",
            "cites:NIS credits:dpa mentions:\"Central Intelligence Agency\"",
        ),
        (
            "exists:publisher date:* NOT exists:country",
            "exists:publisher exists:date NOT exists:country",
        ),
        (
            "\\UND \\-20 a\\:b date\\:2025",
            "\\UND 20 a\\:b date\\:2025",
        ),
        ("", "*"),
        (" * ", "*"),
        ("???", "\"\""),
        ("NOT NOT Kursk", "Kursk"),
    ] {
        let query = parse(text, &schema(), Mode::Strict).unwrap();
        assert_eq!(query.tree.to_string(), canonical, "{text}");
        let again = parse(canonical, &schema(), Mode::Strict).unwrap();
        assert_eq!(again.tree, query.tree, "{text}");
    }
}

#[test]
fn operators_bind_in_the_stated_order() {
    let tree = |text: &str| parse(text, &schema(), Mode::Strict).unwrap().tree;
    assert_eq!(tree("a b OR c d"), tree("(a b) OR (c d)"));
    assert_eq!(tree("a AND b c"), tree("(a AND b) c"));
    assert_eq!(tree("a NEAR/3 b AND c"), tree("(a NEAR/3 b) AND c"));
    assert_eq!(tree("NOT a AND b"), tree("(NOT a) AND b"));
    assert_eq!(tree("NOT a^2"), tree("NOT (a^2)"));
}

#[test]
fn headlines_are_queries() {
    assert_reads(
        "Nordkorea bestätigt: Kim Jong Un hat Russland mit Soldaten unterstützt",
        "Nordkorea bestätigt Kim Jong Un hat Russland mit Soldaten unterstützt",
    );
    assert_reads(
        "\"Wir schaffen das\" - was bleibt? (Teil 2)",
        "\"Wir schaffen das\" was bleibt (Teil 2)",
    );
    assert_reads(
        "AC/DC in Köln: 5:1-Sieg für C++",
        "AC/DC in Köln 5:1-Sieg für C++",
    );
    assert_reads(
        "Soldat:innen und Soldat*innen – Lehrer(innen)",
        "Soldat:innen und Soldat*innen Lehrer\\(innen\\)",
    );
    assert_reads("Für jede:r und Kolleg*in!", "Für jede\\:r und Kolleg*in");
    assert_reads("Was nun, Herr Merz?", "Was nun Herr Merz");
    assert_reads(
        "Ein- und Ausreise; 1,5 Prozent | Kommentar…",
        "Ein und Ausreise 1,5 Prozent Kommentar",
    );
    assert_reads(
        "Live: +++ Trump-Ticker +++ https://example.org/a?b=c",
        "Live Trump-Ticker https\\://example.org/a?b=c",
    );
    assert_reads(
        "Er sagte „ja\" und ‚Putin’s Krieg‘",
        "Er sagte \"ja\" und \"Putin’s Krieg\"",
    );
    assert_reads("U.S.A. & Co. KG * §218 #MeToo", "U.S.A. Co KG §218 #MeToo");
    assert_reads("9/11 24/7 und/oder w/o", "9/11 24/7 und/oder w/o");
}

#[test]
fn what_does_not_parse_is_text_with_a_notice() {
    assert_notices(
        "Kursk „hohe Verluste",
        "Kursk hohe Verluste",
        &["unclosed_quote"],
    );
    assert_notices("19\"-Monitor \"x", "19 Monitor x", &["unclosed_quote"]);
    assert_notices(
        "Merz (CDU) sagt (nein",
        "Merz CDU sagt nein",
        &["unclosed_bracket"],
    );
    assert_notices(
        "a) Kursk b) Sumy",
        "a Kursk b Sumy",
        &["unopened_bracket", "unopened_bracket"],
    );
    assert_notices(
        "UND täglich grüßt das ODER",
        "\\UND täglich grüßt das \\ODER",
        &["dangling_operator", "dangling_operator"],
    );
    assert_notices("a UND ODER b", "a \\UND OR b", &["dangling_operator"]);
    assert_notices("agenci:dpa Kursk", "agenci\\:dpa Kursk", &["unknown_field"]);
    assert_notices(
        "foo:\"hohe Verluste\"",
        "foo \"hohe Verluste\"",
        &["unknown_field"],
    );
    assert_notices("date: heute", "date heute", &["space_after_field"]);
    assert_notices("date:gestern", "gestern", &["bad_date"]);
    assert_notices("date:[2025-01 2025-06]", "2025-01 2025-06", &["bad_range"]);
    assert_notices(
        "date:[2025-06 TO 2025-01]",
        "date:[2025-01 TO 2025-06]",
        &["reversed_range"],
    );
    assert_notices("Kälte: -20 Grad", "Kälte 20 Grad", &["negative_number"]);
    assert_notices("a* Kursk", "a Kursk", &["short_pattern"]);
    assert_notices("/[a/ Kursk", "a Kursk", &["bad_regex"]);
    assert_notices("Kim~7", "Kim~2", &["fuzzy_distance"]);
    assert_notices(
        "Kim^1000 \"a b\"~500",
        "Kim \"a b\"~100",
        &["boost_out_of_range", "distance_too_big"],
    );
    assert_notices("a NEAR/3 (b c)", "a AND (b c)", &["near_operands"]);
    assert_notices(
        "a NEAR/3 b NEAR/5 c",
        "a NEAR/5 b NEAR/5 c",
        &["near_distances"],
    );
    assert_notices("exists:foo", "foo", &["unknown_field"]);
}

#[test]
fn strict_mode_refuses_with_span_and_what_was_expected() {
    assert_refused(
        "Kursk \"hohe",
        "\"",
        "quotation mark is never closed, expected its twin",
    );
    assert_refused("(Kursk", "(", "bracket is never closed, expected )");
    assert_refused(
        "Kursk AND",
        "AND",
        "operator AND lacks an operand, expected a word, a phrase or a bracket on each side, or \\AND for the word",
    );
    assert_refused(
        "ägypten agenci:dpa",
        "agenci:",
        "unknown field \"agenci\", known are: title, body, publisher, date, agency, country, cites, credits, mentions, photo, language, exists, copy; write agenci\\: for the text",
    );
    assert_refused(
        "date:2025-13",
        "2025-13",
        "\"2025-13\" is no date, expected 2025, 2025-04 or 2025-04-28",
    );
}

#[test]
fn length_depth_and_number_of_words_are_bounded() {
    let code = |text: String| parse(&text, &schema(), Mode::Lenient).unwrap_err().code;
    assert_eq!(code("x".repeat(MAX_BYTES + 1)), "too_long");
    assert_eq!(code("(".repeat(MAX_DEPTH + 1)), "too_deep");
    assert_eq!(code("x ".repeat(MAX_LEAVES + 1)), "too_many_clauses");
    let deep = format!("{}x{}", "(a OR ".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
    assert!(parse(&deep, &schema(), Mode::Strict).is_ok());
}

#[test]
fn notices_carry_the_span_in_the_text() {
    let text = "Köln „offen";
    let query = parse(text, &schema(), Mode::Lenient).unwrap();
    let (start, end) = query.notices[0].span.unwrap();
    assert_eq!(&text[start..end], "„");
}

/// Texts that are dense in what means something.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Kursk",
        "a",
        "innen",
        "UND",
        "OR",
        "NOT",
        "NEAR/3",
        "NEAR/S",
        "NEAR/x",
        "(",
        ")",
        "\"",
        "„",
        "“",
        "»",
        "«",
        "‚",
        "‘",
        "’",
        "-",
        "=",
        "/",
        "~",
        "~1",
        "~9",
        "^2",
        "^",
        "*",
        ":",
        "title:",
        "date:",
        "country:",
        "cites:",
        "exists:",
        "foo:",
        "date",
        "2025-04",
        "[",
        "]",
        "[2025 TO 2026]",
        "TO",
        ",",
        "1",
        "–",
        "…",
        "\\",
        "?",
        "!",
        ".",
        "+",
        "#",
        " ",
        " ",
        " ",
        "ä",
        "ẞ",
        "\u{301}",
        "\u{0}",
        "\n",
        "🙂",
        "é",
        "_",
        "|",
        "{",
        "<",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[track_caller]
fn assert_round_trip(text: &str) {
    let schema = schema();
    let query = match parse(text, &schema, Mode::Lenient) {
        Ok(query) => query,
        Err(error) => {
            assert!(error.code.starts_with("too_"), "{text:?}: {error}");
            return;
        }
    };
    for notice in &query.notices {
        let (start, end) = notice.span.unwrap();
        assert!(text.get(start..end).is_some(), "{text:?}: {notice:?}");
    }
    let canonical = query.tree.to_string();
    let again = match parse(&canonical, &schema, Mode::Strict) {
        Ok(again) => again,
        Err(error) => panic!("{text:?} prints as {canonical:?}, which is refused: {error}"),
    };
    assert_eq!(again.tree, query.tree, "{text:?} prints as {canonical:?}");
    assert_eq!(again.tree.to_string(), canonical);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(1000)))]

    #[test]
    fn any_text_prints_in_a_form_that_parses_to_the_same_tree(text in "\\PC{0,60}") {
        assert_round_trip(&text);
    }

    #[test]
    fn any_mixture_of_signs_prints_in_a_form_that_parses_to_the_same_tree(text in pieces()) {
        assert_round_trip(&text);
    }
}

#[test]
fn the_longest_texts_parse_quickly() {
    let started = std::time::Instant::now();
    for piece in [
        "„", "\"a ", "(", "a(", "/", "/a ", "‚’a", "\\", "~", "^", "*", "a:", "-", "date:[",
        "title:", "NOT ", "x OR ",
    ] {
        let text = piece.repeat(MAX_BYTES / piece.len());
        let _ = parse(&text, &schema(), Mode::Lenient);
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}
