// Articles that pages must bear: what is long, missing, half known, written in other directions, or hostile.
// All of them have the word "Prüfstein", so that one search lists them.

import { papers } from "./plain.mjs";

/** Would tell of itself, if anything took it for more than text. */
export const HOSTILE = {
  script: `<script>window.struck = "script"; alert("struck")</script>`,
  image: `<img src="x" onerror="window.struck = 'image'">`,
  breakout: `"'><svg onload="window.struck='svg'"><a href="javascript:window.struck='link'">klick</a>`,
  template: "{{7*7}} ${7*7} <%= 7*7 %> </title></textarea></style>",
};
export const SECRET = "Sperrgeheimnis";
const LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3).slice(0, 200);
const LONG_TITLE =
  "Prüfstein für die Geduld der Setzer: Wie eine einzige Überschrift, die niemand kürzen wollte, obwohl alle in der Redaktion darum baten, " +
  "durch Spalten, Seiten und Ausgaben wanderte, bis selbst der Drucker in seiner Werkstatt am alten Hafen nicht mehr wusste, ob der Satz " +
  "jemals enden würde oder immer weiterging";

const text = "Dieser Prüfstein liegt seit Jahren am Kai. Niemand weiß, wer ihn dort abgelegt hat, und niemand trägt ihn fort.";
const stated = (id, rest) => ({ id: `hard-${id}`, title: `Prüfstein: ${id}`, body: text, publisher: "Küstenbote", date: "2021-05-04", language: "de", ...rest });

/** The hard articles, by what is hard about them. */
export const hard = [
  stated("long-title", { title: LONG_TITLE }),
  stated("long-word", { title: `Prüfstein ${LONG_WORD}`, body: `Ein Prüfstein heißt ${LONG_WORD}. ${text}`, authors: [LONG_WORD] }),
  stated("no-title", { title: "" }),
  stated("no-publisher", { publisher: null }),
  stated("bare", { title: null, publisher: null, date: null, body: "Prüfstein." }),
  stated("undated", { date: null }),
  stated("month", { date: "2021-05" }),
  stated("year", { date: "2021" }),
  stated("long-publisher", { publisher: "Vierteljahrsschrift für Küstenforschung und angewandte Deichgeschichte" }),
  stated("script", {
    title: `Prüfstein ${HOSTILE.script} & ${HOSTILE.image}`,
    body: `Am Prüfstein steht ${HOSTILE.script} und ${HOSTILE.image}. Das meldete die Nachrichtenagentur dpa ${HOSTILE.breakout}.\n\n${HOSTILE.template} Prüfstein.`,
    publisher: `Bote ${HOSTILE.breakout}`,
    authors: [HOSTILE.image],
    url: `javascript:window.struck="url"`,
  }),
  stated("script-publisher", { publisher: HOSTILE.script, url: `https://archiv.example/"onmouseover="window.struck='url'` }),
  stated("template", { title: `Prüfstein ${HOSTILE.template}`, publisher: HOSTILE.template }),
  stated("entities", { title: "Prüfstein &amp; Söhne &lt;GmbH&gt; &#8211; &nbsp;seit 1900", body: `Die Firma Prüfstein &amp; Söhne schreibt sich &quot;selbst&quot;. ${text}` }),
  stated("quotes", { title: `Prüfstein „Anführung“ "gerade" 'einfach' »Möwchen«`, publisher: `Blatt "Zum 'Anker'"` }),
  stated("right-to-left", {
    title: "Prüfstein: سفينة في الميناء منذ سنوات",
    body: `Auf dem Prüfstein steht geschrieben: وصلت سفينة إلى الميناء صباح اليوم. Und auf der Rückseite: ספינה בנמל. ${text}`,
    publisher: "صحيفة الميناء",
  }),
  stated("emoji", { title: "Prüfstein 🚢⚓️ im Hafen 👩🏽‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿", body: `Ein Prüfstein 🪨 mit Flagge 🇳🇴. ${text}`, publisher: "Möwe 🕊️" }),
  stated("marks", { title: "Prüfstein Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘", body: `Bidi \u202eumgekehrt\u202c und Null\u200bbreite. ${text}` }),
  stated("many-facts", {
    agencies: ["dpa", "reuters", "afp", "ap", "epd", "kna", "apa", "sid", "ntb", "ritzau", "pap", "tt", "stt", "kyodo", "yonhap", "belga", "ansa", "efe", "lusa", "bns", "kr-nis", "de-bnd", "no-pst", "us-cia", "gb-mi5"],
    countries: ["NO", "DK", "PL", "SE", "FI", "EE", "FR", "GB", "KR", "JP", "NL", "LV", "LT", "IS", "UA", "IT", "ES", "PT", "GR", "AT", "CZ", "IE", "CA", "CL", "BR", "IN", "VN", "AU", "NZ", "MA", "EG", "KE"],
    authors: ["Erste Stimme", "Zweite Stimme", "Dritte Stimme", "Vierte Stimme", "Fünfte Stimme", "Sechste Stimme", "Siebte Stimme", "Achte Stimme"],
  }),
  stated("long-text", { body: Array.from({ length: 400 }, (_, at) => `Absatz ${at + 1} über den Prüfstein. ${text} Auch dpa berichtete über Schweden.`).join("\n\n") }),
  stated("wide-line", { body: `Prüfstein ${"ohneLeerzeichen".repeat(120)}. ${text}\n\nhttps://archiv.example/${"pfad/".repeat(60)}` }),
  stated("snippet", { publisher: "Auszugsblatt" }),
  stated("metadata", { publisher: "Titelblatt", body: `Prüfstein mit verborgenem Text. ${text}` }),
  stated("embargo", { title: `Prüfstein ${SECRET}`, body: `${SECRET} bleibt ${SECRET}. ${text}`, publisher: `Blatt ${SECRET}` }),
  ...papers.slice(0, 5).map((publisher, at) =>
    stated(`copy-${at}`, {
      publisher,
      title: at % 2 ? "Prüfstein gefunden" : "Fund am Kai",
      body: "Bei Baggerarbeiten im Hafen ist ein Prüfstein gefunden worden, wie ihn früher die Goldschmiede benutzten. Das Stück wiegt vier Kilogramm und " +
        "soll im Museum gezeigt werden. Die Finder, zwei Taucher aus Norwegen, wollten ihn zunächst als Anker verwenden. Erst eine Restauratorin erkannte " +
        "die feinen Striche auf der Oberfläche, berichtete die Nachrichtenagentur dpa am Dienstag.",
    }),
  ),
];

/** What may be shown of them. */
export const rights = [
  { publisher: "Auszugsblatt", access: "snippet" },
  { publisher: "Titelblatt", access: "metadata" },
  { id: "hard-embargo", embargo: "2099-01-01T00:00" },
];
