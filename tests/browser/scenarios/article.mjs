// Reading: the text with its matches, what is known of it, and the sentences that prove it.

import assert from "node:assert/strict";
import { hits, leads, numberIn, search, total } from "../support/portal.mjs";
import { PHONE, visit } from "../support/visit.mjs";
import { archive, seeds } from "../support/world.mjs";

const known = (page, name) => page.locator(".known").filter({ has: page.locator(".known-name").getByText(name, { exact: true }) });
const lit = (page) => page.locator(".article .lit");

visit("an article is opened from the hits, with the words marked, and leads back to them", seeds, {}, async (page, { to }) => {
  await to("/");
  await search(page, "Kursk Verluste");
  const title = hits(page).nth(1).getByRole("heading").getByRole("link");
  const name = await title.innerText();
  await leads(page, () => title.click());
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), name);
  const marked = await page.locator(".article mark").allInnerTexts();
  assert.ok(marked.includes("Kursk") && marked.some((text) => text.startsWith("Verlust")), marked.join());
  await leads(page, () => page.locator(".back a").click());
  assert.equal(await total(page), 5);
});

visit("a click on a service lights up the sentence that cites it, says rule and certainty, and stays in the address", seeds, {}, async (page, { to }) => {
  await to("/?q=Geheimdienst&agency=kr-nis");
  await leads(page, () => hits(page).first().getByRole("heading").getByRole("link").click());
  const service = known(page, "NIS (südkoreanischer Geheimdienst)").first();
  assert.match(await service.innerText(), /zitiert/);
  assert.equal(await lit(page).count(), 0);
  await service.locator(".known-name").click();
  await lit(page).first().waitFor();
  assert.ok((await lit(page).allInnerTexts()).some((text) => /Geheimdienst|NIS/.test(text)));
  assert.ok(await lit(page).first().isVisible());
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector(".article .lit").getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  assert.match(await service.innerText(), /Sicherheit \d+ %/);
  await page.getByRole("status").filter({ hasText: /./ }).first().waitFor();
  // The address shows the same to somebody else.
  const address = page.url();
  assert.match(address, /evidence=\d+/);
  const texts = await lit(page).allInnerTexts();
  await page.goto(address);
  assert.deepEqual(await lit(page).allInnerTexts(), texts);
  await page.locator(".unlight a").click();
  await page.waitForFunction(() => document.querySelectorAll(".article .lit").length === 0);
});

visit("evidence is lit with the keyboard, too", archive, {}, async (page, { to }) => {
  await to("/articles/n00001");
  await page.locator("a.known-name").first().focus();
  await page.keyboard.press("Enter");
  await lit(page).first().waitFor();
});

visit("what is known of an article leads to all others of which it is known", archive, {}, async (page, { to }) => {
  await to("/articles/n00001");
  await leads(page, () => page.locator(".known-all a").first().click());
  assert.ok((await total(page)) > 1);
});

visit("one goes from match to match", archive, {}, async (page, { to }) => {
  await to("/articles/n00007?q=Hafen");
  const matches = await page.locator(".article mark").count();
  assert.ok(matches > 1);
  const next = page.locator("[data-step='1']");
  await next.click();
  await next.click();
  assert.equal(await page.locator(".is-at").count(), 1);
  assert.equal(numberIn(await page.locator(".matches-number").innerText()), 2);
});

visit("a citation is copied, and can be had as a file", archive, { permissions: ["clipboard-read", "clipboard-write"] }, async (page, { to, site }) => {
  await to("/articles/n00001");
  const text = await page.locator(".cite pre").first().innerText();
  await page.locator(".cite [data-copy]").first().click();
  await page.getByRole("status").filter({ hasText: /kopiert/i }).first().waitFor();
  assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim(), text.trim());
  for (const link of await page.locator(".cite a[download]").all()) {
    const answer = await page.request.get(new URL(await link.getAttribute("href"), site).href);
    assert.equal(answer.status(), 200);
  }
});

visit("other prints of a text and similar ones are linked", archive, {}, async (page, { to }) => {
  await to("/articles/hard-copy-1");
  const others = page.locator(".others a");
  assert.ok((await others.count()) >= 4);
  const name = await others.first().innerText();
  await leads(page, () => others.first().click());
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), name);
});

visit("a long text comes in parts, or is still there at once", archive, {}, async (page, { to }) => {
  await to("/articles/hard-long-text?q=Pr%C3%BCfstein");
  assert.ok((await page.locator(".article-text p").count()) > 50);
});

visit("of a text that may not be shown, nothing is shown", archive, {}, async (page, { to }) => {
  await to("/articles/hard-metadata?q=Pr%C3%BCfstein");
  const text = await page.locator("main").innerText();
  assert.ok(!text.includes("verborgenem"), text);
  await page.locator(".article-notice").waitFor();
});

visit("on a phone, lighting up leads to the text and not past it", archive, { viewport: PHONE }, async (page, { to }) => {
  await to("/articles/n00001");
  await page.locator("a.known-name").first().click();
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector(".article .lit").getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
});

visit("the overview says how many articles there are, and each of its bars leads to as many as it says", archive, {}, async (page, { to }) => {
  await to("/overview");
  assert.equal(numberIn(await page.locator("main").getByText(/[\d.]+ Artikel/).first().innerText()), 3027);
  for (const section of ["Herausgeber", "Nachrichtenagenturen", "Nachrichtendienste", "Länder"]) {
    await to("/overview");
    const bar = page.locator("section").filter({ has: page.getByRole("heading", { name: section, exact: true }) }).locator("li").first();
    const promised = numberIn((await bar.innerText()).split("\n").pop());
    await leads(page, () => bar.locator("a").first().click());
    assert.equal(await total(page), promised, section);
  }
});
