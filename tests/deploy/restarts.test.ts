import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hammer } from "./hammer.ts";
import { manageSocket } from "./socket-manager.ts";

const RESTARTS = 5;
const VISITORS = 16;

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "theset-restarts-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("on a socket that the service manager keeps, no visitor is turned away by restarts", async () => {
  await using manager = await manageSocket({ host: "127.0.0.1", port: 0 }, { DATA_DIR: join(folder, "data") });
  const load = hammer({ host: "127.0.0.1", port: manager.port, path: "/shows" }, VISITORS);
  for (let i = 0; i < RESTARTS; i += 1) await manager.restart();
  const { answered, failed } = await load.stop();
  expect(failed).toEqual([]);
  expect(answered).toBeGreaterThan(RESTARTS * VISITORS);
  expect(manager.starts()).toBe(1 + RESTARTS);
});

test("a Unix socket that the service manager keeps is served, and stays", async () => {
  const path = join(folder, "theset.sock");
  await using manager = await manageSocket({ path }, { DATA_DIR: join(folder, "data"), SOCKET: path });
  const load = hammer({ socketPath: path, path: "/healthz" }, 2);
  await manager.restart();
  const { answered, failed } = await load.stop();
  expect(failed).toEqual([]);
  expect(answered).toBeGreaterThan(2);
});
