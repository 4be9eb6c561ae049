import { test } from "#tests/support/browser.ts";
import { expectNothingInTheWay } from "#tests/support/browser-accessibility.ts";
import { resultStates } from "#tests/support/browser-results.ts";

test.for(Object.entries(resultStates))("%s: nothing in the way of anyone", async ([, make], { site, open }) => {
  await expectNothingInTheWay(make, { site, open });
});
