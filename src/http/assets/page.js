// The page asks the API and shows what it answers; its state is the address.
"use strict";

const byId = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat("de");
const MISSING = "_missing";

/** An element with text (never markup) and children. */
function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  const { text, ...properties } = options;
  if (text !== undefined) element.textContent = text;
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

const state = () => new URLSearchParams(location.search);

function go(parameters) {
  parameters.delete("cursor");
  history.pushState(null, "", parameters.size ? `?${parameters}` : "/");
  show();
}

/** Without selection: selected; selected: excluded; excluded: free again. */
function turn(facet, id) {
  const parameters = state();
  const values = parameters.getAll(facet);
  parameters.delete(facet);
  const others = values.filter((value) => value !== id && value !== `-${id}`);
  if (values.includes(id)) others.push(`-${id}`);
  else if (!values.includes(`-${id}`)) others.push(id);
  others.forEach((value) => parameters.append(facet, value));
  go(parameters);
}

async function ask(path) {
  const response = await fetch(path);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail || response.statusText);
  return answer;
}

/** A link to the query that may have been meant. */
function corrected(correction, parameters) {
  const other = new URLSearchParams(parameters);
  other.set("q", correction.text);
  other.delete("cursor");
  const link = make("a", { href: `?${other}`, text: correction.text });
  const hits = numbers.format(correction.total_hits);
  return make("li", { text: "Meinten Sie " }, link, `? (${hits} Treffer)`);
}

let newest = 0;

async function show() {
  const turnNumber = ++newest;
  const parameters = state();
  byId("q").value = parameters.get("q") ?? "";
  byId("sort").value = parameters.get("sort") ?? "relevance";
  byId("collapse").checked = parameters.get("collapse") === "true";
  document.title = parameters.get("q") ? `${parameters.get("q")} – Fundstelle` : "Fundstelle";
  try {
    const answer = await ask(`/api/search?${parameters}`);
    if (turnNumber !== newest) return;
    byId("hits").replaceChildren();
    add(answer, parameters);
    facets(answer.facets, parameters);
  } catch (error) {
    if (turnNumber !== newest) return;
    byId("summary").textContent = error.message;
    byId("hits").replaceChildren();
    byId("more").hidden = true;
  }
}

function add(answer, parameters) {
  const count = numbers.format(answer.total_hits);
  const noun = answer.total_hits === 1 ? "Treffer" : "Treffer";
  const copies = answer.total_copies ?? answer.total_hits;
  const texts = copies === answer.total_hits ? "" : ` (${numbers.format(copies)} verschiedene Texte)`;
  byId("summary").textContent = `${count} ${noun}${texts} in ${numbers.format(answer.took_ms)} ms`;
  byId("notices").replaceChildren(
    ...answer.query.did_you_mean.map((correction) => corrected(correction, parameters)),
    ...answer.query.notices.map((notice) => make("li", { text: notice.message })),
    ...answer.query.also_searched.map((also) => {
      const forms = also.forms.map((form) => form.text).join(", ");
      return make("li", { text: `Auch gesucht für ${also.word}: ${forms}` });
    }),
  );
  byId("hits").append(...answer.hits.map(hit));
  const more = byId("more");
  more.hidden = !answer.next_cursor;
  more.onclick = async () => {
    const next = new URLSearchParams(parameters);
    next.set("cursor", answer.next_cursor);
    next.set("facets", "");
    add(await ask(`/api/search?${next}`), parameters);
  };
}

function hit(found) {
  const link = make("a", { text: found.title ?? "(ohne Titel)", href: `#${found.id}` });
  link.onclick = (event) => {
    event.preventDefault();
    article(found.id);
  };
  const names = (role) =>
    found.agencies.filter((a) => a.role === role && a.scope === "text").map((a) => a.name);
  const facts = [
    found.publisher?.name,
    found.date,
    names("cited").length && `zitiert: ${names("cited").join(", ")}`,
    names("credited").length && `Material: ${names("credited").join(", ")}`,
    found.countries.map((country) => country.name).join(", "),
    { snippet: "nur Auszüge", metadata: "ohne Text" }[found.access],
  ];
  return make(
    "li",
    {},
    make("h3", {}, link),
    make("p", { className: "facts", text: facts.filter(Boolean).join(" · ") }),
    ...found.snippets.map((snippet) => make("p", { className: "snippet", innerHTML: snippet.html })),
    ...alsoIn(found.copy),
  );
}

/** Where else the same text stands; nothing if nowhere. */
function alsoIn(copy) {
  if (!copy || copy.size < 2) return [];
  const prints = copy.also_in.flatMap((print, place) => {
    const name = [print.publisher?.name ?? print.title ?? print.id, print.date];
    const link = make("a", { text: name.filter(Boolean).join(", "), href: `#${print.id}` });
    link.onclick = (event) => {
      event.preventDefault();
      article(print.id);
    };
    return place ? ["; ", link] : [link];
  });
  const all = make("a", { text: `alle ${numbers.format(copy.size)} zeigen`, href: `?copy=${encodeURIComponent(copy.id)}` });
  return [make("p", { className: "facts" }, "auch erschienen in ", ...prints, " · ", all)];
}

function facets(all, parameters) {
  const chips = [];
  const list = (facet, values) =>
    make(
      "ul",
      {},
      ...values.map((value) => {
        const box = make("input", { type: "checkbox", checked: value.selected });
        box.indeterminate = Boolean(value.excluded);
        box.onchange = () => turn(facet, value.id);
        const sign = value.excluded ? "nicht " : "";
        if (value.selected || value.excluded) chips.push(chip(facet, value.id, sign + value.name));
        const label = make(
          "label",
          {},
          box,
          make("span", { text: sign + value.name }),
          make("span", { className: "count", text: numbers.format(value.count) }),
        );
        const item = make("li", {}, label);
        if (value.children?.length) item.append(list(facet, value.children));
        return item;
      }),
    );
  const parts = Object.entries(all).flatMap(([facet, counts]) => {
    const values = [...counts.values];
    const chosen = parameters.getAll(facet);
    const missing = {
      id: MISSING,
      name: "(ohne Angabe)",
      count: counts.missing,
      selected: chosen.includes(MISSING),
      excluded: chosen.includes(`-${MISSING}`),
    };
    if (missing.count || missing.selected || missing.excluded) values.push(missing);
    return values.length ? [make("h2", { text: counts.label }), list(facet, values)] : [];
  });
  for (const value of parameters.getAll("copy")) {
    const sign = value.startsWith("-") ? "nicht " : "";
    chips.push(chip("copy", value.replace(/^-/, ""), `${sign}gleicher Text`));
  }
  byId("facets").replaceChildren(...parts);
  byId("chips").replaceChildren(...chips);
}

function chip(facet, id, name) {
  const button = make("button", { type: "button", text: `${name} ✕`, title: "Filter entfernen" });
  button.onclick = () => {
    const parameters = state();
    const others = parameters.getAll(facet).filter((value) => value !== id && value !== `-${id}`);
    parameters.delete(facet);
    others.forEach((value) => parameters.append(facet, value));
    go(parameters);
  };
  return button;
}

async function article(id) {
  const found = await ask(`/api/documents/${encodeURIComponent(id)}`);
  const text = make("div", { className: "text" });
  const bytes = new TextEncoder().encode(found.body);
  const decode = (start, end) => new TextDecoder().decode(bytes.slice(start, end));
  const light = (spans) => {
    const pieces = [];
    let at = 0;
    for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
      if (start < at) continue;
      pieces.push(decode(at, start), make("mark", { className: "proof", text: decode(start, end) }));
      at = end;
    }
    text.replaceChildren(...pieces, decode(at, bytes.length));
    text.querySelector("mark")?.scrollIntoView({ block: "center" });
  };
  light([]);
  if (found.access) text.replaceChildren(make("p", { text: "Der Text ist nicht freigegeben." }));
  const roles = { cited: "zitiert", credited: "Material von", mentioned: "erwähnt" };
  const buttons = found.agencies.map((agency) => {
    const what = agency.scope === "photo" ? "Bild von" : roles[agency.role];
    const button = make("button", { type: "button", text: `${agency.name} (${what})` });
    button.title = agency.evidence.map((e) => `„${e.text}“ – ${e.rule}`).join("\n");
    button.onclick = () =>
      light(agency.evidence.filter((e) => e.field === "body").map((e) => [e.start, e.end]));
    return button;
  });
  const close = make("button", { type: "button", text: "Schließen" });
  const dialog = byId("article");
  close.onclick = () => dialog.close();
  dialog.replaceChildren(
    make("h2", { text: found.title ?? "(ohne Titel)" }),
    make("p", {
      className: "facts",
      text: [found.publisher?.name, found.date, found.source_path].filter(Boolean).join(" · "),
    }),
    ...alsoIn(found.copy),
    make("div", { className: "columns" }, text, make("aside", {}, ...buttons, close)),
  );
  if (!dialog.open) dialog.showModal();
}

byId("form").onsubmit = (event) => {
  event.preventDefault();
  const parameters = state();
  parameters.set("q", byId("q").value);
  parameters.set("sort", byId("sort").value);
  if (byId("collapse").checked) parameters.set("collapse", "true");
  else parameters.delete("collapse");
  go(parameters);
};
byId("collapse").onchange = () => byId("form").requestSubmit();
byId("sort").onchange = () => byId("form").requestSubmit();
addEventListener("popstate", show);
show();
