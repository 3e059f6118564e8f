// Writes the generated archive into a folder, as its owner would keep it.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hard, rights } from "./hard.mjs";
import { articles } from "./plain.mjs";

export const SIZE = 3000;
const SEED = 20_06;

const lines = (objects) => objects.map((object) => JSON.stringify(object)).join("\n") + "\n";

export async function write(folder, { size = SIZE } = {}) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "articles.jsonl"), lines([...articles(size, SEED), ...hard]));
  await writeFile(join(folder, "rights.jsonl"), lines(rights));
}

if (process.argv[1] === new URL(import.meta.url).pathname) await write(process.argv[2] ?? "archive");
