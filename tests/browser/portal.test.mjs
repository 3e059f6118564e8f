// All scenarios in one process, so that they share the two servers and the browser.
// A single one: `node --test scenarios/facets.mjs`.

import "./scenarios/search.mjs";
import "./scenarios/facets.mjs";
import "./scenarios/timeline.mjs";
import "./scenarios/suggest.mjs";
import "./scenarios/article.mjs";
import "./scenarios/language.mjs";
import "./scenarios/plain.mjs";
import "./scenarios/hostile.mjs";
import "./scenarios/accessibility.mjs";
import "./scenarios/keyboard.mjs";
import "./scenarios/print.mjs";
import "./scenarios/weight.mjs";
