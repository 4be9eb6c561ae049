import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { workplace, type Settings } from "./program.ts";

type Listed = { jobs: { name: string; schedule: string | null; next: string | null; last: string | null }[] };

test("the backup is listed with the others: its times, when it comes next, when it last was made; and is run by its name", async () => {
  using here = workplace();
  const settings: Settings = { env: { DEMO: "0", BACKUP_SCHEDULE: "5 3 * * 0", BACKUP_DIR: here.path("copies") } };
  const backupIn = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as Listed).jobs.find(({ name }) => name === "backup");
  const before = backupIn(await here.run(["jobs", "list", "--json"], settings));
  expect(before).toEqual({ name: "backup", schedule: "5 3 * * 0", next: expect.stringMatching(/T03:05:00\.000Z$/) as unknown, last: null, result: null });
  expect(await here.run(["jobs", "run", "backup"], settings)).toMatchObject({ code: 1, stdout: "", stderr: `There is no database at ${here.path("data/theset.db")}.\n` });

  await here.run(["migrate"], settings);
  const { code, stdout } = await here.run(["jobs", "run", "backup"], settings);
  expect(stdout).toMatch(/^\S+copies\/theset-\d{8}-\d{6}\.db \(\S+ MB\) is made and checked\.\nbackup has run, in \S+ s\.\n$/);
  expect(code).toBe(0);
  expect(readdirSync(here.path("copies"))).toHaveLength(2);
  const { last } = backupIn(await here.run(["jobs", "list", "--json"], settings))!;
  expect(Math.abs(Date.parse(last!) - Date.now())).toBeLessThan(60_000);
  expect((await here.run(["jobs", "list"], settings)).stdout).toMatch(new RegExp(`^backup\t5 3 \\* \\* 0\tnext \\S+\tlast ${last}$`, "m"));
});

test("where backups are made by hand only the list says so", async () => {
  using here = workplace();
  const { stdout } = await here.run(["jobs", "list"], { env: { BACKUP_SCHEDULE: "off" } });
  expect(stdout).toMatch(/^backup\toff\tnever by itself$/m);
  expect(stdout).toMatch(/^advance-shows\t\* \* \* \* \*\tnext \S+$/m);
});
