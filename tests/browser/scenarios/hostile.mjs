// Articles, queries and addresses are hostile input: whatever they say stays text.

import assert from "node:assert/strict";
import { HOSTILE, SECRET } from "../archive/hard.mjs";
import { visit } from "../support/visit.mjs";
import { archive } from "../support/world.mjs";

const q = encodeURIComponent;
const everywhere = Object.values(HOSTILE).map(q).join("+");

const PAGES = {
  "the hits": "/?q=Pr%C3%BCfstein&limit=100",
  "one article": "/articles/hard-script?q=Pr%C3%BCfstein",
  "one article with an address that is a script": "/articles/hard-script-publisher",
  "one article with templates": "/articles/hard-template",
  "the values of a facet": "/facets/publisher?q=Pr%C3%BCfstein",
  "the overview": "/overview",
  "a hostile query": `/?q=${everywhere}`,
  "a hostile value that is there": `/?publisher=${q(HOSTILE.script)}`,
  "a hostile value to exclude": `/?q=Hafen&publisher=-${q(HOSTILE.script)}`,
  "a hostile query on the values of a facet": `/facets/publisher?q=${q(HOSTILE.breakout)}&contains=${q(HOSTILE.breakout)}`,
};

for (const [name, address] of Object.entries(PAGES)) {
  visit(`what ${name} say with script tags stays text`.replace("say", "says"), archive, {}, async (page, { to }) => {
    const answer = await to(address);
    assert.equal(answer.status(), 200);
    await harmless(page);
  });
}

visit("hostile values of parameters lead to pages that say so", archive, { fails: [400, 404] }, async (page, { to }) => {
  for (const address of [
    `/?from=${q(HOSTILE.script)}`, `/?sort=${q(HOSTILE.breakout)}`, `/?cursor=${q(HOSTILE.image)}`, `/articles/${q(HOSTILE.script)}`,
    `/facets/${q(HOSTILE.image)}`, `/?lang=${q(HOSTILE.breakout)}`, `/articles/hard-script?q=${everywhere}&evidence=${q(HOSTILE.script)}`,
  ]) {
    const answer = await to(address);
    assert.ok(answer.status() < 500, `${address}: ${answer.status()}`);
    assert.match(answer.headers()["content-type"], /^text\/html/, address);
    await harmless(page);
  }
});

visit("a title with script tags is shown as it was written", archive, {}, async (page, { to }) => {
  await to("/articles/hard-script");
  await page.getByRole("heading", { level: 1 }).getByText(HOSTILE.script).waitFor();
  await to("/?q=Pr%C3%BCfstein&limit=100");
  await page.getByRole("heading").getByText(HOSTILE.script).first().waitFor();
});

visit("entities in what was read are not read a second time", archive, {}, async (page, { to }) => {
  await to("/articles/hard-entities");
  await page.getByRole("heading", { level: 1 }).getByText("&lt;GmbH&gt;").waitFor();
});

visit("nothing on any page tells of an article under embargo", archive, { fails: [403] }, async (page, { to }) => {
  for (const address of ["/?q=Pr%C3%BCfstein&limit=100", "/facets/publisher?contains=Sperr", "/overview", "/articles/hard-undated"]) {
    await to(address);
    // What was typed stands in the box; that is no secret.
    const text = await page.evaluate(() => document.documentElement.textContent);
    assert.ok(!text.includes(SECRET), address);
  }
  const answer = await to("/articles/hard-embargo");
  assert.equal(answer.status(), 403);
  assert.ok(!(await page.content()).includes(SECRET));
});

async function harmless(page) {
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll("*")];
    return {
      struck: window.struck ?? null,
      handlers: all.filter((it) => it.getAttributeNames().some((name) => name.startsWith("on"))).map((it) => it.outerHTML),
      links: all.filter((it) => /^\s*javascript:/i.test(it.getAttribute("href") ?? it.getAttribute("src") ?? "")).map((it) => it.outerHTML),
      // Scripts and pictures are files of our own; nothing stands in the page itself.
      elements: all.filter((it) => it.matches("script:not([src^='/assets/']), img:not([src^='/assets/']), iframe, object, embed, style")
        && !it.matches("script[type='application/ld+json']")).map((it) => it.outerHTML),
    };
  });
  assert.deepEqual(found, { struck: null, handlers: [], links: [], elements: [] });
}
