// Goes from state to state of a page without loading it anew.
//
// Links and forms of a page that lead to the same path with another query are fetched, and the
// parts of the document that differ (`data-part`) are put in place of the old ones. Focus, opened
// details and the scroll position stay, the history works, and the new number of hits is said.
// Whatever fails is left to the browser: it goes to the address as it would without this script.
//
// After each change, the event `shown` tells other scripts. They may also call `go` and `follow`.

let running = null;

/** Shows the page at an address. `options.replace` makes no new entry in the history, `options.keep`
 *  none at all; `options.top` scrolls to the beginning of the content. */
export async function go(address, options = {}) {
  running?.abort();
  const task = (running = new AbortController());
  const slow = setTimeout(() => document.documentElement.setAttribute("data-loading", ""), 150);
  try {
    const response = await fetch(address, { signal: task.signal, headers: { accept: "text/html" } });
    if (!(response.headers.get("content-type") ?? "").startsWith("text/html")) throw new Error(response.status);
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    if (task.signal.aborted) return;
    show(next, address, options);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  } finally {
    clearTimeout(slow);
    if (running === task) document.documentElement.removeAttribute("data-loading");
  }
}

let followed = Promise.resolve();

/** Goes where a control or a link of the page leads. One after the other: who ticks two boxes in a
 *  row means both, so the second goes from where the first has led. That is where the control of the
 *  same id leads then. */
export function follow(control, options) {
  followed = followed.then(() => {
    const now = (control.id && document.getElementById(control.id)) || control;
    return go(now.dataset.href ?? now.getAttribute("href"), options);
  });
}

function show(next, address, { replace = false, keep = false, top = false }) {
  // What the server calls this state; the same state has the same address.
  const here = next.body.dataset.here ?? address;
  replace ||= here === document.body.dataset.here;
  if (!keep && !replace) history.replaceState({ scrolled: scrollY }, "");
  if (!keep) history[replace ? "replaceState" : "pushState"](null, "", here);
  swap(next);
  document.title = next.title;
  for (const link of ["canonical", "alternate"]) {
    const [old, fresh] = [document, next].map((page) => page.head.querySelector(`link[rel="${link}"]`));
    if (old && fresh) old.href = fresh.getAttribute("href");
  }
  const box = document.getElementById("q");
  // Who is typing is not interrupted; who goes back sees what was typed there.
  if (keep || document.activeElement !== box) box.value = next.getElementById("q")?.value ?? "";
  // The browser went to the old place while the page was still the other one, perhaps a shorter one.
  if (keep && history.state?.scrolled !== undefined) scrollTo(0, history.state.scrolled);
  if (top) {
    const content = document.getElementById("content");
    content.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  say(document.querySelector("[data-say]")?.dataset.say ?? document.title);
  document.dispatchEvent(new CustomEvent("shown"));
}

/** Puts the parts of the next page in place of those that differ. */
function swap(next) {
  document.body.dataset.place = next.body.dataset.place;
  document.body.dataset.here = next.body.dataset.here;
  const parts = (page) => new Map([...page.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const [old, fresh] = [parts(document), parts(next)];
  const focused = document.activeElement;
  if ([...old.keys()].join() !== [...fresh.keys()].join()) {
    const [content, other] = [document, next].map((page) => page.getElementById("content"));
    keepOpen(content, other);
    content.replaceWith(document.adoptNode(other));
  }
  for (const [name, part] of parts(document)) {
    const other = fresh.get(name);
    if (!other?.isConnected || part === other) continue;
    if (part.outerHTML === other.outerHTML) {
      // What was ticked and came to nothing is as the server says.
      for (const box of part.querySelectorAll("input[type=checkbox]")) box.checked = box.defaultChecked;
      continue;
    }
    keepOpen(part, other);
    part.replaceWith(document.adoptNode(other));
  }
  if (focused === document.body || focused?.isConnected) return;
  // What had the focus and is gone leaves it to the content that it was part of.
  const again = focused.id && document.getElementById(focused.id);
  (again || document.getElementById("content")).focus({ preventScroll: true });
}

/** What somebody opened or closed stays so. */
function keepOpen(old, fresh) {
  for (const details of old.querySelectorAll("details[id]")) {
    const twin = fresh.querySelector(`#${CSS.escape(details.id)}`);
    if (twin) twin.open = details.open;
  }
}

/** Says something to those who listen. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

/** Whether an address is another state of this page. */
function isState(url) {
  return url.origin === location.origin && url.pathname === location.pathname && !url.hash;
}

/** The address that a form leads to; what is empty is left out. */
export function addressOf(form, submitter) {
  const url = new URL(form.action);
  const data = new FormData(form, submitter);
  url.search = new URLSearchParams([...data].filter(([, value]) => value !== ""));
  return url;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented) return;
  // Links in pictures have other properties than those in texts, but the same attributes.
  if (link.hasAttribute("target") || link.hasAttribute("download") || "reload" in link.dataset) return;
  const url = new URL(link.getAttribute("href"), location.href);
  if (!isState(url)) return;
  event.preventDefault();
  follow(link, { top: link.rel === "next" || "top" in link.dataset });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "get" || !isState(new URL(form.action.split("?")[0]))) return;
  event.preventDefault();
  go(addressOf(form, event.submitter).href);
});

// Controls that act as soon as they are changed: those with an address of their own go there, those
// with `data-send` send their form.
document.addEventListener("change", (event) => {
  const control = event.target;
  if (control.dataset.href) follow(control);
  else if ("send" in control.dataset) control.form?.requestSubmit();
});

let path = location.pathname;
addEventListener("popstate", () => {
  if (location.hash && location.pathname === path) return;
  if (location.pathname === path) go(location.href, { keep: true });
  else location.reload();
  path = location.pathname;
});
