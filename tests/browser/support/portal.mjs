// The parts of the pages as people see them: where they are is said here once, for all scenarios.

/** The box for the query. */
export const box = (page) => page.locator("#q");
export const part = (page, name) => page.locator(`[data-part="${name}"]`);
export const hits = (page) => part(page, "hits").locator(".hit");
export const marks = (page) => part(page, "hits").locator("mark");

/** Does something that leads to another address, and waits until the page shows that. */
export async function leads(page, act) {
  const here = page.url();
  await act();
  await page.waitForURL((url) => url.href !== here);
  await shown(page);
}

/** Waits until the page shows what its address says: the script changes the address first when somebody goes back. */
export async function shown(page) {
  await page.locator("body[data-place]").waitFor();
  await page.locator("html:not([data-loading])").waitFor();
}

/** Types a query and sends it. */
export async function search(page, text) {
  await box(page).fill(text);
  await leads(page, () => box(page).press("Enter"));
}

/** The number of hits as the page says it. */
export async function total(page) {
  return numberIn(await part(page, "summary").first().innerText());
}

/** The first number in a text, written as in German or English. */
export function numberIn(text) {
  const found = text.match(/\d{1,3}(?:[.,\u202f\u00a0]\d{3})+|\d+/);
  return found ? Number(found[0].replace(/\D/g, "")) : 0;
}

/** A facet by its name, and one of its values; the checkbox of a value is named by it and its count. */
export const facet = (page, name) => page.getByRole("group", { name, exact: true });
export const value = (page, name, text) => facet(page, name).locator(".value").filter({ has: page.locator(":scope > label .name").getByText(text, { exact: true }) }).last();
export const checkbox = (it) => it.locator(":scope > label input");
export const count = async (it) => numberIn(await it.locator(":scope > label .count").innerText());
export const exclude = (it) => it.locator(":scope > a.exclude");
export const chips = (page) => part(page, "chips").locator(".chip");

/** Opens what stands below a value. */
export const open = (it) => it.locator(":scope > details > summary").click();
