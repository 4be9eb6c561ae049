import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { workplace } from "./program.ts";

test("without a verb the verbs are listed, with 0", async () => {
  using here = workplace();
  const { code, stdout, stderr } = await here.run([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const verb of ["serve", "work", "migrate", "user", "token", "jobs", "verify", "doctor", "config"]) expect(stdout).toMatch(new RegExp(`^  ${verb} `, "m"));
});

describe("what is not understood ends with 2 and one line", () => {
  test.each([
    [["verfy"], "Unknown command 'verfy' (Did you mean verify?)\n"],
    [["user", "promot"], "Unknown command 'promot' (Did you mean promote?)\n"],
    [["serve", "--no-job"], "Unknown option '--no-job' (Did you mean --no-jobs?)\n"],
    [["migrate", "now"], "Too many arguments for 'migrate'. Expected 0 arguments but got 1.\n"],
    [["user", "promote"], "Missing required argument 'email'\n"],
    [["jobs", "run", "nothing"], /^Command-argument value 'nothing' is invalid for argument 'name'\. Allowed choices are .*\n$/],
    [["token", "revoke", "x"], /Give a whole number above 0\.\n$/],
    [["user", "create", "nobody"], /This is not an e-mail address\.\n$/],
    [["licences"], /^The licences are in node_modules here: .*\n$/],
  ])("%s", async (args, line) => {
    using here = workplace();
    const { code, stdout, stderr } = await here.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    if (typeof line === "string") expect(stderr).toBe(line);
    else expect(stderr).toMatch(line);
  });

  test("a noun without a verb shows its verbs on stderr", async () => {
    using here = workplace();
    const { code, stdout, stderr } = await here.run(["user"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("reset-password");
  });
});

describe("with --json stdout holds one document and nothing else", () => {
  test("every verb that prints something", async () => {
    using here = workplace();
    const env = { DEMO: "0" };
    const asked: [string[], Record<string, unknown>, string?][] = [
      [["migrate"], { database: here.path("data/theset.db") }],
      [["seed"], { added: true }],
      [["remove-demo"], { removed: true }],
      [["user", "create", "a@example.org"], { id: expect.any(Number), email: "a@example.org", displayName: "a", role: "user" }, "correct horse battery\n"],
      [["user", "promote", "a@example.org"], { email: "a@example.org", role: "admin" }],
      [["user", "reset-password", "a@example.org"], { email: "a@example.org" }, "correct horse battery staple"],
      [["user", "list"], { accounts: [expect.objectContaining({ email: "a@example.org", role: "admin" })] }],
      [["token", "create", "a@example.org"], { id: 1, email: "a@example.org", name: "command line", token: expect.stringMatching(/^ths_/) }],
      [["token", "list"], { tokens: [expect.objectContaining({ id: 1, email: "a@example.org" })] }],
      [["token", "revoke", "1"], { id: 1, email: "a@example.org" }],
      [["jobs", "list"], { jobs: expect.arrayContaining([expect.objectContaining({ name: "trim-events" })]) }],
      [["jobs", "run", "trim-events"], { job: "trim-events", seconds: expect.any(Number) }],
      [["verify"], { sound: true, damage: [], miscounts: [], mended: 0 }],
      [["version"], { theset: expect.any(String), node: process.versions.node, sqlite: expect.stringMatching(/^3\./), schema: expect.any(Number), platform: expect.any(String) }],
      [["config"], { settings: expect.arrayContaining([{ name: "DEMO", value: "0", from: "environment" }]) }],
      [["completion", "fish"], { shell: "fish", script: expect.stringContaining("complete -c theset") }],
      [["doctor"], { sound: true, findings: expect.any(Array) }],
    ];
    for (const [args, document, input] of asked) {
      const { code, stdout, stderr } = await here.run([...args, "--json"], { env, input });
      expect(code, `${args.join(" ")}\n${stderr}`).toBe(0);
      expect(JSON.parse(stdout), args.join(" ")).toEqual(document);
    }
  }, 240_000);

  test("a failure leaves stdout empty and tells why on stderr", async () => {
    using here = workplace();
    const { code, stdout, stderr } = await here.run(["--json", "user", "list"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(`There is no database at ${here.path("data/theset.db")}. \`theset serve\` or \`theset migrate\` makes one; DATA_DIR says where.\n`);
  });
});

describe("settings", () => {
  test("each with where it comes from: default, environment, .env or a file; secrets masked", async () => {
    using here = workplace();
    writeFileSync(here.path(".env"), 'DATA_DIR=./elsewhere\nPORT=4000 # a comment\nLOG_LEVEL="warn"\n');
    writeFileSync(here.path("token"), "a-token-of-some-length\n");
    const env = { LOG_LEVEL: "error", HOST: " ", METRICS_TOKEN_FILE: here.path("token") };
    const { stdout } = await here.run(["config", "--json"], { env });
    const { settings } = JSON.parse(stdout) as { settings: { name: string; value: string; from: string }[] };
    const by = Object.fromEntries(settings.map(({ name, value, from }) => [name, `${value} (${from})`]));
    expect(by).toMatchObject({
      DATA_DIR: `${here.path("elsewhere")} (.env)`,
      PORT: "4000 (.env)",
      LOG_LEVEL: "error (environment)",
      HOST: "127.0.0.1 (default)",
      METRICS_TOKEN: "**** (file)",
    });
    expect(stdout).not.toContain("a-token-of-some-length");
    expect((await here.run(["config"], { env })).stdout).not.toContain("a-token-of-some-length");
  });

  test("the program itself reads .env: a verb works on the folder that it names", async () => {
    using here = workplace();
    writeFileSync(here.path(".env"), "DATA_DIR=./elsewhere\n");
    expect(await here.run(["migrate"])).toEqual({ code: 0, stdout: `${here.path("elsewhere/theset.db")} is up to date.\n`, stderr: expect.stringContaining(here.path("elsewhere/keys.json")) as string });
  });

  test("a wrong value names variable, problem and example, and ends with 1", async () => {
    using here = workplace();
    const { code, stdout, stderr } = await here.run(["migrate"], { env: { PORT: "http" } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe("PORT is not valid: Give a port number. Example: PORT=3000\n");
  });
});

test("the version is that of the package", async () => {
  using here = workplace();
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect((await here.run(["version"])).stdout).toContain(`theset ${version}\nNode ${process.versions.node}, SQLite 3.`);
});
