// Articles as they fill an archive day by day: invented, but of the length and variety of real ones.

import { readFile } from "node:fs/promises";
import { dice } from "./dice.mjs";

const table = async (name) => JSON.parse(await readFile(new URL(name, import.meta.url), "utf8"));
const [words, stories, phrases] = await Promise.all(["words.json", "stories.json", "phrases.json"].map(table));

export const papers = words.papers;

const YEARS = { first: 2006, count: 20 };

/** `count` articles, the same for the same seed; some are copies of others. */
export function* articles(count, seed) {
  const chance = dice(seed);
  for (let number = 0; number < count; ) {
    const story = chance.one(stories);
    const original = article(number, story, chance);
    yield original;
    number += 1;
    const reprints = chance.chance(0.04) ? chance.between(1, 6) : 0;
    for (const paper of chance.some(papers, reprints)) {
      if (number === count) return;
      yield { ...original, id: name(number), publisher: paper, authors: [], title: headline(story, chance) };
      number += 1;
    }
  }
}

const name = (number) => `n${String(number).padStart(5, "0")}`;

function article(number, story, chance) {
  const facts = slots(chance);
  const fill = (text) => text.replace(/\{(\w+)\}/g, (_, slot) => facts(slot));
  const agency = chance.chance(0.45) ? chance.usual(words.news) : null;
  const middle = chance.some(story.body, chance.between(4, 8)).map(fill);
  for (const [kind, share] of [["news", 0.5], ["service", 0.35], ["person", 0.8], ["mention", 0.6]]) {
    if (chance.chance(share)) middle.splice(chance.below(middle.length + 1), 0, fill(chance.one(phrases[kind])));
  }
  const opening = (agency ? `${facts("town")} (${agency}) - ` : "") + fill(chance.one(story.lead));
  return {
    id: name(number),
    title: fill(chance.one(story.titles)),
    body: paragraphs([opening, ...middle], chance),
    ...(chance.chance(0.97) && { publisher: chance.usual(papers) }),
    ...(chance.chance(0.98) && { date: date(chance) }),
    ...(chance.chance(0.6) && { authors: chance.some(words.authors, chance.between(1, 2)) }),
    ...(chance.chance(0.5) && { url: `https://archiv.example/${name(number)}` }),
    language: "de",
  };
}

/** What stands in the slots of one article: a town or a river stays the same throughout. */
function slots(chance) {
  const kept = { town: chance.one(words.towns), river: chance.one(words.rivers), country: chance.usual(words.countries) };
  const fresh = {
    news: () => chance.usual(words.news),
    service: () => chance.usual(words.services),
    person: () => chance.one(words.persons),
    number: () => chance.between(2, 99) * 10,
    small: () => chance.between(3, 48),
    percent: () => chance.between(2, 39),
  };
  return (slot) => kept[slot] ?? String(fresh[slot]());
}

function headline(story, chance) {
  const facts = slots(chance);
  return chance.one(story.titles).replace(/\{(\w+)\}/g, (_, slot) => facts(slot));
}

function paragraphs(sentences, chance) {
  const made = [sentences[0]];
  for (let rest = sentences.slice(1); rest.length > 0; ) made.push(rest.splice(0, chance.between(2, 3)).join(" "));
  return made.join("\n\n");
}

/** More articles in later years; some dates are known to the month or the year only. */
function date(chance) {
  const year = YEARS.first + Math.floor(YEARS.count * chance.roll() ** 0.6);
  const month = String(chance.between(1, 12)).padStart(2, "0");
  if (chance.chance(0.03)) return `${year}`;
  if (chance.chance(0.06)) return `${year}-${month}`;
  return `${year}-${month}-${String(chance.between(1, 28)).padStart(2, "0")}`;
}
