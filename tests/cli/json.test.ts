import { expect, test } from "vitest";
import { allCommands } from "#tests/support/commands.ts";
import { workplace, type Workplace } from "./program.ts";

interface Asked {
  args: string[];
  document: unknown;
  input?: string;
  env?: Record<string, string>;
  code?: number;
}

const text = expect.any(String) as unknown;
const number = expect.any(Number) as unknown;
const holding = (part: object): unknown => expect.objectContaining(part);
const listWith = (part: unknown): unknown => expect.arrayContaining([part]);
const like = (form: RegExp): unknown => expect.stringMatching(form);
const ada = holding({ email: "a@example.org", role: "admin" });
const manifest = holding({ theset: "backup", rows: holding({ users: 1 }) });

/** What is asked one after another in one folder, and what stdout holds then. */
function conversation(here: Workplace): Asked[] {
  const database = here.path("data/theset.db");
  const folder = here.path("data/backups");
  /** Nobody listens there; nothing is asked either. */
  const asking = { SYNC: "1", MUSICBRAINZ_URL: "http://127.0.0.1:1" };
  const elsewhere = { DATA_DIR: here.path("elsewhere") };
  const rows = holding({ users: 1 });
  const made = { backup: text, folder, manifest, away: false, removed: [] };
  return [
    { args: ["migrate"], document: { database } },
    { args: ["jobs", "list"], document: { jobs: listWith(holding({ name: "backup", last: null })), counts: holding({ queued: 0, failed: 0 }), queue: [] } },
    { args: ["import", "Somebody", "--no-wait"], document: { import: 1, job: 1, state: "queued" }, env: asking },
    { args: ["jobs", "list", "--state", "queued"], document: { jobs: expect.any(Array) as unknown, counts: holding({ queued: 1 }), queue: [holding({ id: 1, name: "import-artist", state: "queued" })] } },
    { args: ["jobs", "cancel", "1"], document: { id: 1, state: "cancelled" } },
    { args: ["jobs", "retry", "1"], document: { retried: [1] } },
    { args: ["jobs", "cancel", "1"], document: { id: 1, state: "cancelled" } },
    { args: ["seed"], document: { added: true } },
    { args: ["remove-demo"], document: { removed: true } },
    { args: ["jobs", "list", "--state", "queued"], document: { jobs: expect.any(Array) as unknown, counts: holding({ queued: 0 }), queue: [] } },
    { args: ["user", "create", "a@example.org"], document: { id: number, email: "a@example.org", displayName: "a", role: "user" }, input: "correct horse battery\n" },
    { args: ["user", "promote", "a@example.org"], document: { email: "a@example.org", role: "admin" } },
    { args: ["user", "reset-password", "a@example.org"], document: { email: "a@example.org" }, input: "correct horse battery staple" },
    { args: ["user", "list"], document: { accounts: [ada] } },
    { args: ["token", "create", "a@example.org"], document: { id: 1, email: "a@example.org", name: "command line", token: like(/^ths_/) } },
    { args: ["token", "list"], document: { tokens: [holding({ id: 1, email: "a@example.org" })] } },
    { args: ["token", "revoke", "1"], document: { id: 1, email: "a@example.org" } },
    { args: ["jobs", "retry", "--failed"], document: { retried: [] } },
    { args: ["sync", "artists"], document: { what: ["artists"], queued: 0 }, env: asking },
    { args: ["jobs", "run", "trim-events"], document: { job: "trim-events", seconds: number } },
    { args: ["jobs", "run", "backup"], document: { job: "backup", seconds: number, ...made } },
    { args: ["backup"], document: made },
    { args: ["backup", "list"], document: { folder, backups: [1, 2].map(() => ({ backup: text, whole: true, manifest })) } },
    { args: ["restore", "latest"], document: { database, from: text, manifest, safety: like(/theset\.db\.before-\d+-\d+$/) } },
    { args: ["export", here.path("all.ndjson")], document: { file: here.path("all.ndjson"), secrets: false } },
    { args: ["import", here.path("all.ndjson")], document: { database: here.path("elsewhere/theset.db"), header: holding({ secrets: false }), rows }, env: elsewhere },
    { args: ["links", "export", here.path("links.csv")], document: { file: here.path("links.csv"), format: "csv" } },
    { args: ["setlists", "export", here.path("setlists.csv")], document: { file: here.path("setlists.csv"), format: "csv" } },
    { args: ["setlists", "import", here.path("setlists.csv")], document: { dryRun: false, ok: true, setlists: 0, songs: 0, unmatched: [] } },
    { args: ["links", "import", here.path("links.csv")], document: { dryRun: false, ok: true, lines: 0, approved: 0, rejected: 0, merged: 0 } },
    { args: ["scores", "recompute"], document: { shows: 0, fanScores: 0, changed: 0 } },
    { args: ["verify"], document: { sound: true, damage: [], miscounts: [], standings: [], mended: 0 } },
    { args: ["version"], document: { theset: text, node: process.versions.node, sqlite: like(/^3\./), schema: number, platform: text } },
    { args: ["config"], document: { settings: listWith({ name: "DEMO", value: "0", from: "environment" }) } },
    { args: ["completion", "fish"], document: { shell: "fish", script: like(/complete -c theset/) } },
    { args: ["doctor"], document: { sound: true, findings: expect.any(Array) as unknown } },
    { args: ["healthcheck"], document: { ready: false, at: text, status: null, problem: text }, env: { PORT: "1" }, code: 1 },
  ];
}

/** These go on until they are told to stop. */
const STAYING: Record<string, unknown> = {
  serve: { url: text, listening: text, dataDir: text, database: text, setupToken: null },
  work: { jobs: listWith("backup"), database: text },
};

/** The single executable alone has something to say here; tests/binary asks it. */
const BINARY_ONLY = ["licences"];

test("with --json stdout holds one document and nothing else, whatever is asked", { timeout: 240_000 }, async () => {
  using here = workplace();
  const asked = conversation(here);
  for (const { args, document, input, env, code = 0 } of asked) {
    // A second later, so that no two backups have one name.
    if (args.join(" ") === "backup") await nextSecond();
    const ended = await here.run([...args, "--json"], { env: { DEMO: "0", ...env }, input });
    expect(ended.code, `${args.join(" ")}\n${ended.stderr}`).toBe(code);
    expect(JSON.parse(ended.stdout), args.join(" ")).toEqual(document);
  }
  for (const [verb, document] of Object.entries(STAYING)) {
    await using running = here.start([verb, "--json"], { env: { DEMO: "0", PORT: "0" } });
    await running.says("}\n", "stdout");
    const { code, stdout } = await running.stop();
    expect([verb, code, JSON.parse(stdout)]).toEqual([verb, 0, document]);
  }
  const known = [...asked.map(({ args }) => args.join(" ")), ...Object.keys(STAYING), ...BINARY_ONLY];
  const forgotten = allCommands().filter(({ name, acts }) => acts && !known.some((line) => `theset ${line} `.startsWith(`${name} `)));
  expect(forgotten.map(({ name }) => name)).toEqual([]);
});

/** Waits for the clock that the program asks too. */
async function nextSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1000);
  while (Math.floor(Date.now() / 1000) === second) await new Promise((resolve) => setImmediate(resolve));
}

test("an export to stdout is one document a line, with --json and without", async () => {
  using here = workplace();
  await here.run(["migrate"]);
  for (const json of [[], ["--json"]]) {
    const { code, stdout, stderr } = await here.run(["export", "-", ...json]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as object);
    expect([lines.at(0), lines.at(-1)]).toMatchObject([{ theset: "export" }, { end: true }]);
  }
});

test("a failure leaves stdout empty and tells why on stderr", async () => {
  using here = workplace();
  const { code, stdout, stderr } = await here.run(["--json", "user", "list"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(`There is no database at ${here.path("data/theset.db")}. \`theset serve\` or \`theset migrate\` makes one; DATA_DIR says where.\n`);
});
