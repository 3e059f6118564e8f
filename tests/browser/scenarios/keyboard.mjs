// Without a mouse: every page is walked through with Tab, there and back; the focus is always to be seen, and nothing holds it.

import assert from "node:assert/strict";
import { walk } from "../support/keyboard.mjs";
import { PAGES } from "../support/pages.mjs";
import { PHONE, visit } from "../support/visit.mjs";
import { archive } from "../support/world.mjs";

const WALKED = ["the start", "hits with filters", "the values of a facet", "an article with many facts", "the overview", "no hits for a word that is written otherwise"];

for (const name of WALKED) {
  visit(`Tab goes through ${name}, and shows where it is`, archive, { motion: "reduce" }, async (page, { to }) => {
    await to(PAGES[name]);
    const there = await walk(page, name);
    await page.evaluate(() => delete window.stops);
    await to(PAGES[name]);
    const back = await walk(page, `${name}, backwards`, { key: "Shift+Tab" });
    assert.deepEqual(new Set(back), new Set(there), "there and back lead past the same things");
  });
}

visit("Tab goes through the hits on a phone", archive, { viewport: PHONE, motion: "reduce" }, async (page, { to }) => {
  await to(PAGES["hits with filters"]);
  await walk(page, "hits with filters, phone");
});

visit("the first stop of a page leads past the head to what is new", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const inside = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main === document.activeElement || main.contains(document.activeElement);
  });
  assert.ok(inside, "the skip link moves the focus into main");
});
