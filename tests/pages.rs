//! Pages in the shapes in which German papers, broadcasters and agencies publish: what is read of
//! them. All texts are made up.

use std::ops::ControlFlow;

use fundstelle::document::{Document, Role, Scope};
use fundstelle::enrich::Enrichment;
use fundstelle::ingest::{ReadOptions, SourceFile, read};

/// The document of a page with this head and this body, enriched.
fn page(head: &str, body: &str) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seite.html");
    let html =
        format!("<!doctype html><html lang=\"de\"><head>{head}</head><body>{body}</body></html>");
    std::fs::write(&path, html).unwrap();
    let file = SourceFile {
        path,
        key: "seite.html".to_owned(),
    };
    let mut found = None;
    let _ = read(&file, &ReadOptions::default(), &mut |document| {
        found = document.ok();
        ControlFlow::Break(())
    });
    let mut document = found.unwrap();
    Enrichment::standard().run(&mut document);
    document
}

fn date(document: &Document) -> String {
    document
        .date
        .map_or("none".to_owned(), |date| date.value.to_string())
}

const TITLE: &str = "<h1>Rat berät über den neuen Hafen</h1>";
const TEXT: &str = "<p>Der Rat der Stadt hat am Abend lange über den neuen Hafen beraten, und alle \
    Fraktionen haben sich dazu geäußert.</p><p>Am 3. Mai 2011 war der alte Hafen geschlossen \
    worden, und seither liegen die Boote am anderen Ufer des Flusses.</p>";

/// A page whose only date is in `head`.
fn dated_by_head(head: &str) -> String {
    date(&page(head, &format!("<article>{TITLE}{TEXT}</article>")))
}

/// A page whose only date is in `line`, below the headline.
fn dated_by_line(line: &str) -> String {
    date(&page(
        "",
        &format!("<article>{TITLE}{line}{TEXT}</article>"),
    ))
}

#[test]
fn json_ld_dates_a_page_in_all_its_shapes() {
    let of = |json: &str| {
        dated_by_head(&format!(
            "<script type=\"application/ld+json\">{json}</script>"
        ))
    };
    let date =
        r#""headline":"Rat berät über den neuen Hafen","datePublished":"2025-04-28T06:45:12Z""#;
    for shape in [
        format!(r#"{{"@type":"NewsArticle",{date}}}"#),
        format!(r#"{{"@type":["Article","NewsArticle"],{date}}}"#),
        format!(r#"[{{"@type":"BreadcrumbList"}},{{"@type":"ReportageNewsArticle",{date}}}]"#),
        format!(
            r#"{{"@graph":[{{"@type":"WebSite","name":"Blatt"}},{{"@type":"Article",{date}}}]}}"#
        ),
        format!(
            r#"{{"@type":"LiveBlogPosting",{date},"liveBlogUpdate":[{{"@type":"BlogPosting","datePublished":"2025-04-29T06:00:00Z","headline":"Neu"}}]}}"#
        ),
        format!(r#"{{"@type":"WebPage","mainEntity":{{"@type":"NewsArticle",{date}}}}}"#),
    ] {
        assert_eq!(of(&shape), "2025-04-28T08:45", "{shape}");
    }
}

#[test]
fn meta_elements_date_a_page_under_all_their_names() {
    for name in [
        "property=\"article:published_time\"",
        "property=\"og:article:published_time\"",
        "name=\"date\"",
        "name=\"dc.date\"",
        "name=\"DC.date.issued\"",
        "name=\"dcterms.created\"",
        "name=\"parsely-pub-date\"",
        "name=\"sailthru.date\"",
        "name=\"cXenseParse:publishtime\"",
        "name=\"last-published\"",
        "itemprop=\"datePublished\"",
    ] {
        let head = format!("<meta {name} content=\"2025-04-28T08:45:00+02:00\">");
        assert_eq!(dated_by_head(&head), "2025-04-28T08:45", "{name}");
    }
    let head = "<meta property=\"article:modified_time\" content=\"2025-04-30T08:00:00+02:00\">\
        <meta property=\"article:published_time\" content=\"2025-04-28T08:45:00+02:00\">";
    assert_eq!(dated_by_head(head), "2025-04-28T08:45");
    let head = "<meta name=\"expires\" content=\"2025-04-28T08:45:00+02:00\">";
    assert_eq!(dated_by_head(head), "none");
}

#[test]
fn data_of_scripts_date_a_page_that_shows_no_date() {
    for script in [
        r#"dataLayer.push({"page":{"publishedAt":"2025-04-28T08:45:00"}})"#,
        r#"window.utag_data = {"article_publication_date":"2025-04-28"};"#,
        r#"var digitalData = {"contentDate":"28.04.2025"};"#,
        r#"__DATA__ = "{\"first_published_at\":\"2025-04-28T08:45:00+02:00\"}""#,
    ] {
        let found = dated_by_head(&format!("<script>{script}</script>"));
        assert!(found.starts_with("2025-04-28"), "{script}: {found}");
    }
}

#[test]
fn marked_elements_and_visible_lines_date_a_page() {
    for line in [
        "<time datetime=\"2025-04-28T08:45:00+02:00\">28. April</time>",
        "<span itemprop=\"datePublished\" content=\"2025-04-28T08:45\">heute</span>",
        "<span property=\"dc:date\" content=\"2025-04-28T08:45\">heute</span>",
        "<abbr class=\"published\" title=\"2025-04-28T08:45\">heute</abbr>",
        "<p class=\"stand\">Stand: 28.04.2025 08:45 Uhr</p>",
        "<p>Montag, 28. April 2025, 08.45 Uhr</p>",
        "<p>Veröffentlicht am 28. April 2025 um 8:45 Uhr</p>",
        "<div class=\"meta\">Eva Muster <span class=\"date\">28.04.2025, 8:45 Uhr</span></div>",
        "<div class=\"meta\"><a class=\"author\">Eva Muster</a><span class=\"date\">28.4.2025 - 08:45</span></div>",
        "<p>Mo, 28.04.2025, 08:45 Uhr | Lesezeit: 4 Minuten</p>",
        "<p>Erstellt: 28.04.2025, 08:45 Uhr | Aktualisiert: 30.04.2025, 10:00 Uhr</p>",
    ] {
        assert_eq!(dated_by_line(line), "2025-04-28T08:45", "{line}");
    }
}

#[test]
fn dates_of_comments_teasers_and_events_are_not_the_page_s() {
    let behind = "<div class=\"comments\"><article class=\"comment\"><time datetime=\"2025-05-02T10:00\">\
        2. Mai</time><p>Gut so.</p></article></div>\
        <aside class=\"related\"><span class=\"date\">05.05.2025</span><a href=\"/x\">Mehr</a></aside>";
    let body = format!("<article>{TITLE}<p class=\"date\">28.04.2025</p>{TEXT}</article>{behind}");
    assert_eq!(date(&page("", &body)), "2025-04-28");
    let body = format!("<article>{TITLE}{TEXT}</article>{behind}");
    assert_ne!(date(&page("", &body)), "2011-05-03");
}

#[test]
fn a_page_that_was_published_anew_keeps_the_day_of_its_address() {
    let stamp = "<meta property=\"article:published_time\" content=\"2025-04-28T08:45:00+02:00\">";
    let at = |address: &str| {
        dated_by_head(&format!(
            "<link rel=\"canonical\" href=\"{address}\">{stamp}"
        ))
    };
    assert_eq!(at("https://example.org/2019/02/11/hafen/"), "2019-02-11");
    // A day off is another time zone.
    assert_eq!(
        at("https://example.org/2025/04/27/hafen/"),
        "2025-04-28T08:45"
    );
    assert_eq!(
        at("https://example.org/hafen-20190211.html"),
        "2025-04-28T08:45"
    );
}

#[test]
fn pages_of_a_web_archive_are_read_as_their_originals() {
    let head = "<link rel=\"canonical\" href=\"https://web.archive.org/web/20160218174457/http://example.org/2010/05/19/hafen/\">";
    let bar = "<div id=\"wm-ipp-base\"><div class=\"date\">18 Feb 2016</div></div>";
    let document = page(head, &format!("{bar}<article>{TITLE}{TEXT}</article>"));
    assert_eq!(
        document.url.as_deref(),
        Some("http://example.org/2010/05/19/hafen/")
    );
    assert_eq!(date(&document), "2010-05-19");
}

#[test]
fn a_publisher_is_named_by_page_title_or_copyright_never_invented() {
    let publisher = |head: &str| {
        page(head, &format!("<article>{TITLE}{TEXT}</article>"))
            .publisher
            .map(|publisher| publisher.id)
    };
    let id = publisher("<title>Rat berät über den neuen Hafen - taz.de</title>");
    assert_eq!(id.as_deref(), Some("taz"));
    let id =
        publisher("<meta property=\"og:site_name\" content=\"Westdeutsche Allgemeine Zeitung\">");
    assert_eq!(id.as_deref(), Some("waz"));
    let id = publisher("<title>Rat berät über den neuen Hafen - Reuters</title>");
    assert_eq!(id, None);
    assert_eq!(
        publisher("<title>Rat berät - Dorfblatt Musterstadt</title>"),
        None
    );
}

#[test]
fn pictures_are_credited_apart_from_the_text() {
    let body = format!(
        "<figure class=\"opener\"><img src=\"a.jpg\"><figcaption>Am Hafen. Foto: Eva Muster/AFP</figcaption></figure>\
        <article>{TITLE}<p class=\"author\">Von Max Muster, dpa</p>\
        <div class=\"image-container-text\"><span>Boote.</span> <span>Max Muster/AP</span></div>{TEXT}</article>\
        <div class=\"article-preview\"><span class=\"author\">KNA</span></div>"
    );
    let document = page("", &body);
    let mut credits: Vec<(&str, Scope)> = (document.agencies.iter())
        .filter(|agency| agency.role == Role::Credited)
        .map(|agency| (agency.id.as_str(), agency.scope))
        .collect();
    credits.sort_by_key(|(id, _)| *id);
    assert_eq!(
        credits,
        [
            ("afp", Scope::Photo),
            ("ap", Scope::Photo),
            ("dpa", Scope::Text)
        ]
    );
    assert_eq!(document.authors, ["Max Muster"]);
}
