import { closeSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplace } from "#tests/cli/program.ts";
import { mountSmallDisk } from "./full-disk.ts";

/** Writes a file that leaves so many bytes on its disk. */
function fillUpTo(path: string, left: number): void {
  const { bavail, bsize } = statfsSync(join(path, ".."));
  const file = openSync(path, "w");
  for (let blocks = bavail - left / bsize; blocks > 0; blocks -= 256) writeSync(file, Buffer.alloc(Math.min(blocks, 256) * bsize, 1));
  closeSync(file);
}

test("the program on a disk with less than 16 MB free says that it is not ready, and is again when room is made", async (context) => {
  const disk = mountSmallDisk(48);
  if (disk === null) return context.skip("only root may mount a disk of its own");
  const filler = join(disk.folder, "filler");
  try {
    using here = workplace();
    await using server = here.start(["serve", "--json"], { env: { DEMO: "0", PORT: "0", DATA_DIR: disk.folder, BACKUP_DIR: here.path("backups") } });
    await server.says("}\n", "stdout");
    const { listening } = JSON.parse(server.output().stdout) as { listening: string };
    const readiness = async () => {
      const answer = await fetch(`${listening}/readyz`, { headers: { connection: "close" } });
      return [answer.status, await answer.json()] as const;
    };
    expect(await readiness()).toEqual([200, { status: "ready" }]);
    fillUpTo(filler, 12 * 2 ** 20);
    expect(await readiness()).toEqual([503, { status: "not_ready", problem: expect.stringMatching(/^The disk is nearly full: 1[23] MB are free\.$/) as string }]);
    rmSync(filler);
    expect(await readiness()).toEqual([200, { status: "ready" }]);
    expect((await server.stop()).code).toBe(0);
  } finally {
    disk.unmount();
  }
});
