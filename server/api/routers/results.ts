import * as z from "zod";
import { comparison } from "../../views/comparison.ts";
import { myResults } from "../../views/my-results.ts";
import { cursor, key, limit } from "../inputs.ts";
import { procedure, procedureFor, router } from "../trpc.ts";

export const resultsRouter = router({
  /** What was expected of a show against what was played. */
  get: procedure
    .input(z.object({ show: key }))
    .query(({ ctx, input }) => comparison(ctx.reader, { show: input.show, userId: ctx.actor?.userId ?? null, now: ctx.now() })),

  /** How the asking fan did at all shows. */
  mine: procedureFor("vote")
    .input(z.object({ cursor: cursor.optional(), limit: limit(20) }).prefault({}))
    .query(({ ctx, input }) => myResults(ctx.reader, { ...input, userId: ctx.authorized.userId, now: ctx.now() })),
});
