import { expect, test } from "#tests/support/browser.ts";
import { expectAccessible, expectNothingInTheWay } from "#tests/support/browser-accessibility.ts";
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

test.for([
  ["a picture that nobody describes", "<img src='data:,'>", "image-alt"],
  ["words that the dark scheme alone makes hard to read", "<style>p { color: #111; background: light-dark(#fff, #222) } :root { color-scheme: light dark }</style><p>Hard to read</p>", "color-contrast"],
] as const)("and what is in the way is noticed: %s", async ([, html, said], { open }) => {
  const page = await open({});
  await page.setContent(`<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>${html}</main></html>`);
  await expect(expectAccessible(page)).rejects.toThrow(said);
});
