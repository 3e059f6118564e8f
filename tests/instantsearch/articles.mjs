// Articles for the tests, written for them.

const stated = (id, date, publisher, agencies, countries, title, body) => ({
  id, date, publisher, agencies, countries, title, body, authors: ["Test"], language: "de",
});

/** Ten articles about a harbour, with known agencies, countries, publishers and dates. */
export const articles = [
  stated("a", "2023-03-01", "taz", ["dpa"], ["NO"], "Hafen in Bergen öffnet", "Der Hafen in Bergen ist wieder offen."),
  stated("b", "2023-11-12", "taz", ["dpa", "reuters"], ["NO", "DK"], "Streik im Hafen", "Im Hafen wird gestreikt. Die Kräne stehen still."),
  stated("c", "2024-01-05", "n-tv", ["reuters"], ["DK"], "Fähre fährt wieder", "Aus dem Hafen von Esbjerg fährt die Fähre wieder."),
  stated("d", "2024-06-30", "n-tv", ["afp"], ["FR"], "Neue Mole", "Der Hafen von Brest bekommt eine Mole."),
  stated("e", "2024-06-30", "Die Zeit", [], ["FR"], "Möwen & <Meer>", "Die Möwen am Hafen sind lauter als die Schiffe."),
  stated("f", "2025-02", "Die Zeit", ["kr-nis"], ["KR"], "Schiff verschwunden", "Ein Schiff hat den Hafen von Busan verlassen, sagt der Dienst."),
  stated("g", "2025-02-14", "taz", ["kr-nis", "dpa"], ["KR"], "Hafen gesperrt", "Der Hafen ist gesperrt, der Hafen bleibt gesperrt."),
  stated("h", "2025", "taz", ["dpa"], ["DE"], "Elbe vertieft", "Der Hafenumschlag wächst mit der Elbe."),
  stated("i", "2025-08-01", "taz", ["dpa"], ["DE"], "Rekord am Kai", "Der Hafen meldet einen Rekord."),
  stated("j", "2025-09-01", "taz", ["dpa"], ["DE"], "Ein Museum", "Am Markt eröffnet ein Museum."),
];
