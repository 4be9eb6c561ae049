import { once } from "node:events";
import { parseArgs } from "node:util";
import type { Limits } from "./limits.ts";
import { startSandbox } from "./sandbox.ts";
import { createWorld, type ArtistSpec } from "./world.ts";

const USAGE = `node tests/support/sandbox/serve.ts [options]
  --artists N      how many artists, 30 by default
  --sizes JSON     what the first of them have, such as '[{"recordings":12000,"works":900,"albums":150,"pastShows":2400}]'
  --seed TEXT      another world for each, "sandbox" by default
  --now INSTANT    what shows are after and setlists before; the real now by default
  --festivals N    shows that several of the artists play at, 3 by default
  --pace N|off     so many times as fast as the providers allow, 1 by default
  --day N|off      so many times as many requests a day, 1 by default
  --port N         the first of five ports in a row; free ones by default`;

const { values } = parseArgs({
  options: {
    artists: { type: "string", default: "30" },
    sizes: { type: "string", default: "[]" },
    seed: { type: "string", default: "sandbox" },
    now: { type: "string" },
    festivals: { type: "string", default: "3" },
    pace: { type: "string", default: "1" },
    day: { type: "string", default: "1" },
    port: { type: "string", default: "0" },
    help: { type: "boolean", default: false },
  },
});

function numberIn(name: "artists" | "festivals" | "port"): number {
  const value = values[name];
  if (!/^\d+$/.test(value)) throw new Error(`--${name} takes a whole number, not "${value}".`);
  return Number(value);
}

function factorIn(name: "pace" | "day"): number | null {
  const value = Number(values[name]);
  if (values[name] !== "off" && !(value > 0)) throw new Error(`--${name} takes a number above 0 or "off", not "${values[name]}".`);
  return values[name] === "off" ? null : value;
}

function sizesIn(): ArtistSpec[] {
  const sizes = JSON.parse(values.sizes) as unknown;
  if (!Array.isArray(sizes)) throw new Error(`--sizes takes a list such as [{"recordings":100}], not "${values.sizes}".`);
  return sizes as ArtistSpec[];
}

function nowIn(): number {
  const now = values.now === undefined ? Date.now() : Date.parse(values.now);
  if (Number.isNaN(now)) throw new Error(`--now takes an instant such as 2026-06-13T12:00:00Z, not "${values.now}".`);
  return now;
}

if (values.help) {
  console.log(USAGE);
} else {
  const sizes = sizesIn();
  const artists = Array.from({ length: Math.max(numberIn("artists"), sizes.length) }, (_, i) => sizes[i] ?? {});
  const limits: Limits = { pace: factorIn("pace"), day: factorIn("day") };
  const world = createWorld({ seed: values.seed, now: nowIn(), artists, festivals: numberIn("festivals") });
  await using sandbox = await startSandbox({ world, limits, port: numberIn("port") });
  console.log(JSON.stringify({ bases: sandbox.bases, control: sandbox.control, keys: sandbox.keys }));
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
}
