// What can be measured of a page as it is shown.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Whatever axe-core finds: nothing. `rules` limits it to some. */
export async function accessible(page, where, rules = null) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const only = rules ? { type: "rule", values: rules } : { type: "tag", values: RULES };
  const violations = await page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => ({
      rule: `${id}: ${help}`,
      nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 200)} | ${failureSummary.split("\n")[1]}`),
    }));
  }, only);
  assert.deepEqual(violations, [], `axe-core, ${where}`);
}

/** Nothing sticks out of the page to the right, so nothing scrolls sideways. */
export async function fits(page, where) {
  const found = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return null;
    const out = [...document.body.querySelectorAll("*")].filter((it) => it.getBoundingClientRect().right > clientWidth + 1);
    return { scrollWidth, clientWidth, out: out.slice(0, 8).map((it) => `${it.tagName}.${it.className?.baseVal ?? it.className} ${it.textContent.trim().slice(0, 40)}`) };
  });
  assert.equal(found, null, `scrolls sideways, ${where}: ${JSON.stringify(found)}`);
}

/** Waits until what was done is drawn: moves of the pointer and shifts are told once a frame. */
export function frames(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Nothing moved without anybody having touched anything. */
export async function still(page, where) {
  await frames(page);
  assert.deepEqual(await page.evaluate(() => window.shifts), [], `layout shifts, ${where}`);
}

/** What has the focus: a description, whether that is visible, and where it stands. */
export function focused(page) {
  return page.evaluate(() => {
    const it = document.activeElement;
    if (!it || it === document.body || it === document.documentElement) return null;
    const box = it.getBoundingClientRect();
    const style = getComputedStyle(it);
    // Of a link in a picture, a shape within it is drawn round.
    const stroked = [...it.querySelectorAll(":scope > *")].some((shape) => getComputedStyle(shape).stroke !== "none");
    const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none" || stroked;
    // Who walks by keyboard must see where they are: at least some of the element lies open.
    const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
    const open = points.some(([x, y]) => {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return top !== null && (it.contains(top) || top.contains(it) || it.labels?.[0]?.contains(top));
    });
    window.stops ??= new Map();
    if (!window.stops.has(it)) window.stops.set(it, window.stops.size);
    const name = it.getAttribute("aria-label") ?? it.innerText ?? it.textContent ?? it.name ?? "";
    return { number: window.stops.get(it), what: `${it.tagName.toLowerCase()} ${name.trim().slice(0, 60)}`, drawn, open };
  });
}
