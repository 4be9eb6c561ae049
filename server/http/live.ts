import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../domain/errors.ts";
import type { EventStreams, StreamRefusal } from "../realtime/event-streams.ts";
import type { Hub } from "../realtime/hub.ts";
import { resolveShow } from "../views/live-tally.ts";
import type { Reader } from "../views/reader.ts";
import { refuse } from "./answer.ts";

const FULL_RETRY_SECONDS = 10;
/** A show's id is asked for again after this, in ms: a crowd that arrives at once asks once. */
const KNOWN_MS = 1_000;
const KNOWN_SHOWS = 1_000;

/** Answers `GET /shows/:slug/live` with the show's event stream. `clock` gives ms and only goes forward. */
export function createLiveHandler(reader: Reader, { hub, streams }: { hub: Hub; streams: EventStreams }, clock: () => number = () => performance.now()) {
  const idOf = remembering((slug) => resolveShow(reader, slug), clock);
  return async (req: IncomingMessage, res: ServerResponse, show: { slug: string; address: string }): Promise<void> => {
    try {
      const showId = await idOf(show.slug);
      const refusal = await streams.serve(req, res, { subscribe: (hear) => hub.subscribe(showId, hear), address: show.address });
      if (refusal) refuseStream(res, refusal, { noun: "show", latest: "the latest tally" });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse(res, error.kind === "gone" ? 410 : 404, { reason: error.reason, message: error.message });
    }
  };
}

/** Answers where there is no stream of a show or an import. */
export function refuseStream(res: ServerResponse, reason: StreamRefusal, { noun, latest }: { noun: string; latest: string }): void {
  if (reason === "not_found") return refuse(res, 404, { reason, message: `There is no such ${noun}.` });
  const message = `Too many live pages are open. Reload to see ${latest}.`;
  refuse(res, 503, { reason, message }, { "retry-after": String(FULL_RETRY_SECONDS) });
}

/** Finds ids and keeps them for a second; what is not found is asked for each time. */
export function remembering(find: (slug: string) => Promise<number>, clock: () => number): (slug: string) => Promise<number> {
  const known = new Map<string, { id: number; until: number }>();
  return async (slug) => {
    const kept = known.get(slug);
    if (kept && clock() < kept.until) return kept.id;
    const id = await find(slug);
    if (known.size >= KNOWN_SHOWS) known.clear();
    known.set(slug, { id, until: clock() + KNOWN_MS });
    return id;
  };
}
