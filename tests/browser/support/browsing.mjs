// A visit to a served archive, with its own cookies, storage and history. Whatever a page must never do fails the visit:
// errors on the console, breaches of the Content-Security-Policy, dialogs, requests to other origins.

import assert from "node:assert/strict";
import { browser } from "./world.mjs";

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** Longer than anything takes, also where many share two cores. */
export const PATIENCE = 20_000;

/**
 * Visits `address` and gives what `go(page, to)` gives; `to(path)` opens a path of the site.
 *
 * `options`: `viewport`, `scale`, `dark`, `script` (false: without), `language` (of the browser), `touch`, `motion`,
 * `permissions`, `fails` (statuses that are expected).
 */
export async function visiting(address, options, go) {
  const { viewport = DESKTOP, dark = false, script = true, language = "de-DE", fails = [], motion = "no-preference" } = options;
  const context = await (await browser()).newContext({
    viewport,
    deviceScaleFactor: options.scale ?? 1,
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
    locale: language,
    reducedMotion: motion,
    hasTouch: options.touch ?? false,
    permissions: options.permissions ?? [],
  });
  try {
    context.setDefaultTimeout(PATIENCE);
    const complaints = [];
    const page = await context.newPage();
    await watch(page, address, fails, complaints);
    const answer = await go(page, (path) => page.goto(address + path, { waitUntil: "load" }));
    assert.deepEqual(complaints, [], "a page did what it must never do");
    return answer;
  } finally {
    await context.close();
  }
}

async function watch(page, address, fails, complaints) {
  const expected = (text) => fails.some((status) => text.includes(`status of ${status}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !expected(message.text())) {
      complaints.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.stack ?? error}`));
  page.on("dialog", async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("popup", (popup) => complaints.push(`window: ${popup.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${address}/`) && !url.startsWith("data:")) complaints.push(`request to another origin: ${url}`);
  });
  await page.exposeBinding("reportBreach", (_, breach) => complaints.push(`policy: ${breach}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.reportBreach(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) continue;
        const what = entry.sources.map(({ node }) => node?.nodeType === 1 ? `${node.tagName}.${node.className}` : String(node?.nodeName));
        window.shifts.push({ value: entry.value, what });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}
