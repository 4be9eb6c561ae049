import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectNode, root } from "../processes.mjs";

/** The scripts that every start runs. */
const CACHED = ["program.js", "writer-thread.js"];
const FAN = { email: "fan@example.org", password: "correct horse battery", displayName: "Fan" };

/**
 * Runs the program as a fan's visit would, and keeps what it compiled for that.
 * @param {string} work the folder with theset.cjs
 * @param {Record<string, string>} assets files by name
 * @returns {Promise<Record<string, Buffer>>} compiled code by the name that it has as an asset
 */
export async function recordCodeCache(work, assets) {
  const data = mkdtempSync(join(tmpdir(), "theset-warm-up-"));
  try {
    const server = spawn(projectNode, ["--require", join(root, "scripts/binary/recorder.cjs"), join(work, "theset.cjs"), "serve"], {
      cwd: data,
      env: { HOME: data, PORT: "0", RECORD: JSON.stringify({ assets, folder: work }) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = [];
    for (const stream of [server.stdout, server.stderr]) createInterface(stream).on("line", (line) => output.push(line));
    const ended = once(server, "exit");
    try {
      await visit(await addressOf(server, output));
    } finally {
      server.kill();
    }
    const [code] = await ended;
    if (code !== 0) throw new Error(`The program could not be warmed up:\n${output.join("\n")}`);
  } finally {
    rmSync(data, { recursive: true });
  }
  return Object.fromEntries(CACHED.map((name) => [`${name}.cache`, readFileSync(join(work, `${name}.cache`))]));
}

/** Where it says that it serves. */
async function addressOf(server, output) {
  for (;;) {
    const told = output.map((line) => /^TheSet is at (\S+)/.exec(line)?.[1]).find(Boolean);
    if (told) return told;
    await Promise.race([once(server.stdout, "data"), once(server, "exit")]);
    if (server.exitCode !== null) throw new Error(`The program did not serve:\n${output.join("\n")}`);
  }
}

/** What fans do: look around, sign up, vote, and watch. */
async function visit(address) {
  const ask = async (path, init = {}) => {
    const response = await fetch(address + path, { redirect: "manual", ...init });
    if (response.status >= 400) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
    return response;
  };
  const html = async (path, headers) => (await ask(path, { headers })).text();
  const home = await html("/");
  const shows = [...new Set([...home.matchAll(/href="(\/shows\/[^"]+)"/g)].map(([, path]) => path))];
  for (const path of ["/shows", "/artists", "/sign-in", "/sign-up", "/readyz", "/healthz"]) await html(path);
  const signedUp = await ask("/sign-up", { method: "POST", headers: { origin: address }, body: new URLSearchParams(FAN) });
  const cookie = signedUp.headers.getSetCookie().map((one) => one.split(";", 1)[0]).join("; ");
  const { show, song } = await openBallot(shows, (path) => html(path, { cookie }));
  await html(show);
  const stopping = new AbortController();
  const stream = await ask(`${show}/live`, { signal: stopping.signal });
  const frames = stream.body[Symbol.asyncIterator]();
  await frames.next();
  const headers = { cookie, origin: address, "content-type": "application/json" };
  await ask("/api/trpc/votes.cast", { method: "POST", headers, body: JSON.stringify({ setlistSongId: song }) });
  await frames.next();
  stopping.abort();
}

/** The first show that takes votes, and a song of it. */
async function openBallot(shows, html) {
  for (const show of shows) {
    const page = await html(show);
    const song = /data-flip="(\d+)"/.exec(page)?.[1];
    if (song && page.includes('aria-pressed="false"')) return { show, song: Number(song) };
  }
  throw new Error(`No show takes votes of ${shows.join(", ")}`);
}
