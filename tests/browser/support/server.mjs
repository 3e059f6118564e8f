// A server over an index of its own, made of some folder, on a free port.

import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const BINARY = process.env.FUNDSTELLE_BINARY ?? join(ROOT, "target/release/fundstelle");

/** Indexes what `prepare(folder)` names and serves it: gives the address and a function that ends all. */
export async function start(prepare) {
  if (!existsSync(BINARY)) throw new Error(`no program at ${BINARY}: build it (cargo build --release), or name one in FUNDSTELLE_BINARY`);
  const folder = await mkdtemp(join(tmpdir(), "fundstelle-browser-"));
  const index = join(folder, "index");
  const clean = () => rm(folder, { recursive: true, force: true });
  try {
    const sources = await prepare(folder);
    const settings = ["--index", index, "--schema", join(ROOT, "schema.json")];
    await promisify(execFile)(BINARY, ["index", sources, ...settings], { cwd: folder });
    const child = spawn(BINARY, ["serve", ...settings, "--listen", "127.0.0.1:0"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = new Promise((done) => child.once("exit", done));
    const address = await listening(child);
    const stop = async () => {
      child.kill();
      await ended;
      await clean();
    };
    return { address, stop };
  } catch (error) {
    await clean();
    throw error;
  }
}

function listening(child) {
  return new Promise((found, failed) => {
    const said = [];
    child.once("error", failed);
    child.once("exit", () => failed(new Error(`the server ended at once: ${said.join("\n")}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const address = line.match(/listening on (http:\/\/[^ ,]+)/);
      if (address) found(address[1]);
    });
  });
}
