// Suggestions while somebody types: with keys and mouse, and never in the way.

import assert from "node:assert/strict";
import { chips, box, leads, numberIn, part, total } from "../support/portal.mjs";
import { accessible } from "../support/look.mjs";
import { PHONE, visit } from "../support/visit.mjs";
import { archive } from "../support/world.mjs";

const list = (page) => page.getByRole("listbox");
const options = (page) => list(page).getByRole("option");

async function type(page, text) {
  await box(page).click();
  await page.keyboard.type(text, { delay: 10 });
  await options(page).first().waitFor();
}

visit("names are suggested, and one that is taken becomes a filter with as many hits as it says", archive, {}, async (page, { to }) => {
  await to("/");
  await type(page, "Norweg");
  const country = options(page).filter({ hasText: "Norwegen" }).first();
  const promised = numberIn(await country.locator(".suggest-hits").innerText());
  assert.ok(promised > 0);
  await leads(page, () => country.click());
  assert.equal(await total(page), promised);
  assert.equal(await chips(page).count(), 1);
  assert.ok(await list(page).isHidden());
});

visit("the arrow keys walk through suggestions, Escape closes them, Enter takes one", archive, {}, async (page, { to }) => {
  await to("/");
  await type(page, "Seekab");
  assert.equal(await box(page).getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = await box(page).getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  assert.ok(await list(page).isHidden());
  assert.equal(await box(page).inputValue(), "Seekab");
  await page.keyboard.type("e");
  await options(page).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await leads(page, () => page.keyboard.press("Enter"));
});

visit("Enter sends what was typed if nothing was chosen", archive, {}, async (page, { to }) => {
  await to("/");
  await type(page, "Hafen");
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).searchParams.get("q"), "Hafen");
  await part(page, "hits").locator(".hit").first().waitFor();
  assert.ok(await list(page).isHidden());
});

visit("the list of suggestions is accessible, and does not move the page", archive, { motion: "reduce" }, async (page, { to }) => {
  await to("/");
  await page.waitForLoadState("networkidle");
  const before = await page.locator("main").boundingBox();
  await type(page, "Nor");
  assert.deepEqual(await page.locator("main").boundingBox(), before);
  await accessible(page, "suggestions, light");
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, "suggestions, dark", ["color-contrast"]);
});

visit("suggestions fit on a phone", archive, { viewport: PHONE }, async (page, { to }) => {
  await to("/");
  await type(page, "Donau");
  const { x, width } = await list(page).boundingBox();
  assert.ok(x >= 0 && x + width <= PHONE.width);
});
