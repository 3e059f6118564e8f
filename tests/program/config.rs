//! Settings: command line before environment before file before what is built in.

use serde_json::{Value, json};

use super::run::{Place, Ran};

fn run_with(place: &Place, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let mut command = place.command(arguments);
    Ran::new(command.envs(variables.iter().copied()).output().unwrap())
}

/// Values and source of one flag, as `config` prints them.
fn in_force(place: &Place, variables: &[(&str, &str)], command: &str, key: &str) -> Value {
    let ran = run_with(place, variables, &["config", command, "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let printed: Value = serde_json::from_str(&ran.out).unwrap();
    let settings = printed["settings"].as_array().unwrap();
    let found = settings.iter().find(|setting| setting["key"] == key);
    let found = found.unwrap_or_else(|| panic!("{key}: {printed}"));
    json!([found["values"], found["source"], found["place"]])
}

#[test]
fn each_source_counts_before_the_next() {
    let place = Place::with_seeds();
    let hits = |variables: &[(&str, &str)], arguments: &[&str]| {
        let arguments = [&["search", "--format", "ndjson"], arguments].concat();
        run_with(&place, variables, &arguments).out.lines().count()
    };
    let variable = [("FUNDSTELLE_SEARCH_LIMIT", "2")];
    assert_eq!(hits(&[], &[]), 5);
    place.write("fundstelle.toml", "limit = 4\n[search]\nlimit = 3\n");
    assert_eq!(hits(&[], &[]), 3);
    assert_eq!(hits(&variable, &[]), 2);
    assert_eq!(hits(&variable, &["--limit", "1"]), 1);
    assert_eq!(
        in_force(&place, &[], "search", "limit"),
        json!([["3"], "file", "fundstelle.toml:3"])
    );
    assert_eq!(
        in_force(&place, &variable, "search", "limit"),
        json!([["2"], "environment", "FUNDSTELLE_SEARCH_LIMIT"])
    );
    assert_eq!(
        in_force(&place, &[], "serve", "listen"),
        json!([["127.0.0.1:8080"], "built-in", null])
    );
}

#[test]
fn a_file_is_named_or_lies_in_the_working_directory() {
    let place = Place::with_seeds();
    place.write(
        "own/settings.toml",
        "[search]\nfilter = [\"agency=kcna\"]\nformat = 'json'\n",
    );
    let named = place.run(&["search", "--config", "own/settings.toml"]);
    let answer: Value = serde_json::from_str(&named.out).unwrap();
    let by_flag = place.json(&["search", "--filter", "agency=kcna", "--format", "json"]);
    assert_eq!(answer["total_hits"], by_flag["total_hits"]);
    let variable = [("FUNDSTELLE_CONFIG", "own/settings.toml")];
    assert!(
        run_with(&place, &variable, &["search"])
            .out
            .starts_with('{')
    );
    place
        .run(&["search", "--config", "none.toml"])
        .fails_with(&["none.toml: cannot be read"]);
}

#[test]
fn what_is_typed_replaces_what_excludes_it() {
    let place = Place::with_seeds();
    place.write("fundstelle.toml", "[search]\nall = true\n");
    let none = place.run(&["search", "Kursk Kegelverein"]);
    assert_eq!(none.code, 1, "{}", none.err);
    assert_eq!(place.run(&["search", "--any", "Kursk Kegelverein"]).code, 0);
    place.write("fundstelle.toml", "[search]\nall = true\nany = true\n");
    place
        .run(&["search", "Kursk"])
        .fails_with(&["fundstelle.toml:3: all and any exclude each other"]);
}

#[test]
fn what_is_no_setting_is_told_with_file_and_line() {
    let place = Place::with_seeds();
    for (text, parts) in [
        (
            "\nlmit = 3\n",
            ["fundstelle.toml:2:", "did you mean \"limit\""],
        ),
        ("colours_of_the_page = 3\n", [":1:", "known are: all, "]),
        (
            "[serch]\nlimit = 3\n",
            [":2:", "unknown command \"serch\", did you mean \"search\""],
        ),
        (
            "[search]\ntoken-file = \"x\"\n",
            [":2:", "unknown key \"token-file\""],
        ),
        (
            "[search]\nlimit = \"many\"\n",
            [":2:", "invalid value 'many' for '--limit"],
        ),
        ("[search]\nlimit = true\n", [":2:", "a text or a number"]),
        (
            "[search]\nlimit = [1, 2]\n",
            [":2:", "one value, not a list"],
        ),
        ("[search]\nall = 1\n", [":2:", "all is true or false"]),
        (
            "[search]\nformat = \"yaml\"\n",
            [":2:", "possible values: text, json"],
        ),
        (
            "[serve]\nlisten = \"nowhere\"\n",
            [":2:", "invalid value 'nowhere'"],
        ),
        (
            "[serve]\ntoken = \"a-secret-in-the-file\"\n",
            [":2:", "unknown key \"token\""],
        ),
        (
            "config = \"other.toml\"\n",
            [":1:", "unknown key \"config\""],
        ),
        ("[search\n", [":1:", "unclosed table"]),
        ("limit = 1\nlimit = 2\n", [":2:", "duplicate key"]),
    ] {
        place.write("fundstelle.toml", text);
        let ran = place.run(&["search", "Kursk"]);
        ran.fails_with(&parts);
        assert!(!ran.err.contains("a-secret"), "{}", ran.err);
    }
}

#[test]
fn a_token_is_never_printed() {
    let place = Place::new();
    place.write("fundstelle.toml", "[serve]\ntoken-file = \"token.txt\"\n");
    let variable = [("FUNDSTELLE_TOKEN", "a-secret-of-the-test")];
    assert_eq!(
        in_force(&place, &variable, "serve", "token"),
        json!([["(hidden)"], "environment", "FUNDSTELLE_TOKEN"])
    );
    assert_eq!(
        in_force(&place, &[], "serve", "token-file"),
        json!([["token.txt"], "file", "fundstelle.toml:2"])
    );
    for arguments in [&["config"][..], &["serve", "--help"]] {
        let ran = run_with(&place, &variable, arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.out.contains("a-secret"), "{}", ran.out);
    }
}

#[test]
fn every_command_has_a_manual_page_and_settings() {
    let place = Place::new();
    assert_eq!(place.run(&["man", "share/man1"]).code, 0);
    let help = place.run(&["--help"]).out;
    let commands = help.split("Commands:").nth(1).unwrap();
    let commands = commands.split("Options:").next().unwrap();
    let names = commands.lines().filter_map(|line| line.strip_prefix("  "));
    let names = names.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    let mut tried = 0;
    for name in names.map(|line| line.split_whitespace().next().unwrap()) {
        if name != "help" {
            let page = place.path().join(format!("share/man1/fundstelle-{name}.1"));
            let page = std::fs::read_to_string(page).unwrap();
            assert!(page.contains(".SH SYNOPSIS"), "{name}");
            assert_eq!(place.run(&["config", name]).code, 0, "{name}");
            tried += 1;
        }
    }
    assert!(tried > 15, "{tried}");
    let whole = std::fs::read_to_string(place.path().join("share/man1/fundstelle.1")).unwrap();
    assert!(whole.contains("FUNDSTELLE_INDEX"));
    place
        .run(&["config", "serch"])
        .fails_with(&["there is no command \"serch\""]);
}
