// What all scenarios share: two archives that are served, and a browser. Each is started when it is first asked for.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { write } from "../archive/archive.mjs";
import { slowly } from "./pieces.mjs";
import { ROOT, start } from "./server.mjs";

const endings = [];

/** Stops all that was started. */
export async function end() {
  for (const stop of endings.splice(0).reverse()) await stop();
}

const once = (make) => {
  let made;
  return () => (made ??= make());
};

const served = (prepare) =>
  once(async () => {
    const server = await start(prepare);
    endings.push(server.stop);
    return server.address;
  });

/** The address of the five articles of `seeds/`. */
export const seeds = served(() => join(ROOT, "seeds"));

/** The address of the generated archive. */
export const archive = served(async (folder) => {
  const sources = join(folder, "articles");
  await write(sources);
  return sources;
});

/** The address of the generated archive as it comes over a slow network. */
export const slow = once(async () => {
  const pieces = await slowly(await archive());
  endings.push(pieces.stop);
  return pieces.address;
});

/** The browser: what `CHROMIUM` names, else Debian's `chromium` or its like on the path. */
export const browser = once(async () => {
  const running = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? onPath(["chromium", "chromium-browser", "google-chrome"]),
    // Tests run as root in containers, with a small /dev/shm. Nothing is to be fetched but what the tests fetch.
    args: [
      "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
  endings.push(() => running.close());
  return running;
});

function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not there: the next one.
      }
    }
  }
  throw new Error(`no browser: install chromium, or name one in CHROMIUM (looked for ${names.join(", ")} on the path)`);
}
