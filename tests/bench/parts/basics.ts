import { showPageScriptBytes } from "../client-size.ts";
import { figure, spread, type Figure } from "../figures.ts";
import { Ground } from "../ground.ts";
import type { BenchOptions } from "../options.ts";
import { firstByteTimes, voteToViewerTimes } from "../page-times.ts";
import { startBuiltServer } from "../server-process.ts";
import { stockDatabase } from "../stock.ts";

/** What one visitor notices on an idle machine, and the size of the page's JavaScript. */
export async function benchBasics(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  const file = ground.newFile();
  const stock = await stockDatabase(`file:${file}`, { shows: 200, songsPerShow: 40, fans: 1_000 });
  const server = await startBuiltServer(`file:${file}`);
  try {
    const viewer = spread(await voteToViewerTimes(server.url, stock, 200));
    const page = spread(await firstByteTimes(server.url, stock, 300));
    const each = (name: string, times: typeof page) =>
      (["p50", "p95", "p99"] as const).map((p) => figure(`${name}, ${p}`, "ms", [times[p]]));
    return [
      ...each("a vote until a second viewer sees it", viewer),
      ...each("show page of 40 songs, time to first byte", page),
      figure("JavaScript of the show page, gzipped", "kB", [showPageScriptBytes("build") / 1000]),
    ];
  } finally {
    await server.stop();
  }
}
