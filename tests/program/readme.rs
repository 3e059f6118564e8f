//! Every command of the README works.

use super::http::Server;
use super::run::{Place, package};

/// The lines of all shell examples.
fn commands() -> Vec<String> {
    let text = std::fs::read_to_string(package().join("README.md")).unwrap();
    let mut commands = Vec::new();
    let mut block = "";
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(kind) => block = kind,
            None if block == "sh" => commands.push(line.to_owned()),
            None if block == "console" => {
                commands.extend(line.strip_prefix("$ ").map(str::to_owned));
            }
            None => {}
        }
    }
    commands
}

/// The words of a command line; quotes keep blanks together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn every_command_of_the_readme_works() {
    let place = Place::new();
    let seeds = package().join("seeds");
    std::fs::create_dir(place.path().join("seeds")).unwrap();
    for entry in std::fs::read_dir(seeds).unwrap().flatten() {
        std::fs::copy(
            entry.path(),
            place.path().join("seeds").join(entry.file_name()),
        )
        .unwrap();
    }
    let mut server: Option<Server> = None;
    let mut run = 0;
    for line in commands() {
        let words = words(&line);
        let arguments: Vec<&str> = match words[0].as_str() {
            "fundstelle" => words[1..].iter().map(String::as_str).collect(),
            "cargo" => match words.iter().position(|word| word == "--") {
                Some(dashes) => words[dashes + 1..].iter().map(String::as_str).collect(),
                // The command that runs this test.
                None => continue,
            },
            "curl" => {
                let path = words[1].split(":8080").nth(1).unwrap();
                let answer = server.as_ref().unwrap().get(path);
                assert!(answer.get("code").is_none(), "{line}: {answer}");
                run += 1;
                continue;
            }
            other => panic!("{other} is no command that is tried here: {line}"),
        };
        if arguments == ["serve"] {
            server = Some(Server::start(&place));
        } else {
            let ran = place.run(&arguments);
            assert_eq!(ran.code, 0, "{line}: {}", ran.err);
            assert!(!ran.out.is_empty(), "{line}");
        }
        run += 1;
    }
    assert!(run >= 14, "{run}");
}

#[test]
fn every_query_of_the_table_finds_something() {
    let place = Place::with_seeds();
    let text = std::fs::read_to_string(package().join("README.md")).unwrap();
    let table = text
        .split("## Queries")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let mut tried = 0;
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cell = row.split(" | ").next().unwrap();
        for query in cell.split('`').skip(1).step_by(2) {
            let ran = place.run(&["search", "--strict", "--format", "ndjson", "--", query]);
            let may_be_empty = ["mentions:CIA"].contains(&query);
            assert!(
                ran.code == 0 || may_be_empty && ran.code == 1,
                "{query}: {}",
                ran.err
            );
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}
