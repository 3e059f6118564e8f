// What a page costs: bytes as they come over the wire, and the time until an answer stands there.

/** Counts what is loaded from now on, compressed as it comes; the sum is given by the function it returns. */
export async function weighing(page) {
  const session = await page.context().newCDPSession(page);
  const loads = new Map();
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  session.on("Network.requestWillBeSent", ({ requestId, request }) => loads.set(requestId, { url: request.url, bytes: 0 }));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    loads.get(requestId).bytes = encodedDataLength;
  });
  return () => [...loads.values()].filter(({ url }) => !url.startsWith("data:"));
}

/** Milliseconds from asking for the page to having it whole. */
export function answered(page) {
  return page.evaluate(() => {
    const [{ requestStart, responseEnd }] = performance.getEntriesByType("navigation");
    return responseEnd - requestStart;
  });
}

/** Milliseconds from sending a query to the frame after its answer was put into the page. */
export function asked(page, query) {
  return page.evaluate(
    (query) =>
      new Promise((done) => {
        const sent = performance.now();
        const show = () => requestAnimationFrame(() => done(performance.now() - sent));
        document.addEventListener("shown", show, { once: true });
        document.getElementById("q").value = query;
        document.getElementById("search").requestSubmit();
      }),
    query,
  );
}
