// The page of an article: lights up evidence, goes from match to match, copies citations.
//
// Evidence links lead to the same page with a value chosen; here the passages light up at once, and
// nothing is fetched. What is not on this page (another part of a long text) is left to the link.

import { say } from "./navigate.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function bringIntoView(element) {
  element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
}

/** Lights up everything that is evidence of the value with that number; of no value, without one. */
function light(number) {
  const article = document.querySelector(".article-page");
  for (const piece of article.querySelectorAll(".lit, .near")) piece.classList.remove("lit", "near");
  for (const value of article.querySelectorAll("[data-value]")) {
    const isLit = value.dataset.value === number;
    value.classList.toggle("is-lit", isLit);
    value.querySelector(".known-name")[isLit ? "setAttribute" : "removeAttribute"]("aria-current", "true");
  }
  article.querySelector(".unlight").hidden = !number;
  if (!number) return;
  for (const piece of article.querySelectorAll(`[data-values~="${number}"]`)) piece.classList.add("lit");
  for (const piece of article.querySelectorAll(`[data-sentences~="${number}"]`)) piece.classList.add("near");
}

/** The element that a link within the page leads to. */
function targetOf(link) {
  return link.hash.length > 1 ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
}

function follow(event, link) {
  const target = targetOf(link);
  if (!target) return;
  event.preventDefault();
  light(link.dataset.light);
  history.replaceState(null, "", link.href);
  // Its own evidence opens with a value.
  const proofs = link.closest(".known-head")?.parentElement.querySelector("details");
  if (proofs) proofs.open = true;
  bringIntoView(target);
  say(link.dataset.lit);
}

function unlight(event, link) {
  event.preventDefault();
  light(null);
  history.replaceState(null, "", link.href);
  say("");
}

let at = 0;

/** Goes to the match so many places on. */
function step(nav, by) {
  const matches = [...document.querySelectorAll("[id^='match-']")];
  if (matches.length === 0) return;
  document.querySelector(".is-at")?.classList.remove("is-at");
  at = at === 0 && by < 0 ? matches.length : ((at - 1 + by + matches.length) % matches.length) + 1;
  const match = matches[at - 1];
  match.classList.add("is-at");
  bringIntoView(match);
  const text = nav.dataset.one.replace("{number}", match.id.slice("match-".length));
  nav.querySelector(".matches-number").textContent = text;
  say(text);
}

/** Copies the text of an element; where that is not allowed, it is selected. */
async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    getSelection().selectAllChildren(source);
    return;
  }
  const label = button.firstChild;
  const text = label.textContent;
  label.textContent = button.dataset.copied;
  say(button.dataset.copied);
  setTimeout(() => (label.textContent = text), 2000);
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const find = (selector) => event.target.closest?.(selector);
  const link = find("a[data-light]");
  const off = find(".unlight a");
  const stepper = find("[data-step]");
  const copier = find("[data-copy]");
  if (link) follow(event, link);
  else if (off) unlight(event, off);
  else if (stepper) step(stepper.closest(".matches"), Number(stepper.dataset.step));
  else if (copier) copy(copier);
}, { capture: true });

document.addEventListener("shown", () => (at = 0));
