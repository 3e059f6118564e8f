// A walk through a page with the Tab key alone.

import assert from "node:assert/strict";
import { focused } from "./look.mjs";

/** From the top of the page until the focus leaves it, or comes round: what it stopped at, each once, all of it visible. */
export async function walk(page, where, { most = 600, key = "Tab" } = {}) {
  const stops = [];
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press(key);
    const stop = await focused(page);
    if (stop === null || (stop.number === 0 && stops.length > 0)) break;
    assert.equal(stop.number, stops.length, `the focus goes back to ${stop.what}, ${where}`);
    assert.ok(stop.drawn, `focus is not visible on ${stop.what}, ${where}`);
    assert.ok(stop.open, `the focus is hidden on ${stop.what}, ${where}`);
    stops.push(stop.what);
  }
  assert.ok(stops.length < most, `the focus never leaves the page, ${where}`);
  assert.ok(stops.length > 0, `nothing can be focused, ${where}`);
  return stops;
}
