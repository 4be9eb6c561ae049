import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplace } from "#tests/cli/program.ts";
import { mountSmallDisk } from "./full-disk.ts";

test("an import and an export that find no room say so in one line and leave nothing behind", async (context) => {
  const disk = mountSmallDisk(1);
  if (disk === null) return context.skip("only root may mount a disk of its own");
  try {
    using here = workplace();
    const env = { DEMO: "0" };
    await here.run(["seed"], { env });
    await here.run(["export", "all.ndjson"], { env });
    const imported = await here.run(["import", "all.ndjson"], { env: { ...env, DATA_DIR: disk.folder } });
    expect(imported).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^The disk is full\. Make room, .*\n$/) as unknown });
    expect(readdirSync(disk.folder)).toEqual([]);
    const file = join(disk.folder, "all.ndjson");
    expect(await here.run(["export", file], { env })).toEqual({ code: 1, stdout: "", stderr: `The disk of ${file} is full. Make room, or give a name on another disk.\n` });
    expect(readdirSync(disk.folder)).toEqual([]);
  } finally {
    disk.unmount();
  }
});

test("what can't be read or written is named with the reason", async () => {
  using here = workplace();
  await here.run(["migrate"]);
  const refusal = async (...args: string[]) => (await here.run(args, { env: { DATA_DIR: args[0] === "import" ? here.path("new") : here.path("data") } })).stderr;
  expect(await refusal("import", here.folder)).toBe(`${here.folder} can't be read (EISDIR). Give the file that \`theset export\` wrote, and the right to read it.\n`);
  expect(await refusal("export", here.path("no/such/folder.ndjson"))).toBe(`${here.path("no/such/folder.ndjson")} can't be written (ENOENT). Give another name, or the right to write there.\n`);
});
