// A server with a few articles, in a folder of its own, on a free port.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const TOKEN = "for-this-test-only-0123456789";
const BINARY =
  process.env.FUNDSTELLE_BINARY ??
  new URL("../../target/release/fundstelle", import.meta.url).pathname;

/** Starts a server, sends it `articles`, and gives its address and a function that stops it. */
export async function start(articles) {
  const folder = await mkdtemp(join(tmpdir(), "fundstelle-"));
  const child = spawn(BINARY, ["serve", "--create", "--listen", "127.0.0.1:0"], {
    cwd: folder,
    env: { ...process.env, FUNDSTELLE_TOKEN: TOKEN },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = async () => {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill();
    await ended;
    await rm(folder, { recursive: true });
  };
  const address = await new Promise((found, failed) => {
    child.once("error", failed);
    child.once("exit", () => failed(new Error("the server ended at once")));
    createInterface({ input: child.stderr }).on("line", (line) => {
      const address = line.match(/listening on (http:\/\/[^ ,]+)/);
      if (address) found(address[1]);
    });
  });
  const answer = await fetch(`${address}/api/documents?strict=true`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: articles.map((article) => JSON.stringify(article)).join("\n"),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return { address, stop };
}
