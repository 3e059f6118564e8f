//! The table of all parameters but the facets.

use super::{Choice, Kind, Parameter, Use};
use crate::archive::{MAX_FACET_VALUES, MAX_LIMIT, MAX_SUGGESTIONS};
use crate::export;
use crate::search::{Interval, Offsets, Sort};

/// Most entries of a feed.
pub(in crate::http) const FEED_ENTRIES: usize = 50;

/// Where hits are filtered.
const ANY: &[Use] = &[
    Use::Search,
    Use::Export,
    Use::Feed,
    Use::Suggest,
    Use::Similar,
];
const ANYWHERE: &[Use] = &[Use::Search, Use::Export, Use::Feed];
const ANY_HITS: &[Use] = &[Use::Search, Use::Export, Use::Feed, Use::Similar];

/// Adding a parameter is adding an entry.
pub(in crate::http) const TABLE: &[Parameter] = &[
    Parameter {
        name: "q",
        kind: Kind::Text(|into, text| into.ask.text = text),
        default: "\"\"",
        meaning: "The query: words, \"phrases\", field:value, AND, OR, NOT, -word …; without it, \
                  everything. What does not parse is text, with a notice.",
        example: "Kursk Verluste",
        uses: ANYWHERE,
    },
    Parameter {
        name: "q",
        kind: Kind::Text(|into, text| into.ask.text = text),
        default: "\"\"",
        meaning: "What was typed so far, at most 500 bytes; its last word is completed.",
        example: "Kursk Verl",
        uses: &[Use::Suggest],
    },
    Parameter {
        name: "q",
        kind: Kind::Text(|into, text| into.ask.text = text),
        default: "",
        meaning: "A query; what it finds in the article is told in `highlights`, whether or not the \
                  article is a hit.",
        example: "Kursk Verluste",
        uses: &[Use::Document],
    },
    Parameter {
        name: "all",
        kind: Kind::Flag(|into, flag| into.all = flag),
        default: "false",
        meaning: "All words must be there; never relaxed to any of them.",
        example: "true",
        uses: ANYWHERE,
    },
    Parameter {
        name: "any",
        kind: Kind::Flag(|into, flag| into.any = flag),
        default: "false",
        meaning: "Any of the words will do.",
        example: "true",
        uses: ANYWHERE,
    },
    Parameter {
        name: "strict",
        kind: Kind::Flag(|into, flag| into.ask.strict = flag),
        default: "false",
        meaning: "Refuse a query that does not parse instead of searching for it as text.",
        example: "true",
        uses: &[Use::Search, Use::Export, Use::Feed, Use::Document],
    },
    Parameter {
        name: "from",
        kind: Kind::Date(|into, date| into.ask.from = Some(date)),
        default: "",
        meaning: "Nothing before this year, month, day or minute (Europe/Berlin).",
        example: "2025-01",
        uses: ANY,
    },
    Parameter {
        name: "to",
        kind: Kind::Date(|into, date| into.ask.to = Some(date)),
        default: "",
        meaning: "Nothing after this year, month, day or minute (Europe/Berlin).",
        example: "2025-06",
        uses: ANY,
    },
    Parameter {
        name: "known_to",
        kind: Kind::Date(|into, date| into.ask.known_to = Some(date)),
        default: "",
        meaning: "Only articles of whose date no more is known than this year or month.",
        example: "2025-04",
        uses: ANY,
    },
    Parameter {
        name: "sort",
        kind: Kind::Choice(&[
            Choice {
                name: "relevance",
                set: |into| into.ask.sort = Sort::Relevance,
            },
            Choice {
                name: "newest",
                set: |into| into.ask.sort = Sort::Newest,
            },
            Choice {
                name: "oldest",
                set: |into| into.ask.sort = Sort::Oldest,
            },
            Choice {
                name: "added",
                set: |into| into.ask.sort = Sort::Added,
            },
        ]),
        default: "\"relevance\"",
        meaning: "Order of the hits; ties are broken by id. Articles without a date come last; `added` \
                  has those first that the index took in last.",
        example: "newest",
        uses: &[Use::Search, Use::Export],
    },
    Parameter {
        name: "recency",
        kind: Kind::Text(|into, text| into.ask.recency = Some(text)),
        default: "",
        meaning: "Newer articles before older ones that fit as well: after this time (`30d`, `2w`, \
                  `6m`, `1y`), half of the weight above a floor of a fifth is left. It counts from \
                  the latest day of the archive; articles without a date get the floor.",
        example: "1y",
        uses: &[Use::Search, Use::Export],
    },
    Parameter {
        name: "limit",
        kind: Kind::Number {
            most: Some(MAX_LIMIT),
            set: |into, number| {
                into.ask.limit = number;
                into.limit = Some(number);
            },
        },
        default: "10",
        meaning: "Number of hits; more come page by page.",
        example: "20",
        uses: &[Use::Search],
    },
    Parameter {
        name: "limit",
        kind: Kind::Number {
            most: None,
            set: |into, number| into.limit = Some(number),
        },
        default: "",
        meaning: "Most hits; without it, all of them.",
        example: "5000",
        uses: &[Use::Export],
    },
    Parameter {
        name: "limit",
        kind: Kind::Number {
            most: None,
            set: |into, number| into.limit = Some(number.min(FEED_ENTRIES)),
        },
        default: "50",
        meaning: "Most entries; a feed never has more than 50.",
        example: "20",
        uses: &[Use::Feed],
    },
    Parameter {
        name: "limit",
        kind: Kind::Number {
            most: Some(MAX_SUGGESTIONS),
            set: |into, number| into.ask.limit = number,
        },
        default: "10",
        meaning: "Number of suggestions.",
        example: "5",
        uses: &[Use::Suggest],
    },
    Parameter {
        name: "limit",
        kind: Kind::Number {
            most: Some(MAX_LIMIT),
            set: |into, number| into.ask.limit = number,
        },
        default: "10",
        meaning: "Number of articles.",
        example: "5",
        uses: &[Use::Similar],
    },
    Parameter {
        name: "cursor",
        kind: Kind::Text(|into, text| into.ask.cursor = Some(text)),
        default: "",
        meaning: "Where to go on: `next_cursor` of the page before.",
        example: "",
        uses: &[Use::Search],
    },
    Parameter {
        name: "snippets",
        kind: Kind::Flag(|into, flag| into.ask.snippets = flag),
        default: "true",
        meaning: "Whether hits have passages; without them, answers come faster.",
        example: "false",
        uses: ANY_HITS,
    },
    Parameter {
        name: "explain",
        kind: Kind::Flag(|into, flag| into.ask.explain = flag),
        default: "false",
        meaning: "Tell why each hit has its score.",
        example: "true",
        uses: ANYWHERE,
    },
    Parameter {
        name: "facets",
        kind: Kind::Names(|into, names| into.ask.facets = Some(names)),
        default: "",
        meaning: "The facets to count; without it all of them, empty none.",
        example: "agency,country",
        uses: ANYWHERE,
    },
    Parameter {
        name: "facets",
        kind: Kind::Names(|into, names| into.ask.facets = Some(names)),
        default: "",
        meaning: "The facets to count; without it, none.",
        example: "agency,country",
        uses: &[Use::Similar],
    },
    Parameter {
        name: "with_copies",
        kind: Kind::Flag(|into, flag| into.with_copies = flag),
        default: "false",
        meaning: "Copies of the article are hits, too, and each copy of another one is a hit of its \
                  own.",
        example: "true",
        uses: &[Use::Similar],
    },
    Parameter {
        name: "facet_limit",
        kind: Kind::Number {
            most: Some(MAX_FACET_VALUES),
            set: |into, number| into.ask.facet_limit = number,
        },
        default: "10",
        meaning: "Values to list of each facet, on each level; what is not listed is summed up. A \
                  level below the first is left out if the facet would list more than 16 times as \
                  many, but for what is below a selected value; facet_under has it.",
        example: "25",
        uses: ANY_HITS,
    },
    Parameter {
        name: "facet_offset",
        kind: Kind::Number {
            most: None,
            set: |into, number| into.ask.facet_offset = number,
        },
        default: "0",
        meaning: "Values of each facet to pass over; `total_values` says how many there are. \
                  Selected and excluded values are listed on every page.",
        example: "10",
        uses: &[Use::Search],
    },
    Parameter {
        name: "facet_under",
        kind: Kind::Text(|into, text| into.ask.facet_under = Some(text)),
        default: "",
        meaning: "Only the values just below this one of a hierarchy, by id, name or alias.",
        example: "2025-04",
        uses: &[Use::Search],
    },
    Parameter {
        name: "facet_sort",
        kind: Kind::Names(|into, names| into.ask.facet_sort = names),
        default: "",
        meaning: "Order of facet values: `count`, `count_ascending`, `name` (as in a German \
                  dictionary), `id` (dates: earliest first) or `id_descending` (dates: latest \
                  first); for one facet as `country:name`. Without it, dates have the latest \
                  first, all others the highest count.",
        example: "country:name",
        uses: &[Use::Search],
    },
    Parameter {
        name: "contains",
        kind: Kind::Text(|into, text| into.ask.facet_contains = Some(text)),
        default: "",
        meaning: "Only facet values whose name or id has this text in it, and those above them; \
                  case does not matter, and umlauts may be written as ü, ue or u.",
        example: "korea",
        uses: ANY_HITS,
    },
    Parameter {
        name: "prefix",
        kind: Kind::Text(|into, text| into.ask.facet_contains = Some(text)),
        default: "",
        meaning: "Another name of `contains`.",
        example: "Korea",
        uses: ANY_HITS,
    },
    Parameter {
        name: "histogram",
        kind: Kind::Choice(&[
            Choice {
                name: "auto",
                set: |into| into.interval = Some(None),
            },
            Choice {
                name: "day",
                set: |into| into.interval = Some(Some(Interval::Day)),
            },
            Choice {
                name: "week",
                set: |into| into.interval = Some(Some(Interval::Week)),
            },
            Choice {
                name: "month",
                set: |into| into.interval = Some(Some(Interval::Month)),
            },
            Choice {
                name: "year",
                set: |into| into.interval = Some(Some(Interval::Year)),
            },
        ]),
        default: "",
        meaning: "Spread the hits over time: a bar for each interval from the first hit to the \
                  last; weeks begin on Monday; `auto` makes at most 60 bars, or years. Where it \
                  would be more than 4,096 bars, they become longer, with a notice.",
        example: "month",
        uses: &[Use::Search],
    },
    Parameter {
        name: "histogram_all_time",
        kind: Kind::Flag(|into, flag| into.all_time = flag),
        default: "false",
        meaning: "The histogram also has what lies outside of `from`, `to` and the selected dates, \
                  so that one can choose other ones in it.",
        example: "true",
        uses: &[Use::Search],
    },
    Parameter {
        name: "collapse",
        kind: Kind::Flag(|into, flag| into.ask.collapse = flag),
        default: "false",
        meaning: "Show articles with the same text as one hit; totals and counts stay as they are.",
        example: "true",
        uses: ANYWHERE,
    },
    Parameter {
        name: "copies",
        kind: Kind::Flag(|into, flag| into.ask.copies = flag),
        default: "false",
        meaning: "Count distinct copies beside articles.",
        example: "true",
        uses: ANYWHERE,
    },
    Parameter {
        name: "offsets",
        kind: Kind::Choice(&[
            Choice {
                name: "bytes",
                set: |into| into.ask.offsets = Offsets::Bytes,
            },
            Choice {
                name: "utf16",
                set: |into| into.ask.offsets = Offsets::Utf16,
            },
        ]),
        default: "\"bytes\"",
        meaning: "What spans of texts count in: bytes of UTF-8, or units of UTF-16, as strings of \
                  browsers do. (Spans of errors are always in bytes.)",
        example: "utf16",
        uses: &[Use::Search, Use::Export, Use::Suggest, Use::Similar],
    },
    Parameter {
        name: "lang",
        kind: Kind::Text(|into, text| into.ask.language = text),
        default: "\"de\"",
        meaning: "Language of labels (ISO 639-1), as far as the schema has them.",
        example: "en",
        uses: &[
            Use::Search,
            Use::Export,
            Use::Feed,
            Use::Suggest,
            Use::Similar,
        ],
    },
    Parameter {
        name: "format",
        kind: Kind::Format(|into, format| into.format = Some(format)),
        default: "",
        meaning: "The format; without it, the one that the header `Accept` prefers.",
        example: "csv",
        uses: &[Use::Export],
    },
    Parameter {
        name: "format",
        kind: Kind::Choice(&[
            Choice {
                name: "plain",
                set: |into| into.format = export::by_name("plain"),
            },
            Choice {
                name: "bibtex",
                set: |into| into.format = export::by_name("bibtex"),
            },
            Choice {
                name: "ris",
                set: |into| into.format = export::by_name("ris"),
            },
            Choice {
                name: "csl-json",
                set: |into| into.format = export::by_name("csl-json"),
            },
        ]),
        default: "\"plain\"",
        meaning: "The format; `plain` is a line as it stands in footnotes, in German.",
        example: "bibtex",
        uses: &[Use::Cite],
    },
];
