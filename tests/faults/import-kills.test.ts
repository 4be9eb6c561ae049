import { expect, test } from "vitest";
import { killImports } from "./import-kills.ts";

test("killed three times in an import, theset work ends with the rows of an undisturbed one, without waiting for its leases", async () => {
  const figure = await killImports({ times: 3, artist: { recordings: 700, works: 200, albums: 20, upcomingShows: 10, pastShows: 200 } });
  expect(figure.problems).toEqual([]);
  expect(figure).toMatchObject({ tried: 3, survived: 3 });
});
