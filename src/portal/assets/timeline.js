// Choosing a time in a chart: by drawing over it, or with the keys.
//
// A chart is an `svg` with `data-chart`, the address of the search at all time. Its columns are
// links with first and last period and the number of articles (`data-from`, `data-to`,
// `data-count`); a link alone works without this script. Numbers shown while choosing are exact: sums
// of columns, and of what lies in the range although it lies in no column (`data-coarser`).

import { go, say } from "./navigate.js";

/** The range that is being chosen: chart, columns, and the first and the last by number. */
let chosen = null;
/** Where the pointer went down, if it is drawing. */
let drawing = null;
/** Whether the next chart gets the focus, since this one had it. */
let refocus = false;

const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const columnsOf = (chart) => [...chart.querySelectorAll("a.chart-bar")];
const chartOf = (target) => target.closest?.("svg[data-chart]");

/** A period as it is said: a year, a month or a day. */
function named(period) {
  const [year, month, day] = period.split("-").map(Number);
  const date = new Date(Date.UTC(2000, (month ?? 1) - 1, day ?? 1));
  date.setUTCFullYear(year);
  if (!month) return String(year);
  const parts = { month: "long", year: "numeric", timeZone: "UTC", ...(day && { day: "numeric" }) };
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, parts).format(date);
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

/** The ends of a choice, in order. */
function ends({ columns, anchor, head }) {
  const [first, last] = anchor < head ? [anchor, head] : [head, anchor];
  return { first, last, from: columns[first].dataset.from, to: columns[last].dataset.to };
}

/** What a choice is, with its exact number of articles. */
function described(choice) {
  const { first, last, from, to } = ends(choice);
  if (first === last) return choice.columns[first].getAttribute("aria-label");
  const texts = choice.chart.closest("[data-bar]").dataset;
  const counts = choice.columns.slice(first, last + 1).map((column) => Number(column.dataset.count));
  const beside = choice.chart.dataset.coarser.split(" ").filter(Boolean).map((text) => text.split("/"));
  for (const [begin, end, count] of beside) {
    // Ends may be years or months: the same letters of the days are compared.
    if (begin.slice(0, from.length) >= from && end.slice(0, to.length) <= to) counts.push(Number(count));
  }
  const sum = counts.reduce((all, one) => all + one, 0);
  const articles = filled(sum === 1 ? texts.one : texts.other, { count: numbers.format(sum) });
  const period = filled(texts.period, { from: named(from), to: named(to) });
  return filled(texts.bar, { period, articles });
}

/** Shows a text above the charts; not said, since it changes with every move. */
function preview(chart, text) {
  const place = chart.closest(".timeline")?.querySelector(".timeline-preview");
  if (place) place.textContent = text;
}

function show(choice) {
  const { first, last } = ends(choice);
  const brush = choice.chart.querySelector(".chart-brush");
  const step = 100 / choice.columns.length;
  brush.setAttribute("x", `${first * step}%`);
  brush.setAttribute("width", `${(last - first + 1) * step}%`);
  brush.setAttribute("visibility", "visible");
  choice.columns.forEach((column, place) => column.classList.toggle("is-chosen", place >= first && place <= last));
  preview(choice.chart, described(choice));
}

function forget() {
  if (!chosen) return;
  chosen.chart.querySelector(".chart-brush").setAttribute("visibility", "hidden");
  chosen.columns.forEach((column) => column.classList.remove("is-chosen"));
  preview(chosen.chart, "");
  chosen = drawing = null;
}

function apply() {
  const { from, to } = ends(chosen);
  const url = new URL(chosen.chart.dataset.chart, location.href);
  url.searchParams.set("from", from);
  url.searchParams.set("to", to);
  forget();
  go(url.href);
}

/** The number of the column at a place from left to right. */
function columnAt(chart, columns, x) {
  const box = chart.getBoundingClientRect();
  const place = Math.floor(((x - box.left) / box.width) * columns.length);
  return Math.min(Math.max(place, 0), columns.length - 1);
}

document.addEventListener("pointerdown", (event) => {
  const chart = chartOf(event.target);
  if (!chart || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const columns = columnsOf(chart);
  if (!columns.length) return;
  forget();
  const anchor = columnAt(chart, columns, event.clientX);
  drawing = { pointer: event.pointerId, x: event.clientX, moved: false };
  chosen = { chart, columns, anchor, head: anchor };
});

document.addEventListener("pointermove", (event) => {
  if (!drawing || event.pointerId !== drawing.pointer) {
    const bar = event.pointerType === "mouse" && event.target.closest?.(".chart-bar, .chart-band");
    if (bar && !chosen) preview(bar, bar.getAttribute("aria-label"));
    return;
  }
  if (!drawing.moved && Math.abs(event.clientX - drawing.x) < 5) return;
  if (!drawing.moved) chosen.chart.setPointerCapture(event.pointerId);
  drawing.moved = true;
  chosen.head = columnAt(chosen.chart, chosen.columns, event.clientX);
  show(chosen);
});

document.addEventListener("pointerup", (event) => {
  if (!drawing || event.pointerId !== drawing.pointer) return;
  const { moved } = drawing;
  drawing = null;
  if (!moved) {
    // A press without a move is a click on the link.
    chosen = null;
    return;
  }
  const { chart } = chosen;
  chart.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => chart.removeEventListener("click", stop, { capture: true }));
  say(described(chosen));
  apply();
});

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("pointercancel", forget);
// Links are not dragged away while a range is drawn.
document.addEventListener("dragstart", (event) => chartOf(event.target) && event.preventDefault());
document.addEventListener("pointerout", (event) => {
  const chart = !chosen && chartOf(event.target);
  if (chart && !chart.contains(event.relatedTarget)) preview(chart, "");
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen) {
    event.preventDefault();
    return forget();
  }
  const column = event.target.closest?.("svg[data-chart] a.chart-bar");
  if (!column || event.ctrlKey || event.metaKey || event.altKey) return;
  const chart = chartOf(column);
  const columns = columnsOf(chart);
  const place = columns.indexOf(column);
  const steps = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: columns.length - 1 };
  steps.PageUp = place - 10;
  steps.PageDown = place + 10;
  if (event.key in steps) {
    event.preventDefault();
    const next = Math.min(Math.max(steps[event.key], 0), columns.length - 1);
    if (event.shiftKey) {
      chosen = chosen?.chart === chart ? { ...chosen, head: next } : { chart, columns, anchor: place, head: next };
      show(chosen);
      say(described(chosen));
    } else {
      forget();
      preview(chart, columns[next].getAttribute("aria-label"));
    }
    walk(columns, next);
  } else if (event.key === "Enter") {
    refocus = true;
    if (!chosen || chosen.anchor === chosen.head) return;
    event.preventDefault();
    apply();
  }
});

/** Of all columns, one is reached by the tab key. */
function walk(columns, place) {
  columns.forEach((column, number) => column.setAttribute("tabindex", number === place ? "0" : "-1"));
  columns[place].focus();
}

document.addEventListener("focusin", (event) => {
  const column = event.target.closest?.("svg[data-chart] a.chart-bar");
  if (column?.matches(":focus-visible") && !chosen) preview(column, column.getAttribute("aria-label"));
});

/** Says once how the keys work, and puts the focus into the chart that came for another. */
function prepare() {
  for (const chart of document.querySelectorAll("svg[data-chart]")) {
    chart.setAttribute("aria-description", chart.closest("[data-keys]")?.dataset.keys ?? "");
  }
  if (refocus) document.querySelector("svg[data-chart] a.chart-bar")?.focus();
  refocus = false;
}

document.addEventListener("shown", () => {
  chosen = drawing = null;
  prepare();
});
prepare();
