import { expect, test } from "vitest";
import { siteLoad } from "#server/site-load.ts";

function stage() {
  let now = 0;
  const site = { load: 0, waiting: 0, looks: 0 };
  const utilization = () => {
    site.looks += 1;
    return site.load;
  };
  const isBusy = siteLoad({ waiting: () => site.waiting, utilization, elapsed: () => now });
  const after = (seconds: number) => {
    let busy = isBusy();
    for (let i = 0; i < seconds; i += 1) {
      now += 1_000;
      busy = isBusy();
    }
    return busy;
  };
  return { site, isBusy, after };
}

test("one second of full work is not busy, three are, and a few quieter ones end that", () => {
  const { site, after } = stage();
  site.load = 1;
  expect([after(1), after(1), after(1)]).toEqual([false, false, true]);
  site.load = 0.3;
  expect([after(1), after(30)]).toEqual([false, false]);
});

test("many writes that wait are busy at once, also while the main thread is idle", () => {
  const { site, isBusy } = stage();
  site.waiting = 201;
  expect(isBusy()).toBe(true);
  site.waiting = 20;
  expect(isBusy()).toBe(false);
});

test("however often it is asked, it looks once a second", () => {
  const { site, isBusy, after } = stage();
  after(2);
  for (let i = 0; i < 100; i += 1) isBusy();
  expect(site.looks).toBe(2);
});
