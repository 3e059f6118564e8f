// All values of a facet as a dialog above the search. The page of the facet is fetched, and its form
// is put into the dialog; without this script, its link leads to that page.

import { addressOf, go } from "./navigate.js";

let dialog = null;
/** Path of the facet that is shown. */
let path = "";

function open() {
  if (dialog) return;
  dialog = document.createElement("dialog");
  dialog.className = "values-dialog";
  dialog.setAttribute("aria-labelledby", "values-title");
  dialog.addEventListener("close", () => {
    dialog.remove();
    dialog = null;
  });
  // A click beside the dialog closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
}

async function show(address) {
  const response = await fetch(address, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const form = page.getElementById("values");
  if (!response.ok || !form) return location.assign(address);
  const focused = dialog && document.activeElement?.name === "contains";
  open();
  path = new URL(form.action, location.href).pathname;
  const back = form.querySelector(".all-values-back");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button all-values-back";
  close.textContent = form.dataset.close;
  close.addEventListener("click", () => dialog.close());
  back.replaceWith(close);
  // It is no part of the page below.
  form.removeAttribute("data-part");
  form.removeAttribute("data-say");
  dialog.replaceChildren(document.adoptNode(form));
  if (!dialog.open) dialog.showModal();
  if (focused) document.getElementById("contains").focus();
}

/** The search with what is chosen. */
function applied(form) {
  const url = addressOf(form);
  for (const name of form.dataset.own.split(" ")) url.searchParams.delete(name);
  url.pathname = "/";
  return url.href;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-more]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain) return;
  event.preventDefault();
  show(link.href).catch(() => location.assign(link.href));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id !== "values") return;
  event.preventDefault();
  event.stopPropagation();
  const applies = event.submitter?.name === "apply";
  if (!dialog) {
    const address = applies ? applied(form) : addressOf(form, event.submitter).href;
    return applies ? location.assign(address) : go(address);
  }
  if (!applies) return show(addressOf(form, event.submitter).href).catch(() => form.submit());
  const address = applied(form);
  dialog.close();
  const again = () => document.querySelector(`a[data-more][href^="${CSS.escape(path)}"]`)?.focus();
  document.addEventListener("shown", again, { once: true });
  go(address);
}, { capture: true });

// What is selected is not excluded, and the other way round.
document.addEventListener("change", (event) => {
  const box = event.target;
  const row = box.checked && box.closest?.(".choice-row");
  if (row) for (const other of row.querySelectorAll("input")) if (other !== box) other.checked = false;
});
