import { expect, test } from "vitest";
import { imported, mistakes, pagesOf, worldOf, type Page } from "#tests/support/import-orders.ts";
import { chance } from "#tests/support/sandbox/chance.ts";
import { TANGLES } from "#tests/support/sandbox/tangled.ts";

/** All orders of up to three pages, of which there are six; of more, so many by chance, the same each time. */
const MOST_ORDERS = 8;

function* ordersOf<T>(items: T[]): Generator<T[]> {
  if (items.length < 2) yield items;
  else for (const [at, first] of items.entries()) for (const rest of ordersOf(items.toSpliced(at, 1))) yield [first, ...rest];
}

/** Orders come sorted by which page is first: one of each stretch has many pages come first. */
function sampled(pages: Page[]): Page[][] {
  const orders = [...ordersOf(pages)];
  if (orders.length <= MOST_ORDERS) return orders;
  const block = orders.length / MOST_ORDERS;
  return Array.from({ length: MOST_ORDERS }, (_, nth) => orders[Math.floor((nth + chance("orders", nth)) * block)]!);
}

test.each(Object.entries(TANGLES))("%s: whatever page comes first, the same is there in the end", { timeout: 60_000 }, async (_, specs) => {
  const world = worldOf(specs(3));
  const [order, ...orders] = sampled(pagesOf(world));
  const first = await imported(world, order!);
  expect(mistakes(world, first)).toEqual([]);
  for (const other of orders) expect(await imported(world, other), other.map(({ provider }) => provider).join()).toEqual(first);
});
