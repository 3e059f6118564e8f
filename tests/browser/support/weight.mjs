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

/** Milliseconds from asking for the page to having it whole, and to the first paint of it. */
export function times(page) {
  return page.evaluate(async () => {
    const [{ requestStart, responseEnd, startTime }] = performance.getEntriesByType("navigation");
    const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    while (paint() === undefined) await new Promise((done) => requestAnimationFrame(done));
    return { answer: responseEnd - requestStart, painted: paint() - startTime };
  });
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
