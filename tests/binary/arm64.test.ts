import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTheSetClient } from "#server/client.ts";
import { freshBinary } from "./built-binary.ts";
import { compiledIn, readSeaBlob } from "./sea-blob.ts";
import { runToEnd, startServing } from "./start.ts";

const EMULATOR = "/usr/bin/qemu-aarch64-static";
/** The C libraries of that processor. */
const LIBRARIES = "/usr/aarch64-linux-gnu";
const whyNot = [EMULATOR, `${LIBRARIES}/lib/libc.so.6`, `${LIBRARIES}/lib/libstdc++.so.6`].find((file) => !existsSync(file));
/** Packages may have to be fetched. */
const BUILD_MS = 240_000;
/** Some ten times what it takes otherwise. */
const EMULATED_MS = 150_000;

describe(`the executable for arm64, emulated${whyNot ? ` (not tried: there is no ${whyNot})` : ""}`, { skip: whyNot !== undefined }, () => {
  let folder: string;
  let binary: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "theset-arm64-"));
    binary = freshBinary("arm64");
  }, BUILD_MS);
  afterAll(() => rmSync(folder, { recursive: true }));

  const command = (...args: string[]): [string, string[]] => [EMULATOR, ["-L", LIBRARIES, binary, ...args]];
  const theset = async (...args: string[]) => {
    const ended = await runToEnd(...command(...args), { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    return ended.stdout;
  };

  test("compiled code of another processor is not inside", () => {
    expect(compiledIn(readSeaBlob(readFileSync(binary)))).toEqual([]);
  });

  test("version, migrate and doctor say what they say elsewhere", { timeout: EMULATED_MS }, async () => {
    expect(await theset("version")).toMatch(/^Node 24\..*, linux-arm64$/m);
    await theset("migrate");
    expect(await theset("doctor")).toMatch(/^\d+ ok, .*0 to mend\.$/m);
  });

  test("it serves pages, signs a fan up and takes a vote", { timeout: EMULATED_MS }, async () => {
    await using server = await startServing(command("serve"), { cwd: folder, env: { PORT: "0" } });
    const { url } = server;
    expect(await (await fetch(url)).text()).toContain("</html>");
    const cookie = await signUp(url);
    const visitor = createTheSetClient({ url });
    const { items } = await visitor.shows.list.query({ sort: "date", limit: 20 });
    // Today's may have closed, whatever the time is.
    const { ballot, show } = await visitor.shows.get.query({ show: items.at(-1)!.slug });
    const { setlistSongId } = ballot[0]!;
    const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin", cookie };
    const answer = await fetch(`${url}/api/trpc/votes.cast`, { method: "POST", headers, body: JSON.stringify({ setlistSongId }) });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("tallyVersion")]);
    const after = await visitor.shows.get.query({ show: show.slug });
    expect(after.ballot.find((song) => song.setlistSongId === setlistSongId)!.votes).toBe(ballot[0]!.votes + 1);
    expect(await server.stop()).toBe(0);
  });
});

/** Sends the form; the session's cookie. */
async function signUp(url: string): Promise<string> {
  const body = new URLSearchParams({ email: "fan@example.org", displayName: "Fan", password: "a long enough one", next: "/" });
  const signedUp = await fetch(`${url}/sign-up`, { method: "POST", headers: { "sec-fetch-site": "same-origin" }, body, redirect: "manual" });
  const [cookie] = signedUp.headers.getSetCookie();
  expect([signedUp.status, cookie]).toEqual([expect.toBeOneOf([302, 303]), expect.any(String)]);
  return cookie!.split(";", 1)[0]!;
}
