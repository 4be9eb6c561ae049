import { tracked } from "@trpc/server";
import * as z from "zod";
import { AppError } from "../../domain/errors.ts";
import type { TallyFrame } from "../../realtime/hub.ts";
import { newestFrames } from "../../realtime/newest-frames.ts";
import { tallyFrames } from "../../realtime/tally-frames.ts";
import { checkWatcher, type ImportProgress } from "../../views/import-progress.ts";
import { resolveShow } from "../../views/live-tally.ts";
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
