import { tracked } from "@trpc/server";
import * as z from "zod";
import { AppError } from "../../domain/errors.ts";
import type { SetlistFrame } from "../../domain/results/setlist-frame.ts";
import type { Frame, TallyFrame } from "../../realtime/hub.ts";
import { newestFrames } from "../../realtime/newest-frames.ts";
import { showFrames } from "../../realtime/show-frames.ts";
import { tallyFrames } from "../../realtime/tally-frames.ts";
import { checkWatcher, type ImportProgress } from "../../views/import-progress.ts";
import { resolveShow } from "../../views/live-tally.ts";
import type { VotingState } from "../../views/show-summary.ts";
import type { Context } from "../context.ts";
import { toTrpcError } from "../error-map.ts";
import { id, key } from "../inputs.ts";
import { watcherOf } from "../watcher.ts";
import { procedure, procedureFor, router } from "../trpc.ts";

function takeSlot({ slots, request }: Context): Disposable {
  const giveBack = slots.take(request.address);
  if (giveBack) return { [Symbol.dispose]: giveBack };
  const message = "Too many live streams are open. Try again in a moment.";
  throw new AppError({ kind: "busy", reason: "too_many_streams", message, retryAfter: 10 });
}

function goneOf({ request }: Context, signal: AbortSignal | undefined): AbortSignal {
  return AbortSignal.any([request.signal, ...(signal ? [signal] : [])]);
}

/** What `live.show` tells; each kind is whole, so the newest of each is all that is needed. */
export type LiveShowEvent =
  | { event: "tally"; tally: TallyFrame }
  | { event: "voting"; voting: VotingState }
  /** Null where what was written down has been taken back. */
  | { event: "setlist"; setlist: SetlistFrame | null };

function showEvent({ event, data }: Frame): LiveShowEvent {
  return { event, [event]: JSON.parse(data) as unknown } as LiveShowEvent;
}

const lastEventId = z.string().regex(/^\d{1,15}$/).nullish();

export const liveRouter = router({
  /** A show's whole tally, now and after each change; the event id is the tally version. */
  tally: procedure
    .input(z.object({ show: key, lastEventId }))
    .subscription(async function* ({ ctx, input, signal }) {
      // Errors inside a stream do not pass the middleware that maps all others.
      try {
        const showId = await resolveShow(ctx.reader, input.show);
        using _slot = takeSlot(ctx);
        for await (const frame of tallyFrames(ctx.hub, showId, goneOf(ctx, signal))) {
          if (String(frame.id) === input.lastEventId) continue;
          yield tracked(String(frame.id), JSON.parse(frame.data) as TallyFrame);
        }
      } catch (error) {
        throw toTrpcError(error);
      }
    }),

  /**
   * All that changes at a show: its tally, whether it takes votes, and what is being played. The current ones come
   * first; the event id is the tally version.
   */
  show: procedure
    .input(z.object({ show: key, lastEventId }))
    .subscription(async function* ({ ctx, input, signal }) {
      try {
        const showId = await resolveShow(ctx.reader, input.show);
        using _slot = takeSlot(ctx);
        let id = "";
        for await (const frame of showFrames(ctx.hub, showId, goneOf(ctx, signal))) {
          if (frame.id !== null) id = String(frame.id);
          if (frame.event === "tally" && id === input.lastEventId) continue;
          yield tracked(id, showEvent(frame));
        }
      } catch (error) {
        throw toTrpcError(error);
      }
    }),

  /** Where an import stands, now and after each change, until it is over. */
  import: procedureFor("vote")
    .input(z.object({ id, lastEventId }))
    .subscription(async function* ({ ctx, input, signal }) {
      try {
        await checkWatcher(ctx.reader, input.id, watcherOf(ctx));
        using _slot = takeSlot(ctx);
        const frames = newestFrames((hear) => ctx.imports.subscribe(input.id, hear), goneOf(ctx, signal));
        for await (const frame of frames) {
          if (String(frame.id) === input.lastEventId) continue;
          yield tracked(String(frame.id), JSON.parse(frame.data) as ImportProgress);
        }
      } catch (error) {
        throw toTrpcError(error);
      }
    }),
});
