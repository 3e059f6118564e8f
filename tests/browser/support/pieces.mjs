// A site as it comes over a slow network: its pages in pieces, each with a pause before the next.

import { createServer, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const BYTES = 400;
const MILLISECONDS = 20;

/** Hands on what `address` serves, HTML in pieces that end anywhere: gives an address and a function that ends it. */
export async function slowly(address) {
  const server = createServer((asked, answer) => {
    // As it is written: pieces of a compressed page are not pieces of a page.
    const headers = { ...asked.headers, host: new URL(address).host, "accept-encoding": "identity" };
    const handed = request(address + asked.url, { method: asked.method, headers }, async (found) => {
      answer.writeHead(found.statusCode, found.headers);
      const page = found.headers["content-type"]?.startsWith("text/html");
      for await (const chunk of found) {
        for (let at = 0; at < chunk.length; at += page ? BYTES : chunk.length) {
          answer.write(page ? chunk.subarray(at, at + BYTES) : chunk);
          if (page) await pause(MILLISECONDS);
        }
      }
      answer.end();
    });
    handed.once("error", () => answer.destroy());
    asked.pipe(handed);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}
