// Makes the pictures of `docs/screenshots/`, of the generated archive: `npm run screenshots [FOLDER]`.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DESKTOP, PHONE, visiting } from "./support/browsing.mjs";
import { small } from "./support/png.mjs";
import { shown } from "./support/portal.mjs";
import { ROOT } from "./support/server.mjs";
import { archive, end } from "./support/world.mjs";

const HITS = "/?q=Seekabel&agency=no-pst";
const ARTICLE = "/articles/n00007?q=Hafen";

const PICTURES = {
  start: { address: "/" },
  search: { address: HITS },
  facets: { address: "/facets/publisher?q=Seekabel" },
  article: { address: ARTICLE },
  overview: { address: "/overview", viewport: { width: 1280, height: 1100 } },
  dark: { address: HITS, dark: true },
  phone: { address: HITS, viewport: PHONE, scale: 2 },
};

async function picture(site, { address, viewport = DESKTOP, act = async () => {}, ...options }) {
  return visiting(site, { viewport, motion: "reduce", ...options }, async (page, to) => {
    await to(address);
    await shown(page);
    await page.waitForLoadState("networkidle");
    await act(page);
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
