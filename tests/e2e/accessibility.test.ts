import { expect, scriptsRun, test } from "#tests/support/browser.ts";
import { DESK, expectAccessible, expectOriented } from "#tests/support/browser-accessibility.ts";
import { states } from "#tests/support/browser-states.ts";

test.for(Object.entries(states))("%s: nothing in the way of anyone", async ([, make], { site, open }) => {
  const state = await make(site.server);
  const page = await open({ as: state.as, reducedMotion: "reduce", viewport: { width: DESK, height: 900 } });
  const answer = await page.goto(state.path);
  expect(answer?.status()).toBe(state.status ?? 200);
  await scriptsRun(page);
  await state.act?.(page);
  await expectOriented(page);
  await expectAccessible(page);
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
