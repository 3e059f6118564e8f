// What ready-made widgets show of an archive, and that their counts are what a click leads to.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { instantMeiliSearch } from "@meilisearch/instant-meilisearch";
import { Meilisearch } from "meilisearch";
import {
  connectHierarchicalMenu, connectHits, connectInfiniteHits, connectPagination, connectRange,
  connectRefinementList, connectSearchBox, connectSortBy, connectStats,
} from "instantsearch.js/es/connectors/index.js";
import { articles } from "./articles.mjs";
import { start } from "./server.mjs";
import { page } from "./widgets.mjs";

const DPA = "Deutsche Presse-Agentur";
const TAZ = "Die Tageszeitung (taz)";

let server;
before(async () => { server = await start(articles); });
after(() => server.stop());

const counts = (items) => Object.fromEntries(items.map(({ value, count }) => [value, count]));
const ids = (hits) => hits.items.map(({ id }) => id);

async function shown(widgets, options, check) {
  const running = await page(server.address, widgets, options);
  try {
    await check(running);
  } finally {
    running.stop();
  }
}

test("hits come with words found highlighted, and text stays text", async () => {
  const widgets = { hits: [connectHits], box: [connectSearchBox], stats: [connectStats] };
  await shown(widgets, {}, async ({ state, change }) => {
    assert.equal(state.stats.nbHits, 10);
    await change(({ box }) => box.refine("Hafen"));
    assert.equal(state.stats.nbHits, 9);
    const hit = state.hits.items.find(({ id }) => id === "g");
    assert.equal(hit.objectID, "g");
    assert.equal(hit._highlightResult.title.value, "<mark>Hafen</mark> gesperrt");
    assert.match(hit._snippetResult.body.value, /^Der <mark>Hafen<\/mark> ist gesperrt/);
    assert.equal(hit.publisher.name, TAZ);
    // Within a compound, only the part that was found.
    const part = state.hits.items.find(({ id }) => id === "h");
    assert.match(part._snippetResult.body.value, /<mark>Hafen<\/mark>umschlag/);
    await change(({ box }) => box.refine("Möwen"));
    assert.equal(state.hits.items[0]._highlightResult.title.value, "<mark>Möwen</mark> &amp; &lt;Meer&gt;");
  });
});

test("a facet with several values selected counts as if none of its own were", async () => {
  const widgets = {
    agency: [connectRefinementList, { attribute: "agency", operator: "or", limit: 20 }],
    publisher: [connectRefinementList, { attribute: "publisher", operator: "or" }],
    hits: [connectHits],
    stats: [connectStats],
  };
  await shown(widgets, {}, async ({ state, change }) => {
    const before = counts(state.agency.items);
    assert.equal(before[DPA], 6);
    assert.equal(before.Reuters, 2);
    for (const value of [DPA, "Reuters"]) {
      await change(({ agency }) => agency.refine(value));
      assert.deepEqual(counts(state.agency.items), before);
    }
    assert.deepEqual(ids(state.hits).sort(), ["a", "b", "c", "g", "h", "i", "j"]);
    assert.equal(counts(state.publisher.items)[TAZ], 6);
    // Each count is what a click on it leads to.
    for (const { value, count } of state.publisher.items) {
      await change(({ publisher }) => publisher.refine(value));
      assert.equal(state.stats.nbHits, count, value);
      await change(({ publisher }) => publisher.refine(value));
    }
  });
});

test("values that must all be there narrow the counts of their own facet", async () => {
  const widgets = {
    agency: [connectRefinementList, { attribute: "agency", operator: "and", limit: 20 }],
    hits: [connectHits],
  };
  await shown(widgets, {}, async ({ state, change }) => {
    await change(({ agency }) => agency.refine(DPA));
    assert.equal(state.agency.items.find(({ isRefined }) => isRefined).count, 6);
    assert.equal(counts(state.agency.items).Reuters, 1);
    await change(({ agency }) => agency.refine("Reuters"));
    assert.deepEqual(ids(state.hits), ["b"]);
  });
});

test("values of a facet are searched", async () => {
  const widgets = {
    country: [connectRefinementList, { attribute: "country", operator: "or" }],
    hits: [connectHits],
  };
  await shown(widgets, {}, async ({ state }) => {
    assert.equal(state.country.items.length, 5);
    state.country.searchForItems("mark");
    for (let tries = 0; tries < 100 && state.country.items.length !== 1; tries += 1) {
      await new Promise((done) => setTimeout(done, 20));
    }
    assert.deepEqual(counts(state.country.items), { Dänemark: 2 });
  });
});

test("a value can be excluded", async () => {
  const { searchClient } = instantMeiliSearch(server.address, "", { finitePagination: true });
  const { results: [result] } = await searchClient.search([
    { indexName: "articles", params: { facetFilters: [["publisher:-taz"]], facets: ["publisher"], query: "" } },
  ]);
  assert.equal(result.nbHits, 4);
  assert.deepEqual(result.facets.publisher, { "Die Zeit": 2, "n-tv": 2 });
});

test("menus go down into dates and kinds of agencies", async () => {
  const widgets = {
    date: [connectHierarchicalMenu, { attributes: ["date.lvl0", "date.lvl1", "date.lvl2"] }],
    agency: [connectHierarchicalMenu, { attributes: ["agency.lvl0", "agency.lvl1"] }],
    hits: [connectHits],
  };
  await shown(widgets, {}, async ({ state, change }) => {
    assert.deepEqual(counts(state.date.items), { 2023: 2, 2024: 3, 2025: 5 });
    await change(({ date }) => date.refine("2025"));
    const year = state.date.items.find(({ value }) => value === "2025");
    assert.deepEqual(counts(year.data), {
      "2025 > 2025-02": 2, "2025 > 2025-08": 1, "2025 > 2025-09": 1,
    });
    await change(({ date }) => date.refine("2025 > 2025-02"));
    assert.deepEqual(ids(state.hits).sort(), ["f", "g"]);
    await change(({ agency }) => agency.refine("Nachrichtenagenturen"));
    assert.deepEqual(ids(state.hits), ["g"]);
    const news = state.agency.items.find(({ isRefined }) => isRefined);
    assert.deepEqual(counts(news.data), { [`Nachrichtenagenturen > ${DPA}`]: 1 });
  });
});

test("years are a range of numbers", async () => {
  const widgets = { year: [connectRange, { attribute: "date.year" }], stats: [connectStats] };
  await shown(widgets, {}, async ({ state, change }) => {
    assert.deepEqual(state.year.range, { min: 2023, max: 2025 });
    await change(({ year }) => year.refine([2024, 2025]));
    assert.equal(state.stats.nbHits, 8);
    await change(({ year }) => year.refine([2024, 2024]));
    assert.equal(state.stats.nbHits, 3);
  });
});

test("pages follow each other to the end, and their number is exact", async () => {
  const widgets = { hits: [connectHits], pages: [connectPagination], sort: [connectSortBy, { items: [
    { value: "articles", label: "Relevanz" }, { value: "articles:date:desc", label: "Neueste" },
  ] }] };
  await shown(widgets, {}, async ({ state, change, search }) => {
    search.helper.setQueryParameter("hitsPerPage", 4);
    await change(({ sort }) => sort.refine("articles:date:desc"));
    assert.equal(state.pages.nbPages, 3);
    const all = ids(state.hits);
    for (const number of [1, 2]) {
      await change(({ pages }) => pages.refine(number));
      all.push(...ids(state.hits));
    }
    assert.equal(all[0], "j");
    assert.deepEqual([...all].sort(), articles.map(({ id }) => id));
  });
});

test("more hits come as long as there are any", async () => {
  const widgets = { more: [connectInfiniteHits] };
  await shown(widgets, { finitePagination: false }, async ({ state, change, search }) => {
    await change(() => search.helper.setQueryParameter("hitsPerPage", 6).search());
    assert.equal(state.more.items.length, 6);
    await change(({ more }) => more.showMore());
    assert.equal(state.more.items.length, 10);
    assert.equal(state.more.isLastPage, true);
  });
});

test("the client itself finds the server well, and errors have their shape", async () => {
  const client = new Meilisearch({ host: server.address });
  assert.equal((await client.health()).status, "available");
  assert.match((await client.getVersion()).pkgVersion, /^\d+\.\d+\.\d+$/);
  const found = await client.index("articles").search("Hafen gesperrt", {
    filter: "date.year = 2025 AND NOT country IN [DE]", showMatchesPosition: true,
    attributesToRetrieve: ["title"], attributesToHighlight: ["title"], limit: 1,
  });
  assert.equal(found.estimatedTotalHits, 1);
  const [{ _formatted: formatted, _matchesPosition: positions, ...hit }] = found.hits;
  assert.deepEqual(hit, { title: "Hafen gesperrt" });
  assert.equal(formatted.title, "<em>Hafen</em> <em>gesperrt</em>");
  assert.deepEqual(positions.title, [{ start: 0, length: 5 }, { start: 6, length: 8 }]);
  const refused = async (index, options, code, part) => assert.rejects(
    client.index(index).search("", options),
    ({ cause }) => cause.code === code && cause.message.includes(part) && cause.type === "invalid_request",
  );
  await refused("articles", { filter: "colour = red" }, "invalid_search_filter", "no facet");
  await refused("articles", { sort: ["colour:asc"] }, "invalid_search_sort", "date:desc");
  await refused("articles", { offset: 20000 }, "too_large", "at most 10000");
  await refused("elsewhere", {}, "index_not_found", "articles");
});
