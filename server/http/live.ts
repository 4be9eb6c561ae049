import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../domain/errors.ts";
import type { ShowStreams } from "../realtime/show-stream.ts";
import { resolveShow } from "../views/live-tally.ts";
import type { Reader } from "../views/reader.ts";
import { refuse } from "./answer.ts";

const FULL_RETRY_SECONDS = 10;

/** Answers `GET /shows/:slug/live` with the show's event stream. */
export function createLiveHandler(reader: Reader, streams: ShowStreams) {
  return async (req: IncomingMessage, res: ServerResponse, show: { slug: string; address: string }): Promise<void> => {
    try {
      const showId = await resolveShow(reader, show.slug);
      const refusal = await streams.serve(req, res, { showId, address: show.address });
      if (refusal === "not_found") refuse(res, 404, { reason: refusal, message: "There is no such show." });
      if (refusal === "too_many_streams") {
        const message = "Too many live pages are open. Reload to see the latest tally.";
        refuse(res, 503, { reason: refusal, message }, { "retry-after": String(FULL_RETRY_SECONDS) });
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse(res, error.kind === "gone" ? 410 : 404, { reason: error.reason, message: error.message });
    }
  };
}
