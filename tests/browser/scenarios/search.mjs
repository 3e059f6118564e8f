// What people do first: type words and look at what was found.

import assert from "node:assert/strict";
import { box, hits, leads, marks, numberIn, part, search, total } from "../support/portal.mjs";
import { visit } from "../support/visit.mjs";
import { archive, seeds } from "../support/world.mjs";

visit("typing two words shows the articles that have them, with the words marked", seeds, {}, async (page, { to }) => {
  await to("/");
  await search(page, "Kursk Verluste");
  assert.equal(await total(page), 5);
  assert.equal(await hits(page).count(), 5);
  const marked = await marks(page).allInnerTexts();
  assert.ok(marked.some((text) => text === "Kursk"), marked.join());
  assert.ok(marked.some((text) => text.startsWith("Verlust")), marked.join());
  assert.equal(new URL(page.url()).searchParams.get("q"), "Kursk Verluste");
  assert.match(await page.title(), /Kursk Verluste/);
  // Who does not see the page is told the number.
  await page.getByRole("status").filter({ hasText: /5 Treffer/ }).first().waitFor();
});

visit("an address with a query shows the same as typing it", seeds, {}, async (page, { to }) => {
  await to("/?q=Kursk+Verluste");
  assert.equal(await box(page).inputValue(), "Kursk Verluste");
  assert.equal(await total(page), 5);
});

visit("the start has something to click on that finds articles", archive, {}, async (page, { to }) => {
  await to("/");
  const examples = page.locator("main a[href*='q='], main a[href*='agency='], main a[href*='country=']");
  assert.ok((await examples.count()) >= 3);
  await leads(page, () => examples.first().click());
  assert.ok((await total(page)) > 0);
  assert.ok((await hits(page).count()) > 0);
});

visit("going back shows the searches before, and where one was", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  const first = await hits(page).first().innerText();
  await search(page, "Orgel");
  assert.notEqual(await hits(page).first().innerText(), first);
  await page.goBack();
  await hits(page).first().filter({ hasText: first.split("\n")[0] }).waitFor();
  assert.equal(await box(page).inputValue(), "Hafen");
  await page.goForward();
  await page.waitForFunction(() => document.getElementById("q").value === "Orgel");
});

visit("going back to a longer page shows the place where one was", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen&limit=50");
  // As a script, since the mouse would go up to the box first.
  await leads(page, () => page.evaluate(() => {
    scrollTo(0, 4000);
    document.getElementById("q").value = "=Orgel =Firnis =Klavier";
    document.getElementById("search").requestSubmit();
  }));
  await page.evaluate(() => scrollTo(0, 0));
  await page.goBack();
  await page.waitForFunction(() => document.getElementById("q").value === "Hafen" && scrollY === 4000);
});

visit("going back from an article shows the hits where one left them", archive, {}, async (page, { to }) => {
  await to("/");
  await search(page, "Hafen");
  const link = hits(page).nth(7).getByRole("heading").getByRole("link");
  await link.scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => scrollY);
  assert.ok(scrolled > 200);
  await link.click();
  await page.locator("body[data-place='article']").waitFor();
  await page.goBack();
  await page.locator("body[data-place='search']").waitFor();
  await page.waitForFunction((wanted) => Math.abs(scrollY - wanted) < 5, scrolled);
  assert.equal(await box(page).inputValue(), "Hafen");
});

visit("the next page goes on where the first ended, and leads back", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  const sum = await total(page);
  const title = async (at) => hits(page).nth(at).getByRole("heading").getByRole("link").getAttribute("href");
  const first = await title(0);
  await leads(page, () => part(page, "paging").getByRole("link").first().click());
  assert.equal(await total(page), sum);
  assert.notEqual(await title(0), first);
  await page.goBack();
  await page.waitForFunction((href) => document.querySelector(".hit h2 a, .hit h3 a")?.getAttribute("href") === href, first);
});

visit("the order, the number of hits and copies are chosen without a further click", archive, {}, async (page, { to }) => {
  await to("/?q=Pr%C3%BCfstein");
  const sum = await total(page);
  await leads(page, () => page.locator("select[name='sort']").selectOption("newest"));
  assert.equal(new URL(page.url()).searchParams.get("sort"), "newest");
  assert.equal(await total(page), sum);
  await leads(page, () => page.locator("select[name='limit']").selectOption({ index: 1 }));
  assert.ok((await hits(page).count()) > 10);
  await leads(page, () => page.locator("[name='collapse']").check());
  assert.ok((await hits(page).allInnerTexts()).some((text) => text.includes("auch erschienen in")));
});

visit("words that nothing has together are looked for singly, and the page says so", archive, {}, async (page, { to }) => {
  await to("/?q=Orgel+Fahrrinne+Heringe");
  assert.ok((await total(page)) > 0);
  await part(page, "remarks").locator("li").first().waitFor();
});

visit("a word that is not there comes with what was meant", archive, {}, async (page, { to }) => {
  await to("/?q=Seekabbel");
  const meant = page.locator("main").getByRole("link", { name: /Seekabel/i }).first();
  await leads(page, () => meant.click());
  assert.ok((await total(page)) > 0);
});

visit("filters that leave nothing come with ways out that lead to as many hits as they say", archive, {}, async (page, { to }) => {
  await to("/?q=Orgel&country=JP&publisher=Lahn-Post&from=2007&to=2007");
  assert.equal(await total(page), 0);
  const out = page.locator(".ways-out a, [data-part='hits'] a, main .no-hits a");
  assert.ok((await out.count()) > 0);
  const said = numberIn((await out.first().locator("xpath=..").innerText()).replace(/.*?(\d[\d.]*)\D*$/s, "$1"));
  await leads(page, () => out.first().click());
  assert.equal(await total(page), said);
});

visit("results can be taken away in every format, and followed as a feed", seeds, {}, async (page, { to, site }) => {
  await to("/?q=Kursk");
  const links = page.locator("a[href*='/api/export']");
  const formats = await links.evaluateAll((all) => all.map((link) => new URL(link.href).searchParams.get("format")));
  assert.deepEqual(new Set(formats), new Set(["json", "ndjson", "csv", "bibtex", "ris", "csl-json", "plain", "atom"]));
  for (const link of await links.all()) {
    const answer = await page.request.get(site + (await link.getAttribute("href")));
    assert.equal(answer.status(), 200);
    assert.ok((await answer.body()).length > 100);
  }
  const feed = await page.locator("head link[type='application/atom+xml']").getAttribute("href");
  assert.equal((await page.request.get(new URL(feed, site).href)).status(), 200);
});
