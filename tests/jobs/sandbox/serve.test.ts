import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { providerErrorOf } from "#tests/support/provider-http.ts";
import type { ChangeRequest } from "#tests/support/sandbox/control.ts";
import type { Sandbox } from "#tests/support/sandbox/sandbox.ts";
import { clientsOf } from "./readers.ts";

type Addresses = Pick<Sandbox, "bases" | "keys" | "control">;

async function served(...args: string[]) {
  const child = spawn(process.execPath, ["tests/support/sandbox/serve.ts", "--now", "2026-06-13T12:00:00Z", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const addresses = JSON.parse(line.toString()) as Addresses;
  const ended = once(child, "exit");
  async function control(path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${addresses.control}${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
    const said = (await answer.json()) as unknown;
    if (!answer.ok) throw new Error(`${answer.status}: ${JSON.stringify(said)}`);
    return said;
  }
  const change = async (request: ChangeRequest) => control("/change", request);
  const end = async () => {
    child.kill("SIGTERM");
    return (await ended) as [number | null, string | null];
  };
  return { addresses, control, change, end, ...clientsOf(addresses, { minTimeMs: 0, attempts: 1 }), [Symbol.asyncDispose]: async () => void (await end()) };
}

describe("serve.ts", () => {
  it("says where it listens, holds the artists that it was asked for, and ends when it is told to", async () => {
    await using sandbox = await served("--artists", "3", "--sizes", '[{"name":"Only Me","pastShows":2}]', "--pace", "off");
    const artists = (await sandbox.control("/world")) as { name: string; ids: Record<string, string>; counts: { setlist: number } }[];
    expect(artists).toHaveLength(3);
    expect(artists[0]).toMatchObject({ name: "Only Me", counts: { setlist: 2 } });
    const setlists = await sandbox.setlistfm.artistSetlists(artists[0]!.ids.musicbrainz!);
    expect(setlists.records).toHaveLength(2);
    expect(await sandbox.end()).toEqual([0, null]);
  });

  it("is steered by another process: changes, faults, limits, outages and figures", async () => {
    await using sandbox = await served("--artists", "1", "--pace", "off");
    const { control, change, musicbrainz } = sandbox;
    await change({ do: "rename", place: { kind: "artist" }, name: "Steered From Outside" });
    const [found] = (await musicbrainz.searchArtists("Steered From Outside")).records;
    expect(found?.name).toBe("Steered From Outside");
    await control("/faults", { fault: "html", provider: "musicbrainz", next: 1 });
    expect((await providerErrorOf(musicbrainz.artist(found!.id))).kind).toBe("garbled");
    await control("/faults/clear", {});
    await control("/down", { provider: "musicbrainz" });
    expect((await providerErrorOf(musicbrainz.artist(found!.id))).kind).toBe("unavailable");
    await control("/up", { provider: "musicbrainz" });
    expect((await musicbrainz.artist(found!.id)).records).toHaveLength(1);
    expect(await control("/traffic")).toMatchObject({ musicbrainz: { requests: 3, violations: 0 }, spotify: { requests: 0 } });
  });

  it("refuses what it can't do, and says why", async () => {
    await using sandbox = await served("--artists", "1");
    await expect(sandbox.control("/faults", { fault: "explode" })).rejects.toThrow("400");
    await expect(sandbox.change({ do: "addSong", artist: 7 })).rejects.toThrow("no artist 7");
    await expect(sandbox.control("/nowhere")).rejects.toThrow("404");
  });
});
