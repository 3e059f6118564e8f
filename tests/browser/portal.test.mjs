// All scenarios in one process, so that they share the two servers and the browser.
// A single one: `node --test scenarios/facets.mjs`.

import "./scenarios/search.mjs";
