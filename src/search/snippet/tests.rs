//! Passages as they are cut.

use proptest::prelude::*;

use super::pieces::LONG;
use super::*;
use crate::analysis::{Analyzer, Relation};
use crate::query::{Compiler, Mode, Operator, Weights, parse};
use crate::schema::Schema;

fn cut_from(text: &str, query: &str) -> Vec<Snippet> {
    snippets(text, &wanted(query), &Analyzer::german(), None)
}

fn wanted(query: &str) -> Wanted {
    let schema = Schema::parse(include_str!("../../../schema.json"), "schema.json").unwrap();
    let compiler = Compiler {
        schema: &schema,
        analyzer: Analyzer::german(),
        operator: Operator::Any,
        weights: Weights::default().with(Relation::Surface, 1.0),
        resolve: &|_, text| Some(text.to_owned()),
    };
    let query = parse(query, &schema, Mode::Lenient).unwrap();
    Wanted::of(&compiler.compile(&query).clause, "body")
}

/// The snippets with `[` and `]` around the highlights.
fn marked(text: &str, query: &str) -> Vec<String> {
    (cut_from(text, query).into_iter())
        .map(|snippet| {
            let marks = snippet.html.replace("<mark>", "[").replace("</mark>", "]");
            unescape(&marks)
        })
        .collect()
}

fn unescape(html: &str) -> String {
    (html.replace("&lt;", "<").replace("&gt;", ">"))
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

const FILLER: &str = "Der Rat der Stadt hat am Abend lange über den neuen Haushalt und die Gebühren für das Freibad gesprochen, ohne dass es zu einem Beschluss gekommen wäre, den alle mittragen wollten. ";

#[test]
fn words_are_highlighted_in_whole_sentences() {
    assert_eq!(
        marked("Am 26. April kam Regen. Die Ernte war gut.", "Ernte Regen"),
        ["Am 26. April kam [Regen]. Die [Ernte] war gut."]
    );
}

#[test]
fn the_best_passages_are_shown_in_the_order_of_the_text() {
    let text = format!(
        "Die Ernte beginnt. {FILLER}{FILLER}\n\nEs gibt Ernte und Regen. {FILLER}{FILLER}\n\nNur Regen. {FILLER}{FILLER}\n\nWieder Regen. {FILLER}"
    );
    let found = marked(&text, "Ernte Regen");
    assert_eq!(found.len(), 3);
    assert!(found[0].starts_with("Die [Ernte] beginnt."), "{found:?}");
    assert!(
        found[1].starts_with("Es gibt [Ernte] und [Regen]."),
        "{found:?}"
    );
    assert!(found[2].starts_with("Nur [Regen]."), "{found:?}");
}

#[test]
fn a_phrase_is_highlighted_only_where_it_stands() {
    assert_eq!(
        marked(
            "Hohe Bäume. Sehr hohe Verluste, hohe Kosten.",
            "\"hohe Verluste\""
        ),
        ["Hohe Bäume. Sehr [hohe] [Verluste], hohe Kosten."]
    );
}

#[test]
fn what_must_stand_near_is_highlighted_where_it_does() {
    let text = "Regen fiel. Die Ernte war trotz allem gut, der Regen kam spät.";
    assert_eq!(
        marked(text, "Ernte NEAR/S Regen"),
        ["Regen fiel. Die [Ernte] war trotz allem gut, der [Regen] kam spät."]
    );
    assert_eq!(
        marked(text, "\"Regen Ernte\"~2"),
        ["[Regen] fiel. Die [Ernte] war trotz allem gut, der Regen kam spät."]
    );
}

#[test]
fn patterns_are_highlighted() {
    assert_eq!(
        marked("Der Panzerzug und die Paanzer.", "Panzer* Panzer~1"),
        ["Der [Panzerzug] und die [Paanzer]."]
    );
}

#[test]
fn excluded_words_and_other_fields_are_not_highlighted() {
    assert_eq!(
        marked("Regen und Ernte.", "Ernte title:Regen -und"),
        ["Regen und [Ernte]."]
    );
}

#[test]
fn long_sentences_are_cut_between_words() {
    let text = format!(
        "{}Ernte {}",
        "eins zwei drei vier ".repeat(40),
        "sieben acht ".repeat(60)
    );
    let found = marked(&text, "Ernte");
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("… ") && found[0].ends_with(" …"),
        "{found:?}"
    );
    assert!(found[0].contains("[Ernte]"));
    assert!(found[0].chars().count() < LONG + 10);
}

#[test]
fn without_a_match_the_text_is_shown_from_its_beginning() {
    assert_eq!(
        marked("Erster Satz. Zweiter.", "Ernte"),
        ["Erster Satz. Zweiter."]
    );
    assert_eq!(marked("", "Ernte"), Vec::<String>::new());
}

#[test]
fn function_words_are_highlighted_only_if_nothing_else_is_there() {
    let text = "Und der Regen fiel, und die Ernte litt.";
    assert_eq!(
        marked(text, "Regen und Wind"),
        ["Und der [Regen] fiel, und die Ernte litt."]
    );
    assert_eq!(
        marked(text, "und Wind"),
        ["[Und] der Regen fiel, [und] die Ernte litt."]
    );
}

#[test]
fn html_is_escaped() {
    let snippet = &cut_from("Er rief <b>\"Regen\" & 'Ernte'</b>.", "Regen")[0];
    assert_eq!(
        snippet.html,
        "Er rief &lt;b&gt;&quot;<mark>Regen</mark>&quot; &amp; &#39;Ernte&#39;&lt;/b&gt;."
    );
    assert_eq!(snippet.highlights, [(12, 17)]);
}

#[test]
fn a_huge_line_takes_linear_time() {
    let started = std::time::Instant::now();
    for line in [
        "Regen ".repeat(100_000),
        "x".repeat(600_000),
        ". A".repeat(200_000),
    ] {
        let found = cut_from(&line, "Regen \"Regen Regen\" Regen~1");
        assert!(!found.is_empty() && found.len() <= 3);
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// Snippets from the sentences that were located are those from the whole text.
fn assert_located_is_enough(text: &str, query: &str) {
    let analyzer = Analyzer::german();
    let wanted = wanted(query);
    let whole = analyzer.analyze_text(text);
    let positions = wanted.positions(&whole.tokens);
    let located = Located::new(whole.sentences, positions.into_iter());
    assert_eq!(
        snippets(text, &wanted, &analyzer, Some(&located)),
        snippets(text, &wanted, &analyzer, None)
    );
}

#[test]
fn function_words_count_everywhere_if_what_was_located_is_in_vain() {
    assert_located_is_enough("in?in\n\nErnte?ErnteMehl-in", "\"der Ernte\"in");
}

proptest! {
    #[test]
    fn sentences_that_were_located_give_the_snippets_of_the_whole_text(
        text in "(Ernte|Regen|der|in|an|greift|ab-ab|Kursk|Mehl-|[.!?]|, | | | |\n\n|[A-Z]{1,9}){0,90}",
        query in "(Ernte|\"der Ernte\"|der|a\\*|Regen~1|angreifen|ab|in|/k.*/| | NEAR/2 | NEAR/S ){0,6}",
    ) {
        assert_located_is_enough(&text, &query);
    }

    #[test]
    fn highlights_are_sound_and_html_gives_the_text_back(
        text in "([a-zA-Zäß]{1,9}|[ ]|[.!?]|\n|<b>|&amp;|\"|'|ab ab|ä|„|🙂|, | ){0,120}",
        query in "(ab|a\\*|\"ab ab\"|ä|[a-z]{1,4}| |\"a b\"~3|x~1| NEAR/S ){0,6}",
    ) {
        let mut end = 0;
        for snippet in cut_from(&text, &query) {
            prop_assert!(snippet.span.start >= end);
            end = snippet.span.end;
            prop_assert!(snippet.text.contains(&text[snippet.span.clone()]));
            let mut last = 0;
            for (start, end) in &snippet.highlights {
                prop_assert!(*start >= last && start < end);
                prop_assert!(snippet.text.get(*start..*end).is_some());
                last = *end;
            }
            let plain = snippet.html.replace("<mark>", "").replace("</mark>", "");
            prop_assert_eq!(unescape(&plain), snippet.text);
        }
    }
}
