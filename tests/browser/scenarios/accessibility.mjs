// For everyone: what axe-core checks of WCAG 2.2 AA, on every page, light and dark, on desktop and phone.

import assert from "node:assert/strict";
import { accessible, fits } from "../support/look.mjs";
import { PAGES, PROBLEMS } from "../support/pages.mjs";
import { DESKTOP, PHONE, visit } from "../support/visit.mjs";
import { archive } from "../support/world.mjs";

/** Colours are all that differs in the dark. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

async function check(page, name) {
  for (const [screen, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: "light" });
    await accessible(page, `${name}, light, ${screen}`);
    await page.emulateMedia({ colorScheme: "dark" });
    await accessible(page, `${name}, dark, ${screen}`, OF_COLOURS);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  await fits(page, `${name}, 320 px`);
}

for (const [name, address] of Object.entries(PAGES)) {
  visit(`axe-core finds nothing on ${name}, and nothing scrolls sideways`, archive, { motion: "reduce" }, async (page, { to }) => {
    const answer = await to(address);
    assert.equal(answer.status(), 200);
    await check(page, name);
  });
}

for (const [name, [address, status]] of Object.entries(PROBLEMS)) {
  visit(`axe-core finds nothing on the page for ${name}`, archive, { motion: "reduce", fails: [status] }, async (page, { to }) => {
    const answer = await to(address);
    assert.equal(answer.status(), status);
    assert.match(answer.headers()["content-type"], /^text\/html/);
    await check(page, name);
  });
}

visit("on a phone, in English, the words still fit", archive, { viewport: { width: 320, height: 700 }, language: "en-GB" }, async (page, { to }) => {
  for (const [name, address] of Object.entries(PAGES)) {
    await to(address);
    await fits(page, `${name}, English`);
  }
});
