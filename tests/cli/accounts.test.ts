import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { verifyPassword } from "#server/auth/passwords.ts";
import { workplace, type Workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

const env = { DEMO: "0" };

async function withAccount(here: Workplace): Promise<void> {
  const { code, stderr } = await here.run(["user", "create", "You@example.org", "--name", "You"], { env, input: "correct horse battery\n" });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^New keys are in [^\n]+\n$/) as string });
}

test("an account from the command line makes the database where there is none, and its password is right", async () => {
  using here = workplace();
  await withAccount(here);
  const [row] = await rowsOf(here, "SELECT email, display_name, role, password_hash FROM users");
  expect(row).toMatchObject({ email: "you@example.org", display_name: "You", role: "user" });
  expect(await verifyPassword("correct horse battery", String(row!["password_hash"]))).toBe(true);
});

test("an address that has an account is refused, and its password stays", async () => {
  using here = workplace();
  await withAccount(here);
  const before = await rowsOf(here, "SELECT * FROM users");
  const { code, stderr } = await here.run(["user", "create", "you@example.org"], { env, input: "another password\n" });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "There is an account of you@example.org already. `theset user promote` and `theset user reset-password` change it.\n",
  });
  expect(await rowsOf(here, "SELECT * FROM users")).toEqual(before);
});

test("a new password ends the sessions, and each step is in the audit log", async () => {
  using here = workplace();
  await withAccount(here);
  await here.run(["user", "promote", "you@example.org", "--role", "moderator"], { env });
  expect((await here.run(["user", "reset-password", "you@example.org"], { env, input: "another password" })).code).toBe(0);
  const [after] = await rowsOf(here, "SELECT password_hash FROM users");
  const right = ["another password", "correct horse battery"].map((password) => verifyPassword(password, String(after!["password_hash"])));
  expect(await Promise.all(right)).toEqual([true, false]);
  const actions = await rowsOf(here, "SELECT action FROM audit_log ORDER BY id");
  expect(actions.map((row) => row["action"])).toEqual(["user.create", "user.set_role", "user.reset_password"]);
  expect(await rowsOf(here, "SELECT kind FROM events")).toEqual([{ kind: "access.changed" }, { kind: "access.changed" }]);
});

test("accounts and tokens that there are not are named as such", async () => {
  using here = workplace();
  await withAccount(here);
  for (const args of [["user", "promote", "no@example.org"], ["token", "create", "no@example.org"], ["token", "revoke", "9"]]) {
    const { code, stdout, stderr } = await here.run(args, { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^There is no such (account|token)\.\n$/);
  }
});

test("a token is printed alone on stdout, once, and only its hash is kept", async () => {
  using here = workplace();
  await withAccount(here);
  const { stdout, stderr } = await here.run(["token", "create", "you@example.org", "--name", "door list"], { env });
  expect(stdout).toMatch(/^ths_[\w-]{43}\n$/);
  expect(stderr).toContain("it is not shown again");
  expect(JSON.stringify(await rowsOf(here, "SELECT * FROM api_tokens"))).not.toContain(stdout.trim());
  const listed = await here.run(["token", "list"], { env });
  expect(listed.stdout).toBe(`1\t${stdout.slice(0, 10)}…\tyou@example.org\tused never\tdoor list\n`);
  await here.run(["token", "revoke", "1"], { env });
  expect(await rowsOf(here, "SELECT * FROM api_tokens")).toEqual([]);
});

test("on a terminal the password is asked for twice and never shown", async () => {
  using here = workplace();
  const asked = "New password: ";
  const main = `${process.execPath} ${process.cwd()}/build/theset.mjs user create you@example.org`;
  const terminal = spawn("script", ["-qec", main, "/dev/null"], { cwd: here.folder, env: { PATH: "/usr/bin:/bin", NODE_ENV: "production" } });
  let screen = "";
  terminal.stdout.on("data", (chunk: Buffer) => {
    const before = screen;
    screen += String(chunk);
    if (screen.includes(asked) && !before.includes(asked)) terminal.stdin.write("correct horse battery\r");
    if (screen.includes("again: ") && !before.includes("again: ")) terminal.stdin.write("correct horse battery\r");
  });
  const [code] = (await once(terminal, "close")) as [number];
  expect(code, screen).toBe(0);
  expect(screen.replace(/New keys are in .*\r\n/, "")).toBe("New password: \r\nThe same again: \r\nyou@example.org has an account now, as user.\r\n");
  expect(await rowsOf(here, "SELECT email FROM users")).toEqual([{ email: "you@example.org" }]);
});
