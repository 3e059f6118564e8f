// Suggestions while somebody types: a combobox with a list, as the ARIA practices describe it.
//
// The list is a piece of a page that the server writes, for the state that the search form would
// send. Without this script, the box is a plain search box.

import { addressOf, go, say } from "./navigate.js";

/** How long nothing must have been typed, in milliseconds. */
const PAUSE = 120;

const box = document.getElementById("q");
const list = document.getElementById("suggestions");

let timer = 0;
let running = null;
/** The choice that the keys are at, by number; -1 is the box itself. */
let active = -1;

const choices = () => [...list.querySelectorAll("[role=option]")];
const isOpen = () => !list.hidden;

function close() {
  clearTimeout(timer);
  running?.abort();
  list.hidden = true;
  active = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function mark(number) {
  const all = choices();
  active = number;
  all.forEach((choice, place) => choice.setAttribute("aria-selected", String(place === number)));
  if (number < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", all[number].id);
  all[number].scrollIntoView({ block: "nearest" });
}

function take(choice) {
  const url = new URL(choice.dataset.href, location.href);
  close();
  if (url.pathname !== location.pathname) return location.assign(url);
  box.value = choice.dataset.query;
  go(url.href);
}

async function suggest() {
  running?.abort();
  if (!box.value.trim()) return close();
  const task = (running = new AbortController());
  const url = addressOf(box.form);
  url.pathname = list.dataset.source;
  url.searchParams.delete("cursor");
  try {
    const response = await fetch(url, { signal: task.signal, headers: { accept: "text/html" } });
    const text = await response.text();
    // A late answer, or one to somebody who went on, is none.
    if (task.signal.aborted || document.activeElement !== box) return;
    if (!response.ok) return close();
    show(new DOMParser().parseFromString(text, "text/html"));
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

function show(page) {
  const groups = [...page.querySelectorAll("[role=group]")].map((group) => document.adoptNode(group));
  list.replaceChildren(...groups);
  choices().forEach((choice, number) => (choice.id = `suggestion-${number}`));
  list.hidden = !groups.length;
  box.setAttribute("aria-expanded", String(isOpen()));
  mark(-1);
  const found = page.querySelector("[data-found]")?.dataset.found;
  if (isOpen() && found) say(found);
}

function press(event) {
  // Keys that a person composes a letter with are none of ours.
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const last = choices().length - 1;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!isOpen()) {
      if (event.key === "ArrowDown") suggest();
      return;
    }
    event.preventDefault();
    if (event.key === "ArrowDown") mark(active === last ? -1 : active + 1);
    else mark(active === -1 ? last : active - 1);
  } else if (event.key === "Enter" && isOpen() && active >= 0) {
    event.preventDefault();
    take(choices()[active]);
  } else if (event.key === "Escape" && isOpen()) {
    // What was typed stays.
    event.preventDefault();
    close();
  } else if (event.key === "Tab") {
    close();
  }
}

if (box && list) {
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(suggest, PAUSE);
  });
  box.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  });
  box.addEventListener("keydown", press);
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  document.addEventListener("shown", close);
  // The box keeps the focus while somebody clicks in the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const choice = event.target.closest("[role=option]");
    if (choice) take(choice);
  });
}
