// Excludes a value with the Alt key, as the control beside it does.

import { follow } from "./navigate.js";

document.addEventListener("click", (event) => {
  if (!event.altKey) return;
  const label = event.target.closest?.(".value label");
  const exclude = label?.parentElement.querySelector(":scope > .exclude");
  if (!exclude) return;
  event.preventDefault();
  follow(exclude);
});
