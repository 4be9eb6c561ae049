import { expect, test } from "#tests/support/browser.ts";
import { expectNothingInTheWay } from "#tests/support/browser-accessibility.ts";
import { states } from "#tests/support/browser-states.ts";

const others = Object.entries(states).filter(([name]) => !name.startsWith("show, "));

test.for(others)("%s: nothing in the way of anyone", async ([, make], { site, open }) => {
  await expectNothingInTheWay(make, { site, open });
});

test("no two kinds of page share a title", async ({ site, open }) => {
  const page = await open({ javaScriptEnabled: false });
  const titles = new Set<string>();
  const kinds = ["home", "shows", "artists", "artist", "venue", "sign-up", "sign-in", "show, open, anonymous"];
  for (const kind of [...kinds, "not found", "gone"]) {
    const { path } = await states[kind]!(site.server);
    await page.goto(path);
    titles.add(await page.title());
  }
  expect(titles.size).toBe(kinds.length + 2);
});
