//! The page of an article: whole without scripts, escaped, and no more than may be shown.

use serde_json::{Value, json};

use super::page::{browse, values};
use super::run::Place;

fn index(lines: &[Value]) -> Place {
    let place = Place::new();
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    place.write("in.jsonl", lines.join("\n"));
    let ran = place.run(&["index", "in.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

const BODY: &str = "Der Deich bei Husum hält.\n\nDie Lage sei ruhig, teilte der BND am Montag mit. \
                    Laut dpa wird der Deich geprüft.";

fn place() -> Place {
    index(&[
        json!({ "id": "deich", "title": "Deich hält", "body": BODY, "date": "2025-04-28",
            "publisher": "Küstenblatt", "authors": ["Änne Maß"], "url": "https://example.org/d" }),
        json!({ "id": "auszug", "title": "Deich bricht", "body": BODY, "access": "snippet" }),
        json!({ "id": "fern", "title": "Geheimer Deich", "body": BODY, "embargo": "2099-01-01" }),
    ])
}

/// The addresses in a page, as a browser reads them.
fn addresses(page: &str) -> Vec<String> {
    let addresses = values(page, "href").into_iter();
    addresses.map(|it| it.replace("&#38;", "&")).collect()
}

/// The texts of the elements that begin with `open`.
fn texts<'a>(page: &'a str, open: &str) -> Vec<&'a str> {
    (page.split(open).skip(1))
        .filter_map(|rest| rest.split_once('>')?.1.split('<').next())
        .collect()
}

#[test]
fn what_the_query_finds_is_marked_and_can_be_gone_to() {
    let place = place();
    let page = browse(&place, "/articles/deich?q=Deich&sort=newest", "de").answer;
    assert_eq!(page.status, 200);
    assert_eq!(texts(&page.text, "<mark"), ["Deich", "Deich", "Deich"]);
    assert!(page.text.contains("3 Fundstellen"));
    for number in 1..=3 {
        let here = format!("/articles/deich?q=Deich&sort=newest#match-{number}");
        assert!(addresses(&page.text).contains(&here), "{}", page.text);
        assert!(page.text.contains(&format!("id=\"match-{number}\"")));
    }
    assert!(addresses(&page.text).contains(&"/?q=Deich&sort=newest".to_owned()));
    assert!(
        page.text
            .contains("<link rel=\"canonical\" href=\"/articles/deich\">")
    );
    // A query that is none finds nothing, but hides nothing either.
    let deep = format!("/articles/deich?q={}", "(".repeat(400));
    let page = browse(&place, &deep, "de").answer;
    assert!(page.status == 200 && page.text.contains("Husum"));
}

#[test]
fn every_value_leads_to_its_evidence_without_a_script() {
    let place = place();
    let page = browse(&place, "/articles/deich", "de").answer.text;
    let links: Vec<String> = (addresses(&page).into_iter())
        .filter(|address| address.contains("evidence="))
        .collect();
    assert!(links.len() >= 4, "{links:?}");
    for link in &links {
        let (address, anchor) = link.split_once('#').unwrap();
        let page = browse(&place, address, "de").answer.text;
        let passage = page.split(&format!("id=\"{anchor}\"")).nth(1).unwrap();
        let tag = passage.split('>').next().unwrap();
        assert!(tag.contains("evidence lit"), "{link}: {tag}");
    }
    let cited = page.split("BND").next().unwrap().len();
    assert!(page[cited..].contains("zitiert"));
    assert!(page.contains("subject-of-speech-verb") && page.contains("Sicherheit 90 %"));
    assert!(addresses(&page).contains(&"/?q=cites%3Ade-bnd".to_owned()));
    // The sentence around it lights up more softly.
    let number = values(&page, "data-sentences")[0];
    let lit = browse(&place, &format!("/articles/deich?evidence={number}"), "de")
        .answer
        .text;
    let near: Vec<&str> = texts(&lit, "class=\"near\"");
    assert!(near.concat().contains("Die Lage sei ruhig"), "{near:?}");
}

#[test]
fn citations_stand_on_the_page() {
    let place = place();
    let page = browse(&place, "/articles/deich", "de").answer.text;
    let plain = "Änne Maß: Deich hält. In: Küstenblatt, 28. April 2025. https://example.org/d";
    assert!(page.contains(plain), "{page}");
    assert!(page.contains("@article{fs-deich,") && page.contains("TY  - NEWS"));
    assert!(page.contains("<meta name=\"citation_publication_date\" content=\"2025/04/28\">"));
    assert!(addresses(&page).contains(&"/api/documents/deich/cite?format=bibtex".to_owned()));
    let english = browse(&place, "/articles/deich?lang=en", "de").answer.text;
    assert!(english.contains("About this article") && english.contains("28 April 2025"));
}

#[test]
fn whatever_an_article_says_stays_text() {
    let odd = "<script>alert(1)</script>\"'><img src=x onerror=y>";
    let place = index(&[json!({
        "id": "a/b?c#d", "title": odd, "body": format!("{odd}\n\nLaut dpa {odd}."), "kicker": odd,
        "publisher": odd, "authors": [odd], "url": "javascript:alert(1)", "language": odd,
        "agencies": [odd], "countries": [odd], "date": "2025",
    })]);
    for query in [
        "",
        "?q=script+%3Cimg&evidence=1",
        "?lang=en&q=%22%3E%3Cscript%3E",
    ] {
        let page = browse(&place, &format!("/articles/a%2Fb%3Fc%23d{query}"), "de").answer;
        assert_eq!(page.status, 200, "{}", page.text);
        let text = page.text;
        for bad in [
            "<script>",
            "<img",
            "\"javascript:",
            "onerror=y>",
            " style=",
            " onclick=",
        ] {
            assert!(!text.contains(bad), "{bad}: {text}");
        }
        assert!(text.contains("javascript:alert(1)"), "shown, but as text");
        // Quotes end no attribute, so every tag is one of ours.
        assert!(!text.contains("<script>alert") && text.contains("&#60;script&#62;"));
    }
    for path in ["/overview", "/overview?lang=%22%3E%3Cscript%3E"] {
        let page = browse(&place, path, "de").answer.text;
        assert!(
            !page.contains("<script>") && !page.contains("<img"),
            "{page}"
        );
    }
}

#[test]
fn a_text_that_may_not_be_shown_is_not_on_its_page() {
    let place = place();
    let page = browse(&place, "/articles/auszug?q=Deich&evidence=1", "de")
        .answer
        .text;
    assert!(page.contains("nur Auszüge") && page.contains("Deich</mark> bricht"));
    for withheld in ["Husum", "ruhig", "am Montag", "geprüft"] {
        assert!(!page.contains(withheld), "{withheld}: {page}");
    }
    assert!(page.contains("nicht gezeigt werden darf"));
    let page = browse(&place, "/articles/fern?q=Deich", "de").answer;
    assert_eq!(page.status, 403);
    assert!(!page.text.contains("Geheimer") && page.text.contains("gesperrt"));
    let page = browse(&place, "/articles/none", "en").answer;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("<h1>"), "{}", page.text);
    let others = browse(&place, "/articles/deich", "de").answer.text;
    assert!(
        !others.contains("Geheimer"),
        "not as a copy, nor as similar"
    );
}

#[test]
fn a_long_text_comes_in_parts() {
    let paragraph = "Der Deich hält, und das Wasser steigt weiter.\n\n";
    let body = format!("{}Ende am Siel.", paragraph.repeat(4_000));
    let place = index(&[json!({ "id": "lang", "title": "Siel", "body": body })]);
    let first = browse(&place, "/articles/lang?q=Siel", "de").answer.text;
    assert!(
        first.len() < 600_000 && first.contains("Teil 1 von 2"),
        "{}",
        first.len()
    );
    assert!(first.contains("2 Fundstellen") && !first.contains("Ende am"));
    let last = "/articles/lang?q=Siel&part=2#match-2".to_owned();
    assert!(addresses(&first).contains(&last));
    let second = browse(&place, "/articles/lang?q=Siel&part=2", "de")
        .answer
        .text;
    assert!(second.contains("Ende am <mark id=\"match-2\">Siel</mark>"));
    for part in ["0", "99", "-1", "x"] {
        let page = browse(&place, &format!("/articles/lang?part={part}"), "de").answer;
        assert_eq!(page.status, 200, "{part}");
    }
}

#[test]
fn other_prints_and_similar_articles_are_linked() {
    let text = "Am Freitag legte im Hafen von Büsum die neue Fähre an, die nun täglich nach Helgoland \
                fährt. Sie nimmt dreihundert Menschen mit und braucht für die Strecke kaum zwei \
                Stunden, wie der Betreiber sagte.";
    let place = index(&[
        json!({ "id": "a", "title": "Neue Fähre", "body": text, "publisher": "Küstenblatt" }),
        json!({ "id": "b", "title": "Fähre da", "body": text, "publisher": "Hafenbote" }),
        json!({ "id": "c", "title": "Fähre nach Helgoland", "body": "Die Fähre nach Helgoland legt \
            im Hafen von Büsum ab. Der Betreiber ist zufrieden." }),
        json!({ "id": "d", "title": "Rat tagt", "body": "Der Rat sprach über den Haushalt." }),
    ]);
    let page = browse(&place, "/articles/a?q=F%C3%A4hre", "de").answer.text;
    let found = addresses(&page);
    for link in ["/articles/b", "/articles/c", "/?copy=a"] {
        assert!(found.contains(&link.to_owned()), "{link}: {found:?}");
    }
    assert!(page.contains("Hafenbote") && page.contains("Alle 2 Abdrucke"));
    assert!(!found.contains(&"/articles/d".to_owned()));
}
