// On paper: the text and what is known of it, and nothing that wants to be clicked.

import assert from "node:assert/strict";
import { hits } from "../support/portal.mjs";
import { PAGES } from "../support/pages.mjs";
import { visit } from "../support/visit.mjs";
import { archive } from "../support/world.mjs";

for (const name of ["hits", "an article", "an article with many facts", "the overview"]) {
  visit(`${name} can be printed, without controls`, archive, { dark: true }, async (page, { to }) => {
    await to(PAGES[name]);
    await page.emulateMedia({ media: "print" });
    const seen = await page.evaluate(() => {
      const visible = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && it.getBoundingClientRect().width > 1;
      return [...document.querySelectorAll("button, input, select, textarea, form, nav, dialog")].filter(visible).map((it) => it.outerHTML.slice(0, 120));
    });
    assert.deepEqual(seen, []);
    // Paper is white, also for those who read in the dark.
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    assert.ok((await page.pdf({ format: "A4" })).length > 5_000);
  });
}

visit("the text of an article is on the paper, and the words of the hits are", archive, {}, async (page, { to }) => {
  await to("/articles/hard-undated");
  await page.emulateMedia({ media: "print" });
  await page.getByText("Dieser Prüfstein liegt seit Jahren am Kai.").first().waitFor();
  await to("/?q=Hafen");
  assert.ok(await hits(page).first().isVisible());
});
