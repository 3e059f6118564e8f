// Drilling down: values are chosen, excluded and taken back, and each count is what a click on it leads to.

import assert from "node:assert/strict";
import { checkbox, chips, count, exclude, facet, leads, numberIn, open, part, search, total, value } from "../support/portal.mjs";
import { DESKTOP, PHONE, visit } from "../support/visit.mjs";
import { archive, seeds } from "../support/world.mjs";

visit("an intelligence service is found below its kind, and its count is the number of hits", seeds, {}, async (page, { to }) => {
  await to("/");
  await search(page, "Kursk Verluste");
  await open(value(page, "Agenturen", "Nachrichtendienste"));
  const service = value(page, "Agenturen", "NIS (südkoreanischer Geheimdienst)");
  const promised = await count(service);
  assert.equal(promised, 3);
  await leads(page, () => checkbox(service).click());
  assert.equal(await total(page), promised);
  assert.ok(await checkbox(service).isChecked());
  assert.equal(await count(service), promised);
  await chips(page).filter({ hasText: "NIS" }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get("agency"), "kr-nis");
});

visit("several values of one facet are alternatives, and counts hold at every step", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  const all = await total(page);
  const norway = value(page, "Länder", "Norwegen");
  const first = await count(norway);
  await leads(page, () => checkbox(norway).click());
  assert.equal(await total(page), first);
  const denmark = value(page, "Länder", "Dänemark");
  const second = await count(denmark);
  await leads(page, () => checkbox(denmark).click());
  const either = await total(page);
  assert.ok(either >= Math.max(first, second) && either <= first + second);
  assert.equal(await chips(page).count(), 2);
  const paper = facet(page, "Herausgeber").locator(".value").nth(2);
  const promised = await count(paper);
  await leads(page, () => checkbox(paper).click());
  assert.equal(await total(page), promised);
  await leads(page, () => chips(page).first().click());
  await leads(page, () => part(page, "chips").locator(".reset").click());
  assert.equal(await total(page), all);
  assert.equal(await chips(page).count(), 0);
});

visit("what is excluded is taken away from the hits, and can be taken back", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  const all = await total(page);
  const norway = value(page, "Länder", "Norwegen");
  const those = await count(norway);
  await leads(page, () => exclude(norway).click());
  assert.equal(await total(page), all - those);
  await chips(page).filter({ hasText: "Norwegen" }).waitFor();
  await leads(page, () => chips(page).first().click());
  assert.equal(await total(page), all);
  // With the modifier, the value itself excludes.
  await leads(page, () => checkbox(norway).click({ modifiers: ["Alt"] }));
  assert.equal(await total(page), all - those);
});

visit("what has no value can be chosen, too", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  const missing = value(page, "Herausgeber", "(ohne Angabe)");
  const promised = await count(missing);
  assert.ok(promised > 0);
  await leads(page, () => checkbox(missing).click());
  assert.equal(await total(page), promised);
});

visit("values are chosen with the keyboard, and the focus stays where it was", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  const norway = value(page, "Länder", "Norwegen");
  const promised = await count(norway);
  await checkbox(norway).focus();
  await leads(page, () => page.keyboard.press("Space"));
  assert.equal(await total(page), promised);
  assert.ok(await checkbox(norway).evaluate((it) => it === document.activeElement));
  await page.keyboard.press("Tab");
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).searchParams.get("country"), "-NO");
});

visit("what was opened stays open, and the page stays where it is", archive, { viewport: { ...DESKTOP, height: 500 } }, async (page, { to }) => {
  await to("/?q=Hafen");
  const kind = value(page, "Agenturen", "Nachrichtendienste");
  await kind.scrollIntoViewIfNeeded();
  await open(kind);
  const service = kind.locator("details .value").first();
  await service.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await leads(page, () => checkbox(service).click());
  assert.ok(await kind.locator("details").first().evaluate((it) => it.open));
  const after = await page.evaluate(() => scrollY);
  assert.ok(Math.abs(after - before) < 120, `from ${before} to ${after}`);
});

visit("all values of a facet are one click away, can be searched, and lead back to the search", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  await facet(page, "Herausgeber").locator("a[data-more]").click();
  const values = page.locator("dialog[open]");
  await values.waitFor();
  const many = values.locator(".choice");
  assert.ok((await many.count()) > 20);
  await values.getByRole("searchbox").fill("Elbwarte");
  await values.getByRole("searchbox").press("Enter");
  await many.filter({ hasText: "Neue Elbwarte" }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("dialog[open] .choice").length === 1);
  await values.locator("button.all-values-back").click();
  await values.waitFor({ state: "hidden" });
  const link = facet(page, "Herausgeber").locator("a[data-more]");
  assert.ok(await link.evaluate((it) => it === document.activeElement));
  await page.keyboard.press("Enter");
  await values.waitFor();
  await page.keyboard.press("Escape");
  await values.waitFor({ state: "hidden" });
  assert.ok(await link.evaluate((it) => it === document.activeElement));
});

visit("several values are chosen in the dialog at once", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  await facet(page, "Länder").locator("a[data-more]").click();
  const choices = page.locator("dialog[open] .choice");
  await choices.first().waitFor();
  const promised = numberIn(await choices.nth(12).locator(".count").innerText());
  await choices.nth(12).locator("label input").first().check();
  await leads(page, () => page.locator("dialog[open] [name='apply']").click());
  assert.equal(await total(page), promised);
  await page.locator("dialog").waitFor({ state: "detached" });
  await facet(page, "Länder").locator("a[data-more]").click();
  await choices.first().waitFor();
  await choices.nth(14).locator(".choice-not input").check();
  await leads(page, () => page.locator("dialog[open] [name='apply']").click());
  assert.equal(new URL(page.url()).searchParams.getAll("country").filter((it) => it.startsWith("-")).length, 1);
});

visit("on a phone the facets stand in a drawer that opens and closes", archive, { viewport: PHONE, touch: true }, async (page, { to }) => {
  await to("/?q=Hafen");
  const norway = value(page, "Länder", "Norwegen");
  assert.ok(!(await norway.isVisible()));
  await page.locator(".facets-open").tap();
  await norway.waitFor();
  const promised = await count(norway);
  await leads(page, () => checkbox(norway).tap());
  assert.equal(await total(page), promised);
  await page.locator(".facets-close").tap();
  await norway.waitFor({ state: "hidden" });
});
