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
