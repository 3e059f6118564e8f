// Everything without JavaScript: forms are sent, links are followed.

import assert from "node:assert/strict";
import { box, checkbox, chips, count, exclude, facet, hits, leads, marks, numberIn, open, part, total, value } from "../support/portal.mjs";
import { PHONE, visit } from "../support/visit.mjs";
import { archive, seeds } from "../support/world.mjs";

const plain = { script: false };

visit("without script: typing two words shows marked hits", seeds, plain, async (page, { to }) => {
  await to("/");
  await box(page).fill("Kursk Verluste");
  await leads(page, () => page.getByRole("button", { name: "Suchen" }).first().click());
  assert.equal(await total(page), 5);
  assert.ok((await marks(page).count()) > 5);
});

visit("without script: a service is chosen below its kind, and the form is sent", seeds, plain, async (page, { to }) => {
  await to("/?q=Kursk+Verluste");
  await open(value(page, "Agenturen", "Nachrichtendienste"));
  const service = value(page, "Agenturen", "NIS (südkoreanischer Geheimdienst)");
  const promised = await count(service);
  await checkbox(service).check();
  await leads(page, () => page.locator(".facets button.without-script").click());
  assert.equal(await total(page), promised);
  assert.ok(await checkbox(value(page, "Agenturen", "NIS (südkoreanischer Geheimdienst)")).isChecked());
  await leads(page, () => chips(page).first().click());
  assert.equal(await total(page), 5);
});

visit("without script: excluding, a range, the order, and the way back", archive, plain, async (page, { to }) => {
  await to("/?q=Hafen");
  const all = await total(page);
  const norway = value(page, "Länder", "Norwegen");
  const those = await count(norway);
  await leads(page, () => exclude(norway).click());
  assert.equal(await total(page), all - those);
  await page.locator("#from").fill("2015");
  await page.locator("#to").fill("2017-06");
  await leads(page, () => page.locator("#to").press("Enter"));
  assert.ok((await total(page)) < all - those);
  assert.equal(new URL(page.url()).searchParams.get("country"), "-NO");
  await page.locator("#sort").selectOption("oldest");
  await leads(page, () => page.locator(".tools button.without-script").click());
  assert.match(await hits(page).first().locator("time").getAttribute("datetime"), /^2015/);
  await leads(page, () => part(page, "chips").locator(".reset").click());
  assert.equal(await total(page), all);
});

visit("without script: a bar of the time line is a link to its hits", archive, plain, async (page, { to }) => {
  await to("/?q=Hafen");
  const bar = part(page, "timeline").locator("svg a").nth(5);
  const promised = Number(await bar.getAttribute("data-count"));
  await leads(page, () => bar.click());
  assert.equal(await total(page), promised);
});

visit("without script: an article lights up the evidence of what is derived", seeds, plain, async (page, { to }) => {
  await to("/?q=Kursk+Verluste");
  await leads(page, () => hits(page).first().getByRole("heading").getByRole("link").click());
  const evidence = page.locator("main a[href*='evidence=']");
  assert.ok((await evidence.count()) > 3);
  await leads(page, () => evidence.first().click());
  await page.locator("main .is-lit, main .evidence-lit, main [data-lit]").first().waitFor();
});

visit("without script: all values of a facet, page by page, and back to the search with some of them", archive, plain, async (page, { to }) => {
  await to("/?q=Hafen");
  await leads(page, () => facet(page, "Herausgeber").locator("a[data-more]").click());
  assert.equal(new URL(page.url()).pathname, "/facets/publisher");
  const paper = page.locator(".choice").nth(3);
  const promised = numberIn(await paper.locator(".count").innerText());
  await paper.locator("label input").first().check();
  await leads(page, () => page.locator("[name='apply']").click());
  assert.equal(await total(page), promised);
});

visit("without script: the drawer of a phone opens", archive, { ...plain, viewport: PHONE }, async (page, { to }) => {
  await to("/?q=Hafen");
  await page.locator(".facets-open").click();
  await value(page, "Länder", "Norwegen").waitFor();
});

visit("without script: the language is switched", archive, plain, async (page, { to }) => {
  await to("/?q=Hafen");
  await leads(page, () => page.getByRole("link", { name: "English", exact: true }).click());
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
});
