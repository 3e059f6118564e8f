// Light and fast: what the first view costs, and when an answer stands there.

import assert from "node:assert/strict";
import { still } from "../support/look.mjs";
import { PHONE, visit } from "../support/visit.mjs";
import { median, times, weighing } from "../support/weight.mjs";
import { archive, seeds } from "../support/world.mjs";

const MOST_BYTES = 50 * 1024;
const MOST_MILLISECONDS = 100;

const FIRST_VIEWS = {
  "/": "the start", "/?q=Hafen": "hits", "/facets/publisher": "the values of a facet", "/articles/n00007?q=Hafen": "an article",
  "/overview": "the overview",
};

for (const [address, name] of Object.entries(FIRST_VIEWS)) {
  visit(`the first view of ${name} comes in under 50 KB, with its styles and scripts`, archive, {}, async (page, { to }) => {
    const loaded = await weighing(page);
    await to(address);
    await page.waitForLoadState("networkidle");
    const loads = loaded();
    const sum = loads.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(sum > 0 && sum < MOST_BYTES, `${sum} bytes: ${JSON.stringify(loads)}`);
  });

  for (const [width, viewport] of Object.entries({ wide: { width: 1280, height: 900 }, narrow: PHONE })) {
    visit(`nothing moves while ${name} loads, on a ${width} screen`, archive, { viewport }, async (page, { to }) => {
      await to(address);
      await page.waitForLoadState("networkidle");
      await still(page, name);
    });
  }
}

visit("an answer is shown within 100 ms on the seeds", seeds, {}, async (page, { to }) => {
  const measured = [];
  for (let round = 0; round < 9; round += 1) {
    await to(`/?q=Kursk+Verluste&limit=${10 + round}`);
    measured.push(await times(page));
  }
  const answer = median(measured.map(({ answer }) => answer));
  assert.ok(answer < MOST_MILLISECONDS, `the answer took ${answer} ms`);
});
