import { expect, test } from "vitest";
import { asking } from "./providers.ts";
import { startProviders } from "./providers.ts";
import { workplace } from "./program.ts";

test("try", async () => {
  using here = workplace();
  await using sandbox = await startProviders([{ name: "The Quiet Harbours", recordings: 40, works: 20, albums: 3, upcomingShows: 2, pastShows: 5 }, { name: "Twin", disambiguation: "a duo" }, { name: "Twin", disambiguation: "a band" }]);
  const env = asking(sandbox);
  for (const args of [["The Quiet Harbours"], ["Twin"], ["Nobody Whatever"], ["--id", "x"], ["The Quiet Harbours", "--json"]]) {
    const t = performance.now();
    console.log(args, await here.run(["import", ...args], { env }), performance.now() - t);
  }
  expect(1).toBe(1);
});
