// German by default; English for those whose browser asks for it, or who ask for it themselves.

import assert from "node:assert/strict";
import { hits, leads, part, total } from "../support/portal.mjs";
import { PAGES } from "../support/pages.mjs";
import { visit } from "../support/visit.mjs";
import { archive, seeds } from "../support/world.mjs";

const language = (page) => page.locator("html").getAttribute("lang");

visit("a browser that asks for German gets German", seeds, { language: "de-AT" }, async (page, { to }) => {
  await to("/?q=Kursk");
  assert.equal(await language(page), "de");
  await part(page, "summary").getByText(/5 Treffer/).first().waitFor();
});

visit("a browser that asks for English gets English", seeds, { language: "en-US" }, async (page, { to }) => {
  await to("/?q=Kursk");
  assert.equal(await language(page), "en");
  await part(page, "summary").getByText(/5 hits/).first().waitFor();
});

visit("a browser that asks for another language gets German", seeds, { language: "fr-FR" }, async (page, { to }) => {
  await to("/?q=Kursk");
  assert.equal(await language(page), "de");
});

visit("the switch changes the language, keeps the search, and is kept from page to page", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen&country=NO");
  const sum = await total(page);
  await leads(page, () => page.getByRole("link", { name: "English", exact: true }).click());
  assert.equal(await language(page), "en");
  assert.equal(await total(page), sum);
  assert.equal(new URL(page.url()).searchParams.get("q"), "Hafen");
  await leads(page, () => hits(page).first().getByRole("heading").getByRole("link").click());
  assert.equal(await language(page), "en");
  await leads(page, () => page.getByRole("link", { name: "Deutsch", exact: true }).click());
  assert.equal(await language(page), "de");
});

visit("no page in English has words of the German one in its controls", archive, {}, async (page, { to }) => {
  const controls = async (address) => {
    await to(address);
    return page.evaluate(() => {
      const named = [...document.querySelectorAll("button, label, legend, nav a, summary, [aria-label], [placeholder]")];
      const ours = named.filter((it) => !it.closest(".value, .choice, .hit, .others, svg"));
      return ours.map((it) => (it.getAttribute("aria-label") ?? it.getAttribute("placeholder") ?? it.textContent).trim());
    });
  };
  // Words that are the same in both languages, and names from the archive, stand in neither list.
  const german = /\b(und|oder|ohne|Treffer|Suche[n]?|Filter aufheben|weitere|Angabe|Herausgeber|Länder|Agenturen|Datum|ausschließen|Zeitraum|bis)\b/;
  for (const [name, address] of Object.entries(PAGES)) {
    const texts = await controls(`${address}${address.includes("?") ? "&" : "?"}lang=en`);
    assert.deepEqual(texts.filter((text) => german.test(text)), [], name);
  }
});
