import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import { afterEach, describe, expect, test } from "vitest";

/** Files of a small program that breaks the rule of that name once, and the place where it does. */
interface Breach {
  files: Record<string, string>;
  from: string;
  to: string;
}

const config = new URL("../../.dependency-cruiser.cjs", import.meta.url).pathname;
const options = await extractOptions(config);

/** `from` imports a value of `to`. */
function value(from: string, to: string): Breach {
  return importing(from, to, `import { thing } from "#${to}";\nexport const use = thing;\n`);
}

/** `from` imports a type of `to`. */
function type(from: string, to: string): Breach {
  return importing(from, to, `import type { Thing } from "#${to}";\nexport type Use = Thing;\n`);
}

function importing(from: string, to: string, code: string): Breach {
  return { from, to, files: { [from]: code, [to]: thing } };
}

/** `from` imports a package; the temporary program has it installed. */
function pack(from: string, name: string): Breach {
  const code = `import { thing } from "${name}";\nexport const use = thing;\n`;
  return { from, to: `node_modules/${name}/index.js`, files: { [from]: code } };
}

/** `from` imports a module of Node. */
function node(from: string, name: string): Breach {
  const code = `import * as thing from "node:${name}";\nexport const use = thing;\n`;
  return { from, to: name, files: { [from]: code } };
}

const thing = "export const thing = 1;\nexport type Thing = number;\n";

const breaches: Record<string, Breach[]> = {
  "domain-imports-itself": [
    value("server/domain/voting.ts", "server/commands/cast.ts"),
    type("server/domain/voting.ts", "db/client.ts"),
    pack("server/domain/voting.ts", "zod"),
    node("server/domain/voting.ts", "fs"),
  ],
  "db-imports-drizzle-and-libsql": [
    type("db/client.ts", "server/commands/cast.ts"),
    pack("db/client.ts", "zod"),
  ],
  "db-imports-domain-types": [value("db/queries/votes.ts", "server/domain/voting.ts")],
  "commands-import-domain-and-db": [
    value("server/commands/cast.ts", "server/views/show.ts"),
    value("server/commands/cast.ts", "server/auth/sessions.ts"),
    value("server/commands/cast.ts", "jobs/queue.ts"),
    node("server/commands/cast.ts", "fs"),
    pack("server/commands/cast.ts", "zod"),
  ],
  "views-import-domain-and-db": [
    value("server/views/show.ts", "server/commands/cast.ts"),
    type("server/views/show.ts", "server/api/root.ts"),
  ],
  "auth-imports-errors-and-db": [
    value("server/auth/sessions.ts", "server/domain/voting.ts"),
    value("server/auth/sessions.ts", "server/commands/cast.ts"),
  ],
  "realtime-imports-domain": [value("server/realtime/hub.ts", "db/client.ts")],
  "realtime-imports-domain-types": [value("server/realtime/hub.ts", "server/domain/tally.ts")],
  "config-imports-itself": [value("server/config/config.ts", "server/http/listener.ts"), type("server/config/config.ts", "db/client.ts")],
  "files-import-db": [value("server/files/folder-files.ts", "server/cli/run.ts"), value("server/files/folder-files.ts", "db/client.ts")],
  "backup-imports-db": [value("server/backup/restore.ts", "server/commands/cast.ts"), value("server/backup/restore.ts", "server/views/show.ts")],
  "backup-imports-types-of-config-and-files": [
    value("server/backup/restore.ts", "server/config/config.ts"),
    value("server/backup/restore.ts", "server/files/folder-files.ts"),
  ],
  "links-import-commands-and-views": [value("server/links/import-links.ts", "db/client.ts"), value("server/links/import-links.ts", "server/http/listener.ts")],
  "links-import-types-of-commands": [value("server/links/import-links.ts", "server/commands/cast.ts")],
  "api-imports-commands-and-views": [
    value("server/api/root.ts", "db/client.ts"),
    type("server/api/root.ts", "app/http/context.ts"),
  ],
  "providers-import-zod-and-bottleneck": [
    value("jobs/providers/spotify/client.ts", "db/client.ts"),
    pack("jobs/providers/spotify/client.ts", "p-queue"),
  ],
  "providers-import-domain-types": [
    value("jobs/providers/spotify/to-domain.ts", "server/domain/matching.ts"),
  ],
  "tasks-import-commands-and-providers": [
    value("jobs/tasks/sync-shows.ts", "db/client.ts"),
    value("jobs/tasks/sync-shows.ts", "server/api/root.ts"),
  ],
  "definitions-import-zod": [value("jobs/definitions.ts", "jobs/tasks/sync-shows.ts")],
  "app-imports-api-types-and-domain": [
    value("app/routes/show.tsx", "db/client.ts"),
    type("app/routes/show.tsx", "server/views/show.ts"),
  ],
  "app-imports-api-types": [value("app/routes/show.tsx", "server/api/root.ts")],
  "client-imports-router-type": [type("server/client.ts", "server/views/show.ts")],
  "client-imports-types-of-api": [value("server/client.ts", "server/api/root.ts")],
  "drizzle-stays-in-db": [
    pack("server/api/root.ts", "drizzle-orm"),
    pack("server/auth/sessions.ts", "@libsql/client"),
    pack("server/http/listener.ts", "@libsql/client"),
    pack("app/routes/show.tsx", "drizzle-orm"),
  ],
  "every-room-has-a-row": [value("server/mail/send.ts", "server/domain/voting.ts")],
  "no-nameless-room": [
    value("server/main.ts", "server/utils/text.ts"),
    value("server/main.ts", "app/ui/helpers.ts"),
  ],
  "no-tests-in-the-program": [value("server/main.ts", "tests/support/clock.ts")],
  "no-cycle": [
    {
      from: "server/domain/a.ts",
      to: "server/domain/b.ts",
      files: {
        "server/domain/a.ts": 'import { b } from "./b.ts";\nexport const a = () => b;\n',
        "server/domain/b.ts": 'import { a } from "./a.ts";\nexport const b = () => a;\n',
      },
    },
  ],
  "no-orphan": [
    {
      from: "server/domain/alone.ts",
      to: "server/domain/alone.ts",
      files: { "server/domain/alone.ts": thing },
    },
  ],
  "no-development-package": [pack("server/main.ts", "vitest")],
  "vite-in-development-only": [
    pack("server/realtime/hub.ts", "vite"),
    pack("server/main.ts", "vite"),
  ],
  "no-unlisted-package": [pack("server/main.ts", "unlisted")],
  "no-unresolvable-import": [
    {
      from: "server/main.ts",
      to: "#server/gone.ts",
      files: { "server/main.ts": 'import { gone } from "#server/gone.ts";\nexport { gone };\n' },
    },
  ],
};

/** What every room may do, in one program. */
const lawful: Record<string, string> = {
  ...value("server/commands/cast.ts", "server/domain/voting.ts").files,
  ...pack("db/client.ts", "drizzle-orm").files,
  "db/queries/votes.ts":
    'import type { Thing } from "#server/domain/voting.ts";\nimport { use } from "../client.ts";\nexport const rows = (): Thing => use;\n',
  "db/migrate.ts": 'import fs from "node:fs";\nexport const read = fs.readFileSync;\n',
  "server/views/show.ts": 'export { rows } from "#db/queries/votes.ts";\n',
  "server/api/root.ts":
    'import { rows } from "../views/show.ts";\nimport { use } from "#server/commands/cast.ts";\nexport const router = [rows, use];\nexport type AppRouter = typeof router;\n',
  "server/client.ts":
    'import type { AppRouter } from "./api/root.ts";\nexport type Client = AppRouter;\n',
  "server/main.ts":
    'import { router } from "./api/root.ts";\nimport { pages } from "./http/dev-pages.ts";\nexport const start = [router, pages];\n',
  "server/http/dev-pages.ts": 'export const pages = () => import("vite");\n',
  "app/routes/show.tsx":
    'import type { AppRouter } from "#server/api/root.ts";\nimport { thing } from "#server/domain/voting.ts";\nexport const use = (router: AppRouter) => [router, thing];\n',
};

const installed = { dependencies: ["drizzle-orm", "@libsql/client", "zod", "p-queue"] };
const development = { devDependencies: ["vite", "vitest"] };
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function write(folder: string, files: Record<string, string>): void {
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
}

function program(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "theset-rules-"));
  folders.push(folder);
  const listed = { ...installed, ...development };
  const versions = Object.fromEntries(
    Object.entries(listed).map(([kind, names]) => [
      kind,
      Object.fromEntries(names.map((name) => [name, "1.0.0"])),
    ]),
  );
  const rooms = ["app", "server", "db", "jobs", "tests"];
  const imports = Object.fromEntries(rooms.map((room) => [`#${room}/*`, `./${room}/*`]));
  write(folder, { "package.json": JSON.stringify({ type: "module", imports, ...versions }) });
  for (const name of [...Object.values(listed).flat(), "unlisted"]) {
    write(folder, {
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js" }),
      [`node_modules/${name}/index.js`]: thing.split("\n")[0] ?? "",
    });
  }
  write(folder, files);
  return folder;
}

async function violations(files: Record<string, string>) {
  const baseDir = program(files);
  const rooms = [...new Set(Object.keys(files).map((path) => path.split("/")[0] ?? ""))];
  const sources = rooms.filter((room) => room !== "tests");
  const { output } = await cruise(sources, { ...options, baseDir }, options.enhancedResolveOptions);
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
  }));
}

describe("each import rule bites", () => {
  const cases = Object.entries(breaches).flatMap(([rule, list]) =>
    list.map((breach) => ({ rule, ...breach })),
  );
  test.each(cases)("$rule: $from → $to", async ({ rule, from, to, files }) => {
    expect(await violations(files)).toContainEqual({ rule, from, to });
  });
});

test("a lawful program breaks no rule", async () => {
  expect(await violations(lawful)).toEqual([]);
});

test("every rule has a program that breaks it", () => {
  const names = options.ruleSet?.forbidden?.map((rule) => rule.name);
  expect(names?.toSorted()).toEqual(Object.keys(breaches).toSorted());
});
