import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import * as z from "zod";
import { PROVIDERS, type Provider } from "#server/domain/provider-records.ts";
import * as changes from "./changes.ts";
import { FAULTS } from "./faults.ts";
import { KINDS } from "./ids.ts";
import type { Sandbox } from "./sandbox.ts";

/** Below this the sandbox is steered by other processes. */
export const CONTROL = "/__sandbox";

const provider = z.enum(PROVIDERS);
const factor = z.number().positive().nullable().optional();
const place = z.object({ kind: z.enum(KINDS), artist: z.int().default(0), item: z.int().default(0) });
const fault = z.object({
  fault: z.enum(FAULTS),
  provider: provider.optional(),
  path: z.string().optional(),
  share: z.number().optional(),
  next: z.int().optional(),
  ms: z.number().optional(),
  status: z.int().optional(),
  to: z.string().optional(),
});
const songs = z.array(z.union([z.string(), z.int()]));
const show = { localDate: z.string(), localTime: z.string().optional(), venue: z.int().optional() };
const change = z.discriminatedUnion("do", [
  z.object({ do: z.literal("rename"), place, name: z.string() }),
  z.object({ do: z.literal("remove"), place }),
  z.object({ do: z.literal("giveNewId"), place, provider }),
  z.object({ do: z.literal("mergeInto"), place, into: place }),
  z.object({ do: z.literal("addSong"), artist: z.int(), title: z.string().optional() }),
  z.object({ do: z.literal("addAlbum"), artist: z.int(), title: z.string(), tracks: z.array(z.int()), releasedOn: z.string().optional() }),
  z.object({ do: z.literal("addShow"), artist: z.int(), name: z.string().optional(), ...show }),
  z.object({ do: z.literal("reschedule"), place, localDate: z.string(), localTime: z.string().optional() }),
  z.object({ do: z.literal("cancel"), place }),
  z.object({ do: z.literal("postpone"), place }),
  z.object({ do: z.literal("addSetlist"), artist: z.int(), localDate: z.string(), venue: z.int().optional(), songs, note: z.string().optional() }),
  z.object({ do: z.literal("playShow"), place, songs }),
  z.object({ do: z.literal("editSetlist"), artist: z.int(), item: z.int(), songs: songs.optional(), note: z.string().optional() }),
]);

/** What `POST /__sandbox/change` takes: the name of a change and what goes with it. */
export type ChangeRequest = z.input<typeof change>;

/** Does the change; what it gave. */
export function makeChange({ world }: Sandbox, request: ChangeRequest, now: number): unknown {
  const asked = change.parse(request);
  switch (asked.do) {
    case "rename":
      return changes.rename(world, asked.place, asked.name);
    case "remove":
      return changes.remove(world, asked.place);
    case "giveNewId":
      return changes.giveNewId(world, asked.place, asked.provider);
    case "mergeInto":
      return changes.mergeInto(world, asked.place, asked.into);
    case "addSong":
      return changes.addSong(world, asked.artist, asked.title);
    case "addAlbum":
      return changes.addAlbum(world, asked.artist, asked);
    case "addShow":
      return changes.addShow(world, asked.artist, without(asked));
    case "reschedule":
      return changes.reschedule(world, asked.place, asked.localDate, asked.localTime);
    case "cancel":
      return changes.cancel(world, asked.place);
    case "postpone":
      return changes.postpone(world, asked.place);
    case "addSetlist":
      return changes.addSetlist(world, asked.artist, now, without(asked));
    case "playShow":
      return changes.playShow(world, asked.place, now, asked.songs);
    case "editSetlist": {
      const { item, ...text } = without(asked);
      return changes.editSetlist(world, asked.artist, item, now, text);
    }
  }
}

function without<T extends { do: string; artist: number }>({ do: _do, artist: _artist, ...rest }: T): Omit<T, "do" | "artist"> {
  return rest;
}

type Handler = (sandbox: Sandbox, body: unknown, now: number) => unknown;

const ofProvider = z.object({ provider });

/** GET tells, POST does. */
const handlers: Record<string, Handler> = {
  "GET /traffic": ({ traffic }) => traffic.all(),
  "GET /entries": ({ traffic }) => traffic.entries(),
  "GET /faults": ({ faults }) => faults.list(),
  "GET /world": ({ world }) => world.artists.map(({ index, counts }) => ({ index, name: world.artistName(index), counts, ids: idsOf(world, index) })),
  "POST /traffic/clear": ({ traffic }) => traffic.clear(),
  "POST /faults": ({ faults }, body) => faults.add(fault.parse(body)),
  "POST /faults/clear": ({ faults }) => faults.clear(),
  "POST /limits": ({ limits }, body) => {
    const { provider: one, ...rest } = z.object({ provider: provider.optional(), pace: factor, day: factor }).parse(body);
    for (const name of one ? [one] : PROVIDERS) limits.set(name, rest);
  },
  "POST /quota": ({ limits }, body) => {
    const asked = z.object({ provider, exhausted: z.boolean() }).parse(body);
    limits.exhaust(asked.provider, asked.exhausted);
  },
  "POST /tokens/revoke": ({ tokens }) => tokens.revoke(),
  "POST /down": async (sandbox, body) => sandbox.down(ofProvider.parse(body).provider),
  "POST /up": async (sandbox, body) => sandbox.up(ofProvider.parse(body).provider),
  "POST /id": ({ world }, body) => {
    const asked = z.object({ provider, place }).parse(body);
    return world.id(asked.provider, asked.place);
  },
  "POST /change": (sandbox, body, now) => makeChange(sandbox, body as ChangeRequest, now),
};

function idsOf(world: Sandbox["world"], artist: number): Record<string, string> {
  const known: Provider[] = ["musicbrainz", "ticketmaster", "spotify"];
  return Object.fromEntries(known.map((name) => [name, world.id(name, { kind: "artist", artist, item: 0 })]));
}

/** Answers 200 with what there is to tell, 404 for what it does not know, 400 with the reason for what is wrong. */
export async function answerControl(sandbox: Sandbox, req: IncomingMessage, res: ServerResponse, now: number): Promise<void> {
  const path = URL.parse(req.url ?? "", "http://127.0.0.1")?.pathname ?? "";
  const handler = path.startsWith(`${CONTROL}/`) ? handlers[`${req.method} ${path.slice(CONTROL.length)}`] : undefined;
  const reply = (status: number, body: unknown) => void res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body ?? null));
  if (!handler) return reply(404, { error: `There is no ${req.method} ${path}: ${Object.keys(handlers).join(", ")} below ${CONTROL}.` });
  try {
    reply(200, await handler(sandbox, req.method === "POST" ? await bodyOf(req) : null, now));
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function bodyOf(req: IncomingMessage): Promise<unknown> {
  return req.headers["content-length"] === "0" || (req.headers["content-length"] === undefined && req.headers["transfer-encoding"] === undefined) ? null : json(req);
}
