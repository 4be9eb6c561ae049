import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "./figure.ts";
import { failDisk, type DiskFault } from "./refused-writes.ts";

/** A disk of some MB of its own; null where the user may not mount one. */
export function mountSmallDisk(megabytes: number): { folder: string; unmount(): void } | null {
  const folder = mkdtempSync(join(tmpdir(), "theset-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmdirSync(folder);
    return null;
  }
  return {
    folder,
    unmount() {
      // Lazily: a closed connection of libSQL may leave a descriptor open until its process ends.
      execFileSync("umount", ["--lazy", folder]);
      rmdirSync(folder);
    },
  };
}

export const fullDisk: DiskFault = {
  name: "disk full",
  counts: "blocks filled",
  begin: async (_program, { folder }) => {
    const filler = join(folder, "filler");
    const filled = fill(filler, folder);
    return async () => {
      rmSync(filler);
      return filled;
    };
  },
};

/** Takes all the room there is; how many blocks that were. */
function fill(path: string, folder: string): number {
  const file = openSync(path, "w");
  const { bsize } = statfsSync(folder);
  let blocks = 0;
  try {
    for (;;) {
      writeSync(file, Buffer.alloc(bsize, 1));
      blocks += 1;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(file);
  }
  return blocks;
}

/** Fills the database's disk to the last block and frees it again, in one run of the program; null where no disk can be mounted. */
export async function fillDisk({ times }: { times: number }): Promise<Figure | null> {
  const disk = mountSmallDisk(64);
  if (!disk) return null;
  try {
    const figure = await failDisk([fullDisk], disk.folder, times);
    return { ...figure, fault: "disk full" };
  } finally {
    disk.unmount();
  }
}
