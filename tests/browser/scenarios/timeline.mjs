// Time: a range is chosen by drawing over the columns, with the keys, by typing, or by a click on one column.

import assert from "node:assert/strict";
import { chips, leads, numberIn, part, total } from "../support/portal.mjs";
import { frames } from "../support/look.mjs";
import { PHONE, visit } from "../support/visit.mjs";
import { archive, seeds } from "../support/world.mjs";

const columns = (page) => part(page, "timeline").locator("svg[data-chart] a.chart-bar");
const counts = (page, from, to) =>
  columns(page).evaluateAll((all, [from, to]) => all.slice(from, to + 1).reduce((sum, it) => sum + Number(it.dataset.count), 0), [from, to]);
const preview = (page) => page.locator(".timeline-preview");
const parameter = (page, name) => new URL(page.url()).searchParams.get(name);

/** The number of articles in a text such as "2012 bis 2014: 34 Artikel": the last one. */
const promised = (text) => numberIn(text.split(":").pop());

/** Draws from the middle of one column to the middle of another. */
async function draw(page, from, to) {
  const boxes = [await columns(page).nth(from).locator(".chart-place").boundingBox(), await columns(page).nth(to).locator(".chart-place").boundingBox()];
  const [start, end] = boxes.map(({ x, y, width, height }) => [x + width / 2, y + height / 2]);
  await page.mouse.move(...start);
  await page.mouse.down();
  await page.mouse.move((start[0] + end[0]) / 2, start[1], { steps: 4 });
  await page.mouse.move(...end, { steps: 4 });
}

visit("drawing over columns says their number first, and shows these hits then", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  await draw(page, 4, 8);
  const said = promised(await preview(page).innerText());
  assert.ok(said >= (await counts(page, 4, 8)));
  await leads(page, () => page.mouse.up());
  assert.equal(await total(page), said);
  assert.equal(parameter(page, "from"), "2010");
  assert.equal(parameter(page, "to"), "2014");
  assert.equal(await page.locator("#from").inputValue(), "2010");
  assert.equal(await chips(page).count(), 1);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("#from").value === "");
});

visit("Escape while drawing leaves everything as it is", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  const [sum, here] = [await total(page), page.url()];
  await draw(page, 2, 6);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  assert.equal(page.url(), here);
  assert.equal(await total(page), sum);
});

visit("the keys walk over the columns, draw a range, and set it", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  await columns(page).first().focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"]) await page.keyboard.press(key);
  const said = promised(await preview(page).innerText());
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(parameter(page, "from"), "2009");
  assert.equal(parameter(page, "to"), "2011");
  assert.equal(await total(page), said);
  // The focus goes on in the chart that came.
  assert.ok(await page.evaluate(() => document.activeElement.matches("svg[data-chart] a.chart-bar")));
});

visit("one column after the other leads from years to days, each with as many hits as it says, and a path leads back", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  for (const shape of [/^\d{4}$/, /^\d{4}-\d{2}(-\d{2})?$/, /^\d{4}-\d{2}-\d{2}$/]) {
    const column = page.locator("svg[data-chart]").first().locator("a.chart-bar:not([data-count='0'])").last();
    const name = await column.getAttribute("aria-label");
    const box = await column.locator(".chart-column").boundingBox();
    await leads(page, () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
    assert.equal(await total(page), promised(name), name);
    assert.match(parameter(page, "from"), shape);
  }
  await leads(page, () => part(page, "timeline").locator(".timeline-path a").first().click());
  assert.equal(parameter(page, "from"), null);
});

visit("typed ends set the range; what is no date is named beside the field", archive, { fails: [400] }, async (page, { to }) => {
  await to("/?q=Hafen");
  await page.locator("#from").fill("2012-03");
  await page.locator("#to").fill("2013");
  await leads(page, () => page.locator("#to").press("Enter"));
  assert.equal(parameter(page, "from"), "2012-03");
  const narrowed = await total(page);
  assert.ok(narrowed > 0);
  await page.locator("#from").fill("gestern");
  await page.locator("#from").press("Enter");
  await page.locator("#from[aria-invalid='true']").waitFor();
  await page.getByRole("alert").filter({ hasText: "gestern" }).waitFor();
});

visit("all of the result is somewhere: in columns, in bands of what is known less precisely, or without a date", archive, {}, async (page, { to }) => {
  await to("/?q=Pr%C3%BCfstein");
  const sum = await total(page);
  const [shown] = await page.locator("svg[data-chart]").evaluateAll((charts) =>
    charts.map((chart) => [...chart.querySelectorAll("a.chart-bar")].reduce((all, it) => all + Number(it.dataset.count), 0)));
  const beside = await part(page, "timeline").locator(".timeline-beside a").allInnerTexts();
  assert.equal(shown + beside.map(promised).reduce((all, one) => all + one, 0), sum, beside.join("; "));
  const undated = part(page, "timeline").locator(".timeline-beside a").filter({ hasText: "ohne Datum" });
  const said = promised(await undated.innerText());
  await leads(page, () => undated.click());
  assert.equal(await total(page), said);
});

visit("the same numbers stand in a table", archive, {}, async (page, { to }) => {
  await to("/?q=Hafen");
  await part(page, "timeline").locator("details summary").click();
  const rows = await part(page, "timeline").locator("tbody tr").allInnerTexts();
  const bars = await columns(page).evaluateAll((all) => all.map((it) => Number(it.dataset.count)));
  assert.deepEqual(rows.slice(0, bars.length).map((row) => numberIn(row.split("\t").pop())), bars);
});

visit("fingers draw a range, too", archive, { viewport: PHONE, touch: true }, async (page, { to }) => {
  await to("/?q=Hafen");
  const chart = page.locator("svg[data-chart]");
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await chart.boundingBox();
  const session = await page.context().newCDPSession(page);
  const touch = (type, at) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: at === null ? [] : [{ x: x + width * at, y: y + height / 2 }] });
  await touch("touchStart", 0.3);
  for (const at of [0.35, 0.4, 0.5, 0.6]) await touch("touchMove", at);
  await frames(page);
  const said = promised(await preview(page).innerText());
  await leads(page, () => touch("touchEnd", null));
  assert.equal(await total(page), said);
});

visit("an archive of a few days has a chart, too", seeds, {}, async (page, { to }) => {
  await to("/?q=Kursk");
  assert.ok((await columns(page).count()) > 0);
});
