// A search page without a browser: the widgets of InstantSearch by their connectors.

import { instantMeiliSearch } from "@meilisearch/instant-meilisearch";
import instantsearch from "instantsearch.js/es/index.js";

/**
 * A running page with `widgets`, each a connector with its parameters. Its `state` is what each
 * widget was last told to show; `change` does something and waits for what comes of it.
 */
export async function page(address, widgets, { indexName = "articles", ...options } = {}) {
  const { searchClient } = instantMeiliSearch(address, "", {
    primaryKey: "id", finitePagination: true, ...options,
  });
  const search = instantsearch({ indexName, searchClient, future: { preserveSharedStateOnUnmount: true } });
  const state = {};
  for (const [name, [connector, parameters]] of Object.entries(widgets)) {
    search.addWidgets([connector((shown) => { state[name] = shown; })(parameters ?? {})]);
  }
  // A change is searched for a moment later, and shown a moment after its answer.
  const settled = async () => {
    do {
      await new Promise((done) => setTimeout(done, 20));
      if (search.error) throw search.error;
    } while (search.status !== "idle" || !search.mainHelper.derivedHelpers[0].lastResults);
  };
  search.start();
  await settled();
  return {
    state,
    search,
    async change(what) {
      what(state);
      await settled();
    },
    settled,
    stop: () => search.dispose(),
  };
}
