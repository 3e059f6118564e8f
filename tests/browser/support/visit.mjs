// Tests that visit a served archive.

import { after, test } from "node:test";
import { PATIENCE, visiting } from "./browsing.mjs";
import { end } from "./world.mjs";

export { DESKTOP, PATIENCE, PHONE, visiting } from "./browsing.mjs";

after(end);

/** A test that visits what `site` serves; `go(page, { to, site })` as in `visiting`. */
export function visit(name, site, options, go) {
  test(name, { timeout: 6 * PATIENCE }, async () => {
    const address = await site();
    await visiting(address, options, (page, to) => go(page, { to, site: address }));
  });
}
