// Makes the pictures of `docs/screenshots/`, of the generated archive: `npm run screenshots [FOLDER]`.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DESKTOP, PHONE, visiting } from "./support/browsing.mjs";
import { frames } from "./support/look.mjs";
import { small } from "./support/png.mjs";
import { facet, hits, open, shown, value } from "./support/portal.mjs";
import { ROOT } from "./support/server.mjs";
import { archive, end } from "./support/world.mjs";

const HITS = "/?q=Seekabel&agency=intelligence";

/** Opens a kind of agency, so that what stands below it is seen. */
async function opened(page) {
  await open(value(page, "Agenturen", "Nachrichtendienste"));
  await value(page, "Agenturen", "Nachrichtendienste").evaluate((it) => it.closest("fieldset").scrollIntoView());
}

const PICTURES = {
  start: { address: "/" },
  search: { address: HITS },
  facets: { address: "/?q=Seekabel&country=NO", act: opened },
  values: { address: "/?q=Seekabel", act: (page) => facet(page, "Länder").locator("a[data-more]").click() },
  article: { address: HITS, act: lightUp },
  overview: { address: "/overview", viewport: { width: 1280, height: 1000 } },
  dark: { address: "/?q=Hafen&from=2012&to=2018", dark: true },
  phone: { address: HITS, viewport: PHONE, scale: 2 },
};

/** Opens the first hit and has the words light up on which one value rests. */
async function lightUp(page) {
  await hits(page).first().getByRole("heading").getByRole("link").click();
  await page.locator("body[data-place='article']").waitFor();
  await page.locator("a.known-name").first().click();
  await page.locator(".article .lit").first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

async function picture(site, { address, viewport = DESKTOP, act = async () => {}, ...options }) {
  return visiting(site, { viewport, motion: "reduce", ...options }, async (page, to) => {
    await to(address);
    await shown(page);
    await page.waitForLoadState("networkidle");
    await act(page);
    await page.waitForLoadState("networkidle");
    await frames(page);
    return page.screenshot();
  });
}

try {
  const folder = process.argv[2] ?? join(ROOT, "docs/screenshots");
  await mkdir(folder, { recursive: true });
  const site = await archive();
  for (const [name, options] of Object.entries(PICTURES)) {
    const bytes = small(await picture(site, options));
    await writeFile(join(folder, `${name}.png`), bytes);
    console.log(`${name}.png  ${Math.ceil(bytes.length / 1024)} KB`);
  }
} finally {
  await end();
}
