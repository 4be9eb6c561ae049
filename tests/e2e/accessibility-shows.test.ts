import { test } from "#tests/support/browser.ts";
import { expectNothingInTheWay } from "#tests/support/browser-accessibility.ts";
import { states } from "#tests/support/browser-states.ts";

const shows = Object.entries(states).filter(([name]) => name.startsWith("show, "));

test.for(shows)("%s: nothing in the way of anyone", async ([, make], { site, open }) => {
  await expectNothingInTheWay(make, { site, open });
});
